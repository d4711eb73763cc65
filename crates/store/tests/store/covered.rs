//! Each covered table: what is inserted and what is changed later has an entry.

use std::collections::BTreeSet;

use domain::{
    calendar::{HolidayKind, Level},
    day::GapCause,
    ids::{AccountId, UnitId},
    org::Stage,
    rights::Role,
};
use jiff::{
    ToSpan,
    civil::{date, datetime},
};
use store::{
    Db, Tx, account, audit,
    calendar::{self, CalendarEntry, DayRule},
    employee::{self, names},
    erasure, event, log, month_carry, month_close, month_input, org, outage, pin_map, policy, punch, roster,
    schedule, status,
    testing::{TENANT, covered_tables, each_engine, query_sql, start},
    tpp_amount,
};

use crate::{
    fixture::{DINAS, GROUP, fact, id, person, punch as at, record_id, terminal},
    statuses::leave_of,
};

/// The tables of all entries, one for each, oldest first.
async fn entered(db: &Db) -> Vec<String> {
    let mut tx = db.begin_read(TENANT).await.unwrap();
    query_sql(&mut tx, "SELECT covers AS value FROM log_entry ORDER BY seq").await.unwrap()
}

/// Does something to a covered table and looks that just this one row was entered, and fits.
async fn does(db: &Db, table: &str, what: impl AsyncFnOnce(&mut Tx)) {
    let before = entered(db).await;
    let mut tx = db.begin_write(TENANT).await.unwrap();
    what(&mut tx).await;
    tx.commit().await.unwrap();
    assert_eq!(entered(db).await[before.len()..], [table]);
    let mut tx = db.begin_read(TENANT).await.unwrap();
    assert_eq!(log::check(&mut tx).await.unwrap().findings, vec![], "{table}");
}

#[tokio::test]
async fn each_covered_table_enters_what_is_inserted_and_what_is_changed() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        terminal(&mut tx).await;
        let ani = person(&mut tx, 1, "Ani", DINAS, date(2026, 1, 1)).await;
        tx.commit().await.unwrap();
        of_a_person(&db, ani).await;
        of_attendance(&db, ani).await;
        of_rules(&db).await;
        of_the_log_and_the_month(&db, ani).await;
        let mut seen: BTreeSet<String> = entered(&db).await.into_iter().collect();
        assert!(seen.remove("log_head"), "the first entry names the key");
        let all: BTreeSet<String> = covered_tables().into_iter().map(str::to_owned).collect();
        assert_eq!(seen, all, "a table that is covered now has no case here");
    })
    .await;
}

async fn of_a_person(db: &Db, ani: domain::ids::EmployeeId) {
    let since = date(2026, 5, 1);
    let class = fact(ani, names::KELAS, since, "9");
    does(db, "employee_attribute", async |tx| {
        employee::add_attributes(tx, std::slice::from_ref(&class)).await.unwrap();
    })
    .await;
    does(db, "employee_attribute", async |tx| {
        let same = employee::Attribute { value: Some("10".into()), ..class.clone() };
        employee::add_attributes(tx, &[same]).await.unwrap();
    })
    .await;
    does(db, "employee_attribute", async |tx| {
        employee::revoke_attribute(tx, ani, names::KELAS, since, start(), start()).await.unwrap();
    })
    .await;
    does(db, "employee_number", async |tx| {
        let number = employee::EmployeeNumber {
            employee_id: ani,
            number: "198003152005011999".into(),
            kind: employee::NumberKind::Nip,
            valid_from: since,
            valid_until: None,
            recorded_at: start(),
            import_id: None,
        };
        employee::add_numbers(tx, &[number]).await.unwrap();
    })
    .await;
    does(db, "pin_map", async |tx| {
        let owner = pin_map::PinOwner {
            group_id: GROUP,
            pin: "1".into(),
            valid_from: date(2026, 1, 1),
            recorded_at: start(),
            employee_id: ani,
            valid_until: None,
            actor: "test".into(),
        };
        pin_map::map(tx, &[owner]).await.unwrap();
    })
    .await;
    let grant = account::Grant {
        grant_id: record_id(),
        account_id: AccountId(id()),
        role: Role::AdminOpd,
        unit_id: Some(DINAS),
        valid_from: since,
        valid_until: None,
        granted_by: "cli".into(),
        recorded_at: start(),
    };
    does(db, "role_grant", async |tx| {
        account::grant(tx, std::slice::from_ref(&grant)).await.unwrap();
    })
    .await;
    does(db, "role_grant", async |tx| {
        account::revoke_grant(tx, grant.grant_id, "cli", start()).await.unwrap();
    })
    .await;
}

