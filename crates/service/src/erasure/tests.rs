//! Erasures against both engines.

use std::sync::Arc;

use domain::{
    ids::{AccountId, EmployeeId, PunchId},
    org::Stage,
    zone::Zone,
};
use jiff::civil::{date, datetime};
use sha2::{Digest, Sha256};
use store::{
    Db, audit as register, log,
    month_close::{self, CloseState, MonthClose},
    org,
    punch::{self, PunchRow},
    testing::each_engine,
};

use super::*;
use crate::{
    employee_import::{self, Request},
    office::testing::SeededEntropy,
    progress::silent,
};

/// Budi and Siti of one OPD, each with a punch in October and one in November 2026.
struct World {
    office: Office,
    opd: domain::ids::UnitId,
    budi: EmployeeId,
    siti: EmployeeId,
}

impl World {
    async fn new(db: Db) -> World {
        let (clock, entropy) = (Arc::new(store::testing::clock()), Arc::new(SeededEntropy::new(5)));
        let office = Office::new(db, clock, entropy, store::testing::TENANT);
        let opd = office.id(domain::ids::UnitId::new);
        let unit = org::Unit { is_opd: true, ..org::Unit::new(opd, "10", "Dinas", office.now()) };
        let mut tx = office.db.begin_write(office.tenant).await.unwrap();
        org::put(&mut tx, &[unit]).await.unwrap();
        tx.commit().await.unwrap();
        let text =
            "NIP;NAMA;KODE OPD\n198003152005011001;Budi Santoso;10\n199912312024052010;Siti Aminah;10\n";
        let request = Request::new("a.csv", text.as_bytes(), date(2026, 1, 1), "cli");
        employee_import::apply(&office, &request, &silent).await.unwrap();
        let mut tx = office.db.begin_write(office.tenant).await.unwrap();
        let mut people = Vec::new();
        for number in ["198003152005011001", "199912312024052010"] {
            people.push(employee::by_number(&mut tx, number).await.unwrap().unwrap());
        }
        let world = World { office, opd, budi: people[0], siti: people[1] };
        let rows: Vec<PunchRow> =
            people.iter().flat_map(|id| [10, 11].map(|month| world.manual(*id, month))).collect();
        punch::insert_batch(&mut tx, &rows).await.unwrap();
        tx.commit().await.unwrap();
        world
    }

    fn manual(&self, person: EmployeeId, month: i8) -> PunchRow {
        let local = datetime(2026, month, 2, 7, 0, 0, 0);
        PunchRow {
            employee_id: Some(person),
            ..PunchRow::bare(self.office.id(PunchId::new), Zone::Wib, local, self.office.now()).unwrap()
        }
    }

    fn order(&self, until: Option<&str>, retention_years: u16) -> Order {
        Order {
            person: self.budi,
            until: until.map(|month| month.parse().unwrap()),
            retention_years,
            reason: "permintaan subjek data".into(),
            legal_basis: "UU 27/2022 Pasal 43".into(),
            actor: account::Account {
                account_id: AccountId::new(self.office.now(), [1; 10]),
                employee_id: None,
                login: "ani".into(),
                display_name: "Ani".into(),
                password_hash: None,
                must_change: false,
                failed_count: 0,
                locked_until: None,
                lang: "id".into(),
                disabled_at: None,
                created_at: self.office.now(),
                last_login_at: None,
            },
        }
    }

    async fn in_force(&self) {
        let stage = org::StageRecord {
            unit_id: self.opd,
            since: date(2026, 11, 1),
            recorded_at: self.office.now(),
            stage: Stage::Berlaku,
            note: "SE 1".into(),
            actor: "cli".into(),
        };
        let mut tx = self.office.db.begin_write(self.office.tenant).await.unwrap();
        org::add_stages(&mut tx, &[stage]).await.unwrap();
        reference::moved(&self.office, &mut tx, "cli").await.unwrap();
        tx.commit().await.unwrap();
    }

