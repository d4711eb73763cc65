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
    server::{import, key, serve_once},
};
use crate::run::Place;

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
