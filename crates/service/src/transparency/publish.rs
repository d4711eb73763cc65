//! Publishing what the database has added to the log.

use ledger::{
    Hash, SignedCheckpoint,
    high_water::HighWaterError,
    read::ReadError,
    tiles::{Directory, PublishError, Publisher},
    witness::{Policy, PolicyError},
};
use store::log;
use thiserror::Error;
use tokio::{runtime::Handle, task};

use super::{
    LogFiles,
    signed_by_us::{PublishedEnd, is_ours, published_end},
};
use crate::{Office, ServiceError};

/// Entries read at a time.
const PAGE: u32 = 5_000;

/// Why nothing was published.
#[derive(Debug, Error)]
pub enum PublishingError {
    /// The database could not be read; the next turn tries again.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// The files could not be written.
    #[error(transparent)]
    Files(#[from] PublishError),
    /// The mark could not be raised.
    #[error(transparent)]
    Mark(#[from] HighWaterError),
    /// The end of the log in the database is damaged.
    #[error("the signed end of the log in the database cannot be read")]
    Head,
    /// The published checkpoint is damaged, and nothing proves that the database goes on from what was published.
    #[error(
        "the published checkpoint is damaged ({reason}), and the high-water mark does not prove what was published"
    )]
    Checkpoint {
        /// What is wrong with it.
        reason: String,
    },
    /// The published checkpoint cannot be read at present; the next turn tries again.
    #[error("the published checkpoint: {0}")]
    Read(#[from] ReadError),
}

impl PublishingError {
    /// Whether the state of the disk or of the log is in doubt, so that nothing may be signed any more: what a failed flush
    /// left behind cannot be known.
    pub fn must_stop(&self) -> bool {
        match self {
            PublishingError::Service(_)
            | PublishingError::Read(_)
            | PublishingError::Mark(HighWaterError::Write { .. } | HighWaterError::Read { .. }) => false,
            PublishingError::Files(error) => error.must_stop(),
            PublishingError::Mark(_) | PublishingError::Head | PublishingError::Checkpoint { .. } => true,
        }
    }
}

/// The right to publish into a directory; one process at a time.
#[derive(Debug)]
pub struct Publishing {
    files: LogFiles,
    publisher: Publisher<Directory>,
}

/// What a turn did.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// Entries added.
    pub added: u64,
    /// The checkpoint published now.
    pub checkpoint: SignedCheckpoint,
}

impl Publishing {
    /// Opens the directory for publishing, making it if need be.
    ///
    /// # Errors
    /// [`std::io::ErrorKind::ResourceBusy`] when another process publishes there, or what the system says.
    pub fn open(files: LogFiles) -> std::io::Result<Publishing> {
        let publisher = Publisher::new(Directory::open(files.root())?);
        Ok(Publishing { files, publisher })
    }

    /// The newest published checkpoint; `None` before the first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn newest(&self) -> Result<Option<SignedCheckpoint>, PublishingError> {
        Ok(self.publisher.published()?)
    }

    /// Removes files that fuller ones have replaced. Blocks while it does.
    ///
    /// # Errors
    /// When one cannot be removed; the next call tries again.
    pub fn sweep(&mut self) -> Result<u64, PublishingError> {
        Ok(self.publisher.sweep()?)
    }

    /// Takes in the cosignatures that witnesses gave to `note`. When `policy` is satisfied by them, receipts are made as of
    /// it from now on. Blocks while it writes.
    ///
    /// # Errors
    /// [`PublishingError`]; ask [`PublishingError::must_stop`].
    pub fn add_cosignatures(
        &mut self,
        note: &SignedCheckpoint,
        policy: &Policy,
    ) -> Result<Cosigning, PublishingError> {
        let merged = self.publisher.add_signatures(note)?;
        let reached = policy.check(&merged);
        let witnesses = match &reached {
            Ok(cosigned) => cosigned.len(),
            Err(PolicyError::Quorum { cosigned, .. }) => cosigned.len(),
        };
        let is_enough = reached.is_ok() && witnesses > 0;
        if is_enough {
            self.publisher.put_cosigned(&merged)?;
        }
        Ok(Cosigning { size: merged.size(), witnesses, is_enough })
    }
}

