//! Checks by two Python packages that share no code with us: `aics-tlog` reads our logs and receipts, and
//! `aics-witness` cosigns them. They need Python 3.12; `scripts/python-clients.sh` installs them.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use ledger::read::{DirectoryFetch, Log};
use ledger::witness::{
    Answer, Cosigner, ExchangeError, Next, Policy, add_checkpoint_request, after_conflict, read_answer,
};
use ledger::{Receipt, SignedCheckpoint};

use crate::programs::python;
use crate::support::{entries, entry, keys, replace, write_log};

fn check() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python/check.py")
}

fn verify(python: &Path, log: &Path, receipts: &[PathBuf]) -> Result<String, String> {
    let vkey = keys()[0].to_string();
    let ran =
        Command::new(python).arg(check()).args(["log", &vkey]).arg(log).args(receipts).output().unwrap();
    let said = String::from_utf8_lossy(&[ran.stdout, ran.stderr].concat()).into_owned();
    if ran.status.success() { Ok(said) } else { Err(said) }
}

#[test]
fn aics_tlog_finds_our_logs_and_receipts_true_and_others_not() {
    let Some(python) = python() else { return };
    for size in [1_u64, 256, 257, 5_120, 20_000] {
        let place = tempfile::tempdir().unwrap();
        let root = place.path().join("log");
        let now = write_log(&root, &entries(size));
        let log = Log::open(DirectoryFetch::new(&root), now.checkpoint()).unwrap();
        let mut receipts = Vec::new();
        for (number, index) in [0, size / 3, size - 1].into_iter().enumerate() {
            let receipt = Receipt::make(&log, index, &entry(0, index), &now).unwrap();
            let path = place.path().join(format!("{number}.tlog-proof"));
            std::fs::write(&path, receipt.to_string()).unwrap();
            receipts.push(path);
        }
        let said = verify(&python, &root, &receipts).unwrap();
        assert!(said.contains(&format!("{size} entries, 3 receipts")), "{said}");
    }
    let place = tempfile::tempdir().unwrap();
    let now = write_log(place.path(), &entries(5_120));
    let forged = now.text().replace("\n5120\n", "\n5119\n");
    let mut bundle = std::fs::read(place.path().join("tile/entries/003")).unwrap();
    bundle[80] ^= 1;
    for (path, bytes) in
        [("tile/0/007", vec![0; 8_192]), ("tile/entries/003", bundle), ("checkpoint", forged.into_bytes())]
    {
        let good = std::fs::read(place.path().join(path)).unwrap();
        replace(place.path(), path, &bytes);
        let said = verify(&python, place.path(), &[]).unwrap_err();
        assert!(said.contains("FAILED"), "{path}: {said}");
        replace(place.path(), path, &good);
    }
}

#[test]
fn aics_witness_cosigns_our_growth_and_refuses_our_forks() {
    let Some(python) = python() else { return };
    let place = tempfile::tempdir().unwrap();
    let database = place.path().join("witness.sqlite");
    let name = "saksi.inspektorat.example";
    let public = [Cosigner::from_seed(name, &[0x11; 32]).unwrap().key().clone()];
    let ask = |old: u64, entries: &[Vec<u8>]| {
        let place = tempfile::tempdir().unwrap();
        let note = write_log(place.path(), entries);
        let log = Log::open(DirectoryFetch::new(place.path()), note.checkpoint()).unwrap();
        let proof = log.prove_consistency(old.min(note.size())).unwrap();
        let mut witness = Command::new(&python)
            .arg(check())
            .args(["witness", &keys()[0].to_string()])
            .arg(&database)
            .args([name, &"11".repeat(32), "1784000000"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let request = add_checkpoint_request(old, &proof, &note);
        witness.stdin.take().unwrap().write_all(request.as_bytes()).unwrap();
        let said = String::from_utf8(witness.wait_with_output().unwrap().stdout).unwrap();
        let mut parts = said.splitn(3, '\n');
        let status = parts.next().unwrap().parse().unwrap();
        let kind = parts.next().unwrap().to_owned();
        (read_answer(status, &kind, parts.next().unwrap().as_bytes(), &public, &note), note)
    };
    let accept = |(answer, note): (Result<Answer, ExchangeError>, SignedCheckpoint)| {
        let Ok(Answer::Cosigned(signatures)) = answer else { panic!("{answer:?}") };
        let cosigned = note.with_signatures(&signatures).unwrap();
        assert_eq!(Policy::any_of(1, &public).unwrap().check(&cosigned).unwrap()[0].time, 1_784_000_000);
    };
    let all = entries(10_000);
    accept(ask(0, &all[..5_120]));
    assert_eq!(ask(0, &all).0, Ok(Answer::Conflict { known: 5_120 }));
    accept(ask(5_120, &all));
    let (answer, note) = ask(4_000, &all[..4_000]);
    assert_eq!(answer, Ok(Answer::Conflict { known: 10_000 }));
    assert_eq!(after_conflict(10_000, note.size()), Next::Behind { witness: 10_000, log: 4_000 });
    let mut rewritten = entries(10_300);
    rewritten[100] = entry(1, 100);
    for size in [10_000, 10_300] {
        let refused = ask(10_000, &rewritten[..size]).0;
        assert!(matches!(refused, Err(ExchangeError::Forked | ExchangeError::Inconsistent)), "{refused:?}");
    }
}
