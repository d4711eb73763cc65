//! Erased facts: rows and salts go, the entries stay, and whoever takes a salt away without saying so is found.

use jiff::civil::{date, datetime};
use store::{
    Db,
    erasure::{self, Erasure, Places, Scope},
    log::{self, Finding},
    punch, status,
    testing::{TENANT, each_engine, query_sql, run_sql, start},
};

use crate::{
    fixture::{DINAS, person, punch as at, record_id, terminal},
    statuses::leave_of,
};

/// Budi with two punches and a leave in November, and Ani with a punch.
async fn month(db: &Db) -> domain::ids::EmployeeId {
    let mut tx = db.begin_write(TENANT).await.unwrap();
    terminal(&mut tx).await;
    let budi = person(&mut tx, 1, "Budi", DINAS, date(2026, 1, 1)).await;
    let ani = person(&mut tx, 2, "Ani", DINAS, date(2026, 1, 1)).await;
    for (pin, employee_id) in [("1", budi), ("2", ani)] {
        let owner = store::pin_map::PinOwner {
            group_id: crate::fixture::GROUP,
            pin: pin.into(),
            valid_from: date(2026, 1, 1),
            recorded_at: start(),
            employee_id,
            valid_until: None,
            actor: "test".into(),
        };
        store::pin_map::map(&mut tx, &[owner]).await.unwrap();
    }
    let mut rows = vec![
        at("1", datetime(2026, 11, 2, 7, 0, 0, 0)),
        at("1", datetime(2026, 11, 3, 7, 0, 0, 0)),
        at("2", datetime(2026, 11, 2, 7, 1, 0, 0)),
    ];
    store::pin_map::resolve(&mut tx, &mut rows).await.unwrap();
    punch::insert_batch(&mut tx, &rows).await.unwrap();
    status::add(&mut tx, &[leave_of(budi)]).await.unwrap();
    tx.commit().await.unwrap();
    budi
}

fn said(entries: Places) -> Erasure {
    Erasure {
        erasure_id: record_id(),
        at: start(),
        scope: Scope::Facts,
        employee_id: None,
        until_day: Some(date(2026, 11, 2)),
        entry_count: entries.count(),
        entries,
        sheets: "[]".into(),
        reason: "permintaan".into(),
        legal_basis: "UU 27/2022 Ps. 43".into(),
        actor: "admin".into(),
    }
}

async fn findings(db: &Db) -> Vec<Finding> {
    let mut tx = db.begin_read(TENANT).await.unwrap();
    log::check(&mut tx).await.unwrap().findings
}

async fn salts(db: &Db) -> Vec<String> {
    let mut tx = db.begin_read(TENANT).await.unwrap();
    let sql = "SELECT covers AS value FROM log_entry WHERE salt IS NULL ORDER BY seq";
    query_sql(&mut tx, sql).await.unwrap()
}

