//! The published log: complete, provable, and never continued from an older state of the database.
#![expect(clippy::unwrap_used, reason = "a broken fixture should fail its test at once")]

mod recovery;

use std::sync::Arc;

use domain::ids::RecordId;
use ledger::{VerifierKey, verify};
use serde_json::json;
use service::{
    Fault, Office, audit,
    office::testing::SeededEntropy,
    transparency::{Doubt, LogFiles, Proof, Publishing, guard, publish, receipt},
};
use store::{
    Db,
    audit::{AuditEntry, AuditFilter},
    log::Sealer,
    testing::{TENANT, clock, each_engine, run_sql, sealer},
};
use tempfile::TempDir;

use recovery::set_back;

fn office(db: &Db) -> Office {
    Office::new(db.clone(), Arc::new(clock()), Arc::new(SeededEntropy::new(1)), TENANT)
}

/// Writes `count` deeds; each is an entry.
async fn deeds(office: &Office, count: usize) -> Result<(), service::ServiceError> {
    for n in 0..count {
        let mut tx = office.db.begin_write(office.tenant).await?;
        let about = audit::Subject::new("unit", n);
        audit::write(office, &mut tx, "admin", audit::Action::SetStage, about, json!({ "n": n })).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn last_deed(office: &Office) -> AuditEntry {
    let mut tx = office.db.begin_read(office.tenant).await.unwrap();
    store::audit::list(&mut tx, AuditFilter::default(), 1).await.unwrap().remove(0)
}

fn subject(id: RecordId) -> [u8; 16] {
    *id.0.as_bytes()
}

fn key() -> VerifierKey {
    sealer().vkey("hadir.test/log/1").unwrap().parse().unwrap()
}

async fn publish_all(office: &Office, files: &LogFiles) -> Option<u64> {
    let publishing = Publishing::open(files.clone()).unwrap();
    let (_, published) = publish(office, publishing).await;
    published.unwrap().map(|published| published.added)
}

#[tokio::test]
async fn what_is_committed_is_published_and_stands_the_audit() {
    each_engine(async |db| {
        let (office, folder) = (office(&db), TempDir::new().unwrap());
        let files = LogFiles::of(folder.path(), TENANT);
        assert_eq!(publish_all(&office, &files).await, None, "a log without entries is not published");
        deeds(&office, 300).await.unwrap();
        assert_eq!(publish_all(&office, &files).await, Some(301));
        assert_eq!(publish_all(&office, &files).await, None);
        deeds(&office, 5).await.unwrap();
        assert_eq!(publish_all(&office, &files).await, Some(5));
        let audit = verify::audit(&files.fetch(), &[key()], &verify::AuditOptions::default());
        assert!(audit.is_clean() && audit.entries == 306, "{audit:?}");
        assert_eq!(files.high_water().read().unwrap().unwrap().size(), 306);
        assert_eq!(guard(&office, &files).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_receipt_proves_its_fact_without_us() {
    each_engine(async |db| {
        let (office, folder) = (office(&db), TempDir::new().unwrap());
        let files = LogFiles::of(folder.path(), TENANT);
        assert_eq!(receipt(&office, &files, [1; 16]).await.unwrap(), Proof::Unknown);
        deeds(&office, 40).await.unwrap();
        let id = subject(last_deed(&office).await.audit_id);
        let proof = receipt(&office, &files, id).await.unwrap();
        assert!(matches!(proof, Proof::Soon { .. }), "{proof:?}");
        publish_all(&office, &files).await;
        let Proof::Receipt(receipt) = receipt(&office, &files, id).await.unwrap() else {
            panic!("no receipt")
        };
        let text = receipt.to_string();
        let entry = ledger::Receipt::parse(&text).unwrap().verify(&[key()], None).unwrap();
        assert_eq!(entry.kind(), ledger::EntryKind::Decision);
        assert!(text.len() < 1_500 && !text.contains("admin"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn a_database_that_was_set_back_is_read_but_not_signed() {
    each_engine(async |db| {
        let (office, folder, files) = set_back(&db).await;
        let doubt = guard(&office, &files).await.unwrap();
        assert_eq!(doubt, Some(Doubt::Behind { database: 4, published: 8 }));
        // The published files alone remember it too, as when they come back from a mirror.
        std::fs::remove_file(folder.path().join("1.high-water")).unwrap();
        assert_eq!(guard(&office, &files).await.unwrap(), doubt);
        let error = deeds(&office, 1).await.unwrap_err();
        assert!(error.fault == Fault::Internal || error.fault == Fault::Unavailable, "{error:?}");
        assert_eq!(last_deed(&office).await.action, "stage.set", "reading goes on");
    })
    .await;
}

#[tokio::test]
async fn a_history_that_was_written_anew_is_not_published_over_the_old_one() {
    each_engine(async |db| {
        let (office, folder) = (office(&db), TempDir::new().unwrap());
        let files = LogFiles::of(folder.path(), TENANT);
        deeds(&office, 6).await.unwrap();
        publish_all(&office, &files).await;
        // Whoever holds database and key makes another history, longer than the published one.
        sql(&office, "DELETE FROM log_entry").await;
        sql(&office, "DELETE FROM log_head").await;
        deeds(&office, 9).await.unwrap();
        let (_, published) = publish(&office, Publishing::open(files.clone()).unwrap()).await;
        let error = published.unwrap_err();
        assert!(error.must_stop(), "{error}");
        assert_eq!(files.high_water().read().unwrap().map(|mark| mark.size()), Some(7));
        let audit = verify::audit(&files.fetch(), &[key()], &verify::AuditOptions::default());
        assert!(audit.is_clean() && audit.entries == 7, "what was published stays: {audit:?}");
    })
    .await;
}

#[tokio::test]
async fn another_key_or_another_log_is_noticed() {
    each_engine(async |db| {
        let (ours, folder) = (office(&db), TempDir::new().unwrap());
        let files = LogFiles::of(folder.path(), TENANT);
        deeds(&ours, 3).await.unwrap();
        publish_all(&ours, &files).await;
        let other = Sealer::new([8; 32], "hadir.test", Arc::new(clock()), Box::new(|salt| salt.fill(1)));
        let stranger = office(&db.clone().sealed_by(Arc::new(other)));
        assert_eq!(guard(&stranger, &files).await.unwrap(), Some(Doubt::OtherKey));
        // A mark that cannot be read is written anew from the published end, which this key has signed; without that it is doubted.
        let mark = folder.path().join("1.high-water");
        let before = std::fs::read_to_string(&mark).unwrap();
        std::fs::write(&mark, "garbage").unwrap();
        assert_eq!(guard(&ours, &files).await.unwrap(), None);
        assert_eq!(std::fs::read_to_string(&mark).unwrap(), before);
        assert_eq!(std::fs::read_to_string(folder.path().join("1.high-water.damaged")).unwrap(), "garbage");
        std::fs::remove_file(folder.path().join("1/checkpoint")).unwrap();
        for damage in [Some("garbage"), None] {
            match damage {
                Some(text) => std::fs::write(&mark, text).unwrap(),
                None => std::fs::remove_file(&mark).unwrap(),
            }
            let doubt = guard(&office(&db), &files).await.unwrap();
            assert!(matches!(doubt, Some(Doubt::Unreadable { .. })), "{damage:?}: {doubt:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_database_that_was_set_back_is_not_hidden_by_another_number_of_its_log() {
    each_engine(async |db| {
        let (office, _folder, files) = set_back(&db).await;
        for edit in ["generation = 2", "generation = 2, origin = 'hadir.test/log/1/2'", "size = 8"] {
            sql(&office, &format!("UPDATE log_head SET {edit}")).await;
            let doubt = guard(&office, &files).await.unwrap();
            assert!(matches!(doubt, Some(Doubt::Altered { .. })), "{edit}: {doubt:?}");
        }
    })
    .await;
}

async fn sql(office: &Office, text: &str) {
    let mut tx = office.db.begin_write(office.tenant).await.unwrap();
    run_sql(&mut tx, text).await.unwrap();
    tx.commit().await.unwrap();
}
