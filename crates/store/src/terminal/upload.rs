//! One part of an upload of a terminal: journal, punches, lines set aside, stamp and contact in one transaction.

use domain::ids::TerminalId;
use jiff::Timestamp;

use super::{JournalEntry, QuarantinedLine, add_journal, quarantine, set_stamp, touch};
use crate::{
    error::Result,
    pin_map,
    punch::{self, PunchRow},
    tx::Tx,
};

/// What an upload brought, or a part of it: a long one is written in several transactions, of which the first has the
/// journal and the last the stamp.
#[derive(Debug, Clone, PartialEq)]
pub struct Upload {
    /// The terminal, which must be known.
    pub terminal_id: TerminalId,
    /// The request as it came; once for an upload.
    pub journal: Option<JournalEntry>,
    /// Punches understood; their person is filled in from the PIN when they are written.
    pub punches: Vec<PunchRow>,
    /// Lines not understood.
    pub quarantined: Vec<QuarantinedLine>,
    /// Table and stamp to remember.
    pub stamp: Option<(String, String)>,
    /// When it came.
    pub at: Timestamp,
    /// Address it came from.
    pub ip: String,
}

/// What became of an upload.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Uploaded {
    /// Punches not seen before.
    pub new: u64,
    /// Punches stored already.
    pub duplicates: u64,
    /// Lines set aside.
    pub quarantined: u64,
    /// New or known punches of this upload whose PIN nobody owns.
    pub unmapped: u64,
}

/// Writes an upload or a part of it. The terminal may be told `OK` only after [`Tx::commit`] of the last part.
///
/// # Errors
/// As every call; nothing of this part is kept then.
pub async fn upload(tx: &mut Tx, upload: &mut Upload) -> Result<Uploaded> {
    if let Some(journal) = &upload.journal {
        add_journal(tx, journal).await?;
    }
    pin_map::resolve(tx, &mut upload.punches).await?;
    let new = punch::insert_batch(tx, &upload.punches).await?;
    let quarantined = quarantine(tx, &upload.quarantined).await?;
    if let Some((table, stamp)) = &upload.stamp {
        set_stamp(tx, upload.terminal_id, table, stamp).await?;
    }
    touch(tx, upload.terminal_id, upload.at, &upload.ip).await?;
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    Ok(Uploaded {
        new,
        duplicates: count(upload.punches.len()).saturating_sub(new),
        quarantined,
        unmapped: count(upload.punches.iter().filter(|p| p.employee_id.is_none()).count()),
    })
}
