//! What keeps a month from being locked, and what does not.

use domain::{lang::Lang, org::Stage};
use service::{
    figures,
    month::{Problem, ProblemKind},
};
use store::{
    employee::names,
    testing::{TENANT, each_engine},
};

use crate::world::{World, month};

/// Needs a figure that comes from elsewhere.
const WITH_FIGURE: &str = include_str!("../../../../policies/default-60-40.toml");

/// Needs nothing but the days.
const PLAIN: &str = r#"
[policy]
id = "sederhana"
title = "Sederhana"
effective_from = 2025-01-01
legal_basis = "Perbup uji"
[applies_to]
employment = ["pns"]
[[rule]]
code = "TK"
on = "absent"
pct = 3
of = "tpp"
article = "Pasal 1"
"#;

async fn open(world: &World) -> Vec<Problem> {
    let found = world.load("2026-06").await.problems();
    for problem in &found {
        assert!(!problem.remedy(Lang::Id).is_empty() && !problem.remedy(Lang::En).is_empty());
        assert_ne!(problem.text(Lang::Id), problem.text(Lang::En));
    }
    found
}

/// June 2026 of one person, everything in order.
async fn june(db: store::Db, policies: &[&str]) -> (World, domain::ids::EmployeeId) {
    let world = World::new(db, "2026-07-02T08:00", policies).await;
    let id = world.person("A").await;
    world.worked(id, "2026-06-01", "2026-06-30", &[], &["2026-06-10"]).await;
    (world, id)
}

#[tokio::test]
async fn a_month_in_which_nothing_is_open_is_locked() {
    each_engine(async |db| {
        let (world, id) = june(db, &[PLAIN]).await;
        assert!(open(&world).await.is_empty());
        world.lock("2026-06").await.unwrap();
        let sheet = world.load("2026-06").await;
        assert!(sheet.is_locked());
        assert_eq!(sheet.person(id).unwrap().totals().late_days, 1);
    })
    .await;
}

#[tokio::test]
async fn a_month_that_is_not_over_waits() {
    each_engine(async |db| {
        let (world, _) = june(db, &[PLAIN]).await;
        world.at("2026-06-30T20:00").await;
        let found = open(&world).await;
        assert!(found.iter().any(|p| p.kind == ProblemKind::MonthNotOver && p.blocks()));
        assert!(world.lock("2026-06").await.is_err());
    })
    .await;
}

#[tokio::test]
async fn an_absence_waits_for_a_reason_or_a_confirmation() {
    each_engine(async |db| {
        let (world, _) = june(db, &[PLAIN]).await;
        let id = world.person("B").await;
        world.worked(id, "2026-06-01", "2026-06-30", &["2026-06-03"], &[]).await;
        let found = open(&world).await;
        assert!(matches!(found[0].kind, ProblemKind::UnexplainedAbsence(_)) && found[0].blocks());
        assert!(world.lock("2026-06").await.is_err());
        world.confirm_absent(id, "2026-06-03", "2026-06-03").await;
        world.lock("2026-06").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_missing_punch_may_stay() {
    each_engine(async |db| {
        let (world, id) = june(db, &[PLAIN]).await;
        world.remove_punches("local_time LIKE '2026-06-04T16%' OR local_time LIKE '2026-06-04 16%'").await;
        let found = open(&world).await;
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(matches!(found[0].kind, ProblemKind::MissingPunch(_)) && !found[0].blocks());
        assert_eq!(found[0].person.as_ref().unwrap().0, id);
        world.lock("2026-06").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn whom_no_terminal_knows_and_who_has_no_roster_wait() {
    each_engine(async |db| {
        let (world, _) = june(db, &[PLAIN]).await;
        world.person("B").await;
        let found = open(&world).await;
        assert!(found.iter().any(|p| p.kind == ProblemKind::NoPin && p.blocks()), "{found:?}");
        assert!(world.lock("2026-06").await.is_err());
    })
    .await;
}

#[tokio::test]
async fn without_any_policy_nobody_can_say_what_the_month_pays() {
    each_engine(async |db| {
        let (world, _) = june(db, &[]).await;
        let found = open(&world).await;
        assert_eq!(found.len(), 1, "once, not for every person: {found:?}");
        assert!(found[0].kind == ProblemKind::NoPolicy && found[0].blocks());
        assert!(world.lock("2026-06").await.is_err());
        world.stage("2026-01-01", Stage::UjiCoba).await;
        assert!(!open(&world).await[0].blocks(), "on trial nothing is paid by it");
        world.lock("2026-06").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn without_an_amount_the_pay_is_not_known() {
    each_engine(async |db| {
        let (world, id) = june(db, &[PLAIN]).await;
        world.fact(id, names::TPP, "2026-06-01", "").await;
        let found = open(&world).await;
        assert!(found[0].kind == ProblemKind::NoAmount && found[0].blocks(), "{found:?}");
        assert!(world.lock("2026-06").await.is_err());
        world.at("2026-07-02T09:00").await;
        world.fact(id, names::TPP, "2026-06-01", "0").await;
        world.lock("2026-06").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn whom_no_policy_covers_is_only_named_but_an_unknown_kind_waits() {
    each_engine(async |db| {
        let (world, id) = june(db, &[PLAIN]).await;
        world.fact(id, names::KIND, "2026-06-01", "pppk_paruh_waktu").await;
        let found = open(&world).await;
        assert!(found[0].kind == ProblemKind::NotCovered && !found[0].blocks(), "{found:?}");
        world.at("2026-07-02T09:00").await;
        world.fact(id, names::KIND, "2026-06-01", "").await;
        let found = open(&world).await;
        assert!(found[0].kind == ProblemKind::NoKind && found[0].blocks(), "{found:?}");
    })
    .await;
}

/// The engine cuts nothing for a figure that nobody gave, so a lock would pay it in full.
#[tokio::test]
async fn a_figure_that_the_policy_needs_is_imported_before_the_lock() {
    each_engine(async |db| {
        let (world, id) = june(db, &[WITH_FIGURE]).await;
        let found = open(&world).await;
        assert_eq!(found[0].kind, ProblemKind::MissingInput("lkh_minutes".into()));
        assert!(found[0].blocks() && world.lock("2026-06").await.is_err());
        let number = world.number(id).await;
        let import = async |text: String| {
            let mut tx = world.office.db.begin_write(TENANT).await.unwrap();
            let report =
                figures::import(&world.office, &mut tx, month("2026-06"), text.as_bytes(), "bkpsdm").await;
            tx.commit().await.unwrap();
            report
        };
        assert!(import("nama;lkh_minutes\nA;1".into()).await.is_err(), "no NIP");
        assert!(import(format!("NIP;lembur\n{number};1")).await.is_err(), "no policy asks for it");
        let wrong = import(format!("NIP;lkh_minutes\n{number};6.250\n199001012020011999;1")).await.unwrap();
        assert_eq!((wrong.problems.len(), wrong.stored), (2, 0));
        assert!(wrong.problems[0].sentence(Lang::Id).starts_with("baris 2: lkh_minutes"), "{wrong:?}");
        assert!(world.lock("2026-06").await.is_err(), "nothing was stored");
        let good =
            import(format!("\u{feff}NIP;lkh_minutes\r\n'{number};6250\r\n").replace('\'', "")).await.unwrap();
        assert_eq!((good.people, good.stored), (1, 1));
        world.lock("2026-06").await.unwrap();
        let late = import(format!("NIP,lkh_minutes\n{number},10")).await.unwrap();
        assert!(late.problems[0].sentence(Lang::En).contains("locked"), "{late:?}");
    })
    .await;
}
