#!/bin/sh
# What the tests need from Debian: two real browsers, a virtual screen, fonts, and the libraries Qt loads.
set -e
packages="chromium firefox-esr xvfb xauth xdotool openbox strace age xfsprogs e2fsprogs
 fonts-noto-core fonts-noto-cjk fonts-inter libegl1 libgl1 libdbus-1-3 libxkbcommon-x11-0 libxcb-cursor0
 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxcb-render-util0 libxcb-image0"
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
