<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<TS version="2.1" language="en_GB" sourcelanguage="en_GB">
<context>
    <name>CommitmentLot</name>
    <message numerus="yes">
        <source>%n of %1 commitments are complete.</source>
        <translation>
            <numerusform>%n of %1 commitments is complete.</numerusform>
            <numerusform>%n of %1 commitments are complete.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Keychain</name>
    <message numerus="yes">
        <source>The keychain did not answer within %n second(s).</source>
        <translation>
            <numerusform>The keychain did not answer within %n second.</numerusform>
            <numerusform>The keychain did not answer within %n seconds.</numerusform>
        </translation>
    </message>
</context>
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
        <source>%Ln permits that you haven&apos;t exported will be lost.</source>
        <translation>
            <numerusform>%Ln permit that you haven&apos;t exported will be lost.</numerusform>
            <numerusform>%Ln permits that you haven&apos;t exported will be lost.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No check of the permit failed; %n could not be made.</source>
        <translation>
            <numerusform>No check of the permit failed; %n could not be made.</numerusform>
            <numerusform>No check of the permit failed; %n could not be made.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 (and %n more)</source>
        <translation>
            <numerusform>%1 (and %n more)</numerusform>
            <numerusform>%1 (and %n more)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StrayLog</name>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sonar::EntitiesPage</name>
    <message numerus="yes">
        <source>%Ln entities are hidden by search and filter.</source>
        <translation>
            <numerusform>%Ln entity is hidden by search and filter.</numerusform>
            <numerusform>%Ln entities are hidden by search and filter.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sonar::JsonTransport</name>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n second</numerusform>
            <numerusform>%n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sonar::PermitFilterModel</name>
    <message numerus="yes">
        <source>%Ln wallets</source>
        <translation>
            <numerusform>%Ln wallet</numerusform>
            <numerusform>%Ln wallets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entities</source>
        <translation>
            <numerusform>%Ln entity</numerusform>
            <numerusform>%Ln entities</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sonar::PermitSelectionPane</name>
    <message numerus="yes">
        <source>%Ln pairs selected</source>
        <translation>
            <numerusform>%Ln pair selected</numerusform>
            <numerusform>%Ln pairs selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entities</source>
        <translation>
            <numerusform>%Ln entity</numerusform>
            <numerusform>%Ln entities</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln wallets</source>
        <translation>
            <numerusform>%Ln wallet</numerusform>
            <numerusform>%Ln wallets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Export %Ln permits…</source>
        <translation>
            <numerusform>Export %Ln permit…</numerusform>
            <numerusform>Export %Ln permits…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sonar::PermitsPage</name>
    <message numerus="yes">
        <source>Remove %Ln rows?</source>
        <translation>
            <numerusform>Remove this row?</numerusform>
            <numerusform>Remove %Ln rows?</numerusform>
        </translation>
    </message>
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
