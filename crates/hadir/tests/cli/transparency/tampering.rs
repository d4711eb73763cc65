//! Every class of tampering, as an auditor at the command line meets it: caught, and shown with the evidence.

use std::fs;

use super::{
    files::{change, copy, last},
    server::{import, key, serve_once, try_import},
    witness::Witness,
};
use crate::run::{Place, Said};

/// A published log of which somebody kept a checkpoint and a receipt, and a further person since.
struct Case {
    place: Place,
    key: String,
}

impl Case {
    fn new() -> Case {
        let place = Place::new();
        import(&place, "198003152005011001");
        serve_once(&place);
        place.hadir(&["log", "receipt", "--entry", "1", "--out", "kept.tlog-proof"]).ok();
        fs::copy(place.path("ledger/1/checkpoint"), place.path("kept.txt")).unwrap();
        import(&place, "198104162006021002");
        serve_once(&place);
        let key = key(&place);
        Case { place, key }
    }

    fn verify(&self, more: &[&str]) -> Said {
        self.place.hadir(&[&["verify", "log", "ledger/1", "--key", &self.key][..], more].concat())
    }

    /// The audit ends with exit code 1 and says all these words.
    #[track_caller]
    fn caught(&self, more: &[&str], evidence: &[&str]) {
        let said = self.verify(more);
        assert_eq!(said.code, 1, "{said:?}");
        for words in evidence {
            assert!(said.out.contains(words) || said.err.contains(words), "'{words}' is not in {said:?}");
        }
    }

    /// Another history by somebody who holds the key: as many people as are named, published.
    fn forged(&self, numbers: &[&str]) -> Place {
        let forger = Place::new();
        fs::create_dir(forger.path("ledger")).unwrap();
        fs::copy(self.place.path("ledger/key"), forger.path("ledger/key")).unwrap();
        for number in numbers {
            import(&forger, number);
        }
        serve_once(&forger);
        assert_eq!(key(&forger), self.key);
        forger
    }

    /// Puts the published files of the forger in the place of the true ones.
    fn replace_by(&self, forger: &Place) {
        fs::remove_dir_all(self.place.path("ledger/1")).unwrap();
        copy(&forger.path("ledger/1"), &self.place.path("ledger/1"));
    }
}

#[test]
fn an_edited_entry_is_named_with_its_index_and_both_hashes() {
    let case = Case::new();
    change(&last(&case.place, "tile/entries"), |bundle| {
        let at = bundle.len() - 20;
        bundle[at] = if bundle[at] == b'A' { b'B' } else { b'A' };
    });
    case.caught(&[], &["WRONG: entry", "was altered: signed was the leaf hash", "it now hashes to"]);
}

#[test]
fn an_edited_tile_is_named_with_its_hash() {
    let case = Case::new();
    change(&last(&case.place, "tile/0"), |tile| tile[0] ^= 1);
    case.caught(&[], &["tile/0/000.p/", "was altered: hash 0 is", "the entries give"]);
}

#[test]
fn an_edited_checkpoint_is_no_longer_signed() {
    let case = Case::new();
    let checkpoint = case.place.path("ledger/1/checkpoint");
    change(&checkpoint, |text| {
        let lines = String::from_utf8(text.clone()).unwrap();
        let size = lines.lines().nth(1).unwrap();
        *text = lines.replacen(&format!("\n{size}\n"), "\n1\n", 1).into_bytes();
    });
    case.caught(&[], &["checkpoint: the signature of the checkpoint is invalid for key hadir.local/log/1+"]);
}

#[test]
fn an_edited_receipt_proves_nothing() {
    let case = Case::new();
    let path = case.place.path("kept.tlog-proof");
    let good = fs::read_to_string(&path).unwrap();
    let verify = || case.place.hadir(&["verify", "receipt", "kept.tlog-proof", "--key", &case.key]);
    verify().ok();
    fs::write(&path, good.replace('\n', "\r\n")).unwrap();
    verify().ok();
    let hash = good.lines().find(|line| line.len() == 44).unwrap();
    let other = if hash.starts_with('A') { "B" } else { "A" };
    for (bad, evidence) in [
        (good.replacen("index 1", "index 0", 1), "the receipt does not hold"),
        (good.replacen(hash, &format!("{other}{}", &hash[1..]), 1), "NOT valid"),
    ] {
        fs::write(&path, bad).unwrap();
        let said = verify();
        assert!(said.code == 1 && said.err.contains(evidence), "{said:?}");
    }
}

#[test]
fn a_deleted_bundle_is_missed_with_its_entries() {
    let case = Case::new();
    fs::remove_file(last(&case.place, "tile/entries")).unwrap();
    case.caught(
        &[],
        &["tile/entries/000.p/", "the file is missing; it holds what the log says about entries 0 to"],
    );
}

#[test]
fn a_history_written_anew_and_signed_again_is_caught_by_every_memory_outside() {
    let case = Case::new();
    let forger = case.forged(&["198205172007031003", "198306182008041004", "198407192009051005"]);
    let before = fs::read_to_string(case.place.path("kept.txt")).unwrap();
    case.replace_by(&forger);
    case.verify(&[]).ok();
    let kept_root = before.lines().nth(2).unwrap();
    case.caught(
        &["--kept", "kept.txt"],
        &["history was rewritten: the first", kept_root, "and now have", "and both are signed"],
    );
    case.caught(
        &["--kept-receipt", "kept.tlog-proof"],
        &["entry 1 of the kept receipt is not in this log: history was rewritten"],
    );
}

#[test]
fn a_history_written_anew_is_not_signed_further_where_a_witness_remembers() {
    let case = Case::new();
    let witness = Witness::start("inspektorat", 1, &case.key);
    let policy = format!("{}quorum inspektorat\n", witness.line());
    case.place.write("ledger/witness-policy", &policy);
    // Opening the database shows its end to the witness.
    case.place.hadir(&["log"]).ok();
    let forger = case.forged(&["198205172007031003", "198306182008041004", "198407192009051005"]);
    forger.write("ledger/witness-policy", &policy);
    let said = try_import(&forger, "198508202010061006");
    assert!(said.code == 1 && said.err.contains("witness inspektorat:"), "{said:?}");
    assert!(said.err.contains("history was rewritten"), "{said:?}");
}

#[test]
fn a_rollback_is_told_by_the_size() {
    let case = Case::new();
    fs::copy(case.place.path("ledger/1/checkpoint"), case.place.path("kept.txt")).unwrap();
    let size = fs::read_to_string(case.place.path("kept.txt")).unwrap().lines().nth(1).unwrap().to_owned();
    let forger = case.forged(&["198003152005011001"]);
    case.replace_by(&forger);
    case.verify(&[]).ok();
    case.caught(&["--kept", "kept.txt"], &["the log shrank from", &size, "to"]);
}
