// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sonar/codecs.h"
#include "tests/fuzz/fuzztarget.h"

using namespace sonar;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray body = fuzz::bytesOf(data, size);
    // What this version doesn't know never counts as able to take part.
    const auto check = [](const Entity &entity) {
        if (entity.canTakePart())
            fuzz::require(entity.eligibilityText == QLatin1String("eligible") &&
                          entity.setupStateText == QLatin1String("complete"));
    };
    if (const auto entities = decodeEntities(body)) {
        for (const Entity &entity : *entities)
            check(entity);
    }
    if (const auto entity = decodeEntity(body))
        check(*entity);
    (void)decodeProfile(body);
    return 0;
}
