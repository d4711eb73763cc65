#!/usr/bin/env bash
# Builds Hadir and starts the demo; the arguments go to `hadir demo`.
# PROFILE chooses cargo's profile (dev builds soonest, release runs fastest).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"

command -v cargo >/dev/null || {
  echo "Rust is missing. Install it from https://rustup.rs, then try again." >&2
  exit 1
}
scripts/ensure.sh cc

# On Unix this shell is replaced by cargo, and cargo by the program it built: Ctrl-C reaches the demo alone.
exec cargo run --locked --package hadir --profile "${PROFILE:-dev}" -- demo "$@"
