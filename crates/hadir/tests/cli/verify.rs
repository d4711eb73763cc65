//! The published log as an auditor sees it, and a database that was set back.

use std::{
    fs,
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    process::{Command, Stdio},
};

use crate::run::Place;

const PEOPLE: &str = "NIP,NAMA,JENIS JABATAN NAMA,KODE OPD,OPD\n";

/// Serves until the pages answer, then stops; whatever the database holds is published by then.
fn serve_once(place: &Place) {
    let mut server = Command::new(env!("CARGO_BIN_EXE_hadir"))
        .env_clear()
        .args(["serve", "--database-url", "sqlite:hadir.db"])
        .envs([("HADIR_LISTEN", "127.0.0.1:0"), ("HADIR_TERMINAL_LISTEN", "127.0.0.1:0")])
        .current_dir(place.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(server.stdout.take().unwrap()).lines();
    lines.map(Result::unwrap).find(|line| line.contains("/siapkan/")).unwrap();
    Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap();
    assert_eq!(server.wait().unwrap().code(), Some(0));
}

fn import(place: &Place, name: &str, nip: &str) {
    let file =
        place.write(name, &format!("{PEOPLE}{nip},Budi Santoso,Jabatan Pelaksana,DISDIK,Dinas Pendidikan\n"));
    place.hadir(&["import", "employees", file.to_str().unwrap()]).ok();
}

#[test]
fn an_auditor_checks_the_files_alone_and_sees_what_was_altered() {
    let place = Place::new();
    import(&place, "a.csv", "198003152005011001");
    serve_once(&place);
    let about = place.hadir(&["log", "--format", "json"]).ok().json();
    let key = about["key"].as_str().unwrap();
    assert!(about["published"] == about["size"] && about["size"].as_u64().unwrap() >= 2, "{about}");

    let ledger = place.path("ledger/1");
    let files = ledger.to_str().unwrap();
    let audited = place.hadir(&["verify", "log", files, "--key", key, "--format", "json"]).ok().json();
    assert_eq!((&audited["clean"], &audited["size"]), (&true.into(), &about["size"]));
    place.hadir(&["verify", "facts"]).ok();
    let kept = place.path("kept");
    fs::copy(ledger.join("checkpoint"), &kept).unwrap();

    import(&place, "b.csv", "198104162006021002");
    serve_once(&place);
    let kept = kept.to_str().unwrap();
    place.hadir(&["verify", "log", files, "--key", key, "--kept", kept]).ok();

    let folder = ledger.join("tile/entries");
    let bundle = walk(&folder).into_iter().max().unwrap();
    fs::set_permissions(&bundle, fs::Permissions::from_mode(0o644)).unwrap();
    let mut bytes = fs::read(&bundle).unwrap();
    let at = bytes.len() - 10;
    bytes[at] ^= 1;
    fs::write(&bundle, bytes).unwrap();
    let said = place.hadir(&["verify", "log", files, "--key", key]);
    assert!(said.code == 1 && said.out.contains("altered"), "{said:?}");
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() { files.extend(walk(&entry.path())) } else { files.push(entry.path()) }
    }
    files
}

#[test]
fn a_restored_backup_is_read_but_not_written() {
    let place = Place::new();
    import(&place, "a.csv", "198003152005011001");
    serve_once(&place);
    fs::copy(place.path("hadir.db"), place.path("backup.db")).unwrap();
    import(&place, "b.csv", "198104162006021002");
    serve_once(&place);
    for name in ["hadir.db", "hadir.db-wal", "hadir.db-shm"] {
        fs::remove_file(place.path(name)).ok();
    }
    fs::copy(place.path("backup.db"), place.path("hadir.db")).unwrap();

    let file = place.write(
        "c.csv",
        &format!("{PEOPLE}198205172007031003,Citra Dewi,Jabatan Pelaksana,DISDIK,Dinas Pendidikan\n"),
    );
    let said = place.hadir(&["import", "employees", file.to_str().unwrap()]);
    assert!(said.code == 1 && said.err.contains("set back to an older state"), "{said:?}");
    let about = place.hadir(&["log", "--format", "json"]).ok().json();
    assert!(about["doubt"].as_str().unwrap().contains("two histories"), "{about}");
    place.hadir(&["import", "list"]).ok();
}
