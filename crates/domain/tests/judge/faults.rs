//! Faults seen in other systems, each held by a test of its name.

use domain::{
    day::{DayCode, Reason, Side},
    punch::Direction,
};

use crate::support::{Person, at, builtin, punch, schedule, typed};

const OFFICE: &str = "perpres-21-2023";

#[test]
fn fault_06_seconds_are_never_cut_silently() {
    let floor = Person::new(builtin(OFFICE))
        .punched(&["2026-06-08T07:30:59", "2026-06-08T16:00"])
        .judge("2026-06-08");
    assert_eq!(floor.late_minutes, 0);
    assert_eq!(floor.check_in, Some(at("2026-06-08T07:30:59")), "the moment itself is kept");
    let told = Reason::SecondsLeftOut { side: Side::In, at: at("2026-06-08T07:30:59") };
    assert!(floor.reasons.contains(&told));

    let mut counting = builtin(OFFICE);
    counting.rules.seconds = domain::schedule::Seconds::Count;
    let day = Person::new(counting).punched(&["2026-06-08T07:30:59", "2026-06-08T16:00"]).judge("2026-06-08");
    assert_eq!(day.late_minutes, 1);
    assert!(!day.reasons.contains(&told));
}

#[test]
fn fault_06_nobody_stays_present_for_ever() {
    let person = Person::new(builtin(OFFICE)).punched(&["2026-06-08T07:20"]);
    let during = person.judge("2026-06-08");
    assert!(during.missing_out);
    let at_noon = Person::new(builtin(OFFICE))
        .punched(&["2026-06-08T07:20"])
        .seen_at("2026-06-08T12:00")
        .judge("2026-06-08");
    assert_eq!((at_noon.code, at_noon.missing_out), (DayCode::Hadir, false));
    let next_day = Person::new(builtin(OFFICE)).punched(&["2026-06-08T07:20"]).seen_at("2026-06-09T06:00");
    let closed = next_day.judge("2026-06-08");
    assert!(closed.missing_out);
    assert_eq!((closed.check_out, closed.worked_minutes), (None, 0));
    assert_eq!(
        next_day.judge("2026-06-09").code,
        DayCode::Belum,
        "the open shift does not run into the next day"
    );
}

#[test]
fn fault_07_punches_without_a_key_count_and_the_first_need_not_be_in() {
    // Status 255 reaches the judge as a punch of unknown direction.
    let untyped =
        Person::new(builtin(OFFICE)).punched(&["2026-06-08T07:25", "2026-06-08T16:03"]).judge("2026-06-08");
    assert_eq!((untyped.late_minutes, untyped.early_minutes, untyped.used.len()), (0, 0, 2));
    // Everybody leaves the key on "in", or presses the wrong one.
    for (first, last) in
        [(Direction::In, Direction::In), (Direction::Out, Direction::Out), (Direction::Out, Direction::In)]
    {
        let mut person = Person::new(builtin(OFFICE));
        person.punches = vec![typed("2026-06-08T07:25", first), typed("2026-06-08T16:03", last)];
        let day = person.judge("2026-06-08");
        assert_eq!((day.late_minutes, day.early_minutes, day.used.len()), (0, 0, 2), "{first:?} {last:?}");
        assert!(day.reasons.iter().any(|r| matches!(r, Reason::KeyOverruled { .. })));
    }
}

#[test]
fn fault_07_strict_keys_are_believed_where_that_is_wanted() {
    let mut strict = builtin(OFFICE);
    strict.rules.direction = domain::schedule::DirectionUse::Strict;
    let mut person = Person::new(strict);
    person.punches = vec![typed("2026-06-08T07:25", Direction::In), typed("2026-06-08T16:03", Direction::In)];
    let day = person.judge("2026-06-08");
    assert!(day.missing_out && day.used.len() == 1);
}

#[test]
fn fault_10_a_free_day_is_never_absent() {
    let person = Person::new(builtin(OFFICE));
    for date in ["2026-06-06", "2026-06-07", "2026-06-01", "2026-05-28"] {
        let day = person.judge(date);
        assert_eq!((day.code, day.missing_in, day.missing_out), (DayCode::Libur, false, false), "{date}");
    }
}

#[test]
fn fault_10_absence_is_known_the_moment_the_window_closes_and_not_before() {
    let person = |as_of: &str| Person::new(builtin(OFFICE)).seen_at(as_of).judge("2026-06-08").code;
    assert_eq!(person("2026-06-07T23:59"), DayCode::Belum);
    assert_eq!(person("2026-06-08T21:59"), DayCode::Belum);
    assert_eq!(person("2026-06-08T22:00"), DayCode::Belum);
    assert_eq!(person("2026-06-08T22:00:01"), DayCode::Tk);
}

#[test]
fn fault_10_overlapping_windows_never_split_a_day_into_absence() {
    // Two shifts on one day whose windows overlap widely: four punches fill both.
    let text = "code = \"c\"\n[[shift]]\ncode = \"A\"\ndays = [\"mon\"]\nstart = \"07:00\"\nend = \"14:00\"\n\
                [[shift]]\ncode = \"B\"\ndays = [\"mon\"]\nstart = \"14:00\"\nend = \"21:00\"\n";
    let times = ["2026-06-08T06:50", "2026-06-08T13:58", "2026-06-08T14:02", "2026-06-08T21:01"];
    let day = Person::new(schedule(text)).punched(&times).judge("2026-06-08");
    assert_eq!((day.code, day.used.len()), (DayCode::Hadir, 4));
    assert!(!day.missing_in && !day.missing_out);
    assert!(day.shifts.iter().all(|s| s.code == DayCode::Hadir));
}

#[test]
fn fault_13_a_retry_after_the_check_in_is_never_a_check_out() {
    // The reply hung, so the person pressed again after five and after twenty-nine minutes.
    let person =
        Person::new(builtin(OFFICE)).punched(&["2026-06-08T07:31", "2026-06-08T07:36", "2026-06-08T08:00"]);
    let day = person.judge("2026-06-08");
    assert_eq!((day.check_out, day.early_minutes, day.missing_out), (None, 0, true));
    assert!(day.ignored.iter().all(|i| matches!(i.reason, Reason::Retry { min_gap_minutes: 30, .. })));
    // With the real check-out the retries change nothing.
    let full = person.punched(&["2026-06-08T16:02"]).judge("2026-06-08");
    assert_eq!((full.late_minutes, full.early_minutes, full.ignored.len()), (1, 0, 2));
    assert_eq!(full.check_out, Some(at("2026-06-08T16:02")));
}

#[test]
fn fault_13_a_retry_with_the_wrong_key_is_no_check_out_either() {
    let mut person = Person::new(builtin(OFFICE));
    person.punches = vec![
        typed("2026-06-08T07:25", Direction::In),
        typed("2026-06-08T07:26", Direction::Out),
        punch("2026-06-08T16:00"),
    ];
    let day = person.judge("2026-06-08");
    assert_eq!((day.early_minutes, day.used.len()), (0, 2));
    person.punches.pop();
    assert!(person.judge("2026-06-08").missing_out);
}
