//! The log before its witnesses: cosigned when they answer, going on when they do not, and not signed against their memory.

use std::fs;

use super::{
    files::{back_up, copy, restore},
    server::{Server, import, key, serve_once, try_import},
    witness::Witness,
};
use crate::run::Place;

fn policy(place: &Place, lines: &[String], quorum: usize, names: &str) -> String {
    let text =
        format!("log {}\n{}group enough {quorum} {names}\nquorum enough\n", key(place), lines.concat());
    place.write("ledger/witness-policy", &text).to_str().unwrap().to_owned()
}

/// A witness that is never there: nobody listens on port 1 of the loopback address.
fn away() -> String {
    let cosigner = ledger::witness::Cosigner::from_seed("away.example", &[99; 32]).unwrap();
    format!("witness gone {} http://127.0.0.1:1\n", cosigner.key())
}

#[test]
fn two_of_three_witnesses_are_enough_and_the_third_holds_nothing_up() {
    let place = Place::new();
    import(&place, "198003152005011001");
    let key = key(&place);
    let (a, b) = (Witness::start("inspektorat", 1, &key), Witness::start("kampus", 2, &key));
    let policy = policy(&place, &[a.line(), b.line(), away()], 2, "inspektorat kampus gone");
    let mut server = Server::start(&place);
    server.says(&["the log was cosigned", "witnesses=2", "is_enough=true"]);
    server.stop();
    let about = place.hadir(&["log", "--format", "json"]).ok().json();
    assert_eq!((&about["cosigned"], &about["doubt"]), (&about["size"], &serde_json::Value::Null));

    let said = place.hadir(&["verify", "log", "ledger/1", "--policy", &policy]).ok();
    assert!(
        said.out.contains("cosigned by 2 of 3 witnesses, as the policy asks: inspektorat at"),
        "{said:?}"
    );
    place.hadir(&["log", "receipt", "--entry", "1", "--out", "one.tlog-proof"]).ok();
    let said = place.hadir(&["verify", "receipt", "one.tlog-proof", "--policy", &policy]).ok();
    assert!(said.out.contains("valid: entry 1 of") && said.out.contains("2 of 3 witnesses"), "{said:?}");
    let said = place.hadir(&["verify", "receipt", "one.tlog-proof", "--key", &key]).ok();
    assert!(said.out.contains("beside the log's own: 2"), "{said:?}");
    assert!(fs::metadata(place.path("one.tlog-proof")).unwrap().len() < 1_500);
}

#[test]
fn without_enough_witnesses_the_log_goes_on_and_says_so() {
    let place = Place::new();
    import(&place, "198003152005011001");
    let a = Witness::start("inspektorat", 1, &key(&place));
    let policy = policy(&place, &[a.line(), away()], 2, "inspektorat gone");
    let mut server = Server::start(&place);
    server.says(&["no cosignature", "gone", "the log goes on"]);
    server.says(&["the log was cosigned", "witnesses=1", "is_enough=false"]);
    server.stop();
    import(&place, "198104162006021002");
    serve_once(&place);
    let about = place.hadir(&["log", "--format", "json"]).ok().json();
    assert_eq!((&about["published"], &about["cosigned"]), (&about["size"], &serde_json::Value::Null));
    let said = place.hadir(&["verify", "log", "ledger/1", "--policy", &policy]);
    assert!(said.code == 1 && said.out.contains("quorum `enough` is not reached"), "{said:?}");
    place.hadir(&["log", "receipt", "--entry", "0", "--out", "one.tlog-proof"]).ok();
    let said = place.hadir(&["verify", "receipt", "one.tlog-proof", "--policy", &policy]);
    assert!(
        said.code == 1 && said.out.contains("signed by the log") && said.out.contains("WRONG"),
        "{said:?}"
    );
}

#[test]
fn a_witness_remembers_what_was_restored_together_with_its_folder() {
    let place = Place::new();
    import(&place, "198003152005011001");
    let a = Witness::start("inspektorat", 1, &key(&place));
    policy(&place, &[a.line()], 1, "inspektorat");
    serve_once(&place);
    back_up(&place);
    copy(&place.path("ledger"), &place.path("ledger-backup"));
    import(&place, "198104162006021002");
    let mut server = Server::start(&place);
    server.says(&["the log was cosigned", "is_enough=true"]);
    server.stop();
    let seen = place.hadir(&["log", "--format", "json"]).ok().json()["size"].as_u64().unwrap();

    // Database and ledger folder come back from the same night: nothing on this machine knows better.
    restore(&place);
    fs::remove_dir_all(place.path("ledger")).unwrap();
    fs::rename(place.path("ledger-backup"), place.path("ledger")).unwrap();
    let said = try_import(&place, "198205172007031003");
    let evidence = format!("witness inspektorat: the witness has cosigned {seen} entries, this log has");
    assert!(said.code == 1 && said.err.contains(&evidence), "{said:?}");
    let about = place.hadir(&["log", "--format", "json"]).json();
    assert!(about["doubt"].as_str().unwrap().contains(&evidence), "{about}");

    // Whoever writes on while the witness cannot be asked makes a second history, and is found out.
    let policy = fs::read_to_string(place.path("ledger/witness-policy")).unwrap();
    fs::remove_file(place.path("ledger/witness-policy")).unwrap();
    for nip in ["198205172007031003", "198306182008041004", "198407192009051005"] {
        import(&place, nip);
    }
    serve_once(&place);
    place.write("ledger/witness-policy", &policy);
    let said = try_import(&place, "198508202010061006");
    assert!(said.code == 1 && said.err.contains("history was rewritten"), "{said:?}");
}
