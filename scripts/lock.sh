#!/usr/bin/env bash
# usage: lock.sh UV   rewrites the locked requirements. They carry hashes and never an address of a package index.
set -euo pipefail
uv=${1:-uv}
compile() {
  "$uv" pip compile --quiet --python-version 3.11 --universal --generate-hashes --no-header --no-emit-find-links \
    "requirements/$1.in" -o "requirements/$1.txt" "${@:2}"
}
compile run
compile test --constraint requirements/run.txt
compile node --constraint requirements/test.txt
if grep -n '://' requirements/*.txt; then echo "a locked file names an address" >&2; exit 1; fi
