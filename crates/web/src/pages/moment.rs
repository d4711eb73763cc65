//! Instants as screens write them.

use domain::{
    lang::{self, Lang},
    zone::Zone,
};
use jiff::Timestamp;

/// `3 November 2026 08.30 WIB`.
pub fn moment(at: Timestamp, zone: Zone, lang: Lang) -> String {
    let local = zone.local(at);
    format!("{} {}", lang::plain_date(local.date(), lang), lang::zoned_time(local, zone))
}

/// How long ago: `baru saja`, `12 menit lalu`, `hari ini 06.58`, `2 November 2026 06.58`.
pub fn ago(at: Timestamp, now: Timestamp, zone: Zone, lang: Lang) -> String {
    let minutes = now.duration_since(at).as_mins();
    let local = zone.local(at);
    let time = lang::clock_time(local.time());
    match minutes {
        ..1 => lang.pick("baru saja", "just now").to_owned(),
        1..60 => format!("{minutes} {}", lang.pick("menit lalu", "minutes ago")),
        _ if local.date() == zone.local(now).date() => format!("{} {time}", lang.pick("hari ini", "today")),
        _ => format!("{} {time}", lang::plain_date(local.date(), lang)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{ToSpan, civil::date};

    #[test]
    fn the_further_back_the_more_is_said() {
        let now = Zone::Wita.instant(date(2026, 11, 3).at(8, 30, 0, 0)).unwrap();
        let said = |minutes: i64| ago(now - minutes.minutes(), now, Zone::Wita, Lang::Id);
        assert_eq!(said(0), "baru saja");
        assert_eq!(said(12), "12 menit lalu");
        assert_eq!(said(92), "hari ini 06.58");
        assert_eq!(said(24 * 60), "2 November 2026 08.30");
        assert_eq!(moment(now, Zone::Wita, Lang::En), "3 November 2026 08.30 WITA");
    }
}