async fn of_attendance(db: &Db, ani: domain::ids::EmployeeId) {
    let mut press = [at("1", datetime(2026, 11, 2, 7, 0, 0, 0))];
    does(db, "punch", async |tx| {
        pin_map::resolve(tx, &mut press).await.unwrap();
        punch::insert_batch(tx, &press).await.unwrap();
    })
    .await;
    does(db, "punch", async |tx| punch::void(tx, press[0].punch_id, "cli", start()).await.unwrap()).await;
    let leave = leave_of(ani);
    does(db, "person_status", async |tx| {
        status::add(tx, std::slice::from_ref(&leave)).await.unwrap();
    })
    .await;
    does(db, "person_status", async |tx| {
        status::approve(tx, leave.status_id, "kepala", start()).await.unwrap();
    })
    .await;
    does(db, "person_status", async |tx| {
        status::revoke(tx, leave.status_id, "cli", start()).await.unwrap();
    })
    .await;
    let apel = event::Event {
        event_id: record_id(),
        kind: "apel".into(),
        day: date(2026, 11, 2),
        name: "Apel".into(),
        unit_id: None,
        part: "morning".into(),
        actor: "cli".into(),
        recorded_at: start(),
    };
    does(db, "event", async |tx| {
        event::add(tx, std::slice::from_ref(&apel)).await.unwrap();
    })
    .await;
    does(db, "event_attendance", async |tx| {
        let there = event::Attendance {
            event_id: apel.event_id,
            employee_id: ani,
            recorded_at: start(),
            state: event::AttendanceState::Absent,
            actor: "cli".into(),
        };
        event::attend(tx, &[there]).await.unwrap();
    })
    .await;
    does(db, "event", async |tx| event::revoke(tx, apel.event_id, start()).await.unwrap()).await;
    does(db, "roster_entry", async |tx| {
        let shift = roster::RosterEntry {
            employee_id: ani,
            day: date(2026, 11, 2),
            recorded_at: start(),
            shift: "malam".into(),
            actor: "cli".into(),
            import_id: None,
        };
        roster::add(tx, &[shift]).await.unwrap();
    })
    .await;
    does(db, "roster_entry", async |tx| {
        assert_eq!(roster::revoke(tx, ani, date(2026, 11, 2), start()).await.unwrap(), 1);
    })
    .await;
    does(db, "month_input", async |tx| {
        let figure = month_input::MonthInput {
            employee_id: ani,
            month: "2026-11".parse().unwrap(),
            name: "lkh_days".into(),
            recorded_at: start(),
            value: "19".into(),
            actor: "cli".into(),
            import_id: None,
        };
        month_input::add(tx, &[figure]).await.unwrap();
    })
    .await;
    let dark = outage::Outage {
        outage_id: record_id(),
        unit_id: Some(DINAS),
        terminal_id: None,
        from_at: start(),
        until_at: None,
        kind: GapCause::Declared,
        cause: "listrik padam".into(),
        actor: "cli".into(),
        recorded_at: start(),
    };
    does(db, "outage", async |tx| {
        outage::add(tx, std::slice::from_ref(&dark)).await.unwrap();
    })
    .await;
    does(db, "outage", async |tx| outage::end(tx, dark.outage_id, start() + 1.hour()).await.unwrap()).await;
    does(db, "outage", async |tx| outage::revoke(tx, dark.outage_id, "cli", start()).await.unwrap()).await;
}

