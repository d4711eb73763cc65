//! A small government to test with: two OPD, one with a bidang, and people who move.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::{
    ids::{DeviceGroupId, EmployeeId, PunchId, RecordId, TerminalId, UnitId},
    zone::Zone,
};
use jiff::civil::{Date, DateTime, date};
use store::{
    EngineKind, Tx,
    employee::{self, Attribute, Employee, EmployeeNumber, NumberKind, names},
    org::{self, Unit},
    punch::{PunchRow, PunchSource},
    terminal::{self, Group, Terminal, TerminalState},
    testing::start,
};
use uuid::Uuid;

/// The root.
pub const PEMDA: UnitId = UnitId(Uuid::from_u128(1));
/// An OPD.
pub const DINAS: UnitId = UnitId(Uuid::from_u128(2));
/// Below [`DINAS`].
pub const BIDANG: UnitId = UnitId(Uuid::from_u128(3));
/// Another OPD.
pub const BADAN: UnitId = UnitId(Uuid::from_u128(4));
/// The one group of terminals.
pub const GROUP: DeviceGroupId = DeviceGroupId(Uuid::from_u128(5));
/// The one terminal.
pub const TERMINAL: TerminalId = TerminalId(Uuid::from_u128(6));

static NEXT: AtomicU64 = AtomicU64::new(1000);

/// A fresh id.
pub fn id() -> Uuid {
    Uuid::from_u128(u128::from(NEXT.fetch_add(1, Ordering::Relaxed)))
}

/// A fresh record id.
pub fn record_id() -> RecordId {
    RecordId(id())
}

pub fn unit(id: UnitId, parent: Option<UnitId>, code: &str, is_opd: bool) -> Unit {
    Unit {
        unit_id: id,
        parent_id: parent,
        code: code.to_owned(),
        name: format!("Unit {code}"),
        kind: "dinas".to_owned(),
        is_opd,
        zone: None,
        address: String::new(),
        phone: String::new(),
        head_title: "Kepala".to_owned(),
        sort_order: 0,
        closed_on: None,
        created_at: start(),
    }
}

pub async fn units(tx: &mut Tx) {
    let units = [
        unit(PEMDA, None, "1", false),
        unit(DINAS, Some(PEMDA), "1.01", true),
        unit(BIDANG, Some(DINAS), "1.01.1", false),
        unit(BADAN, Some(PEMDA), "1.02", true),
    ];
    assert_eq!(org::put(tx, &units).await.unwrap(), 4);
}

pub fn fact(person: EmployeeId, attribute: &str, since: Date, value: &str) -> Attribute {
    Attribute {
        employee_id: person,
        attribute: attribute.to_owned(),
        valid_from: since,
        recorded_at: start(),
        value: Some(value.to_owned()),
        source: "SK".to_owned(),
        actor: "cli".to_owned(),
        import_id: None,
    }
}

/// A person in a unit since a day, with a number made from `n`.
pub async fn person(tx: &mut Tx, n: u32, name: &str, unit: UnitId, since: Date) -> EmployeeId {
    let employee_id = EmployeeId(id());
    let employee = Employee {
        employee_id,
        name: name.to_owned(),
        front_title: String::new(),
        back_title: "S.E.".to_owned(),
        birth_date: Some(date(1980, 3, 15)),
        sex: Some("L".to_owned()),
        created_at: start(),
        import_id: None,
    };
    employee::add(tx, &[employee]).await.unwrap();
    let number = EmployeeNumber {
        employee_id,
        number: format!("198003152005011{n:03}"),
        kind: NumberKind::Nip,
        valid_from: since,
        valid_until: None,
        recorded_at: start(),
        import_id: None,
    };
    employee::add_numbers(tx, &[number]).await.unwrap();
    employee::add_attributes(tx, &[fact(employee_id, names::UNIT, since, &unit.to_string())]).await.unwrap();
    employee_id
}

pub fn terminal_row(id: TerminalId, serial: &str) -> Terminal {
    Terminal {
        state: TerminalState::Approved,
        name: "Pintu depan".to_owned(),
        unit_id: Some(DINAS),
        group_id: Some(GROUP),
        last_ip: "10.0.0.7".to_owned(),
        approved_at: Some(start()),
        approved_by: Some("cli".to_owned()),
        ..Terminal::met(id, serial, Zone::Wib, start())
    }
}

/// Units, the group and the terminal.
pub async fn terminal(tx: &mut Tx) {
    units(tx).await;
    let group = Group { group_id: GROUP, code: "A".into(), name: "Semua".into(), created_at: start() };
    terminal::put_groups(tx, &[group]).await.unwrap();
    terminal::put(tx, &terminal_row(TERMINAL, "BOCK200961014")).await.unwrap();
}

/// A punch of a PIN on the terminal.
pub fn punch(pin: &str, local: DateTime) -> PunchRow {
    PunchRow {
        source: PunchSource::Terminal,
        terminal_id: Some(TERMINAL),
        device_group_id: Some(GROUP),
        pin: pin.to_owned(),
        status: "255".to_owned(),
        verify: "1".to_owned(),
        ..PunchRow::bare(PunchId(id()), Zone::Wib, local, start()).unwrap()
    }
}

/// Statements of one bulk insert: 2,000 rows each on PostgreSQL, on SQLite 256 or the powers of two below it.
pub fn inserts(kind: EngineKind, rows: u64) -> u64 {
    match kind {
        EngineKind::Postgres => rows.div_ceil(2000),
        // 256, then 128 and 64 at most once each, then up to 32 at a time.
        EngineKind::Sqlite => {
            let rest = rows % 256;
            rows / 256 + u64::from((rest / 64).count_ones()) + (rest % 64).div_ceil(32)
        }
    }
}
