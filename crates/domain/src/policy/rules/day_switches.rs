//! How the facts of a day are read before any rule looks at them.

use jiff::civil::Time;

use super::pattern::Patterns;
use crate::policy::source::{Field, Section, Sink, say};

/// What becomes of a missing punch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Missing {
    /// The signal `missing_in` / `missing_out`.
    #[default]
    OwnRule,
    /// As late (early) as the highest band begins.
    TopBand,
    /// The whole day counts as TK.
    Absent,
    /// Nothing.
    Ignore,
    /// So many minutes late (early).
    Minutes(i64),
    /// As if punched at this time.
    Clock(Time),
}

/// The table `[day]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DaySwitches {
    /// A started minute counts as a minute; otherwise seconds are dropped.
    pub count_started_minute: bool,
    /// Minutes late count from the on-time limit instead of the nominal start.
    pub late_from_limit: bool,
    /// Missing check-in.
    pub missing_in: Missing,
    /// Missing check-out.
    pub missing_out: Missing,
    /// A half day counts as absent.
    pub half_day_is_absent: bool,
    /// A part-day status excuses the whole day's minutes and missing punches, not only its own part.
    pub partial_excuses: bool,
    /// Statuses on whose days minutes still count (`WFH`).
    pub status_keeps_minutes: Patterns,
}

impl DaySwitches {
    /// Reads `[day]`.
    pub fn read(root: &mut Section, sink: &mut Sink) -> DaySwitches {
        let mut switches = DaySwitches::default();
        let Some(mut section) = root.section("day", sink) else { return switches };
        let mut choice = |key: &'static str, off: &str, on: &str| match section.text(key, sink).as_deref() {
            None => false,
            Some(value) if value == off => false,
            Some(value) if value == on => true,
            Some(other) => {
                sink.error(&section.at, say::unknown_name(key, other, &[off, on]));
                false
            }
        };
        switches.count_started_minute = choice("seconds", "floor_to_minute", "count_started_minute");
        switches.late_from_limit = choice("late_from", "start", "limit");
        switches.half_day_is_absent = choice("half_day", "own_rule", "absent");
        switches.partial_excuses = choice("partial_status", "keeps_minutes", "excuses_minutes");
        let has_keeps = section.get("status_keeps_minutes").is_some();
        if has_keeps {
            switches.status_keeps_minutes = Patterns::read(&mut section, "status_keeps_minutes", sink);
        }
        if let Some(field) = section.get("missing_in") {
            switches.missing_in = read_missing(&field, sink);
        }
        if let Some(field) = section.get("missing_out") {
            switches.missing_out = read_missing(&field, sink);
        }
        section.finish(sink);
        switches
    }
}

fn read_missing(field: &Field, sink: &mut Sink) -> Missing {
    if field.is_section() {
        return read_imputed(field, sink).unwrap_or_default();
    }
    match field.text(sink).as_deref() {
        Some("own_rule") => Missing::OwnRule,
        Some("top_band") => Missing::TopBand,
        Some("absent") => Missing::Absent,
        Some("ignore") => Missing::Ignore,
        Some(other) => {
            let known =
                ["own_rule", "top_band", "absent", "ignore", "{ minutes = 91 }", "{ clock = \"14.00\" }"];
            field.error(sink, say::unknown_name("value", other, &known));
            Missing::OwnRule
        }
        None => Missing::OwnRule,
    }
}

fn read_imputed(field: &Field, sink: &mut Sink) -> Option<Missing> {
    let mut section = field.section(sink)?;
    let minutes = section.get("minutes").and_then(|field| field.decimal(sink));
    let clock = section.text("clock", sink);
    section.finish(sink);
    match (minutes, clock) {
        (Some(minutes), None) => match i64::try_from(minutes) {
            Ok(minutes @ 0..=1440) => Some(Missing::Minutes(minutes)),
            _ => {
                field.error(sink, say::out_of_range("minutes", "0-1440"));
                None
            }
        },
        (None, Some(clock)) => {
            let time: Option<Time> = format!("{}:00", clock.replace('.', ":")).parse().ok();
            if time.is_none() {
                field.error(sink, say::wrong_kind("a time such as \"14.00\"", &clock));
            }
            time.map(Missing::Clock)
        }
        (a, _) => {
            field.error(sink, say::exactly_one("minutes, clock", if a.is_some() { 2 } else { 0 }));
            None
        }
    }
}
