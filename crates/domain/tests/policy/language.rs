//! Single concepts of the language.

use super::support::*;
use domain::{
    day::DayResult,
    policy::{LineKind, Period, Policy, Who},
};

fn rule(body: &str) -> String {
    format!("[[rule]]\n{body}\nof = \"tpp\"\narticle = \"p\"\n")
}

#[test]
fn free_minutes_steps_and_limits() {
    let with = |body: &str, minutes: i64| {
        cut(
            &small(&rule(&format!("code = \"A\"\non = \"late\"\n{body}"))),
            &person(vec![late(workday(0), minutes)]),
        )
    };
    let half_hours = "every = 30\npct = 1\n";
    assert_eq!(with(half_hours, 29), dec("0"));
    assert_eq!(with(half_hours, 61), dec("100000"), "two full half hours");
    assert_eq!(with(&format!("{half_hours}steps = \"started\""), 61), dec("150000"));
    assert_eq!(with("every = 60\npct = 1\nsteps = \"exact\"", 90), dec("75000"));
    assert_eq!(with(&format!("{half_hours}free = 31"), 61), dec("50000"));
    assert_eq!(with("every = 1\npct = 1\nat_most = 5", 90), dec("250000"));
}

#[test]
fn only_some_occurrences() {
    let policy = small(&format!(
        "{}{}",
        rule("code = \"BEBAS\"\non = \"late\"\nnth = [1, 3]\npct = 0"),
        rule("code = \"TL\"\non = \"late\"\nnth = { min = 4 }\npct = 1")
    ));
    let days = |n: usize| (0..n).map(|i| late(workday(i), 5)).collect();
    assert_eq!(cut(&policy, &person(days(3))), dec("0"));
    assert_eq!(cut(&policy, &person(days(5))), dec("100000"));
}

#[test]
fn sick_days_are_free_until_the_fourth_of_the_spell() {
    let policy = small(&format!(
        "{}{}",
        rule("code = \"S\"\non = \"status\"\nstatus = \"S\"\nnth_in = \"spell\"\nnth = [1, 3]\npct = 0"),
        rule(
            "code = \"S4\"\non = \"status\"\nstatus = \"S\"\nnth_in = \"spell\"\nnth = { min = 4 }\npct = 1"
        )
    ));
    let sick = |from: usize, n: usize| (from..from + n).map(|i| status(workday(i), "S"));
    assert_eq!(cut(&policy, &person(sick(0, 5).collect())), dec("100000"));
    let mut two: Vec<DayResult> = sick(0, 3).collect();
    two.push(present(workday(3)));
    two.extend(sick(4, 3));
    assert_eq!(cut(&policy, &person(two)), dec("0"), "two spells of three days");
    let over_weekend = vec![
        status(workday(1), "S"),
        status(workday(2), "S"),
        free("2026-07-04".parse().unwrap()),
        free("2026-07-05".parse().unwrap()),
        status(workday(3), "S"),
        status(workday(4), "S"),
    ];
    let mut month = person(over_weekend);
    assert_eq!(cut(&policy, &month), dec("50000"), "free days do not break a spell");
    month.spells.insert("nth:S4".into(), dec("2"));
    month.spells.insert("nth:S".into(), dec("2"));
    assert_eq!(cut(&policy, &month), dec("150000"), "two days already in the month before");
    let ending = run(&policy, &person(sick(20, 3).collect()));
    assert_eq!(ending.spells.iter().find(|(k, _)| k.as_str() == "nth:S4").map(|(_, v)| *v), Some(dec("3")));
}

#[test]
fn yearly_counters_are_carried() {
    let policy = small(&rule("code = \"TK11\"\non = \"year:tk_days\"\nmin = 11\npct = 25"));
    let mut month = person(vec![absent(workday(0)), absent(workday(1))]);
    let result = run(&policy, &month);
    assert_eq!(result.total_cut.0, dec("0"));
    assert_eq!(
        result.counters.iter().map(|(k, v)| (k.as_str(), *v)).collect::<Vec<_>>(),
        [("tk_days", dec("2"))]
    );
    month.year_to_date.insert("tk_days".into(), dec("9"));
    assert_eq!(cut(&policy, &month), dec("1250000"));
}

