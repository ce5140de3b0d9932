#!/bin/sh
# Install Chromium for the browser tests if this machine can install it.
# Never fails: without Chromium, these tests are skipped and listed by name.
set -u
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing Chromium for the browser tests"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >/dev/null 2>&1
fi
command -v chromium >/dev/null 2>&1 ||
    echo "No Chromium: browser tests will be skipped. On Debian: apt-get install chromium"
exit 0
