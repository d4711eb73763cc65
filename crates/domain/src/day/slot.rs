//! One shift of one date on the clock: when it begins, ends and accepts punches.

use jiff::{
    SignedDuration,
    civil::{Date, DateTime},
};

use super::{DayPart, PlannedDay, StatusFact};
use crate::schedule::{DayTime, LateFrom, PlannedShift, Rules, Seconds};

/// A shift placed on the calendar.
#[derive(Debug, Clone)]
pub(super) struct Slot<'a> {
    pub date: Date,
    /// Index of the date among the planned days.
    pub day: usize,
    pub planned: PlannedShift<'a>,
    pub rules: &'a Rules,
    pub start: DateTime,
    pub end: DateTime,
    pub in_from: DateTime,
    pub in_until: DateTime,
    pub out_from: DateTime,
    pub out_until: DateTime,
    pub rest: Option<(DateTime, DateTime)>,
    /// Last moment on time, moved by a status that covers the beginning.
    pub on_time: DateTime,
    /// From when late minutes may be counted, moved likewise.
    pub late_start: DateTime,
    /// From when leaving is not early, moved by a status that covers the end.
    pub leave: DateTime,
    /// Net minutes that a partial status covers.
    pub covered_minutes: i64,
}

impl<'a> Slot<'a> {
    pub(super) fn place(planned: PlannedShift<'a>, rules: &'a Rules, date: Date, day: usize) -> Slot<'a> {
        let shift = planned.shift;
        let (comes, leaves) = (shift.accepts_in(rules), shift.accepts_out(rules));
        let on = |time: DayTime| time.on(date);
        Slot {
            date,
            day,
            planned,
            rules,
            start: on(shift.start),
            end: on(shift.nominal_end()),
            in_from: on(comes.from),
            in_until: on(comes.until),
            out_from: on(leaves.from),
            out_until: on(leaves.until),
            rest: shift.placed_rest().map(|r| (on(r.from), on(r.until))),
            on_time: on(shift.on_time_limit()),
            late_start: on(shift.start),
            leave: on(shift.leave_limit()),
            covered_minutes: 0,
        }
    }

    pub(super) fn window_from(&self) -> DateTime {
        self.in_from.min(self.out_from)
    }

    pub(super) fn window_until(&self) -> DateTime {
        self.in_until.max(self.out_until)
    }

    /// The moment by which punches are compared: without seconds where the schedule leaves them out.
    pub(super) fn effective(&self, at: DateTime) -> DateTime {
        match self.rules.seconds {
            Seconds::Floor => at.date().at(at.hour(), at.minute(), 0, 0),
            Seconds::Count => at,
        }
    }

    pub(super) fn accepts_in(&self, at: DateTime) -> bool {
        self.in_from <= at && at <= self.in_until
    }

    pub(super) fn accepts_out(&self, at: DateTime) -> bool {
        self.out_from <= at && at <= self.out_until
    }

    pub(super) fn late_counted_from(&self) -> DateTime {
        match self.rules.late_from {
            LateFrom::Start => self.late_start,
            LateFrom::Limit => self.on_time,
        }
    }

    pub(super) fn middle(&self) -> DateTime {
        self.start.saturating_add(SignedDuration::from_secs(seconds_between(self.start, self.end) / 2))
    }

    /// Lets a status over a part of the day move the limits.
    pub(super) fn cover(&mut self, status: &StatusFact) {
        let (from, until) = match status.part {
            DayPart::Full => (self.start, self.end),
            DayPart::FirstHalf => (self.start, self.rest.map_or_else(|| self.middle(), |(_, until)| until)),
            DayPart::SecondHalf => (self.rest.map_or_else(|| self.middle(), |(from, _)| from), self.end),
            DayPart::Hours(range) => {
                let over_midnight = self.end.date() > self.start.date();
                let place = |time: DayTime| {
                    let at = time.on(self.date);
                    if over_midnight && at < self.start && time.day_offset() == 0 {
                        time.next_day().on(self.date)
                    } else {
                        at
                    }
                };
                (place(range.from), place(range.until))
            }
        };
        if from <= self.on_time && until > self.late_start {
            self.on_time = self.on_time.max(until);
            self.late_start = until;
        }
        if until >= self.leave && from < self.leave {
            self.leave = from.max(self.start);
        }
        let (from, until) = (from.max(self.start), until.min(self.end));
        self.covered_minutes += (minutes_between(from, until) - self.rest_within(from, until)).max(0);
    }

    /// Minutes of rest between two moments.
    pub(super) fn rest_within(&self, from: DateTime, until: DateTime) -> i64 {
        self.rest.map_or(0, |(begin, end)| minutes_between(begin.max(from), end.min(until)).max(0))
    }

    pub(super) fn to_planned_day(&self) -> PlannedDay {
        let shift = self.planned.shift;
        PlannedDay {
            shift: shift.code.clone(),
            start: self.start,
            end: self.end,
            window_from: self.window_from(),
            window_until: self.window_until(),
            on_time_until: self.on_time,
            late_counted_from: self.late_counted_from(),
            leave_from: self.leave,
            required_minutes: (shift.net_minutes() - self.covered_minutes).max(0),
            ramadan: self.planned.ramadan(),
        }
    }
}

/// Whole seconds from `from` to `until`; negative the other way round.
pub(super) fn seconds_between(from: DateTime, until: DateTime) -> i64 {
    until.duration_since(from).as_secs()
}

/// Whole minutes from `from` to `until`, a begun one left out.
pub(super) fn minutes_between(from: DateTime, until: DateTime) -> i64 {
    seconds_between(from, until).div_euclid(60)
}

/// Minutes from `from` to `until`, a begun one counted.
pub(super) fn begun_minutes_between(from: DateTime, until: DateTime) -> i64 {
    -((-seconds_between(from, until)).div_euclid(60))
}
