//! The design tests of the domain: shifts over midnight, rosters, Ramadan hours, zones, real regional rules.

use domain::{
    calendar::{Calendar, Layer, Level, RAMADAN},
    dated::Timeline,
    day::{DayCode, Reason},
    zone::Zone,
};

use crate::support::{Person, at, builtin, day, punch};

fn nurse() -> Person {
    Person::new(builtin("rs-3-shift"))
}

#[test]
fn a_night_shift_belongs_to_its_first_date_and_takes_the_morning_check_out() {
    let person = nurse().rostered(&[("2026-06-08", "M")]).punched(&["2026-06-08T20:55", "2026-06-09T07:05"]);
    let days = person.judge_range("2026-06-08", "2026-06-10");
    assert_eq!(days[0].code, DayCode::Hadir);
    assert_eq!(
        (days[0].check_in, days[0].check_out),
        (Some(at("2026-06-08T20:55")), Some(at("2026-06-09T07:05")))
    );
    assert_eq!((days[0].worked_minutes, days[0].late_minutes, days[0].early_minutes), (610, 0, 0));
    assert_eq!(days[0].planned.as_ref().unwrap().required_minutes, 600);
    assert_eq!(days[1].code, DayCode::LepasJaga);
    assert_eq!(days[1].reasons, [Reason::AfterNight { night: Some(day("2026-06-08")) }]);
    assert!(days[1].ignored.is_empty(), "the punch of 07.05 was used the day before");
    assert_eq!(days[2].code, DayCode::Lepas);
    // Judged alone, both dates say the same.
    assert_eq!(person.judge("2026-06-08"), days[0]);
    assert_eq!(person.judge("2026-06-09"), days[1]);
}

#[test]
fn nights_in_a_row_and_a_change_of_shift_keep_their_punches() {
    let person = nurse()
        .rostered(&[("2026-06-08", "M"), ("2026-06-09", "M"), ("2026-06-11", "P"), ("2026-06-12", "S")])
        .punched(&["2026-06-08T20:50", "2026-06-09T07:10", "2026-06-09T20:58", "2026-06-10T07:02"])
        .punched(&["2026-06-11T06:58", "2026-06-11T14:01", "2026-06-12T13:55", "2026-06-12T21:05"]);
    let days = person.judge_range("2026-06-08", "2026-06-12");
    let codes: Vec<_> = days.iter().map(|d| d.code.clone()).collect();
    use DayCode::{Hadir, LepasJaga};
    assert_eq!(codes, [Hadir, Hadir, LepasJaga, Hadir, Hadir]);
    assert!(days.iter().all(|d| d.late_minutes == 0 && d.early_minutes == 0 && d.ignored.is_empty()));
}

#[test]
fn a_holiday_in_a_roster_is_a_working_day() {
    // 17 August 2026.
    let roster = [("2026-08-17", "P")];
    let absent = nurse().rostered(&roster).judge("2026-08-17");
    assert_eq!((absent.code, absent.required), (DayCode::Tk, true));
    assert_eq!(absent.reasons[0], Reason::HolidayWorked { name: "Hari Kemerdekaan".to_owned() });
    let mut freeing = builtin("rs-3-shift");
    freeing.rules.holidays_free = Some(true);
    assert_eq!(Person::new(freeing).rostered(&roster).judge("2026-08-17").code, DayCode::Libur);
}

#[test]
fn a_roster_not_filled_in_is_not_absence() {
    assert_eq!(nurse().judge("2026-06-08").code, DayCode::TanpaJadwal);
    let unknown = nurse().rostered(&[("2026-06-08", "X9")]).judge("2026-06-08");
    assert_eq!(unknown.reasons, [Reason::RosterCodeUnknown { code: "X9".to_owned() }]);
    let free = nurse().rostered(&[("2026-06-08", "L"), ("2026-06-09", "LJ")]);
    assert_eq!(free.judge("2026-06-08").code, DayCode::Lepas);
    assert_eq!(free.judge("2026-06-09").code, DayCode::LepasJaga);
}

#[test]
fn the_fire_brigade_works_24_hours_and_rests_48() {
    let mut person = Person::new(builtin("damkar-24-48")).punched(&["2026-06-09T06:55", "2026-06-10T07:03"]);
    person.offset = Timeline::always(0);
    let days = person.judge_range("2026-06-09", "2026-06-11");
    assert_eq!(days[0].worked_minutes, 1448);
    assert_eq!(days[0].planned.as_ref().unwrap().required_minutes, 1440);
    assert_eq!((days[1].code.clone(), days[2].code.clone()), (DayCode::Lepas, DayCode::Lepas));
    person.offset = Timeline::always(1);
    assert_eq!(person.judge("2026-06-10").planned.unwrap().start, at("2026-06-10T07:00"));
}

