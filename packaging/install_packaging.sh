#!/bin/sh
# What make package and make test-package need from Debian: checkers, the tool that makes clean systems, and the
# libraries of the desktop that the frozen program carries.
set -e
packages="binutils chrpath lintian desktop-file-utils appstream shared-mime-info mmdebstrap libegl1 libgl1 libdbus-1-3
 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxcb-render-util0
 libxcb-image0 libwayland-client0 libwayland-cursor0 libwayland-egl1 libpython3.11"
missing=""
for package in $packages; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
sudo=""
[ "$(id -u)" = 0 ] || sudo=sudo
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq
$sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
