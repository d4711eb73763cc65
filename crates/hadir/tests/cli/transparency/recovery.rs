//! After a restore to an older state: nothing is lost that is brought meanwhile, and there are two ways on.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
};

use super::{
    files::{back_up, change, last, restore},
    server::{Server, import, key, serve_once, try_import},
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
    let kiosk = place.hadir(&["device", "add", "--opd", "DISDIK", "--name", "Kios", "--format", "json"]).ok();
    place.write("token", kiosk.json()["token"].as_str().unwrap());
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
    place.hadir(&["log", "--format", "json"]).json()[what].as_u64().unwrap()
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
    let asked = done["terminals"].as_array().unwrap();
    let of_kiosk = |asked: &&serde_json::Value| asked["serial"].as_str().unwrap().starts_with("api:");
    let (kiosks, terminals): (Vec<_>, Vec<_>) = asked.iter().partition(of_kiosk);
    assert_eq!((terminals.len(), &terminals[0]["serial"]), (1, &"TEST0001".into()), "{done}");
    assert!(terminals[0]["problem"].is_null(), "{done}");
    assert!(kiosks[0]["problem"].as_str().unwrap().contains("takes no commands"), "{done}");
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

/// Presses at the kiosk; the status line of the answer.
fn press(place: &Place, server: &Server, number: u8) -> String {
    let token = fs::read_to_string(place.path("token")).unwrap();
    let body = format!(r#"{{"id":"{number:032x}","pin":"1","at":"2025-06-02T07:{number:02}:00+07:00"}}"#);
    let mut stream = TcpStream::connect(&server.pages).unwrap();
    write!(
        stream,
        "POST /api/presensi HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.lines().next().unwrap().to_owned()
}

#[test]
fn punches_are_taken_in_while_nothing_may_be_signed_and_entered_afterwards() {
    let (place, kept, published) = set_back();
    let server = Server::start(&place);
    for number in [1, 2, 2] {
        assert_eq!(press(&place, &server, number), "HTTP/1.1 200 OK");
    }
    server.stop();
    assert_eq!((size(&place, "waiting"), size(&place, "size")), (2, kept), "a retry is the same punch");
    let refused = try_import(&place, "198205172007031003");
    assert_eq!(refused.code, 1, "what somebody decides is not stored unsigned: {refused:?}");
    let facts = place.hadir(&["verify", "facts"]).ok();
    assert!(facts.out.contains("2 wait for the log, 0 do not fit"), "{facts:?}");

    let common = ["log", "reingest", "--reason", "r", "--confirm", "hadir.local/log/1", "--format", "json"];
    let stranger = place.hadir(&[&common[..], &["--by", "nobody"]].concat());
    assert!(stranger.code == 1 && stranger.err.contains("no account"), "{stranger:?}");
    let done = place.hadir(&[&common[..], &["--by", "ani"]].concat()).ok().json();
    assert_eq!(done["waited"], 2);
    assert_eq!(size(&place, "waiting"), 0);
    assert!(size(&place, "size") > published + 2);
    assert_eq!(import_punches(&place)["added"], 2, "and files are imported again");
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
