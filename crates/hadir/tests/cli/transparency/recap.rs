//! A sheet of a locked month in the hands of somebody who has nothing else than it, its proof and the key of the log.

use std::fs;

use super::server::{key, serve_once};
use crate::{
    month::{filled, lock},
    run::{Place, Said},
};

const SHEETS: &[(&str, &str)] =
    &[("recap", "recap.json"), ("recap", "recap.csv"), ("tpp", "tpp.json"), ("tpp", "tpp.csv")];

/// The sheets of a locked month, and the key of the log; the installation is gone.
fn exported() -> (Place, String) {
    let (place, away) = (Place::new(), Place::new());
    filled(&place);
    lock(&place);
    serve_once(&place);
    for (command, name) in SHEETS {
        let proof = format!("{name}.proof");
        let sheet = [*command, "--month", "2025-06", "--opd", "DISDIK", "--out", name, "--proof", &proof];
        place.hadir(&sheet).ok();
        for name in [*name, &proof] {
            fs::copy(place.path(name), away.path(name)).unwrap();
        }
    }
    let key = key(&place);
    (away, key)
}

/// Puts other words into a copy of a file, which must have had the old ones.
fn altered(place: &Place, name: &str, copy: &str, old: &str, new: &str) {
    let text = fs::read_to_string(place.path(name)).unwrap();
    assert!(text.contains(old), "{old} in {text}");
    place.write(copy, &text.replacen(old, new, 1));
}

#[test]
fn every_sheet_of_a_locked_month_is_checked_offline_and_an_altered_figure_is_named() {
    let (place, key) = exported();
    let verify = |sheet: &str, proof: &str| -> Said {
        place.hadir(&["verify", "recap", sheet, "--proof", proof, "--key", &key])
    };
    for (_, name) in SHEETS {
        let said = place.hadir(&["verify", "recap", name, "--key", &key, "--format", "json"]).ok().json();
        assert!(said["figures"].as_u64().unwrap() > 20 && said["people"] == 2, "{name}: {said}");
    }
    for (name, old, new, evidence) in [
        ("recap.json", "\"late_minutes\": 20", "\"late_minutes\": 0", "late_minutes is 0, locked was 20"),
        (
            "tpp.json",
            "\"gross\": \"5000000\"",
            "\"gross\": \"6000000\"",
            "gross is \"6000000\", locked was \"5000000\"",
        ),
        ("tpp.csv", "5000000", "6000000", "'6000000', locked was '5000000'"),
        ("recap.csv", ",L,TL,H,", ",L,H,H,", "2025-06-02: 'H', locked was 'TL'"),
        ("recap.csv", "198504122010012002", "198504122010012003", "locked was '198504122010012002'"),
    ] {
        altered(&place, name, "altered", old, new);
        let said = verify("altered", &format!("{name}.proof"));
        assert!(said.code == 1 && said.out.contains(evidence), "{name}: {said:?}");
    }
    let said = verify("recap.csv", "tpp.csv.proof");
    assert_eq!(said.code, 0, "one proof holds for all sheets of the month: {said:?}");
    let semicolons = fs::read_to_string(place.path("recap.csv")).unwrap().replace(',', ";");
    place.write("excel.csv", &format!("\u{feff}{semicolons}"));
    verify("excel.csv", "recap.csv.proof").ok();
    place.write("recap.xlsx", "PK\u{3}\u{4}…");
    let said = verify("recap.xlsx", "recap.csv.proof");
    assert!(said.code == 1 && said.err.contains("an Excel file; only JSON and CSV"), "{said:?}");
    assert!(!place.path("hadir.db").exists(), "nothing of the installation is needed");
}

#[test]
fn a_proof_that_was_altered_proves_nothing() {
    let (place, key) = exported();
    for (old, new, evidence) in [
        ("late_minutes\\\":20", "late_minutes\\\":0", "do not have the digest that was logged"),
        ("\\\"version\\\":1", "\\\"version\\\":2", "does not commit to this"),
        ("\\nindex ", "\\nindex 1", "NOT valid"),
    ] {
        altered(&place, "recap.json.proof", "altered.proof", old, new);
        let said = place.hadir(&["verify", "recap", "recap.json", "--proof", "altered.proof", "--key", &key]);
        assert!(said.code == 1 && said.err.contains(evidence), "{old}: {said:?}");
    }
    let other = ledger::Signer::from_seed("hadir.local/log/1", &[5; 32]).unwrap().verifier_key().to_string();
    let said = place.hadir(&["verify", "recap", "recap.json", "--key", &other]);
    assert!(said.code == 1 && said.err.contains("NOT valid"), "{said:?}");
}
