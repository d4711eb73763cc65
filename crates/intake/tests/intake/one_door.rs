//! Whoever stores a punch does so as work of the writer: seen in the source, because the compiler cannot.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Functions of the store that write punches.
const STORING: [&str; 4] =
    ["punch::insert_batch(", "register::upload(", "terminal::upload(", "intake::take("];

/// The files that may: each is a piece of work.
const PIECES_OF_WORK: [&str; 2] =
    ["service/src/attlog_import/import.rs", "service/src/terminal_desk/part.rs"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// What is compiled into the program: sources without the store itself, the writer, and the benches that measure the store
/// without a door.
fn served() -> Vec<(String, String)> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = Vec::new();
    for one in fs::read_dir(crates).unwrap().map(Result::unwrap) {
        sources(&one.path().join("src"), &mut found);
    }
    let name = |path: &PathBuf| path.strip_prefix(crates).unwrap().to_str().unwrap().to_owned();
    let is_apart = |name: &str| {
        ["store/", "intake/", "hadir/src/bench/"].iter().any(|apart| name.starts_with(apart))
            || name.contains("test")
    };
    let read = found.iter().map(|path| (name(path), fs::read_to_string(path).unwrap()));
    read.filter(|(name, _)| !is_apart(name)).collect()
}

#[test]
fn nobody_stores_a_punch_but_through_the_door() {
    let served = served();
    let mut storing: Vec<&str> = served
        .iter()
        .filter(|(_, text)| STORING.iter().any(|call| text.contains(call)))
        .map(|(name, _)| name.as_str())
        .collect();
    storing.sort_unstable();
    assert_eq!(storing, PIECES_OF_WORK);
    for (name, text) in served.iter().filter(|(name, _)| PIECES_OF_WORK.contains(&name.as_str())) {
        assert!(text.contains("impl Work for") || text.contains("impl Errand for"), "{name} is no work");
        let open = text.lines().find(|line| line.contains("pub") && line.contains("tx: &mut Tx"));
        assert_eq!(open, None, "{name} offers its storing to any transaction");
    }
}

#[test]
fn features_that_store_punches_begin_no_transaction_of_their_own() {
    for (name, text) in served() {
        let folder = Path::new(&name).parent().unwrap();
        if PIECES_OF_WORK.iter().any(|piece| Path::new(piece).parent() == Some(folder)) {
            assert!(!text.contains("begin_write"), "{name}");
        }
    }
}

#[test]
fn names_are_imported_under_which_storing_is_seen() {
    for (name, text) in served() {
        for hidden in ["punch::insert_batch as", "insert_batch,", "insert_batch}", "insert_batch;"] {
            assert!(!text.contains(hidden), "{name} hides a call from these tests");
        }
    }
}
