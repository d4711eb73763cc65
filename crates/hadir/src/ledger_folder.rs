//! The folder of the transparency log: its key, and what remembers the log outside of the database.
//!
//! It belongs on another disk than the database, and its key into no backup of the database: who holds both can rewrite both.

use std::{
    fs::{self, File, OpenOptions},
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use domain::{clock::Clock, ids::TenantId};
use service::{Entropy, transparency::LogFiles};
use store::log::Sealer;

use crate::{
    config::Config,
    system::{OsEntropy, sqlite_file},
};

/// Name of the key file: the 32 bytes of an Ed25519 seed in hexadecimal.
const KEY: &str = "key";
/// Name of a key that was made and does not sign yet.
const NEXT: &str = "key.next";
/// Beginning of the names of keys that do not sign any more.
const RETIRED: &str = "key.retired-";

/// Where the log's key and memory lie.
#[derive(Debug, Clone)]
pub struct LedgerFolder {
    path: PathBuf,
    name: String,
}

impl LedgerFolder {
    /// As configured: by default beside the SQLite file.
    pub fn of(config: &Config) -> LedgerFolder {
        let beside =
            sqlite_file(&config.database_url).and_then(Path::parent).map(|folder| folder.join("ledger"));
        let path = config.ledger_dir.clone().or(beside).unwrap_or_else(|| "hadir-data/ledger".into());
        LedgerFolder { path, name: config.ledger_name.clone() }
    }

    /// A folder of its own, for the demo and the benches.
    pub fn at(path: PathBuf) -> LedgerFolder {
        LedgerFolder { path, name: Config::default().ledger_name }
    }

    /// The one who signs, with the key of the folder; a folder that never had one gets a fresh key.
    ///
    /// # Errors
    /// When the key can be neither read nor made, or was there once and is missing; the sentence says which file.
    pub fn sealer(&self, clock: Arc<dyn Clock>) -> anyhow::Result<Arc<Sealer>> {
        let seed = match self.seed(KEY)? {
            Some(seed) => seed,
            None => {
                self.never_signed()?;
                self.make(KEY)?
            }
        };
        Ok(self.signs(seed, clock))
    }

    /// As [`LedgerFolder::sealer`], for whoever decides what becomes of a log whose key is lost: a fresh key is made for the
    /// next log.
    ///
    /// # Errors
    /// As [`LedgerFolder::sealer`]; also when a change of keys was broken off, because then a good key is there.
    pub fn sealer_of_next_log(&self, clock: Arc<dyn Clock>) -> anyhow::Result<Arc<Sealer>> {
        if self.seed(KEY)?.is_none() && self.path.join(NEXT).exists() {
            self.never_signed()?;
        }
        let seed = self.seed(KEY)?.map_or_else(|| self.make(KEY), Ok)?;
        Ok(self.signs(seed, clock))
    }

    /// The one who checks with the key of the folder, and signs nothing; `None` without a key, and none is made.
    ///
    /// # Errors
    /// When the key cannot be read; the sentence says which file.
    pub fn reader(&self, clock: Arc<dyn Clock>) -> anyhow::Result<Option<Arc<Sealer>>> {
        let Some(seed) = self.seed(KEY)? else { return Ok(None) };
        Ok(Some(Arc::new(self.new_sealer(seed, clock).for_reading())))
    }

    /// The one who would sign with the next key, which is made if there is none.
    ///
    /// # Errors
    /// As [`LedgerFolder::sealer`].
    pub fn next_sealer(&self, clock: Arc<dyn Clock>) -> anyhow::Result<Arc<Sealer>> {
        let seed = self.seed(NEXT)?.map_or_else(|| self.make(NEXT), Ok)?;
        Ok(self.signs(seed, clock))
    }

    /// Whether a next key is there, made by a change that was broken off.
    pub fn has_next(&self) -> bool {
        self.path.join(NEXT).exists()
    }

    /// Removes a next key that no log names.
    ///
    /// # Errors
    /// When the file cannot be removed.
    pub fn drop_next(&self) -> anyhow::Result<()> {
        let next = self.path.join(NEXT);
        fs::remove_file(&next).with_context(|| format!("cannot remove {}", next.display()))
    }

    /// Puts the next key into the place of the present one; gives the name under which the old one is kept. There is a key in
    /// its place at every moment, so that a crash leaves either of the two, which are both good then.
    ///
    /// # Errors
    /// When files cannot be linked or renamed; the sentence says which.
    pub fn take_next(&self) -> anyhow::Result<PathBuf> {
        let (key, next) = (self.path.join(KEY), self.path.join(NEXT));
        let seed = read(&key)?;
        let mut numbers = 1..;
        let old = loop {
            let old = self.path.join(format!("{RETIRED}{}", numbers.next().unwrap_or(0)));
            match fs::hard_link(&key, &old) {
                Ok(()) => break old,
                Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                    return Err(error)
                        .with_context(|| format!("cannot keep the old key as {}", old.display()));
                }
                // A change that was broken off has put it there.
                Err(_) if read(&old)? == seed => break old,
                Err(_) => {}
            }
        };
        File::open(&self.path)?.sync_all()?;
        fs::rename(&next, &key)
            .with_context(|| format!("cannot rename {} to {}", next.display(), key.display()))?;
        File::open(&self.path)?.sync_all()?;
        Ok(old)
    }

    /// Whether nothing in the folder speaks of a key that was there once: a fresh one would forbid the log to go on.
    fn never_signed(&self) -> anyhow::Result<()> {
        let key = self.path.join(KEY);
        let next = self.path.join(NEXT);
        anyhow::ensure!(
            !next.exists(),
            "{} is missing, but {} is there: a change of keys was broken off. Finish it: mv {} {}",
            key.display(),
            next.display(),
            next.display(),
            key.display()
        );
        let names = match fs::read_dir(&self.path) {
            Ok(files) => files.collect::<Result<Vec<_>, _>>(),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error),
        };
        let names = names.with_context(|| format!("cannot read {}", self.path.display()))?;
        let names = names.iter().map(|file| file.file_name().to_string_lossy().into_owned());
        let trace = names.into_iter().find(|name| name.ends_with(".high-water") || name.starts_with(RETIRED));
        if let Some(trace) = trace {
            anyhow::bail!(
                "{} is missing, but {trace} beside it says that a log was signed here. Bring the key back from its copy; if \
                 it is lost, give the log up: hadir log disaster",
                key.display()
            );
        }
        Ok(())
    }

    fn seed(&self, name: &str) -> anyhow::Result<Option<[u8; 32]>> {
        read(&self.path.join(name))
    }

    fn signs(&self, seed: [u8; 32], clock: Arc<dyn Clock>) -> Arc<Sealer> {
        Arc::new(self.new_sealer(seed, clock))
    }

    fn new_sealer(&self, seed: [u8; 32], clock: Arc<dyn Clock>) -> Sealer {
        let random = Box::new(|bytes: &mut [u8]| OsEntropy.fill(bytes));
        Sealer::new(seed, self.name.clone(), clock, random)
    }

    /// The file of the key.
    pub fn key_file(&self) -> PathBuf {
        self.path.join(KEY)
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The published log of a tenant.
    pub fn files(&self, tenant: TenantId) -> LogFiles {
        LogFiles::of(&self.path, tenant)
    }

    fn make(&self, name: &str) -> anyhow::Result<[u8; 32]> {
        let path = &self.path.join(name);
        let failed = || format!("cannot make the key of the log, {}", path.display());
        fs::create_dir_all(&self.path).with_context(failed)?;
        let mut seed = [0; 32];
        OsEntropy.fill(&mut seed);
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
            Ok(mut file) => {
                writeln!(file, "{}", hex::encode(seed))
                    .and_then(|()| file.sync_all())
                    .with_context(failed)?;
                File::open(&self.path).and_then(|folder| folder.sync_all()).with_context(failed)?;
                Ok(seed)
            }
            // Another command made it in this very moment.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => read(path)?.with_context(failed),
            Err(error) => Err(error).with_context(failed),
        }
    }
}

