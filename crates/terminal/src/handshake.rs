//! The reply to a terminal that introduces itself: its options, one `Key=Value` per line.

use domain::zone::Zone;
use serde::{Deserialize, Serialize};

use crate::{command::Dialect, serial::Serial};

/// Where the upload of each table should resume; `None` where nothing was stored yet.
///
/// Current firmware ignores these and keeps its own cursor, except that `0` asks for everything again. They are no help
/// against duplicates.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamps {
    /// Punches.
    pub attlog: Option<String>,
    /// Operations and users.
    pub operlog: Option<String>,
    /// Photos.
    pub attphoto: Option<String>,
    /// Templates.
    pub biodata: Option<String>,
    /// Errors.
    pub errorlog: Option<String>,
}

impl Stamps {
    /// Stamps that make the terminal upload everything again.
    pub fn everything() -> Self {
        let zero = || Some("0".to_owned());
        Self { attlog: zero(), operlog: zero(), ..Self::default() }
    }
}

/// What a terminal is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Greeting {
    /// The zone of the place where it stands. Its clock follows the `Date` of our replies and this: a wrong zone shifts every
    /// punch by hours, so there is no default.
    pub zone: Zone,
    /// Where to resume.
    pub stamps: Stamps,
    /// Seconds to wait after a failure, 30 to 300.
    pub error_delay: u16,
    /// Seconds between polls, 2 to 60.
    pub delay: u16,
    /// Spelling: old firmware wants a bit string in `TransFlag`.
    pub dialect: Dialect,
    /// Whether to ask for the table `options`.
    pub ask_options: bool,
}

impl Greeting {
    /// The usual settings for a terminal in `zone`.
    pub fn new(zone: Zone, dialect: Dialect) -> Self {
        Self { zone, stamps: Stamps::default(), error_delay: 30, delay: 10, dialect, ask_options: false }
    }

    /// The reply body for attendance firmware.
    pub fn text(&self, serial: &Serial) -> String {
        let stamp =
            |value: &Option<String>| value.as_deref().and_then(safe_stamp).unwrap_or("None").to_owned();
        let (attlog, operlog, photo) =
            (stamp(&self.stamps.attlog), stamp(&self.stamps.operlog), stamp(&self.stamps.attphoto));
        let mut lines = vec![
            format!("GET OPTION FROM: {serial}"),
            format!("ATTLOGStamp={attlog}"),
            format!("OPERLOGStamp={operlog}"),
            format!("ATTPHOTOStamp={photo}"),
            format!("BIODATAStamp={}", stamp(&self.stamps.biodata)),
            format!("ERRORLOGStamp={}", stamp(&self.stamps.errorlog)),
            // The same under the names that older firmware knows.
            format!("Stamp={attlog}"),
            format!("OpStamp={operlog}"),
            format!("PhotoStamp={photo}"),
            format!("ErrorDelay={}", self.error_delay.clamp(30, 300)),
            format!("Delay={}", self.delay.clamp(2, 60)),
            "TransTimes=00:00;14:05".to_owned(),
            "TransInterval=1".to_owned(),
            format!("TransFlag={}", self.trans_flag()),
            format!("TimeZone={}", self.zone.hours()),
            "Realtime=1".to_owned(),
            "Encrypt=None".to_owned(),
            // Below 2.4.0, so that encryption is never negotiated.
            "ServerVer=2.2.14".to_owned(),
            "PushProtVer=2.2.14".to_owned(),
        ];
        if self.ask_options {
            lines.push("PushOptionsFlag=1".to_owned());
            lines.push("PushOptions=FingerFunOn,FaceFunOn".to_owned());
        }
        lines.push(String::new());
        lines.join("\n")
    }

    /// Punches, operations and users; templates and photos are not asked for.
    fn trans_flag(&self) -> &'static str {
        match self.dialect {
            Dialect::Legacy => "1100101000",
            Dialect::Attendance | Dialect::Access => "TransData AttLog\tOpLog\tEnrollUser\tChgUser",
        }
    }
}

/// A stamp comes from a terminal and goes back to it: only plain words, or it could add lines to the reply.
fn safe_stamp(stamp: &str) -> Option<&str> {
    let plain = !stamp.is_empty() && stamp.len() <= 32 && stamp.bytes().all(|b| b.is_ascii_alphanumeric());
    plain.then_some(stamp)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn serial() -> Serial {
        Serial::parse("CEXX202360123").unwrap()
    }

    #[test]
    fn the_block() {
        let mut greeting = Greeting::new(Zone::Wib, Dialect::Attendance);
        greeting.stamps.operlog = Some("9999".into());
        insta::assert_snapshot!(greeting.text(&serial()), @r"
        GET OPTION FROM: CEXX202360123
        ATTLOGStamp=None
        OPERLOGStamp=9999
        ATTPHOTOStamp=None
        BIODATAStamp=None
        ERRORLOGStamp=None
        Stamp=None
        OpStamp=9999
        PhotoStamp=None
        ErrorDelay=30
        Delay=10
        TransTimes=00:00;14:05
        TransInterval=1
        TransFlag=TransData AttLog	OpLog	EnrollUser	ChgUser
        TimeZone=7
        Realtime=1
        Encrypt=None
        ServerVer=2.2.14
        PushProtVer=2.2.14
        ");
    }

    #[test]
    fn zones_and_old_firmware() {
        for (zone, hours) in [(Zone::Wib, 7), (Zone::Wita, 8), (Zone::Wit, 9)] {
            let text = Greeting::new(zone, Dialect::Legacy).text(&serial());
            assert!(text.contains(&format!("\nTimeZone={hours}\n")));
            assert!(text.contains("\nTransFlag=1100101000\n"));
        }
    }

    #[test]
    fn everything_again_and_hostile_stamps() {
        let mut greeting = Greeting::new(Zone::Wib, Dialect::Attendance);
        greeting.stamps = Stamps::everything();
        assert!(greeting.text(&serial()).contains("\nATTLOGStamp=0\n"));
        greeting.stamps.attlog = Some("1\nRealtime=0".into());
        assert!(greeting.text(&serial()).contains("\nATTLOGStamp=None\n"));
    }
}
