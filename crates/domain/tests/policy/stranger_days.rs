//! Rules of the day as a regency that nobody here has heard of might write them.

use super::support::*;
use domain::{
    employment::EmploymentKind,
    policy::{Policy, Who},
};
use jiff::ToSpan;

/// Only the discipline part is cut, late and early add up, and one day never costs more than 2 % of that part.
#[test]
fn only_the_discipline_part_with_a_limit_for_each_day() {
    let policy = small(
        r#"
[[component]]
id = "kinerja"
share_pct = 70
mode = "cuts"
article = "Pasal 5"
[[component]]
id = "disiplin"
share_pct = 30
mode = "cuts"
article = "Pasal 5"
[[rule]]
on = "late"
of = "disiplin"
article = "Pasal 6 ayat (1)"
band = [ { code = "T1", max = 15, pct = 0.75 }, { code = "T2", above = 15, pct = 1.5 } ]
[[rule]]
on = "early"
of = "disiplin"
article = "Pasal 6 ayat (2)"
band = [ { code = "P1", max = 15, pct = 0.75 }, { code = "P2", above = 15, pct = 1.5 } ]
[[cap]]
code = "SEHARI"
per = "day"
max_pct = 2
of = "disiplin"
article = "Pasal 6 ayat (3)"
"#,
    );
    let mut both = late(workday(0), 40);
    both.early_minutes = 40;
    let result = run(&policy, &person(vec![both, late(workday(1), 10)]));
    assert_eq!(result.total_cut.0, dec("41250"), "2 % and 0.75 % of Rp1.500.000");
    assert_eq!(result.components[0].cut.0, dec("0"));
}

/// The first two times late are free, the third costs 0.5 %, the fourth 1 %, every further one 2 %.
#[test]
fn each_further_time_late_costs_more() {
    let policy = small(
        r#"
[[rule]]
on = "late"
of = "tpp"
article = "Pasal 9"
band = [
  { code = "KE-1-2", nth = [1, 2], pct = 0 },
  { code = "KE-3", nth = 3, pct = 0.5 },
  { code = "KE-4", nth = 4, pct = 1 },
  { code = "KE-5", nth = { min = 5 }, pct = 2 },
]
"#,
    );
    let times = |n: usize| cut(&policy, &person((0..n).map(|i| late(workday(i), 5)).collect()));
    assert_eq!([2, 3, 4, 6].map(times), ["0", "25000", "75000", "275000"].map(dec));
}

fn compensated() -> Policy {
    small(
        r#"
[[rule]]
code = "TL-TIDAK-DIGANTI"
text = "terlambat sampai 30 menit, tidak diganti pada hari yang sama"
on = "late"
max = 30
where = { "day:shortage" = { min = 1 } }
pct = 1
of = "tpp"
article = "Pasal 4"
[[rule]]
code = "TL-LEBIH"
on = "late"
above = 30
pct = 2
of = "tpp"
article = "Pasal 4"
"#,
    )
}

/// Up to half an hour late may be made up by staying longer on the same day; more may not.
#[test]
fn lateness_made_up_on_the_same_day_is_free() {
    let stayed = |minutes_late: i64, stayed: i64| {
        let mut day = late(workday(0), minutes_late);
        day.check_out = day.check_out.map(|at| at.saturating_add(stayed.minutes()));
        day.worked_minutes += stayed;
        cut(&compensated(), &person(vec![day]))
    };
    assert_eq!(stayed(20, 20), dec("0"));
    assert_eq!(stayed(20, 19), dec("50000"), "one minute short");
    assert_eq!(stayed(40, 60), dec("100000"), "too late to make up");
}

/// Part-time PPPK pay half the rate, and no rate at all is meant for contract staff of the hospital.
#[test]
fn another_percentage_for_part_time_pppk() {
    let policy = small(
        r#"
[[rule]]
code = "TK"
on = "absent"
opd = "!RSUD*"
pct = { by = "employment", pppk_paruh_waktu = 1.5, otherwise = 3 }
of = "tpp"
article = "Pasal 12"
"#,
    );
    let of = |kind: EmploymentKind, opd: &str| {
        let mut month = person(vec![absent(workday(0))]);
        let mut who = Who::of(kind);
        who.opd = Some(opd.into());
        month.who = domain::dated::Timeline::always(who);
        cut(&policy, &month)
    };
    assert_eq!(of(EmploymentKind::Pns, "DISDIK"), dec("150000"));
    assert_eq!(of(EmploymentKind::PppkParuhWaktu, "DISDIK"), dec("75000"));
    assert_eq!(of(EmploymentKind::Pns, "RSUD-01"), dec("0"));
}

/// A decree of the 20th raises the rate from the 15th on, backwards; the first half keeps the old one.
#[test]
fn a_rate_that_changes_within_the_month() {
    let policy = small(
        r#"
[[rule]]
code = "TK-LAMA"
on = "absent"
dates = "2026-01-01..2026-07-14"
pct = 3
of = "tpp"
article = "Perbup 4/2026 Pasal 8"
[[rule]]
code = "TK-BARU"
on = "absent"
dates = "2026-07-15..2026-12-31"
pct = 5
of = "tpp"
article = "Perbup 31/2026 Pasal I"
"#,
    );
    let result = run(&policy, &person(vec![absent(workday(0)), absent(workday(20))]));
    let codes: Vec<&str> = result.lines.iter().map(|l| l.code.as_str()).collect();
    assert_eq!((codes, result.total_cut.0), (vec!["TK-LAMA", "TK-BARU"], dec("400000")));
}
