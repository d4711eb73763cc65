//! Copies of databases and ledger folders, and files of a log that somebody changes.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use crate::run::Place;

/// All files below a folder.
pub fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() { files.extend(walk(&entry.path())) } else { files.push(entry.path()) }
    }
    files
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    for file in walk(from) {
        let copy = to.join(file.strip_prefix(from).unwrap());
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::copy(file, copy).unwrap();
    }
}

/// Keeps the database as `backup.db`.
pub fn back_up(place: &Place) {
    fs::copy(place.path("hadir.db"), place.path("backup.db")).unwrap();
}

/// Brings the database back as it was at [`back_up`].
pub fn restore(place: &Place) {
    for name in ["hadir.db", "hadir.db-wal", "hadir.db-shm"] {
        fs::remove_file(place.path(name)).ok();
    }
    fs::copy(place.path("backup.db"), place.path("hadir.db")).unwrap();
}

/// The file with the most in it below a folder of the published log: the newest, as long as none is full.
pub fn last(place: &Place, folder: &str) -> PathBuf {
    let files = walk(&place.path("ledger/1").join(folder));
    files.into_iter().max_by_key(|file| fs::metadata(file).unwrap().len()).unwrap()
}

/// Changes a file, a read-only one too.
pub fn change(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(path).unwrap();
    change(&mut bytes);
    fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
    fs::write(path, bytes).unwrap();
}
