//! Programs of others that check our log: where they are, and what it means when they are not. Also used by the tests of
//! the crate `hadir`.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// Where Debian puts the sources of Go libraries.
const GOPATH: &str = "/usr/share/gocode";

/// Says that a test was left out for want of a program. With `CI` set nothing may be left out, so there the test fails.
#[track_caller]
pub fn left_out(why: &str) {
    let is_ci = std::env::var("CI").is_ok_and(|set| !matches!(set.as_str(), "" | "0" | "false"));
    assert!(!is_ci, "left out, which CI does not allow: {why}");
    eprintln!("SKIPPED: {why}");
}

/// The verifier of the page "Verify with Go", built below `scratch`; `None` on a machine without Go.
#[track_caller]
pub fn go_verifier(scratch: &Path, name: &str) -> Option<PathBuf> {
    if Command::new("go").arg("version").output().is_err() {
        left_out("Go is not installed (Debian: golang-go golang-golang-x-mod-dev)");
        return None;
    }
    let program = scratch.join(name);
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ledger/tests/go/verify-log.go");
    let built = Command::new("go")
        .args(["build", "-o"])
        .args([&program, &source])
        .envs([("GO111MODULE", "off"), ("GOPATH", GOPATH), ("GOFLAGS", ""), ("CGO_ENABLED", "0")])
        .env("GOCACHE", scratch.join("go-cache"))
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    Some(program)
}

/// The Python that `scripts/python-clients.sh` prepared. `CLIENTS_PYTHON` names it, or is `none` where no Python is new
/// enough for the packages.
#[track_caller]
pub fn python() -> Option<PathBuf> {
    let named = std::env::var("CLIENTS_PYTHON").unwrap_or_default();
    if named == "none" {
        eprintln!("SKIPPED: aics-tlog and aics-witness need Python 3.12, and there is none");
        return None;
    }
    let python = PathBuf::from(if named.is_empty() { "python3" } else { &named });
    let found = Command::new(&python).args(["-c", "import aics_tlog, aics_witness"]).output();
    if found.is_ok_and(|found| found.status.success()) {
        return Some(python);
    }
    left_out(&format!(
        "{} has no aics-tlog and aics-witness; CLIENTS_PYTHON=$(scripts/python-clients.sh) gives one that has",
        python.display()
    ));
    None
}
