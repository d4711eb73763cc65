//! Uploaded files that wait for a decision: a few, in memory only, for half an hour, for whoever uploaded them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::ids::{DeviceGroupId, ImportId};
use jiff::{SignedDuration, Timestamp, civil::Date};
use service::{ServiceError, employee_import::Preview, progress::Progress};
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};

/// Most files kept; each may take as much memory as the largest form and its rows.
pub const MAX_FILES: usize = 8;
/// How long a file waits for a decision.
pub const KEPT_FOR: SignedDuration = SignedDuration::from_mins(30);

/// The shelf; cheap to clone.
#[derive(Clone)]
pub struct Shelf {
    files: Arc<Mutex<Vec<Held>>>,
    turn: Arc<Semaphore>,
}

/// A file on the shelf.
#[derive(Debug, Clone)]
pub struct Held {
    /// Key in addresses.
    pub key: String,
    /// Who uploaded it, as registers name that person.
    pub owner: String,
    /// Name of the file.
    pub name: String,
    /// Its bytes; none left once nothing can be done with it any more.
    pub bytes: Arc<Vec<u8>>,
    /// The day from which its values hold.
    pub effective: Date,
    /// Group of terminals of its PINs.
    pub group: Option<DeviceGroupId>,
    /// When something last happened to it.
    pub touched: Timestamp,
    /// How far it is.
    pub step: Step,
}

/// What is done with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Reading and comparing it.
    Read,
    /// Writing what it says.
    Apply,
}

/// How far a file is.
#[derive(Debug, Clone)]
pub enum Step {
    /// Being worked on; without progress while others have their turn.
    Busy(Task, Option<Progress>),
    /// Read, waits for a decision.
    Read(Arc<Preview>),
    /// Not usable, or not written; nothing was changed.
    Refused(Arc<ServiceError>),
    /// Written.
    Applied(ImportId),
}

impl Step {
    /// Whether somebody works on it.
    pub fn is_busy(&self) -> bool {
        matches!(self, Step::Busy(..))
    }
}

impl Default for Shelf {
    fn default() -> Self {
        // One at a time: reading a large workbook takes a processor and a few hundred megabytes.
        Self { files: Arc::default(), turn: Arc::new(Semaphore::new(1)) }
    }
}

impl Shelf {
    /// Keeps a file. A full shelf gives up the file that was left alone for longest.
    ///
    /// # Errors
    /// [`service::Fault::Conflict`] while all files on the shelf are being worked on.
    pub fn put(&self, held: Held) -> Result<(), ServiceError> {
        let mut files = self.fresh(held.touched);
        if files.len() >= MAX_FILES {
            let idle = files.iter().enumerate().filter(|(_, f)| !f.step.is_busy());
            let Some((oldest, _)) = idle.min_by_key(|(_, f)| f.touched) else {
                return Err(ServiceError::conflict(
                    "Sedang banyak berkas yang diproses. Tunggu beberapa menit, lalu unggah lagi.",
                    "Many files are being read at the moment. Wait a few minutes and upload again.",
                ));
            };
            files.remove(oldest);
        }
        files.push(held);
        Ok(())
    }

    /// A file of `owner`.
    pub fn get(&self, key: &str, owner: &str, now: Timestamp) -> Option<Held> {
        self.fresh(now).iter().find(|f| f.key == key && f.owner == owner).cloned()
    }

    /// The files of `owner`, newest first.
    pub fn of(&self, owner: &str, now: Timestamp) -> Vec<Held> {
        self.fresh(now).iter().rev().filter(|f| f.owner == owner).cloned().collect()
    }

    /// Notes how far a file is.
    pub fn set(&self, key: &str, step: Step, now: Timestamp) {
        if let Some(file) = self.fresh(now).iter_mut().find(|f| f.key == key) {
            if matches!(step, Step::Refused(_) | Step::Applied(_)) {
                file.bytes = Arc::default();
            }
            (file.step, file.touched) = (step, now);
        }
    }

    /// Takes a file that was read in hand for writing it, once; `None` when it does not wait for that.
    pub fn claim(&self, key: &str, owner: &str, now: Timestamp) -> Option<Held> {
        let mut files = self.fresh(now);
        let file = files.iter_mut().find(|f| f.key == key && f.owner == owner)?;
        if !matches!(file.step, Step::Read(_)) {
            return None;
        }
        (file.step, file.touched) = (Step::Busy(Task::Apply, None), now);
        Some(file.clone())
    }

