//! No text makes a parser panic, and what it accepts it writes back byte for byte.

use ledger::witness::{AddCheckpoint, Cosigner, Policy, add_checkpoint_request, read_answer};
use ledger::{Hash, Receipt, SignedCheckpoint, VerifierKey};
use proptest::prelude::*;

use crate::support::{entries, entry, signed, signer};

/// Good texts of every kind, to be altered.
fn texts() -> Vec<String> {
    let note = signed(&entries(5));
    let receipt = Receipt::from_parts(3, vec![Hash([1; 32]); 3], Some(entry(0, 3)), note.clone());
    let witness = Cosigner::from_seed("w.example", &[1; 32]).unwrap();
    vec![
        note.text().to_owned(),
        receipt.to_string(),
        add_checkpoint_request(3, &[Hash([2; 32]); 2], &note),
        format!("witness W {}\ngroup G 1 W\nquorum G\n", witness.key()),
        String::from_utf8(witness.cosign(&note, 5).unwrap().to_bytes()).unwrap(),
        signer().verifier_key().to_string(),
    ]
}

fn try_all(text: &str) {
    if let Ok(read) = SignedCheckpoint::parse(text) {
        assert_eq!(read.text(), text);
        assert_eq!(SignedCheckpoint::parse(read.text()), Ok(read));
    }
    if let Ok(read) = Receipt::parse(text) {
        assert_eq!(read.to_string(), text);
        let _ = read.verify(&[signer().verifier_key().clone()], None);
    }
    if let Ok(read) = AddCheckpoint::parse(text) {
        assert_eq!(add_checkpoint_request(read.old_size, &read.proof, &read.checkpoint), text);
    }
    if let Ok(policy) = Policy::parse(text) {
        let _ = policy.check(&signed(&entries(1)));
    }
    if let Ok(key) = text.parse::<VerifierKey>() {
        assert_eq!(key.to_string(), text);
    }
    let witness = Cosigner::from_seed("w.example", &[1; 32]).unwrap();
    for status in [200, 409] {
        let _ = read_answer(
            status,
            "text/x.tlog.size",
            text.as_bytes(),
            &[witness.key().clone()],
            &signed(&entries(5)),
        );
    }
}

#[test]
fn good_texts_are_accepted() {
    let texts = texts();
    texts.iter().for_each(|text| try_all(text));
    assert!(SignedCheckpoint::parse(&texts[0]).is_ok());
    assert!(Receipt::parse(&texts[1]).is_ok());
    assert!(AddCheckpoint::parse(&texts[2]).is_ok());
    assert!(Policy::parse(&texts[3]).is_ok());
}

#[test]
fn huge_sizes_and_long_texts_end_early() {
    let note = signed(&entries(5));
    for text in texts() {
        for size in ["18446744073709551615", "281474976710657", "99999999999999999999"] {
            try_all(&text.replace("\n5\n", &format!("\n{size}\n")));
            try_all(&text.replace("index 3", &format!("index {size}")));
        }
    }
    try_all(&format!(
        "c2sp.org/tlog-proof@v1\nindex 0\n{}\n{note}",
        format!("{}\n", Hash([0; 32])).repeat(5_000)
    ));
    try_all(&"\n".repeat(200_000));
    try_all(&format!("{}\n{}", note.body(), "— a AAAAAAA=\n".repeat(5_000)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn altered_texts(which in 0..6_usize, edits in proptest::collection::vec((any::<prop::sample::Index>(), 0..4_u8, any::<char>()), 1..5)) {
        let mut text: Vec<char> = texts()[which].chars().collect();
        for (at, how, new) in edits {
            if text.is_empty() { break; }
            let at = at.index(text.len());
            match how {
                0 => text[at] = new,
                1 => { text.remove(at); }
                2 => text.insert(at, new),
                _ => { let copy = text[at]; text.insert(at, copy); }
            }
        }
        try_all(&text.into_iter().collect::<String>());
    }

    #[test]
    fn any_text(text in "\\PC*", lines in "([ -~—]{0,30}\n){0,12}") {
        try_all(&text);
        try_all(&lines);
    }
}
