<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<TS version="2.1" language="en_GB" sourcelanguage="en_GB">
<context>
    <name>PermitFormat</name>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PermitWords</name>
    <message numerus="yes">
        <source>%1 (and %n more)</source>
        <translation>
            <numerusform>%1 (and %n more)</numerusform>
            <numerusform>%1 (and %n more)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sonar::PermitsPage</name>
    <message numerus="yes">
        <source>%Ln permits end soon</source>
        <translation>
            <numerusform>%Ln permit ends soon</numerusform>
            <numerusform>%Ln permits end soon</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pairs of entity and wallet are ready</source>
        <translation>
            <numerusform>%Ln pair of entity and wallet is ready</numerusform>
            <numerusform>%Ln pairs of entity and wallet are ready</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln permits can be requested.</source>
        <translation>
            <numerusform>%Ln permit can be requested.</numerusform>
            <numerusform>%Ln permits can be requested.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sonar::StatusLine</name>
    <message numerus="yes">
        <source>%Ln permits issued</source>
        <translation>
            <numerusform>%Ln permit issued</numerusform>
            <numerusform>%Ln permits issued</numerusform>
        </translation>
    </message>
</context>
</TS>
