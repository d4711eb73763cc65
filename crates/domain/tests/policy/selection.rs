//! Which policy holds for whom and when.

use super::support::*;
use domain::{
    employment::EmploymentKind,
    policy::{Outcome, PolicySet, Who},
};
use jiff::civil::date;

fn dated(id: &str, more: &str, applies: &str) -> domain::policy::Policy {
    policy(&format!(
        "[policy]\nid = \"{id}\"\ntitle = \"t\"\nlegal_basis = \"l\"\n{more}\n{applies}\n[[rule]]\ncode = \"TK\"\n\
         on = \"absent\"\npct = 3\nof = \"tpp\"\narticle = \"p\"\n"
    ))
}

#[test]
fn two_policies_for_the_same_people_clash() {
    let a = dated("a", "effective_from = 2025-01-01", "");
    let b = dated("b", "effective_from = 2026-01-01", "");
    let problems = PolicySet::new(vec![b, a.clone()]).unwrap_err();
    assert_eq!(problems[0].code, "policies_overlap");
    assert!(problems[0].en.contains("2026-01-01"), "{}", problems[0].en);
    let b = dated("b", "effective_from = 2026-01-01\nreplaces = \"a\"", "");
    let set = PolicySet::new(vec![a, b]).unwrap();
    let who = Who::of(EmploymentKind::Pns);
    assert_eq!(set.on(&who, date(2025, 12, 31)).unwrap().id(), "a");
    assert_eq!(set.on(&who, date(2026, 1, 1)).unwrap().id(), "b");
    assert!(set.on(&who, date(2024, 12, 31)).is_none());
}

#[test]
fn policies_for_different_people_or_times_live_together() {
    let pns = dated("pns", "effective_from = 2025-01-01", "[applies_to]\nemployment = [\"pns\", \"cpns\"]");
    let pppk = dated("pppk", "effective_from = 2025-01-01", "[applies_to]\nemployment = \"pppk\"");
    let old = dated("old", "effective_from = 2024-01-01\neffective_until = 2024-12-31", "");
    let set = PolicySet::new(vec![pns, pppk, old]).unwrap();
    assert_eq!(set.on(&Who::of(EmploymentKind::Pppk), date(2025, 6, 1)).unwrap().id(), "pppk");
    assert!(set.on(&Who::of(EmploymentKind::PppkParuhWaktu), date(2025, 6, 1)).is_none());
}

#[test]
fn people_who_are_not_covered_get_zero_and_a_reason() {
    let policy = dated("pns", "effective_from = 2025-01-01", "[applies_to]\nemployment = [\"pns\"]");
    let mut month = person(vec![absent(workday(0))]);
    month.who = domain::dated::Timeline::always(Who::of(EmploymentKind::PppkParuhWaktu));
    let result = run(&policy, &month);
    assert_eq!(result.outcome, Outcome::NotCovered);
    assert!(result.lines.is_empty() && !result.reason.id.is_empty());
    let mut unset = person(Vec::new());
    unset.amounts.clear();
    assert_eq!(run(&policy, &unset).outcome, Outcome::NoAmount);
    let mut early = person(Vec::new());
    early.month = "2024-07".parse().unwrap();
    assert_eq!(run(&policy, &early).outcome, Outcome::NotInForce);
}

#[test]
fn the_version_is_of_the_text_and_not_of_its_line_ends() {
    use domain::policy::version_of;
    assert_eq!(version_of("a = 1\nb = 2\n"), version_of("\u{feff}a = 1  \r\nb = 2\r\n\r\n"));
    assert_ne!(version_of("a = 1\n"), version_of("a = 2\n"));
}
