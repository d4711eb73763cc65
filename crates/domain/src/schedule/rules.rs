//! How the punches of a schedule are read.

use serde::{Deserialize, Serialize};

/// Which punches make the check-in and the check-out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PunchRule {
    /// The first punch is the check-in, the last the check-out.
    #[default]
    FirstInLastOut,
    /// The last punch inside the window for coming and the last inside the window for leaving
    /// (of several inputs the last one counts; Pergub Bali 54/2014).
    LastInWindow,
    /// Every in-out pair counts; only the time between the two of a pair was worked.
    Paired,
}

/// How punches are made into pairs under [`PunchRule::Paired`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PairBy {
    /// In, out, in, out, …, whatever key was pressed.
    #[default]
    Alternating,
    /// A punch typed "in" opens a pair and the next one typed "out" closes it; others are left out.
    Direction,
}

/// How far the key pressed on the terminal (in or out) is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectionUse {
    /// Believed, unless that leaves the day without a check-in or check-out that a punch typed the other way could be.
    #[default]
    Prefer,
    /// Always believed.
    Strict,
    /// Never looked at.
    Ignore,
}

/// What happens to the seconds of a punch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seconds {
    /// Left out before comparing: 07.30.59 is 07.30 and on time. The day says so when it mattered.
    #[default]
    Floor,
    /// Counted: 07.30.59 is late, and a begun minute is a minute.
    Count,
}

/// From where late minutes are counted once the on-time limit is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LateFrom {
    /// From the nominal start of the shift.
    #[default]
    Start,
    /// From the on-time limit.
    Limit,
}

/// The reading rules of a schedule. Every field has a default, so a file names only what differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    /// Which punches count.
    pub punches: PunchRule,
    /// How pairs are made, under `punches = "paired"`.
    pub pair_by: PairBy,
    /// How far the pressed key is believed.
    pub direction: DirectionUse,
    /// What happens to seconds.
    pub seconds: Seconds,
    /// From where late minutes are counted.
    pub late_from: LateFrom,
    /// Minutes one may come after the start (beyond the on-time limit) if one leaves as much later; 0 = off.
    pub flex_minutes: i64,
    /// A punch this many minutes or less beside a counted one is the same press again.
    pub duplicate_minutes: i64,
    /// A punch less than this many minutes after the check-in is a retry and never the check-out.
    pub min_gap_minutes: i64,
    /// Minutes before the start from which punches are accepted, where a shift gives no window.
    pub window_before_minutes: i64,
    /// Minutes after the end until which punches are accepted, where a shift gives no window.
    pub window_after_minutes: i64,
    /// Worked less than this many minutes: half a day. Off by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub half_day_below_minutes: Option<i64>,
    /// Worked less than this many minutes: absent. Off by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub absent_below_minutes: Option<i64>,
    /// Whether holidays free from work; by default yes for weekly schedules, no for rosters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holidays_free: Option<bool>,
    /// Whether a day of leave is shown as leave (and not as libur) where it falls on a free day. It never counts as a working day.
    pub status_on_free_days: bool,
    /// Whether who punches on a holiday is counted present there.
    pub attendance_on_holidays: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            punches: PunchRule::default(),
            pair_by: PairBy::default(),
            direction: DirectionUse::default(),
            seconds: Seconds::default(),
            late_from: LateFrom::default(),
            flex_minutes: 0,
            duplicate_minutes: 2,
            min_gap_minutes: 30,
            window_before_minutes: 180,
            window_after_minutes: 360,
            half_day_below_minutes: None,
            absent_below_minutes: None,
            holidays_free: None,
            status_on_free_days: true,
            attendance_on_holidays: false,
        }
    }
}
