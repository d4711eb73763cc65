//! Publishing: what is written, what is refused, and that the same log gives the same files.

use std::os::unix::fs::PermissionsExt;

use ledger::tiles::{Directory, PublishError, Publisher};
use ledger::verify::{AuditOptions, audit};
use proptest::prelude::*;

use crate::support::memory::{Files, MemoryDisk};
use crate::support::{entries, entry, keys, signed, signed_by, signer, write_log};

fn publisher() -> Publisher<MemoryDisk> {
    Publisher::new(MemoryDisk::default()).with_threads(1)
}

/// The files of a log that was published in one go.
pub fn files_of(entries: &[Vec<u8>]) -> Files {
    let mut publisher = publisher();
    publisher.publish(0, entries, &signed(entries)).unwrap();
    publisher.disk().files()
}

#[test]
fn the_files_are_those_of_the_specification() {
    let files = files_of(&entries(70_000));
    let count = |start: &str| files.keys().filter(|path| path.starts_with(start)).count();
    assert_eq!(count("tile/0/"), 274);
    assert_eq!(count("tile/entries/"), 274);
    for path in
        ["tile/0/273.p/112", "tile/entries/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"]
    {
        assert!(files.contains_key(path), "{path}");
    }
    assert_eq!(files.len(), 274 * 2 + 3 + 1);
    assert_eq!(files["tile/0/000"].len(), 8192);
}

#[test]
fn full_files_are_read_only_and_partial_ones_are_swept() {
    let place = tempfile::tempdir().unwrap();
    let all = entries(600);
    let mut publisher = Publisher::new(Directory::open(place.path()).unwrap());
    publisher.publish(0, &all[..300], &signed(&all[..300])).unwrap();
    let mode = |path: &str| place.path().join(path).metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("tile/0/000"), 0o444);
    assert_eq!(mode("tile/entries/000"), 0o444);
    assert_eq!(publisher.sweep().unwrap(), 0);
    publisher.publish(300, &all[300..], &signed(&all)).unwrap();
    assert!(place.path().join("tile/0/001.p/44").exists());
    // The bundle and the tile of leaves.
    assert_eq!(publisher.sweep().unwrap(), 2);
    assert!(!place.path().join("tile/0/001.p").exists());
    assert!(place.path().join("tile/1/000.p/1").exists(), "still partial, so still served");
    let found = audit(&ledger::read::DirectoryFetch::new(place.path()), &keys(), &AuditOptions::default());
    assert!(found.is_clean(), "{found:?}");
    assert_eq!(found.entries, 600);
}

#[test]
fn publishing_the_same_again_changes_nothing() {
    let all = entries(700);
    let mut publisher = publisher();
    publisher.publish(0, &all, &signed(&all)).unwrap();
    let before = publisher.disk().files();
    for from in [700, 512, 300, 0] {
        publisher.publish(from, &all[from as usize..], &signed(&all)).unwrap();
        assert_eq!(publisher.disk().files(), before);
    }
}

#[test]
fn an_empty_log_can_be_published() {
    let none: [Vec<u8>; 0] = [];
    let mut publisher = publisher();
    publisher.publish(0, &none, &signed(&none)).unwrap();
    assert_eq!(publisher.disk().files().keys().collect::<Vec<_>>(), ["checkpoint"]);
    let found = audit(publisher.disk(), &keys(), &AuditOptions::default());
    assert!(found.is_clean(), "{found:?}");
}

#[test]
fn nothing_is_published_under_a_root_that_was_not_signed() {
    let all = entries(300);
    let mut publisher = publisher();
    let error = publisher.publish(0, &all[..299], &signed(&all)).unwrap_err();
    assert!(matches!(error, PublishError::Size { signed: 300, given: 299 }), "{error}");
    let mut other = all.clone();
    other[17] = entry(1, 17);
    let error = publisher.publish(0, &other, &signed(&all)).unwrap_err();
    assert!(matches!(error, PublishError::Root { .. }) && error.must_stop(), "{error}");
    let left: Vec<String> = publisher.disk().files().into_keys().collect();
    assert!(left.iter().all(|path| path.starts_with(".staging/")), "{left:?}");
}