fn read(path: &Path) -> anyhow::Result<Option<[u8; 32]>> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read the key of the log, {}", path.display()));
        }
    };
    let seed = hex::decode(text.trim()).ok().and_then(|bytes| bytes.try_into().ok());
    let seed = seed.with_context(|| {
        format!("{} is not a key: it must be 64 hexadecimal digits. Bring the original back.", path.display())
    })?;
    Ok(Some(seed))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::system::SystemClock;

    #[test]
    fn the_key_is_made_once_and_only_the_owner_reads_it() {
        let place = tempfile::tempdir().unwrap();
        let folder = LedgerFolder::at(place.path().join("ledger"));
        let vkey = |folder: &LedgerFolder| {
            folder.sealer(Arc::new(SystemClock)).unwrap().vkey("hadir.local/log/1").unwrap()
        };
        let first = vkey(&folder);
        assert_eq!(vkey(&folder), first);
        let mode = fs::metadata(folder.path.join(KEY)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        fs::write(folder.path.join(KEY), "12").unwrap();
        let error = folder.sealer(Arc::new(SystemClock)).unwrap_err();
        assert!(error.to_string().contains("64 hexadecimal digits"), "{error}");
    }

    #[test]
    fn a_change_of_keys_that_is_broken_off_leaves_a_good_key_and_is_finished_later() {
        let place = tempfile::tempdir().unwrap();
        let folder = LedgerFolder::at(place.path().to_owned());
        let file = |name: &str| fs::read_to_string(folder.path.join(name)).unwrap();
        let clock = || Arc::new(SystemClock);
        folder.sealer(clock()).unwrap();
        folder.next_sealer(clock()).unwrap();
        let (old, new) = (file(KEY), file(NEXT));
        // The crash comes after the old key was kept, before the new one takes its place.
        fs::hard_link(folder.path.join(KEY), folder.path.join("key.retired-1")).unwrap();
        folder.sealer(clock()).unwrap();
        assert_eq!(folder.take_next().unwrap(), folder.path.join("key.retired-1"), "kept once");
        assert_eq!((file("key.retired-1"), file(KEY)), (old, new.clone()));
        assert!(!folder.path.join(NEXT).exists());
        folder.next_sealer(clock()).unwrap();
        assert_eq!(folder.take_next().unwrap(), folder.path.join("key.retired-2"));
        assert_eq!(file("key.retired-2"), new);
    }

    #[test]
    fn no_fresh_key_is_made_where_one_has_signed() {
        let clock = || Arc::new(SystemClock);
        for (trace, remedy) in [
            ("key.next", "mv "),
            ("1.high-water", "hadir log disaster"),
            ("1.2.high-water", "hadir log disaster"),
            ("key.retired-1", "hadir log disaster"),
        ] {
            let place = tempfile::tempdir().unwrap();
            let folder = LedgerFolder::at(place.path().to_owned());
            fs::write(folder.path.join(trace), "x").unwrap();
            let error = folder.sealer(clock()).unwrap_err().to_string();
            assert!(error.contains("key is missing") && error.contains(remedy), "{trace}: {error}");
            assert!(folder.reader(clock()).unwrap().is_none() && !folder.key_file().exists());
            // Whoever gives the log up needs a key for the next one.
            assert_eq!(folder.sealer_of_next_log(clock()).is_ok(), trace != "key.next", "{trace}");
        }
    }
}
