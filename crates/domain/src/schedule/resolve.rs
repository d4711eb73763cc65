//! What a schedule asks of one person on one date.

use jiff::{ToSpan, civil::Date};

use super::{FreeCode, Overlay, Roster, Schedule, ScheduleKind, Shift};
use crate::{
    calendar::{Calendar, DayMark, RAMADAN},
    month::Month,
};

/// A shift to be worked on a date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlannedShift<'a> {
    /// Its hours.
    pub shift: &'a Shift,
    /// The overlay the hours come from.
    pub overlay: Option<&'a Overlay>,
}

impl PlannedShift<'_> {
    /// Whether these are Ramadan hours.
    pub fn ramadan(&self) -> bool {
        self.overlay.is_some_and(|o| o.period.as_deref() == Some(RAMADAN))
    }
}

/// Why a date is free.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FreeKind<'a> {
    /// The week has no work on this weekday.
    Weekend,
    /// Libur or cuti bersama.
    Holiday(&'a DayMark),
    /// The roster says free.
    Roster,
    /// Lepas jaga, by the roster or after the shift of this date.
    AfterNight(Option<Date>),
}

/// What is planned for a date.
#[derive(Debug, Clone, PartialEq)]
pub enum DayPlan<'a> {
    /// Work, in order of start.
    Work {
        /// The shifts.
        shifts: Vec<PlannedShift<'a>>,
        /// A holiday that does not free from this work.
        despite: Option<&'a DayMark>,
    },
    /// No work.
    Free {
        /// Why.
        kind: FreeKind<'a>,
        /// What would be worked were it no holiday.
        otherwise: Vec<PlannedShift<'a>>,
    },
    /// A roster without any entry in this month.
    NoRoster,
    /// A roster code that the schedule does not know.
    UnknownCode(&'a str),
    /// The shifts of this weekday do not exist (yet, or any more) on this date.
    NotValid,
}

