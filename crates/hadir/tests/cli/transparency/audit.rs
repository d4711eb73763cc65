//! The published log as an auditor sees it, and a database that was set back.

use std::{fs, os::unix::fs::PermissionsExt};

use super::{
    files::{back_up, restore, walk},
    server::{import, serve_once, try_import},
};
use crate::run::Place;

#[test]
fn an_auditor_checks_the_files_alone_and_sees_what_was_altered() {
    let place = Place::new();
    import(&place, "198003152005011001");
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

    import(&place, "198104162006021002");
    serve_once(&place);
    let kept = kept.to_str().unwrap();
    place.hadir(&["verify", "log", files, "--key", key, "--kept", kept]).ok();

    let folder = ledger.join("tile/entries");
    let bundle = walk(&folder).into_iter().max_by_key(|file| fs::metadata(file).unwrap().len()).unwrap();
    fs::set_permissions(&bundle, fs::Permissions::from_mode(0o644)).unwrap();
    let mut bytes = fs::read(&bundle).unwrap();
    let at = bytes.len() - 10;
    bytes[at] ^= 1;
    fs::write(&bundle, bytes).unwrap();
    let said = place.hadir(&["verify", "log", files, "--key", key]);
    assert!(said.code == 1 && said.out.contains("altered"), "{said:?}");
}

#[test]
fn a_restored_backup_is_read_but_not_written() {
    let place = Place::new();
    import(&place, "198003152005011001");
    serve_once(&place);
    back_up(&place);
    import(&place, "198104162006021002");
    serve_once(&place);
    restore(&place);
    let said = try_import(&place, "198205172007031003");
    assert!(said.code == 1 && said.err.contains("set back to an older state"), "{said:?}");
    let about = place.hadir(&["log", "--format", "json"]).json();
    assert!(about["doubt"].as_str().unwrap().contains("two histories"), "{about}");
    place.hadir(&["import", "list"]).ok();
}
