#!/usr/bin/env bash
# usage: venv.sh FOLDER LOCK…   makes a virtual environment and installs requirements/LOCK.txt into it, hashes checked.
set -euo pipefail
venv=$1; shift

python=""
for candidate in "${PYTHON:-}" python3 python3.13 python3.12 python3.11; do
  if [ -n "$candidate" ] && command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    python=$candidate; break
  fi
done
[ -n "$python" ] || { echo "Guanjia needs Python 3.11 or newer: install it, or name it with PYTHON=/path/to/python3 make …" >&2; exit 1; }

if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
  rm -rf "$venv"
  # Debian splits ensurepip off into python3-venv; without it `python -m venv` leaves half a folder behind.
  if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    "$(dirname "$0")/debian.sh" venv
  fi
  echo "Making $venv …"
  "$python" -m venv "$venv"
fi

for lock in "$@"; do
  stamp="$venv/$lock.done"
  if ! cmp -s "requirements/$lock.txt" "$stamp"; then
    echo "Installing requirements/$lock.txt (hashes checked) …"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "requirements/$lock.txt" \
      || { echo "The Python packages could not be installed: pip's message above says which one; check the network and your package index." >&2; exit 1; }
    cp "requirements/$lock.txt" "$stamp"
  fi
  touch "$stamp"
done

# The checkout itself: importable from anywhere with this Python, and `guanjia` on the venv's PATH.
site=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
pwd -P > "$site/guanjia-checkout.pth"
cat > "$venv/bin/guanjia" <<SCRIPT
#!$(cd "$venv/bin" && pwd -P)/python
from guanjia.__main__ import main

raise SystemExit(main())
SCRIPT
chmod +x "$venv/bin/guanjia"
