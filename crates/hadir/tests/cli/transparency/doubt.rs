//! One answer to whether the log may be signed, and what leads on from there.

use std::fs;

use super::{
    files::{back_up, change, restore},
    server::{Server, import, key, serve_once},
};
use crate::{
    database::{self, behind_the_program},
    run::{Place, Said},
};

const ONE: &str = "198003152005011001";
const TWO: &str = "198104162006021002";
const CONFIRM: [&str; 6] = ["--reason", "r", "--by", "ani", "--confirm", "hadir.local/log/1"];

/// A published log, with officers.
fn published() -> Place {
    let place = Place::new();
    import(&place, ONE);
    database::prepare(&place);
    serve_once(&place);
    place
}

fn decide(place: &Place, what: &str) -> Said {
    place.hadir(&[&["log", what][..], &CONFIRM].concat())
}

#[test]
fn a_damaged_checkpoint_is_named_and_written_anew_from_what_was_signed() {
    let place = published();
    let checkpoint = place.path("ledger/1/checkpoint");
    let edited = fs::read_to_string(&checkpoint).unwrap();
    let mut lines: Vec<&str> = edited.lines().collect();
    lines[1] = "5";
    for damage in [format!("{}\n", lines.join("\n")), String::new(), "sampah".to_owned()] {
        fs::write(&checkpoint, &damage).unwrap();
        let about = place.hadir(&["log"]);
        assert!(about.code == 1 && about.out.contains("DAMAGED    ledger/1/checkpoint"), "{about:?}");
        let rotated = decide(&place, "rotate-key");
        assert!(rotated.code == 1 && rotated.err.contains("start hadir serve once"), "{rotated:?}");
        let recovered = decide(&place, "disaster");
        assert!(recovered.code == 1 && recovered.err.contains("Start hadir serve"), "{recovered:?}");

        serve_once(&place);
        assert_eq!(fs::read_to_string(place.path("ledger/1/checkpoint.damaged")).unwrap(), damage);
        let about = place.hadir(&["log", "--format", "json"]).ok().json();
        assert_eq!(about["size"], about["published"], "{about}");
    }
    import(&place, TWO);
    serve_once(&place);
    place.hadir(&["verify", "log", "ledger/1", "--key", &key(&place)]).ok();
}

#[test]
fn a_server_that_refuses_to_sign_holds_the_folder_and_names_the_ways_on() {
    let place = published();
    back_up(&place);
    import(&place, TWO);
    serve_once(&place);
    restore(&place);
    let ways = ["hadir log reingest --reason", "hadir log disaster --reason"];
    let about = place.hadir(&["log"]);
    assert!(about.code == 1 && ways.iter().all(|way| about.out.contains(way)), "{about:?}");
    assert!(about.out.contains("--confirm 'hadir.local/log/1'"), "{about:?}");

    let mut server = Server::start(&place);
    for what in ["reingest", "disaster", "rotate-key"] {
        let refused = decide(&place, what);
        assert!(refused.code == 1 && refused.err.contains("stop hadir serve first"), "{what}: {refused:?}");
    }
    server.stop();
    let rotated = decide(&place, "rotate-key");
    assert!(rotated.code == 1 && rotated.err.contains("may not be signed"), "{rotated:?}");
    assert!(!place.path("ledger/key.next").exists());
    decide(&place, "reingest").ok();
    server = Server::start(&place);
    server.stop();
    place.hadir(&["log"]).ok();
}

#[test]
fn an_end_of_the_log_that_was_edited_is_doubted_with_its_numbers_and_computed_anew_at_the_next_start() {
    Place::on_each_engine(|place| {
        import(place, ONE);
        database::prepare(place);
        serve_once(place);
        let size = || place.hadir(&["log", "--format", "json"]).json()["size"].as_u64().unwrap();
        let before = size();
        behind_the_program(place, "UPDATE log_head SET size = size - 5");
        let about = place.hadir(&["log"]);
        let numbers = format!("it says {} entries, signed were {before}", before - 5);
        assert!(about.code == 1 && about.out.contains(&numbers), "{about:?}");
        assert!(about.out.contains("A start of `hadir serve` computes it anew"), "{about:?}");
        let facts = place.hadir(&["verify", "facts"]);
        assert!(
            facts.code == 1 && facts.out.contains("the end of log 1 in the database is not as it was signed"),
            "{facts:?}"
        );

        serve_once(place);
        place.hadir(&["log"]).ok();
        place.hadir(&["verify", "facts"]).ok();
        assert!(size() > before, "a deed says so");
    });
}

#[test]
fn a_forged_mark_is_named_as_forged() {
    let place = published();
    change(&place.path("ledger/1.high-water"), |bytes| {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        lines[2] = "9999";
        *bytes = format!("{}\n", lines.join("\n")).into_bytes();
    });
    let about = place.hadir(&["log"]);
    assert!(about.code == 1 && about.out.contains("1.high-water claims 9999 entries"), "{about:?}");
    assert!(about.out.contains("forged or damaged"), "{about:?}");
}

#[test]
fn whoever_only_looks_makes_nothing_and_a_missing_key_is_not_replaced() {
    let place = Place::new();
    for look in [&["log"][..], &["verify", "facts"], &["log", "rotate-key", "--reason", "r", "--by", "a"]] {
        let said = place.hadir(look);
        assert!(said.code == 1 && said.err.contains("no database here"), "{look:?}: {said:?}");
    }
    assert_eq!(fs::read_dir(place.path("")).unwrap().count(), 0, "nothing was made");

    let place = published();
    fs::remove_dir_all(place.path("ledger")).unwrap();
    let said = place.hadir(&["import", "employees", &format!("{ONE}.csv")]);
    assert!(said.code == 1 && said.err.contains("bring the key back"), "{said:?}");
    assert!(!place.path("ledger/key").exists());
}

#[test]
fn a_missing_key_is_told_with_the_number_of_entries_and_the_ways_on() {
    let place = Place::new();
    place.hadir(&["setup"]).ok();
    fs::remove_dir_all(place.path("ledger")).unwrap();
    let about = place.hadir(&["log"]);
    assert!(about.code == 1 && about.err.contains("no key yet"), "nothing was signed: {about:?}");

    let place = published();
    let size = place.hadir(&["log", "--format", "json"]).ok().json()["size"].as_u64().unwrap();
    fs::rename(place.path("ledger/key"), place.path("kept-key")).unwrap();
    let about = place.hadir(&["log"]);
    let missing = format!(
        "ledger/key is missing, but the database holds the log hadir.local/log/1 with {size} entries"
    );
    assert!(about.code == 1 && about.err.contains(&missing), "{about:?}");
    assert!(about.err.contains("bring the key back from its copy"), "{about:?}");
    assert!(about.err.contains("hadir log disaster") && !about.err.contains("no key yet"), "{about:?}");
    assert!(!place.path("ledger/key").exists());

    fs::rename(place.path("kept-key"), place.path("ledger/key")).unwrap();
    place.hadir(&["log"]).ok();
}

#[test]
fn only_officers_and_operators_decide_about_the_log() {
    let place = published();
    let stranger = ["log", "rotate-key", "--reason", "r", "--by", "citra", "--confirm", "hadir.local/log/1"];
    let said = place.hadir(&stranger);
    assert!(said.code == 1 && said.err.contains("needs the role BKPSDM or Sistem"), "{said:?}");
    decide(&place, "rotate-key").ok();
}
