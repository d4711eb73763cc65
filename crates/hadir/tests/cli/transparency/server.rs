//! `hadir serve` in the background, and the people whose import makes entries.

use std::{
    io::{BufRead, BufReader, Lines},
    process::{Child, ChildStderr, Command, Stdio},
};

use crate::run::{Place, Said};

/// The heading of an employee list.
pub const PEOPLE: &str = "NIP,NAMA,JENIS JABATAN NAMA,KODE OPD,OPD\n";

/// A running server.
pub struct Server {
    child: Child,
    log: Lines<BufReader<ChildStderr>>,
    /// Where the pages are.
    pub pages: String,
    /// Where terminals send to.
    pub terminals: String,
}

impl Server {
    /// Starts it and waits until the pages answer.
    pub fn start(place: &Place) -> Server {
        Server::start_with(place, &[])
    }

    /// The same, with more variables.
    pub fn start_with(place: &Place, variables: &[(&str, &str)]) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_hadir"))
            .env_clear()
            .args(["serve", "--database-url", &place.database_url(), "--log", "hadir=debug"])
            .envs([
                ("HADIR_LEDGER_DIR", "ledger"),
                // The cluster of the tests flushes nothing.
                ("HADIR_VOLATILE_DATABASE", "true"),
                ("HADIR_LISTEN", "127.0.0.1:0"),
                ("HADIR_TERMINAL_LISTEN", "127.0.0.1:0"),
                ("NO_COLOR", "1"),
            ])
            .envs(variables.iter().copied())
            .current_dir(place.path(""))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut server = Server { child, log, pages: String::new(), terminals: String::new() };
        let line = server.says(&["serving", "pages="]);
        let after = |word: &str| line.split(word).nth(1).and_then(|rest| rest.split(' ').next()).unwrap();
        after("pages=").clone_into(&mut server.pages);
        after("terminals=").clone_into(&mut server.terminals);
        server
    }

    /// The next line of its log that has all these words.
    pub fn says(&mut self, words: &[&str]) -> String {
        let mut seen = Vec::new();
        for line in self.log.by_ref().map(Result::unwrap) {
            if words.iter().all(|word| line.contains(word)) {
                return line;
            }
            seen.push(line);
        }
        panic!("the server ended without saying {words:?}: {seen:#?}");
    }

    /// Ends it in order; whatever the database holds is published by then.
    pub fn stop(mut self) {
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        // Read to the end, so that it never waits for room in the pipe.
        self.log.by_ref().for_each(drop);
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
    }
}

/// Serves until the pages answer, then stops.
pub fn serve_once(place: &Place) {
    Server::start(place).stop();
}

/// Tries to import one person.
pub fn try_import(place: &Place, nip: &str) -> Said {
    let line = format!("{PEOPLE}{nip},Budi Santoso,Jabatan Pelaksana,DISDIK,Dinas Pendidikan\n");
    let file = place.write(&format!("{nip}.csv"), &line);
    place.hadir(&["import", "employees", file.to_str().unwrap()])
}

/// Imports one person.
pub fn import(place: &Place, nip: &str) {
    try_import(place, nip).ok();
}

/// The key of the log.
pub fn key(place: &Place) -> String {
    place.hadir(&["log", "--format", "json"]).json()["key"].as_str().unwrap().to_owned()
}
