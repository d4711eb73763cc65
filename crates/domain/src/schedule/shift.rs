//! One shift: its hours, its rest, and when punches are accepted.

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use super::{DayTime, Rules};

/// A weekday as schedules write it: `mon` … `sun` (`senin` … `minggu` are read too).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WeekdayName {
    /// Monday.
    #[serde(alias = "senin", alias = "monday")]
    Mon,
    /// Tuesday.
    #[serde(alias = "selasa", alias = "tuesday")]
    Tue,
    /// Wednesday.
    #[serde(alias = "rabu", alias = "wednesday")]
    Wed,
    /// Thursday.
    #[serde(alias = "kamis", alias = "thursday")]
    Thu,
    /// Friday.
    #[serde(alias = "jumat", alias = "friday")]
    Fri,
    /// Saturday.
    #[serde(alias = "sabtu", alias = "saturday")]
    Sat,
    /// Sunday.
    #[serde(alias = "minggu", alias = "sunday")]
    Sun,
}

impl WeekdayName {
    /// The weekday.
    pub const fn weekday(self) -> Weekday {
        match self {
            WeekdayName::Mon => Weekday::Monday,
            WeekdayName::Tue => Weekday::Tuesday,
            WeekdayName::Wed => Weekday::Wednesday,
            WeekdayName::Thu => Weekday::Thursday,
            WeekdayName::Fri => Weekday::Friday,
            WeekdayName::Sat => Weekday::Saturday,
            WeekdayName::Sun => Weekday::Sunday,
        }
    }
}

/// The rest inside a shift. It is not working time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rest {
    /// Begin.
    pub from: DayTime,
    /// End.
    pub until: DayTime,
}

/// When punches are accepted; both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// The first moment accepted.
    pub from: DayTime,
    /// The last moment accepted.
    pub until: DayTime,
}

/// A third punch on coming back from rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestCheck {
    /// From when the punch counts as the return.
    pub from: DayTime,
    /// Until when.
    pub until: DayTime,
    /// Last moment that is on time; by default the end of the rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_time_until: Option<DayTime>,
}

/// Roster codes that mean "no work today".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FreeCode {
    /// A free day of the roster.
    Lepas,
    /// The day after a night shift.
    LepasJaga,
}

/// A shift. Only `code`, `start` and `end` are needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// Short code: `REG`, `P`, `S`, `M`.
    pub code: String,
    /// Its name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The weekdays on which it is worked; none for shifts that only a roster names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<WeekdayName>,
    /// Nominal start.
    pub start: DayTime,
    /// Nominal end; an end at or before the start is the next day.
    pub end: DayTime,
    /// The rest, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest: Option<Rest>,
    /// When a check-in is accepted; by default any time in which the shift accepts punches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_window: Option<Window>,
    /// When a check-out is accepted; by default any time in which the shift accepts punches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub out_window: Option<Window>,
    /// Last moment that is on time; by default the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_time_until: Option<DayTime>,
    /// First moment at which leaving is not early; by default the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leave_from: Option<DayTime>,
    /// Net minutes required; by default end - start - rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_minutes: Option<i64>,
    /// A third punch on coming back from rest, if it is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest_check: Option<RestCheck>,
    /// How many days after this shift are lepas jaga.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub lepas_jaga_days: u8,
    /// First date on which the shift exists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// Last date on which the shift exists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(n: &u8) -> bool {
    *n == 0
}

impl Shift {
    /// A shift from `start` to `end` with nothing else said.
    pub fn new(code: &str, start: DayTime, end: DayTime) -> Shift {
        Shift {
            code: code.to_owned(),
            name: String::new(),
            days: Vec::new(),
            start,
            end,
            rest: None,
            in_window: None,
            out_window: None,
            on_time_until: None,
            leave_from: None,
            required_minutes: None,
            rest_check: None,
            lepas_jaga_days: 0,
            valid_from: None,
            valid_until: None,
        }
    }

    /// The nominal end, on the next day where it is written at or before the start.
    pub fn nominal_end(&self) -> DayTime {
        if self.end <= self.start { self.end.next_day() } else { self.end }
    }

    /// The last moment that is on time.
    pub fn on_time_limit(&self) -> DayTime {
        self.on_time_until.map_or(self.start, |t| self.placed(t))
    }

    /// The first moment at which leaving is not early.
    pub fn leave_limit(&self) -> DayTime {
        self.leave_from.map_or_else(|| self.nominal_end(), |t| self.placed(t))
    }

    /// The rest, placed inside the shift.
    pub fn placed_rest(&self) -> Option<Rest> {
        self.rest.map(|r| Rest { from: self.placed(r.from), until: self.placed(r.until) })
    }

    /// The check on coming back from rest, placed inside the shift, with its limit filled in.
    pub fn placed_rest_check(&self) -> Option<RestCheck> {
        self.rest_check.map(|check| {
            let limit = check.on_time_until.map(|t| self.placed(t));
            let limit = limit.or_else(|| self.placed_rest().map(|r| r.until));
            RestCheck {
                from: self.placed(check.from),
                until: self.placed(check.until),
                on_time_until: Some(limit.unwrap_or_else(|| self.placed(check.until))),
            }
        })
    }

    /// Net minutes required.
    pub fn net_minutes(&self) -> i64 {
        self.required_minutes.unwrap_or_else(|| {
            let rest = self.placed_rest().map_or(0, |r| r.until.as_minutes() - r.from.as_minutes());
            self.nominal_end().as_minutes() - self.start.as_minutes() - rest
        })
    }

    /// When a check-in is accepted.
    pub fn accepts_in(&self, rules: &Rules) -> Window {
        self.in_window.unwrap_or_else(|| self.default_window(rules))
    }

    /// When a check-out is accepted. A window that is over before the shift begins is meant for the next day.
    pub fn accepts_out(&self, rules: &Rules) -> Window {
        match self.out_window {
            Some(w) => {
                let from = self.placed(w.from);
                let until = self.placed(w.until);
                Window { from, until: if until < from { until.next_day() } else { until } }
            }
            None => self.default_window(rules),
        }
    }

    /// Whether the shift exists on `date`.
    pub fn valid_on(&self, date: Date) -> bool {
        self.valid_from.is_none_or(|d| d <= date) && self.valid_until.is_none_or(|d| date <= d)
    }

    /// Whether the shift is worked on weekday `day`.
    pub fn worked_on(&self, day: Weekday) -> bool {
        self.days.iter().any(|d| d.weekday() == day)
    }

    /// Punches outside explicit windows do not count, so an explicit window on one side bounds the default of the other.
    fn default_window(&self, rules: &Rules) -> Window {
        Window {
            from: self.start.plus_minutes(-rules.window_before_minutes),
            until: self.nominal_end().plus_minutes(rules.window_after_minutes),
        }
    }

    /// In a shift over midnight a clock time before the start means the next day.
    fn placed(&self, time: DayTime) -> DayTime {
        let crosses = self.nominal_end().day_offset() > 0 && self.end <= self.start;
        if crosses && time < self.start && time.day_offset() == 0 { time.next_day() } else { time }
    }
}
