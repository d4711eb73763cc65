//! The judged month as the sheets that offices print: X1 day list, X2 month matrix, X3 recapitulation, X7 pay list.

mod frame;
mod pay_list;

use domain::{day::DayCode, lang::Lang, money::Percent, month::Month, recap::Totals};
use jiff::civil::{Date, DateTime};
use print::{
    AttendanceRecap, DayList, DayListRow, DayListVariant, DayMark, FileKind, MarkColumn, MatrixDay,
    MonthMatrix, PersonMonth, PunchTime, RecapRow, file_name,
};
use rust_decimal::Decimal;

use crate::month::{MonthSheet, PersonSheet};

pub use frame::For;
pub use pay_list::{pay_list, pay_list_of};

/// X1 of one day.
pub fn day_list(sheet: &MonthSheet, day: Date, wanted: &For<'_>) -> DayList {
    let rows = sheet.people.iter().filter_map(|person| day_row(sheet, person, day, wanted.lang)).collect();
    DayList { frame: frame::of(sheet, wanted), date: day, variant: DayListVariant::Register, rows }
}

fn day_row(sheet: &MonthSheet, person: &PersonSheet, day: Date, lang: Lang) -> Option<DayListRow> {
    let judged = person.day(day)?;
    let time = |at: Option<DateTime>| at.map(|at| PunchTime { time: at.time(), next_day: at.date() > day });
    let remark = match &judged.code {
        DayCode::Hadir if judged.late_minutes == 0 && judged.early_minutes == 0 => String::new(),
        _ => judged.reasons.last().map(|r| r.text(lang)).unwrap_or_default(),
    };
    Some(DayListRow {
        nip: person.number.clone(),
        name: person.name.clone(),
        unit: person.unit.map(|u| sheet.reference.units.name(u).to_owned()).unwrap_or_default(),
        rank: person.golongan.clone(),
        position: person.jabatan.clone(),
        check_in: time(judged.check_in),
        check_out: time(judged.check_out),
        event_in: None,
        event_out: None,
        remark,
    })
}

/// The table of X2 of these people, without what stands around it and without the names of holidays.
pub fn month_matrix_of(people: &[PersonSheet], month: Month, wanted: &For<'_>) -> MonthMatrix {
    let day = |date| MatrixDay { date, free: is_weekend(date), holiday: None };
    let days: Vec<MatrixDay> = month.days().map(day).collect();
    let people = people.iter().map(|p| matrix_row(p, &days)).collect();
    MonthMatrix { frame: frame::plain(wanted), month, days, people }
}

/// X2 of the month.
pub fn month_matrix(sheet: &MonthSheet, wanted: &For<'_>) -> MonthMatrix {
    let calendar = sheet.unit.map(|u| sheet.reference.calendar(u));
    let days: Vec<MatrixDay> = sheet
        .month
        .days()
        .map(|date| {
            let holiday = calendar.as_ref().and_then(|c| c.holiday(date)).map(|mark| mark.name.clone());
            MatrixDay { date, free: holiday.is_some() || is_weekend(date), holiday }
        })
        .collect();
    let people = sheet.people.iter().map(|p| matrix_row(p, &days)).collect();
    MonthMatrix { frame: frame::of(sheet, wanted), month: sheet.month, days, people }
}

fn is_weekend(date: Date) -> bool {
    date.weekday().to_monday_zero_offset() >= 5
}

fn matrix_row(person: &PersonSheet, days: &[MatrixDay]) -> PersonMonth {
    let totals = person.totals();
    let mark = |date: Date| {
        let here = person.day(date).filter(|_| !person.elsewhere.contains(&date));
        here.map_or(DayMark::plain("NA", MarkColumn::Off), DayMark::of)
    };
    PersonMonth {
        name: person.name.clone(),
        nip: person.number.clone(),
        kind: person.kind.unwrap_or(domain::employment::EmploymentKind::Pns),
        marks: days.iter().map(|d| mark(d.date)).collect(),
        late_minutes: totals.late_minutes,
        early_minutes: totals.early_minutes,
        working_days: i64::from(totals.working_days),
        cut: cut_percent(person),
    }
}

/// The cut as a share of the full amount; `None` while nothing is cut.
pub fn cut_percent(person: &PersonSheet) -> Option<Percent> {
    let tpp = person.tpp.as_ref().filter(|t| !t.gross.0.is_zero() && person.stage.cuts_apply())?;
    Some(Percent((tpp.total_cut.0 * Decimal::ONE_HUNDRED / tpp.gross.0).round_dp(2)))
}

/// X3 of the month.
pub fn attendance_recap(sheet: &MonthSheet, wanted: &For<'_>) -> AttendanceRecap {
    let rows = sheet.people.iter().map(recap_row).collect();
    AttendanceRecap { frame: frame::of(sheet, wanted), month: sheet.month, rows }
}

fn recap_row(person: &PersonSheet) -> RecapRow {
    let t: Totals = person.totals();
    RecapRow {
        name: person.name.clone(),
        nip: person.number.clone(),
        grade: person.golongan.clone(),
        position: person.jabatan.clone(),
        working_days: t.working_days.into(),
        present: t.present.into(),
        sick: t.sick.into(),
        permission: t.permission.into(),
        duty: t.duty.into(),
        leave: t.leave.into(),
        study: t.study.into(),
        absent: t.absent.into(),
        training: t.training.into(),
        ..RecapRow::default()
    }
}

/// The name under which a sheet is saved.
pub fn name(sheet: &MonthSheet, kind: FileKind, extension: &str) -> String {
    let period = match kind {
        FileKind::DayList => sheet.from.to_string(),
        _ => sheet.month.to_string(),
    };
    let opd = sheet.unit.and_then(|u| sheet.reference.units.get(u)).map_or("SEMUA", |u| u.name.as_str());
    file_name(kind, &period, opd, &frame::lock_state(sheet), extension)
}
