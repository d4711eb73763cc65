//! A line of a terminal or of its file made into a punch to be stored.

use domain::{
    ids::{ImportId, PunchId, RecordId},
    punch::{Direction, PlaceState},
    zone::Zone,
};
use jiff::{Timestamp, civil::DateTime};
use store::{
    punch::{PunchRow, PunchSource},
    terminal::{DoorRole, Terminal},
};
use terminal::table::attlog::{AttLine, ClockDoubt};

use crate::Office;

/// Flag: more than five minutes after its receipt.
pub const CLOCK_FUTURE: &str = "clock_future";
/// Flag: a clock that lost its battery.
pub const CLOCK_PAST: &str = "clock_past";
/// Flag: very old when it came.
pub const OLD: &str = "old";
/// Flag: came from a file that anybody could have edited.
pub const FROM_FILE: &str = "file";
/// Flag: is stored but never judged.
pub const SKIP: &str = "skip";

/// When a punch counts: at its own time, but never after its receipt. Whoever sets the clock of a device ahead in the morning
/// has not left in the afternoon.
pub fn counted_at(row: &PunchRow) -> Timestamp {
    if row.has_flag(CLOCK_FUTURE) { row.at.min(row.received_at) } else { row.at }
}

/// A punch this far in the future cannot be placed on any day, so it is not judged. In seconds.
const HOPELESS: i64 = 86_400;

/// Where a punch came from.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The terminal.
    pub terminal: &'a Terminal,
    /// When it was received.
    pub received: Timestamp,
    /// The upload it came with.
    pub journal: Option<RecordId>,
    /// The file it came with.
    pub import: Option<ImportId>,
}

/// The row for a line; `None` if its time lies beyond the calendar.
pub fn punch_row(office: &Office, origin: Origin<'_>, line: &AttLine) -> Option<PunchRow> {
    let Origin { terminal, received, journal, import } = origin;
    let at = line.instant(terminal.zone)?;
    let (local_time, zone) = wall_clock(line, at, terminal.zone);
    let number = |value: Option<u16>| value.map(|n| n.to_string()).unwrap_or_default();
    Some(PunchRow {
        punch_id: PunchId::new(received, office.random()),
        employee_id: None,
        at,
        local_time,
        zone,
        received_at: received,
        source: if import.is_some() { PunchSource::File } else { PunchSource::Terminal },
        terminal_id: Some(terminal.terminal_id),
        device_group_id: terminal.group_id,
        pin: line.pin.as_str().to_owned(),
        status: number(line.status),
        verify: number(line.verify),
        workcode: line.workcode.clone().unwrap_or_default(),
        direction: match terminal.role {
            DoorRole::Both => Direction::Unknown,
            DoorRole::In => Direction::In,
            DoorRole::Out => Direction::Out,
        },
        place: PlaceState::Unknown,
        flags: flags(line, received, terminal.zone, import.is_some()),
        journal_id: journal,
        import_id: import,
    })
}

/// The wall clock and its zone. A line that tells an offset of one of our zones is in that zone; one with another offset
/// (seconds since 1970 count as UTC) is shown by the wall clock of the place.
fn wall_clock(line: &AttLine, at: Timestamp, zone: Zone) -> (DateTime, Zone) {
    match line.offset {
        None => (line.local, zone),
        Some(seconds) => Zone::ALL
            .into_iter()
            .find(|z| i32::from(z.hours()) * 3600 == seconds)
            .map_or_else(|| (zone.local(at), zone), |told| (line.local, told)),
    }
}

fn flags(line: &AttLine, received: Timestamp, zone: Zone, from_file: bool) -> String {
    let mut flags = Vec::new();
    match line.clock_doubt(received, zone) {
        Some(ClockDoubt::Future) => {
            flags.push(CLOCK_FUTURE);
            if line.age_seconds(received, zone).is_some_and(|age| age < -HOPELESS) {
                flags.push(SKIP);
            }
        }
        Some(ClockDoubt::Reset) => flags.extend([CLOCK_PAST, SKIP]),
        Some(ClockDoubt::Old) => flags.push(OLD),
        None => {}
    }
    if from_file {
        flags.push(FROM_FILE);
    }
    flags.join(" ")
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;
    use terminal::pin::Pin;

    use super::*;

    fn line(local: DateTime, offset: Option<i32>) -> AttLine {
        let pin = Pin::parse("0701").unwrap();
        AttLine { pin, local, status: None, verify: None, workcode: None, offset }
    }

    #[test]
    fn doubts_about_the_clock_become_words() {
        let received = Zone::Wib.instant(datetime(2026, 11, 21, 8, 0, 0, 0)).unwrap();
        let of = |local, file| flags(&line(local, None), received, Zone::Wib, file);
        assert_eq!(of(datetime(2026, 11, 21, 7, 59, 0, 0), false), "");
        assert_eq!(of(datetime(2026, 11, 21, 8, 6, 0, 0), false), "clock_future");
        assert_eq!(of(datetime(2099, 1, 1, 8, 0, 0, 0), false), "clock_future skip");
        assert_eq!(of(datetime(1970, 1, 1, 8, 0, 0, 0), false), "clock_past skip");
        assert_eq!(of(datetime(2026, 9, 1, 8, 0, 0, 0), true), "old file");
    }

    #[test]
    fn the_offset_of_the_line_beats_the_zone_of_the_terminal() {
        let local = datetime(2026, 11, 21, 8, 0, 0, 0);
        let of = |offset| {
            let line = line(local, offset);
            wall_clock(&line, line.instant(Zone::Wib).unwrap(), Zone::Wib)
        };
        assert_eq!(of(None), (local, Zone::Wib));
        assert_eq!(of(Some(9 * 3600)), (local, Zone::Wit));
        assert_eq!(of(Some(0)), (datetime(2026, 11, 21, 15, 0, 0, 0), Zone::Wib));
    }
}
