//! What the command line has no command for yet, written straight through the store: stages, accounts, a terminal.

use std::sync::{
    Arc,
    atomic::{AtomicU8, Ordering},
};

use domain::{
    clock::FixedClock,
    day::DayPart,
    ids::{TenantId, TerminalId},
    org::Stage,
    rights::Role,
    zone::Zone,
};
use jiff::{
    Timestamp,
    civil::{Date, date},
};
use service::{
    Entropy, Office,
    account::{self, NewAccount},
    closing,
    month::CONFIRMED_ABSENT,
    status_entry::{self, NewStatus},
};
use store::{
    Db,
    log::Sealer,
    org::{self, StageRecord},
    terminal::{self, Terminal},
};

use crate::run::Place;

/// Counts instead of drawing: every id differs and every run is the same.
struct Counting(AtomicU8);

impl Entropy for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(self.0.fetch_add(1, Ordering::Relaxed));
    }
}

/// With the key that the binary made.
fn sealer(place: &Place, clock: Arc<FixedClock>) -> Arc<Sealer> {
    let key = std::fs::read_to_string(place.path("ledger/key")).unwrap();
    let seed = hex::decode(key.trim()).unwrap().try_into().unwrap();
    Arc::new(Sealer::new(seed, "hadir.local", clock, Box::new(|salt| salt.fill(9))))
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Opens the database as the service does, at this instant.
async fn office(place: &Place, now: &str) -> Office {
    let clock = Arc::new(FixedClock::new(at(now)));
    let db = Db::connect(&place.database_url()).await.unwrap().sealed_by(sealer(place, clock.clone()));
    Office::new(db, clock, Arc::new(Counting(AtomicU8::new(1))), TenantId(1))
}

/// Runs SQL as an administrator of the database does, behind the program.
pub fn behind_the_program(place: &Place, sql: &str) {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let db = Db::connect(&place.database_url()).await.unwrap();
        let mut tx = db.begin_write(TenantId(1)).await.unwrap();
        store::testing::run_sql(&mut tx, sql).await.unwrap();
        tx.commit().await.unwrap();
        db.close().await;
    });
}

/// The column `value` of every row, as text.
pub fn asked(place: &Place, sql: &'static str) -> Vec<String> {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let db = Db::connect(&place.database_url()).await.unwrap();
        let mut tx = db.begin_read(TenantId(1)).await.unwrap();
        let rows = store::testing::query_sql(&mut tx, sql).await.unwrap();
        drop(tx);
        db.close().await;
        rows
    })
}

/// Locks June 2025 of `DISDIK`, after it was confirmed that these people were absent on every day without punches.
pub fn lock_june(place: &Place, numbers: &[&str]) {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let office = office(place, "2025-07-11T00:00:00Z").await;
        let mut tx = office.db.begin_write(office.tenant).await.unwrap();
        let opd = org::by_code(&mut tx, "DISDIK").await.unwrap().unwrap().unit_id;
        for number in numbers {
            let absent = NewStatus {
                employee: store::employee::by_number(&mut tx, number).await.unwrap().unwrap(),
                code: CONFIRMED_ABSENT.into(),
                first: date(2025, 6, 1),
                last: date(2025, 6, 30),
                part: DayPart::Full,
                with_letter: false,
                document: String::new(),
                note: "tidak ada kabar".into(),
            };
            status_entry::record(&office, &mut tx, absent, "admin").await.unwrap();
        }
        tx.commit().await.unwrap();
        closing::lock(&office, opd, "2025-06".parse().unwrap(), "admin").await.unwrap();
        office.db.close().await;
    });
}

/// Records leave and duties: number of the person, code, first and last day.
pub fn away(place: &Place, all: &[(&str, &str, Date, Date)]) {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let office = office(place, "2025-07-01T00:00:00Z").await;
        let mut tx = office.db.begin_write(office.tenant).await.unwrap();
        for (number, code, first, last) in all {
            let status = NewStatus {
                employee: store::employee::by_number(&mut tx, number).await.unwrap().unwrap(),
                code: (*code).into(),
                first: *first,
                last: *last,
                part: DayPart::Full,
                with_letter: true,
                document: "SURAT/1".into(),
                note: String::new(),
            };
            status_entry::record(&office, &mut tx, status, "admin").await.unwrap();
        }
        tx.commit().await.unwrap();
        office.db.close().await;
    });
}

/// Makes the OPD `DISDIK` berlaku, two officers and one clerk, and a terminal that waits for approval.
pub fn prepare(place: &Place) {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let office = office(place, "2025-05-01T00:00:00Z").await;
        let mut tx = office.db.begin_write(office.tenant).await.unwrap();
        let opd = org::by_code(&mut tx, "DISDIK").await.unwrap().unwrap();
        let stage = StageRecord {
            unit_id: opd.unit_id,
            since: date(2025, 1, 1),
            recorded_at: office.now(),
            stage: Stage::Berlaku,
            note: String::new(),
            actor: "test".into(),
        };
        org::add_stages(&mut tx, &[stage]).await.unwrap();
        for (login, role) in [("ani", Role::Bkpsdm), ("budi", Role::Bkpsdm), ("citra", Role::AdminOpd)] {
            let new = NewAccount {
                employee: None,
                login: login.into(),
                name: login.to_uppercase(),
                passphrase: "empat kata yang mudah".into(),
                must_change: false,
            };
            let id = account::add(&office, &mut tx, new, "test").await.unwrap();
            account::grant(&office, &mut tx, (id, role, None), date(2025, 1, 1), "test").await.unwrap();
        }
        terminal::put(&mut tx, &waiting(&office)).await.unwrap();
        service::reference::moved(&office, &mut tx, "test").await.unwrap();
        tx.commit().await.unwrap();
        office.db.close().await;
    });
}

/// A terminal that was heard of last on 10 July 2025: June is complete.
fn waiting(office: &Office) -> Terminal {
    Terminal {
        last_seen: at("2025-07-10T00:00:00Z"),
        last_ip: "10.20.0.9".into(),
        model: "X100-C".into(),
        ..Terminal::met(office.id(TerminalId::new), "TEST0001", Zone::Wib, at("2025-05-01T00:00:00Z"))
    }
}
