//! The table `rtlog` of access-control firmware (push 3.x): one event per line, fields by key.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::attlog::AttLine;
use crate::{
    batch::{Batch, Reason},
    civil_time,
    keyed::Keyed,
    pin::Pin,
};

/// An event at a door.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RtEvent {
    /// When, by the wall clock of the terminal.
    pub local: DateTime,
    /// Who; `None` for events of the terminal itself (PIN 0).
    pub pin: Option<Pin>,
    /// Card number, if one was used.
    pub card: Option<String>,
    /// Event code: below 20 normal openings, 20 to 99 refusals, from 100 alarms.
    pub event: Option<u16>,
    /// 0 in, 1 out, 2 neither.
    pub in_out: Option<u16>,
    /// How the person was verified; of a bit string, the lowest bit that is set.
    pub verify: Option<u16>,
    /// Running number of the event in this terminal; with the terminal it names the event.
    pub index: Option<u64>,
}

impl RtEvent {
    /// The punch in this event: a person who was let through. Refusals and alarms are not punches.
    pub fn punch(&self) -> Option<AttLine> {
        let let_in = self.event.is_none_or(|code| code < 20);
        let pin = self.pin.clone().filter(|_| let_in)?;
        Some(AttLine {
            pin,
            local: self.local,
            status: self.in_out.filter(|s| *s < 2),
            verify: self.verify,
            workcode: None,
            offset: None,
        })
    }
}

/// Parses a body of the table `rtlog`.
pub fn parse(body: &[u8]) -> Batch<RtEvent> {
    Batch::read(body, parse_line)
}

/// Parses one line without its line end.
pub fn parse_line(line: &[u8]) -> Result<RtEvent, Reason> {
    let keyed = Keyed::parse(line);
    let time = keyed.text("time").ok_or(Reason::BadTime)?;
    let pin = match keyed.text("pin") {
        Some(text) => Some(Pin::parse(&text).map_err(|_| Reason::BadPin)?).filter(|p| !p.is_nobody()),
        None => None,
    };
    Ok(RtEvent {
        local: civil_time::parse(&time).ok_or(Reason::BadTime)?,
        pin,
        card: keyed.text("cardno").filter(|c| c != "0"),
        event: keyed.number("event"),
        in_out: keyed.number("inoutstatus"),
        verify: keyed.text("verifytype").and_then(|v| verify(&v)),
        index: keyed.number("index"),
    })
}

/// A number, or sixteen or more bits of which the last is bit 0.
fn verify(text: &str) -> Option<u16> {
    if text.len() >= 8 && text.bytes().all(|b| matches!(b, b'0' | b'1')) {
        let from_right = text.bytes().rev().position(|b| b == b'1')?;
        return u16::try_from(from_right).ok();
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    const LINE: &str = "time=2017-01-10 11:49:32\tpin=1001\tcardno=0\teventaddr=1\tevent=0\tinoutstatus=0\tverifytype=15\tindex=42";

    #[test]
    fn an_opening_is_a_punch() {
        let event = parse_line(LINE.as_bytes()).unwrap();
        assert_eq!(event.index, Some(42));
        let punch = event.punch().unwrap();
        assert_eq!(punch.pin.as_str(), "1001");
        assert_eq!(punch.local, datetime(2017, 1, 10, 11, 49, 32, 0));
        assert_eq!((punch.status, punch.verify), (Some(0), Some(15)));
    }

    #[test]
    fn refusals_and_device_events_are_not() {
        assert_eq!(parse_line(LINE.replace("event=0", "event=27").as_bytes()).unwrap().punch(), None);
        assert_eq!(parse_line(LINE.replace("pin=1001", "pin=0").as_bytes()).unwrap().punch(), None);
        assert_eq!(parse_line(b"pin=1001\tevent=0"), Err(Reason::BadTime));
    }

    #[test]
    fn verify_as_a_bit_string() {
        let event =
            parse_line(LINE.replace("verifytype=15", "verifytype=0000000000000010").as_bytes()).unwrap();
        assert_eq!(event.verify, Some(1));
    }
}
