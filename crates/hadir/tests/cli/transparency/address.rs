//! The audit of a log at an address.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    thread,
};

use super::{
    files::{change, last},
    server::{Server, import, key, serve_once},
};
use crate::{database, run::Place, rush::get};

/// Serves the files of a folder as a mirror does; gives its address.
fn mirror(folder: PathBuf) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/log/1", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().map(Result::unwrap) {
            let folder = folder.clone();
            thread::spawn(move || serve(stream, &folder));
        }
    });
    address
}

fn serve(mut stream: TcpStream, folder: &Path) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut line = String::new();
    while reader.read_line(&mut line).unwrap_or(0) > 0 {
        let path =
            line.strip_prefix("GET /log/1/").and_then(|rest| rest.split(' ').next()).unwrap().to_owned();
        while line != "\r\n" {
            line.clear();
            reader.read_line(&mut line).unwrap();
        }
        line.clear();
        let (status, body) = fs::read(folder.join(path)).map_or((404, Vec::new()), |body| (200, body));
        let head = format!("HTTP/1.1 {status} -\r\nContent-Length: {}\r\n\r\n", body.len());
        if stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body)).is_err() {
            return;
        }
    }
}

#[test]
fn a_log_is_audited_over_http_as_in_a_folder() {
    let place = Place::new();
    import(&place, "198003152005011001");
    serve_once(&place);
    let (key, address) = (key(&place), mirror(place.path("ledger/1")));
    let verify = |url: &str| place.hadir(&["verify", "log", url, "--key", &key, "--format", "json"]);
    let said = verify(&address).ok().json();
    assert_eq!((&said["clean"], &said["entries_read"]), (&true.into(), &said["size"]));
    verify(&format!("{address}/")).ok();

    let bundle = last(&place, "tile/entries");
    change(&bundle, |bytes| bytes[40] ^= 1);
    let said = verify(&address);
    assert!(said.code == 1 && said.out.contains("altered"), "{said:?}");
    fs::remove_file(&bundle).unwrap();
    let said = verify(&address);
    assert!(said.code == 1 && said.out.contains("the file is missing"), "{said:?}");
}

#[test]
fn what_cannot_be_read_is_not_called_wrong() {
    let place = Place::new();
    import(&place, "198003152005011001");
    serve_once(&place);
    let (key, address) = (key(&place), mirror(place.path("ledger")));
    let said = |url: &str| place.hadir(&["verify", "log", url, "--key", &key]);
    said(&format!("{address}/1")).ok();
    for (url, hint) in [
        ("http://127.0.0.1:1", "http://127.0.0.1:1/log/1"),
        ("http://127.0.0.1:1/log/1", "whether it is https:// or http://"),
        (&address.replace("http", "https"), "/log/1"),
        (&address, "/log/1"),
        (&format!("{address}/1/checkpoint"), &format!("{address}/1\n")),
        ("127.0.0.1/log/1", "an address begins with http://"),
    ] {
        let said = said(url);
        assert_eq!(said.code, 3, "{url}: {said:?}");
        assert!(!said.out.contains("WRONG"), "{said:?}");
        assert!(said.err.contains("could not be read, so nothing is proved"), "{said:?}");
        assert!(said.err.contains(hint), "{url}: {said:?}");
    }
}

#[test]
fn a_running_server_is_audited_over_http_while_its_log_grows() {
    let place = Place::new();
    import(&place, "198003152005011001");
    database::prepare(&place);
    place.hadir(&["terminal", "approve", "TEST0001", "--unit", "DISDIK"]).ok();
    let server = Server::start(&place);
    let (key, url) = (key(&place), format!("http://{}/log/1", server.pages));
    let verify = |more: &[&str]| {
        let log = ["verify", "log", &url, "--key", &key, "--format", "json"];
        place.hadir(&[&log[..], more].concat())
    };
    let first = verify(&[]).ok().json();
    let size = first["size"].as_u64().unwrap();
    assert_eq!((&first["clean"], &first["entries_read"]), (&true.into(), &size.into()));
    fs::copy(place.path("ledger/1/checkpoint"), place.path("kept")).unwrap();
    place.hadir(&["log", "receipt", "--entry", "0", "--out", "kept.tlog-proof"]).ok();

    // More than a bundle, so that full tiles, partial ones and one above them are served.
    let line = |n: u32| format!("        1\t2025-06-02 {:02}:{:02}:00\t1\t0\t1\t0\n", 7 + n / 60, n % 60);
    place.write("1_attlog.dat", &(0..400).map(line).collect::<String>());
    place.hadir(&["import", "attlog", "1_attlog.dat", "--serial", "TEST0001"]).ok();
    let stored = place.hadir(&["log", "--format", "json"]).ok().json()["size"].to_string();
    while get(&server.pages, "/log/1/checkpoint").lines().nth(1) != Some(&stored) {}
    let grown = verify(&["--kept", "kept", "--kept-receipt", "kept.tlog-proof"]).ok().json();
    assert!(grown["clean"] == true && grown["size"].as_u64().unwrap() > size + 256, "{grown}");

    // What it serves is what lies there: damage is seen from afar.
    change(&place.path("ledger/1/tile/entries/000"), |bytes| bytes[40] ^= 1);
    let said = verify(&[]);
    assert!(said.code == 1 && said.out.contains("altered"), "{said:?}");
    server.stop();
}
