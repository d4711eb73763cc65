//! BPJS with a common ceiling, tax by golongan, corrections and rounding.

use super::support::*;
use domain::policy::Correction;

fn bpjs(salary: &str, tpp: &str) -> String {
    let policy = small(
        "[[rule]]\ncode = \"TK\"\non = \"absent\"\npct = 3\nof = \"tpp\"\narticle = \"p\"\n[[after]]\ncode = \"BPJS\"\n\
         pct = 1\nof = \"earned\"\nceiling = 12000000\ncounted_first = \"salary\"\narticle = \"Perpres 64/2020\"\n",
    );
    let mut month = person(Vec::new());
    month.amounts.insert("tpp".into(), dec(tpp));
    month.salary = Some(dec(salary));
    run(&policy, &month).total_deducted.0.normalize().to_string()
}

#[test]
fn bpjs_stops_at_the_ceiling() {
    assert_eq!(bpjs("5000000", "8000000"), "70000", "120.000 - 50.000");
    assert_eq!(bpjs("5000000", "5000000"), "50000");
    assert_eq!(bpjs("12500000", "5000000"), "0", "the salary alone reaches the ceiling");
}

#[test]
fn tax_by_golongan() {
    let policy = load("manado-2026");
    let tax = |golongan: &str| {
        let mut month = person(Vec::new());
        month.inputs.insert("nilai_produktivitas".into(), 100.into());
        month.who = domain::dated::Timeline::always(domain::policy::Who {
            golongan: Some(golongan.into()),
            ..month.who.on(workday(0)).unwrap().clone()
        });
        let result = run(&policy, &month);
        result.deductions.iter().find(|l| l.code.as_str() == "PPH21").map_or(dec("0"), |l| l.rupiah.0)
    };
    assert_eq!(tax("II/d"), dec("0"));
    assert_eq!(tax("III/a"), dec("250000"));
    assert_eq!(tax("IV/c"), dec("750000"));
}

#[test]
fn a_correction_larger_than_the_month_is_carried_forward() {
    let policy = small("[[rule]]\ncode = \"TK\"\non = \"absent\"\npct = 3\nof = \"tpp\"\narticle = \"p\"\n");
    let mut month = person(vec![absent(workday(0))]);
    month.corrections.push(Correction {
        month: "2026-05".parse().unwrap(),
        rupiah: dec("-6000000"),
        reason: "salah hitung".into(),
    });
    let result = run(&policy, &month);
    assert_eq!(result.earned.0, dec("0"));
    assert_eq!(result.carried_forward.0, dec("-1150000"));
    month.corrections[0].rupiah = dec("60000");
    assert_eq!(run(&policy, &month).earned.0, dec("4910000"), "TK given back a month later");
}

#[test]
fn rounding_of_lines_and_of_the_total() {
    let rule = "[[rule]]\ncode = \"TL\"\non = \"late\"\npct = 1.25\nof = \"tpp\"\narticle = \"p\"\n";
    let with = |rounding: &str| {
        policy(&format!(
            "[policy]\nid = \"r\"\ntitle = \"r\"\neffective_from = 2020-01-01\nlegal_basis = \"r\"\n\
             rounding = {rounding}\n{rule}"
        ))
    };
    let mut month = person(vec![late(workday(0), 1), late(workday(1), 1)]);
    month.amounts.insert("tpp".into(), dec("1234567"));
    // 1,25 % is 15.432,0875; twice 30.864,175; left 1.203.702,825.
    let earned = |rounding: &str| run(&with(rounding), &month).earned.0.normalize().to_string();
    assert_eq!(earned("{ mode = \"none\" }"), "1203702.825");
    assert_eq!(earned("{ mode = \"floor\", unit = 1, stage = \"total\" }"), "1203702");
    assert_eq!(earned("{ mode = \"half_up\", unit = 1, stage = \"total\" }"), "1203703");
    assert_eq!(earned("{ mode = \"floor\", unit = 1, stage = \"line\" }"), "1203703");
    assert_eq!(earned("{ mode = \"ceil\", unit = 1, stage = \"line\" }"), "1203701");
    assert_eq!(earned("{ mode = \"floor\", unit = 1000, stage = \"total\" }"), "1203000");
    assert_eq!(earned("{ mode = \"half_even\", unit = 100, stage = \"total\" }"), "1203700");
}
