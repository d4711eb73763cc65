//! Presses, and a look at the log.

use domain::{
    ids::{DeviceGroupId, PunchId},
    zone::Zone,
};
use intake::Tap;
use jiff::{ToSpan, civil::datetime};
use store::{
    Db, log,
    punch::{PunchRow, PunchSource},
    testing::{TENANT, start},
};
use uuid::Uuid;

/// A press of `pin`, so many seconds after seven, that becomes punch `id`.
pub fn punch(id: u128, pin: &str, second: i64) -> PunchRow {
    let local = datetime(2026, 11, 2, 7, 0, 0, 0) + second.seconds();
    PunchRow {
        source: PunchSource::Terminal,
        device_group_id: Some(DeviceGroupId(Uuid::from_u128(5))),
        pin: pin.to_owned(),
        ..PunchRow::bare(PunchId(Uuid::from_u128(id)), Zone::Wib, local, start()).unwrap()
    }
}

/// The same, named by its sender.
pub fn tap(name: u128, id: u128, pin: &str, second: i64) -> Tap {
    Tap { sender: [9; 16], client_id: name.to_be_bytes(), punch: punch(id, pin, second) }
}

/// Entries of the log beside that of its key, all of which fit the tables.
pub async fn entries(db: &Db) -> u64 {
    let mut tx = db.begin_read(TENANT).await.unwrap();
    let checked = log::check(&mut tx).await.unwrap();
    assert_eq!(checked.findings, vec![]);
    // The first entry is the one of the key.
    checked.entries.saturating_sub(1)
}
