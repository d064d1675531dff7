// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/permits/qrcode.h"

#include <gtest/gtest.h>

namespace sonar {

namespace {

/// The 7 by 7 pattern that a reader looks for, at its upper left corner (ISO/IEC 18004).
bool isFinderPattern(const QrCode &code, int left, int top)
{
    for (int y = 0; y < 7; ++y) {
        for (int x = 0; x < 7; ++x) {
            const int ring = std::min({x, y, 6 - x, 6 - y});
            if (code.isDark(left + x, top + y) != (ring != 1))
                return false;
        }
    }
    return true;
}

} // namespace

TEST(QrCode, HasItsThreeFinderPatterns)
{
    const auto code = qrCode("ethereum:0x036CbD53842c5426634e7929541eC2318f3dCF7e@84532/approve");
    ASSERT_TRUE(code);
    EXPECT_EQ((code->size - 17) % 4, 0);
    EXPECT_EQ(code->modules.size(), qsizetype(code->size) * code->size);
    EXPECT_TRUE(isFinderPattern(*code, 0, 0));
    EXPECT_TRUE(isFinderPattern(*code, code->size - 7, 0));
    EXPECT_TRUE(isFinderPattern(*code, 0, code->size - 7));
    EXPECT_FALSE(isFinderPattern(*code, code->size - 7, code->size - 7));
}

TEST(QrCode, IsNothingForWhatDoesNotFit)
{
    EXPECT_FALSE(qrCode(""));
    EXPECT_TRUE(qrCode(QByteArray(2331, 'x')));
    EXPECT_FALSE(qrCode(QByteArray(2332, 'x')));
}

} // namespace sonar
