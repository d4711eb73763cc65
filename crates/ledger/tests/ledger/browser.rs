//! The script with which browsers check the log, over vectors made here: it finds every honest growth true and every other
//! history false, with the cryptography of the browser and without.

use std::{path::Path, process::Command};

use ledger::{
    Checkpoint, Hash, SignedCheckpoint, Signer,
    read::{DirectoryFetch, Log},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::programs::left_out;
use crate::support::{ORIGIN, entries, entry, signed, signed_by, signer, write_log};

/// Every pair of sizes up to here is tried.
const ALL_TO: u64 = 20;

fn kept(note: &SignedCheckpoint) -> Value {
    json!({ "vkey": signer().verifier_key().to_string(), "note": note.text() })
}

fn answer(note: &SignedCheckpoint, from: u64, proof: &[Hash]) -> Value {
    let proof: Vec<String> = proof.iter().map(ToString::to_string).collect();
    json!({ "vkey": signer().verifier_key().to_string(), "checkpoint": note.text(), "from": from, "proof": proof })
}

/// A case in which it makes no difference whether signatures can be checked.
fn case(name: impl Into<String>, kept: Value, answer: Value, outcome: &str) -> Value {
    let name: String = name.into();
    json!({ "name": name, "kept": kept, "answer": answer, "outcome": outcome, "plain_outcome": outcome })
}

/// Honest growth between all sizes of `sizes`, and what is false about each.
fn growth(place: &Path, sizes: &[u64]) -> Vec<Value> {
    let mut cases = Vec::new();
    for &new in sizes {
        let root = place.join(new.to_string());
        let now = write_log(&root, &entries(new));
        let log = Log::open(DirectoryFetch::new(&root), now.checkpoint()).unwrap();
        for &old in sizes.iter().filter(|old| **old <= new) {
            let before = signed(&entries(old));
            let proof = log.prove_consistency(old).unwrap();
            let outcome = if old == new { "same" } else { "grew" };
            cases.push(case(format!("{old} to {new}"), kept(&before), answer(&now, old, &proof), outcome));
            if old < new {
                cases.extend(false_proofs(&before, &now, &proof));
                let name = format!("{new} back to {old}");
                cases.push(case(name, kept(&now), answer(&before, new, &[]), "shrank"));
            }
        }
    }
    cases
}

fn false_proofs(before: &SignedCheckpoint, now: &SignedCheckpoint, proof: &[Hash]) -> Vec<Value> {
    let (old, new) = (before.size(), now.size());
    let mut bent = proof.to_vec();
    let middle = bent.len() / 2;
    bent[middle].0[7] ^= 1;
    let longer = [proof, &[Hash([1; 32])]].concat();
    let forms = [("bent", bent), ("short", proof[1..].to_vec()), ("long", longer), ("no", Vec::new())];
    let mut cases: Vec<Value> = forms
        .iter()
        .map(|(what, proof)| {
            let name = format!("{old} to {new} with a {what} proof");
            case(name, kept(before), answer(now, old, proof), "rewritten")
        })
        .collect();
    // The first entry is another one; the proof is the honest one of that other history.
    let other: Vec<Vec<u8>> = (0..old).map(|n| if n == 0 { entry(9, 0) } else { entry(0, n) }).collect();
    let name = format!("{old} to {new} with another beginning");
    cases.push(case(name, kept(&signed(&other)), answer(now, old, proof), "rewritten"));
    cases
}

/// Keys, names and forms.
fn others(place: &Path) -> Vec<Value> {
    let (ten, twelve) = (signed(&entries(10)), signed(&entries(12)));
    let stranger = Signer::from_seed(ORIGIN, &[43; 32]).unwrap();
    let elsewhere = Signer::from_seed("hadir.kab-lain.go.id/absensi", &[42; 32]).unwrap();
    let told = |signer: &Signer, note: &SignedCheckpoint| json!({ "vkey": signer.verifier_key().to_string(), "checkpoint": note.text(), "from": 10, "proof": [] });
    let other_root = signed(&(0..10).map(|n| entry(3, n)).collect::<Vec<_>>());
    let (by_stranger, of_elsewhere) =
        (signed_by(&stranger, &entries(12)), signed_by(&elsewhere, &entries(12)));
    let silent = json!({ "vkey": null, "checkpoint": null, "from": 0, "proof": [] });
    let changed = twelve.text().replace("\n12\n", "\n13\n");
    let changed = json!({ "vkey": signer().verifier_key().to_string(), "checkpoint": changed, "from": 10, "proof": [] });
    let garbled = |text: &str| json!({ "vkey": signer().verifier_key().to_string(), "checkpoint": text, "from": 10, "proof": [] });
    let huge = Checkpoint::new(ORIGIN, 1 << 48, Hash([5; 32])).unwrap();
    let huge = signer().sign(&huge).unwrap();
    write_log(&place.join("twelve"), &entries(12));
    let log = Log::open(DirectoryFetch::new(&place.join("twelve")), twelve.checkpoint()).unwrap();
    let proof: Vec<String> = log.prove_consistency(10).unwrap().iter().map(ToString::to_string).collect();
    let mut grown = told(&stranger, &by_stranger);
    grown["proof"] = json!(proof);
    let mut all = vec![
        case("the first visit", Value::Null, answer(&ten, 0, &[]), "first"),
        case("nothing published, nothing remembered", Value::Null, silent.clone(), "empty"),
        case("the log is gone", kept(&ten), silent, "gone"),
        case("another root at the same size", kept(&ten), answer(&other_root, 10, &[]), "rewritten"),
        case("another key and another history", kept(&ten), told(&stranger, &by_stranger), "rewritten"),
        case(
            "another key at the same end",
            kept(&ten),
            told(&stranger, &signed_by(&stranger, &entries(10))),
            "new-key",
        ),
        case("another key, and the log grew", kept(&ten), grown, "new-key"),
        case(
            "another key, and the log shrank",
            kept(&twelve),
            told(&stranger, &signed_by(&stranger, &entries(10))),
            "shrank",
        ),
        case("another log", kept(&ten), told(&elsewhere, &of_elsewhere), "other-log"),
        case("a proof from elsewhere", kept(&ten), answer(&twelve, 9, &[]), "unclear"),
        case("the largest log without proof", kept(&ten), answer(&huge, 10, &[]), "rewritten"),
        case("a key that is none", Value::Null, json!({ "vkey": "x", "checkpoint": ten.text() }), "unclear"),
    ];
    for text in [
        "",
        "<!doctype html>",
        &ten.text().replace("\n10\n", "\n010\n"),
        &ten.text().replace("\n10\n", "\n-10\n"),
        &ten.text().replace("\n10\n", "\n1e1\n"),
        &ten.text().replace("\n10\n", "\n9007199254740993\n"),
        &ten.text().replace("\n\n", "\nextension\n\n"),
        ten.text().trim_end(),
    ] {
        let outcome = if text.is_empty() { "gone" } else { "unclear" };
        all.push(case(format!("the answer {text:?}"), kept(&ten), garbled(text), outcome));
    }
    // Only a browser that checks signatures can tell; the missing proof gives the others away.
    for (name, answer) in [
        ("a signature over something else", changed),
        ("the known key named, another one used", garbled(by_stranger.text())),
    ] {
        let (outcome, plain) =
            ("unsigned", if name.starts_with("the known") { "unsigned" } else { "rewritten" });
        all.push(json!({ "name": name, "kept": kept(&ten), "answer": answer, "outcome": outcome, "plain_outcome": plain }));
    }
    all
}

#[test]
fn the_script_of_our_pages_tells_honest_growth_from_every_other_history() {
    if Command::new("node").arg("--version").output().is_err() {
        left_out("Node.js is not installed");
        return;
    }
    let place = tempfile::tempdir().unwrap();
    let sizes: Vec<u64> = (1..=ALL_TO).chain([64, 100, 255, 256, 257, 512, 700]).collect();
    let mut cases = growth(place.path(), &sizes);
    cases.extend(others(place.path()));
    let sums: Vec<(String, String)> = (0..=200_u8)
        .map(|length| (0..length).map(|n| n.wrapping_mul(37)).collect::<Vec<u8>>())
        .map(|message| (hex(&message), hex(&Sha256::digest(&message))))
        .collect();
    let vectors = place.path().join("vectors.json");
    std::fs::write(&vectors, json!({ "sums": sums, "cases": cases }).to_string()).unwrap();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ran = Command::new("node")
        .args([here.join("tests/browser/judge.mjs"), here.join("../web/assets/log"), vectors])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success(), "{said}{}", String::from_utf8_lossy(&ran.stderr));
    assert!(said.contains(&format!("{} cases, 0 wrong", cases.len())), "{said}");
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