#[test]
fn minutes_become_days_and_runs_cross_weekends() {
    let policy = small(&format!(
        "[[measure]]\nid = \"tk_setara\"\nsum = [\"tk_days\", \"minute_days\"]\n{}{}",
        rule("code = \"SETARA\"\non = \"tk_setara\"\nevery = 1\npct = 3"),
        rule("code = \"RUN10\"\non = \"longest_tk_run\"\nmin = 10\nzero = true"),
    ));
    let minutes = |last: i64| (0..5).map(|i| late(workday(i), 80)).chain([late(workday(5), last)]).collect();
    assert_eq!(cut(&policy, &person(minutes(49))), dec("0"), "449 minutes");
    assert_eq!(cut(&policy, &person(minutes(50))), dec("150000"), "450 minutes are a day");
    let run_of = |n: usize| (0..n).map(|i| absent(workday(i))).collect::<Vec<_>>();
    assert_eq!(cut(&policy, &person(run_of(9))), dec("1350000"));
    assert_eq!(cut(&policy, &person(run_of(10))), dec("5000000"));
    let mut carried = person(run_of(4));
    carried.spells.insert("longest_tk_run".into(), dec("6"));
    assert_eq!(cut(&policy, &carried), dec("5000000"), "six days at the end of the month before");
}

#[test]
fn counted_days_with_filters() {
    let policy = small(&format!(
        "[[measure]]\nid = \"telat_berat\"\ncount = \"late\"\nmin = 16\nweekdays = [\"senin\", \"selasa\", \"rabu\", \
         \"kamis\", \"jumat\"]\n[[measure]]\nid = \"total_berat\"\ntotal = \"late\"\nmin = 16\n{}{}",
        rule("code = \"SERING\"\non = \"telat_berat\"\nmin = 5\npct = 10"),
        rule("code = \"LAMA\"\non = \"total_berat\"\nmin = 100\npct = 1"),
    ));
    let days = |minutes: i64| (0..5).map(|i| late(workday(i), minutes)).collect();
    assert_eq!(cut(&policy, &person(days(15))), dec("0"));
    assert_eq!(cut(&policy, &person(days(16))), dec("500000"));
    assert_eq!(cut(&policy, &person(days(20))), dec("550000"));
}

#[test]
fn hits_of_a_rule_can_trigger_another() {
    let policy = small(&format!(
        "{}{}",
        rule("code = \"TL\"\non = \"late\"\nmin = 31\npct = 1"),
        rule("code = \"SERING\"\non = \"hits:TL\"\nmin = 3\npct = 5"),
    ));
    let days = |n: usize| (0..n).map(|i| late(workday(i), 31)).collect();
    assert_eq!(cut(&policy, &person(days(2))), dec("100000"));
    assert_eq!(cut(&policy, &person(days(3))), dec("400000"));
}

#[test]
fn weekdays_dates_ramadan_and_periods() {
    let policy = small(&format!(
        "{}{}{}",
        rule("code = \"JUM\"\non = \"late\"\nweekdays = \"jumat\"\nramadan = false\npct = 2"),
        rule(
            "code = \"BIASA\"\non = \"late\"\nweekdays = [\"senin\", \"selasa\", \"rabu\", \"kamis\"]\n\
              not_in_period = \"banjir\"\nramadan = false\npct = 1"
        ),
        rule("code = \"TGL\"\non = \"absent\"\ndates = [2026-07-06, \"2026-07-08..2026-07-09\"]\npct = 5"),
    ));
    let friday = workday(2);
    assert_eq!(cut(&policy, &person(vec![late(friday, 1), late(workday(3), 1)])), dec("150000"));
    let mut fasting = late(friday, 1);
    fasting.planned.as_mut().unwrap().ramadan = true;
    assert_eq!(cut(&policy, &person(vec![fasting])), dec("0"));
    let mut flood = person(vec![late(workday(3), 1), late(workday(4), 1)]);
    flood.periods.push(Period { name: "banjir".into(), from: workday(3), until: workday(3) });
    assert_eq!(cut(&policy, &flood), dec("50000"));
    assert_eq!(cut(&policy, &person((3..8).map(|i| absent(workday(i))).collect())), dec("750000"));
}

