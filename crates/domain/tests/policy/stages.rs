//! No cut before the OPD is in force.

use super::support::*;
use domain::{dated::Timeline, lang::Lang, org::Stage};

#[test]
fn days_before_berlaku_are_shown_and_cost_nothing() {
    let policy = load("default-60-40");
    let mut month = person(vec![late(workday(0), 20), late(workday(10), 20)]);
    month.inputs.insert("lkh_minutes".into(), 0.into());
    let start = workday(5);
    month.stage = Timeline::new([(month.month.previous().first(), Stage::UjiCoba), (start, Stage::Berlaku)]);
    let result = run(&policy, &month);
    assert_eq!(result.total_cut.0, dec("10000"), "only the day in force");
    let first = &result.lines[0];
    assert_eq!(first.rupiah.0, dec("0"));
    let waived = first.waived.unwrap();
    assert_eq!((waived.stage, waived.rupiah.0), (Stage::UjiCoba, dec("10000")));
    assert!(first.sentence(Lang::Id).contains("Tidak dipotong: OPD masih tahap Uji coba"));
    let productivity = result.lines.iter().find(|l| l.code.as_str() == "produktivitas").unwrap();
    assert_eq!(productivity.rupiah.0, dec("0"), "a month only partly in force has no month cuts");
}

#[test]
fn a_month_of_trial_pays_everything() {
    let policy = load("regency-3");
    let mut month = person((0..10).map(|i| absent(workday(i))).collect());
    month.stage = Timeline::always(Stage::UjiCoba);
    let result = run(&policy, &month);
    assert_eq!(result.total_cut.0, dec("0"));
    assert!(result.lines.iter().any(|l| l.code.as_str() == "TK-4" && l.waived.is_some()));
}

#[test]
fn unknown_days_are_not_absences() {
    use domain::day::DayCode;
    for code in [DayCode::Belum, DayCode::TanpaJadwal, DayCode::Libur, DayCode::Lepas, DayCode::LepasJaga] {
        let mut day = absent(workday(0));
        day.code = code;
        assert_eq!(cut(&load("ogan-ilir-2022"), &person(vec![day])), dec("0"));
    }
}

#[test]
fn an_input_that_nobody_gave_costs_nothing_and_is_named() {
    let result = run(&load("default-60-40"), &person(vec![present(workday(0))]));
    assert_eq!(result.total_cut.0, dec("0"));
    assert_eq!(result.missing_inputs.iter().map(|n| n.as_str()).collect::<Vec<_>>(), ["lkh_minutes"]);
}

#[test]
fn a_policy_that_starts_within_the_month_says_so_and_not_that_the_opd_is_on_trial() {
    let text = r#"
[policy]
id = "baru"
title = "Baru"
effective_from = 2026-07-15
legal_basis = "Perbup"
[[rule]]
code = "TK"
on = "absent"
pct = 3
of = "tpp"
article = "Pasal 1"
[[rule]]
code = "TK-BULAN"
on = "tk_days"
min = 2
pct = 10
of = "tpp"
article = "Pasal 2"
"#;
    let month = person(vec![absent(workday(0)), absent(workday(20))]);
    let result = run(&policy(text), &month);
    assert_eq!(result.total_cut.0, dec("150000"), "only the day in force");
    let waived = result.lines[0].waived.unwrap();
    assert_eq!((waived.stage, waived.rupiah.0), (Stage::Berlaku, dec("150000")));
    let first = result.lines[0].sentence(Lang::Id);
    assert!(first.contains("aturan ini baru berlaku mulai 15 Juli 2026"), "{first}");
    assert!(!first.contains("Uji coba"), "{first}");
    assert!(result.lines[0].sentence(Lang::En).contains("holds only from 15 July 2026"));
    let mut ends = month.clone();
    ends.stage = Timeline::always(Stage::UjiCoba);
    let both = run(&policy(text), &ends).lines[0].sentence(Lang::Id);
    assert!(both.contains("OPD masih tahap Uji coba"), "{both}");
    let until = text
        .replace("effective_from = 2026-07-15", "effective_from = 2026-01-01\neffective_until = 2026-07-10");
    let after = run(&policy(&until), &month).lines[1].sentence(Lang::Id);
    assert!(after.contains("sudah tidak berlaku sejak 11 Juli 2026"), "{after}");
}

/// Found while carrying counters over the year: the days of the trial had used up the free ones.
#[test]
fn what_happened_on_trial_uses_up_nothing_and_is_not_handed_on() {
    let free_three = small(
        r#"
[[rule]]
code = "BEBAS"
on = "late"
nth = [1, 3]
nth_in = "year"
pct = 0
of = "tpp"
article = "Pasal 1"
[[rule]]
code = "TL"
on = "late"
nth = { min = 4 }
nth_in = "year"
pct = 1
of = "tpp"
article = "Pasal 1"
"#,
    );
    let mut month = person((0..6).map(|i| late(workday(i), 20)).collect());
    month.stage = Timeline::new([(workday(0), Stage::UjiCoba), (workday(3), Stage::Berlaku)]);
    let result = run(&free_three, &month);
    assert_eq!(result.total_cut.0, dec("0"), "three days in force are three free ones");
    assert_eq!(result.counters["nth:TL"], dec("3"));
    month.stage = Timeline::always(Stage::UjiCoba);
    let result = run(&free_three, &month);
    assert!(result.counters.is_empty() && result.spells.is_empty());
    assert_eq!(domain::policy::carry(&free_three, &month), domain::policy::Carry::default());
}

#[test]
fn a_month_hands_on_every_sum_for_policies_to_come() {
    let plain =
        small("[[rule]]\ncode = \"TK\"\non = \"absent\"\npct = 3\nof = \"tpp\"\narticle = \"Pasal 1\"\n");
    assert_eq!(plain.looks_back(), domain::policy::LookBack::default());
    let mut month = person(vec![absent(workday(0)), late(workday(1), 20), late(workday(2), 40)]);
    let carry = domain::policy::carry(&plain, &month);
    assert_eq!((carry.counters["tk_days"], carry.counters["late_minutes"]), (dec("1"), dec("60")));
    month.amounts.clear();
    assert_eq!(run(&plain, &month).counters["tk_days"], dec("1"), "also where no amount is set");
    let looks = small("[[rule]]\ncode = \"R\"\non = \"longest_tk_run\"\nmin = 10\nzero = true\nof = \"tpp\"\narticle = \"Pasal 1\"\n").looks_back();
    assert!(looks.runs && !looks.year);
}
