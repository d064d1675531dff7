# SPDX-License-Identifier: GPL-3.0-or-later
# cmake --install: both programs, and what a desktop needs to know about them (freedesktop.org specifications).
include(GNUInstallDirs)

foreach(program sonar-desktop sonar-sandbox)
    if(TARGET ${program})
        install(TARGETS ${program} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
    endif()
endforeach()

set(desktop_data ${CMAKE_CURRENT_LIST_DIR}/desktop)
install(FILES ${desktop_data}/sonar-desktop.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
configure_file(${desktop_data}/sonar-desktop.metainfo.xml.in
               ${PROJECT_BINARY_DIR}/packaging/sonar-desktop.metainfo.xml @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/packaging/sonar-desktop.metainfo.xml
        DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES ${desktop_data}/sonar-desktop.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages)

set(icons ${PROJECT_SOURCE_DIR}/resources/icons)
if(EXISTS ${icons}/sonar-desktop.svg)
    install(FILES ${icons}/sonar-desktop.svg
            DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
endif()
foreach(size 32 64 128 256)
    if(EXISTS ${icons}/sonar-desktop-${size}.png)
        install(FILES ${icons}/sonar-desktop-${size}.png
                DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/${size}x${size}/apps
                RENAME sonar-desktop.png)
    endif()
endforeach()
