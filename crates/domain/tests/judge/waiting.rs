//! "No data yet" is not "absent", and the server's failures cost nobody.

use domain::day::{DayCode, Gap, GapCause, Reason, Side};

use crate::support::{Person, at, builtin, schedule};

fn office() -> Person {
    Person::new(builtin("perpres-21-2023"))
}

fn gap(from: &str, until: Option<&str>, cause: GapCause) -> Gap {
    Gap { from: at(from), until: until.map(at), cause }
}

#[test]
fn the_future_is_not_judged() {
    let person = office().seen_at("2026-06-08T09:00");
    let days = person.judge_range("2026-06-09", "2026-06-14");
    assert_eq!((days[0].code.clone(), days[0].reasons.clone()), (DayCode::Belum, vec![Reason::Future]));
    assert_eq!(days[4].code, DayCode::Libur, "a free day is free whatever comes");
}

#[test]
fn a_day_going_on_waits_for_its_check_out() {
    // Left the building at noon: nothing is early while a later punch may come.
    let person = office().punched(&["2026-06-08T07:20", "2026-06-08T12:05"]).seen_at("2026-06-08T13:00");
    let judged = person.judge("2026-06-08");
    assert_eq!(
        (judged.code, judged.check_out, judged.early_minutes, judged.missing_out),
        (DayCode::Hadir, None, 0, false)
    );
    assert!(matches!(judged.ignored[0].reason, Reason::WindowOpen { .. }));
    let evening = office()
        .punched(&["2026-06-08T07:20", "2026-06-08T16:05"])
        .seen_at("2026-06-08T16:10")
        .judge("2026-06-08");
    assert_eq!(evening.check_out, Some(at("2026-06-08T16:05")));
    let closed = office().punched(&["2026-06-08T07:20", "2026-06-08T12:05"]).judge("2026-06-08");
    assert_eq!(closed.early_minutes, 235);
}

#[test]
fn a_silent_terminal_makes_nobody_absent() {
    let silent = gap("2026-06-08T06:00", None, GapCause::TerminalSilent);
    let judged = office().with_gap(silent.clone()).judge("2026-06-08");
    assert_eq!(judged.code, DayCode::Belum);
    assert!(matches!(judged.reasons[0], Reason::DataGap { side: None, cause: GapCause::TerminalSilent, .. }));
    assert_eq!(
        office().with_gap(silent).judge("2026-06-05").code,
        DayCode::Tk,
        "before the gap data is complete"
    );
    // Once the data has come the gap is gone and the day is judged.
    assert_eq!(office().judge("2026-06-08").code, DayCode::Tk);
}

#[test]
fn a_gap_excuses_only_the_side_it_touches() {
    let morning = gap("2026-06-08T06:30", Some("2026-06-08T08:00"), GapCause::TerminalSilent);
    let only_out = office().with_gap(morning.clone()).punched(&["2026-06-08T16:01"]).judge("2026-06-08");
    assert_eq!((only_out.code, only_out.missing_in), (DayCode::Hadir, false));
    assert!(only_out.reasons.iter().any(|r| matches!(r, Reason::DataGap { side: Some(Side::In), .. })));
    let only_in = office().with_gap(morning).punched(&["2026-06-08T07:20"]).judge("2026-06-08");
    assert!(only_in.missing_out);
    let evening = gap("2026-06-08T15:30", Some("2026-06-08T23:00"), GapCause::ServerOutage);
    let only_in = office().with_gap(evening).punched(&["2026-06-08T07:20"]).judge("2026-06-08");
    assert!(!only_in.missing_out);
}

