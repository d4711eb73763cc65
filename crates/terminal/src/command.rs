//! Commands to a terminal. Only what is in [`Order`] can be sent; commands that erase a terminal or run programs on it have no
//! representation here, so that its own memory stays evidence.

use std::fmt;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::{civil_time, pin::Pin, text};

/// Most commands handed out per poll; a hundred of the longest stay below the 40 KB that old firmware takes.
pub const MAX_PER_POLL: usize = 100;

/// Identifies a command in the answer of the terminal: 1 to 16 ASCII letters and digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CommandId(String);

/// The text is not 1 to 16 ASCII letters and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a command id is 1 to 16 letters and digits")]
pub struct CommandIdError;

impl CommandId {
    /// Reads an id.
    pub fn parse(text: &str) -> Result<Self, CommandIdError> {
        let fits = (1..=16).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
        if fits { Ok(Self(text.to_owned())) } else { Err(CommandIdError) }
    }

    /// The id for a running number: base 36, at most 13 characters.
    pub fn from_number(mut number: u64) -> Self {
        let mut digits = Vec::new();
        loop {
            let digit = u32::try_from(number % 36).unwrap_or(0);
            digits.push(char::from_digit(digit, 36).unwrap_or('0'));
            number /= 36;
            if number == 0 {
                break;
            }
        }
        Self(digits.into_iter().rev().collect())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CommandId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for CommandId {
    type Error = CommandIdError;
    fn try_from(text: String) -> Result<Self, CommandIdError> {
        Self::parse(&text)
    }
}

impl From<CommandId> for String {
    fn from(id: CommandId) -> Self {
        id.0
    }
}

/// Which spelling of commands a terminal understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dialect {
    /// Attendance firmware that told a push version.
    #[default]
    Attendance,
    /// Attendance firmware so old that it tells none.
    Legacy,
    /// Access-control firmware (push 3.x).
    Access,
}

impl Dialect {
    /// The spelling for what a terminal told at its handshake.
    pub fn of(push_version: Option<&str>, device_type: Option<&str>) -> Self {
        if device_type.is_some_and(|t| t.eq_ignore_ascii_case("acc")) {
            Self::Access
        } else if push_version.is_none() {
            Self::Legacy
        } else {
            Self::Attendance
        }
    }
}

/// A user to be written to a terminal, always in full: a partial record wipes the missing fields on some firmware.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserOrder {
    /// PIN.
    pub pin: Pin,
    /// Name to show on the terminal.
    pub name: String,
    /// 0 user, 14 administrator of the terminal.
    pub privilege: u8,
    /// Card number, empty for none.
    pub card: String,
}

/// What can be asked of a terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "order", rename_all = "snake_case")]
pub enum Order {
    /// Add or update a user.
    UpdateUser(UserOrder),
    /// Remove a user, with the templates, from the terminal. Punches stay.
    DeleteUser {
        /// Whom.
        pin: Pin,
    },
    /// Upload a user.
    QueryUser {
        /// Whom.
        pin: Pin,
    },
    /// Upload the punches of a span again.
    QueryPunches {
        /// First moment, by the wall clock of the terminal.
        from: DateTime,
        /// Last moment.
        to: DateTime,
    },
    /// Tell how many punches a span holds.
    CountPunches {
        /// First moment, by the wall clock of the terminal.
        from: DateTime,
        /// Last moment.
        to: DateTime,
    },
    /// Ask a person at the terminal to enrol a finger.
    EnrolFinger {
        /// Whom.
        pin: Pin,
        /// 0 (left little finger) to 9 (right little finger).
        finger: u8,
    },
    /// Upload new punches now.
    SendNew,
    /// Handshake again; with stamp 0 in the reply everything is uploaded again.
    Recheck,
    /// Tell versions and counts.
    Info,
    /// Read the options again.
    ReloadOptions,
    /// Restart. Sent last.
    Reboot,
}

impl Order {
    /// Whether doing it twice does no harm, so that it may be offered again when no answer came.
    pub fn is_idempotent(&self) -> bool {
        !matches!(self, Self::Reboot | Self::EnrolFinger { .. })
    }

    /// The command text; `None` if the dialect has no such command.
    pub fn text(&self, dialect: Dialect) -> Option<String> {
        use Dialect::{Access, Attendance, Legacy};
        let span = |from: &DateTime, to: &DateTime| {
            format!("StartTime={}\tEndTime={}", civil_time::format(*from), civil_time::format(*to))
        };
        Some(match (self, dialect) {
            (Self::UpdateUser(user), _) => user.text(dialect),
            (Self::DeleteUser { pin }, Attendance) => format!("DATA DELETE USERINFO PIN={pin}"),
            (Self::DeleteUser { pin }, Legacy) => format!("DATA DEL_USER PIN={pin}"),
            (Self::DeleteUser { pin }, Access) => format!("DATA DELETE user Pin={pin}"),
            (Self::QueryUser { pin }, Attendance | Legacy) => {
                format!("DATA QUERY USERINFO PIN={pin}")
            }
            (Self::QueryUser { pin }, Access) => {
                format!("DATA QUERY tablename=user,fielddesc=*,filter=Pin={pin}")
            }
            (Self::QueryPunches { from, to }, Attendance | Legacy) => {
                format!("DATA QUERY ATTLOG {}", span(from, to))
            }
            (Self::CountPunches { from, to }, Attendance | Legacy) => {
                format!("VERIFY SUM ATTLOG {}", span(from, to))
            }
            (Self::EnrolFinger { pin, finger }, Attendance | Legacy) => {
                format!("ENROLL_FP PIN={pin}\tFID={}\tRETRY=3\tOVERWRITE=1", (*finger).min(9))
            }
            (Self::SendNew, Attendance | Legacy) => "LOG".to_owned(),
            (Self::Recheck, Attendance | Legacy) => "CHECK".to_owned(),
            (Self::Info, Attendance | Legacy) => "INFO".to_owned(),
            (Self::ReloadOptions, Attendance | Legacy) => "RELOAD OPTIONS".to_owned(),
            (Self::Reboot, Attendance | Legacy) => "REBOOT".to_owned(),
            (Self::Reboot, Access) => "CONTROL DEVICE 03000000".to_owned(),
            (_, Access) => return None,
        })
    }
}