#[test]
fn flexible_hours_when_the_time_is_made_up() {
    let policy =
        small(&rule("code = \"TL\"\non = \"late\"\nwhere = { \"day:shortage\" = { min = 1 } }\npct = 1"));
    let short = late(workday(0), 30);
    let made_up = DayResult { worked_minutes: 450, ..short.clone() };
    assert_eq!(cut(&policy, &person(vec![short])), dec("50000"));
    assert_eq!(cut(&policy, &person(vec![made_up])), dec("0"));
}

#[test]
fn caps_give_back_with_a_line() {
    let both = format!(
        "{}{}",
        rule("code = \"TL\"\non = \"late\"\npct = 2"),
        rule("code = \"PSW\"\non = \"early\"\npct = 2.5"),
    );
    let day = DayResult { early_minutes: 9, ..late(workday(0), 9) };
    let with = |cap: &str| {
        let text = format!("{both}[[cap]]\ncode = \"MAKS\"\nper = \"day\"\narticle = \"p\"\n{cap}\n");
        let result = run(&small(&text), &person(vec![day.clone()]));
        let limit = result.lines.iter().find(|l| l.kind == LineKind::Limit).map(|l| l.rupiah.0.normalize());
        (result.total_cut.0.normalize(), limit)
    };
    assert_eq!(with("max_pct = 3\nof = \"tpp\""), (dec("150000"), Some(dec("-75000"))));
    assert_eq!(with("max_rupiah = 200000"), (dec("200000"), Some(dec("-25000"))));
    assert_eq!(with("highest = true"), (dec("125000"), Some(dec("-100000"))));
    assert_eq!(with("max_rule = \"TL\""), (dec("100000"), Some(dec("-125000"))));
    assert_eq!(with("max_pct = 1\nof = \"tpp\"\nsignals = \"late\""), (dec("175000"), Some(dec("-50000"))));
    let month = format!("{both}[[cap]]\ncode = \"BULAN\"\nper = \"month\"\nmax_pct = 5\narticle = \"p\"\n");
    let days = (0..6).map(|i| late(workday(i), 9)).collect();
    assert_eq!(cut(&small(&month), &person(days)), dec("250000"));
}

#[test]
fn attendance_and_scores_through_bands() {
    let policy = small(
        r#"
[[component]]
id = "kehadiran"
share_pct = 50
mode = "bands"
measure = "attendance_pct"
article = "p"
band = [ { min = 95, pct = 100 }, { min = 85, below = 95, pct = 80 }, { below = 85, pct = 50 } ]
[[component]]
id = "nilai"
share_pct = 50
mode = "points"
article = "p"
band = [ { min = 90, pct = 100 }, { min = 70, below = 90, pct = 75 }, { below = 70, pct = 0 } ]
[[rule]]
code = "TL"
on = "late"
points = 4
of = "nilai"
article = "p"
"#,
    );
    let days = |present_days: usize, late_days: usize| {
        let all =
            (0..present_days).map(|i| if i < late_days { late(workday(i), 5) } else { present(workday(i)) });
        let result = run(&policy, &person(all.collect()));
        (result.components[0].score.0, result.components[1].score.0)
    };
    assert_eq!(days(22, 2), (dec("100"), dec("100")), "92 points are paid in full");
    assert_eq!(days(20, 3), (dec("80"), dec("75")), "90,9 % present; 88 points");
    assert_eq!(days(18, 10), (dec("50"), dec("0")), "81,8 % present; 60 points");
}

