use std::borrow::Cow;

use domain::{
    day::{DayCode, DayResult},
    lang::Lang,
    punch::PlaceState,
    status::{StatusCode, dictionary},
};
use jiff::civil::date;

use super::{Mark, MarkTone, legend};

fn day(code: DayCode) -> DayResult {
    DayResult {
        date: date(2026, 11, 3),
        code,
        planned: None,
        check_in: None,
        check_out: None,
        in_place: PlaceState::Unknown,
        out_place: PlaceState::Unknown,
        late_minutes: 0,
        early_minutes: 0,
        break_late_minutes: 0,
        missing_in: false,
        missing_out: false,
        worked_minutes: 0,
        first_after_holiday: false,
        last_before_holiday: false,
        partial_status: None,
        used: vec![],
        ignored: vec![],
        reasons: vec![],
    }
}

#[test]
fn a_present_day_shows_what_was_wrong_with_it() {
    let mark = |late, early, missing_in, missing_out| {
        let judged = DayResult {
            late_minutes: late,
            early_minutes: early,
            missing_in,
            missing_out,
            ..day(DayCode::Hadir)
        };
        Mark::of(&judged).text
    };
    assert_eq!(mark(0, 0, false, false), "•");
    assert_eq!(mark(12, 0, false, false), "TL");
    assert_eq!(mark(0, 5, false, false), "PSW");
    assert_eq!(mark(12, 5, false, false), "TL PSW");
    assert_eq!(mark(0, 0, true, false), "TM");
    assert_eq!(mark(0, 0, false, true), "TP");
    assert_eq!(mark(12, 0, false, true), "TL TP");
}

#[test]
fn no_data_yet_is_not_absent() {
    assert_eq!(Mark::of(&day(DayCode::Belum)).tone, MarkTone::Open);
    assert_eq!(Mark::of(&day(DayCode::Tk)).tone, MarkTone::Absent);
}

#[test]
fn every_code_that_can_stand_in_a_cell_is_in_the_legend() {
    for lang in [Lang::Id, Lang::En] {
        let known: Vec<Cow<'static, str>> = legend(lang).into_iter().map(|(mark, _)| mark.text).collect();
        let codes = [DayCode::Hadir, DayCode::SetengahHari, DayCode::Tk, DayCode::Lepas, DayCode::LepasJaga];
        let statuses = dictionary().iter().map(|m| DayCode::Status(StatusCode(m.code.to_owned())));
        for code in codes.into_iter().chain(statuses) {
            let mark = Mark::of(&day(code));
            assert!(known.contains(&mark.text), "{} is not in the legend", mark.text);
        }
    }
}
