//! Replies to access-control firmware (push 3.x), which registers before it uploads.

use domain::zone::Zone;
use jiff::{Timestamp, tz::Offset};

use crate::civil_time;

/// The registration of a terminal. Both values must stay the same for a terminal: a change makes it register again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessSession {
    /// 10 letters and digits.
    pub registry_code: String,
    /// Letters and digits.
    pub session_id: String,
}

impl AccessSession {
    /// The reply to `POST /iclock/registry`. No line end: with one the terminal does not take the code.
    pub fn registry_reply(&self) -> String {
        format!("RegistryCode={}", self.registry_code)
    }

    /// The reply to the handshake of a registered terminal.
    pub fn handshake_reply(&self) -> String {
        format!("registry=ok\nRegistryCode={}\n{}", self.registry_code, self.push_reply())
    }

    /// The reply to `/iclock/push`: its configuration.
    pub fn push_reply(&self) -> String {
        [
            "ServerVersion=3.1.2",
            "ServerName=ADMS",
            "PushProtVer=3.1.2",
            "ErrorDelay=30",
            "RequestDelay=10",
            "TransTimes=00:00;14:05",
            "TransInterval=1",
            "TransTables=User Transaction",
            "Realtime=1",
            &format!("SessionID={}", self.session_id),
            "TimeoutSec=10",
            "",
        ]
        .join("\n")
    }
}

/// The reply to `GET /iclock/rtdata?type=time`: the time at UTC in the packed form, and the zone to add.
pub fn time_reply(now: Timestamp, zone: Zone) -> String {
    let utc = Offset::UTC.to_datetime(now);
    format!("DateTime={},ServerTZ=+{:02}00", civil_time::packed(utc), zone.hours())
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    #[test]
    fn replies() {
        let session = AccessSession { registry_code: "Uy47fxftP3".into(), session_id: "s1".into() };
        assert_eq!(session.registry_reply(), "RegistryCode=Uy47fxftP3");
        assert!(
            session
                .handshake_reply()
                .starts_with("registry=ok\nRegistryCode=Uy47fxftP3\nServerVersion=3.1.2\n")
        );
        assert!(!session.push_reply().contains("registry"));
        assert!(session.push_reply().contains("SessionID=s1\n"));
    }

    #[test]
    fn time_is_utc_and_packed() {
        let now = Offset::UTC.to_timestamp(datetime(2026, 11, 20, 7, 31, 5, 0)).unwrap();
        assert_eq!(time_reply(now, Zone::Wita), "DateTime=864113465,ServerTZ=+0800");
    }
}