#[test]
fn criteria_with_different_rules() {
    let policy = policy(
        r#"
[policy]
id = "kriteria"
title = "Kriteria"
effective_from = 2020-01-01
legal_basis = "p"
criteria = ["beban_kerja", "prestasi_kerja", "kondisi_kerja"]
[inputs.capaian]
type = "percent"
[[amount]]
criterion = "beban_kerja"
rupiah = { by = "kelas", "8..9" = 2000000, "10" = 3000000 }
[[amount]]
criterion = "prestasi_kerja"
kelas = "1..10"
rupiah = 1000000
[[component]]
id = "disiplin"
of = "beban_kerja"
share_pct = 100
mode = "cuts"
article = "p"
[[component]]
id = "kinerja"
of = ["prestasi_kerja", "kondisi_kerja"]
share_pct = 100
mode = "ratio"
measure = "capaian"
target = 100
article = "p"
[[rule]]
code = "TK"
on = "absent"
pct = 3
of = "beban_kerja"
from = "disiplin"
article = "p"
"#,
    );
    let mut month = person(vec![absent(workday(0))]);
    month.amounts = [("kondisi_kerja".to_owned(), dec("500000"))].into();
    month.inputs.insert("capaian".into(), 80.into());
    let result = run(&policy, &month);
    assert_eq!(result.gross.0, dec("3500000"));
    assert_eq!(result.components[0].earned.0, dec("1940000"));
    assert_eq!(result.components[1].earned.0, dec("1200000"));
}

#[test]
fn modifiers_in_order() {
    let policy = small(
        r#"
[inputs.tpp_plt]
type = "rupiah"
default = 0
[inputs.tubel]
type = "flag"
default = false
[[rule]]
code = "TK"
on = "absent"
pct = 3
of = "tpp"
article = "p"
[[modifier]]
code = "CPNS"
employment = "cpns"
keep_pct = 80
apply = "before"
article = "p"
[[modifier]]
code = "PRORATA"
prorate = "workdays"
article = "p"
[[modifier]]
code = "TUBEL"
where = { tubel = true }
keep_pct = 50
article = "p"
[[modifier]]
code = "PLT"
where = { tpp_plt = { above = 0 } }
add_pct = 20
of = "tpp_plt"
article = "p"
"#,
    );
    let mut month = person(vec![absent(workday(0))]);
    month.who = domain::dated::Timeline::always(Who::of(domain::employment::EmploymentKind::Cpns));
    assert_eq!(run(&policy, &month).earned.0, dec("3880000"), "80 % of 5.000.000, less 3 % of that");
    month.active_working_days = Some(11);
    assert_eq!(run(&policy, &month).earned.0, dec("1940000"));
    month.inputs.insert("tubel".into(), true.into());
    assert_eq!(run(&policy, &month).earned.0, dec("970000"));
    month.inputs.insert("tpp_plt".into(), 10_000_000.into());
    let result = run(&policy, &month);
    assert_eq!(result.earned.0, dec("2970000"));
    assert_eq!(result.total_added.0, dec("2000000"));
}

#[test]
fn attributes_of_a_person_change_during_the_month() {
    let policy = small(&format!(
        "{}{}",
        rule("code = \"A\"\non = \"late\"\nkelas = \"1..8\"\npct = 1"),
        rule("code = \"B\"\non = \"late\"\nkelas = \"9..17\"\npct = 2"),
    ));
    let mut month = person(vec![late(workday(0), 1), late(workday(10), 1)]);
    let mut promoted = month.who.on(workday(0)).unwrap().clone();
    promoted.kelas = Some(9);
    month.who.set(workday(5), promoted);
    assert_eq!(cut(&policy, &month), dec("150000"));
}

#[test]
fn sums_of_late_and_early_and_worked_time() {
    let policy: Policy = small(&format!(
        "{}{}{}",
        rule("code = \"JUMLAH\"\non = \"late_early\"\nmin = 60\npct = 1"),
        rule("code = \"KURANG\"\non = \"worked\"\nmin = 0\nbelow = 240\npct = 2"),
        rule("code = \"ISTIRAHAT\"\non = \"break_late\"\nmin = 5\npct = 0.5"),
    ));
    let day = DayResult { early_minutes: 30, ..late(workday(0), 30) };
    assert_eq!(cut(&policy, &person(vec![day])), dec("50000"));
    assert_eq!(
        cut(&policy, &person(vec![DayResult { worked_minutes: 239, ..present(workday(0)) }])),
        dec("100000")
    );
    let rest = DayResult { break_late_minutes: 5, ..present(workday(0)) };
    assert_eq!(cut(&policy, &person(vec![rest])), dec("25000"));
}
