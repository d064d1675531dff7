// SPDX-License-Identifier: GPL-3.0-or-later
// Reads back with another's decoder what a phone's camera would see.
#include "ui/permits/qrview.h"

#include <QGuiApplication>
#include <QImage>
#include <QPixmap>

#include <gtest/gtest.h>

#ifdef SONAR_HAS_ZBAR
#include <zbar.h>
#endif

using namespace sonar;

namespace {

QImage drawn(const QByteArray &text)
{
    QrView view;
    view.setCode(qrCode(text));
    view.resize(view.sizeHint());
    return view.grab().toImage();
}

#ifdef SONAR_HAS_ZBAR
/// What the one code in the picture says; empty when there is none, or more.
QByteArray decoded(const QImage &picture)
{
    const QImage grey = picture.convertToFormat(QImage::Format_Grayscale8);
    QByteArray pixels;
    for (int y = 0; y < grey.height(); ++y)
        pixels.append(reinterpret_cast<const char *>(grey.constScanLine(y)), grey.width());
    const std::unique_ptr<zbar::zbar_image_scanner_t, decltype(&zbar::zbar_image_scanner_destroy)>
        scanner(zbar::zbar_image_scanner_create(), &zbar::zbar_image_scanner_destroy);
    const std::unique_ptr<zbar::zbar_image_t, decltype(&zbar::zbar_image_destroy)> image(
        zbar::zbar_image_create(), &zbar::zbar_image_destroy);
    zbar::zbar_image_set_format(image.get(), zbar_fourcc('Y', '8', '0', '0'));
    zbar::zbar_image_set_size(image.get(), unsigned(grey.width()), unsigned(grey.height()));
    zbar::zbar_image_set_data(image.get(), pixels.constData(), ulong(pixels.size()), nullptr);
    if (zbar::zbar_scan_image(scanner.get(), image.get()) != 1)
        return {};
    const zbar::zbar_symbol_t *symbol = zbar::zbar_image_first_symbol(image.get());
    return QByteArray(zbar::zbar_symbol_get_data(symbol),
                      qsizetype(zbar::zbar_symbol_get_data_length(symbol)));
}
#endif

} // namespace

TEST(QrView, SaysToACameraWhatItWasGiven)
{
#ifdef SONAR_HAS_ZBAR
    const QByteArray link =
        "ethereum:0x036CbD53842c5426634e7929541eC2318f3dCF7e@84532/approve?address="
        "0x810AAA10E6C3A8Cf0D968c7B8379739304b500B0&uint256=";
    for (const QByteArray &text :
         {link + "2000000",
          link + "115792089237316195423570985008687907853269984665640564039457584007913129639935",
          QByteArray("x")})
        EXPECT_EQ(decoded(drawn(text)), text);
#else
    GTEST_SKIP() << "needs libzbar";
#endif
}

TEST(QrView, KeepsItsQuietZoneWhite)
{
    const QImage picture = drawn("ethereum:0x036CbD53842c5426634e7929541eC2318f3dCF7e");
    const int modules = qrCode("ethereum:0x036CbD53842c5426634e7929541eC2318f3dCF7e")->size + 8;
    const int zone = 4 * picture.width() / modules;
    for (int along = 0; along < picture.width(); ++along) {
        for (int into = 0; into < zone; ++into) {
            ASSERT_EQ(picture.pixelColor(along, into), QColor(Qt::white));
            ASSERT_EQ(picture.pixelColor(into, along), QColor(Qt::white));
        }
    }
    EXPECT_EQ(picture.pixelColor(zone, zone), QColor(Qt::black)) << "the finder pattern's corner";
}
