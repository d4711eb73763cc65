//! What `hadir serve` published and `hadir` wrote, checked by the Go program of the page "Verify with Go".

use std::{fs, path::Path, process::Command};

use super::{
    server::{PEOPLE, Server, import, key, serve_once},
    witness::Witness,
};
use crate::{
    database,
    month::{filled, lock},
    programs::go_verifier,
    run::Place,
};

/// The Go program in a place, whether it is content, and what it says.
struct Go<'a>(&'a Path, &'a Place);

impl Go<'_> {
    fn verify(&self, keys: &[&str], log: &str, files: &[&str]) -> (bool, String) {
        let keys = keys.iter().flat_map(|key| ["-key", key]);
        let ran = Command::new(self.0)
            .args(keys)
            .arg(log)
            .args(files)
            .current_dir(self.1.path(""))
            .output()
            .unwrap();
        (ran.status.success(), String::from_utf8(ran.stdout).unwrap())
    }

    #[track_caller]
    fn ok(&self, keys: &[&str], log: &str, files: &[&str]) -> String {
        let (content, said) = self.verify(keys, log, files);
        assert!(content && said.contains("OK: hadir.local/log/1, "), "{said}");
        said
    }

    #[track_caller]
    fn fails(&self, keys: &[&str], log: &str, files: &[&str], why: &str) {
        let (content, said) = self.verify(keys, log, files);
        assert!(!content && said.contains("FAILED") && said.contains(why), "{said}");
    }
}

#[test]
fn go_reads_a_served_log_with_witnesses_and_a_changed_key() {
    let scratch = tempfile::tempdir().unwrap();
    let Some(program) = go_verifier(scratch.path(), "verify-log") else { return };
    let place = Place::new();
    import(&place, "198003152005011001");
    database::prepare(&place);
    let old = key(&place);
    let witness = Witness::start("inspektorat", 1, &old);
    let policy = format!("log {old}\n{}quorum inspektorat\n", witness.line());
    place.write("ledger/witness-policy", &policy);
    let mut server = Server::start(&place);
    server.says(&["the log was cosigned", "is_enough=true"]);
    server.stop();
    place.hadir(&["log", "receipt", "--entry", "1", "--out", "one.tlog-proof", "--opening", "one"]).ok();
    fs::copy(place.path("ledger/1/checkpoint.cosigned"), place.path("cosigned")).unwrap();
    assert!(fs::read_to_string(place.path("one.tlog-proof")).unwrap().contains("inspektorat.example"));
    let go = Go(&program, &place);
    let kept = ["one.tlog-proof", "cosigned", "one"];
    let said = go.ok(&[&old], "ledger/1", &kept);
    assert!(said.contains("entry 1, ") && said.contains("3 kept"), "{said}");

    let confirm = ["--by", "ani", "--confirm", "hadir.local/log/1"];
    place.hadir(&[&["log", "rotate-key", "--reason", "pergantian"][..], &confirm].concat()).ok();
    let new = key(&place);
    // The end that names the new key is signed by both.
    go.ok(&[&old], "ledger/1", &kept);
    fs::remove_file(place.path("ledger/witness-policy")).unwrap();
    import(&place, "198104162006021002");
    serve_once(&place);
    go.ok(&[&old, &new], "ledger/1", &kept);
    go.ok(&[&new], "ledger/1", &[]);
    go.fails(&[&old], "ledger/1", &[], "no verifiable signatures");
    go.fails(&[&new], "ledger/1", &["cosigned"], "no verifiable signatures");

    let opening = fs::read_to_string(place.path("one")).unwrap();
    place.write("edited", &opening.replace("{\"", "{ \""));
    go.fails(&[&old, &new], "ledger/1", &["edited"], "entry 1 does not commit to this opening");
}

#[test]
fn go_checks_the_figures_of_a_locked_month() {
    let scratch = tempfile::tempdir().unwrap();
    let Some(program) = go_verifier(scratch.path(), "verify-log") else { return };
    let place = Place::new();
    filled(&place);
    lock(&place);
    serve_once(&place);
    let sheet = ["recap", "--month", "2025-06", "--opd", "DISDIK", "--out", "recap.json"];
    place.hadir(&[&sheet[..], &["--proof", "proof"]].concat()).ok();
    let (go, key) = (Go(&program, &place), key(&place));
    let said = go.ok(&[&key], "ledger/1", &["proof"]);
    assert!(said.contains("month-lock of ") && said.contains("\"month\":\"2025-06\""), "{said}");
    let proof = fs::read_to_string(place.path("proof")).unwrap();
    for (old, new, why) in [
        ("late_minutes\\\":20", "late_minutes\\\":0", "do not have the digest that was logged"),
        ("\\\"version\\\":1", "\\\"version\\\":2", "does not commit to this opening"),
    ] {
        assert!(proof.contains(old), "{old} in {proof}");
        place.write("altered", &proof.replacen(old, new, 1));
        go.fails(&[&key], "ledger/1", &["altered"], why);
    }
}

#[test]
fn a_mirror_made_with_curl_is_a_log_that_go_finds_true() {
    let scratch = tempfile::tempdir().unwrap();
    let Some(program) = go_verifier(scratch.path(), "verify-log") else { return };
    let place = Place::new();
    import(&place, "198003152005011001");
    let key = key(&place);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/mirror-log.sh");
    let mirror = || {
        let server = Server::start(&place);
        let address = format!("http://{}/log/1", server.pages);
        let ran = Command::new(&script).args([&address, "mirror"]).current_dir(place.path("")).output();
        server.stop();
        let ran = ran.unwrap();
        assert!(ran.status.success(), "{ran:?}");
    };
    serve_once(&place);
    mirror();
    fs::copy(place.path("mirror/checkpoint"), place.path("kept")).unwrap();

    // A PIN for each of 300 people: partial tiles give way to a full one, and there is a second level.
    let mut people = PEOPLE.replace("OPD\n", "OPD,PIN\n");
    for number in 2..302 {
        people.push_str(&format!(
            "198003152005011{number:03},Budi {number},Jabatan Pelaksana,DISDIK,Dinas Pendidikan,{number}\n"
        ));
    }
    place.write("people.csv", &people);
    place.hadir(&["import", "employees", "people.csv"]).ok();
    serve_once(&place);
    mirror();
    let second_level = fs::read_dir(place.path("mirror/tile/1/000.p")).unwrap().count();
    assert!(place.path("mirror/tile/entries/000").exists() && second_level > 0);
    let said = Go(&program, &place).ok(&[&key], "mirror", &["kept"]);
    assert!(said.contains("1 kept"), "{said}");
    place.hadir(&["verify", "log", "mirror", "--key", &key, "--kept", "kept"]).ok();
}
