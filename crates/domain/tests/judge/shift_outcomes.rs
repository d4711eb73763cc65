//! What a shift from 08:00 to 12:00, open from 07:00 to 13:00, comes to: on time, late, half a day, absent, a holiday.

use domain::day::DayCode;

use crate::support::{Person, schedule};

/// The shift of the cases with extra rules; windows are 60 minutes on both sides.
fn morning(rules: &str) -> Person {
    let text = format!(
        "code = \"s\"\n[rules]\nwindow_before_minutes = 60\nwindow_after_minutes = 60\n{rules}\n\
         [[shift]]\ncode = \"P\"\ndays = [\"mon\"]\nstart = \"08:00\"\nend = \"12:00\"\n"
    );
    Person::new(schedule(&text))
}

const MONDAY: &str = "2026-06-08";

fn punched(person: Person, times: [&str; 2]) -> Person {
    person.punched(&times.map(|t| format!("{MONDAY}T{t}")).each_ref().map(String::as_str))
}

#[test]
fn on_time_and_full_is_present() {
    let day = punched(morning(""), ["08:00", "12:00"]).judge(MONDAY);
    assert_eq!(
        (day.code, day.late_minutes, day.early_minutes, day.worked_minutes),
        (DayCode::Hadir, 0, 0, 240)
    );
    assert!(!day.missing_in && !day.missing_out);
    assert_eq!(day.used.len(), 2);
}

#[test]
fn a_window_widened_between_the_punches_gives_one_day() {
    let mut person = punched(morning(""), ["08:00", "12:00"]);
    let before = person.judge(MONDAY);
    let mut wider = (**person.schedules.on(crate::support::day(MONDAY)).unwrap()).clone();
    wider.rules.window_before_minutes = 120;
    person.schedules = domain::dated::Timeline::always(std::sync::Arc::new(wider));
    let days = person.judge_range(MONDAY, MONDAY);
    assert_eq!(days.len(), 1);
    assert_eq!((&days[0].code, &days[0].used), (&DayCode::Hadir, &before.used));
}

#[test]
fn a_shift_just_after_midnight_is_dated_by_its_start() {
    let text = "code = \"s\"\n[rules]\nwindow_before_minutes = 60\n[[shift]]\ncode = \"M\"\ndays = [\"mon\"]\nstart = \"00:30\"\nend = \"10:00\"\n";
    let person = Person::new(schedule(text)).punched(&["2026-06-08T00:30", "2026-06-08T10:00"]);
    let days = person.judge_range("2026-06-07", "2026-06-09");
    assert_eq!(days[1].code, DayCode::Hadir);
    assert_eq!(days[1].worked_minutes, 570);
    assert!(days[0].used.is_empty() && days[2].used.is_empty());
    // The window opens at 23:30 on the day before.
    let early = Person::new(schedule(text)).punched(&["2026-06-07T23:30", "2026-06-08T10:00"]);
    assert_eq!(early.judge(MONDAY).used.len(), 2);
    assert_eq!(early.judge("2026-06-07").code, DayCode::Libur);
}

#[test]
fn beyond_both_graces_is_late_and_early() {
    let person = |times| {
        let text = "code = \"s\"\n[[shift]]\ncode = \"P\"\ndays = [\"mon\"]\nstart = \"08:00\"\nend = \"12:00\"\n\
                    on_time_until = \"09:00\"\nleave_from = \"11:00\"\n";
        punched(Person::new(schedule(text)), times).judge(MONDAY)
    };
    let day = person(["09:30", "10:30"]);
    assert_eq!((day.code, day.late_minutes, day.early_minutes), (DayCode::Hadir, 90, 30));
    let graced = person(["09:00", "11:00"]);
    assert_eq!((graced.late_minutes, graced.early_minutes), (0, 0));
}

#[test]
fn half_day_below_two_hours() {
    let day = punched(morning("half_day_below_minutes = 120"), ["08:00", "09:30"]).judge(MONDAY);
    assert_eq!((day.code, day.worked_minutes), (DayCode::SetengahHari, 90));
}

#[test]
fn absent_below_two_hours() {
    let day = punched(morning("absent_below_minutes = 120"), ["08:00", "09:30"]).judge(MONDAY);
    assert_eq!((day.code, day.worked_minutes), (DayCode::Tk, 90));
}

#[test]
fn between_the_thresholds_is_half_a_day() {
    let rules = "half_day_below_minutes = 120\nabsent_below_minutes = 60";
    let day = punched(morning(rules), ["08:00", "09:30"]).judge(MONDAY);
    assert_eq!((day.code, day.worked_minutes), (DayCode::SetengahHari, 90));
}

#[test]
fn below_both_thresholds_is_absent() {
    let rules = "half_day_below_minutes = 120\nabsent_below_minutes = 60";
    let day = punched(morning(rules), ["08:00", "08:45"]).judge(MONDAY);
    assert_eq!((day.code, day.worked_minutes), (DayCode::Tk, 45));
}

#[test]
fn without_thresholds_a_short_day_is_early_leave() {
    for (out, early) in [("09:30", 150), ("08:45", 195)] {
        let day = punched(morning(""), ["08:00", out]).judge(MONDAY);
        assert_eq!((day.code, day.early_minutes), (DayCode::Hadir, early));
    }
}

#[test]
fn a_holiday_with_attendance_counted() {
    // Monday, 17 August 2026.
    let holiday = ["2026-08-17T08:00", "2026-08-17T12:00"];
    let day = morning("attendance_on_holidays = true").punched(&holiday).judge("2026-08-17");
    assert_eq!((day.code, day.worked_minutes, day.required), (DayCode::Hadir, 240, false));
    // Nobody is absent on a holiday.
    let none = morning("attendance_on_holidays = true").judge("2026-08-17");
    assert_eq!((none.code, none.missing_in), (DayCode::Libur, false));
}

#[test]
fn a_holiday_without_it_gives_no_attendance() {
    let day = morning("").punched(&["2026-08-17T08:00", "2026-08-17T12:00"]).judge("2026-08-17");
    assert_eq!((day.code, day.used.len(), day.ignored.len()), (DayCode::Libur, 0, 2));
}
