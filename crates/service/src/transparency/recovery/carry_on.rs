//! Continuing: the lost entries are taken over from the published files.

use std::sync::Arc;

use ledger::{
    SignedCheckpoint,
    read::{DirectoryFetch, Log, ReadError},
    tiles::WIDTH,
};
use store::{
    Tx,
    log::{Adoption, LogEvent, LogEventKind, Sealer},
};
use tokio::task;

use super::{Decision, LogFiles, Recovered, RecoveryError, enter_waiting, event, greatest, hold};
use crate::{
    Office, ServiceError,
    transparency::{
        Publishing, publish,
        signed_by_us::{PublishedEnd, is_ours, published_end},
    },
};

/// Bundles that are read at a time.
const BUNDLES: u64 = 20;

/// Takes the entries that the database lost over from the published files, says so in the log, and publishes that. No server
/// may be running. The office must be one that may sign; everything is compared here.
///
/// # Errors
/// [`RecoveryError`]; nothing was changed then, except after [`RecoveryError::Unfinished`].
pub async fn carry_on(
    office: &Office,
    files: &LogFiles,
    decision: &Decision,
) -> Result<Recovered, RecoveryError> {
    let publishing = hold(files)?;
    let sealer = office.db.sealer().ok_or(RecoveryError::OtherKey)?;
    let note = trusted(office, files)?;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let (from, until) = take_over(&mut tx, files, &note, sealer).await?;
    let event =
        event::write(office, &mut tx, LogEventKind::Continued, (&note, until - from), decision).await?;
    tx.commit().await?;
    let following = follow(office, files, publishing, &event).await;
    let (waited, entry) = following.map_err(RecoveryError::unfinished)?;
    Ok(Recovered { origin: event.origin, lost: until - from, taken_over: Some((from, until)), entry, waited })
}

/// What follows once the log goes on: how many rows had waited, and the entry that says what happened.
async fn follow(
    office: &Office,
    files: &LogFiles,
    publishing: Publishing,
    event: &LogEvent,
) -> Result<(u64, u64), RecoveryError> {
    let waited = enter_waiting(office).await?;
    let (_, done) = publish(office, publishing).await;
    done?;
    Ok((waited, event::show(office, files, *event.event_id.0.as_bytes()).await?))
}

/// The published checkpoint, which must be ours and the greatest that ever was. Where it is damaged, the mark says as much: the
/// tiles must give its root.
fn trusted(office: &Office, files: &LogFiles) -> Result<SignedCheckpoint, RecoveryError> {
    let mark = greatest(office, files)?;
    if !is_ours(office, &mark) {
        return Err(RecoveryError::OtherKey);
    }
    let PublishedEnd::Good(note) = published_end(office, files)? else { return Ok(mark) };
    if note.size() < mark.size() {
        return Err(RecoveryError::FilesBehind { published: note.size(), mark: mark.size() });
    }
    Ok(note)
}

async fn take_over(
    tx: &mut Tx,
    files: &LogFiles,
    note: &SignedCheckpoint,
    sealer: &Sealer,
) -> Result<(u64, u64), RecoveryError> {
    let tree = Arc::new(Log::open(files.fetch(), note.checkpoint())?);
    let mut adoption = Adoption::begin(tx, note.checkpoint().origin()).await?;
    let (from, until) = (adoption.edge().size(), note.size());
    let is_beginning = from <= until && tree.root_at(from)? == adoption.edge().root();
    if !is_beginning {
        return Err(RecoveryError::NotTheBeginning { database: from, published: until });
    }
    if from == until {
        return Err(RecoveryError::InOrder);
    }
    let mut next = from;
    while next < until {
        let page = read(&tree, next).await?;
        next += u64::try_from(page.len()).unwrap_or(u64::MAX);
        adoption.push(tx, &page).await?;
    }
    adoption.finish(tx, sealer, note).await?;
    Ok((from, until))
}

/// Some entries from `next` on, each compared with the signed root.
async fn read(tree: &Arc<Log<DirectoryFetch>>, next: u64) -> Result<Vec<Vec<u8>>, RecoveryError> {
    let tree = Arc::clone(tree);
    let reading = task::spawn_blocking(move || {
        let width = u64::from(WIDTH);
        let mut page = Vec::new();
        let mut skip = usize::try_from(next % width).unwrap_or_default();
        for number in next / width..next / width + BUNDLES {
            if number * width >= tree.checkpoint().size() {
                break;
            }
            page.extend(tree.bundle(number, skip..usize::from(WIDTH))?);
            skip = 0;
        }
        Ok::<_, ReadError>(page)
    });
    Ok(reading.await.map_err(ServiceError::internal)??)
}
