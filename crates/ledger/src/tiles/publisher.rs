//! Who publishes into a directory: remembers what is known to be durable, and stops for good after a
//! failure whose outcome nobody knows.

use std::collections::BTreeSet;
use std::io;

use super::disk::{Disk, DiskFile};
use super::error::{PublishError, Step};
use super::publication::Publication;
use super::{CHECKPOINT, COSIGNED, STAGING};
use crate::checkpoint::SignedCheckpoint;

/// How many files are made durable at a time: a disk joins them, so that many cost little more than one.
const THREADS: usize = 16;

/// Publishes one log into one directory. One at a time; [`super::Directory`] sees to that.
#[derive(Debug)]
pub struct Publisher<D> {
    pub(super) disk: D,
    threads: usize,
    /// Directories whose own names are durable.
    rooted: BTreeSet<String>,
    stopped: bool,
}

/// A file to be written: its path in the staging directory, content, and whether it never changes.
pub(super) struct Draft {
    pub staged: String,
    pub bytes: Vec<u8>,
    pub protect: bool,
}

impl<D: Disk> Publisher<D> {
    /// A publisher into `disk`.
    pub fn new(disk: D) -> Self {
        Self { disk, threads: THREADS, rooted: BTreeSet::new(), stopped: false }
    }

    /// Makes at most `threads` files durable at a time instead of 16; at least one.
    #[must_use]
    pub fn with_threads(self, threads: usize) -> Self {
        Self { threads: threads.max(1), ..self }
    }

    /// The directory, as it was given.
    pub fn disk(&self) -> &D {
        &self.disk
    }

    /// The newest published checkpoint; its signatures are not checked here.
    ///
    /// # Errors
    /// [`PublishError::Read`], [`PublishError::Checkpoint`].
    pub fn published(&self) -> Result<Option<SignedCheckpoint>, PublishError> {
        let Some(bytes) = self.read(CHECKPOINT)? else { return Ok(None) };
        let text = String::from_utf8(bytes).map_err(|_| crate::CheckpointError::Note)?;
        Ok(Some(SignedCheckpoint::parse(&text)?))
    }

    /// Puts a published checkpoint that nobody can believe aside as `checkpoint.damaged`, for whoever asks later what was
    /// there. The next publication begins at 0 and compares every file that it would write with what is there.
    ///
    /// # Errors
    /// [`PublishError`]; ask [`PublishError::must_stop`].
    pub fn set_checkpoint_aside(&mut self) -> Result<(), PublishError> {
        if self.stopped {
            return Err(PublishError::Stopped);
        }
        self.place(&[(CHECKPOINT.to_owned(), format!("{CHECKPOINT}.damaged"))])
    }

    /// Publishes the entries from index `from` on, and then `signed`, whose tree must be exactly what was
    /// published before and these entries. When it returns, everything is durable. After a crash at any
    /// moment the same call, or one with a later checkpoint, puts everything right.
    ///
    /// `from` is normally the size of [`Publisher::published`]; a smaller one is allowed and writes again,
    /// after comparing with what is there.
    ///
    /// # Errors
    /// [`PublishError`]; ask [`PublishError::must_stop`].
    pub fn publish<I>(&mut self, from: u64, entries: I, signed: &SignedCheckpoint) -> Result<(), PublishError>
    where
        I: IntoIterator,
        I::Item: AsRef<[u8]>,
    {
        let mut publication = self.begin(from)?;
        for entry in entries {
            publication.push(entry.as_ref())?;
        }
        publication.finish(signed)
    }

    /// Adds the cosignatures of `note` to the published checkpoint, if that is still the one they are of. Gives the
    /// note with all signatures that are known of it.
    ///
    /// # Errors
    /// [`PublishError`]; ask [`PublishError::must_stop`].
    pub fn add_signatures(&mut self, note: &SignedCheckpoint) -> Result<SignedCheckpoint, PublishError> {
        let published = self.published()?;
        let Some(published) = published.filter(|published| published.checkpoint() == note.checkpoint())
        else {
            return Ok(note.clone());
        };
        let merged = published.with_signatures(note.signatures())?;
        if merged != published {
            self.replace(CHECKPOINT, &merged)?;
        }
        Ok(merged)
    }

    /// Publishes `note` as the newest checkpoint that enough witnesses have cosigned, unless a later one is there.
    ///
    /// # Errors
    /// [`PublishError`]; ask [`PublishError::must_stop`].
    pub fn put_cosigned(&mut self, note: &SignedCheckpoint) -> Result<(), PublishError> {
        let text = self.read(COSIGNED)?.and_then(|bytes| String::from_utf8(bytes).ok());
        let there = text.and_then(|text| SignedCheckpoint::parse(&text).ok());
        match there {
            Some(there) if there.size() > note.size() || there == *note => Ok(()),
            _ => self.replace(COSIGNED, note),
        }
    }

    /// Replaces a file at the root of the log by `note`, durably and at once.
    pub(super) fn replace(&mut self, path: &str, note: &SignedCheckpoint) -> Result<(), PublishError> {
        if self.stopped {
            return Err(PublishError::Stopped);
        }
        self.disk
            .create_directory(STAGING)
            .map_err(|source| PublishError::Write { path: STAGING.to_owned(), source })?;
        let staged = format!("{STAGING}/{path}");
        let bytes = note.text().as_bytes().to_vec();
        self.write(&[Draft { staged: staged.clone(), bytes, protect: false }])?;
        self.place(&[(staged, path.to_owned())])
    }

