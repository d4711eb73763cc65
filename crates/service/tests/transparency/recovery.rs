//! After a restore: what waits, what is taken over, and what begins anew; on both engines.

use domain::{
    ids::{DeviceGroupId, PunchId},
    zone::Zone,
};
use ledger::{Entry, EntryKind, verify};
use service::transparency::{Decision, LogFiles, RecoveryError, begin_anew, carry_on, enter_waiting, guard};
use store::{
    Db,
    log::{self, Finding},
    punch::{self, PunchRow, PunchSource},
    terminal::{self, Group},
    testing::{TENANT, each_engine},
};
use tempfile::TempDir;

use super::{deeds, key, office, publish_all, sql};

fn decision() -> Decision {
    Decision { reason: "cadangan lama dipulihkan".into(), actor: "ani".into() }
}

/// A log of 8 published entries whose database was set back to 4.
pub async fn set_back(db: &Db) -> (service::Office, TempDir, LogFiles) {
    let (office, folder) = (office(db), TempDir::new().unwrap());
    let files = LogFiles::of(folder.path(), TENANT);
    deeds(&office, 3).await.unwrap();
    sql(&office, "CREATE TABLE kept_head AS SELECT * FROM log_head").await;
    sql(&office, "CREATE TABLE kept_audit AS SELECT audit_id FROM audit").await;
    deeds(&office, 4).await.unwrap();
    publish_all(&office, &files).await;
    sql(&office, "DELETE FROM log_entry WHERE seq >= 4").await;
    sql(&office, "DELETE FROM audit WHERE audit_id NOT IN (SELECT audit_id FROM kept_audit)").await;
    sql(&office, "DELETE FROM log_head").await;
    sql(&office, "INSERT INTO log_head SELECT * FROM kept_head").await;
    (office, folder, files)
}

async fn findings(office: &service::Office) -> Vec<Finding> {
    let mut tx = office.db.begin_read(TENANT).await.unwrap();
    log::check(&mut tx).await.unwrap().findings
}

#[tokio::test]
async fn the_lost_entries_are_taken_over_byte_for_byte() {
    each_engine(async |db| {
        let (office, _folder, files) = set_back(&db).await;
        let done = carry_on(&office, &files, &decision()).await.unwrap();
        assert_eq!((done.lost, done.taken_over, done.entry), (4, Some((4, 8)), 8));
        assert_eq!(guard(&office, &files).await.unwrap(), None);
        deeds(&office, 2).await.unwrap();
        publish_all(&office, &files).await;
        let audit = verify::audit(&files.fetch(), &[key()], &verify::AuditOptions::default());
        assert!(audit.is_clean() && audit.entries == 11, "{audit:?}");
        assert_eq!(findings(&office).await, []);
        let mut tx = office.db.begin_read(TENANT).await.unwrap();
        assert_eq!(log::taken_over(&mut tx).await.unwrap().len(), 4);
        let told = log::entries(&mut tx, 8, 1).await.unwrap().remove(0);
        assert_eq!(Entry::parse(&told.entry).unwrap().kind(), EntryKind::Disaster);
        drop(tx);
        let again = carry_on(&office, &files, &decision()).await.unwrap_err();
        assert!(matches!(again, RecoveryError::InOrder), "{again}");
    })
    .await;
}

