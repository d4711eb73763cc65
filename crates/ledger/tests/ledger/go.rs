//! Checks by a program in Go that shares no code with us: Go's own x/mod, as packaged by Debian.

use std::path::{Path, PathBuf};
use std::process::Command;

use ledger::read::{DirectoryFetch, Log};
use ledger::{Receipt, SignedCheckpoint};

use crate::programs::go_verifier;
use crate::support::{entries, entry, keys, replace, signed, write_log};

/// The built verifier, or `None` on a machine without Go.
#[track_caller]
fn verifier(name: &str) -> Option<PathBuf> {
    go_verifier(Path::new(env!("CARGO_TARGET_TMPDIR")), name)
}

/// What the verifier says of a log and of what was kept; whether it is content.
fn run(program: &Path, log: &Path, kept: &[PathBuf]) -> (bool, String) {
    let ran =
        Command::new(program).args(["-key", &keys()[0].to_string()]).arg(log).args(kept).output().unwrap();
    (ran.status.success(), String::from_utf8(ran.stdout).unwrap())
}

fn receipt(root: &Path, signed: &SignedCheckpoint, index: u64) -> Receipt {
    let log = Log::open(DirectoryFetch::new(root), signed.checkpoint()).unwrap();
    Receipt::make(&log, index, &log.entry(index).unwrap(), signed).unwrap()
}

#[test]
fn go_finds_our_logs_and_receipts_true() {
    let Some(program) = verifier("verify-log-true") else { return };
    for size in [1_u64, 255, 256, 257, 5_000, 70_000] {
        let place = tempfile::tempdir().unwrap();
        let root = place.path().join("log");
        let all = entries(size);
        let now = write_log(&root, &all);
        let mut kept = Vec::new();
        for (number, index) in [0, size / 3, size - 1].into_iter().enumerate() {
            let path = place.path().join(format!("{number}.tlog-proof"));
            std::fs::write(&path, receipt(&root, &now, index).to_string()).unwrap();
            kept.push(path);
        }
        let earlier = place.path().join("earlier");
        std::fs::write(&earlier, signed(&all[..all.len() / 2]).text()).unwrap();
        kept.push(earlier);
        let (content, said) = run(&program, &root, &kept);
        assert!(content && said.contains(&format!("{size} entries")) && said.contains("4 kept"), "{said}");
    }
}

#[test]
fn go_catches_every_class_of_tampering() {
    let Some(program) = verifier("verify-log-tampered") else { return };
    let place = tempfile::tempdir().unwrap();
    let root = place.path().join("log");
    let all = entries(5_000);
    let now = write_log(&root, &all);
    let proof = place.path().join("100.tlog-proof");
    let receipt = receipt(&root, &now, 100).to_string();
    std::fs::write(&proof, &receipt).unwrap();
    let checkpoint = place.path().join("kept-checkpoint");
    std::fs::write(&checkpoint, now.text()).unwrap();
    let said_of = |log: &Path, kept: &Path| {
        let (content, said) = run(&program, log, &[kept.to_owned()]);
        assert!(!content, "{said}");
        said
    };
    let (content, said) = run(&program, &root, &[proof.clone(), checkpoint.clone()]);
    assert!(content, "{said}");

    let read = |path: &str| std::fs::read(root.join(path)).unwrap();
    // An edited entry, in the middle of its commitment; an edited tile; a deleted bundle.
    let mut bundle = read("tile/entries/003");
    bundle[80] = if bundle[80] == b'A' { b'B' } else { b'A' };
    for (path, bytes, told) in [
        ("tile/entries/003", Some(bundle), "give the root"),
        ("tile/0/003", Some(vec![0; 8_192]), "tile/0/003 is not what the entries give"),
        ("tile/1/000.p/19", Some(vec![0; 19 * 32]), "tile/1/000.p/19 is not"),
        ("tile/entries/003", None, "no such file"),
    ] {
        let good = read(path);
        match bytes {
            Some(bytes) => replace(&root, path, &bytes),
            None => std::fs::remove_file(root.join(path)).unwrap(),
        }
        let said = said_of(&root, &checkpoint);
        assert!(said.contains(told), "{path}: {said}");
        replace(&root, path, &good);
    }
    // An edited checkpoint.
    replace(&root, "checkpoint", now.text().replace("\n5000\n", "\n4999\n").as_bytes());
    assert!(said_of(&root, &proof).contains("invalid signature"));
    replace(&root, "checkpoint", now.text().as_bytes());
    // An edited receipt: its index, and its entry.
    for forged in [receipt.replace("index 100", "index 101"), {
        let old = receipt.lines().nth(1).unwrap();
        let other = Receipt::from_parts(0, vec![], Some(entry(1, 100)), now.clone()).to_string();
        receipt.replace(old, other.lines().nth(1).unwrap())
    }] {
        assert_ne!(forged, receipt);
        let path = place.path().join("forged.tlog-proof");
        std::fs::write(&path, forged).unwrap();
        assert!(said_of(&root, &path).contains("invalid transparency proof"));
    }
    // History rewritten and signed again with the true key; and a rollback.
    let mut rewritten = all.clone();
    rewritten[100] = entry(1, 100);
    let other = place.path().join("rewritten");
    write_log(&other, &rewritten);
    assert!(run(&program, &other, &[]).0, "alone it is flawless");
    assert!(said_of(&other, &checkpoint).contains("history was rewritten"));
    assert!(said_of(&other, &proof).contains("history was rewritten"));
    let shorter = place.path().join("shorter");
    write_log(&shorter, &all[..4_000]);
    assert!(said_of(&shorter, &checkpoint).contains("the log shrank from 5000 entries to 4000"));
}
