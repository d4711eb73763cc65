#!/usr/bin/env bash
# Prints the path of a Python with the packages that check our transparency log independently:
# aics-tlog (verifier) and aics-witness (witness). Installs them from PyPI into target/python-clients, once,
# if there is a Python they run on. Without one it prints `none`; when they cannot be installed it ends with status 1.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

packages=(aics-tlog==0.2.1 aics-witness==0.1.0)
# The oldest Python they run on.
minor=12

environment=$PWD/target/python-clients
if "$environment/bin/python" -c 'import aics_tlog, aics_witness' 2>/dev/null; then
  echo "$environment/bin/python"
  exit 0
fi

for python in python3 python3.12 python3.13 python3.14 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.*/bin/python3; do
  "$python" -c "import sys; sys.exit(sys.version_info < (3, $minor))" 2>/dev/null || continue
  "$python" -m venv "$environment" >&2 && "$environment/bin/pip" install --quiet \
    --disable-pip-version-check "${packages[@]}" >&2 || {
    echo "${packages[*]} could not be installed with $python" >&2
    exit 1
  }
  echo "$environment/bin/python"
  exit 0
done
echo "no Python 3.$minor or newer for ${packages[*]}" >&2
echo none
