//! `hadir serve` from its first start to its end.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Command, Stdio},
};

use crate::run::Place;

/// The status line of a page.
fn status(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn the_first_start_offers_a_link_that_works_and_a_signal_ends_it() {
    let place = Place::new();
    let mut server = Command::new(env!("CARGO_BIN_EXE_hadir"))
        .env_clear()
        .envs([("HADIR_LISTEN", "127.0.0.1:0"), ("HADIR_TERMINAL_LISTEN", "127.0.0.1:0")])
        .args(["serve", "--database-url", "sqlite:hadir.db"])
        .current_dir(place.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let link = lines.map(Result::unwrap).find(|line| line.contains("/siapkan/")).unwrap();
    let (address, path) = link.trim().strip_prefix("http://").unwrap().split_once('/').unwrap();
    assert!(status(address, &format!("/{path}")).contains("200"), "{link}");
    assert!(status(address, "/healthz").contains("200"));

    let said = place.run(&["setup", "--format", "json"], &[], "").ok().json();
    assert!(said["link"].as_str().unwrap().contains("/siapkan/"), "a second process may make a link too");

    let signal = Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap();
    assert!(signal.success());
    assert_eq!(server.wait().unwrap().code(), Some(0), "requests are answered, then it ends well");
}

#[test]
fn a_port_that_is_taken_is_named_with_its_flag() {
    let place = Place::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = place.hadir(&["serve", "--listen", &address, "--terminal-listen", "127.0.0.1:0"]);
    assert!(said.code == 1 && said.err.contains(&address) && said.err.contains("--listen"), "{said:?}");
}

#[test]
fn a_postgresql_that_loses_commits_is_not_served_from() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let database = runtime.block_on(store::testing::empty_postgres());
    let place = Place::at(&database.url);
    let anywhere = ["serve", "--listen", "127.0.0.1:0", "--terminal-listen", "127.0.0.1:0"];
    let said = place.hadir(&anywhere);
    assert!(said.code == 1 && said.err.contains("fsync and full_page_writes is off"), "{said:?}");
    assert!(said.err.contains("postgresql.conf"), "{said:?}");
    let checks = place.run(&["doctor", "--format", "json"], &[], "").json();
    let engine = checks["checks"].as_array().unwrap().iter().find(|check| check["name"] == "engine").unwrap();
    assert_eq!(engine["state"], "gagal", "{engine}");
    runtime.block_on(database.finish());
}
