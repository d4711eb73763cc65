//! Stages and the tracker against both engines.

use std::sync::Arc;

use domain::{ids::UnitId, org::Stage};
use jiff::{SignedDuration, civil::date};
use store::{Db, org};
use uuid::Uuid;

use super::{Lack, Step, set_stage, tracker};
use crate::{
    Fault, Office,
    employee_import::{self, Request},
    office::testing::SeededEntropy,
    progress::silent,
    reference,
};

fn id(n: u128) -> UnitId {
    UnitId(Uuid::from_u128(n))
}

async fn ground(db: Db) -> Office {
    let (clock, entropy) = (Arc::new(store::testing::clock()), Arc::new(SeededEntropy::new(3)));
    let office = Office::new(db, clock, entropy, store::testing::TENANT);
    let unit = |n, parent: Option<u128>, name: &str, is_opd| org::Unit {
        parent_id: parent.map(id),
        is_opd,
        sort_order: i64::try_from(n).unwrap(),
        ..org::Unit::new(id(n), n.to_string(), name, office.now())
    };
    let units = [
        unit(1, None, "Pemerintah", false),
        unit(10, Some(1), "Dinas Pendidikan", true),
        unit(11, Some(10), "SDN 1", false),
        unit(20, Some(1), "Dinas Kesehatan", true),
    ];
    let mut tx = office.db.begin_write(office.tenant).await.unwrap();
    org::put(&mut tx, &units).await.unwrap();
    tx.commit().await.unwrap();
    let text = "NIP;NAMA;KODE OPD;UNOR NAMA;PIN;NIP ATASAN\n\
        198003152005011001;Budi;10;;1;\n\
        199912312024052010;Siti;10;SDN 1;2;198003152005011001\n\
        198807072023212005;Ani;10;SDN 1;;\n";
    let request = Request::new("a.csv", text.as_bytes(), date(2026, 11, 1), "cli");
    employee_import::apply(&office, &request, &silent).await.unwrap();
    office
}

fn step(opd: u128, stage: Stage, day: i8) -> Step<'static> {
    let since = date(2026, 11, day);
    Step { opd: id(opd), stage, since, note: "SE 1/2026", despite_lacks: false, actor: "cli" }
}

#[tokio::test]
async fn the_tracker_counts_everyone_below_an_opd() {
    store::testing::each_engine(async |db| {
        let office = ground(db).await;
        // What seldom changes is read once and kept.
        tracker(&office).await.unwrap();
        let before = office.db.statements();
        let tracker = super::tracker(&office).await.unwrap();
        assert!(office.db.statements() - before <= 6, "{}", office.db.statements() - before);
        assert_eq!(tracker.len(), 2);
        let school = &tracker[0].facts;
        assert_eq!((school.name.as_str(), school.people, school.with_number), ("Dinas Pendidikan", 3, 3));
        assert_eq!((school.with_superior, school.with_pin, school.with_schedule), (2, 2, 0));
        assert_eq!(tracker[1].lacks, [Lack::NoPeople]);
    })
    .await;
}

#[tokio::test]
async fn an_opd_walks_through_the_stages_and_nothing_is_rewritten() {
    store::testing::each_engine(async |db| {
        let office = ground(db).await;
        set_stage(&office, &step(10, Stage::Pendataan, 2)).await.unwrap();
        let refused = set_stage(&office, &step(10, Stage::UjiCoba, 21)).await.unwrap_err();
        assert_eq!(refused.fault, Fault::Conflict);
        assert!(refused.id.contains("1 pegawai belum punya atasan langsung."), "{}", refused.id);
        assert!(refused.id.contains("Belum ada mesin presensi"), "{}", refused.id);
        let forced = Step { despite_lacks: true, ..step(10, Stage::UjiCoba, 21) };
        set_stage(&office, &forced).await.unwrap();
        let forced = Step { despite_lacks: true, ..step(10, Stage::Berlaku, 30) };
        set_stage(&office, &forced).await.unwrap();
        let mut tx = office.db.begin_read(office.tenant).await.unwrap();
        let timeline = reference::current(&office, &mut tx).await.unwrap().stages(id(10));
        let cuts = |day| timeline.on(day).is_some_and(|stage| stage.cuts_apply());
        assert!(!cuts(date(2026, 11, 29)) && cuts(date(2026, 11, 30)));
        assert_eq!(timeline.on(date(2026, 11, 2)), Some(&Stage::Pendataan));
        drop(tx);
        let tracker = tracker(&office).await.unwrap();
        assert_eq!(tracker[0].stage, Some(Stage::UjiCoba));
    })
    .await;
}

#[tokio::test]
async fn steps_that_make_no_sense_are_refused() {
    store::testing::each_engine(async |db| {
        let office = ground(db).await;
        let fault = async |step: Step<'static>| set_stage(&office, &step).await.unwrap_err();
        let back = fault(step(10, Stage::Berlaku, 20)).await;
        assert_eq!((back.fault, back.id.contains("berlaku surut")), (Fault::Invalid, true));
        let skip = fault(step(10, Stage::Berlaku, 25)).await;
        assert_eq!((skip.fault, skip.id.contains("Pendataan")), (Fault::Conflict, true));
        assert_eq!(fault(step(11, Stage::Pendataan, 25)).await.fault, Fault::Invalid);
        assert_eq!(fault(step(99, Stage::Pendataan, 25)).await.fault, Fault::NotFound);
        assert_eq!(fault(Step { note: " ", ..step(10, Stage::Pendataan, 25) }).await.fault, Fault::Invalid);
    })
    .await;
}

#[tokio::test]
async fn of_two_records_of_one_day_the_later_counts() {
    store::testing::each_engine(async |db| {
        let clock = Arc::new(store::testing::clock());
        let office = Office { clock: clock.clone(), ..ground(db).await };
        let forced = |stage| Step { despite_lacks: true, ..step(10, stage, 25) };
        set_stage(&office, &forced(Stage::Berlaku)).await.unwrap();
        clock.advance(SignedDuration::from_mins(1));
        set_stage(&office, &forced(Stage::Pendataan)).await.unwrap();
        let mut tx = office.db.begin_read(office.tenant).await.unwrap();
        let timeline = reference::current(&office, &mut tx).await.unwrap().stages(id(10));
        assert_eq!(timeline.on(date(2026, 11, 25)), Some(&Stage::Pendataan));
    })
    .await;
}
