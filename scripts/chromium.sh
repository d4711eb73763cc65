#!/usr/bin/env bash
# Prints the path of the Chromium that browser tests drive; $CHROMIUM overrides the search.
set -euo pipefail

for name in ${CHROMIUM:+"$CHROMIUM"} chromium chromium-browser google-chrome-stable google-chrome; do
  if path=$(command -v "$name"); then
    # Ubuntu ships a stand-in that only says where to find the snap.
    "$path" --version >/dev/null 2>&1 && echo "$path" && exit 0
  fi
done
echo "no Chromium found (set CHROMIUM to its path)" >&2
exit 1