#[test]
fn a_log_that_was_set_back_or_rewritten_is_not_published() {
    let all = entries(600);
    let mut publisher = publisher();
    publisher.publish(0, &all, &signed(&all)).unwrap();
    let before = publisher.disk().files();

    let error = publisher.publish(0, &all[..500], &signed(&all[..500])).unwrap_err();
    assert!(matches!(error, PublishError::Shrinks { published: 600, offered: 500 }), "{error}");

    let mut rewritten = entries(700);
    rewritten[599] = entry(1, 599);
    let error = publisher.publish(512, &rewritten[512..], &signed(&rewritten)).unwrap_err();
    assert!(matches!(error, PublishError::Forks { size: 600, .. }), "{error}");

    rewritten[3] = entry(1, 3);
    let error = publisher.publish(0, &rewritten, &signed(&rewritten)).unwrap_err();
    assert!(matches!(&error, PublishError::Conflict { path } if path == "tile/entries/000"), "{error}");

    let error = publisher.publish(601, &rewritten[601..], &signed(&rewritten)).unwrap_err();
    assert!(matches!(error, PublishError::Gap { published: 600, from: 601 }), "{error}");

    let stranger = ledger::Signer::from_seed("other.example", &[1; 32]).unwrap();
    let error = publisher.publish(600, &all[600..], &signed_by(&stranger, &all)).unwrap_err();
    assert!(matches!(error, PublishError::OtherLog { .. }), "{error}");

    let mut after = publisher.disk().files();
    after.retain(|path, _| !path.starts_with(".staging/"));
    assert_eq!(after, before);
}

#[test]
fn an_entry_that_does_not_fit_is_refused() {
    let all = vec![vec![0; 65_536]];
    let error = publisher().publish(0, &all, &signed(&all)).unwrap_err();
    assert!(matches!(error, PublishError::EntryTooLong { index: 0, length: 65_536 }), "{error}");
}

#[test]
fn a_damaged_edge_is_noticed_before_anything_is_built_on_it() {
    let place = tempfile::tempdir().unwrap();
    let all = entries(600);
    write_log(place.path(), &all[..300]);
    let edge = place.path().join("tile/0/001.p/44");
    let mut bytes = std::fs::read(&edge).unwrap();
    bytes[5] ^= 1;
    std::fs::write(&edge, bytes).unwrap();
    let mut publisher = Publisher::new(Directory::open(place.path()).unwrap());
    let error = publisher.publish(300, &all[300..], &signed(&all)).unwrap_err();
    assert!(matches!(error, PublishError::Damaged { .. } | PublishError::Forks { .. }), "{error}");
}

#[test]
fn a_newer_note_of_the_same_checkpoint_replaces_the_old_one() {
    let all = entries(300);
    let mut publisher = publisher();
    publisher.publish(0, &all, &signed(&all)).unwrap();
    let witness = ledger::witness::Cosigner::from_seed("witness.example", &[3; 32]).unwrap();
    let cosigned = signed(&all);
    let cosigned = cosigned.with_signatures(&[witness.cosign(&cosigned, 1_784_000_000).unwrap()]).unwrap();
    publisher.publish(300, &all[300..], &cosigned).unwrap();
    assert_eq!(publisher.published().unwrap().unwrap(), cosigned);
    assert_eq!(signer().origin(), cosigned.checkpoint().origin());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn growing_in_steps_ends_in_the_same_files_as_one_go(steps in proptest::collection::vec(0..400_usize, 1..6)) {
        let all = entries(steps.iter().sum::<usize>() as u64);
        let mut publisher = publisher();
        let mut from = 0;
        for step in &steps {
            let to = from + step;
            publisher.publish(from as u64, &all[from..to], &signed(&all[..to])).unwrap();
            from = to;
        }
        publisher.sweep().unwrap();
        let expected = files_of(&all);
        let mut found = publisher.disk().files();
        // Partial files of earlier checkpoints stay until they are full; their content is a beginning.
        found.retain(|path, bytes| {
            if expected.contains_key(path) { return true; }
            let stem = path.rsplit_once(".p/").expect("only partial files may be left over").0;
            let whole = expected.iter().find(|(path, _)| path.starts_with(stem)).unwrap().1;
            assert!(whole.starts_with(bytes), "{path}");
            false
        });
        prop_assert_eq!(found, expected);
    }
}
