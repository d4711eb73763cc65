#!/usr/bin/env bash
# Every check and every test of the project, cheapest first; stops at the first step that fails.
# The last line counts the tests: "N passed, N failed".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"

passed=0 failed=0 step='' report=''
scratch=$(mktemp -d)

# Says what ran and for how long, then the totals, also when a step has failed.
finish() {
  local status=$?
  rm -rf "$scratch"
  printf '\n%s' "$report"
  if ((status)); then
    printf 'FAILED: %s\n' "$step"
    ((failed)) || failed=1
  fi
  printf '%d passed, %d failed\n' "$passed" "$failed"
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM

# run NAME COMMAND...: one step, timed.
run() {
  local since=$SECONDS
  step=$1
  shift
  printf '\n== %s\n' "$step"
  "$@"
  report+=$(printf '%-34s %4d s' "$step" "$((SECONDS - since))")$'\n'
}

tools() {
  command -v cargo >/dev/null || {
    echo "Rust is missing. Install it from https://rustup.rs, then try again." >&2
    return 1
  }
  local needed=(cc postgres go strace nextest deny)
  if [[ -f e2e/run.mjs ]]; then
    needed+=(chromium node)
  fi
  scripts/ensure.sh "${needed[@]}"
}

# Two programs in Python check our logs where there is a Python new enough for them; elsewhere their tests
# say that they were left out. In CI it is a fault when they cannot be installed, elsewhere one may be offline.
python_clients() {
  if CLIENTS_PYTHON=$(scripts/python-clients.sh); then
    export CLIENTS_PYTHON
  elif [[ ${CI:-} != @(|0|false) ]]; then
    return 1
  fi
}

# Nothing here needs the internet: advisories are looked up by `make audit`.
dependencies() { cargo deny --log-level warn --locked check --hide-inclusion-graph licenses bans sources; }

lint() { cargo clippy --workspace --all-targets --locked -- -D warnings; }

# Runs the tests and takes the totals from the report that .config/nextest.toml asks for.
unit_tests() {
  local status=0 junit=target/nextest/default/junit.xml bad
  rm -f "$junit"
  cargo nextest run --workspace --locked || status=$?
  if [[ -f $junit ]]; then
    bad=$(($(total failures "$junit") + $(total errors "$junit")))
    failed=$((failed + bad))
    passed=$((passed + $(total tests "$junit") - $(total skipped "$junit") - bad))
  fi
  return "$status"
}

# total NAME FILE: one number of a JUnit report's first element.
total() {
  local number
  number=$(sed -n "s/.*<testsuites [^>]*\b$1=\"\([0-9]*\)\".*/\1/p" "$2")
  echo "${number:-0}"
}

doc_tests() { cargo test --doc --workspace --locked --quiet; }

target_directory() {
  cargo metadata --no-deps --format-version 1 --locked | sed 's/.*"target_directory":"\([^"]*\)".*/\1/'
}

# The browser tests drive the real program, built with the features the other tests have built already.
browser_tests() {
  local status=0 binary
  if [[ ! e2e/node_modules/.package-lock.json -nt e2e/package-lock.json ]]; then
    npm ci --prefix e2e --no-audit --no-fund --loglevel=error
  fi
  cargo build --workspace --bins --tests --locked
  binary=$(target_directory)/debug/hadir
  for program in run log; do
    DEMO_BIN=$binary CHROMIUM=$(scripts/chromium.sh) node "e2e/$program.mjs" | tee "$scratch/e2e" || status=$?
    read -r ok bad <<<"$(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed.*/\1 \2/p' "$scratch/e2e" | tail -n 1)" || true
    passed=$((passed + ${ok:-0}))
    failed=$((failed + ${bad:-0}))
  done
  return "$status"
}

run 'tools' tools
run 'clients in Python' python_clients
run 'tree' scripts/check-tree.sh
run 'formatting' cargo fmt --all --check
run 'licences, bans, sources' dependencies
run 'lints' lint
run 'tests' unit_tests
if grep -rqE '^\s*//[/!]\s*```' crates/*/src; then
  run 'documentation tests' doc_tests
fi
if [[ -f e2e/run.mjs ]]; then
  run 'browser tests' browser_tests
fi
