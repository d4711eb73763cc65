//! Leave, duty and other statuses, whole and partial.

use domain::{
    calendar::{Calendar, Layer, Level},
    day::{DayCode, DayPart, DayTimeRange, Reason, StatusFact},
    status::StatusCode,
};

use crate::support::{Person, builtin, day};

fn office() -> Person {
    Person::new(builtin("perpres-21-2023"))
}

fn full(code: &str, from: &str, until: &str) -> StatusFact {
    StatusFact::full(code, day(from), day(until))
}

#[test]
fn of_several_statuses_the_strongest_counts() {
    let order = ["CLTN", "CT", "DL", "S", "I"];
    for (strong, weak) in order.iter().zip(&order[1..]) {
        for codes in [[strong, weak], [weak, strong]] {
            let mut person = office().punched(&["2026-06-08T07:20"]);
            person.statuses = codes.map(|c| full(c, "2026-06-08", "2026-06-08")).to_vec();
            let judged = person.judge("2026-06-08");
            assert_eq!(judged.code, DayCode::Status(StatusCode((*strong).to_string())));
            assert_eq!(
                judged.ignored[0].reason,
                Reason::CoveredByStatus { code: StatusCode((*strong).to_string()) }
            );
            assert!(
                judged
                    .reasons
                    .iter()
                    .any(|r| matches!(r, Reason::StatusOutranked { code, .. } if code.as_str() == *weak))
            );
        }
    }
}

#[test]
fn a_status_outranks_absence_but_a_rank_of_its_own_may_decide() {
    let mut person = office().with_status(full("I", "2026-06-08", "2026-06-08"));
    assert_eq!(person.judge("2026-06-08").code, DayCode::Status(StatusCode("I".to_owned())));
    person.statuses.push(StatusFact { rank: Some(0), ..full("XYZ", "2026-06-08", "2026-06-08") });
    assert_eq!(person.judge("2026-06-08").code, DayCode::Status(StatusCode("XYZ".to_owned())));
}

#[test]
fn leave_over_a_weekend_counts_on_working_days_only() {
    let person = office().with_status(full("CT", "2026-06-05", "2026-06-08"));
    let days = person.judge_range("2026-06-05", "2026-06-08");
    assert!(days.iter().all(|d| d.code == DayCode::Status(StatusCode("CT".to_owned()))));
    let required: Vec<_> = days.iter().map(|d| (d.required, d.planned.is_some())).collect();
    assert_eq!(required, [(true, true), (false, false), (false, false), (true, true)]);
    let mut hiding = builtin("perpres-21-2023");
    hiding.rules.status_on_free_days = false;
    let hidden = Person::new(hiding).with_status(full("CT", "2026-06-05", "2026-06-08"));
    assert_eq!(hidden.judge("2026-06-06").code, DayCode::Libur);
    assert_eq!(hidden.judge("2026-06-08").code, DayCode::Status(StatusCode("CT".to_owned())));
}

#[test]
fn half_a_day_of_permission_moves_the_limits() {
    let morning = StatusFact::partial("I", day("2026-06-08"), DayPart::FirstHalf);
    let judged = office()
        .with_status(morning.clone())
        .punched(&["2026-06-08T13:00", "2026-06-08T16:00"])
        .judge("2026-06-08");
    assert_eq!((judged.code.clone(), judged.late_minutes, judged.early_minutes), (DayCode::Hadir, 0, 0));
    assert_eq!(judged.partial_status, Some(StatusCode("I".to_owned())));
    assert_eq!((judged.planned.unwrap().required_minutes, judged.worked_minutes), (180, 180));
    let late =
        office().with_status(morning).punched(&["2026-06-08T13:10", "2026-06-08T16:00"]).judge("2026-06-08");
    assert_eq!(late.late_minutes, 10, "counted from the end of the permission, not from 07.30");

    let afternoon = StatusFact::partial("I", day("2026-06-08"), DayPart::SecondHalf);
    let judged = office()
        .with_status(afternoon)
        .punched(&["2026-06-08T07:30", "2026-06-08T12:00"])
        .judge("2026-06-08");
    assert_eq!((judged.early_minutes, judged.planned.unwrap().required_minutes), (0, 270));
}

#[test]
fn permission_by_the_hour_covers_its_hours() {
    let hours = |from: &str, until: &str| {
        let range = DayTimeRange { from: from.parse().unwrap(), until: until.parse().unwrap() };
        StatusFact::partial("I", day("2026-06-08"), DayPart::Hours(range))
    };
    let judged = |status, times: [&str; 2]| {
        let moments = times.map(|t| format!("2026-06-08T{t}"));
        let day = office().with_status(status).punched(&[&moments[0], &moments[1]]).judge("2026-06-08");
        (day.late_minutes, day.early_minutes)
    };
    assert_eq!(judged(hours("07:30", "09:00"), ["09:00", "16:00"]), (0, 0));
    assert_eq!(judged(hours("07:30", "09:00"), ["09:05", "16:00"]), (5, 0));
    assert_eq!(judged(hours("14:00", "16:00"), ["07:30", "14:00"]), (0, 0));
    assert_eq!(judged(hours("14:00", "16:00"), ["07:30", "13:50"]), (0, 10));
    assert_eq!(
        judged(hours("10:00", "11:00"), ["07:45", "16:00"]),
        (15, 0),
        "in the middle it moves no limit"
    );
}

#[test]
fn the_other_half_without_a_punch_is_still_absence() {
    let status = StatusFact::partial("I", day("2026-06-08"), DayPart::FirstHalf);
    let judged = office().with_status(status).judge("2026-06-08");
    assert_eq!((judged.code, judged.partial_status.is_some()), (DayCode::Tk, true));
}

#[test]
fn work_from_home_may_still_ask_for_punches() {
    let wfh = StatusFact { punches_expected: true, ..full("WFH", "2026-06-08", "2026-06-08") };
    let judged = office()
        .with_status(wfh.clone())
        .punched(&["2026-06-08T07:40", "2026-06-08T16:00"])
        .judge("2026-06-08");
    assert_eq!((judged.code, judged.late_minutes), (DayCode::Hadir, 10));
    assert_eq!(judged.partial_status, Some(StatusCode("WFH".to_owned())));
    assert_eq!(office().with_status(wfh).judge("2026-06-08").code, DayCode::Tk);
    let free = office().with_status(full("WFH", "2026-06-08", "2026-06-08"));
    assert_eq!(free.judge("2026-06-08").code, DayCode::Status(StatusCode("WFH".to_owned())));
}

#[test]
fn a_withdrawn_holiday_is_worked_and_says_so() {
    let unit = Layer::empty(Level::Unit, "Disdukcapil").without_day(day("2026-02-16"), "SE 5/2026");
    let mut person = office();
    person.calendar = Calendar::national_with([&unit]);
    let judged = person.judge("2026-02-16");
    assert_eq!(judged.code, DayCode::Tk);
    assert!(
        judged
            .reasons
            .iter()
            .any(|r| matches!(r, Reason::HolidayWithdrawn { why, .. } if why == "SE 5/2026"))
    );
}

#[test]
fn before_and_after_employment_there_is_no_schedule() {
    let mut person = office();
    person.employed_from = Some(day("2026-06-09"));
    person.employed_until = Some(day("2026-06-10"));
    let codes: Vec<_> = person.judge_range("2026-06-08", "2026-06-11").into_iter().map(|d| d.code).collect();
    use DayCode::{TanpaJadwal, Tk};
    assert_eq!(codes, [TanpaJadwal, Tk, Tk, TanpaJadwal]);
}
