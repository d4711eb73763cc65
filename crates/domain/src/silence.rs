//! When a terminal that has not been heard of counts as silent. No data from it is then expected, and nobody is absent
//! because of it.

use jiff::{SignedDuration, Timestamp};

/// A terminal polls every half minute; one that was not heard of for longer than this is silent.
pub const SILENT_AFTER: SignedDuration = SignedDuration::from_mins(30);

/// A terminal that was not heard of for longer than this is no longer at work: an OPD cannot enter a stage with it.
/// A night without power does not set an OPD back.
pub const LOST_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// Whether a terminal last heard of at `last_seen` is silent. So is one that was heard of far in the future: the clock of the
/// server was set back since, and nobody knows when that was.
pub fn is_silent(last_seen: Timestamp, now: Timestamp) -> bool {
    now.duration_since(last_seen).abs() > SILENT_AFTER
}

/// Whether a terminal last heard of at `last_seen` counts as lost.
pub fn is_lost(last_seen: Timestamp, now: Timestamp) -> bool {
    now.duration_since(last_seen).abs() > LOST_AFTER
}

/// The last contact after one at `now`. Contacts may be noted late, so it does not go back, except from a time so far ahead
/// that only a clock that was wrong can have noted it.
pub fn contact(last_seen: Timestamp, now: Timestamp) -> Timestamp {
    if last_seen.duration_since(now) > SILENT_AFTER { now } else { now.max(last_seen) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_an_hour_is_not_yet_silent_and_a_day_not_yet_lost() {
        let now = Timestamp::UNIX_EPOCH;
        let second = SignedDuration::from_secs(1);
        assert!(!is_silent(now - SILENT_AFTER, now) && is_silent(now - SILENT_AFTER - second, now));
        assert!(!is_lost(now - LOST_AFTER, now) && is_lost(now - LOST_AFTER - second, now));
        assert!(!is_silent(now + second, now), "a clock that runs ahead is not silence");
    }

    #[test]
    fn after_the_clock_was_set_back_a_terminal_is_not_alive_for_a_year() {
        let now = Timestamp::UNIX_EPOCH;
        let (minute, year) = (SignedDuration::from_mins(1), SignedDuration::from_hours(365 * 24));
        assert!(is_silent(now + year, now) && is_lost(now + year, now));
        assert_eq!(contact(now - minute, now), now);
        assert_eq!(contact(now + minute, now), now + minute, "a contact that was noted late");
        assert_eq!(contact(now + year, now), now);
    }
}
