// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tour/tour.h"

#include "ui/tour/touralbum.h"
#include "ui/tour/tourbrowser.h"
#include "ui/tour/tourhand.h"
#include "ui/tour/tourstops.h"
#include "ui/tour/tourworld.h"

#include <QApplication>
#include <QDateTime>

#include <cstdio>

namespace sonar {

namespace {

constexpr int tourMilliseconds = 300'000;

} // namespace

int runTour(QApplication &application, const QString &folder)
{
    TourHand hand(tourMilliseconds);
    hand.begin(QStringLiteral("Setting out"));
    TourAlbum album(folder, &hand);
    TourWorld world(&application);
    hand.expect(QStringLiteral("place for the tour's own files"), world.isValid());
    TourBrowser browser;
    album.write(QStringLiteral("A tour of Sonar Desktop %1 on its sandbox, on %2. The program "
                               "pressed the buttons itself, those of the sandbox's pages too.")
                    .arg(QApplication::applicationVersion(),
                         QDateTime::currentDateTimeUtc().toString(Qt::ISODate)));

    TourStops stops(&world, &browser, &hand, &album);
    for (const auto stop :
         {&TourStops::welcome, &TourStops::denied, &TourStops::connected, &TourStops::entities,
          &TourStops::wallets, &TourStops::permits, &TourStops::liveness, &TourStops::exports,
          &TourStops::dark, &TourStops::restart, &TourStops::disconnected}) {
        if (hand.isWell())
            (stops.*stop)();
    }
    world.leaveNothing();
    album.finish();
    if (hand.isWell())
        return 0;
    std::fprintf(stderr, "sonar-desktop: the tour failed. %s\n", qPrintable(hand.trouble()));
    return 1;
}

} // namespace sonar