#[tokio::test]
async fn the_facts_of_a_time_go_and_everything_else_still_fits() {
    each_engine(async |db| {
        let budi = month(&db).await;
        let mut tx = db.begin_write(TENANT).await.unwrap();
        let erased = erasure::facts(&mut tx, budi, date(2026, 11, 2)).await.unwrap();
        assert_eq!((erased.rows, erased.entries.count()), (vec![("punch", 1)], 1));
        erasure::add(&mut tx, &said(erased.entries.clone())).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(salts(&db).await, ["punch"]);
        let mut tx = db.begin_read(TENANT).await.unwrap();
        let checked = log::check(&mut tx).await.unwrap();
        assert_eq!((checked.erased, checked.findings), (1, vec![]));
        let place: i64 = erased.entries.to_string().parse().unwrap();
        let found = erasure::of_entry(&mut tx, place).await.unwrap().unwrap();
        assert_eq!((found.reason.as_str(), found.actor.as_str()), ("permintaan", "admin"));
        assert_eq!(erasure::of_entry(&mut tx, place + 1).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn of_an_erased_person_nothing_is_left_that_names_them() {
    each_engine(async |db| {
        let budi = month(&db).await;
        let mut tx = db.begin_write(TENANT).await.unwrap();
        let erased = erasure::person(&mut tx, budi).await.unwrap();
        // Number, unit, PIN, two punches, and the leave.
        assert_eq!(erased.entries.count(), 6);
        erasure::add(&mut tx, &Erasure { scope: Scope::Person, ..said(erased.entries) }).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.begin_read(TENANT).await.unwrap();
        for table in
            ["employee", "employee_number", "employee_attribute", "punch", "pin_map", "person_status"]
        {
            let sql = match table {
                "employee" => "SELECT name AS value FROM employee",
                "employee_number" => "SELECT number AS value FROM employee_number",
                "employee_attribute" => "SELECT DISTINCT attribute AS value FROM employee_attribute",
                "punch" => "SELECT pin AS value FROM punch",
                "pin_map" => "SELECT pin AS value FROM pin_map",
                _ => "SELECT code AS value FROM person_status",
            };
            let left = query_sql(&mut tx, sql).await.unwrap();
            assert_eq!(left.len(), usize::from(table != "person_status"), "{table}: {left:?}");
        }
        let checked = log::check(&mut tx).await.unwrap();
        assert_eq!((checked.erased, checked.findings), (6, vec![]));
        let silent = ["employee_attribute", "employee_number", "person_status", "pin_map", "punch"];
        let mut salts = salts(&db).await;
        salts.sort();
        salts.dedup();
        assert_eq!(salts, silent);
    })
    .await;
}

#[tokio::test]
async fn the_months_that_count_are_those_of_everything_that_would_go() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        crate::fixture::units(&mut tx).await;
        let since = date(2026, 1, 1);
        let ani = person(&mut tx, 1, "Ani", DINAS, since).await;
        let months = async |tx: &mut store::Tx| {
            let found = erasure::months_with_facts(tx, ani, date(2026, 12, 31)).await.unwrap();
            found.into_iter().map(|month| month.to_string()).collect::<Vec<_>>()
        };
        let mut leave = leave_of(ani);
        (leave.first_day, leave.last_day) = (date(2026, 2, 25), date(2026, 4, 2));
        status::add(&mut tx, &[leave]).await.unwrap();
        assert_eq!(months(&mut tx).await, ["2026-02", "2026-03", "2026-04"], "also the month between");
        let carry = store::month_carry::MonthCarry {
            employee_id: ani,
            month: "2026-06".parse().unwrap(),
            unit_id: DINAS,
            version: 1,
            carried: "{}".into(),
        };
        store::month_carry::add(&mut tx, &[carry]).await.unwrap();
        let apel = store::event::Event {
            event_id: record_id(),
            kind: "apel".into(),
            day: date(2026, 8, 17),
            name: "Upacara".into(),
            unit_id: None,
            part: "morning".into(),
            actor: "cli".into(),
            recorded_at: start(),
        };
        store::event::add(&mut tx, std::slice::from_ref(&apel)).await.unwrap();
        let there = store::event::Attendance {
            event_id: apel.event_id,
            employee_id: ani,
            recorded_at: start(),
            state: store::event::AttendanceState::Absent,
            actor: "cli".into(),
        };
        store::event::attend(&mut tx, &[there]).await.unwrap();
        assert_eq!(months(&mut tx).await, ["2026-02", "2026-03", "2026-04", "2026-06", "2026-08"]);
    })
    .await;
}

#[tokio::test]
async fn whoever_pretends_an_erasure_is_found() {
    let silence = "UPDATE log_entry SET salt = NULL WHERE subject =
        (SELECT punch_id FROM punch WHERE pin = '1' AND local_time LIKE '2026-11-02%')";
    let cases = [
        silence.to_owned(),
        format!(
            "{silence}; UPDATE punch SET local_time = '2026-11-02 07:59:00' WHERE pin = '1' AND local_time LIKE '2026-11-02%'"
        ),
        format!("{silence}; DELETE FROM punch WHERE pin = '1' AND local_time LIKE '2026-11-02%'"),
        format!("{silence}; UPDATE log_entry SET covers = '' WHERE salt IS NULL"),
    ];
    each_engine(async |db| {
        month(&db).await;
        assert_eq!(findings(&db).await, vec![]);
        for sql in &cases {
            let mut tx = db.begin_write(TENANT).await.unwrap();
            run_sql(&mut tx, sql).await.unwrap();
            let found = log::check(&mut tx).await.unwrap().findings;
            assert!(
                found.iter().any(
                    |f| matches!(f, Finding::Silenced { table, .. } if table.is_empty() || table == "punch")
                ),
                "{sql}: {found:?}"
            );
            tx.rollback().await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn an_erasure_that_is_extended_behind_the_program_is_found_itself_and_excuses_nothing() {
    each_engine(async |db| {
        let budi = month(&db).await;
        let mut tx = db.begin_write(TENANT).await.unwrap();
        let erased = erasure::facts(&mut tx, budi, date(2026, 11, 2)).await.unwrap();
        erasure::add(&mut tx, &said(erased.entries)).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.begin_write(TENANT).await.unwrap();
        run_sql(
            &mut tx,
            "UPDATE erasure SET entries = '0-9'; UPDATE log_entry SET salt = NULL WHERE seq = 5",
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let found = findings(&db).await;
        assert!(found.iter().any(|f| matches!(f, Finding::Changed { table: "erasure", .. })), "{found:?}");
        // Nor does it excuse what it was extended for, also when nobody can open its own entry any more.
        let silenced = |found: &[Finding]| {
            found.iter().any(|f| matches!(f, Finding::Silenced { entry, .. } if entry.index == 5))
        };
        assert!(silenced(&found), "{found:?}");
        let mut tx = db.begin_write(TENANT).await.unwrap();
        let silence =
            "UPDATE erasure SET entries = '0-99'; UPDATE log_entry SET salt = NULL WHERE covers = 'erasure'";
        run_sql(&mut tx, silence).await.unwrap();
        tx.commit().await.unwrap();
        let found = findings(&db).await;
        assert!(silenced(&found), "{found:?}");
    })
    .await;
}
