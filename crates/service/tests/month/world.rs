//! One OPD in force with the people a test needs, their punches, and a clock to set.

use std::sync::Arc;

use domain::{
    calendar::{Calendar, WorkWeek},
    clock::FixedClock,
    day::DayPart,
    discipline::Tally,
    ids::{DeviceGroupId, EmployeeId, PunchId, TerminalId, UnitId},
    month::Month,
    org::Stage,
    zone::Zone,
};
use jiff::civil::{Date, DateTime};
use service::{
    Office, closing,
    month::{CONFIRMED_ABSENT, MonthSheet, Wanted, load},
    office::testing::SeededEntropy,
    policy_admin, reference,
    status_entry::{self, NewStatus},
};
use store::{
    Db, Scope,
    employee::{self, Attribute, Employee, EmployeeNumber, NumberKind, names},
    org::{self, StageRecord, Unit},
    punch::{self, PunchRow, PunchSource},
    schedule::{self, UnitSchedule},
    terminal::{self, DoorRole, Group, Terminal, TerminalState},
    testing::TENANT,
};

pub struct World {
    pub office: Office,
    pub clock: Arc<FixedClock>,
    pub opd: UnitId,
    terminal: TerminalId,
    group: DeviceGroupId,
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn month(text: &str) -> Month {
    text.parse().unwrap()
}

impl World {
    /// It is `now` in WIB; these policies are in force.
    pub async fn new(db: Db, now: &str, policies: &[&str]) -> World {
        let clock = Arc::new(store::testing::clock());
        let office = Office::new(db, clock.clone(), Arc::new(SeededEntropy::new(11)), TENANT);
        let world = World {
            opd: office.id(UnitId::new),
            terminal: office.id(TerminalId::new),
            group: office.id(DeviceGroupId::new),
            clock,
            office,
        };
        world.organise().await;
        world.at(now).await;
        let mut tx = world.office.db.begin_write(TENANT).await.unwrap();
        for text in policies {
            policy_admin::activate(&world.office, &mut tx, text, "a", "b").await.unwrap();
        }
        reference::moved(&world.office, &mut tx, "test").await.unwrap();
        tx.commit().await.unwrap();
        world
    }

    async fn organise(&self) {
        let now = self.office.now();
        let unit = Unit {
            unit_id: self.opd,
            parent_id: None,
            code: "DINAS".into(),
            name: "Dinas".into(),
            kind: "dinas".into(),
            is_opd: true,
            zone: None,
            address: String::new(),
            phone: String::new(),
            head_title: String::new(),
            sort_order: 0,
            closed_on: None,
            created_at: now,
        };
        let mut tx = self.office.db.begin_write(TENANT).await.unwrap();
        org::put(&mut tx, &[unit]).await.unwrap();
        let schedule = UnitSchedule {
            unit_id: self.opd,
            valid_from: day("2024-01-01"),
            recorded_at: now,
            schedule_code: domain::schedule::builtin::DEFAULT.into(),
            actor: "test".into(),
        };
        schedule::assign(&mut tx, &[schedule]).await.unwrap();
        let group =
            Group { group_id: self.group, code: "DINAS".into(), name: "Dinas".into(), created_at: now };
        terminal::put_groups(&mut tx, &[group]).await.unwrap();
        tx.commit().await.unwrap();
        self.stage("2024-01-01", Stage::Berlaku).await;
    }

