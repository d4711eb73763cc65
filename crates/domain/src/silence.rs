//! When a terminal that has not been heard of counts as silent. No data from it is then expected, and nobody is absent
//! because of it.

use jiff::{SignedDuration, Timestamp};

/// A terminal polls every half minute; one that was not heard of for longer than this is silent.
pub const SILENT_AFTER: SignedDuration = SignedDuration::from_mins(30);

/// A terminal that was not heard of for longer than this is no longer at work: an OPD cannot enter a stage with it.
/// A night without power does not set an OPD back.
pub const LOST_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// Whether a terminal last heard of at `last_seen` is silent.
pub fn is_silent(last_seen: Timestamp, now: Timestamp) -> bool {
    now.duration_since(last_seen) > SILENT_AFTER
}

/// Whether a terminal last heard of at `last_seen` counts as lost.
pub fn is_lost(last_seen: Timestamp, now: Timestamp) -> bool {
    now.duration_since(last_seen) > LOST_AFTER
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
}
