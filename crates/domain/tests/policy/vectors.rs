//! The worked examples: TPP Rp5.000.000, discipline 40 %, productivity 60 %, 22 working days.

use super::support::*;
use domain::{day::DayResult, lang::Lang, policy::PersonMonth};

fn cut_of(id: &str, days: Vec<DayResult>) -> String {
    cut(&load(id), &full_inputs(person(days))).to_string()
}

/// Nothing is lost for performance.
fn full_inputs(mut person: PersonMonth) -> PersonMonth {
    for name in ["lkh_minutes", "menit_kerja"] {
        person.inputs.insert(name.into(), 6250.into());
    }
    for name in ["capaian_kinerja", "nilai_produktivitas"] {
        person.inputs.insert(name.into(), 100.into());
    }
    person.inputs.insert("laporan_kinerja".into(), true.into());
    person.inputs.insert("lkh_none".into(), false.into());
    person
}

#[test]
fn bands_of_tulang_bawang_and_regency_3() {
    for id in ["tulang-bawang-2025", "regency-3", "default-60-40"] {
        for (minutes, expected) in [(20, "10000"), (45, "20000"), (75, "25000"), (95, "30000")] {
            assert_eq!(cut_of(id, vec![late(workday(0), minutes)]), expected, "{id} late {minutes}");
            assert_eq!(cut_of(id, vec![early(workday(0), minutes)]), expected, "{id} early {minutes}");
        }
        assert_eq!(cut_of(id, vec![no_in(workday(0))]), "30000", "{id} no record");
    }
}

#[test]
fn a_missed_monday_apel_costs_two_percent_of_discipline() {
    for id in ["tulang-bawang-2025", "regency-3"] {
        let mut month = full_inputs(person(vec![present(workday(3))]));
        month.events.push(missed(workday(3), "apel_senin"));
        assert_eq!(cut(&load(id), &month), dec("40000"), "{id}");
        month.days = vec![status(workday(3), "CT")];
        month.events.clear();
        let without = cut(&load(id), &month);
        month.events.push(missed(workday(3), "apel_senin"));
        assert_eq!(cut(&load(id), &month), without, "leave excuses from apel: {id}");
    }
}

#[test]
fn leave_costs_in_tulang_bawang() {
    for code in ["CT", "CAP", "CM", "CLTN"] {
        assert_eq!(cut_of("tulang-bawang-2025", vec![status(workday(0), code)]), "30000", "{code}");
    }
    assert_eq!(cut_of("tulang-bawang-2025", vec![status(workday(0), "DL")]), "0");
}

#[test]
fn absence() {
    let days = |n: usize| (0..n).map(|i| absent(workday(i))).collect::<Vec<_>>();
    assert_eq!(cut_of("regency-3", days(1)), "60000");
    assert_eq!(cut_of("regency-3", days(3)), "180000");
    assert_eq!(cut_of("regency-3", days(4)), "5000000", "more than three days: nothing is left");
    assert_eq!(cut_of("lahat-2022", days(1)), "150000");
    assert_eq!(cut_of("ogan-ilir-2022", days(1)), "300000");
    let mut two_million = person(days(1));
    two_million.amounts.insert("tpp".into(), dec("2000000"));
    assert_eq!(cut(&load("lahat-2022"), &two_million), dec("60000"), "the published example");
}

#[test]
fn a_month_without_lkh_in_ogan_ilir() {
    let mut month = person(vec![present(workday(0))]);
    month.inputs.insert("lkh_none".into(), true.into());
    assert_eq!(cut(&load("ogan-ilir-2022"), &month), dec("1000000"));
}

#[test]
fn the_sum_of_lahat() {
    let mut days = vec![absent(workday(0)), status(workday(1), "I"), status(workday(2), "I")];
    days.push(status(workday(3), "ST"));
    days.extend((4..7).map(|i| late(workday(i), 12)));
    let result = run(&load("lahat-2022"), &person(days));
    assert_eq!(result.total_cut.0, dec("400000"));
    let percent: rust_decimal::Decimal = result.lines.iter().filter_map(|l| l.pct).map(|p| p.0).sum();
    assert_eq!(percent, dec("8"));
}

