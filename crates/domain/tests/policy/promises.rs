//! What must hold for any month: never negative, never above the amount, lines that add up, more lateness
//! never cheaper.

use super::support::*;
use domain::{
    day::DayResult,
    policy::{PersonMonth, SHIPPED, evaluate},
};
use proptest::prelude::*;

#[derive(Debug, Clone)]
enum Kind {
    Present,
    Late(i64),
    Early(i64),
    Both(i64, i64),
    NoIn,
    NoOut,
    Absent,
    Status(&'static str),
    Free,
}

fn kind() -> impl Strategy<Value = Kind> {
    let statuses = prop::sample::select(vec!["CT", "DL", "S", "ST", "I", "CAP", "TB", "WFH"]);
    prop_oneof![
        Just(Kind::Present),
        (1..400_i64).prop_map(Kind::Late),
        (1..400_i64).prop_map(Kind::Early),
        (1..200_i64, 1..200_i64).prop_map(|(a, b)| Kind::Both(a, b)),
        Just(Kind::NoIn),
        Just(Kind::NoOut),
        Just(Kind::Absent),
        statuses.prop_map(Kind::Status),
        Just(Kind::Free),
    ]
}

fn day(n: usize, kind: &Kind) -> DayResult {
    let date = workday(n);
    match kind {
        Kind::Present => present(date),
        Kind::Late(minutes) => late(date, *minutes),
        Kind::Early(minutes) => early(date, *minutes),
        Kind::Both(a, b) => DayResult { early_minutes: *b, ..late(date, *a) },
        Kind::NoIn => no_in(date),
        Kind::NoOut => no_out(date),
        Kind::Absent => absent(date),
        Kind::Status(code) => status(date, code),
        Kind::Free => free(date),
    }
}

fn month(days: &[Kind], tpp: i64, performance: i64, events: &[usize]) -> PersonMonth {
    let mut month = person(days.iter().enumerate().map(|(n, kind)| day(n, kind)).collect());
    month.amounts.insert("tpp".into(), tpp.into());
    for name in ["lkh_minutes", "menit_kerja"] {
        month.inputs.insert(name.into(), (performance * 65).into());
    }
    for name in ["capaian_kinerja", "nilai_produktivitas"] {
        month.inputs.insert(name.into(), performance.into());
    }
    month.inputs.insert("hukdis_pct".into(), (performance % 60).into());
    month.inputs.insert("laporan_kinerja".into(), (performance > 50).into());
    month.inputs.insert("lkh_none".into(), (performance < 10).into());
    month.salary = Some(dec("4500000"));
    month.events = events.iter().map(|n| missed(workday(*n), "apel_senin")).collect();
    month
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn sums_hold_and_nothing_falls_below_zero(
        days in prop::collection::vec(kind(), 0..23),
        tpp in 0..30_000_000_i64,
        performance in 0..130_i64,
        events in prop::collection::vec(0..22_usize, 0..4),
    ) {
        let month = month(&days, tpp, performance, &events);
        for shipped in SHIPPED {
            assert_sums(&evaluate(&load(shipped.id), &month));
        }
    }

    #[test]
    fn more_minutes_never_cost_less(
        before in prop::collection::vec(kind(), 0..15),
        minutes in 1..300_i64,
        more in 1..200_i64,
        side in any::<bool>(),
    ) {
        let with = |minutes: i64| {
            let last = if side { Kind::Late(minutes) } else { Kind::Early(minutes) };
            month(&[before.as_slice(), &[last]].concat(), 7_654_321, 80, &[])
        };
        for shipped in SHIPPED {
            let policy = load(shipped.id);
            let (less, more) = (evaluate(&policy, &with(minutes)), evaluate(&policy, &with(minutes + more)));
            prop_assert!(more.earned <= less.earned, "{}: {} then {}", shipped.id, less.earned, more.earned);
        }
    }

    #[test]
    fn a_day_never_costs_more_than_its_cap(late_minutes in 0..400_i64, early_minutes in 0..400_i64) {
        let policy = load("default-60-40");
        let mut month = month(&[Kind::Both(late_minutes, early_minutes)], 5_000_000, 100, &[]);
        month.inputs.insert("lkh_minutes".into(), 6250.into());
        prop_assert!(evaluate(&policy, &month).total_cut.0 <= dec("60000"));
    }
}

#[test]
fn shipped_policies_have_no_errors_and_name_their_evidence() {
    for shipped in SHIPPED {
        let policy = load(shipped.id);
        assert_eq!(policy.id(), shipped.id);
        assert!(!policy.evidence().is_empty() && !policy.legal_basis().is_empty(), "{}", shipped.id);
    }
}

#[test]
fn absurd_numbers_are_calculated_and_not_a_crash() {
    let mut month = month(&[Kind::Late(399), Kind::Absent, Kind::NoOut], 5_000_000, 100, &[]);
    for value in
        ["79228162514264337593543950335", "-79228162514264337593543950335", "0.0000000000000000000000000001"]
    {
        let value = dec(value);
        month.amounts.insert("tpp".into(), value);
        month.salary = Some(value);
        for input in month.inputs.values_mut() {
            *input = domain::policy::InputValue::Number(value);
        }
        month.year_to_date.insert("tk_days".into(), value);
        month.corrections = vec![domain::policy::Correction {
            month: month.month.previous(),
            rupiah: value,
            reason: "uji".into(),
        }];
        for shipped in SHIPPED {
            let result = evaluate(&load(shipped.id), &month);
            assert!(result.net.0 >= dec("0"), "{}", shipped.id);
        }
    }
}
