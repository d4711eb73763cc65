//! After a restore to an older state: nothing is lost that is brought meanwhile, and there are two ways on.

use std::fs;

use super::{
    files::{back_up, change, last, restore},
    server::{import, key, serve_once, try_import},
};
use crate::{database, run::Place};

const PUNCHES: &str =
    "        1\t2025-06-02 07:50:00\t1\t0\t1\t0\n        1\t2025-06-02 16:05:00\t1\t0\t1\t0\n";

/// A government with an account and a terminal, backed up; then a person more, published; then the backup again.
fn set_back() -> (Place, u64, u64) {
    let place = Place::new();
    import(&place, "198003152005011001");
    database::prepare(&place);
    place.hadir(&["terminal", "approve", "TEST0001", "--unit", "DISDIK"]).ok();
    serve_once(&place);
    back_up(&place);
    let kept = size(&place, "size");
    import(&place, "198104162006021002");
    serve_once(&place);
    let published = size(&place, "published");
    assert!(published > kept);
    fs::create_dir(place.path("openings")).unwrap();
    let last = (published - 1).to_string();
    let receipt =
        ["log", "receipt", "--entry", &last, "--out", "kept.tlog-proof", "--opening", "openings/one"];
    place.hadir(&receipt).ok();
    restore(&place);
    (place, kept, published)
}

fn size(place: &Place, what: &str) -> u64 {
    place.hadir(&["log", "--format", "json"]).ok().json()[what].as_u64().unwrap()
}

fn import_punches(place: &Place) -> serde_json::Value {
    place.write("1_attlog.dat", PUNCHES);
    place.hadir(&["import", "attlog", "1_attlog.dat", "--serial", "TEST0001", "--format", "json"]).ok().json()
}

#[test]
fn the_log_goes_on_behind_what_was_published_and_old_receipts_stay_true() {
    let (place, kept, published) = set_back();
    let say = ["log", "reingest", "--reason", "cadangan kemarin dipulihkan", "--by", "ani"];
    let refused = place.hadir(&say);
    assert!(refused.code == 2 && refused.out.contains("set back to an older state"), "{refused:?}");
    assert!(refused.err.contains("--confirm 'hadir.local/log/1'"), "{refused:?}");
    assert_eq!(size(&place, "size"), kept, "nothing was changed");

    let mut confirmed = say.to_vec();
    confirmed.extend(["--confirm", "hadir.local/log/1", "--format", "json"]);
    let done = place.hadir(&confirmed).ok().json();
    assert_eq!((done["lost"].as_u64(), done["entry"].as_u64()), (Some(published - kept), Some(published)));
    assert_eq!(done["terminals"][0]["serial"], "TEST0001", "{done}");
    let lost = place.hadir(&["log", "lost", "--format", "json"]).ok().json();
    assert_eq!(lost.as_array().unwrap().len() as u64, published - kept);
    assert_eq!((lost[0]["index"].as_u64(), &lost[0]["fact"]), (Some(kept), &serde_json::Value::Null));
    // Whoever kept what the entry commits to can still show it.
    let opened = place.hadir(&["log", "lost", "--openings", "openings"]).ok().out;
    assert!(opened.contains("\"table\":") && opened.contains(", 1 of them opened"), "{opened}");
    let key_of_log = key(&place);
    let verify = ["verify", "receipt", "kept.tlog-proof", "--opening", "openings/one", "--key", &key_of_log];
    assert!(place.hadir(&verify).ok().out.contains("\"table\":"));
    change(&place.path("openings/one"), |text| *text.last_mut().unwrap() = b' ');
    assert_eq!(place.hadir(&verify).code, 1);

    // It is one log: what was published is its beginning, and the receipt of a lost entry still holds.
    import(&place, "198104162006021002");
    serve_once(&place);
    let key = key(&place);
    let said =
        place.hadir(&["verify", "log", "ledger/1", "--key", &key, "--kept-receipt", "kept.tlog-proof"]).ok();
    assert!(said.out.contains("was continued behind its") && said.out.contains("by ani"), "{said:?}");
    place.hadir(&["verify", "facts"]).ok();
    let again = place.hadir(&confirmed);
    assert!(again.code == 1 && again.err.contains("the log is in order"), "{again:?}");

    // Its own words cannot be changed unseen.
    change(&place.path(&format!("ledger/1/event-{published}")), |text| {
        *text = String::from_utf8(text.clone())
            .unwrap()
            .replace("by ani", "")
            .replace("kemarin", "lama")
            .into_bytes();
    });
    let said = place.hadir(&["verify", "log", "ledger/1", "--key", &key]);
    assert!(said.code == 1 && said.out.contains("does not commit to this"), "{said:?}");
}

