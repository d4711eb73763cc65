//! The two ways on when the log may not be signed: `docs/adr/0010`.
//!
//! *Continuing*: the database was set back, but the published files still hold the entries that it lost. They are taken over
//! byte for byte, so that it stays one log and every receipt stays true; what they committed to must come back from the
//! devices, as new entries. *Beginning anew*: the published files cannot be continued. The log is given up for one with
//! another name, whose first words say so.

mod anew;
mod carry_on;
mod event;

use jiff::Timestamp;
use ledger::{
    SignedCheckpoint,
    high_water::HighWaterError,
    read::{ReadError, published},
};
use store::{
    ErrorKind, StoreError,
    log::{self, Unproved},
};
use thiserror::Error;

pub use anew::begin_anew;
pub use carry_on::carry_on;
pub(super) use event::show;

use super::{LogFiles, Publishing, PublishingError, signed_by_us::is_ours};
use crate::{Office, ServiceError};

/// Who decided, and why.
#[derive(Debug, Clone)]
pub struct Decision {
    /// What happened, in words.
    pub reason: String,
    /// Who decided.
    pub actor: String,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovered {
    /// The log that goes on.
    pub origin: String,
    /// Entries that were published and that this database does not have.
    pub lost: u64,
    /// The lost entries, if they were taken over: first and one behind the last.
    pub taken_over: Option<(u64, u64)>,
    /// The entry that says what happened.
    pub entry: u64,
    /// Punches that had waited for their entries.
    pub waited: u64,
}

/// Why a way on is closed.
#[derive(Debug, Error)]
pub enum RecoveryError {
    /// As every read and write.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// The published files cannot be read or do not fit together.
    #[error("the published files: {0}")]
    Read(#[from] ReadError),
    /// The mark cannot be read.
    #[error(transparent)]
    Mark(#[from] HighWaterError),
    /// It was decided and stands in the database, but something that follows was not done. A start of the server publishes
    /// and enters what waits; it is not to be decided again.
    #[error("done, but not finished: {0}. Do not repeat it; look for the cause, then start the server")]
    Unfinished(Box<RecoveryError>),
    /// The outcome could not be published.
    #[error("not published yet: {0}")]
    Publishing(#[from] PublishingError),
    /// A file could not be written, or the folder is in use.
    #[error("{path}: {source}")]
    File {
        /// Which file or folder.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A server publishes from the folder.
    #[error("hadir serve is running (it holds {path}): stop hadir serve first, then do this again")]
    ServerRuns {
        /// Which folder.
        path: String,
    },
    /// Nothing was published yet, so that nothing can be lost.
    #[error("nothing was published in this folder; there is nothing to go on from")]
    NothingPublished,
    /// The log is in order.
    #[error("the log is in order; there is nothing to recover")]
    InOrder,
    /// The key of the folder did not sign what was published.
    #[error(
        "the key in the ledger folder is not the one that signed the published log; bring the original back, or begin a new log"
    )]
    OtherKey,
    /// The files end before the mark does.
    #[error(
        "{published} entries are in the published files, but {mark} were published once: some of the files are lost"
    )]
    FilesBehind {
        /// Entries in the files.
        published: u64,
        /// Entries of the mark.
        mark: u64,
    },
    /// The database is not behind but elsewhere.
    #[error(
        "the {database} entries in the database are not the beginning of the {published} that were published; the published log cannot be continued from here"
    )]
    NotTheBeginning {
        /// Entries in the database.
        database: u64,
        /// Entries published.
        published: u64,
    },
}

impl RecoveryError {
    /// The same after the decision stands in the database.
    pub(super) fn unfinished(self) -> RecoveryError {
        RecoveryError::Unfinished(Box::new(self))
    }
}

impl From<StoreError> for RecoveryError {
    fn from(error: StoreError) -> Self {
        ServiceError::from(error).into()
    }
}

/// Takes the folder for itself, so that no server publishes meanwhile.
pub(super) fn hold(files: &LogFiles) -> Result<Publishing, RecoveryError> {
    let path = files.root().display().to_string();
    Publishing::open(files.clone()).map_err(|source| match source.kind() {
        std::io::ErrorKind::ResourceBusy => RecoveryError::ServerRuns { path },
        _ => RecoveryError::File { path, source },
    })
}

/// Whether no server publishes into the folder at present.
///
/// # Errors
/// [`RecoveryError::ServerRuns`], [`RecoveryError::File`].
pub fn check_stopped(files: &LogFiles) -> Result<(), RecoveryError> {
    // A folder that is not there is nobody's, and looking must not make it.
    if files.root().exists() { hold(files).map(drop) } else { Ok(()) }
}

/// The greatest checkpoint that the folder knows of. One that the present key has signed is believed before any other: a file
/// may be forged, but then there is a better one; the key may be lost, but then none is better.
fn greatest(office: &Office, files: &LogFiles) -> Result<SignedCheckpoint, RecoveryError> {
    let known: Vec<_> =
        files.high_water().read().ok().flatten().into_iter().chain(published(&files.fetch()).ok()).collect();
    let ours = known.iter().filter(|note| is_ours(office, note)).max_by_key(|note| note.size());
    let greatest = ours.or_else(|| known.iter().max_by_key(|note| note.size()));
    greatest.cloned().ok_or(RecoveryError::NothingPublished)
}

/// Enters what waited for its entries; how many rows. Rows that cannot be proved to come from this program stay where they are.
///
/// # Errors
/// As every write; [`store::ErrorKind::Refused`] when nothing may be signed.
pub async fn enter_waiting(office: &Office) -> Result<u64, ServiceError> {
    enter_all(office, Unproved::Stay).await
}

async fn enter_all(office: &Office, unproved: Unproved) -> Result<u64, ServiceError> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    // Most often nothing waits, and nobody who writes is held up for that.
    if log::waiting(&mut tx).await? == 0 {
        return Ok(0);
    }
    drop(tx);
    let (mut sum, mut after) = (0, Timestamp::MIN);
    loop {
        // What is to be entered under a refusal waits again; without this look it would go round for ever.
        if let Some(refusal) = office.db.sealer().and_then(|sealer| sealer.refusal()) {
            return Err(StoreError::new(ErrorKind::Refused, refusal.reason.clone()).into());
        }
        let mut tx = office.db.begin_write(office.tenant).await?;
        let Some(moved) = log::enter_waiting(&mut tx, after, unproved).await? else { return Ok(sum) };
        tx.commit().await?;
        sum += moved.rows;
        after = moved.until;
    }
}
