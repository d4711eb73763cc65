//! Minutes at the edges of bands, and the faults of other systems.

use super::support::*;
use domain::policy::Policy;

fn code(policy: &Policy, minutes: i64) -> String {
    let result = run(policy, &person(vec![late(workday(0), minutes)]));
    result.lines.iter().find(|line| line.date.is_some()).map_or(String::new(), |line| line.code.to_string())
}

#[test]
fn each_minute_has_one_band() {
    let policy = load("default-60-40");
    let expected = [
        (0, ""),
        (1, "TL1"),
        (30, "TL1"),
        (31, "TL2"),
        (60, "TL2"),
        (61, "TL3"),
        (90, "TL3"),
        (91, "TL4"),
        (480, "TL4"),
    ];
    for (minutes, band) in expected {
        assert_eq!(code(&policy, minutes), band, "{minutes} minutes");
    }
}

/// A system of another regency took only the minutes part of 1 h 05 min.
#[test]
fn sixty_five_minutes_late_counts_sixty_five() {
    let result = run(&load("default-60-40"), &person(vec![late(workday(0), 65)]));
    assert_eq!(result.lines[0].code.as_str(), "TL3");
    assert_eq!(result.lines[0].quantity, dec("65"));
    let per_minute = run(&load("dki-per-minute"), &person(vec![late(workday(0), 65)]));
    assert_eq!(per_minute.lines[0].quantity, dec("65"));
    assert_eq!(per_minute.total_cut.0, dec("32828"), "5.000.000 / 9.900 x 65 = 32.828,28");
}

/// Another compared the number of late days with bands of minutes, so that lateness never cost anything.
#[test]
fn bands_look_at_minutes_and_not_at_days() {
    let days = (0..20).map(|i| late(workday(i), 95)).collect();
    let result = run(&load("default-60-40"), &person(days));
    assert_eq!(result.lines.iter().filter(|l| l.code.as_str() == "TL4").count(), 20);
    assert_eq!(result.total_cut.0, dec("600000"));
}

#[test]
fn seconds_are_dropped_or_counted_as_the_policy_says() {
    let rules = "[[rule]]\ncode = \"TL\"\non = \"late\"\nevery = 1\nrupiah = 1000\narticle = \"p\"\n";
    let day = |seconds: i8| {
        let mut day = present(workday(0));
        day.check_in = Some(workday(0).at(7, 30 + seconds / 60, seconds % 60, 0));
        day.late_minutes = i64::from(seconds / 60);
        day
    };
    let floor = small(rules);
    let started = small(&format!("[day]\nseconds = \"count_started_minute\"\n{rules}"));
    let expected =
        [(0, "0", "0"), (1, "0", "1000"), (59, "0", "1000"), (60, "1000", "1000"), (61, "1000", "2000")];
    for (seconds, floored, counted) in expected {
        let month = person(vec![day(seconds)]);
        assert_eq!(cut(&floor, &month), dec(floored), "floor {seconds} s");
        assert_eq!(cut(&started, &month), dec(counted), "started {seconds} s");
    }
}

#[test]
fn minutes_can_count_from_the_on_time_limit() {
    let rules = "[day]\nlate_from = \"limit\"\n[[rule]]\ncode = \"TL\"\non = \"late\"\nevery = 1\nrupiah = 1000\n\
                 article = \"p\"\n";
    let mut day = late(workday(0), 100);
    if let Some(planned) = day.planned.as_mut() {
        planned.on_time_until = workday(0).at(9, 0, 0, 0);
    }
    assert_eq!(cut(&small(rules), &person(vec![day])), dec("10000"), "09.10 is ten minutes after 09.00");
}
