//! Every class of tampering, each with its own finding and evidence.

use std::path::Path;

use ledger::CheckpointError;
use ledger::read::DirectoryFetch;
use ledger::verify::{Audit, AuditOptions, Finding, audit};

use crate::support::{entries, entry, keys, replace, write_log};

const SIZE: u64 = 70_000;

struct Log(tempfile::TempDir);

impl Log {
    fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        write_log(place.path(), &entries(SIZE));
        Self(place)
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn audit(&self) -> Audit {
        audit(&DirectoryFetch::new(self.root()), &keys(), &AuditOptions::default())
    }

    /// Changes a file, audits, and puts the file back.
    fn with(&self, path: &str, change: impl FnOnce(&mut Vec<u8>)) -> Vec<Finding> {
        let good = std::fs::read(self.root().join(path)).unwrap();
        let mut bad = good.clone();
        change(&mut bad);
        replace(self.root(), path, &bad);
        let found = self.audit();
        assert!(!found.is_clean());
        replace(self.root(), path, &good);
        found.findings
    }

    fn without(&self, path: &str) -> Vec<Finding> {
        let good = std::fs::read(self.root().join(path)).unwrap();
        std::fs::remove_file(self.root().join(path)).unwrap();
        let found = self.audit();
        replace(self.root(), path, &good);
        found.findings
    }
}

/// The bytes of entry 1,000 replaced by those of another, of the same length, in its bundle.
fn swap_entry(bundle: &mut [u8]) {
    let (old, new) = (entry(0, 1_000), entry(1, 1_000));
    assert_eq!(old.len(), new.len());
    let at = bundle.windows(old.len()).position(|window| window == old).unwrap();
    bundle[at..at + new.len()].copy_from_slice(&new);
}

#[test]
fn each_class_of_tampering_has_its_finding() {
    let log = Log::new();
    let found = log.audit();
    assert!(found.is_clean(), "{found:?}");
    assert_eq!(found.entries, SIZE);

    // An edited entry: index, bundle, signed and found hash.
    let findings = log.with("tile/entries/003", |bundle| swap_entry(bundle));
    let signed = ledger::leaf_hash(&entry(0, 1_000));
    let now = ledger::leaf_hash(&entry(1, 1_000));
    let expected =
        Finding::EntryAltered { index: 1_000, path: "tile/entries/003".to_owned(), signed, found: now };
    assert!(findings.contains(&expected), "{findings:?}");
    // The same entry hashes up into its bundle's hash one level above.
    assert!(findings.iter().any(|finding| matches!(finding,
        Finding::EntriesAltered { first: 768, last: 1_023, path, .. } if path == "tile/1/000")));
    assert!(findings.iter().any(|finding| matches!(finding, Finding::Root { size: SIZE, .. })));

    // An edited tile on each level, the entries being true.
    for (path, position) in [
        ("tile/0/003", 9),
        ("tile/0/273.p/112", 111),
        ("tile/1/000", 3),
        ("tile/1/001.p/17", 0),
        ("tile/2/000.p/1", 0),
    ] {
        let findings = log.with(path, |tile| tile[position * 32] ^= 1);
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            matches!(&findings[0], Finding::TileAltered { path: at, position: hash, .. }
                if at == path && *hash == position as u64),
            "{findings:?}"
        );
    }

    // An edited checkpoint: size, root, signature.
    for (old, new) in [("\n70000\n", "\n70001\n"), ("\n70000\n", "\n60000\n")] {
        let findings = log.with("checkpoint", |text| {
            *text = String::from_utf8(text.clone()).unwrap().replace(old, new).into_bytes();
        });
        assert!(
            matches!(findings[..], [Finding::Checkpoint(CheckpointError::Signature { .. })]),
            "{findings:?}"
        );
    }

    // Deleted files.
    let gone = |path: &str, first, last| Finding::Missing { path: path.to_owned(), first, last };
    assert_eq!(log.without("tile/entries/003"), [gone("tile/entries/003", 768, 1_023)]);
    assert_eq!(log.without("tile/entries/273.p/112"), [gone("tile/entries/273.p/112", 69_888, 69_999)]);
    assert_eq!(log.without("tile/0/003"), [gone("tile/0/003", 768, 1_023)]);
    assert_eq!(log.without("tile/1/000"), [gone("tile/1/000", 0, 65_535)]);
    assert_eq!(log.without("checkpoint"), [Finding::NoCheckpoint]);

    // A bundle cut short, and one with something behind it.
    let findings = log.with("tile/entries/003", |bundle| bundle.truncate(5_000));
    assert!(
        matches!(&findings[..], [Finding::Damaged { path, .. }] if path == "tile/entries/003"),
        "{findings:?}"
    );
    let findings = log.with("tile/entries/003", |bundle| bundle.push(0));
    assert!(
        matches!(&findings[..], [Finding::Damaged { path, .. }] if path == "tile/entries/003"),
        "{findings:?}"
    );
    let findings = log.with("tile/0/003", |tile| tile.truncate(8_000));
    assert!(matches!(&findings[..], [Finding::Damaged { path, .. }] if path == "tile/0/003"), "{findings:?}");
}

