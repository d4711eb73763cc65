//! Erasing personal data: the facts go, the log and every receipt stay.

use std::fs;

use super::server::{key, serve_once};
use crate::{
    database::asked,
    month::{AHMAD, filled, lock},
    run::{Place, Said},
};

/// Ahmad is asked for erasure; June 2025 is locked with him in it.
const ERASE: &[&str] = &[
    "erase",
    AHMAD,
    "--until",
    "2025-06",
    "--reason",
    "permintaan subjek data nomor 7",
    "--basis",
    "UU 27/2022 Pasal 43",
    "--by",
    "ani",
];

/// The archive schedule no longer asks for anything.
const OVER: &[(&str, &str)] = &[("HADIR_RETENTION_YEARS", "0")];

fn erase(place: &Place, more: &[&str], variables: &[(&str, &str)]) -> Said {
    place.run(&[ERASE, more].concat(), variables, "")
}

/// The entry of Ahmad's first punch, with receipt and opening as he keeps them.
fn kept_receipt(place: &Place) -> String {
    let entries =
        asked(place, "SELECT CAST(seq AS TEXT) AS value FROM log_entry WHERE covers = 'punch' ORDER BY seq");
    for entry in entries {
        place
            .hadir(&[
                "log",
                "receipt",
                "--entry",
                &entry,
                "--out",
                "kept.tlog-proof",
                "--opening",
                "kept.opening",
            ])
            .ok();
        if fs::read_to_string(place.path("kept.opening")).unwrap().contains("2025-06-02 07:50:00") {
            return entry;
        }
    }
    panic!("Ahmad's punch has no entry");
}

#[test]
fn what_pay_rests_on_is_kept_and_after_its_years_only_the_log_remains() {
    Place::on_each_engine(|place| {
        filled(place);
        lock(place);
        serve_once(place);
        let entry = kept_receipt(place);
        let key = key(place);
        let refused = erase(place, &["--confirm", AHMAD], &[]);
        assert!(refused.code == 1 && refused.err.contains("Locked months: 2025-06"), "{refused:?}");
        assert!(
            refused.err.contains("UU 27/2022 article 42") && refused.err.contains("2035-06-30"),
            "{refused:?}"
        );

        let shown = erase(place, &[], OVER);
        assert_eq!(shown.code, 2, "{shown:?}");
        assert!(shown.out.contains("would be erased") && shown.out.contains("4 of punch"), "{shown:?}");
        assert!(shown.out.contains("What was locked for 2025-06 (version 1) goes as a whole"), "{shown:?}");
        assert!(shown.err.contains(&format!("--confirm '{AHMAD}'")), "{shown:?}");
        place.hadir(&["log", "receipt", "--entry", &entry, "--opening", "again.opening"]).ok();

        let done = erase(place, &["--confirm", AHMAD, "--format", "json"], OVER).ok().json();
        assert_eq!((&done["erased"], &done["rows"]["punch"]), (&true.into(), &4.into()), "{done}");
        let said = place.hadir(&["verify", "facts", "--format", "json"]).ok().json();
        assert_eq!(said["erased"], done["entries"], "{said}");
        serve_once(place);
        place.hadir(&["verify", "log", "ledger/1", "--key", &key, "--kept-receipt", "kept.tlog-proof"]).ok();

        // Whoever kept receipt and opening can still show the punch; nobody here can.
        let said = place
            .hadir(&["verify", "receipt", "kept.tlog-proof", "--key", &key, "--opening", "kept.opening"])
            .ok();
        for words in
            ["is a punch, entered in the log at", "recorded was a punch of PIN 1 at 2025-06-02 07:50:00 WIB"]
        {
            assert!(said.out.contains(words), "{words}: {said:?}");
        }
        let alone = place.hadir(&["verify", "receipt", "kept.tlog-proof", "--key", &key]).ok();
        assert!(
            alone.out.contains("what was recorded is not shown") && !alone.out.contains("PIN"),
            "{alone:?}"
        );
        let receipt = place.hadir(&["log", "receipt", "--entry", &entry, "--out", "new.tlog-proof"]).ok();
        assert!(
            receipt.err.contains("was erased at") && receipt.err.contains("UU 27/2022 Pasal 43"),
            "{receipt:?}"
        );
        place.hadir(&["verify", "receipt", "new.tlog-proof", "--key", &key]).ok();
        let opening = place.hadir(&["log", "receipt", "--entry", &entry, "--opening", "no.opening"]);
        assert!(opening.code == 1 && opening.err.contains("permintaan subjek data nomor 7"), "{opening:?}");
        let left = asked(place, "SELECT local_time AS value FROM punch WHERE pin = '1'");
        assert!(left.is_empty(), "{left:?}");
    });
}

#[test]
fn a_whole_person_goes_with_name_number_pin_and_login() {
    Place::on_each_engine(|place| {
        filled(place);
        place.hadir(&["account", "add", "198504122010012002", "--role", "pegawai"]).ok();
        let siti = "198504122010012002";
        let order = |more: &[&str]| {
            let all = ["erase", siti, "--reason", "masa retensi habis", "--basis", "JRA", "--by", "ani"];
            place.run(&[&all, more].concat(), OVER, "")
        };
        let before = asked(place, "SELECT name AS value FROM employee");
        let other = order(&["--confirm", AHMAD]);
        assert!(other.code == 2 && other.out.contains("Siti Aminah"), "{other:?}");
        assert!(other.err.contains(&format!("--confirm '{AHMAD}' is another number")), "{other:?}");
        let early = order(&["--until", "2001-01"]);
        assert!(early.out.contains("Every entry of the log could be opened as before."), "{early:?}");
        assert_eq!(asked(place, "SELECT name AS value FROM employee"), before);
        order(&["--confirm", siti]).ok();
        for (what, left) in [
            ("names", asked(place, "SELECT name AS value FROM employee")),
            ("numbers", asked(place, "SELECT number AS value FROM employee_number")),
            ("logins", asked(place, "SELECT login || display_name AS value FROM account")),
            ("deeds", asked(place, "SELECT detail AS value FROM audit")),
            ("erasures", asked(place, "SELECT reason || legal_basis AS value FROM erasure")),
            ("punches", asked(place, "SELECT pin AS value FROM punch WHERE pin = '2'")),
            ("pins", asked(place, "SELECT pin AS value FROM pin_map WHERE pin = '2'")),
        ] {
            let names = |text: &String| text.contains("Siti") || text.contains(siti);
            assert!(!left.iter().any(names), "{what}: {left:?}");
            assert_eq!(left.is_empty(), ["punches", "pins"].contains(&what), "{what}: {left:?}");
        }
        place.hadir(&["verify", "facts"]).ok();
        let gone = order(&[]);
        assert!(gone.code == 1 && gone.err.contains("nobody has the number"), "{gone:?}");
    });
}
