//! From the layers of a year to its picture and lists.

use domain::{
    calendar::{Calendar, HolidayKind, RAMADAN},
    lang::{self, Lang},
    month::Month,
};
use jiff::civil::{Date, Weekday, date};
use service::calendar_admin::{DayEntry, Place, YearView};
use store::calendar::{DayRule, PeriodRow};

use super::{DayCell, DayLine, DayLook, KalenderPage, MonthPicture, PeriodLine};
use crate::{
    pages::{
        layout::Section,
        unit_link::{UnitLink, link},
    },
    server::ask::Ask,
};

/// The page without forms.
pub(super) fn page(ask: &Ask, view: &YearView, unit: Option<&store::org::Unit>) -> KalenderPage {
    let reference = &view.reference;
    KalenderPage {
        shell: ask.shell(Some(Section::Kalender)),
        year: view.year,
        unit: unit.map(link),
        units: choosable(view),
        ships: view.ships,
        months: months(view.year, &view.calendar, ask.today(), ask.lang),
        days: view.days.iter().map(|d| day_line(d, view, ask.lang)).collect(),
        periods: view
            .periods
            .iter()
            .map(|p: &PeriodRow| PeriodLine {
                key: p.period_id.0.simple().to_string(),
                first: p.first_day,
                last: p.last_day,
                place: Place::of(p.layer, p.unit_id).label(&reference.units, ask.lang),
                basis: p.source.clone(),
            })
            .collect(),
        forms: None,
    }
}

/// OPDs, and other units that have entries of their own.
fn choosable(view: &YearView) -> Vec<UnitLink> {
    let own = |unit| view.days.iter().any(|d| d.place == Place::Unit(unit));
    view.reference.units.iter().filter(|u| u.is_opd || own(u.unit_id)).map(link).collect()
}

/// The picture of a year.
pub fn months(year: i16, calendar: &Calendar, today: Date, lang: Lang) -> Vec<MonthPicture> {
    (1..=12)
        .map(|number| {
            let month = Month::of(date(year, number, 1));
            let mut weeks = vec![<[Option<DayCell>; 7]>::default()];
            for day in month.days() {
                let column = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
                if column == 0 && day.day() > 1 {
                    weeks.push(<[Option<DayCell>; 7]>::default());
                }
                if let Some(week) = weeks.last_mut() {
                    week[column] = Some(cell(day, calendar, today));
                }
            }
            MonthPicture { name: lang::month_name(number, lang), weeks }
        })
        .collect()
}

fn cell(day: Date, calendar: &Calendar, today: Date) -> DayCell {
    let mark = calendar.mark(day);
    let look = match mark {
        Some(mark) if mark.withdrawn.is_some() => DayLook::Working,
        Some(mark) => look_of(DayRule::Free(mark.kind)),
        None if matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) => DayLook::Weekend,
        None => DayLook::Plain,
    };
    DayCell {
        day: day.day(),
        look,
        ramadan: calendar.in_period(RAMADAN, day),
        today: day == today,
        title: mark.map(|m| m.name.clone()).unwrap_or_default(),
    }
}

fn look_of(rule: DayRule) -> DayLook {
    match rule {
        DayRule::Free(HolidayKind::Libur) => DayLook::Holiday,
        DayRule::Free(HolidayKind::CutiBersama) => DayLook::SharedLeave,
        DayRule::Withdrawn => DayLook::Working,
    }
}

fn day_line(entry: &DayEntry, view: &YearView, lang: Lang) -> DayLine {
    let look = look_of(entry.rule);
    let withdrawn = view.calendar.mark(entry.day).is_some_and(|m| m.withdrawn.is_some());
    DayLine {
        date: entry.day,
        name: entry.name.clone(),
        look,
        place: entry.place.label(&view.reference.units, lang),
        basis: entry.basis.clone(),
        key: entry.id.map(|id| id.0.simple().to_string()),
        overruled: withdrawn && look != DayLook::Working,
    }
}
