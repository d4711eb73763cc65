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
    let is_backlog = lines.len() > MAX_LINES || received.duration_since(last_contact) > MAX_SILENCE;
    if is_backlog {
        return None;
    }
    let at = lines.iter().filter_map(|line| line.instant(terminal.zone)).max()?;
    // Punches made while the terminal waited for its approval arrive right behind it.
    let waited = terminal.approved_at.is_none_or(|approved| at < approved);
    let ahead = at.as_second() - received.as_second();
    (!waited && ahead.abs() < MAX_SECONDS).then_some(ahead)
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
    }
}
