//! An upload as the desk receives it: the table, what was parsed, and what may go into the journal.

use serde::{Deserialize, Serialize};

use crate::{
    batch::Batch,
    redact,
    request::{Endpoint, Query},
    table::{
        att_photo::{self, AttPhoto},
        attlog::{self, AttLine},
        operlog::{self, OperRecord},
        options::{self, Options},
        rtlog::{self, RtEvent},
    },
};

/// The table of an upload.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    /// Punches.
    AttLog,
    /// Operations, users, and what was enrolled.
    OperLog,
    /// Users, templates and pictures in tables of their own: `BIODATA`, `USERINFO`, `FINGERTMP`, ….
    Records(String),
    /// A photo taken at a punch.
    AttPhoto,
    /// Options of the terminal.
    Options,
    /// Events of access-control firmware.
    RtLog,
    /// States of doors.
    RtState,
    /// `tabledata` of access-control firmware, with the name of its table.
    TableData(String),
    /// `ERRORLOG`, `IDCARD`, tables not known, and uploads that name none.
    Other(String),
}

impl Table {
    /// The table that a request names.
    pub fn of(endpoint: &Endpoint, query: &Query) -> Self {
        let name = query.text("table").unwrap_or_default();
        let inner = || query.text("tablename").unwrap_or_default().to_ascii_lowercase();
        match name.to_ascii_lowercase().as_str() {
            "attlog" => Self::AttLog,
            "operlog" => Self::OperLog,
            "attphoto" => Self::AttPhoto,
            "options" => Self::Options,
            "rtlog" => Self::RtLog,
            "rtstate" => Self::RtState,
            "tabledata" => Self::TableData(inner()),
            "biodata" | "userinfo" | "fingertmp" | "face" | "biophoto" | "userpic" | "fvein" => {
                Self::Records(name.to_ascii_uppercase())
            }
            _ if *endpoint == Endpoint::QueryData => Self::TableData(inner()),
            _ => Self::Other(name.chars().take(40).collect()),
        }
    }

    /// The name for display and storage.
    pub fn name(&self) -> &str {
        match self {
            Self::AttLog => "ATTLOG",
            Self::OperLog => "OPERLOG",
            Self::AttPhoto => "ATTPHOTO",
            Self::Options => "options",
            Self::RtLog => "rtlog",
            Self::RtState => "rtstate",
            Self::TableData(name) | Self::Records(name) | Self::Other(name) => name,
        }
    }

    /// Whether an upload without a body is a fault: these tables are only sent when there is something in them.
    pub fn needs_body(&self) -> bool {
        !matches!(self, Self::Options | Self::TableData(_) | Self::Other(_))
    }

    /// The query key that carries the stamp of this table; old firmware has names of its own.
    pub fn stamp(&self, query: &Query) -> Option<String> {
        ["stamp", "opstamp", "photostamp"].into_iter().find_map(|key| query.text(key))
    }
}

/// What was understood of an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Punches.
    Punches(Batch<AttLine>),
    /// Events of access-control firmware; [`RtEvent::punch`] gives the punches in them.
    Events(Batch<RtEvent>),
    /// Operations, users, and notes that something was enrolled.
    Records(Batch<OperRecord>),
    /// Options.
    Options(Options),
    /// A photo, without the picture.
    Photo(AttPhoto),
    /// Nothing that is parsed; the journal has it. Holds the number of non-empty lines.
    Unparsed(usize),
}

impl Content {
    /// Parses a body of `table`.
    pub fn parse(table: &Table, body: &[u8]) -> Self {
        match table {
            Table::AttLog => Self::Punches(attlog::parse(body)),
            Table::OperLog | Table::Records(_) => Self::Records(operlog::parse(body)),
            Table::RtLog => Self::Events(rtlog::parse(body)),
            Table::Options => Self::Options(options::parse(body)),
            Table::AttPhoto => Self::Photo(att_photo::parse(body)),
            Table::RtState | Table::TableData(_) | Table::Other(_) => {
                Self::Unparsed(crate::batch::lines(body).count())
            }
        }
    }

