//! What earlier months hand on: counters of the year, runs over the end of a month, with and without locks.

use domain::ids::EmployeeId;
use rust_decimal::Decimal;
use service::closing;
use store::testing::{TENANT, each_engine, run_sql};

use crate::world::{World, month};

/// Stages by days of TK in the year, and a run of four days over whatever months.
const LOOKS_BACK: &str = r#"
[policy]
id = "tahunan"
title = "Menghitung setahun"
effective_from = 2025-01-01
legal_basis = "Perbup uji"
[[rule]]
code = "TAHUN"
on = "year:tk_days"
min = 3
pct = 10
of = "tpp"
article = "Pasal 1"
[[rule]]
code = "BERUNTUN"
on = "longest_tk_run"
min = 4
pct = 20
of = "tpp"
article = "Pasal 2"
[[rule]]
code = "BEBAS"
on = "late"
nth = [1, 3]
nth_in = "year"
pct = 0
of = "tpp"
article = "Pasal 3"
[[rule]]
code = "TL"
on = "late"
nth = { min = 4 }
nth_in = "year"
pct = 1
of = "tpp"
article = "Pasal 3"
"#;

/// The rules that cut in a month.
async fn cuts(world: &World, id: EmployeeId, of: &str) -> Vec<String> {
    let sheet = world.load(of).await;
    let tpp = sheet.person(id).unwrap().tpp.clone().unwrap();
    let paid = tpp.lines.iter().filter(|line| line.rupiah.0 > Decimal::ZERO);
    let mut codes: Vec<String> = paid.map(|line| line.code.to_string()).collect();
    codes.sort();
    codes
}

#[tokio::test]
async fn the_year_begins_anew_and_a_run_goes_on_over_new_year() {
    each_engine(async |db| {
        let world = World::new(db, "2026-02-03T08:00", &[LOOKS_BACK]).await;
        let id = world.person("A").await;
        let absent = ["2025-12-29", "2025-12-30", "2025-12-31", "2026-01-02"];
        world.worked(id, "2025-12-01", "2026-01-31", &absent, &[]).await;
        assert_eq!(cuts(&world, id, "2025-12").await, ["TAHUN"], "three days in 2025");
        assert_eq!(cuts(&world, id, "2026-01").await, ["BERUNTUN"], "four in a row, one in 2026");
    })
    .await;
}

#[tokio::test]
async fn a_locked_month_hands_on_what_was_locked_until_it_is_opened_again() {
    each_engine(async |db| {
        let world = World::new(db, "2026-02-03T08:00", &[LOOKS_BACK]).await;
        let id = world.person("A").await;
        let absent = ["2025-12-29", "2025-12-30", "2025-12-31", "2026-01-02"];
        world.worked(id, "2025-12-01", "2026-01-31", &absent, &[]).await;
        world.confirm_absent(id, "2025-12-29", "2025-12-31").await;
        world.lock("2025-12").await.unwrap();
        // Punches that arrive after the lock change nothing of what it hands on.
        world.worked(id, "2025-12-29", "2025-12-31", &[], &[]).await;
        assert_eq!(cuts(&world, id, "2026-01").await, ["BERUNTUN"]);
        closing::reopen(&world.office, world.opd, month("2025-12"), "Surat 800/9", "bkpsdm").await.unwrap();
        assert!(cuts(&world, id, "2026-01").await.is_empty(), "opened again, the facts count");
        world.lock("2025-12").await.unwrap();
        assert!(cuts(&world, id, "2026-01").await.is_empty(), "and the new lock holds");
    })
    .await;
}

#[tokio::test]
async fn a_run_over_two_months_and_stages_of_the_year() {
    each_engine(async |db| {
        let world = World::new(db, "2026-08-03T08:00", &[LOOKS_BACK]).await;
        let id = world.person("A").await;
        let absent = ["2026-03-02", "2026-06-29", "2026-06-30", "2026-07-01", "2026-07-02"];
        let late = ["2026-01-05", "2026-03-03", "2026-05-04", "2026-07-20", "2026-07-21"];
        world.worked(id, "2026-01-01", "2026-07-31", &absent, &late).await;
        assert!(cuts(&world, id, "2026-05").await.is_empty(), "three times late in the year are free");
        assert_eq!(cuts(&world, id, "2026-06").await, ["TAHUN"], "one day in March and two in June");
        assert_eq!(cuts(&world, id, "2026-07").await, ["BERUNTUN", "TAHUN", "TL", "TL"]);
    })
    .await;
}

#[tokio::test]
async fn whoever_joined_within_the_year_counts_from_then() {
    each_engine(async |db| {
        let world = World::new(db, "2026-07-03T08:00", &[LOOKS_BACK]).await;
        let id = world.person_since("A", "2026-05-11").await;
        world.worked(id, "2026-05-11", "2026-06-30", &["2026-05-12", "2026-05-18", "2026-06-10"], &[]).await;
        assert_eq!(cuts(&world, id, "2026-06").await, ["TAHUN"]);
        assert!(cuts(&world, id, "2026-05").await.is_empty());
    })
    .await;
}

/// The punches of the locked months are gone, so whatever still counts can only come from the locks.
#[tokio::test]
async fn locked_months_are_not_judged_again() {
    each_engine(async |db| {
        let world = World::new(db, "2026-04-02T08:00", &[LOOKS_BACK]).await;
        let id = world.person("A").await;
        let late = ["2026-01-05", "2026-01-06", "2026-02-03", "2026-03-03"];
        world.worked(id, "2026-01-01", "2026-03-31", &[], &late).await;
        world.lock("2026-01").await.unwrap();
        world.lock("2026-02").await.unwrap();
        let mut tx = world.office.db.begin_write(TENANT).await.unwrap();
        run_sql(&mut tx, "DELETE FROM punch WHERE tenant_id = 1 AND local_time < '2026-03'").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(cuts(&world, id, "2026-03").await, ["TL"], "the fourth of the year");
        let card = world.card("2026-03", id).await;
        assert_eq!((card.late_days, card.late_minutes, card.absent), (4, 120, 0));
    })
    .await;
}

#[tokio::test]
async fn looking_back_costs_no_statement_however_many_months_are_open() {
    each_engine(async |db| {
        let world = World::new(db, "2026-12-03T08:00", &[LOOKS_BACK]).await;
        for n in 0..3 {
            let id = world.person(&format!("P{n}")).await;
            world.worked(id, "2026-11-01", "2026-11-30", &[], &[]).await;
        }
        let mut counts = Vec::new();
        for of in ["2026-11", "2026-02"] {
            world.load(of).await;
            let before = world.office.db.statements();
            world.load(of).await;
            counts.push(world.office.db.statements() - before);
        }
        assert_eq!(counts[0], counts[1], "ten open months and one");
        assert!(counts[0] < 9, "{counts:?}: the page itself needs one more for its session");
    })
    .await;
}
