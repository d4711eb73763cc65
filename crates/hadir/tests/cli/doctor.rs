//! `hadir doctor` on machines in different states.

use std::{fs, io::ErrorKind, net::TcpListener, os::unix::fs::PermissionsExt};

use ledger::witness::Cosigner;
use serde_json::Value;

use crate::{
    run::Place,
    transparency::server::{import, serve_once, try_import},
};

fn state<'a>(document: &'a Value, name: &str) -> Option<&'a Value> {
    document["checks"].as_array().unwrap().iter().find(|c| c["name"] == name)
}

#[test]
fn a_fresh_machine_is_told_how_to_begin() {
    let place = Place::new();
    let variables = [("HADIR_LISTEN", "127.0.0.1:0"), ("HADIR_TERMINAL_LISTEN", "127.0.0.1:0")];
    let said = place.run(&["doctor"], &variables, "").ok();
    assert!(said.out.contains("[OK]") && said.out.contains("[PERIKSA]"), "{}", said.out);
    assert!(said.out.contains("hadir serve"), "{}", said.out);
    assert!(!place.path("hadir.db").exists(), "looking changes nothing");

    place.hadir(&["setup"]).ok();
    let document = place.run(&["doctor", "--format", "json"], &variables, "").ok().json();
    assert_eq!(state(&document, "database").unwrap()["state"], "ok");
    assert_eq!(state(&document, "engine").unwrap()["state"], "ok");
    assert_eq!(state(&document, "accounts").unwrap()["mend"], "hadir setup");
    let mend = state(&document, "policies").unwrap()["mend"].as_str().unwrap();
    assert!(mend.starts_with("hadir policy activate"), "{mend}");
    let rows = place.run(&["doctor", "--format", "csv"], &variables, "").ok().csv();
    assert_eq!(rows[0], ["state", "check", "finding", "mend"]);
}

#[test]
fn what_does_not_work_is_exit_code_1() {
    let place = Place::new();
    let url = [("HADIR_DATABASE_URL", "postgres://127.0.0.1:1/hadir")];
    let said = place.run(&["doctor", "--format", "json"], &url, "");
    assert_eq!(said.code, 1, "{said:?}");
    let document = said.json();
    assert_eq!(document["ok"], false);
    assert_eq!(state(&document, "database").unwrap()["state"], "gagal");

    place.write("hadir.toml", "lisen = 1\n");
    let said = place.hadir(&["doctor", "--config", "hadir.toml"]);
    assert!(said.code == 1 && said.out.contains("[GAGAL]") && said.out.contains("lisen"), "{said:?}");
}

fn doctor(place: &Place) -> Value {
    let variables = [("HADIR_LISTEN", "127.0.0.1:0"), ("HADIR_TERMINAL_LISTEN", "127.0.0.1:0")];
    place.run(&["doctor", "--format", "json"], &variables, "").json()
}

fn found(place: &Place, name: &str) -> (String, String) {
    let document = doctor(place);
    let check = state(&document, name).unwrap_or_else(|| panic!("{name}: {document}"));
    (check["state"].as_str().unwrap().to_owned(), check["finding"].as_str().unwrap().to_owned())
}

#[test]
fn the_log_is_looked_at() {
    let place = Place::new();
    import(&place, "198003152005011001");
    serve_once(&place);
    let (state, finding) = found(&place, "log");
    assert!(state == "ok" && finding.ends_with(" published, 0 punches wait"), "{finding}");
    for (name, words) in [
        ("log_compared", "not compared with its log yet"),
        ("log_witnesses", "nobody else confirms"),
        ("log_disk", "lies on the disk of the database"),
    ] {
        let (state, finding) = found(&place, name);
        assert!(state == "periksa" && finding.contains(words), "{name}: {finding}");
    }
    assert_eq!(found(&place, "log_key").0, "ok");

    let key = place.path("ledger/key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    let (state, finding) = found(&place, "log_key");
    assert!(state == "gagal" && finding.contains("mode 644"), "{finding}");

    let compared = |findings: u32| {
        let text = format!(r#"{{"at":"2026-11-03T19:00:00Z","entries":9,"rows":8,"findings":{findings}}}"#);
        place.write("ledger/1.compared", &text);
    };
    compared(3);
    let (state, finding) = found(&place, "log_compared");
    assert!(state == "gagal" && finding.contains("NOT as it was logged, 3 findings"), "{finding}");
    compared(0);
    assert!(found(&place, "log_compared").1.contains("as it was logged, 9 entries"));

    fs::copy(place.path("hadir.db"), place.path("kept.db")).unwrap();
    import(&place, "198104162006021002");
    serve_once(&place);
    for ending in ["-wal", "-shm"] {
        fs::remove_file(place.path(&format!("hadir.db{ending}"))).ok();
    }
    fs::rename(place.path("kept.db"), place.path("hadir.db")).unwrap();
    let (state, finding) = found(&place, "log");
    assert!(state == "gagal" && finding.contains("the database was set back"), "{finding}");
}

#[test]
fn whoever_only_looks_makes_no_key_and_asks_no_witness() {
    let place = Place::new();
    import(&place, "198003152005011001");
    serve_once(&place);
    let witness = TcpListener::bind("127.0.0.1:0").unwrap();
    witness.set_nonblocking(true).unwrap();
    let key = Cosigner::from_seed("saksi.example", &[5; 32]).unwrap().key().to_string();
    let address = witness.local_addr().unwrap();
    let policy = format!("witness saksi {key} http://{address}\nquorum saksi\n");
    place.write("ledger/witness-policy", &policy);
    let (state, finding) = found(&place, "log_witnesses");
    assert!(state == "periksa" && finding.contains("nothing confirmed yet by saksi"), "{finding}");
    let other = ledger::Signer::from_seed("hadir.lain/log/1", &[6; 32]);
    place.write("ledger/witness-policy", &format!("log {}\n{policy}", other.unwrap().verifier_key()));
    let (state, finding) = found(&place, "log_witnesses");
    assert!(state == "gagal" && finding.contains("the key of another log"), "{finding}");
    place.write("ledger/witness-policy", &policy);
    for command in [&["terminal", "list"][..], &["policy", "list"], &["verify", "facts"], &["import", "list"]]
    {
        place.hadir(command).ok();
    }
    assert_eq!(witness.accept().unwrap_err().kind(), ErrorKind::WouldBlock, "nobody came");

    fs::remove_file(place.path("ledger/witness-policy")).unwrap();
    fs::rename(place.path("ledger/key"), place.path("kept-key")).unwrap();
    assert_eq!(found(&place, "log_key").0, "periksa");
    place.hadir(&["terminal", "list"]).ok();
    let refused = try_import(&place, "198104162006021002");
    assert!(
        refused.code == 1 && refused.err.contains("key is missing, but the database holds the log"),
        "{refused:?}"
    );
    assert!(!place.path("ledger/key").exists());
    fs::rename(place.path("kept-key"), place.path("ledger/key")).unwrap();
    import(&place, "198104162006021002");
}