#[test]
fn minutes_of_an_outage_are_not_late_minutes() {
    // The server was down from 07.10 to 07.50; the punch at 07.52 is late by two minutes, not by 22.
    let outage = || gap("2026-06-08T07:10", Some("2026-06-08T07:50"), GapCause::ServerOutage);
    let judged = |time: &str, gaps: Vec<Gap>| {
        let mut person = office().punched(&[&format!("2026-06-08T{time}"), "2026-06-08T16:00"]);
        person.gaps = gaps;
        person.judge("2026-06-08").late_minutes
    };
    assert_eq!(judged("07:52", vec![outage()]), 2);
    assert_eq!(judged("07:50", vec![outage()]), 0);
    assert_eq!(judged("07:52", vec![outage(), outage()]), 2, "two records of one outage excuse it once");
    // A terminal that was only silent kept its punches with their own time.
    let silent = gap("2026-06-08T07:10", Some("2026-06-08T07:50"), GapCause::TerminalSilent);
    assert_eq!(judged("07:52", vec![silent]), 22);
    let mut person = office().punched(&["2026-06-08T07:30", "2026-06-08T15:40"]);
    person.gaps = vec![gap("2026-06-08T15:45", None, GapCause::Declared)];
    assert_eq!(person.judge("2026-06-08").early_minutes, 5);
}

#[test]
fn punches_from_after_the_moment_of_judgement_are_unknown() {
    let person = office().punched(&["2026-06-08T07:20", "2026-06-08T16:05"]).seen_at("2026-06-08T10:00");
    let judged = person.judge("2026-06-08");
    assert_eq!((judged.check_out, judged.used.len()), (None, 1));
    assert_eq!(judged.ignored[0].reason, Reason::AfterAsOf);
    // A terminal with its clock at 2099 cannot make anyone present today.
    let wrong = office().punched(&["2099-06-08T07:20"]).seen_at("2026-06-09T10:00");
    assert_eq!(wrong.judge("2026-06-08").code, DayCode::Tk);
}

#[test]
fn one_punch_alone_is_the_side_it_stands_nearer_to() {
    let judged = |time: &str| office().punched(&[&format!("2026-06-08T{time}")]).judge("2026-06-08");
    let morning = judged("09:00");
    assert_eq!((morning.late_minutes, morning.missing_in, morning.missing_out), (90, false, true));
    let evening = judged("15:50");
    assert_eq!((evening.early_minutes, evening.missing_in, evening.missing_out), (10, true, false));
    assert!(evening.reasons.iter().any(|r| matches!(r, Reason::NearestSide { side: Side::Out, .. })));
    // Two presses within the gap at the end of the day are one check-out, the later one.
    let twice = office().punched(&["2026-06-08T15:55", "2026-06-08T16:01"]).judge("2026-06-08");
    assert_eq!((twice.early_minutes, twice.missing_in, twice.used.len()), (0, true, 1));
}

#[test]
fn while_the_day_goes_on_one_punch_at_three_is_a_late_check_in() {
    let judged = office().punched(&["2026-06-08T15:00"]).seen_at("2026-06-08T15:10").judge("2026-06-08");
    assert_eq!((judged.late_minutes, judged.missing_in), (450, false));
    let after_hours = office().punched(&["2026-06-08T16:05"]).seen_at("2026-06-08T16:10").judge("2026-06-08");
    assert!(after_hours.missing_in && after_hours.check_out.is_some());
}

#[test]
fn a_year_without_known_holidays_says_so() {
    let judged = office().punched(&["2027-06-08T07:20", "2027-06-08T16:00"]).judge("2027-06-08");
    assert!(judged.reasons.contains(&Reason::CalendarUnknown { year: 2027 }));
}

#[test]
fn a_night_going_on_is_not_absence_at_midnight() {
    let text =
        "code = \"n\"\n[[shift]]\ncode = \"M\"\ndays = [\"mon\"]\nstart = \"21:00\"\nend = \"07:00\"\n";
    let person = |as_of: &str| Person::new(schedule(text)).seen_at(as_of);
    assert_eq!(person("2026-06-09T01:00").judge("2026-06-08").code, DayCode::Belum);
    assert_eq!(person("2026-06-09T13:00:01").judge("2026-06-08").code, DayCode::Tk);
    let came = person("2026-06-09T01:00").punched(&["2026-06-08T20:55"]).judge("2026-06-08");
    assert_eq!((came.code, came.missing_out), (DayCode::Hadir, false));
}
