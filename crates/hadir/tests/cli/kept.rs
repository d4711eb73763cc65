//! What somebody outside keeps of the log while the server is disturbed: checkpoints, as anybody may, and receipts, as owners
//! do. In the end all of it must still be true.

use std::{fs, path::PathBuf};

use crate::{
    run::Place,
    rush::{Address, get},
};

/// Checkpoints that are kept, at most, and receipts.
const MOST: usize = 12;

/// What is kept, in files of its own beside the server's.
pub struct Kept<'p> {
    place: &'p Place,
    url: String,
    checkpoints: Vec<PathBuf>,
    receipts: Vec<PathBuf>,
}

impl<'p> Kept<'p> {
    /// Nothing yet.
    pub fn new(place: &'p Place, url: &str) -> Kept<'p> {
        fs::create_dir(place.path("kept")).unwrap();
        Kept { place, url: url.to_owned(), checkpoints: Vec::new(), receipts: Vec::new() }
    }

    /// Keeps the checkpoint that the server shows now, and the receipt of the newest entry that it is about.
    pub fn keep(&mut self, server: &Address) {
        if self.checkpoints.len() >= MOST {
            return;
        }
        let (number, address) = (self.checkpoints.len(), server.after(0).1);
        let checkpoint = get(&address, "/log/1/checkpoint");
        let size: u64 = checkpoint.lines().nth(1).unwrap().parse().unwrap();
        self.checkpoints.push(self.place.write(&format!("kept/checkpoint-{number}"), &checkpoint));
        let (file, entry) = (self.place.path(&format!("kept/{number}.tlog-proof")), (size - 1).to_string());
        let arguments = ["log", "receipt", "--entry", &entry, "--out", file.to_str().unwrap()];
        self.place.run(&arguments, &[("HADIR_DATABASE_URL", &self.url)], "").ok();
        self.receipts.push(file);
    }

    /// Audits the log as [`audit`] does, and against each thing that was kept.
    pub fn verify(&self) {
        assert!(!self.checkpoints.is_empty(), "something was kept");
        let key = audit(self.place, &self.url, "ledger");
        for (checkpoint, receipt) in self.checkpoints.iter().zip(&self.receipts) {
            let (checkpoint, receipt) = (checkpoint.to_str().unwrap(), receipt.to_str().unwrap());
            let log = ["verify", "log", "ledger/1", "--kept", checkpoint, "--kept-receipt", receipt];
            self.place.hadir(&[&log[..], &["--key", &key]].concat()).ok();
            self.place.hadir(&["verify", "receipt", receipt, "--key", &key]).ok();
        }
    }
}

/// Audits the log in the folder `ledger` after an orderly end: all of it is published, and as it was signed. Gives its key.
pub fn audit(place: &Place, url: &str, ledger: &str) -> String {
    let surroundings = [("HADIR_DATABASE_URL", url), ("HADIR_LEDGER_DIR", ledger)];
    let about = place.run(&["log", "--format", "json"], &surroundings, "").ok().json();
    let (key, log) = (about["key"].as_str().unwrap(), format!("{ledger}/1"));
    let audited = place.hadir(&["verify", "log", &log, "--key", key, "--format", "json"]).ok().json();
    assert_eq!((&audited["clean"], &audited["entries_read"]), (&true.into(), &about["size"]), "{about}");
    key.to_owned()
}