    /// Begins a publication whose entries are given one by one, from index `from` on.
    ///
    /// # Errors
    /// [`PublishError`]; ask [`PublishError::must_stop`].
    pub fn begin(&mut self, from: u64) -> Result<Publication<'_, D>, PublishError> {
        if self.stopped {
            return Err(PublishError::Stopped);
        }
        self.empty_staging()?;
        Publication::begin(self, from)
    }

    /// Removes what an interrupted publication left.
    fn empty_staging(&mut self) -> Result<(), PublishError> {
        let write = |source| PublishError::Write { path: STAGING.to_owned(), source };
        for name in self.disk.list(STAGING).map_err(write)? {
            self.disk.remove_file(&format!("{STAGING}/{name}")).map_err(write)?;
        }
        self.disk.create_directory(STAGING).map_err(write)
    }

    pub(super) fn read(&self, path: &str) -> Result<Option<Vec<u8>>, PublishError> {
        self.disk.read(path).map_err(|source| PublishError::Read { path: path.to_owned(), source })
    }

    /// Writes drafts into the staging directory and makes their contents durable.
    pub(super) fn write(&mut self, drafts: &[Draft]) -> Result<(), PublishError> {
        let disk = &self.disk;
        let outcome = at_once(self.threads, drafts, |draft| {
            let path = &draft.staged;
            let write = |source| PublishError::Write { path: path.clone(), source };
            let mut file = disk.create(path).map_err(write)?;
            file.write(&draft.bytes).map_err(write)?;
            if draft.protect {
                file.protect().map_err(write)?;
            }
            file.sync().map_err(|source| stop(Step::Sync, path, source))
        });
        self.note(outcome)
    }

    /// Gives staged files their names, `(staged, final)`, and makes the names durable.
    pub(super) fn place(&mut self, files: &[(String, String)]) -> Result<(), PublishError> {
        let mut to_sync = BTreeSet::new();
        for (_, path) in files {
            self.make_directories(parent(path), &mut to_sync)?;
        }
        for (staged, path) in files {
            let outcome = self.disk.rename(staged, path).map_err(|source| match source.kind() {
                // A full disk is told before anything is changed.
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    PublishError::Write { path: path.clone(), source }
                }
                _ => stop(Step::Rename, path, source),
            });
            self.note(outcome)?;
            to_sync.insert(parent(path).to_owned());
        }
        let to_sync: Vec<String> = to_sync.into_iter().collect();
        let disk = &self.disk;
        let outcome = at_once(self.threads, &to_sync, |path| {
            disk.sync_directory(path).map_err(|source| stop(Step::SyncDirectory, path, source))
        });
        self.note(outcome)?;
        for (_, path) in files {
            for directory in ancestors(parent(path)) {
                self.rooted.insert(directory.to_owned());
            }
        }
        Ok(())
    }

    /// Makes a directory and those above it, and notes whose names have to be made durable. One that is
    /// there already may stem from a process that died before it did so.
    fn make_directories(&self, path: &str, to_sync: &mut BTreeSet<String>) -> Result<(), PublishError> {
        for directory in ancestors(path) {
            if self.rooted.contains(directory) {
                continue;
            }
            self.disk
                .create_directory(directory)
                .map_err(|source| PublishError::Write { path: directory.to_owned(), source })?;
            to_sync.insert(parent(directory).to_owned());
        }
        Ok(())
    }

    fn note(&mut self, outcome: Result<(), PublishError>) -> Result<(), PublishError> {
        if matches!(outcome, Err(PublishError::Stop { .. })) {
            self.stopped = true;
        }
        outcome
    }

    /// A directory that was removed has to be made again when it is next needed.
    pub(super) fn forget(&mut self, directory: &str) {
        self.rooted.remove(directory);
    }
}

fn stop(step: Step, path: &str, source: io::Error) -> PublishError {
    PublishError::Stop { step, path: path.to_owned(), source }
}

/// The directory a path is in; empty for the log's own.
fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// `a`, `a/b`, `a/b/c` of `a/b/c`; nothing of the empty path.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    let inner = path.match_indices('/').map(|(at, _)| &path[..at]);
    inner.chain((!path.is_empty()).then_some(path))
}

/// Does `work` on each item with up to `threads` threads. A [`PublishError::Stop`] takes precedence over
/// other errors.
fn at_once<T: Sync>(
    threads: usize,
    items: &[T],
    work: impl Fn(&T) -> Result<(), PublishError> + Sync,
) -> Result<(), PublishError> {
    let share = items.len().div_ceil(threads).max(1);
    if items.len() <= share {
        return items.iter().try_for_each(work);
    }
    let outcomes: Vec<Result<(), PublishError>> = std::thread::scope(|scope| {
        let work = &work;
        let handles: Vec<_> =
            items.chunks(share).map(|part| scope.spawn(move || part.iter().try_for_each(work))).collect();
        handles.into_iter().map(|handle| handle.join().unwrap_or(Err(PublishError::Stopped))).collect()
    });
    let mut errors: Vec<PublishError> = outcomes.into_iter().filter_map(Result::err).collect();
    errors.sort_by_key(|error| !matches!(error, PublishError::Stop { .. }));
    errors.into_iter().next().map_or(Ok(()), Err)
}