#[test]
fn punches_are_taken_in_while_nothing_may_be_signed_and_entered_afterwards() {
    let (place, _, published) = set_back();
    let brought = place.hadir(&["log", "--format", "json"]).ok().json();
    assert_eq!(brought["waiting"], 0);
    let refused = try_import(&place, "198205172007031003");
    assert_eq!(refused.code, 1, "what somebody decides is not stored unsigned: {refused:?}");
    let token = place.hadir(&[
        "log",
        "reingest",
        "--reason",
        "r",
        "--by",
        "nobody",
        "--confirm",
        "hadir.local/log/1",
    ]);
    assert!(token.code == 1 && token.err.contains("no account"), "{token:?}");
    let confirm = ["log", "reingest", "--reason", "r", "--by", "ani", "--confirm", "hadir.local/log/1"];
    place.hadir(&confirm).ok();
    assert_eq!(import_punches(&place)["added"], 2);
    assert!(size(&place, "size") > published + 2);
    place.hadir(&["verify", "facts"]).ok();
}

#[test]
fn a_log_that_cannot_go_on_is_given_up_for_one_that_names_it() {
    let (place, kept, published) = set_back();
    let old_key = key(&place);
    // The published files are damaged too: the lost entries cannot be taken over.
    let bundle = last(&place, "tile/entries");
    change(&bundle, |bytes| {
        let at = bytes.len() - 10;
        bytes[at] ^= 1;
    });
    let common = ["--reason", "cakram rusak", "--by", "ani", "--confirm", "hadir.local/log/1"];
    let refused = place.hadir(&[&["log", "reingest"][..], &common].concat());
    assert!(refused.code == 1 && refused.err.contains("altered"), "{refused:?}");
    assert_eq!(size(&place, "size"), kept, "nothing was changed");
    change(&bundle, |bytes| {
        let at = bytes.len() - 10;
        bytes[at] ^= 1;
    });

    let done = place.hadir(&[&["log", "disaster", "--format", "json"][..], &common].concat()).ok().json();
    assert_eq!(
        (done["origin"].as_str(), done["lost"].as_u64()),
        (Some("hadir.local/log/1/2"), Some(published - kept))
    );
    let about = place.hadir(&["log", "--format", "json"]).ok().json();
    assert_eq!((&about["origin"], &about["doubt"]), (&done["origin"], &serde_json::Value::Null));
    import(&place, "198104162006021002");
    serve_once(&place);
    place.hadir(&["verify", "facts"]).ok();

    let key = done["key"].as_str().unwrap();
    let said = place.hadir(&["verify", "log", "ledger/1/2", "--key", key]).ok();
    assert!(said.out.contains(&format!("hadir.local/log/1 was given up at {published} entries")), "{said:?}");
    assert!(said.out.contains("by ani: cakram rusak"), "{said:?}");
    // The old log and the receipts of it stay what they were, and a fact of then has its receipt there.
    place.hadir(&["verify", "log", "ledger/1", "--key", &old_key]).ok();
    place.hadir(&["verify", "receipt", "kept.tlog-proof", "--key", &old_key]).ok();

    // Whoever shortens the old log afterwards contradicts the new one.
    fs::remove_dir_all(place.path("ledger/1/tile/0")).unwrap();
    let said = place.hadir(&["verify", "log", "ledger/1/2", "--key", key]);
    assert!(said.code == 1 && said.out.contains("tile/0"), "{said:?}");
}