/// How far a checkpoint is cosigned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cosigning {
    /// Entries of the checkpoint.
    pub size: u64,
    /// Known witnesses with a valid cosignature on it.
    pub witnesses: usize,
    /// Whether the policy asks for no more.
    pub is_enough: bool,
}

/// Publishes everything up to the present end of the log; `None` when there is nothing new. First the entries, then the mark
/// that no restored database can lower, then the checkpoint.
///
/// # Errors
/// [`PublishingError`]; ask [`PublishingError::must_stop`].
pub async fn publish(
    office: &Office,
    mut publishing: Publishing,
) -> (Publishing, Result<Option<Published>, PublishingError>) {
    let office = office.clone();
    let runtime = Handle::current();
    let turn = task::spawn_blocking(move || {
        let result = turn(&office, &mut publishing, &runtime);
        (publishing, result)
    });
    match turn.await {
        Ok(done) => done,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // Cancelled: the runtime ends, and this task with it.
            Err(_) => std::future::pending().await,
        },
    }
}

fn turn(
    office: &Office,
    publishing: &mut Publishing,
    runtime: &Handle,
) -> Result<Option<Published>, PublishingError> {
    let head = runtime.block_on(async {
        let mut tx = office.db.begin_read(office.tenant).await.map_err(ServiceError::from)?;
        log::head(&mut tx).await.map_err(ServiceError::from)
    })?;
    let Some(head) = head else { return Ok(None) };
    let signed = SignedCheckpoint::parse(&head.checkpoint);
    let from = begin_at(office, publishing, signed.as_ref().ok())?;
    if head.edge.size() == from {
        return Ok(None);
    }
    let signed = signed.map_err(|_| PublishingError::Head)?;
    let mark = publishing.files.high_water().read()?.filter(|mark| is_ours(office, mark));
    let mut publication = publishing.publisher.begin(from)?;
    let mut next = from;
    while next < head.edge.size() {
        let page = runtime.block_on(async {
            let mut tx = office.db.begin_read(office.tenant).await.map_err(ServiceError::from)?;
            log::entries(&mut tx, next, PAGE).await.map_err(ServiceError::from)
        })?;
        let left = usize::try_from(head.edge.size() - next).unwrap_or(usize::MAX);
        if page.is_empty() {
            return Err(PublishingError::Head);
        }
        for row in page.iter().take(left) {
            publication.push(&row.entry)?;
            next += 1;
            if let Some(mark) = mark.as_ref().filter(|mark| mark.size() == next) {
                goes_on_from(mark, publication.root())?;
            }
        }
    }
    // A history that does not go on from the published one must not raise the mark either; finishing refuses it.
    if publication.root() == signed.root() {
        publishing.files.high_water().raise(&signed)?;
    }
    publication.finish(&signed)?;
    Ok(Some(Published { added: head.edge.size() - from, checkpoint: signed }))
}

/// How many entries need not be published again. A damaged checkpoint is put aside where the high-water mark proves what was
/// published: all of it is then written again and compared with what is there.
fn begin_at(
    office: &Office,
    publishing: &mut Publishing,
    signed: Option<&SignedCheckpoint>,
) -> Result<u64, PublishingError> {
    let reason = match published_end(office, &publishing.files)? {
        PublishedEnd::None => return Ok(0),
        PublishedEnd::Good(published) => return Ok(published.size()),
        PublishedEnd::Damaged { reason } => reason,
    };
    let mark = publishing.files.high_water().read()?.filter(|mark| is_ours(office, mark));
    let is_proved = mark.zip(signed).is_some_and(|(mark, signed)| {
        is_ours(office, signed)
            && mark.checkpoint().origin() == signed.checkpoint().origin()
            && mark.size() <= signed.size()
    });
    if !is_proved {
        return Err(PublishingError::Checkpoint { reason });
    }
    tracing::error!(reason, "the published checkpoint was damaged; it is written anew");
    publishing.publisher.set_checkpoint_aside()?;
    Ok(0)
}

/// The entries up to the mark must be the ones that it was signed over.
fn goes_on_from(mark: &SignedCheckpoint, offered: Hash) -> Result<(), PublishError> {
    if offered == mark.root() {
        return Ok(());
    }
    Err(PublishError::Forks { size: mark.size(), published: mark.root(), offered })
}