#[tokio::test]
async fn a_database_that_is_elsewhere_is_not_continued() {
    each_engine(async |db| {
        let (office, _folder, files) = set_back(&db).await;
        deeds(&office, 1).await.unwrap();
        let refused = carry_on(&office, &files, &decision()).await.unwrap_err();
        assert!(matches!(refused, RecoveryError::NotTheBeginning { database: 5, published: 8 }), "{refused}");
        let done = begin_anew(&office, &files, &decision()).await.unwrap();
        assert_eq!((done.origin.as_str(), done.lost, done.entry), ("hadir.test/log/1/2", 3, 1));
        // The next log lies beside, and both stand the audit.
        let next = files.generation(2);
        deeds(&office, 1).await.unwrap();
        publish_all(&office, &next).await;
        assert_eq!(guard(&office, &files).await.unwrap(), None);
        let old = verify::audit(&files.fetch(), &[key()], &verify::AuditOptions::default());
        let key = store::testing::sealer().vkey("hadir.test/log/1/2").unwrap().parse().unwrap();
        let new = verify::audit(&next.fetch(), &[key], &verify::AuditOptions::default());
        assert!(old.is_clean() && old.entries == 8, "{old:?}");
        assert!(new.is_clean() && new.entries == 3, "{new:?}");
        assert_eq!(findings(&office).await, [], "facts of both logs are as they were logged");
        // What is found is named by its number in its own log, as receipts are.
        sql(&office, "UPDATE audit SET ip = 'elsewhere'").await;
        let found = findings(&office).await;
        let places = found.iter().filter_map(|finding| match finding {
            Finding::Changed { fit, .. } => Some((fit.entry.generation, fit.entry.index)),
            _ => None,
        });
        let places: std::collections::BTreeSet<(i64, u64)> = places.collect();
        assert!(places.contains(&(1, 1)) && places.contains(&(2, 2)), "{found:?}");
    })
    .await;
}

#[tokio::test]
async fn what_nobody_may_sign_is_refused_and_nothing_waits_without_need() {
    each_engine(async |db| {
        let (office, _folder, files) = set_back(&db).await;
        assert!(guard(&office, &files).await.unwrap().is_some());
        assert!(deeds(&office, 1).await.is_err(), "a deed is not a punch");
        assert_eq!(enter_waiting(&office).await.unwrap(), 0);
    })
    .await;
}

/// A punch that is brought while nobody may sign.
async fn bring_a_punch(office: &service::Office) {
    let group_id = office.id(DeviceGroupId::new);
    let group = Group { group_id, code: "A".into(), name: "Kantor".into(), created_at: office.now() };
    let local = jiff::civil::date(2026, 11, 3).at(7, 0, 0, 0);
    let row = PunchRow {
        source: PunchSource::File,
        device_group_id: Some(group_id),
        pin: "1".into(),
        ..PunchRow::bare(office.id(PunchId::new), Zone::Wib, local, office.now()).unwrap()
    };
    let mut tx = office.db.begin_write(TENANT).await.unwrap();
    terminal::put_groups(&mut tx, &[group]).await.unwrap();
    punch::insert_batch(&mut tx, &[row]).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn what_waits_is_not_entered_round_and_round_under_a_refusal() {
    each_engine(async |db| {
        let office = office(&db);
        deeds(&office, 1).await.unwrap();
        office.db.sealer().unwrap().refuse("the disk failed");
        bring_a_punch(&office).await;
        let refused = enter_waiting(&office).await.unwrap_err();
        assert!(refused.source.unwrap().to_string().contains("the disk failed"));
        let mut tx = office.db.begin_read(TENANT).await.unwrap();
        assert_eq!(log::waiting(&mut tx).await.unwrap(), 1, "it waits on");
    })
    .await;
}

#[tokio::test]
async fn a_decision_that_cannot_be_published_says_that_it_was_taken() {
    each_engine(async |db| {
        let (office, folder, files) = set_back(&db).await;
        // Where the next log would be published there is a file.
        std::fs::write(folder.path().join("1/2"), "").unwrap();
        let unfinished = begin_anew(&office, &files, &decision()).await.unwrap_err();
        assert!(matches!(unfinished, RecoveryError::Unfinished(_)), "{unfinished}");
        assert!(unfinished.to_string().contains("Do not repeat it"), "{unfinished}");
        let mut tx = office.db.begin_read(TENANT).await.unwrap();
        assert_eq!(log::head(&mut tx).await.unwrap().unwrap().origin, "hadir.test/log/1/2");
    })
    .await;
}
