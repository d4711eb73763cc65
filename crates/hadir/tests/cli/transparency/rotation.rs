//! Another key for the log.

use std::fs;

use super::server::{import, key, serve_once};
use crate::{database, run::Place};

#[test]
fn the_log_names_its_next_key_while_the_old_one_still_signs() {
    let place = Place::new();
    import(&place, "198003152005011001");
    database::prepare(&place);
    serve_once(&place);
    let old = key(&place);
    let say = ["log", "rotate-key", "--reason", "pergantian tahunan", "--by", "ani"];
    let refused = place.hadir(&say);
    assert!(refused.code == 2 && key(&place) == old, "{refused:?}");
    let confirmed = [&say[..], &["--confirm", "hadir.local/log/1", "--format", "json"]].concat();
    let done = place.hadir(&confirmed).ok().json();
    let new = key(&place);
    assert_eq!((done["key"].as_str(), done["replaces"].as_str()), (Some(new.as_str()), Some(old.as_str())));
    assert!(new != old && place.path("ledger/key.retired-1").exists());

    // The end that says so is signed by both, so that whoever trusts the old key learns of the new one.
    let verify = |keys: &[&str]| {
        let keys = keys.iter().flat_map(|key| ["--key", key]);
        place.hadir(&["verify", "log", "ledger/1"].into_iter().chain(keys).collect::<Vec<_>>())
    };
    let said = verify(&[&old]).ok();
    assert!(said.out.contains(&format!("from here on the key is {new}")), "{said:?}");
    assert!(said.out.contains("by ani: pergantian tahunan"), "{said:?}");
    fs::copy(place.path("ledger/1/checkpoint"), place.path("kept.txt")).unwrap();

    import(&place, "198104162006021002");
    serve_once(&place);
    verify(&[&new]).ok();
    let said = verify(&[&old]);
    assert!(said.code == 1 && said.out.contains("not signed by a known key"), "{said:?}");
    place.hadir(&["verify", "log", "ledger/1", "--key", &new, "--kept", "kept.txt"]).ok();
    place.hadir(&["verify", "facts"]).ok();

    // Whoever brings the old key back cannot sign with it.
    fs::copy(place.path("ledger/key.retired-1"), place.path("ledger/key")).unwrap();
    let about = place.hadir(&["log", "--format", "json"]).json();
    assert!(about["doubt"].as_str().unwrap().contains("not the one that signed the log"), "{about}");
}
