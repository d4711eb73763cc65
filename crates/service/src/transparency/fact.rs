//! A fact of one person that has an entry in the log, found by the id under which its receipt is asked for.

use domain::ids::{EmployeeId, PunchId, StatusId};
use jiff::{Timestamp, civil::Date};
use store::{
    Tx,
    erasure::{self, Erasure},
    log,
    punch::{self, PunchRow},
    status::{self, PersonStatus},
    terminal,
};
use uuid::Uuid;

use crate::ServiceError;

/// What was recorded of whom.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// The person.
    pub person: EmployeeId,
    /// The day it belongs to, by the calendar of the place.
    pub day: Date,
    /// What it is.
    pub kind: FactKind,
}

/// What was recorded.
#[derive(Debug, Clone, PartialEq)]
pub enum FactKind {
    /// A punch.
    Punch {
        /// As it is stored.
        row: Box<PunchRow>,
        /// Name of its terminal, if it came from one.
        terminal: Option<String>,
        /// When it was withdrawn.
        voided_at: Option<Timestamp>,
    },
    /// A leave, duty or other reason.
    Status {
        /// As it is stored.
        row: Box<PersonStatus>,
        /// When it was revoked.
        revoked_at: Option<Timestamp>,
    },
}

/// The fact with this id; `None` when there is none, or when nobody's PIN is known for it. What was withdrawn or revoked keeps its
/// receipt and says so.
///
/// # Errors
/// As every read.
pub async fn fact(tx: &mut Tx, id: Uuid) -> Result<Option<Fact>, ServiceError> {
    if let Some(row) = punch::get(tx, PunchId(id)).await? {
        let Some(person) = row.employee_id else { return Ok(None) };
        let terminal = match row.terminal_id {
            Some(id) => Some(terminal::get(tx, id).await?.name),
            None => None,
        };
        let voided_at = punch::voided_at(tx, row.punch_id).await?;
        let day = row.local_time.date();
        let kind = FactKind::Punch { row: Box::new(row), terminal, voided_at };
        return Ok(Some(Fact { person, day, kind }));
    }
    let found = status::with_revoked(tx, StatusId(id)).await?;
    Ok(found.map(|(row, revoked_at)| Fact {
        person: row.employee_id,
        day: row.first_day,
        kind: FactKind::Status { row: Box::new(row), revoked_at },
    }))
}

/// Index of the entry of a fact that was erased, and the erasure; `None` for a fact that is there or never was. Of whom it was,
/// nobody knows any more.
///
/// # Errors
/// As every read.
pub async fn erased(tx: &mut Tx, id: Uuid) -> Result<Option<(u64, Erasure)>, ServiceError> {
    let Some(row) = log::first_entry_about(tx, *id.as_bytes()).await? else { return Ok(None) };
    let index = log::place(tx, &row).await?.index;
    Ok(erasure::of_entry(tx, row.seq).await?.map(|erasure| (index, erasure)))
}
