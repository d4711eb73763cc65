//! Every way into the program that pay depends on leads into the log: what each command and each listener adds.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use super::server::{Server, serve_once};
use crate::{
    database::asked,
    month::{AHMAD, filled},
    run::Place,
};

/// A place whose entries are counted as they come.
struct Watched<'p> {
    place: &'p Place,
    seen: usize,
}

impl Watched<'_> {
    /// Which tables the entries cover that came since the last look.
    fn added(&mut self) -> Vec<String> {
        let all = asked(self.place, "SELECT covers AS value FROM log_entry ORDER BY seq");
        let new = all[self.seen..].to_vec();
        self.seen = all.len();
        new
    }

    /// At least one entry about each of these came since the last look.
    #[track_caller]
    fn has(&mut self, what: &str, tables: &[&str]) {
        let added = self.added();
        for table in tables {
            assert!(added.iter().any(|new| new == table), "{what}: nothing about {table} in {added:?}");
        }
    }

    /// Runs a command, and looks.
    #[track_caller]
    fn adds(&mut self, tables: &[&str], arguments: &[&str]) {
        self.place.hadir(arguments).ok();
        self.has(&arguments[..2].join(" "), tables);
    }
}

/// What an HTTP server says to a request without connection reuse.
fn sent(address: &str, head: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address.trim_start_matches("http://").trim_end_matches('/')).unwrap();
    let length = body.len();
    write!(stream, "{head}Host: hadir\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}")
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn every_command_and_every_listener_leads_into_the_log() {
    Place::on_each_engine(|place| {
        // The list of people with their PINs, a stage, roles, a policy, a terminal, a file of punches.
        let import = filled(place);
        let mut log = Watched { place, seen: 0 };
        log.has(
            "a first month",
            &["log_head", "pin_map", "opd_stage", "role_grant", "policy", "audit", "punch"],
        );
        let device =
            ["device", "add", "--opd", "DISDIK", "--name", "Kios", "--group", "UTAMA", "--format", "json"];
        let token = place.hadir(&device).ok().json()["token"].as_str().unwrap().to_owned();
        log.has("a device", &["audit"]);
        let server = Server::start(place);
        let head = "POST /iclock/cdata?SN=TEST0001&table=ATTLOG&Stamp=9 HTTP/1.1\r\n";
        let answer = sent(&server.terminals, head, "2\t2025-06-05 07:11:00\t0\t1\t0\t0\n");
        assert!(answer.contains("OK: 1"), "{answer}");
        log.has("a terminal", &["punch"]);
        let head = format!("POST /api/presensi HTTP/1.1\r\nAuthorization: Bearer {token}\r\n");
        let body = r#"{"id":"00000000000000000000000000000001","pin":"2","at":"2025-06-05T16:11:00+07:00"}"#;
        let answer = sent(&server.pages, &head, body);
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        log.has("a device of another maker", &["punch"]);
        server.stop();

        log.adds(&["punch", "audit"], &["import", "undo", &import]);
        place.write("lkh.csv", &format!("NIP,lkh_minutes\n{AHMAD},6000\n"));
        log.adds(&["month_input", "audit"], &["import", "figures", "lkh.csv", "--month", "2025-06"]);
        let holiday = ["--name", "Hari jadi", "--basis", "SE 1/2025", "--reason", "hari jadi kabupaten"];
        log.adds(&["holiday", "audit"], &[&["calendar", "add", "2025-06-20"], &holiday[..]].concat());
        let hours = ["--from", "2025-01-01", "--reason", "SE jam kerja"];
        let unit = ["schedule", "assign", "perpres-21-2023", "--unit", "DISDIK"];
        log.adds(&["unit_schedule", "audit"], &[&unit[..], &hours].concat());
        log.adds(&["role_grant", "audit"], &["account", "add", "dewi", "--role", "auditor"]);
        log.adds(&["pin_map", "audit"], &["terminal", "map", "TEST0001", "77", AHMAD]);
        serve_once(place);
        let decided = ["--reason", "pergantian tahunan", "--by", "ani", "--confirm"];
        log.adds(&["log_key"], &[&["log", "rotate-key"], &decided[..], &["hadir.local/log/1"]].concat());
        let erase = ["erase", AHMAD, "--until", "2025-04", "--basis", "UU 27/2022 Pasal 43"];
        log.adds(&["erasure", "audit"], &[&erase[..], &decided, &[AHMAD]].concat());
        place.hadir(&["verify", "facts"]).ok();
    });
}
