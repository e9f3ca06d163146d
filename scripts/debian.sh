#!/usr/bin/env bash
# usage: debian.sh venv|tests   installs the system packages that are missing (Debian or Ubuntu as root), else says what to install.
set -euo pipefail

missing=()
case "$1" in
  venv)
    missing+=(python3-venv) ;;
  tests)
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
    ls /usr/share/fonts/opentype/noto/NotoSansCJK-*.ttc >/dev/null 2>&1 || [ -n "$(fc-list :lang=zh-cn family 2>/dev/null)" ] || missing+=(fonts-noto-cjk)
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing+=(postgresql)
    perl -MBusiness::Hours -e1 2>/dev/null || missing+=(libbusiness-hours-perl)
    command -v pdftoppm >/dev/null || missing+=(poppler-utils) ;;
  *) echo "usage: debian.sh venv|tests" >&2; exit 2 ;;
esac
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
  echo "Please install what is missing, then run the same command again: ${missing[*]} (on Debian or Ubuntu: sudo apt-get install ${missing[*]})" >&2
  exit 1
fi

echo "Installing ${missing[*]} …"
export DEBIAN_FRONTEND=noninteractive
# Tests start their own PostgreSQL; Debian's must not come up as a service beside it.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' > "$policy"; chmod +x "$policy"
  trap 'rm -f "$policy"' EXIT
fi
log=$(mktemp)
if ! { apt-get update -q && apt-get install -y -q --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
  tail -n 5 "$log" >&2
  echo "apt-get could not install ${missing[*]}: its last lines are above." >&2
  exit 1
fi
rm -f "$log"
