//! Rules of the month as a regency that nobody here has heard of might write them.

use super::support::*;
use domain::{month::Month, policy::EventDuty};

/// Minutes of the whole month, an hour of them free, then bands.
#[test]
fn minutes_of_the_month_in_bands_with_an_hour_free() {
    let policy = small(
        r#"
[[measure]]
id = "menit_kena"
sum = "late_early_minutes"
minus = "bebas"
at_least = 0
[inputs.bebas]
type = "minutes"
default = 60
[[rule]]
on = "menit_kena"
of = "tpp"
article = "Pasal 7"
band = [
  { code = "M1", min = 1, max = 120, pct = 2 },
  { code = "M2", min = 121, max = 450, pct = 5 },
  { code = "M3", min = 451, pct = 10 },
]
"#,
    );
    let total = |days: &[i64]| {
        let days = days.iter().enumerate().map(|(i, m)| late(workday(i), *m)).collect();
        cut(&policy, &person(days))
    };
    assert_eq!(total(&[30, 30]), dec("0"));
    assert_eq!(total(&[30, 31]), dec("100000"));
    assert_eq!(total(&[90, 90]), dec("100000"));
    assert_eq!(total(&[90, 91]), dec("250000"));
    assert_eq!(total(&[300, 211]), dec("500000"));
}

fn duty(n: usize, kind: &str, attended: Option<bool>) -> EventDuty {
    EventDuty { attended, ..missed(workday(n), kind) }
}

/// A tenth of the TPP is for apel alone, by the share attended; whoever is excused was not due.
#[test]
fn apel_is_a_part_of_its_own_by_the_share_attended() {
    let policy = small(
        r#"
[[measure]]
id = "apel_hadir"
sum = "held:apel*"
minus = "missed:apel*"
[[component]]
id = "apel"
share_pct = 10
mode = "ratio"
measure = "apel_hadir"
target = "held:apel*"
article = "Pasal 14"
[[component]]
id = "lain"
share_pct = 90
mode = "cuts"
article = "Pasal 14"
"#,
    );
    let mut month = person((0..4).map(|i| present(workday(i))).collect());
    assert_eq!(cut(&policy, &month), dec("0"), "no apel, nothing to miss");
    month.events = vec![
        duty(0, "apel_pagi", Some(true)),
        duty(1, "apel_pagi", Some(false)),
        duty(2, "apel_gabungan", Some(true)),
        duty(3, "apel_pagi", Some(true)),
        duty(3, "apel_sore", None),
        duty(3, "upacara", Some(false)),
    ];
    assert_eq!(cut(&policy, &month), dec("125000"), "one of four: a quarter of Rp500.000");
}

/// The performance part by approved day reports of the days present, at most all of it.
#[test]
fn day_reports_in_proportion_to_the_days_present() {
    let policy = small(
        r#"
[inputs.lkh_disetujui]
type = "times"
[[component]]
id = "kinerja"
share_pct = 60
mode = "ratio"
measure = "lkh_disetujui"
target = "present_days"
article = "Pasal 10"
[[component]]
id = "disiplin"
share_pct = 40
mode = "cuts"
article = "Pasal 11"
"#,
    );
    let with = |reports: i64| {
        let mut month = person((0..20).map(|i| present(workday(i))).collect());
        month.inputs.insert("lkh_disetujui".into(), reports.into());
        cut(&policy, &month)
    };
    assert_eq!((with(20), with(25), with(15)), (dec("0"), dec("0"), dec("750000")));
}

/// Hospital staff: shifts are paid by the hour, leave and duty stand for the hours of the roster.
#[test]
fn hospital_staff_by_the_hour() {
    let policy = small(
        r#"
[applies_to]
opd = "RSUD*"
[[measure]]
id = "jam_terpenuhi"
sum = ["worked_minutes", "excused_minutes"]
[[component]]
id = "jam"
share_pct = 100
mode = "ratio"
measure = "jam_terpenuhi"
target = "work_minutes"
article = "Pasal 3"
"#,
    );
    let mut month =
        person(vec![present(workday(0)), late(workday(1), 45), status(workday(2), "CT"), absent(workday(3))]);
    let mut who = month.who.entries()[0].1.clone();
    who.opd = Some("RSUD-01".into());
    month.who = domain::dated::Timeline::always(who);
    month.work_minutes = 4 * 450;
    assert_eq!(cut(&policy, &month), dec("1375000"), "495 of 1.800 minutes are missing");
}

/// Twice the TPP in December, before anything is cut from it only once.
#[test]
fn twice_in_december() {
    let policy = small(
        r#"
[[rule]]
code = "TK"
on = "absent"
pct = 3
of = "tpp"
article = "Pasal 2"
[[modifier]]
code = "DESEMBER"
text = "TPP ketiga belas"
where = { month_number = 12 }
add_pct = 100
of = "tpp"
article = "Pasal 30"
"#,
    );
    let july = run(&policy, &person(vec![absent(workday(0))]));
    assert_eq!(july.net.0, dec("4850000"));
    let mut month = person(Vec::new());
    month.month = "2026-12".parse::<Month>().unwrap();
    assert_eq!(run(&policy, &month).net.0, dec("10000000"));
}

/// Minutes gather over the year; each full 450 of them are one more day of TK, in the month in which it is reached.
#[test]
fn minutes_of_the_year_become_days_when_they_are_full() {
    let policy = small(
        r#"
[[measure]]
id = "hari_sampai_kini"
sum = "year:late_early_minutes"
divide_by = 450
round = "floor"
[[measure]]
id = "hari_sebelumnya"
sum = "year:late_early_minutes"
minus = "late_early_minutes"
divide_by = 450
round = "floor"
[[measure]]
id = "hari_baru"
sum = "hari_sampai_kini"
minus = "hari_sebelumnya"
[[rule]]
code = "TK-MENIT"
on = "hari_baru"
every = 1
pct = 3
of = "tpp"
article = "Pasal 8"
"#,
    );
    let after = |before: &str, minutes: i64| {
        let mut month = person(vec![late(workday(0), minutes)]);
        month.year_to_date.insert("late_early_minutes".into(), dec(before));
        cut(&policy, &month)
    };
    assert_eq!(after("0", 449), dec("0"));
    assert_eq!(after("400", 50), dec("150000"));
    assert_eq!(after("450", 60), dec("0"), "the first day was charged in an earlier month");
    assert_eq!(after("440", 470), dec("300000"), "two days at once");
}
