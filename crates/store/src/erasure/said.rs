//! Whom and when a line names that a terminal sent, whatever its table. Terminals write keys in any case and dates in several
//! forms; a line that is read here need not be one that became a punch.

use jiff::{Timestamp, ToSpan, civil::Date, tz::Offset};

/// What a line says of people.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// PINs.
    pub(super) pins: Vec<String>,
    /// Days on which it may have been; none when the line has no date that can be read.
    pub(super) days: Vec<Date>,
}

impl Said {
    /// Reads a line of any table.
    pub(super) fn of(line: &[u8]) -> Said {
        let text = String::from_utf8_lossy(line);
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
        match text.split_once(' ') {
            Some((tag, rest)) if tag.eq_ignore_ascii_case("OPLOG") => operation(rest),
            _ if text.split('\t').any(|field| key(field) == "pin") => keyed(text),
            _ => positional(text),
        }
    }

    fn name(&mut self, pin: &str) {
        let pin = pin.trim_matches(|c: char| c.is_whitespace() || c == '\0');
        // 0 is nobody.
        if !pin.is_empty() && pin != "0" {
            self.pins.push(pin.to_owned());
        }
    }
}

/// The key of `tag Key=value`, in lower case; empty for a field without one.
fn key(field: &str) -> String {
    let head = field.split_once('=').map_or("", |(head, _)| head);
    head.rsplit([' ', '?']).next().unwrap_or(head).to_ascii_lowercase()
}

/// `USER PIN=7<TAB>Name=…`, `time=…<TAB>pin=7<TAB>…`, and `PIN=20260102070000-7.jpg` of a photo.
fn keyed(text: &str) -> Said {
    let mut said = Said::default();
    for field in text.split('\t') {
        let value = field.split_once('=').map_or("", |(_, value)| value).trim();
        match key(field).as_str() {
            "pin" => match photo(value) {
                Some((day, pin)) => {
                    said.name(pin);
                    said.days.push(day);
                }
                None => said.name(value),
            },
            "time" | "datetime" => said.days.extend(days(value)),
            _ => {}
        }
    }
    said
}

/// `OPLOG 6<TAB>administrator<TAB>time<TAB>object…`: who did it and to whom.
fn operation(rest: &str) -> Said {
    let fields: Vec<&str> = rest.split('\t').collect();
    let mut said = Said::default();
    [1, 3].into_iter().filter_map(|place| fields.get(place)).for_each(|pin| said.name(pin));
    said.days = fields.get(2).map(|time| days(time)).unwrap_or_default();
    said
}

/// A punch: PIN and time, between TABs or blanks.
fn positional(text: &str) -> Said {
    let mut fields: Box<dyn Iterator<Item = &str>> =
        if text.contains('\t') { Box::new(text.split('\t')) } else { Box::new(text.split_whitespace()) };
    let mut said = Said::default();
    said.name(fields.next().unwrap_or_default());
    said.days = fields.next().map(days).unwrap_or_default();
    said
}

/// Time and PIN in the name of a photo.
fn photo(name: &str) -> Option<(Date, &str)> {
    let (digits, pin) = name.rsplit_once('.')?.0.split_once('-')?;
    let part = |range: std::ops::Range<usize>| digits.get(range).and_then(|part| part.parse::<i8>().ok());
    let is_time = digits.len() == 14;
    let day = is_time.then(|| Date::new(digits.get(..4)?.parse().ok()?, part(4..6)?, part(6..8)?).ok())??;
    Some((day, pin))
}

/// The day of `2026-11-21 07:28:11`, also with `/`, with `T` or with single digits; of seconds since 1970 both days that it can
/// have been by a clock in Indonesia.
fn days(text: &str) -> Vec<Date> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    if (9..=10).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let at = text.parse().ok().and_then(|second| Timestamp::from_second(second).ok());
        let day = at.map(|at| Offset::UTC.to_datetime(at).date());
        return day.into_iter().flat_map(|day| [day, day.saturating_add(1.day())]).collect();
    }
    let date = text.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<i16> = date.split(['-', '/']).map_while(|part| part.parse().ok()).collect();
    let small = |part: i16| i8::try_from(part).ok();
    let day = match parts.as_slice() {
        [year, month, day] if *year >= 1000 => {
            small(*month).zip(small(*day)).and_then(|(month, day)| Date::new(*year, month, day).ok())
        }
        _ => None,
    };
    day.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn said(line: &str) -> (Vec<String>, Vec<Date>) {
        let Said { pins, days } = Said::of(line.as_bytes());
        (pins, days)
    }

    #[test]
    fn punches_in_every_form_name_pin_and_day() {
        let day = date(2026, 11, 2);
        for line in [
            "7\t2026-11-02 07:00:00\t0\t1\r\n",
            "7\t2026/11/2 07:00:00\0\0",
            "7 2026-11-02 07:00:00 0 1",
            "PIN=7\tDateTime=2026-11-02 07:00:00\tVerified=1",
            "time=2026-11-02 07:00:00\tpin=7\tcardno=0\tevent=0",
            "PIN=20261102070000-7.jpg",
        ] {
            assert_eq!(said(line), (vec!["7".to_owned()], vec![day]), "{line}");
        }
        assert_eq!(said("7\t1793577600").1, [date(2026, 11, 2), date(2026, 11, 3)]);
    }

    #[test]
    fn users_templates_and_operations_name_their_pins() {
        for line in [
            "USER PIN=7\tName=Budi\tPri=0",
            "BIODATA Pin=7\tNo=0\tType=9\tTmp=[removed]",
            "user uid=3\tcardno=\tpin=7\tname=Budi",
            "Name=Budi\tPIN=7",
        ] {
            assert_eq!(said(line), (vec!["7".to_owned()], vec![]), "{line}");
        }
        let operation = said("OPLOG 6\t9\t2026-11-02 07:00:00\t7\t0\t0\t0");
        assert_eq!(operation, (vec!["9".into(), "7".into()], vec![date(2026, 11, 2)]));
        assert_eq!(said("OPLOG 4\t0\t2026-11-02 07:00:00\t0").0, Vec::<String>::new());
    }

    #[test]
    fn what_cannot_be_read_names_nobody_or_no_day() {
        assert_eq!(said(""), (vec![], vec![]));
        assert_eq!(said("7\trubbish"), (vec!["7".into()], vec![]));
        assert_eq!(said("~DeviceName=X,MAC=0"), (vec!["~DeviceName=X,MAC=0".into()], vec![]));
    }
}