    /// A lock of October 2026 that stores both.
    async fn locked(&self) {
        let payload = format!("[{{\"id\":\"{}\"}},{{\"id\":\"{}\"}}]", self.budi, self.siti);
        let close = MonthClose {
            unit_id: self.opd,
            month: "2026-10".parse().unwrap(),
            version: 1,
            state: CloseState::Locked,
            actor: "cli".into(),
            at: self.office.now(),
            digest: hex::encode(Sha256::digest(&payload)),
            payload,
            note: String::new(),
        };
        let mut tx = self.office.db.begin_write(self.office.tenant).await.unwrap();
        month_close::add(&mut tx, &close).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn checked(&self) -> log::Checked {
        let mut tx = self.office.db.begin_read(self.office.tenant).await.unwrap();
        log::check(&mut tx).await.unwrap()
    }
}

#[tokio::test]
async fn a_preview_tells_what_the_erasure_then_does() {
    each_engine(async |db| {
        let world = World::new(db).await;
        let order = world.order(Some("2026-10"), 10);
        let seen = preview(&world.office, &order).await.unwrap();
        assert_eq!((&seen.rows, seen.entry_count()), (&vec![("punch", 1)], 1));
        assert_eq!(world.checked().await.erased, 0, "nothing happened yet");
        let done = erase(&world.office, &order).await.unwrap();
        assert_eq!((done.rows, done.entries), (seen.rows, seen.entries));
        assert_eq!(done.name, "Budi Santoso");
        let checked = world.checked().await;
        assert_eq!((checked.erased, checked.findings), (1, vec![]));
        let mut tx = world.office.db.begin_read(world.office.tenant).await.unwrap();
        let said = erasure::all(&mut tx).await.unwrap().pop().unwrap();
        assert_eq!((said.scope, said.employee_id), (Scope::Facts, Some(world.budi)));
        assert_eq!(said.reason, "permintaan subjek data");
        let deeds = register::list(&mut tx, register::AuditFilter::default(), 1).await.unwrap();
        assert_eq!(deeds[0].action, "person.erase");
    })
    .await;
}

#[tokio::test]
async fn the_whole_person_goes_and_the_other_stays() {
    each_engine(async |db| {
        let world = World::new(db).await;
        let done = erase(&world.office, &world.order(None, 10)).await.unwrap();
        assert!(done.rows.contains(&("punch", 2)) && done.rows.contains(&("employee", 1)), "{:?}", done.rows);
        let mut tx = world.office.db.begin_read(world.office.tenant).await.unwrap();
        assert_eq!(employee::by_number(&mut tx, "198003152005011001").await.unwrap(), None);
        assert!(employee::get(&mut tx, world.siti).await.is_ok());
        let said = erasure::all(&mut tx).await.unwrap().pop().unwrap();
        assert_eq!((said.scope, said.employee_id), (Scope::Person, None), "the log does not say of whom");
        assert_eq!(world.checked().await.findings, vec![]);
    })
    .await;
}

#[tokio::test]
async fn evidence_of_pay_is_kept_until_its_years_are_over() {
    each_engine(async |db| {
        let world = World::new(db).await;
        world.in_force().await;
        world.locked().await;
        for (until, months) in [(Some("2026-10"), "2026-10"), (None, "2026-11"), (Some("2026-11"), "2026-11")]
        {
            let refused = erase(&world.office, &world.order(until, 10)).await.unwrap_err();
            assert_eq!(refused.fault, Fault::Conflict);
            assert!(refused.en.contains(months) && refused.en.contains("article 42"), "{}", refused.en);
        }
        assert_eq!(world.checked().await.erased, 0);
        assert!(erase(&world.office, &world.order(Some("2026-09"), 10)).await.is_ok(), "before the lock");
        // October is over by one day: its evidence may go, and with it what the lock stored of everybody.
        let done = erase(&world.office, &world.order(Some("2026-10"), 0)).await.unwrap();
        assert_eq!((done.sheets.len(), done.entry_count()), (1, 1));
        assert!(done.rows.contains(&("month_close", 1)), "{:?}", done.rows);
        assert_eq!(world.checked().await.findings, vec![]);
        assert!(
            erase(&world.office, &world.order(Some("2026-11"), 0)).await.is_err(),
            "this month is not over"
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_erases_themselves_or_without_a_reason() {
    let test = store::testing::sqlite().await;
    let world = World::new(test.db.clone()).await;
    let mut order = world.order(Some("2026-10"), 10);
    order.actor.employee_id = Some(world.budi);
    assert_eq!(erase(&world.office, &order).await.unwrap_err().fault, Fault::Forbidden);
    for order in [
        Order { reason: ".".into(), ..world.order(None, 10) },
        Order { legal_basis: String::new(), ..world.order(None, 10) },
    ] {
        assert_eq!(erase(&world.office, &order).await.unwrap_err().fault, Fault::Invalid);
    }
    assert_eq!(world.checked().await.erased, 0);
    test.finish().await;
}
