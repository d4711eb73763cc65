//! How far the clock of a terminal is from ours, seen in punches that are certainly fresh.

use jiff::{SignedDuration, Timestamp};
use store::terminal::Terminal;
use terminal::table::attlog::AttLine;

/// Beyond this a person should look, in seconds.
pub(super) const TOLERATED: i64 = 60;
/// More lines than this are a backlog.
const MAX_LINES: usize = 3;
/// A terminal that was silent for longer may be sending what it could not send.
const MAX_SILENCE: SignedDuration = SignedDuration::from_mins(3);
/// A clock that is a day off has lost its setting; that is another alert.
const MAX_SECONDS: i64 = 86_400;

/// Seconds by which the clock is ahead of ours (negative when slow); `None` when the lines may be a backlog.
pub(super) fn measure(
    lines: &[AttLine],
    terminal: &Terminal,
    last_contact: Timestamp,
    received: Timestamp,
) -> Option<i64> {
    ahead(lines, terminal, last_contact, received).filter(|ahead| ahead.abs() < MAX_SECONDS)
}

/// Whether the clock stands a day or more behind ours: what is pressed today would be judged as another day's.
pub(super) fn is_days_slow(
    lines: &[AttLine],
    terminal: &Terminal,
    last_contact: Timestamp,
    received: Timestamp,
) -> bool {
    ahead(lines, terminal, last_contact, received).is_some_and(|ahead| ahead <= -MAX_SECONDS)
}

/// Seconds by which the newest line is ahead of its receipt, unless the lines may be a backlog.
fn ahead(
    lines: &[AttLine],
    terminal: &Terminal,
    last_contact: Timestamp,
    received: Timestamp,
) -> Option<i64> {
    // A contact of the future says that our own clock was set back.
    let is_backlog = lines.len() > MAX_LINES || received.duration_since(last_contact).abs() > MAX_SILENCE;
    if is_backlog {
        return None;
    }
    let at = lines.iter().filter_map(|line| line.instant(terminal.zone)).max()?;
    // Punches made while the terminal waited for its approval arrive right behind it.
    let waited = terminal.approved_at.is_none_or(|approved| at < approved);
    (!waited).then_some(at.as_second() - received.as_second())
}

#[cfg(test)]
mod tests {
    use domain::{ids::TerminalId, zone::Zone};
    use jiff::{ToSpan, civil::DateTime};
    use store::terminal::TerminalState;
    use terminal::pin::Pin;
    use uuid::Uuid;

    use super::*;

    fn at(text: &str) -> Timestamp {
        Zone::Wita.instant(text.parse::<DateTime>().unwrap()).unwrap()
    }

    fn line(local: &str) -> AttLine {
        let (pin, local) = (Pin::parse("7").unwrap(), local.parse().unwrap());
        AttLine { pin, local, status: None, verify: None, workcode: None, offset: None }
    }

    fn terminal() -> Terminal {
        Terminal {
            state: TerminalState::Approved,
            last_seen: at("2026-11-21 07:59:50"),
            approved_at: Some(at("2026-11-02 08:00:00")),
            ..Terminal::met(TerminalId(Uuid::from_u128(1)), "A1", Zone::Wita, at("2026-11-01 08:00:00"))
        }
    }

    #[test]
    fn only_fresh_lines_tell_the_drift() {
        let (now, terminal) = (at("2026-11-21 08:00:00"), terminal());
        let of = |lines: &[AttLine], last| measure(lines, &terminal, last, now);
        let recent = now - 10.seconds();
        assert_eq!(of(&[line("2026-11-21 07:59:58")], recent), Some(-2));
        assert_eq!(of(&[line("2026-11-21 08:02:00")], recent), Some(120), "ahead is positive");
        assert_eq!(of(&[line("2026-11-21 07:40:00"), line("2026-11-21 07:59:58")], recent), Some(-2));
        assert_eq!(of(&[line("2026-11-21 07:00:00")], now - 1.hour()), None, "after a silence");
        assert_eq!(of(&vec![line("2026-11-21 07:59:58"); 4], recent), None, "a backlog");
        assert_eq!(of(&[line("1970-01-01 08:00:00")], recent), None, "no clock at all");
        assert_eq!(of(&[line("2099-01-01 08:00:00")], recent), None, "no clock at all");
        assert_eq!(of(&[], recent), None);
        let mut fresh = terminal.clone();
        fresh.approved_at = Some(now - 5.seconds());
        assert_eq!(measure(&[line("2026-11-21 07:30:00")], &fresh, recent, now), None, "waited for approval");
        assert_eq!(of(&[line("2026-11-21 07:59:58")], now + 2.hours()), None, "our clock was set back");
    }

    #[test]
    fn a_clock_that_is_days_slow_is_no_drift_but_found() {
        let (now, terminal) = (at("2026-11-21 08:00:00"), terminal());
        let of = |lines: &[AttLine], last| is_days_slow(lines, &terminal, last, now);
        let recent = now - 10.seconds();
        assert!(of(&[line("2026-11-18 08:00:00")], recent));
        assert!(!of(&[line("2026-11-20 08:00:01")], recent), "drift");
        assert!(!of(&[line("2026-11-18 08:00:00")], now - 1.hour()), "after a silence");
        assert!(!of(&vec![line("2026-11-18 08:00:00"); 4], recent), "a backlog");
    }
}
