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

    /// The one who signs, with the key of the folder; a folder without one gets a fresh key.
    ///
    /// # Errors
    /// When the key can be neither read nor made; the sentence says which file.
    pub fn sealer(&self, clock: Arc<dyn Clock>) -> anyhow::Result<Arc<Sealer>> {
        self.sealer_with(KEY, clock)
    }

    /// The one who would sign with the next key, which is made if there is none.
    ///
    /// # Errors
    /// As [`LedgerFolder::sealer`].
    pub fn next_sealer(&self, clock: Arc<dyn Clock>) -> anyhow::Result<Arc<Sealer>> {
        self.sealer_with(NEXT, clock)
    }

    /// Puts the next key into the place of the present one; gives the name under which the old one is kept.
    ///
    /// # Errors
    /// When files cannot be renamed; the sentence says which.
    pub fn take_next(&self) -> anyhow::Result<PathBuf> {
        let free = |number: &u32| !self.retired(*number).exists();
        let old = (1..).find(free).map_or_else(|| self.retired(0), |number| self.retired(number));
        for (from, to) in [(self.path.join(KEY), old.clone()), (self.path.join(NEXT), self.path.join(KEY))] {
            fs::rename(&from, &to)
                .with_context(|| format!("cannot rename {} to {}", from.display(), to.display()))?;
        }
        File::open(&self.path)?.sync_all()?;
        Ok(old)
    }

    fn retired(&self, number: u32) -> PathBuf {
        self.path.join(format!("key.retired-{number}"))
    }

    fn sealer_with(&self, name: &str, clock: Arc<dyn Clock>) -> anyhow::Result<Arc<Sealer>> {
        let path = self.path.join(name);
        let seed = match read(&path)? {
            Some(seed) => seed,
            None => self.make(&path)?,
        };
        let random = Box::new(|bytes: &mut [u8]| OsEntropy.fill(bytes));
        Ok(Arc::new(Sealer::new(seed, self.name.clone(), clock, random)))
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The published log of a tenant.
    pub fn files(&self, tenant: TenantId) -> LogFiles {
        LogFiles::of(&self.path, tenant)
    }

    fn make(&self, path: &Path) -> anyhow::Result<[u8; 32]> {
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
}
