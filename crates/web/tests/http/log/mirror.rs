//! The published files over HTTP, as a mirror with a plain client gets them.

use std::{collections::BTreeSet, fs};

use axum::http::{StatusCode, header};
use ledger::{
    SignedCheckpoint,
    read::DirectoryFetch,
    tiles::{Shelf, Tile, WIDTH},
    verify::{AuditOptions, audit},
};
use store::testing::{each_engine, sqlite};
use tempfile::TempDir;

use super::{LogWorld, key, said};

/// Every file that a log of `size` entries has, from the specification alone.
fn files_of(size: u64) -> Vec<Tile> {
    let shelves = [Shelf::Entries, Shelf::Hashes(0), Shelf::Hashes(1), Shelf::Hashes(2)];
    let all = shelves.into_iter().flat_map(|shelf| {
        (0..=size / u64::from(WIDTH)).filter_map(move |index| Tile::in_log(shelf, index, size))
    });
    all.collect()
}

#[tokio::test]
async fn a_mirror_made_with_a_plain_client_stands_the_audit() {
    each_engine(async |db| {
        let log = LogWorld::new(db, 1).await;
        log.deeds(600).await;
        log.publish().await;
        let mirror = TempDir::new().unwrap();
        let checkpoint = log.file("checkpoint").await.unwrap();
        let size = SignedCheckpoint::parse(std::str::from_utf8(&checkpoint).unwrap()).unwrap().size();
        assert!(size > 600, "{size}");
        for tile in files_of(size) {
            let path = mirror.path().join(tile.path());
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, log.file(&tile.path()).await.expect("every file of the log")).unwrap();
        }
        fs::write(mirror.path().join("checkpoint"), checkpoint).unwrap();
        let found = audit(&DirectoryFetch::new(mirror.path()), &[key()], &AuditOptions::default());
        assert!(found.is_clean() && found.entries == size, "{found:?}");
        assert_eq!(log.file("vkey").await.unwrap(), format!("{}\n", key()).as_bytes());
    })
    .await;
}

