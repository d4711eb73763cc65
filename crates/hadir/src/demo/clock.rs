//! The clock of the demo: the real one during working hours, otherwise the morning of the last working day, running on
//! from there, so that whoever starts the demo at night or on a Sunday still sees people arrive.

use domain::{
    calendar::{Calendar, WorkWeek},
    clock::Clock,
    zone::Zone,
};
use jiff::{
    SignedDuration, Timestamp,
    civil::{DateTime, Time, time},
};

const OPENS: Time = time(6, 45, 0, 0);
const CLOSES: Time = time(16, 30, 0, 0);
/// When the morning begins that is shown outside working hours.
const MORNING: Time = time(7, 18, 0, 0);

/// A clock that runs at the real pace, some time behind.
pub(super) struct DemoClock<C> {
    real: C,
    behind: SignedDuration,
}

impl<C: Clock> DemoClock<C> {
    /// Decides once how far behind it runs.
    pub(super) fn new(real: C) -> Self {
        let now = Zone::Wib.local(real.now());
        let shown = shown_at(now);
        Self { behind: now.duration_since(shown), real }
    }
}

impl<C: Clock> Clock for DemoClock<C> {
    fn now(&self) -> Timestamp {
        let real = self.real.now();
        real.checked_sub(self.behind).unwrap_or(real)
    }
}

/// The moment to show at the real moment `now`, both in WIB.
fn shown_at(now: DateTime) -> DateTime {
    let calendar = Calendar::national();
    let working = |at: DateTime| calendar.is_working(at.date(), WorkWeek::FIVE_DAYS);
    if working(now) && now.time() >= OPENS && now.time() <= CLOSES {
        return now;
    }
    let mut day = now.date();
    if now.time() < OPENS || !working(now) {
        day = day.yesterday().unwrap_or(day);
    }
    while !calendar.is_working(day, WorkWeek::FIVE_DAYS) {
        day = day.yesterday().unwrap_or(day);
    }
    day.to_datetime(MORNING)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn working_hours_are_shown_as_they_are() {
        let at = date(2026, 11, 20).at(9, 0, 0, 0);
        assert_eq!(shown_at(at), at);
    }

    #[test]
    fn nights_and_weekends_show_the_last_working_morning() {
        let friday = date(2026, 11, 20).at(7, 18, 0, 0);
        assert_eq!(shown_at(date(2026, 11, 22).at(3, 48, 0, 0)), friday, "Sunday night");
        assert_eq!(shown_at(date(2026, 11, 20).at(20, 0, 0, 0)), friday, "Friday evening");
        assert_eq!(shown_at(date(2026, 11, 23).at(5, 0, 0, 0)), friday, "early on Monday");
    }
}