    /// Throws a file of `owner` away, unless it is being worked on.
    pub fn drop_file(&self, key: &str, owner: &str, now: Timestamp) {
        self.fresh(now).retain(|f| f.key != key || f.owner != owner || f.step.is_busy());
    }

    /// Waits for one's turn.
    ///
    /// # Errors
    /// Never while the shelf exists.
    pub async fn turn(&self) -> Result<OwnedSemaphorePermit, AcquireError> {
        Arc::clone(&self.turn).acquire_owned().await
    }

    /// The files, without those whose time is over.
    fn fresh(&self, now: Timestamp) -> MutexGuard<'_, Vec<Held>> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.retain(|f| f.step.is_busy() || now.duration_since(f.touched).abs() <= KEPT_FOR);
        files
    }
}

#[cfg(test)]
mod tests {
    use jiff::{ToSpan, civil::date};

    use super::*;

    fn file(key: &str, minute: i64, step: Step) -> Held {
        Held {
            key: key.into(),
            owner: "a".into(),
            name: "x.csv".into(),
            bytes: Arc::new(vec![1]),
            effective: date(2026, 11, 1),
            group: None,
            touched: at(minute),
            step,
        }
    }

    fn at(minute: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + minute.minutes()
    }

    fn refused() -> Step {
        Step::Refused(Arc::new(ServiceError::forbidden()))
    }

    fn read() -> Step {
        Step::Read(Arc::new(Preview { sheet: sheet(), plan: Default::default(), group: None }))
    }

    fn sheet() -> service::employee_import::sheet::Sheet {
        service::employee_import::sheet::read(b"NIP;NAMA\n198003152005011001;Siti\n").unwrap()
    }

    #[test]
    fn files_are_for_their_owner_and_for_half_an_hour() {
        let shelf = Shelf::default();
        shelf.put(file("k", 0, refused())).unwrap();
        assert!(shelf.get("k", "a", at(30)).is_some());
        assert!(shelf.get("k", "b", at(30)).is_none(), "somebody else's");
        assert!(shelf.get("k", "a", at(31)).is_none(), "too late");
        shelf.put(file("busy", 0, Step::Busy(Task::Apply, None))).unwrap();
        assert!(shelf.get("busy", "a", at(90)).is_some(), "work is never forgotten");
    }

    #[test]
    fn a_full_shelf_gives_up_the_oldest_idle_file() {
        let shelf = Shelf::default();
        shelf.put(file("work", 0, Step::Busy(Task::Read, None))).unwrap();
        for n in 1..MAX_FILES {
            shelf.put(file(&n.to_string(), n as i64, refused())).unwrap();
        }
        shelf.put(file("new", 20, refused())).unwrap();
        assert_eq!(shelf.of("a", at(20)).len(), MAX_FILES);
        assert!(shelf.get("1", "a", at(20)).is_none());
        assert!(shelf.get("work", "a", at(20)).is_some());
        let full = Shelf::default();
        for n in 0..MAX_FILES {
            full.put(file(&n.to_string(), 0, Step::Busy(Task::Read, None))).unwrap();
        }
        assert!(full.put(file("new", 0, refused())).is_err());
    }

    #[test]
    fn a_file_is_written_once() {
        let shelf = Shelf::default();
        shelf.put(file("k", 0, read())).unwrap();
        assert!(shelf.claim("k", "b", at(1)).is_none());
        assert!(shelf.claim("k", "a", at(1)).is_some());
        assert!(shelf.claim("k", "a", at(1)).is_none(), "a second press of the button");
        shelf.drop_file("k", "a", at(1));
        assert!(shelf.get("k", "a", at(1)).is_some(), "not while it is written");
        shelf.set("k", Step::Applied(ImportId::new(at(1), [1; 10])), at(2));
        assert!(shelf.get("k", "a", at(2)).unwrap().bytes.is_empty());
        shelf.drop_file("k", "a", at(2));
        assert!(shelf.get("k", "a", at(2)).is_none());
    }
}
