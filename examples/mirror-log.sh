#!/bin/sh
# Copies a published log (c2sp.org/tlog-tiles) into a folder, or brings such a copy up to date, with curl alone:
#
#   mirror-log.sh https://hadir.example.go.id/log/1 mirror
#
# Nothing is checked here: give the folder to `hadir verify log` or to verify-log. When a file is missing, the log has
# grown in the meantime; run it again.
set -eu
from=${1%/} to=$2
mkdir -p "$to"
cd "$to"

# The name of a tile by its number: 67 is 067, and 1234067 is x001/x234/067.
name() {
  rest=$1
  path=$(printf %03d $((rest % 1000)))
  while rest=$((rest / 1000)) && [ "$rest" -gt 0 ]; do
    path=$(printf x%03d/%s $((rest % 1000)) "$path")
  done
}

want() { [ -e "$1" ] || printf 'url = "%s/%s"\noutput = "%s"\n' "$from" "$1" "$1"; }

curl --fail --silent --show-error --output checkpoint.new "$from/checkpoint"
# The second line says how many entries there are. 256 of them make a tile, 256 tiles one of the next level; the last tile
# of a level is a partial one.
level=0
size=$(sed -n 2p checkpoint.new)
while [ "$size" -gt 0 ]; do
  tile=0
  while [ $((tile * 256)) -lt "$size" ]; do
    name "$tile"
    width=$((size - tile * 256))
    [ "$width" -ge 256 ] || path=$path.p/$width
    want "tile/$level/$path"
    [ "$level" -gt 0 ] || want "tile/entries/$path"
    tile=$((tile + 1))
  done
  level=$((level + 1))
  size=$((size / 256))
done >wanted
[ ! -s wanted ] || curl --fail --silent --show-error --create-dirs --config wanted
rm wanted
# Last, so that the folder always holds everything that its checkpoint speaks of.
mv checkpoint.new checkpoint
