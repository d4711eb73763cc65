//! What a press is and which shift it belongs to.

use domain::{
    day::{DayCode, DayResult, Reason},
    punch::{Direction, Punch},
};
use jiff::SignedDuration;

use crate::support::{Person, at, schedule, typed};

/// Presses at these minutes from 18:00 on Monday, 8 June 2026, typed in and out in turn unless told.
fn presses(minutes: &[(i64, Direction)]) -> Vec<Punch> {
    minutes
        .iter()
        .map(|(m, direction)| {
            let moment = at("2026-06-08T18:00").checked_add(SignedDuration::from_mins(*m)).unwrap();
            typed(&moment.to_string(), *direction)
        })
        .collect()
}

fn long_day(rules: &str, punches: Vec<Punch>) -> DayResult {
    let text = format!(
        "code = \"c\"\n[rules]\n{rules}\n[[shift]]\ncode = \"P\"\ndays = [\"mon\"]\nstart = \"08:00\"\nend = \"18:00\"\n"
    );
    let mut person = Person::new(schedule(&text));
    person.punches = punches;
    person.judge("2026-06-08")
}

#[test]
fn the_place_is_kept_only_where_the_setting_is_on() {
    use domain::punch::{GeoPoint, kept_point};
    let point = GeoPoint { longitude: 104.6, latitude: -5.4 };
    assert_eq!(kept_point(false, Some(point)), None);
    assert_eq!(kept_point(true, Some(point)), Some(point));
    assert_eq!(kept_point(true, None), None);
    // Peers let NaN and 999 through as "inside"; here they are no place at all, and (0, 0) is one.
    for (longitude, latitude) in [(f64::NAN, 0.0), (0.0, 999.0), (200.0, 0.0), (f64::INFINITY, 0.0)] {
        assert_eq!(kept_point(true, Some(GeoPoint { longitude, latitude })), None);
    }
    let origin = GeoPoint { longitude: 0.0, latitude: 0.0 };
    assert_eq!(kept_point(true, Some(origin)), Some(origin));
}

#[test]
fn a_typed_press_keeps_its_reference() {
    let mut press = typed("2026-06-08T08:00", Direction::In);
    press.id = "mesin-7/3344".to_owned();
    let day = long_day("", vec![press]);
    assert_eq!(day.used, ["mesin-7/3344"]);
    assert_eq!(day.check_in, Some(at("2026-06-08T08:00")));
}

#[test]
fn skipped_presses_are_flagged_and_the_others_count() {
    use Direction::Unknown;
    let mut punches = presses(&[(-600, Unknown), (-360, Unknown), (-300, Unknown), (-48, Unknown)]);
    for minutes in [-500, -400, -200] {
        punches.extend(presses(&[(minutes, Unknown)]).into_iter().map(|p| Punch { skip: true, ..p }));
    }
    let day = long_day("punches = \"paired\"", punches.clone());
    assert_eq!((day.code.clone(), day.used.len(), day.worked_minutes), (DayCode::Hadir, 4, 492));
    assert_eq!(day.ignored.len(), 3);
    assert!(day.ignored.iter().all(|i| i.reason == Reason::Skipped));
    // First in, last out: the inner two are told apart with their reason instead.
    let first_last = long_day("", punches);
    assert_eq!((first_last.used.len(), first_last.worked_minutes), (2, 552));
    assert_eq!(first_last.ignored.iter().filter(|i| i.reason == Reason::Between).count(), 2);
}

#[test]
fn nothing_stays_linked_to_an_earlier_judgement() {
    let punches = presses(&[(-600, Direction::In), (0, Direction::Out)]);
    assert_eq!(long_day("", punches.clone()).used.len(), 2);
    let voided: Vec<Punch> = punches.iter().cloned().map(|p| Punch { skip: true, ..p }).collect();
    let day = long_day("", voided);
    assert_eq!((day.used.len(), day.ignored.len(), day.check_in), (0, 2, None));
    assert_eq!(long_day("", punches).used.len(), 2);
}

#[test]
fn first_to_last_or_every_pair() {
    use Direction::Unknown;
    let five = || presses(&[(-390, Unknown), (-300, Unknown), (-270, Unknown), (-90, Unknown), (0, Unknown)]);
    assert_eq!(long_day("", five()).worked_minutes, 390);
    let paired = long_day("punches = \"paired\"", five());
    assert_eq!((paired.worked_minutes, paired.used.len(), paired.ignored.len()), (270, 4, 1));
    assert_eq!(paired.ignored[0].reason, Reason::Unpaired);
}

