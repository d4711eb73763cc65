#!/usr/bin/env bash
# What no compiler sees: paths of somebody's machine, secrets, unfinished work and files grown too long.
# Looks at every text file that is, or could be, in the repository. Faults fail; long files are only named.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Lines beyond which a file of code can no longer be read in one sitting.
longest=500
faults=0

# The files of the checkout, new ones too; without git's records (a source archive), those of the folder.
if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
  where=(--untracked)
else
  where=(--no-index --exclude-standard)
fi

# refuse WHAT PATTERN [PATHSPEC...]: a fault when the extended regular expression is found.
refuse() {
  local what=$1 pattern=$2 found
  shift 2
  found=$(git grep "${where[@]}" -nIE "$pattern" -- "${@:-.}" ':!Cargo.lock' ':!*package-lock.json') || true
  if [[ -n $found ]]; then
    printf '%s:\n%s\n\n' "$what" "$found" >&2
    faults=$((faults + 1))
  fi
}

# A bracket around one letter keeps each pattern from finding itself.
# shellcheck disable=SC1003 # the backslash is meant
refuse 'Path of a developer machine' '(^|[^A-Za-z0-9_.-])/([h]ome/[a-z]|[U]sers/[A-Za-z]|[r]oot/|[w]ork/)|[A-Z]:\\[U]sers\\'
refuse 'Private key' '[-]----BEGIN ([A-Z0-9]+ )*PRIVATE KEY-----'
refuse 'Access token' '\b([A]KIA[0-9A-Z]{16}|[g]h[pousr]_[A-Za-z0-9]{36}|[g]lpat-[A-Za-z0-9_-]{20}|[x]ox[abprs]-[A-Za-z0-9-]{10,})'
refuse 'Unfinished work' '\b([T]ODO|[F]IXME|[X]XX|[H]ACK)\b|\b([t]odo|[u]nimplemented)!'
refuse 'Merge conflict' '^([<]{7}|[>]{7})( |$)'
refuse 'Test run alone or left out' '\b(describe|it|test)\.(only|skip)\(|#\[ignore\]' '*.rs' '*.ts' '*.mjs' '*.js'

git grep "${where[@]}" -cI '' -- '*.rs' '*.ts' '*.mjs' '*.js' '*.css' '*.html' '*.sh' '*.sql' |
  awk -F: -v longest="$longest" '$NF > longest { print "long file (" $NF " lines, better under " longest "): " $1 }' >&2

if ((faults)); then
  echo "check-tree: $faults kind(s) of fault" >&2
  exit 1
fi