fn ramadan_2026() -> Calendar {
    let layer =
        Layer::empty(Level::Regency, "Contoh").with_period(RAMADAN, day("2026-02-19"), day("2026-03-19"));
    Calendar::national_with([&layer])
}

#[test]
fn ramadan_hours_hold_in_ramadan_only() {
    let mut person = Person::new(builtin("perpres-21-2023")).punched(&[
        "2026-02-18T07:45",
        "2026-02-18T16:00",
        "2026-02-19T07:45",
        "2026-02-19T15:00",
        "2026-02-20T08:00",
        "2026-02-20T15:10",
    ]);
    person.calendar = ramadan_2026();
    let days = person.judge_range("2026-02-18", "2026-02-20");
    assert_eq!((days[0].late_minutes, days[0].planned.as_ref().unwrap().ramadan), (15, false));
    assert_eq!((days[1].late_minutes, days[1].early_minutes), (0, 0));
    assert_eq!(days[1].worked_minutes, 405, "07.45 to 15.00 less half an hour of rest");
    assert_eq!(days[1].reasons[0], Reason::OtherHours { name: "Jam kerja Ramadan".to_owned() });
    assert_eq!(days[2].early_minutes, 20, "Friday ends at 15.30");
    assert!(days[2].planned.as_ref().unwrap().ramadan);
}

#[test]
fn ramadan_hours_leave_a_roster_alone_unless_configured() {
    let roster = [("2026-02-19", "P")];
    let mut person = nurse().rostered(&roster);
    person.calendar = ramadan_2026();
    assert_eq!(person.judge("2026-02-19").planned.unwrap().start, at("2026-02-19T07:00"));
    let text = format!(
        "{}\n[[overlay]]\nname = \"Ramadan\"\nperiod = \"ramadan\"\n[[overlay.shift]]\ncode = \"P\"\nstart = \"08:00\"\nend = \"14:00\"\n",
        domain::schedule::builtin::text("rs-3-shift").unwrap()
    );
    let mut configured = Person::new(crate::support::schedule(&text)).rostered(&roster);
    configured.calendar = ramadan_2026();
    let planned = configured.judge("2026-02-19").planned.unwrap();
    assert_eq!(
        (planned.start, planned.required_minutes, planned.ramadan),
        (at("2026-02-19T08:00"), 360, true)
    );
}

#[test]
fn one_instant_is_early_in_the_west_and_late_in_the_east() {
    let instant = "2026-06-08T00:29:00Z".parse().unwrap();
    for (zone, late) in [(Zone::Wib, 0), (Zone::Wita, 59), (Zone::Wit, 119)] {
        let mut person = Person::new(builtin("perpres-21-2023")).punched(&["2026-06-08T16:00"]);
        let mut morning = punch("2026-06-08T07:00");
        morning.at = zone.local(instant);
        person.punches.push(morning);
        assert_eq!(person.judge("2026-06-08").late_minutes, late, "{}", zone.abbreviation());
    }
}

#[test]
fn tanggamus_counts_from_nine_and_lets_go_at_half_past_three() {
    let judged = |date: &str, times: [&str; 2]| {
        let moments = times.map(|t| format!("{date}T{t}"));
        let day = Person::new(builtin("tanggamus-2017")).punched(&[&moments[0], &moments[1]]).judge(date);
        (day.late_minutes, day.early_minutes)
    };
    assert_eq!(judged("2026-06-08", ["09:00", "15:30"]), (0, 0));
    assert_eq!(judged("2026-06-08", ["09:01", "15:29"]), (1, 1));
    assert_eq!(judged("2026-06-12", ["08:59", "15:00"]), (0, 0));
    assert_eq!(judged("2026-06-11", ["08:59", "15:00"]), (0, 30));
}

