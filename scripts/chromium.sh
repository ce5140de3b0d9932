#!/bin/sh
# Install Chromium for the browser tests if this machine can install it, and its headless
# shell, which opens a window in a third of the time since it draws no buttons and menus.
# Never fails: without Chromium, these tests are skipped and listed by name.
set -u
has() {
    command -v "$1" >/dev/null 2>&1
}

has chromium-headless-shell && exit 0
# Debian has had the shell for a few years; older lists of packages do not know it.
has chromium && ! apt-cache show chromium-headless-shell >/dev/null 2>&1 && exit 0

install() {
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null 2>&1
}

if has apt-get && [ "$(id -u)" = 0 ]; then
    echo "Installing Chromium for the browser tests"
    apt-get update -qq >/dev/null 2>&1
    install chromium chromium-headless-shell || install chromium
fi
for name in chromium-headless-shell chromium chromium-browser; do
    has "$name" && exit 0
done
echo "No Chromium: browser tests will be skipped. On Debian: apt-get install chromium"
exit 0
