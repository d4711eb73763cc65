//! Reading the date and time forms that terminals write.

use jiff::{Timestamp, civil::DateTime, tz::Offset};

/// Reads `2026-11-21 07:28:11`, also with `/`, with `T`, without seconds or with single digits. `None` for anything else,
/// and for dates that do not exist.
pub fn parse(text: &str) -> Option<DateTime> {
    let text = text.trim();
    let (date, time) = text.split_once([' ', 'T'])?;
    let date_separator = if date.contains('/') { '/' } else { '-' };
    let [year, month, day] = numbers::<3>(date.split(date_separator))?;
    let time = time.trim();
    let [hour, minute, second] = match time.matches(':').count() {
        1 => {
            let [hour, minute] = numbers::<2>(time.split(':'))?;
            [hour, minute, 0]
        }
        _ => numbers::<3>(time.split(':'))?,
    };
    // A two-digit year would silently mean the first century.
    if year < 1000 {
        return None;
    }
    let small = |n: u16| i8::try_from(n).ok();
    DateTime::new(
        i16::try_from(year).ok()?,
        small(month)?,
        small(day)?,
        small(hour)?,
        small(minute)?,
        small(second)?,
        0,
    )
    .ok()
}

/// Reads seconds since 1970 (9 or 10 digits) as a date and time at UTC.
pub fn parse_epoch(text: &str) -> Option<DateTime> {
    let text = text.trim();
    if !(9..=10).contains(&text.len()) || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let at = Timestamp::from_second(text.parse().ok()?).ok()?;
    Some(Offset::UTC.to_datetime(at))
}

/// `2026-11-21 07:28:11`, the form every terminal understands.
pub fn format(at: DateTime) -> String {
    format!(
        "{:04}-{:02}-{:02} {:02}:{:02}:{:02}",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

/// The packed seconds of ZKTeco (months of 31 days, years from 2000), used in `DateTime=` of 3.x firmware.
pub fn packed(at: DateTime) -> u32 {
    let part = |n: i8| u32::try_from(n).unwrap_or(0);
    let year = u32::try_from(at.year().rem_euclid(100)).unwrap_or(0);
    let days = year * 12 * 31 + (part(at.month()) - 1) * 31 + part(at.day()) - 1;
    days * 86_400 + part(at.hour()) * 3600 + part(at.minute()) * 60 + part(at.second())
}

fn numbers<'a, const N: usize>(mut parts: impl Iterator<Item = &'a str>) -> Option<[u16; N]> {
    let mut out = [0; N];
    for slot in &mut out {
        let part = parts.next()?;
        if part.is_empty() || part.len() > 4 || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        *slot = part.parse().ok()?;
    }
    parts.next().is_none().then_some(out)
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    #[test]
    fn the_forms_seen() {
        let expected = datetime(2026, 11, 21, 7, 28, 11, 0);
        for text in
            ["2026-11-21 07:28:11", "2026/11/21 07:28:11", "2026-11-21T07:28:11", " 2026-11-21  7:28:11 "]
        {
            assert_eq!(parse(text), Some(expected), "{text}");
        }
        assert_eq!(parse("2026-11-21 07:28"), Some(datetime(2026, 11, 21, 7, 28, 0, 0)));
        assert_eq!(parse_epoch("1764000000"), Some(datetime(2025, 11, 24, 16, 0, 0, 0)));
    }

    #[test]
    fn what_is_no_time() {
        for text in [
            "",
            "2026-02-30 07:00:00",
            "2026-11-21 24:00:00",
            "2026-11-21",
            "26-11-21 07:00:00",
            "a-b-c d:e:f",
            "1-2-3-4 5:6:7",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse_epoch("12345"), None);
    }

    #[test]
    fn packed_vector() {
        assert_eq!(packed(datetime(2026, 11, 20, 7, 31, 5, 0)), 864_113_465);
    }
}
