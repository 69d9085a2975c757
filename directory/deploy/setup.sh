#!/bin/sh
# Makes .venv and installs the given pinned file into it; does nothing where that stands already.
# Usage: setup.sh requirements.txt|requirements-dev.txt (the second holds the first)
set -eu
wanted=$1
new='import sys; sys.exit(sys.version_info < (3, 12))'
for stands in "$wanted" requirements-dev.txt; do
  if cmp -s "$stands" .venv/ok && .venv/bin/python -c "$new" 2>/dev/null; then exit 0; fi
done
# What an interrupted run left behind has no pip, or an older Python.
if ! .venv/bin/python -c "$new" 2>/dev/null || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
  python=$(sh directory/deploy/python.sh)
  echo "Making .venv with $("$python" --version)."
  "$python" -m venv --clear .venv
fi
rm -f .venv/ok
echo "Installing $wanted; the first time takes a minute."
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$wanted"
cp "$wanted" .venv/ok