#[test]
fn typed_presses_in_three_readings() {
    use Direction::{In, Out};
    let eight = || {
        presses(&[
            (-390, Out),
            (-360, In),
            (-300, Out),
            (-290, In),
            (-260, Out),
            (-240, In),
            (-150, In),
            (-60, Out),
        ])
    };
    assert_eq!(long_day("", eight()).worked_minutes, 300, "first in to last out");
    assert_eq!(
        long_day("punches = \"paired\"\npair_by = \"direction\"", eight()).worked_minutes,
        270,
        "valid pairs"
    );
    let only = presses(&[(-360, In), (-60, Out)]);
    assert_eq!(long_day("direction = \"strict\"", only).worked_minutes, 300);
    // The key before the first "in" is not a check-in, and it is told why.
    let day = long_day("", eight());
    assert_eq!(day.ignored[0].reason, Reason::Unpaired);
}

fn with_window() -> Person {
    let text = "code = \"c\"\n[rules]\nwindow_before_minutes = 60\nwindow_after_minutes = 60\n\
                [[shift]]\ncode = \"P\"\ndays = [\"mon\"]\nstart = \"08:00\"\nend = \"12:00\"\n";
    Person::new(schedule(text))
}

#[test]
fn the_window_ends_with_its_last_minute() {
    for (time, accepted) in
        [("08:45", true), ("07:00", true), ("13:00", true), ("13:01", false), ("06:59", false)]
    {
        let day = with_window().punched(&[&format!("2026-06-08T{time}")]).judge("2026-06-08");
        assert_eq!(day.used.len(), usize::from(accepted), "{time}");
        if !accepted {
            assert_eq!(day.ignored[0].reason, Reason::OutsideWindow);
        }
    }
    let seconds = with_window().punched(&["2026-06-08T13:00:59"]).judge("2026-06-08");
    assert_eq!(seconds.used.len(), 1);
}

#[test]
fn two_shifts_on_one_day_and_one_that_has_ended() {
    let text = "code = \"c\"\n[rules]\nwindow_before_minutes = 60\nwindow_after_minutes = 60\n\
        [[shift]]\ncode = \"A\"\ndays = [\"mon\"]\nstart = \"08:00\"\nend = \"12:00\"\n\
        [[shift]]\ncode = \"B\"\ndays = [\"mon\"]\nstart = \"12:30\"\nend = \"16:30\"\nvalid_until = 2026-06-14\n";
    let person =
        Person::new(schedule(text)).punched(&["2026-06-08T08:45", "2026-06-08T12:45", "2026-06-15T12:45"]);
    let judged = person.judge("2026-06-08");
    assert_eq!(judged.shifts[0].check_in, Some(at("2026-06-08T08:45")));
    assert_eq!(judged.shifts[1].check_in, Some(at("2026-06-08T12:45")));
    assert_eq!((judged.late_minutes, judged.missing_out), (60, true));
    assert_eq!(judged.planned.unwrap().required_minutes, 480);
    // A week later shift B is over and 12:45 lies in the window of A only, as its check-out.
    let after = person.judge("2026-06-15");
    assert!(after.shifts.is_empty());
    assert_eq!(after.planned.unwrap().shift, "A");
    let only_b = text.replace("code = \"A\"\ndays = [\"mon\"]", "code = \"A\"\ndays = [\"tue\"]");
    let ended = Person::new(schedule(&only_b)).punched(&["2026-06-15T12:45"]).judge("2026-06-15");
    assert_eq!((ended.code, ended.used.len(), ended.ignored.len()), (DayCode::TanpaJadwal, 0, 1));
}

#[test]
fn the_hours_and_the_window_of_a_press() {
    let planned = with_window().punched(&["2026-06-08T08:45"]).judge("2026-06-08").planned.unwrap();
    assert_eq!((planned.start, planned.end), (at("2026-06-08T08:00"), at("2026-06-08T12:00")));
    assert_eq!((planned.window_from, planned.window_until), (at("2026-06-08T07:00"), at("2026-06-08T13:00")));
}

#[test]
fn a_press_between_two_shifts_goes_to_the_nearer_moment() {
    let text = "code = \"c\"\n[[shift]]\ncode = \"A\"\ndays = [\"mon\"]\nstart = \"08:00\"\nend = \"12:00\"\n\
                [[shift]]\ncode = \"B\"\ndays = [\"mon\"]\nstart = \"12:30\"\nend = \"16:30\"\n";
    let times = ["2026-06-08T07:55", "2026-06-08T12:05", "2026-06-08T12:28", "2026-06-08T16:31"];
    let judged = Person::new(schedule(text)).punched(&times).judge("2026-06-08");
    assert_eq!(judged.used.len(), 4);
    assert_eq!((judged.late_minutes, judged.early_minutes), (0, 0));
    assert_eq!(judged.shifts[0].check_out, Some(at("2026-06-08T12:05")));
    assert_eq!(judged.shifts[1].check_in, Some(at("2026-06-08T12:28")));
}
