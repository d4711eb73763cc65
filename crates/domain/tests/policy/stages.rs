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
