//! The policy, the amounts, the figures of the month, and some books that are closed already.

use domain::{
    ids::{EmployeeId, RecordId, StatusId},
    month::Month,
    org::Stage as Rollout,
    status::StatusCode,
};
use jiff::civil::date;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rust_decimal::Decimal;
use service::{
    closing,
    month::{CONFIRMED_ABSENT, ProblemKind, Wanted, load},
    policy_admin,
};
use sim::population::regency::OPDS;
use store::{
    Scope,
    month_input::{self, MonthInput},
    status::{self, PersonStatus},
    tpp_amount::{self, TppAmount},
};

use super::{Stage, organisation::UnitIds};

/// The invented regulation.
const POLICY: &str = include_str!("perbup-contoh.toml");

/// Rupiah a month for classes 1 to 17, invented.
const AMOUNTS: [i64; 17] = [
    1_100_000, 1_200_000, 1_350_000, 1_500_000, 1_750_000, 2_100_000, 2_600_000, 3_300_000, 4_250_000,
    5_200_000, 6_500_000, 8_250_000, 10_500_000, 14_000_000, 18_500_000, 22_000_000, 26_000_000,
];

/// OPDs whose last month is locked when the demo opens.
const CLOSED: [&str; 5] = ["BPKAD", "BAPPEDA", "DISKOMINFO", "INSPEKTORAT", "DPMPTSP"];

pub(super) async fn seed(stage: &Stage, people: &[EmployeeId]) -> anyhow::Result<()> {
    let office = &stage.office;
    let mut tx = office.db.begin_write(office.tenant).await?;
    if let Err(refusal) = policy_admin::activate(office, &mut tx, POLICY, "demo", "demo-2").await {
        anyhow::bail!("the policy of the demo is not accepted: {refusal:?}");
    }
    let amounts: Vec<TppAmount> =
        (1..).zip(AMOUNTS).map(|(kelas, amount)| amount_row(stage, kelas, amount)).collect();
    tpp_amount::add(&mut tx, &amounts).await?;
    for month in [stage.last_month(), Month::of(stage.today)] {
        month_input::add(&mut tx, &reports(stage, people, month)).await?;
    }
    service::reference::moved(office, &mut tx, "demo").await?;
    tx.commit().await?;
    Ok(())
}

fn amount_row(stage: &Stage, kelas: i64, amount: i64) -> TppAmount {
    TppAmount {
        amount_id: stage.office.id(RecordId::new),
        valid_from: date(2025, 1, 1),
        kelas: Some(kelas),
        jabatan: None,
        unit_id: None,
        amount: Decimal::from(amount),
        legal_basis: "Keputusan Bupati Contoh (rekaan)".into(),
        actor: "demo".into(),
        recorded_at: stage.office.now(),
        import_id: None,
    }
}

/// Minutes of day reports: most people fill the month, some do not.
fn reports(stage: &Stage, people: &[EmployeeId], month: Month) -> Vec<MonthInput> {
    let mut rng = ChaCha8Rng::seed_from_u64(stage.population.seed ^ u64::from(month.number().unsigned_abs()));
    people
        .iter()
        .map(|id| {
            let minutes = if rng.random_range(0..10) == 0 { rng.random_range(4_500..6_250) } else { 6_250 };
            MonthInput {
                employee_id: *id,
                month,
                name: "lkh_minutes".into(),
                recorded_at: stage.office.now(),
                value: minutes.to_string(),
                actor: "demo".into(),
                import_id: None,
            }
        })
        .collect()
}

/// Settles what is open in a few OPDs and locks their last month, as their clerks would have.
pub(super) async fn close_some_books(stage: &Stage, units: &UnitIds) -> anyhow::Result<()> {
    let office = &stage.office;
    let month = stage.last_month();
    for opd in OPDS.iter().filter(|o| CLOSED.contains(&o.code) && o.stage == Rollout::Berlaku) {
        let unit = units[opd.code];
        let mut tx = office.db.begin_write(office.tenant).await?;
        let sheet = load(office, &mut tx, Wanted::month(Scope::Subtree(unit), month)).await?;
        let absences = sheet.problems().into_iter().filter_map(|p| match (p.person, p.kind) {
            (Some((id, _)), ProblemKind::UnexplainedAbsence(day)) => Some(confirmed(stage, id, day)),
            _ => None,
        });
        let absences: Vec<PersonStatus> = absences.collect();
        status::add(&mut tx, &absences).await?;
        tx.commit().await?;
        if let Err(error) = closing::lock(office, unit, month, "demo").await {
            tracing::warn!(opd = opd.code, %error, "the demo could not lock this month");
        }
    }
    Ok(())
}

fn confirmed(stage: &Stage, employee_id: EmployeeId, day: jiff::civil::Date) -> PersonStatus {
    PersonStatus {
        status_id: stage.office.id(StatusId::new),
        employee_id,
        first_day: day,
        last_day: day,
        code: StatusCode(CONFIRMED_ABSENT.to_owned()),
        part: domain::day::DayPart::Full,
        with_letter: false,
        document: String::new(),
        note: "Sudah dikonfirmasi kepada yang bersangkutan".into(),
        actor: "demo".into(),
        recorded_at: stage.office.now(),
        import_id: None,
        approved_at: None,
        approved_by: None,
    }
}