#[test]
fn points_of_manado() {
    let month = full_inputs(person(vec![late(workday(0), 5), late(workday(1), 30), no_out(workday(2))]));
    let result = run(&load("manado-2026"), &month);
    let discipline = &result.components[1];
    assert_eq!(discipline.score.0, dec("95"));
    assert_eq!(discipline.earned.0, dec("1900000"));
    let many = full_inputs(person(
        (0..23).map(|i| DayResult { early_minutes: 61, ..late(workday(i), 90) }).collect(),
    ));
    let result = run(&load("manado-2026"), &many);
    assert_eq!(result.components[1].earned.0, dec("0"), "138 points leave zero, not less");
    assert_eq!(result.components[0].earned.0, dec("3000000"));
    assert!(result.lines.iter().any(|line| line.code.as_str() == "BATAS-100" && line.rupiah.0 < dec("0")));
}

#[test]
fn bands_of_sampang() {
    let cases = [(30, "0"), (31, "20000"), (60, "20000"), (61, "25000"), (90, "25000"), (91, "30000")];
    for (minutes, expected) in cases {
        assert_eq!(cut_of("sampang-2021", vec![late(workday(0), minutes)]), expected, "{minutes}");
    }
    let mut month = full_inputs(person(Vec::new()));
    month.inputs.insert("laporan_kinerja".into(), false.into());
    assert_eq!(cut(&load("sampang-2021"), &month), dec("3000000"), "no performance report");
}

#[test]
fn a_full_month_of_the_default_with_tax() {
    let text = domain::policy::shipped("default-60-40").unwrap().text;
    let tax = "\n[[after]]\ncode = \"PPH21\"\nemployment = \"pns\"\narticle = \"PP 80/2010\"\n\
               pct = { by = \"golongan\", III = 5, IV = 15, otherwise = 0 }\n";
    let policy = policy(&format!("{text}{tax}"));
    let mut month = person(vec![absent(workday(0)), late(workday(1), 20), early(workday(2), 45)]);
    month.inputs.insert("lkh_minutes".into(), 5625.into());
    let result = run(&policy, &month);
    let earned: Vec<_> = result.components.iter().map(|c| (c.id.as_str(), c.earned.0)).collect();
    assert_eq!(earned, [("produktivitas", dec("2700000")), ("disiplin", dec("1910000"))]);
    assert_eq!(result.earned.0, dec("4610000"));
    assert_eq!(result.total_deducted.0, dec("230500"));
    assert_eq!(result.net.0, dec("4379500"));
    assert_eq!(result.paid_in.to_string(), "2026-08");
}

#[test]
fn every_line_explains_itself() {
    let month = full_inputs(person(vec![late(workday(0), 20)]));
    let result = run(&load("default-60-40"), &month);
    let line = &result.lines[0];
    assert_eq!(
        line.sentence(Lang::Id),
        "1 Juli 2026: terlambat, 20 menit. TL1 (Lampiran Kepmendagri 900-4700/2020): 0,5 % × Rp2.000.000 \
         (disiplin) = Rp10.000."
    );
    assert_eq!(
        line.sentence(Lang::En),
        "1 July 2026: late, 20 minutes. TL1 (Lampiran Kepmendagri 900-4700/2020): 0,5 % × Rp2.000.000 \
         (disiplin) = Rp10.000."
    );
    let json = serde_json::to_value(&result).unwrap();
    assert_eq!(json["lines"][0]["text_id"], line.sentence(Lang::Id));
    assert_eq!(json["lines"][0]["rupiah"], "10000");
    assert_eq!(json["policy"]["version"].as_str().unwrap().len(), 12);
    let back: domain::policy::TppResult = serde_json::from_value(json).unwrap();
    assert_eq!(back.net, result.net);
    assert_eq!(back.lines[0].sentence(Lang::Id), line.sentence(Lang::Id));
}