impl UserOrder {
    fn text(&self, dialect: Dialect) -> String {
        let Self { pin, privilege, .. } = self;
        // `clean` takes out TAB, CR and LF, which would start a new field or a new command.
        let name: String = text::clean(&self.name).chars().take(24).collect();
        let card: String = self.card.chars().filter(|c| c.is_ascii_alphanumeric()).take(20).collect();
        match dialect {
            Dialect::Access => format!(
                "DATA UPDATE user CardNo={card}\tPin={pin}\tPassword=\tGroup=0\tStartTime=0\tEndTime=0\tName={name}\tPrivilege={privilege}"
            ),
            Dialect::Attendance | Dialect::Legacy => {
                let verb = if dialect == Dialect::Legacy { "DATA USER" } else { "DATA UPDATE USERINFO" };
                format!(
                    "{verb} PIN={pin}\tName={name}\tPri={privilege}\tPasswd=\tCard={card}\tGrp=1\tTZ=0000000100000000"
                )
            }
        }
    }
}

/// A command waiting for a terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    /// Its id in the answer.
    pub id: CommandId,
    /// What is asked.
    pub order: Order,
}

/// The reply to a poll: `C:<id>:<command>` per line with a restart last, or `OK` if there is nothing. At most
/// [`MAX_PER_POLL`] commands; those that the dialect does not know are left out.
pub fn reply(commands: &[Command], dialect: Dialect) -> String {
    let is_reboot = |c: &&Command| c.order == Order::Reboot;
    let ordered = commands.iter().filter(|c| !is_reboot(c)).chain(commands.iter().filter(is_reboot));
    let lines: String = ordered
        .filter_map(|c| Some(format!("C:{}:{}\n", c.id, c.order.text(dialect)?)))
        .take(MAX_PER_POLL)
        .collect();
    if lines.is_empty() { "OK".to_owned() } else { lines }
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    fn command(number: u64, order: Order) -> Command {
        Command { id: CommandId::from_number(number), order }
    }

    fn siti(name: &str) -> Order {
        Order::UpdateUser(UserOrder {
            pin: Pin::parse("0701").unwrap(),
            name: name.into(),
            privilege: 0,
            card: String::new(),
        })
    }

    #[test]
    fn ids() {
        assert_eq!(CommandId::from_number(0).as_str(), "0");
        assert_eq!(CommandId::from_number(37).as_str(), "11");
        assert_eq!(CommandId::from_number(u64::MAX).as_str().len(), 13);
        assert!(CommandId::parse("a:b").is_err() && CommandId::parse("").is_err());
    }

    #[test]
    fn the_three_spellings_of_a_user() {
        assert_eq!(
            siti("Siti").text(Dialect::Attendance).unwrap(),
            "DATA UPDATE USERINFO PIN=0701\tName=Siti\tPri=0\tPasswd=\tCard=\tGrp=1\tTZ=0000000100000000"
        );
        assert!(siti("Siti").text(Dialect::Legacy).unwrap().starts_with("DATA USER PIN=0701\tName=Siti\t"));
        assert!(
            siti("Siti").text(Dialect::Access).unwrap().starts_with("DATA UPDATE user CardNo=\tPin=0701\t")
        );
    }

    #[test]
    fn a_name_cannot_smuggle_a_command() {
        let text = siti("Siti\r\nC:9:REBOOT\tPri=14").text(Dialect::Attendance).unwrap();
        assert!(!text.contains(['\r', '\n']));
        assert_eq!(text.matches('\t').count(), 6);
    }

    #[test]
    fn reboot_goes_last_and_nothing_is_ok() {
        let span = Order::CountPunches {
            from: datetime(2026, 11, 1, 0, 0, 0, 0),
            to: datetime(2026, 11, 21, 23, 59, 59, 0),
        };
        let text = reply(&[command(1, Order::Reboot), command(2, span)], Dialect::Attendance);
        assert_eq!(
            text,
            "C:2:VERIFY SUM ATTLOG StartTime=2026-11-01 00:00:00\tEndTime=2026-11-21 23:59:59\nC:1:REBOOT\n"
        );
        assert_eq!(reply(&[], Dialect::Attendance), "OK");
        assert_eq!(reply(&[command(1, Order::SendNew)], Dialect::Access), "OK");
    }

    #[test]
    fn a_full_poll_fits_old_firmware() {
        let many: Vec<_> =
            (0..500).map(|n| command(n, siti("Nama Pegawai yang Sangat Panjang Sekali"))).collect();
        let text = reply(&many, Dialect::Attendance);
        assert_eq!(text.lines().count(), MAX_PER_POLL);
        assert!(text.len() < 40 * 1024);
    }

    #[test]
    fn dialects() {
        assert_eq!(Dialect::of(None, None), Dialect::Legacy);
        assert_eq!(Dialect::of(Some("2.4.1"), Some("middle east")), Dialect::Attendance);
        assert_eq!(Dialect::of(Some("3.1.2"), Some("acc")), Dialect::Access);
        assert_eq!(Dialect::of(Some("3.0.1"), None), Dialect::Attendance);
    }
}