#[test]
fn entries_rewritten_together_with_their_tiles_are_told_by_the_level_above() {
    let log = Log::new();
    let mut tile = std::fs::read(log.root().join("tile/0/003")).unwrap();
    let mut bundle = std::fs::read(log.root().join("tile/entries/003")).unwrap();
    swap_entry(&mut bundle);
    let at = (1_000 % 256) * 32;
    tile[at..at + 32].copy_from_slice(&ledger::leaf_hash(&entry(1, 1_000)).0);
    replace(log.root(), "tile/0/003", &tile);
    replace(log.root(), "tile/entries/003", &bundle);
    let findings = log.audit().findings;
    assert!(
        findings.iter().any(|finding| matches!(finding,
            Finding::EntriesAltered { first: 768, last: 1_023, path, .. } if path == "tile/1/000")),
        "{findings:?}"
    );
}

#[test]
fn a_log_rewritten_throughout_but_not_signed_is_told_by_the_root() {
    let log = Log::new();
    let checkpoint = std::fs::read(log.root().join("checkpoint")).unwrap();
    let mut other = entries(SIZE);
    other[1_000] = entry(1, 1_000);
    let place = tempfile::tempdir().unwrap();
    write_log(place.path(), &other);
    replace(place.path(), "checkpoint", &checkpoint);
    let found = audit(&DirectoryFetch::new(place.path()), &keys(), &AuditOptions::default());
    assert!(matches!(found.findings[..], [Finding::Root { size: SIZE, .. }]), "{found:?}");
}

#[test]
fn a_tile_that_is_wrong_beside_a_wrong_entry_is_not_blamed_on_the_entry() {
    let log = Log::new();
    let mut bundle = std::fs::read(log.root().join("tile/entries/003")).unwrap();
    swap_entry(&mut bundle);
    replace(log.root(), "tile/entries/003", &bundle);
    let mut tile = std::fs::read(log.root().join("tile/0/100")).unwrap();
    tile[0] ^= 1;
    replace(log.root(), "tile/0/100", &tile);
    let findings = log.audit().findings;
    assert!(findings.iter().any(|finding| matches!(finding, Finding::EntryAltered { index: 1_000, .. })));
    assert!(
        findings.iter().any(|finding| matches!(finding,
            Finding::TileAltered { path, position: 0, .. } if path == "tile/0/100")),
        "{findings:?}"
    );
}

#[test]
fn what_is_signed_but_no_entry_is_reported() {
    let place = tempfile::tempdir().unwrap();
    let mut all = entries(300);
    all[299] = b"anything".to_vec();
    write_log(place.path(), &all);
    let fetch = DirectoryFetch::new(place.path());
    let found = audit(&fetch, &keys(), &AuditOptions::default());
    assert!(matches!(found.findings[..], [Finding::NotAnEntry { index: 299, .. }]), "{found:?}");
    let any = AuditOptions { entries_are_ours: false, ..AuditOptions::default() };
    assert!(audit(&fetch, &keys(), &any).is_clean());
}

#[test]
fn many_findings_are_counted_when_they_are_no_longer_kept() {
    let log = Log::new();
    for tile in 0..5 {
        replace(log.root(), &format!("tile/0/00{tile}"), &[0; 8192]);
    }
    let found = log.audit();
    assert_eq!(found.findings.len(), 100);
    assert_eq!(found.more, 5 * 256 - 100);
}
