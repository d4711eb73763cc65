//! Builders: a month of invented days.

use std::{collections::BTreeMap, sync::LazyLock};

use domain::{
    day::{DayCode, DayResult, PlannedDay},
    employment::EmploymentKind,
    month::Month,
    policy::{Checked, EventDuty, Outcome, PersonMonth, Policy, SHIPPED, TppResult, Who, evaluate},
    status::StatusCode,
};
use jiff::{
    ToSpan,
    civil::{Date, date},
};
use rust_decimal::Decimal;

/// A number as it is written.
pub fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A policy that must be usable.
pub fn policy(text: &str) -> Policy {
    match Policy::parse(text) {
        Ok(Checked { policy, .. }) => policy,
        Err(problems) => {
            let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
            panic!("{}", all.join("\n"));
        }
    }
}

/// A shipped policy, read once.
pub fn load(id: &str) -> Policy {
    static READ: LazyLock<BTreeMap<&str, Policy>> =
        LazyLock::new(|| SHIPPED.iter().map(|file| (file.id, policy(file.text))).collect());
    READ[id].clone()
}

/// A head that small policies share.
pub const HEAD: &str = r#"
[policy]
id = "uji"
title = "Uji"
effective_from = 2020-01-01
legal_basis = "Perbup uji"
rounding = { mode = "none" }
"#;

/// A policy from its rules.
pub fn small(body: &str) -> Policy {
    policy(&format!("{HEAD}{body}"))
}

/// July 2026 has days enough: the n-th working day (from 0) of a month, Monday to Friday.
pub fn workday(n: usize) -> Date {
    date(2026, 7, 1).series(1.day()).filter(|d| d.weekday().to_monday_zero_offset() < 5).nth(n).unwrap()
}

/// A day on which all was well.
pub fn present(date: Date) -> DayResult {
    let (start, end) = (date.at(7, 30, 0, 0), date.at(16, 0, 0, 0));
    DayResult {
        required: true,
        planned: Some(PlannedDay {
            shift: "REG".into(),
            start,
            end,
            window_from: date.at(5, 0, 0, 0),
            window_until: date.at(22, 0, 0, 0),
            on_time_until: start,
            late_counted_from: start,
            leave_from: end,
            required_minutes: 450,
            ramadan: false,
        }),
        check_in: Some(start),
        check_out: Some(end),
        worked_minutes: 450,
        ..DayResult::blank(date, DayCode::Hadir)
    }
}

/// So many minutes late.
pub fn late(date: Date, minutes: i64) -> DayResult {
    let mut day = present(date);
    day.check_in = day.check_in.map(|at| at.saturating_add(minutes.minutes()));
    day.late_minutes = minutes;
    day.worked_minutes -= minutes;
    day
}

/// Left so many minutes early.
pub fn early(date: Date, minutes: i64) -> DayResult {
    let mut day = present(date);
    day.check_out = day.check_out.map(|at| at.saturating_sub(minutes.minutes()));
    day.early_minutes = minutes;
    day.worked_minutes -= minutes;
    day
}

/// No check-in.
pub fn no_in(date: Date) -> DayResult {
    DayResult { check_in: None, missing_in: true, worked_minutes: 0, ..present(date) }
}

/// No check-out.
pub fn no_out(date: Date) -> DayResult {
    DayResult { check_out: None, missing_out: true, worked_minutes: 0, ..present(date) }
}

/// Absent without notice.
pub fn absent(date: Date) -> DayResult {
    DayResult { code: DayCode::Tk, check_in: None, check_out: None, worked_minutes: 0, ..present(date) }
}

/// A status.
pub fn status(date: Date, code: &str) -> DayResult {
    DayResult { code: DayCode::Status(StatusCode(code.into())), ..absent(date) }
}

/// A free day.
pub fn free(date: Date) -> DayResult {
    DayResult { code: DayCode::Libur, planned: None, required: false, ..absent(date) }
}

/// A missed event.
pub fn missed(date: Date, kind: &str) -> EventDuty {
    EventDuty { date, kind: kind.into(), part: None, attended: Some(false) }
}

/// A PNS III/b with Rp5.000.000 in a month of 22 working days, and these days.
pub fn person(days: Vec<DayResult>) -> PersonMonth {
    let mut who = Who::of(EmploymentKind::Pns);
    who.golongan = Some("III/b".into());
    who.kelas = Some(8);
    let month: Month = "2026-07".parse().unwrap();
    let mut person = PersonMonth::new(month, who, 22);
    person.amounts.insert("tpp".into(), dec("5000000"));
    person.days = days;
    person
}

/// Calculates and checks that the sums are what the result promises.
pub fn run(policy: &Policy, person: &PersonMonth) -> TppResult {
    let result = evaluate(policy, person);
    assert_sums(&result);
    result
}

/// The promises every result keeps.
pub fn assert_sums(result: &TppResult) {
    let sum = |lines: &[domain::policy::TppLine]| lines.iter().map(|l| l.rupiah.0).sum::<Decimal>();
    assert_eq!(sum(&result.lines), result.total_cut.0, "lines");
    assert_eq!(sum(&result.additions), result.total_added.0, "additions");
    assert_eq!(sum(&result.corrections), result.total_corrections.0, "corrections");
    assert_eq!(sum(&result.deductions), result.total_deducted.0, "deductions");
    let earned = result.gross.0 - result.total_cut.0 + result.total_added.0 + result.total_corrections.0;
    assert_eq!(earned, result.earned.0, "earned");
    assert_eq!(result.earned.0 - result.total_deducted.0, result.net.0, "net");
    assert!(result.earned.0 >= Decimal::ZERO && result.net.0 >= Decimal::ZERO, "below zero");
    for component in &result.components {
        assert!(component.earned.0 >= Decimal::ZERO, "component below zero");
        assert_eq!(component.amount.0 - component.cut.0, component.earned.0);
    }
    if result.outcome == Outcome::Calculated {
        let extra = result.total_added.0 + result.total_corrections.0.max(Decimal::ZERO);
        assert!(result.earned.0 <= result.gross.0 + extra, "above gross");
    }
}

/// The total cut in rupiah, to the sen.
pub fn cut(policy: &Policy, person: &PersonMonth) -> Decimal {
    run(policy, person).total_cut.0.round_dp(2).normalize()
}
