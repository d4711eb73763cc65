use domain::{
    day::{DayCode, DayResult},
    lang::Lang,
    status::{StatusCode, dictionary},
};
use jiff::civil::date;
use print::DayMark;

use crate::pages::mark::{Mark, MarkTone, legend};

fn mark(code: DayCode) -> Mark {
    Mark::of(&DayMark::of(&DayResult::blank(date(2026, 11, 3), code)))
}

#[test]
fn a_present_day_is_a_dot_until_something_is_wrong_with_it() {
    let present = |late, early, no_in, no_out| Mark::of(&DayMark::present(late, early, no_in, no_out));
    assert_eq!(present(false, false, false, false), Mark::fixed("•", MarkTone::Hadir));
    assert_eq!(present(true, false, false, false), Mark::fixed("TL", MarkTone::Late));
    assert_eq!(present(false, false, false, true).tone, MarkTone::Late);
    assert_eq!(present(true, true, false, false), Mark::fixed("TLP", MarkTone::Late));
}

#[test]
fn no_data_yet_is_not_absent() {
    assert_eq!(mark(DayCode::Belum).tone, MarkTone::Open);
    assert_eq!(mark(DayCode::Tk).tone, MarkTone::Absent);
    assert_ne!(mark(DayCode::Belum).text, mark(DayCode::Tk).text);
}

#[test]
fn every_code_that_can_stand_in_a_cell_is_in_the_legend_with_its_colour() {
    for lang in [Lang::Id, Lang::En] {
        let known: Vec<Mark> = legend(lang).into_iter().map(|(mark, _)| mark).collect();
        let fixed = [DayCode::Hadir, DayCode::SetengahHari, DayCode::Tk, DayCode::Lepas];
        let others = [DayCode::LepasJaga, DayCode::Belum, DayCode::TanpaJadwal];
        let statuses = dictionary().iter().map(|m| DayCode::Status(StatusCode(m.code.to_owned())));
        for code in fixed.into_iter().chain(others).chain(statuses) {
            let mark = mark(code);
            assert!(known.contains(&mark), "{mark:?} is not in the legend");
        }
    }
}
