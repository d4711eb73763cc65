//! `hadir doctor` on machines in different states.

use serde_json::Value;

use crate::run::Place;

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

    place.hadir(&["terminal", "list"]).ok();
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