impl Schedule {
    /// What is planned on `date` for a person with this roster; `offset` is the person's place in the cycle.
    pub fn plan<'a>(
        &'a self,
        date: Date,
        calendar: &'a Calendar,
        roster: &'a Roster,
        offset: i32,
    ) -> DayPlan<'a> {
        let holiday = calendar.holiday(date);
        if let Some(codes) = roster.on(date) {
            // An entry made for this very date is meant for it, so on a weekly schedule it outranks the holiday.
            let holiday = holiday.filter(|_| self.kind == ScheduleKind::Roster);
            return self.by_codes(codes.iter().map(String::as_str), date, calendar, holiday);
        }
        match self.kind {
            ScheduleKind::Weekly => self.by_weekday(date, calendar, holiday),
            ScheduleKind::Roster => self.by_cycle(date, calendar, roster, offset, holiday),
        }
    }

    fn by_weekday<'a>(
        &'a self,
        date: Date,
        calendar: &'a Calendar,
        holiday: Option<&'a DayMark>,
    ) -> DayPlan<'a> {
        let weekday = date.weekday();
        let overlay = self.overlay_on(date, calendar);
        let free = overlay.is_some_and(|o| o.free_days.iter().any(|d| d.weekday() == weekday));
        let replaced = overlay.filter(|o| o.shifts.iter().any(|s| s.worked_on(weekday)));
        let source = replaced.map_or(&self.shifts, |o| &o.shifts);
        let of_weekday = || source.iter().filter(|s| s.worked_on(weekday));
        let shifts = of_weekday().filter(|s| s.valid_on(date));
        let shifts = shifts.map(|shift| PlannedShift { shift, overlay: replaced }).collect::<Vec<_>>();
        let nominal = !free && of_weekday().next().is_some();
        match (nominal && !shifts.is_empty(), holiday) {
            (true, holiday) => self.work_or_holiday(in_order(shifts), holiday),
            (false, Some(mark)) => DayPlan::Free { kind: FreeKind::Holiday(mark), otherwise: Vec::new() },
            (false, None) if nominal => DayPlan::NotValid,
            (false, None) => DayPlan::Free { kind: FreeKind::Weekend, otherwise: Vec::new() },
        }
    }

    fn by_cycle<'a>(
        &'a self,
        date: Date,
        calendar: &'a Calendar,
        roster: &'a Roster,
        offset: i32,
        holiday: Option<&'a DayMark>,
    ) -> DayPlan<'a> {
        let code = self.cycle.as_ref().and_then(|c| c.on(date, offset));
        if let Some(code) = code.filter(|c| self.free_code(c) != Some(FreeCode::Lepas)) {
            return self.by_codes(std::iter::once(code), date, calendar, holiday);
        }
        if let Some(night) = self.night_before(date, roster, offset) {
            return DayPlan::Free { kind: FreeKind::AfterNight(Some(night)), otherwise: Vec::new() };
        }
        if code.is_none() && !roster.covers(Month::of(date)) {
            return DayPlan::NoRoster;
        }
        DayPlan::Free { kind: FreeKind::Roster, otherwise: Vec::new() }
    }

    fn by_codes<'a>(
        &'a self,
        codes: impl Iterator<Item = &'a str>,
        date: Date,
        calendar: &'a Calendar,
        holiday: Option<&'a DayMark>,
    ) -> DayPlan<'a> {
        let overlay = self.overlay_on(date, calendar);
        let mut shifts = Vec::new();
        let mut free = FreeKind::Roster;
        for code in codes {
            let replaced = overlay
                .and_then(|o| Some((o, o.shifts.iter().find(|s| s.days.is_empty() && s.code == code)?)));
            match (replaced, self.shift(code), self.free_code(code)) {
                (Some((overlay, shift)), ..) => shifts.push(PlannedShift { shift, overlay: Some(overlay) }),
                (None, Some(shift), _) if shift.valid_on(date) => {
                    shifts.push(PlannedShift { shift, overlay: None })
                }
                (None, Some(_), _) => return DayPlan::NotValid,
                (None, None, Some(FreeCode::LepasJaga)) => free = FreeKind::AfterNight(None),
                (None, None, Some(FreeCode::Lepas)) => {}
                (None, None, None) => return DayPlan::UnknownCode(code),
            }
        }
        if shifts.is_empty() {
            return DayPlan::Free { kind: free, otherwise: Vec::new() };
        }
        self.work_or_holiday(in_order(shifts), holiday)
    }

    fn work_or_holiday<'a>(
        &self,
        shifts: Vec<PlannedShift<'a>>,
        holiday: Option<&'a DayMark>,
    ) -> DayPlan<'a> {
        match holiday {
            Some(mark) if self.holidays_free() => {
                DayPlan::Free { kind: FreeKind::Holiday(mark), otherwise: shifts }
            }
            despite => DayPlan::Work { shifts, despite },
        }
    }

    /// The date of the night shift after which `date` is lepas jaga.
    fn night_before(&self, date: Date, roster: &Roster, offset: i32) -> Option<Date> {
        let longest = self.shifts.iter().map(|s| s.lepas_jaga_days).max()?;
        (1..=longest).find_map(|back| {
            let before = date.checked_sub(i64::from(back).days()).ok()?;
            let after_night = |code: &str| self.shift(code).is_some_and(|s| s.lepas_jaga_days >= back);
            let worked = match roster.on(before) {
                Some(codes) => codes.iter().any(|c| after_night(c)),
                None => self.cycle.as_ref().and_then(|c| c.on(before, offset)).is_some_and(after_night),
            };
            worked.then_some(before)
        })
    }

    fn overlay_on(&self, date: Date, calendar: &Calendar) -> Option<&Overlay> {
        self.overlays.iter().rev().find(|o| o.holds(date, calendar))
    }
}

fn in_order(mut shifts: Vec<PlannedShift<'_>>) -> Vec<PlannedShift<'_>> {
    shifts.sort_by_key(|s| s.shift.start);
    shifts
}