async fn of_rules(db: &Db) {
    let bidang =
        org::Unit { parent_id: Some(DINAS), ..org::Unit::new(UnitId(id()), "BID", "Bidang", start()) };
    does(db, "org_unit", async |tx| {
        org::put(tx, std::slice::from_ref(&bidang)).await.unwrap();
    })
    .await;
    does(db, "org_unit", async |tx| {
        org::put(tx, &[org::Unit { is_opd: true, ..bidang.clone() }]).await.unwrap();
    })
    .await;
    let day = date(2026, 12, 25);
    let holiday = calendar::HolidayRow {
        holiday_id: record_id(),
        layer: Level::National,
        unit_id: None,
        day,
        kind: DayRule::Free(HolidayKind::Libur),
        name: "Natal".into(),
        source: "SKB".into(),
        recorded_at: start(),
        actor: "cli".into(),
    };
    does(db, "holiday", async |tx| {
        calendar::add_days(tx, std::slice::from_ref(&holiday)).await.unwrap();
    })
    .await;
    does(db, "holiday", async |tx| {
        calendar::withdraw(tx, CalendarEntry::Day, holiday.holiday_id, start()).await.unwrap();
    })
    .await;
    let ramadan = calendar::PeriodRow {
        period_id: record_id(),
        kind: "ramadan".into(),
        layer: Level::National,
        unit_id: None,
        first_day: date(2026, 2, 19),
        last_day: date(2026, 3, 19),
        name: "Ramadan".into(),
        source: "isbat".into(),
        recorded_at: start(),
        actor: "cli".into(),
    };
    does(db, "calendar_period", async |tx| {
        calendar::add_periods(tx, std::slice::from_ref(&ramadan)).await.unwrap();
    })
    .await;
    does(db, "calendar_period", async |tx| {
        calendar::withdraw(tx, CalendarEntry::Period, ramadan.period_id, start()).await.unwrap();
    })
    .await;
    does(db, "schedule", async |tx| {
        let week = schedule::ScheduleRow {
            code: "5h".into(),
            valid_from: day,
            recorded_at: start(),
            name: "Lima hari".into(),
            spec: "{}".into(),
            actor: "cli".into(),
        };
        schedule::add(tx, &[week]).await.unwrap();
    })
    .await;
    does(db, "unit_schedule", async |tx| {
        let of_unit = schedule::UnitSchedule {
            unit_id: DINAS,
            valid_from: day,
            recorded_at: start(),
            schedule_code: "5h".into(),
            actor: "cli".into(),
        };
        schedule::assign(tx, &[of_unit]).await.unwrap();
    })
    .await;
    does(db, "opd_stage", async |tx| {
        let stage = org::StageRecord {
            unit_id: DINAS,
            since: day,
            recorded_at: start(),
            stage: Stage::UjiCoba,
            note: String::new(),
            actor: "cli".into(),
        };
        org::add_stages(tx, &[stage]).await.unwrap();
    })
    .await;
    let amount = tpp_amount::TppAmount {
        amount_id: record_id(),
        valid_from: day,
        kelas: Some(7),
        jabatan: None,
        unit_id: Some(DINAS),
        amount: "4999999".parse().unwrap(),
        legal_basis: "Perbup 7/2022".into(),
        actor: "cli".into(),
        recorded_at: start(),
        import_id: None,
    };
    does(db, "tpp_amount", async |tx| {
        tpp_amount::add(tx, std::slice::from_ref(&amount)).await.unwrap();
    })
    .await;
    does(db, "tpp_amount", async |tx| tpp_amount::withdraw(tx, amount.amount_id, start()).await.unwrap())
        .await;
    does(db, "policy", async |tx| {
        let text = policy::PolicyRow {
            policy_id: "kab".into(),
            version: "1".into(),
            text: "name = 'x'".into(),
            sha256: "ab".into(),
            effective_from: day,
            effective_until: None,
            recorded_at: start(),
            recorded_by: "cli".into(),
            activated_at: None,
            activated_by: None,
            second_approver: None,
            withdrawn_at: None,
        };
        policy::add(tx, &[text]).await.unwrap();
    })
    .await;
    does(db, "policy", async |tx| {
        policy::activate(tx, ("kab", "1"), "a", Some("b"), start()).await.unwrap();
    })
    .await;
    does(db, "policy", async |tx| policy::withdraw(tx, "kab", "1", start()).await.unwrap()).await;
}

async fn of_the_log_and_the_month(db: &Db, ani: domain::ids::EmployeeId) {
    let month = "2026-11".parse().unwrap();
    does(db, "month_close", async |tx| {
        let lock = month_close::MonthClose {
            unit_id: DINAS,
            month,
            version: 1,
            state: month_close::CloseState::Reopened,
            actor: "cli".into(),
            at: start(),
            digest: "d".into(),
            payload: "[]".into(),
            note: String::new(),
        };
        month_close::add(tx, &lock).await.unwrap();
    })
    .await;
    does(db, "month_carry", async |tx| {
        let carried = "{}".into();
        let row = month_carry::MonthCarry { employee_id: ani, month, unit_id: DINAS, version: 1, carried };
        month_carry::add(tx, &[row]).await.unwrap();
    })
    .await;
    does(db, "month_carry", async |tx| {
        assert_eq!(month_carry::revoke(tx, DINAS, month, start()).await.unwrap(), 1);
    })
    .await;
    does(db, "audit", async |tx| {
        let deed = audit::AuditEntry {
            audit_id: record_id(),
            at: start(),
            actor: "cli".into(),
            action: "x".into(),
            subject_kind: "log".into(),
            subject_id: String::new(),
            detail: serde_json::json!({}),
            ip: String::new(),
        };
        audit::write(tx, &[deed]).await.unwrap();
    })
    .await;
    does(db, "log_event", async |tx| {
        let event = log::LogEvent {
            event_id: record_id(),
            at: start(),
            what: log::LogEventKind::BegunAnew,
            origin: "x".into(),
            published: 0,
            root: String::new(),
            lost: 0,
            reason: "r".into(),
            actor: "cli".into(),
        };
        log::add_event(tx, &event).await.unwrap();
    })
    .await;
    does(db, "log_key", async |tx| {
        let key = log::LogKey {
            key_id: record_id(),
            at: start(),
            vkey: "a".into(),
            replaces: "b".into(),
            reason: "r".into(),
            actor: "cli".into(),
        };
        log::add_key(tx, &key).await.unwrap();
    })
    .await;
    does(db, "erasure", async |tx| {
        let erasure = erasure::Erasure {
            erasure_id: record_id(),
            at: start(),
            scope: erasure::Scope::Facts,
            employee_id: None,
            until_day: None,
            entries: erasure::Places::default(),
            entry_count: 0,
            sheets: "[]".into(),
            reason: "r".into(),
            legal_basis: "b".into(),
            actor: "cli".into(),
        };
        erasure::add(tx, &erasure).await.unwrap();
    })
    .await;
}
