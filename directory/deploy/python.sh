#!/bin/sh
# Prints the path of a Python 3.12 or newer that can make an environment; otherwise the one line to type.
# Each candidate is run: a pyenv shim exists for versions that are not there, and Debian's python3 may lack venv.
new='import sys; sys.exit(sys.version_info < (3, 12))'
fits='import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))'
pyenv=${PYENV_ROOT:-$HOME/.pyenv}/versions
uv=${XDG_DATA_HOME:-$HOME/.local/share}/uv/python
for name in ${PYTHON:-} python3 python3.13 python3.14 python3.12 \
  "$pyenv"/3.13*/bin/python3 "$pyenv"/3.1[2-9]*/bin/python3 "$uv"/cpython-3.1[2-9]*/bin/python3; do
  if "$name" -c "$fits" >/dev/null 2>&1; then
    exec "$name" -c 'import sys; print(sys.executable)'
  fi
done
has() { command -v "$1" >/dev/null 2>&1; }
if python3 -c "$new" >/dev/null 2>&1; then
  line="sudo apt-get install -y python3-venv"
elif has apt-cache && apt-cache show python3.13-venv >/dev/null 2>&1; then
  line="sudo apt-get install -y python3.13 python3.13-venv"
elif has apt-cache && apt-cache show python3.12-venv >/dev/null 2>&1; then
  line="sudo apt-get install -y python3.12 python3.12-venv"
elif has pyenv; then
  line="pyenv install 3.13"
elif has brew; then
  line="brew install python@3.13"
elif has uv; then
  line="uv python install 3.13"
else
  line="curl -LsSf https://astral.sh/uv/install.sh | sh && ~/.local/bin/uv python install 3.13"
fi
echo "No Python 3.12 or newer with its venv module was found. Type this, then the same make again:  $line" >&2
exit 1