#[tokio::test]
async fn full_tiles_of_a_numbered_log_may_be_kept_for_ever_and_the_checkpoint_for_a_second() {
    let test = sqlite().await;
    let log = LogWorld::new(test.db.clone(), 1).await;
    log.deeds(300).await;
    let size = log.publish().await.size();
    let rest = size % 256;
    for (path, kind, kept) in [
        ("checkpoint".to_owned(), "text/plain; charset=utf-8", "public, max-age=1"),
        ("vkey".to_owned(), "text/plain; charset=utf-8", "public, max-age=60"),
        // Another log begins at this address when this one is given up.
        ("tile/0/000".to_owned(), "application/octet-stream", "public, max-age=3600"),
        ("tile/entries/000".to_owned(), "application/octet-stream", "public, max-age=3600"),
        ("1/tile/0/000".to_owned(), "application/octet-stream", "public, max-age=31536000, immutable"),
        ("1/tile/entries/000".to_owned(), "application/octet-stream", "public, max-age=31536000, immutable"),
        (format!("1/tile/entries/001.p/{rest}"), "application/octet-stream", "public, max-age=3600"),
        ("1/checkpoint".to_owned(), "text/plain; charset=utf-8", "public, max-age=1"),
        (format!("tile/entries/001.p/{rest}"), "application/octet-stream", "public, max-age=3600"),
    ] {
        let answer = log.get(&format!("/log/1/{path}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(said(&answer, header::CONTENT_TYPE), kind, "{path}");
        assert_eq!(said(&answer, header::CACHE_CONTROL), kept, "{path}");
    }
    for path in ["tile/0/001", "tile/0/002.p/1", "tile/9/000", "tile/entries/x001/000"] {
        let answer = log.get(&format!("/log/1/{path}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(said(&answer, header::CACHE_CONTROL), "no-store", "{path} may come to exist");
    }
    test.finish().await;
}

#[tokio::test]
async fn before_the_first_publication_there_is_no_file() {
    each_engine(async |db| {
        let log = LogWorld::new(db, 1).await;
        for path in ["checkpoint", "checkpoint.cosigned", "vkey", "tile/0/000", "tile/entries/000.p/1"] {
            assert_eq!(log.file(path).await, None, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn no_address_leads_out_of_the_log() {
    let test = sqlite().await;
    let log = LogWorld::new(test.db.clone(), 1).await;
    log.deeds(3).await;
    log.publish().await;
    fs::write(log.folder.path().join("key"), "rahasia").unwrap();
    fs::write(log.files.root().join("tile/catatan"), "rahasia").unwrap();
    assert!(log.folder.path().join("1.high-water").exists());
    let huge = format!("tile/0/{}000", "x999/".repeat(2_000));
    let ways = [
        "../key",
        "..%2fkey",
        "%2e%2e/key",
        "%2e%2e%2fkey",
        "..%5ckey",
        "tile/../../key",
        "tile/..%2f..%2fkey",
        "tile/%2e%2e/%2e%2e/key",
        "tile/0/..%2f..%2f..%2fkey",
        "tile/0/000.p/..%2f..%2f..%2f..%2fkey",
        "tile/0/%2e%2e/%2e%2e/%2e%2e/1.high-water",
        "tile/..%2fcheckpoint",
        "tile//etc/passwd",
        "tile/%2fetc%2fpasswd",
        "tile/catatan",
        "tile/0/000%00",
        "tile/0/000.p/4%00",
        "tile/0/%30%30%30.p%2f1%2f..",
        "tile/0/x18446744073709551615/000",
        "tile/0/x184/x467/x440/x737/x095/x516/x150",
        "tile/255/000",
        "tile/99999999999999999999/000",
        "tile/0/-01",
        "tile/0/000.p/-1",
        "tile/0/000.p/65537",
        ".lock",
        ".staging",
        huge.as_str(),
    ];
    for way in ways {
        let answer = log.get(&format!("/log/1/{way}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{way}");
        assert!(!answer.text().contains("rahasia") && !answer.text().contains("high-water/v1"), "{way}");
    }
    test.finish().await;
}

#[tokio::test]
async fn each_log_of_a_government_has_an_address_of_its_own() {
    each_engine(async |db| {
        let log = LogWorld::new(db, 1).await;
        log.deeds(5).await;
        let note = log.publish().await;
        let numbered = async |path: &str| log.get(&format!("/log/1/{path}")).await;
        for path in ["checkpoint", "vkey", "tile/0/000.p/5", "tile/entries/000.p/5"] {
            let of_number = numbered(&format!("1/{path}")).await;
            let now = numbered(path).await;
            assert_eq!((of_number.status, of_number.body), (now.status, now.body), "{path}");
        }
        assert!(note.size() > 5);
        let next = log.files.generation(2);
        fs::create_dir_all(next.root().join("tile/0")).unwrap();
        fs::write(next.root().join("tile/0/000"), [7; 8192]).unwrap();
        assert_eq!(numbered("2/tile/0/000").await.body, [7; 8192]);
        for path in [
            "2/checkpoint",
            "3/checkpoint",
            "0/checkpoint",
            "01/checkpoint",
            "-1/vkey",
            "2/event-1",
            "2/..%2fkey",
        ] {
            assert_eq!(numbered(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_log_of_another_government_is_not_here() {
    each_engine(async |db| {
        let log = LogWorld::new(db, 1).await;
        log.deeds(3).await;
        log.publish().await;
        let mut answers = BTreeSet::new();
        for tenant in ["2", "0", "01", "-1", "1%20", "+1", "18446744073709551616", "..", "%2e"] {
            for path in ["checkpoint", "vkey", "tile/0/000.p/1"] {
                let answer = log.get(&format!("/log/{tenant}/{path}")).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{tenant} {path}");
                answers.insert(answer.text());
            }
        }
        assert_eq!(answers.len(), 1, "no difference tells which governments there are");
    })
    .await;
}