    /// Non-empty lines received, good and bad; the `n` of `OK: n`.
    pub fn lines(&self) -> usize {
        match self {
            Self::Punches(batch) => batch.lines,
            Self::Events(batch) => batch.lines,
            Self::Records(batch) => batch.lines,
            Self::Unparsed(lines) => *lines,
            Self::Options(_) | Self::Photo(_) => 0,
        }
    }

    /// Lines set aside.
    pub fn quarantined(&self) -> &[crate::batch::Quarantined] {
        match self {
            Self::Punches(batch) => &batch.quarantined,
            Self::Events(batch) => &batch.quarantined,
            Self::Records(batch) => &batch.quarantined,
            Self::Options(_) | Self::Photo(_) | Self::Unparsed(_) => &[],
        }
    }
}

/// The reply to a stored upload.
pub fn acknowledgement(table: &Table, content: &Content) -> String {
    match table {
        Table::AttLog | Table::OperLog | Table::Records(_) => format!("OK: {}", content.lines()),
        Table::TableData(name) if !name.is_empty() => format!("{name}={}", content.lines()),
        Table::AttPhoto | Table::Options | Table::RtLog | Table::RtState | Table::TableData(_) => {
            "OK".to_owned()
        }
        Table::Other(name) if matches!(name.to_ascii_uppercase().as_str(), "ERRORLOG" | "IDCARD") => {
            format!("OK: {}", content.lines())
        }
        Table::Other(_) => "OK".to_owned(),
    }
}

/// The body as it may be kept. Punches are kept to the byte; elsewhere passwords, templates and pictures are taken out.
pub fn journal(table: &Table, body: &[u8]) -> Vec<u8> {
    match table {
        Table::AttLog | Table::RtLog => body.to_vec(),
        _ => redact::body(body),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(query: &str) -> Table {
        Table::of(&Endpoint::Data, &Query::parse(query.as_bytes()))
    }

    #[test]
    fn tables_in_any_case() {
        assert_eq!(table("SN=1&table=attlog"), Table::AttLog);
        assert_eq!(table("SN=1&TABLE=OperLog"), Table::OperLog);
        assert_eq!(table("SN=1&table=BioData"), Table::Records("BIODATA".into()));
        assert_eq!(table("SN=1&table=tabledata&tablename=user"), Table::TableData("user".into()));
        assert_eq!(table("SN=1&table=ZZZ"), Table::Other("ZZZ".into()));
        assert_eq!(table("SN=1"), Table::Other(String::new()));
    }

    #[test]
    fn replies() {
        let reply = |query: &str, body: &[u8]| {
            let table = table(query);
            acknowledgement(&table, &Content::parse(&table, body))
        };
        assert_eq!(reply("table=ATTLOG", b"1\t2026-11-21 07:00:00\nrubbish\n\n"), "OK: 2");
        assert_eq!(reply("table=OPERLOG", b"OPLOG 4\t0\t2024-03-12 11:03:53\t0\n"), "OK: 1");
        assert_eq!(reply("table=options", b"a=1,b=2"), "OK");
        assert_eq!(
            reply("table=tabledata&tablename=user", b"user uid=1\tpin=1\nuser uid=2\tpin=2\n"),
            "user=2"
        );
        assert_eq!(reply("table=rtlog", b"time=2017-01-10 11:49:32\tpin=1\n"), "OK");
        assert_eq!(reply("table=nonsense", b"x\ny\n"), "OK");
    }

    #[test]
    fn stamps_under_either_name() {
        let query = Query::parse(b"SN=1&table=OPERLOG&OpStamp=9999");
        assert_eq!(Table::OperLog.stamp(&query).as_deref(), Some("9999"));
    }

    #[test]
    fn the_journal_keeps_punches_to_the_byte() {
        let body = b"1\t2026-11-21 07:00:00\0\0\0\r\n\xff\xfe";
        assert_eq!(journal(&Table::AttLog, body), body);
        assert_eq!(journal(&Table::Other("x".into()), b"a=1\tPasswd=9"), b"a=1\tPasswd=[removed]");
    }
}
