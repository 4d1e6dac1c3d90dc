#!/bin/sh
# The browser tests drive Debian's chromium. Where it is missing and we may install it, we do;
# elsewhere we say what is missing and the tests fail with that message.
set -eu
if command -v chromium >/dev/null 2>&1 && command -v chromedriver >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium chromium-driver fonts-noto-cjk >/dev/null
else
    echo "The browser tests need chromium and chromedriver (Debian: chromium, chromium-driver)." >&2
fi