    /// Sets the stage of the OPD.
    pub async fn stage(&self, since: &str, stage: Stage) {
        let mut tx = self.office.db.begin_write(TENANT).await.unwrap();
        let record = StageRecord {
            unit_id: self.opd,
            since: day(since),
            recorded_at: self.office.now(),
            stage,
            note: String::new(),
            actor: "test".into(),
        };
        org::add_stages(&mut tx, &[record]).await.unwrap();
        reference::moved(&self.office, &mut tx, "test").await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Moves the clock; the terminal has just been heard of.
    pub async fn at(&self, now: &str) {
        let local: DateTime = now.parse().unwrap();
        self.clock.set(Zone::Wib.instant(local).unwrap());
        let now = self.office.now();
        let row = Terminal {
            terminal_id: self.terminal,
            serial: "CEXX202360123".into(),
            state: TerminalState::Approved,
            name: "Lobi".into(),
            unit_id: Some(self.opd),
            group_id: Some(self.group),
            zone: Zone::Wib,
            role: DoorRole::Both,
            first_seen: now,
            last_seen: now,
            last_ip: String::new(),
            allowed_cidr: String::new(),
            model: String::new(),
            firmware: String::new(),
            push_version: String::new(),
            options: serde_json::json!({}),
            info: serde_json::json!({}),
            comm_key_hash: None,
            drift_seconds: None,
            drift_at: None,
            approved_at: Some(now),
            approved_by: Some("test".into()),
        };
        let mut tx = self.office.db.begin_write(TENANT).await.unwrap();
        terminal::put(&mut tx, &row).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// A PNS of the OPD since 2025 with a TPP of Rp5.000.000.
    pub async fn person(&self, name: &str) -> EmployeeId {
        self.person_since(name, "2025-01-01").await
    }

    /// The same, since another day.
    pub async fn person_since(&self, name: &str, since: &str) -> EmployeeId {
        let id = self.office.id(EmployeeId::new);
        let now = self.office.now();
        let row = Employee {
            employee_id: id,
            name: name.into(),
            front_title: String::new(),
            back_title: String::new(),
            birth_date: None,
            sex: None,
            created_at: now,
            import_id: None,
        };
        let sequence = id.0.as_u128() % 998 + 1;
        let number = EmployeeNumber {
            employee_id: id,
            number: format!("198501012010011{sequence:03}"),
            kind: NumberKind::Nip,
            valid_from: day(since),
            valid_until: None,
            recorded_at: now,
            import_id: None,
        };
        let mut tx = self.office.db.begin_write(TENANT).await.unwrap();
        employee::add(&mut tx, &[row]).await.unwrap();
        employee::add_numbers(&mut tx, &[number]).await.unwrap();
        tx.commit().await.unwrap();
        self.fact(id, names::KIND, since, "pns").await;
        self.fact(id, names::TPP, since, "5000000").await;
        self.fact(id, names::UNIT, since, &self.opd.to_string()).await;
        id
    }

    /// Records a dated fact.
    pub async fn fact(&self, id: EmployeeId, attribute: &str, since: &str, value: &str) {
        let fact = Attribute {
            employee_id: id,
            attribute: attribute.into(),
            valid_from: day(since),
            recorded_at: self.office.now(),
            value: Some(value.into()),
            source: "test".into(),
            actor: "test".into(),
            import_id: None,
        };
        let mut tx = self.office.db.begin_write(TENANT).await.unwrap();
        employee::add_attributes(&mut tx, &[fact]).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Punches on every working day of the five-day week from `from` to `until`, on time except: no punch on days of
    /// `absent`, and half an hour late on days of `late`.
    pub async fn worked(&self, id: EmployeeId, from: &str, until: &str, absent: &[&str], late: &[&str]) {
        let calendar = Calendar::national();
        let (mut date, until) = (day(from), day(until));
        let mut rows = Vec::new();
        while date <= until {
            let text = date.to_string();
            if calendar.is_working(date, WorkWeek::FIVE_DAYS) && !absent.contains(&text.as_str()) {
                let start = if late.contains(&text.as_str()) { "08:00:00" } else { "07:20:00" };
                rows.push(self.punch(id, &format!("{text} {start}")));
                rows.push(self.punch(id, &format!("{text} 16:35:00")));
            }
            date = date.tomorrow().unwrap();
        }
        let mut tx = self.office.db.begin_write(TENANT).await.unwrap();
        punch::insert_batch(&mut tx, &rows).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub fn punch(&self, id: EmployeeId, time: &str) -> PunchRow {
        let local: DateTime = time.parse().unwrap();
        PunchRow {
            employee_id: Some(id),
            source: PunchSource::Terminal,
            terminal_id: Some(self.terminal),
            device_group_id: Some(self.group),
            pin: (id.0.as_u128() % 100_000_000).to_string(),
            status: "255".into(),
            verify: "1".into(),
            ..PunchRow::bare(self.office.id(PunchId::new), Zone::Wib, local, self.office.now()).unwrap()
        }
    }

    /// The judged month of the OPD.
    pub async fn load(&self, of: &str) -> MonthSheet {
        let mut tx = self.office.db.begin_read(TENANT).await.unwrap();
        load(&self.office, &mut tx, Wanted::month(Scope::Subtree(self.opd), month(of))).await.unwrap()
    }

    /// Deletes punches.
    pub async fn remove_punches(&self, condition: &str) {
        let mut tx = self.office.db.begin_write(TENANT).await.unwrap();
        let sql = format!("DELETE FROM punch WHERE tenant_id = 1 AND ({condition})");
        store::testing::run_sql(&mut tx, &sql).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// The NIP of a person.
    pub async fn number(&self, id: EmployeeId) -> String {
        let mut tx = self.office.db.begin_read(TENANT).await.unwrap();
        employee::get(&mut tx, id).await.unwrap().numbers[0].number.clone()
    }

    /// Absence and lost minutes of a person since 1 January.
    pub async fn card(&self, of: &str, id: EmployeeId) -> Tally {
        let mut tx = self.office.db.begin_read(TENANT).await.unwrap();
        let people = [id];
        let wanted = Wanted::with_year(Scope::People(&people), month(of));
        load(&self.office, &mut tx, wanted).await.unwrap().person(id).unwrap().year.unwrap()
    }

    /// The office confirms that these days were absence without reason.
    pub async fn confirm_absent(&self, id: EmployeeId, first: &str, last: &str) {
        let mut tx = self.office.db.begin_write(TENANT).await.unwrap();
        let new = NewStatus {
            employee: id,
            code: CONFIRMED_ABSENT.into(),
            first: day(first),
            last: day(last),
            part: DayPart::Full,
            with_letter: false,
            document: String::new(),
            note: "tidak ada kabar".into(),
        };
        status_entry::record(&self.office, &mut tx, new, "admin").await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Locks a month of the OPD.
    pub async fn lock(&self, of: &str) -> Result<(), service::ServiceError> {
        closing::lock(&self.office, self.opd, month(of), "admin").await.map(|_| ())
    }
}