#[test]
fn bali_counts_the_last_punch_of_each_window() {
    let times = ["2026-06-08T07:10", "2026-06-08T07:35", "2026-06-08T15:10", "2026-06-08T15:40"];
    let day = Person::new(builtin("bali-54-2014")).punched(&times).judge("2026-06-08");
    assert_eq!((day.late_minutes, day.early_minutes), (5, 0));
    assert_eq!(day.used, ["2026-06-08T07:35", "2026-06-08T15:40"]);
    assert!(day.ignored.iter().all(|i| matches!(i.reason, Reason::LaterCounts { .. })));
    // Leaving before 15.30 is early even though the punch is accepted.
    let early = Person::new(builtin("bali-54-2014"))
        .punched(&["2026-06-08T07:30", "2026-06-08T15:29"])
        .judge("2026-06-08");
    assert_eq!((early.late_minutes, early.early_minutes), (0, 1));
    // Only a punch at noon: it is in the window for leaving and nothing else.
    let noon = Person::new(builtin("bali-54-2014")).punched(&["2026-06-08T12:00"]).judge("2026-06-08");
    assert!(noon.missing_in && !noon.missing_out);
}

#[test]
fn the_return_from_rest_can_be_a_punch_of_its_own() {
    let text = "code = \"ttu\"\n[[shift]]\ncode = \"REG\"\ndays = [\"mon\"]\nstart = \"07:30\"\nend = \"16:00\"\n\
                rest = { from = \"12:00\", until = \"13:00\" }\nrest_check = { from = \"12:30\", until = \"14:30\" }\n";
    let judged = |times: &[&str]| {
        let moments: Vec<String> = times.iter().map(|t| format!("2026-06-08T{t}")).collect();
        let refs: Vec<&str> = moments.iter().map(String::as_str).collect();
        Person::new(crate::support::schedule(text)).punched(&refs).judge("2026-06-08")
    };
    let good = judged(&["07:25", "13:00", "16:00"]);
    assert_eq!((good.break_late_minutes, good.missing_break, good.used.len()), (0, false, 3));
    assert_eq!(judged(&["07:25", "13:20", "16:00"]).break_late_minutes, 20);
    let none = judged(&["07:25", "16:00"]);
    assert!(none.missing_break && !none.missing_out);
    let left = judged(&["07:25", "13:00"]);
    assert!(left.missing_out, "the return is not a check-out");
}

#[test]
fn flexible_time_is_made_up_in_the_afternoon() {
    let mut flexible = builtin("perpres-21-2023");
    flexible.rules.flex_minutes = 30;
    let judged = |times: [&str; 2]| {
        let moments = times.map(|t| format!("2026-06-08T{t}"));
        let day = Person::new(flexible.clone()).punched(&[&moments[0], &moments[1]]).judge("2026-06-08");
        (day.late_minutes, day.early_minutes)
    };
    assert_eq!(judged(["07:50", "16:20"]), (0, 0));
    assert_eq!(judged(["07:50", "16:05"]), (0, 15));
    assert_eq!(judged(["08:01", "16:00"]), (31, 0));
}

#[test]
fn the_day_after_long_holidays_is_marked() {
    // 18 to 24 March 2026 are free for a five-day office.
    let days = Person::new(builtin("perpres-21-2023")).judge_range("2026-03-16", "2026-03-26");
    let first: Vec<_> = days.iter().filter(|d| d.first_after_holiday).map(|d| d.date).collect();
    let last: Vec<_> = days.iter().filter(|d| d.last_before_holiday).map(|d| d.date).collect();
    assert_eq!((first, last), (vec![day("2026-03-25")], vec![day("2026-03-17")]));
}

#[test]
fn a_schedule_changes_on_its_date() {
    let mut person = Person::new(builtin("perpres-21-2023"));
    person.schedules.set(day("2026-06-10"), std::sync::Arc::new(builtin("perpres-21-2023-6")));
    let ends: Vec<_> = person
        .judge_range("2026-06-09", "2026-06-13")
        .iter()
        .map(|d| d.planned.as_ref().map(|p| p.shift.clone()))
        .collect();
    let shifts = ends.iter().map(|s| s.as_deref().unwrap_or("-")).collect::<Vec<_>>();
    assert_eq!(shifts, ["REG", "REG6", "REG6", "JUM6", "SAB6"]);
}

#[test]
fn a_weekly_person_may_be_rostered_for_one_date() {
    let text = format!(
        "{}\n[[shift]]\ncode = \"PIKET\"\nstart = \"08:00\"\nend = \"12:00\"\n",
        domain::schedule::builtin::text("perpres-21-2023").unwrap()
    );
    // A Sunday and a holiday.
    let person = Person::new(crate::support::schedule(&text))
        .rostered(&[("2026-06-07", "PIKET"), ("2026-08-17", "PIKET")]);
    assert_eq!(person.judge("2026-06-07").code, DayCode::Tk);
    assert_eq!(person.judge("2026-08-17").code, DayCode::Tk);
    assert_eq!(person.judge("2026-06-08").planned.unwrap().shift, "REG");
}
