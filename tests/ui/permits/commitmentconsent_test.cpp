// SPDX-License-Identifier: GPL-3.0-or-later
// What was agreed to and previewed of several permits is what is exported, or nothing is.
#include "tests/ui/permits/exportcommitment.h"

using namespace sonar;
using namespace sonar::test;

TEST_F(ExportLot, UnusablePermitThatJoinsIsAskedForAnew)
{
    add("Ada", 1, 1);
    fail(add("Borealis", 2, 2));
    fail(add("Cobalt", 3, 3));
    open(ExportFormat::Calldata);
    fill(0, "5");
    EXPECT_TRUE(button("Save")->isEnabled());
    fill(1, "6");
    EXPECT_FALSE(button("Save")->isEnabled());
    box("exportAnyway")->click();
    EXPECT_TRUE(button("Save")->isEnabled());
    fill(2, "7");
    EXPECT_FALSE(box("exportAnyway")->isChecked()) << "agreed to one, not to two";
    for (const char *name : {"Save", "Copy", "Copy approve", "Copy bid"})
        EXPECT_FALSE(button(name)->isEnabled()) << name;
    EXPECT_TRUE(says("2 of these 3 permits can't be used"));
    box("exportAnyway")->click();
    button("Save")->click();
    EXPECT_EQ(saved().count("WARNING"), 2);
}

TEST_F(ExportLot, AContractThatIsntTheSalesIsAskedAboutWithWhatBecomesOfTheMoney)
{
    add("Ada", 1, 1);
    PermitExpectation expected;
    expected.signer = sampleSigner();
    expected.signerSource = SignerSource::SaleFile;
    expected.contract.state = ContractAnswer::State::NotTheSales;
    expected.contract.text =
        QStringLiteral("There is no contract: both would succeed, nothing would be committed.");
    permits[0].verification = verifyPermit(permits[0].permit, expected, clock.now);
    for (const ExportFormat format : {ExportFormat::Calldata, ExportFormat::CastCommands,
                                      ExportFormat::SafeBatch, ExportFormat::PhoneLink}) {
        open(format);
        fill(0, "5");
        EXPECT_TRUE(says("nothing would be committed")) << int(format);
        EXPECT_FALSE(button("Save")->isEnabled()) << int(format);
        box("exportAnyway")->click();
        QFile::remove(dialog->path()); // the form's before it
        button("Save")->click();
        EXPECT_TRUE(saved().contains("contract: There is no contract")) << int(format);
    }
}

TEST_F(ExportLot, PermitThatExpiresAfterThePreviewIsNotSaved)
{
    add("Ada", 1, 1);
    add("Borealis", 2, 2);
    open(ExportFormat::Calldata);
    fill(0, "5");
    fill(1, "6");
    fail(permits[0]);
    button("Save")->click();
    EXPECT_TRUE(saved().isEmpty());
    EXPECT_TRUE(says("Nothing was exported"));
    EXPECT_TRUE(box("exportAnyway")->isVisible());
    EXPECT_FALSE(button("Save")->isEnabled());
}

TEST_F(ExportLot, PermitThatGoesOrChangesAfterThePreviewIsNotSaved)
{
    add("Ada", 1, 1);
    add("Borealis", 2, 2);
    add("Cobalt", 3, 3);
    open(ExportFormat::Calldata);
    for (const int index : {0, 1, 2})
        fill(index, "5");
    permits.removeFirst();
    button("Save")->click();
    EXPECT_TRUE(saved().isEmpty());
    EXPECT_TRUE(says("the permits have changed since the preview"));
    EXPECT_EQ(summary(), QStringLiteral("All 2 commitments are complete."));
    EXPECT_FALSE(preview().contains(QLatin1String("Ada")));
    EXPECT_TRUE(chosen()->currentText().startsWith(QLatin1String("Cobalt")));

    permits[0].permit.maxAmount = 3'000'000;
    button("Copy")->click();
    EXPECT_TRUE(says("Nothing was exported"));
    EXPECT_TRUE(summary().contains(QLatin1String("Not included yet: Borealis")));
    button("Save")->click();
    EXPECT_TRUE(saved().contains(bidOf(1, 5)));
    EXPECT_FALSE(saved().contains("Borealis"));
}
