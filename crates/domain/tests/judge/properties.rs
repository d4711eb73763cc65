//! What must hold for any punches whatever.

use domain::{
    day::{DayResult, judge_range},
    punch::{Direction, Punch},
    schedule::{PairBy, PunchRule, Schedule, Seconds},
};
use jiff::{SignedDuration, ToSpan, civil::date};
use proptest::prelude::*;

use crate::support::{Person, builtin, day, schedule};

/// Punches on three days around Tuesday, 9 June 2026, at any second, with any key; some marked not to count.
fn punches() -> impl Strategy<Value = Vec<Punch>> {
    let direction = prop_oneof![
        3 => Just(Direction::Unknown),
        1 => Just(Direction::In),
        1 => Just(Direction::Out),
    ];
    let one = (0..3 * 86_400_i64, direction, prop::bool::weighted(0.1));
    prop::collection::vec(one, 0..14).prop_map(|list| {
        let start = date(2026, 6, 8).at(0, 0, 0, 0);
        let punch = |(i, (second, direction, skip)): (usize, (i64, Direction, bool))| Punch {
            id: format!("p{i:02}"),
            at: start.checked_add(SignedDuration::from_secs(second)).unwrap(),
            direction,
            skip,
            ..crate::support::punch("2026-06-08T00:00")
        };
        list.into_iter().enumerate().map(punch).collect()
    })
}

/// Schedules of every kind: office, night, two shifts a day, last punch counts, pairs, rest check.
fn schedules() -> impl Strategy<Value = Schedule> {
    let days = "days = [\"mon\", \"tue\", \"wed\"]";
    let two = format!(
        "code = \"two\"\n[[shift]]\ncode = \"A\"\n{days}\nstart = \"07:00\"\nend = \"14:00\"\n[[shift]]\ncode = \"B\"\n{days}\nstart = \"14:00\"\nend = \"21:00\"\n"
    );
    let night =
        format!("code = \"night\"\n[[shift]]\ncode = \"M\"\n{days}\nstart = \"21:00\"\nend = \"07:00\"\n");
    let rest = format!(
        "code = \"rest\"\n[[shift]]\ncode = \"R\"\n{days}\nstart = \"07:30\"\nend = \"16:00\"\nrest = {{ from = \"12:00\", until = \"13:00\" }}\nrest_check = {{ from = \"12:30\", until = \"14:00\" }}\n"
    );
    let mut paired = builtin("perpres-21-2023");
    paired.rules.punches = PunchRule::Paired;
    let mut by_key = paired.clone();
    by_key.rules.pair_by = PairBy::Direction;
    let mut counting = builtin("perpres-21-2023");
    counting.rules.seconds = Seconds::Count;
    prop::sample::select(vec![
        builtin("perpres-21-2023"),
        builtin("bali-54-2014"),
        builtin("tanggamus-2017"),
        schedule(&two),
        schedule(&night),
        schedule(&rest),
        paired,
        by_key,
        counting,
    ])
}

fn judge(schedule: Schedule, punches: Vec<Punch>) -> Vec<DayResult> {
    let mut person = Person::new(schedule);
    person.punches = punches;
    // Sunday to Thursday: punches of a night may belong to a neighbouring date.
    judge_range(&person.facts(), day("2026-06-07"), day("2026-06-11"))
}

proptest! {
    #[test]
    fn the_order_of_punches_does_not_matter(schedule in schedules(), punches in punches(), seed in any::<u64>()) {
        let mut shuffled = punches.clone();
        shuffled.sort_by_key(|p| p.id.bytes().fold(seed, |h, b| h.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(u64::from(b))));
        prop_assert_eq!(judge(schedule.clone(), punches), judge(schedule, shuffled));
    }

    #[test]
    fn judging_twice_gives_the_same(schedule in schedules(), punches in punches()) {
        prop_assert_eq!(judge(schedule.clone(), punches.clone()), judge(schedule, punches));
    }

    #[test]
    fn every_punch_is_used_or_ignored_once(schedule in schedules(), punches in punches()) {
        let mut offered: Vec<String> = punches.iter().map(|p| p.id.clone()).collect();
        let days = judge(schedule, punches);
        let used = days.iter().flat_map(|d| d.used.iter().cloned());
        let ignored = days.iter().flat_map(|d| d.ignored.iter().map(|i| i.id.clone()));
        let mut told: Vec<String> = used.chain(ignored).collect();
        told.sort();
        offered.sort();
        prop_assert_eq!(told, offered);
    }

    #[test]
    fn a_day_judged_alone_is_the_day_judged_among_others(schedule in schedules(), punches in punches()) {
        let mut person = Person::new(schedule);
        person.punches = punches;
        for judged in judge_range(&person.facts(), day("2026-06-07"), day("2026-06-11")) {
            prop_assert_eq!(person.judge(&judged.date.to_string()), judged);
        }
    }

    #[test]
    fn an_ignored_punch_changes_nothing(schedule in schedules(), punches in punches(), which in any::<prop::sample::Index>()) {
        prop_assume!(!punches.is_empty());
        let twin = Punch { id: "zz".to_owned(), ..which.get(&punches).clone() };
        let before = judge(schedule.clone(), punches.clone());
        let mut more = punches;
        more.push(twin);
        let after = judge(schedule, more);
        let ignored = after.iter().any(|d| d.ignored.iter().any(|i| i.id == "zz"));
        prop_assert!(ignored, "the same press under another id is never counted");
        for (a, b) in before.iter().zip(&after) {
            let same = |d: &DayResult| (d.code.clone(), d.check_in, d.check_out, d.late_minutes, d.early_minutes, d.worked_minutes, d.used.clone());
            prop_assert_eq!(same(a), same(b), "{:?} / {:?}", a, b);
        }
    }

    #[test]
    fn coming_later_is_never_less_late(schedule in schedules(), first in 0..480_i64, more in 0..480_i64) {
        let late = |minute: i64| {
            let arrival = date(2026, 6, 9).at(4, 0, 0, 0).checked_add(minute.minutes()).unwrap();
            let mut person = Person::new(schedule.clone()).punched(&["2026-06-09T23:30"]);
            person.punches[0].at = date(2026, 6, 9).at(16, 30, 0, 0);
            person.punches.push(Punch { id: "in".to_owned(), at: arrival, ..crate::support::punch("2026-06-09T04:00") });
            let judged = person.judge("2026-06-09");
            judged.check_in.filter(|at| *at == arrival && judged.shifts.is_empty()).map(|_| judged.late_minutes)
        };
        if let (Some(early), Some(later)) = (late(first), late(first + more)) {
            prop_assert!(early <= later, "{early} then {later}");
        }
    }

    #[test]
    fn minutes_are_never_negative(schedule in schedules(), punches in punches()) {
        for day in judge(schedule, punches) {
            prop_assert!(day.late_minutes >= 0 && day.early_minutes >= 0 && day.worked_minutes >= 0 && day.break_late_minutes >= 0);
        }
    }
}
