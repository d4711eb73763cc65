#!/usr/bin/env bash
# Makes sure that this machine has what the named work needs.
#
#   scripts/ensure.sh cc postgres chromium go node strace nextest deny
#
# Quick and silent when nothing is missing. Otherwise system packages come from apt (as root or
# through passwordless sudo) and cargo's own tools from crates.io; where apt may not be used, the one
# command that installs them is printed and the script stops with status 1.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"

# The oldest PostgreSQL and Node.js the project is tested with, and the versions of cargo's tools that
# are installed where there is none (another version that is already there is taken as it is).
min_postgres=15
min_node=20
declare -A version_of=([nextest]=0.9.143 [deny]=0.20.2)

say() { printf '%s\n' "$*" >&2; }

die() {
  printf '%s\n' "$@" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# --- one question per tool: is it here? ------------------------------------------------------------

have_cc() { has cc && has make; }

# Debian keeps the server's binaries off PATH, one directory per major version.
have_postgres() {
  local dir version
  for dir in /usr/lib/postgresql/*/bin; do
    version=${dir%/bin}
    version=${version##*/}
    if [[ -x $dir/initdb && -x $dir/postgres && $version -ge $min_postgres ]]; then
      return 0
    fi
  done
  has initdb && has postgres &&
    [[ $(postgres --version | sed 's/.* \([0-9][0-9]*\).*/\1/') -ge $min_postgres ]]
}

have_chromium() { "$here/chromium.sh" >/dev/null 2>&1; }

# Go and its library that verifies our logs independently, where Debian puts the sources of libraries.
have_go() { has go && [[ -f /usr/share/gocode/src/golang.org/x/mod/sumdb/tlog/tlog.go ]]; }

have_node() {
  has node && has npm && [[ $(node --version | sed 's/^v\([0-9]*\).*/\1/') -ge $min_node ]]
}

# Makes system calls of the server fail in tests.
have_strace() { has strace; }

have_nextest() { has cargo-nextest; }
have_deny() { has cargo-deny; }

# --- how it is installed ---------------------------------------------------------------------------

# Debian and Ubuntu name some packages differently.
# shellcheck disable=SC1091 # the file belongs to the machine
distribution() { (source /etc/os-release 2>/dev/null && echo "${ID:-unknown}") || echo unknown; }

packages_of() {
  case $1 in
    cc) echo build-essential ;;
    postgres) echo postgresql ;;
    strace) echo strace ;;
    go) echo golang-go golang-golang-x-mod-dev ;;
    chromium)
      if [[ $(distribution) == ubuntu ]]; then
        echo chromium-browser fonts-liberation
      else
        echo chromium chromium-sandbox fonts-liberation
      fi
      ;;
  esac
}

# Runs apt-get unattended; its words are shown only when it fails.
apt() {
  local log
  log=$(mktemp)
  if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 \
    "$@" >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    die "apt-get $1 failed; its last lines are above."
  fi
  rm -f "$log"
}

# Debian's server package starts a cluster of its own when it is first installed. We only want the
# binaries (tests start and stop a private cluster), so that is switched off for the installation.
install_postgres() {
  local conf=/etc/postgresql-common/createcluster.conf kept status=0
  apt install -y --no-install-recommends postgresql-common
  kept=$(mktemp)
  cat "$conf" >"$kept"
  echo 'create_main_cluster = false' | "${as_root[@]}" tee -a "$conf" >/dev/null
  (apt install -y --no-install-recommends postgresql) || status=$?
  "${as_root[@]}" tee "$conf" <"$kept" >/dev/null
  rm -f "$kept"
  return "$status"
}

install_with_apt() {
  local tool packages=()
  say "Installing $* with apt..."
  apt update
  for tool in "$@"; do
    if [[ $tool == postgres ]]; then
      install_postgres
    else
      read -ra packages <<<"$(packages_of "$tool")"
      apt install -y --no-install-recommends "${packages[@]}"
    fi
  done
}

# Built in a directory of its own, so that nothing of it stays in the project's target; unoptimised,
# because these tools work for seconds and an optimised build takes minutes longer.
install_with_cargo() {
  say "Installing cargo-$1 $2 from crates.io (some minutes, once)..."
  env -u CARGO_TARGET_DIR CARGO_PROFILE_DEV_DEBUG=0 \
    cargo install --quiet --debug --locked "cargo-$1" --version "$2"
}

# --- what is missing, and who may install it -------------------------------------------------------

system=() cargo_tools=()
for tool in "$@"; do
  case $tool in
    cc | postgres | chromium | go | strace) "have_$tool" || system+=("$tool") ;;
    nextest | deny) "have_$tool" || cargo_tools+=("$tool") ;;
    node)
      have_node || die "Hadir's browser tests need Node.js $min_node or newer with npm: https://nodejs.org"
      ;;
    *) die "ensure.sh: unknown tool '$tool'" ;;
  esac
done

if ((${#system[@]})); then
  again="scripts/ensure.sh ${system[*]}"
  if ! has apt-get; then
    die "Missing on this machine: ${system[*]}. Install them with your package manager, then try again" \
      "(on Debian and Ubuntu this is done for you)."
  elif [[ $(id -u) == 0 ]]; then
    as_root=()
  elif has sudo && sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
  elif has sudo; then
    die "Missing on this machine: ${system[*]}. Run this once, then try again:" "" "    sudo $again" ""
  else
    die "Missing on this machine: ${system[*]}. Run this once, then try again:" "" "    su -c '$again'" ""
  fi
  install_with_apt "${system[@]}"
  for tool in "${system[@]}"; do
    "have_$tool" || die "$tool is still missing after installing $(packages_of "$tool")."
  done
fi

for tool in ${cargo_tools[@]+"${cargo_tools[@]}"}; do
  has cargo || die "Rust is missing: https://rustup.rs"
  install_with_cargo "$tool" "${version_of[$tool]}"
done
