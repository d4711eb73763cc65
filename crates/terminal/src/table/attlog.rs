//! Punches: the table `ATTLOG`, one line per punch, fields by position.

use domain::zone::Zone;
use jiff::{Timestamp, civil::DateTime, tz::Offset};
use serde::{Deserialize, Serialize};

use crate::{
    batch::{self, Batch, Reason},
    civil_time,
    keyed::Keyed,
    pin::Pin,
    text,
};

/// One punch as the terminal recorded it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttLine {
    /// Who.
    pub pin: Pin,
    /// What the wall clock of the terminal showed; see [`AttLine::offset`].
    pub local: DateTime,
    /// State key: 0 in, 1 out, …, 255 none pressed; raw, see [`crate::codes::status`]. `None` if not sent.
    pub status: Option<u16>,
    /// How the person was verified; raw, see [`crate::codes::verify`]. `None` if not sent.
    pub verify: Option<u16>,
    /// Work code, if one was entered.
    pub workcode: Option<String>,
    /// Seconds east of UTC of `local`, if the terminal said so (firmware from push 2.4.2; also 0 for times sent as seconds since
    /// 1970). `None` means the zone the terminal is registered in.
    pub offset: Option<i32>,
}

/// What is suspicious about the clock of a punch. The punch is kept all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockDoubt {
    /// More than five minutes after its receipt.
    Future,
    /// Before 2010: a clock that lost its battery starts at 1970 or 2000.
    Reset,
    /// More than [`OLD_DAYS`] days before its receipt: a long backlog, or a wrong clock.
    Old,
}

/// Age in days beyond which a punch is flagged as old.
pub const OLD_DAYS: i64 = 45;

impl AttLine {
    /// The instant of the punch for a terminal that stands in `zone`; `None` only at the ends of the calendar.
    pub fn instant(&self, zone: Zone) -> Option<Timestamp> {
        match self.offset {
            Some(seconds) => Offset::from_seconds(seconds).ok()?.to_timestamp(self.local).ok(),
            None => zone.instant(self.local),
        }
    }

    /// Seconds from the punch to `received`; the drift of the clock if the punch is known to be fresh, positive if it is slow.
    pub fn age_seconds(&self, received: Timestamp, zone: Zone) -> Option<i64> {
        Some(received.as_second() - self.instant(zone)?.as_second())
    }

    /// What is suspicious about the clock, if anything.
    pub fn clock_doubt(&self, received: Timestamp, zone: Zone) -> Option<ClockDoubt> {
        let Some(age) = self.age_seconds(received, zone) else {
            return Some(ClockDoubt::Reset);
        };
        if self.local.year() < 2010 {
            Some(ClockDoubt::Reset)
        } else if age < -300 {
            Some(ClockDoubt::Future)
        } else if age > OLD_DAYS * 86_400 {
            Some(ClockDoubt::Old)
        } else {
            None
        }
    }

    /// The line as a terminal sends it, fields separated by TAB, without the line end.
    pub fn to_wire(&self) -> String {
        let number = |n: Option<u16>| n.map(|n| n.to_string()).unwrap_or_default();
        let mut line = format!(
            "{}\t{}\t{}\t{}\t{}\t0\t0",
            self.pin,
            civil_time::format(self.local),
            number(self.status),
            number(self.verify),
            self.workcode.as_deref().unwrap_or_default(),
        );
        if let Some(offset) = self.offset {
            line.push_str(&format!("\t\t\t\t{offset:+}"));
        }
        line
    }
}

/// Parses a body of the table `ATTLOG`. A first line `TABLE=ATTLOG`, which some relays add, is skipped and not counted.
pub fn parse(body: &[u8]) -> Batch<AttLine> {
    let is_header =
        |number: usize, line: &[u8]| number == 1 && line.trim_ascii().eq_ignore_ascii_case(b"TABLE=ATTLOG");
    Batch::read_lines(batch::lines(body).filter(|(number, line)| !is_header(*number, line)), parse_line)
}

/// Parses one line without its line end. Only PIN and time are needed; anything odd behind them is left out.
pub fn parse_line(line: &[u8]) -> Result<AttLine, Reason> {
    if line.len() > batch::MAX_LINE {
        return Err(Reason::TooLong);
    }
    let decoded = text::decode(line);
    let punch = if decoded.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("PIN=")) {
        keyed(line)?
    } else if decoded.contains('\t') {
        let fields: Vec<&str> = decoded.split('\t').collect();
        positional(&fields)?
    } else {
        spaced(&decoded)?
    };
    if punch.pin.is_nobody() { Err(Reason::Nobody) } else { Ok(punch) }
}

/// The usual form.
fn positional(fields: &[&str]) -> Result<AttLine, Reason> {
    let field = |index: usize| fields.get(index).and_then(|f| text::present(f));
    if fields.len() < 2 {
        return Err(Reason::TooFewFields);
    }
    let pin = Pin::parse(fields[0]).map_err(|_| Reason::BadPin)?;
    let (local, epoch) = read_time(field(1).unwrap_or_default())?;
    Ok(AttLine {
        pin,
        local,
        status: field(2).and_then(|f| f.parse().ok()),
        verify: field(3).and_then(|f| f.parse().ok()),
        workcode: field(4).and_then(text::workcode),
        offset: epoch.then_some(0).or_else(|| field(10).and_then(read_offset)),
    })
}

/// Blanks instead of TABs: date and time are two words then.
fn spaced(line: &str) -> Result<AttLine, Reason> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [pin, date, time, rest @ ..] = words.as_slice() else {
        return Err(Reason::TooFewFields);
    };
    let moment = format!("{date} {time}");
    let mut fields = vec![*pin, moment.as_str()];
    fields.extend_from_slice(rest);
    positional(&fields)
}

/// `PIN=1<TAB>DateTime=…<TAB>Verified=1<TAB>Status=0`, which test tools send.
fn keyed(line: &[u8]) -> Result<AttLine, Reason> {
    let keyed = Keyed::parse(line);
    let pin = Pin::parse(&keyed.text("pin").unwrap_or_default()).map_err(|_| Reason::BadPin)?;
    let time = keyed.text("datetime").or_else(|| keyed.text("time")).ok_or(Reason::BadTime)?;
    let (local, epoch) = read_time(&time)?;
    Ok(AttLine {
        pin,
        local,
        status: keyed.number("status"),
        verify: keyed.number("verified").or_else(|| keyed.number("verify")),
        workcode: keyed.text("workcode").and_then(|w| text::workcode(&w)),
        offset: epoch.then_some(0),
    })
}

/// The time, and whether it was given as seconds since 1970.
fn read_time(text: &str) -> Result<(DateTime, bool), Reason> {
    civil_time::parse(text)
        .map(|at| (at, false))
        .or_else(|| civil_time::parse_epoch(text).map(|at| (at, true)))
        .ok_or(Reason::BadTime)
}

/// `+25200`: a sign is required, and a whole number of quarters of an hour up to 14 hours; the field holds other things on
/// other firmware.
fn read_offset(text: &str) -> Option<i32> {
    if !text.starts_with(['+', '-']) {
        return None;
    }
    let seconds: i32 = text.parse().ok()?;
    (seconds.abs() <= 14 * 3600 && seconds % 900 == 0).then_some(seconds)
}

#[cfg(test)]
mod tests;
