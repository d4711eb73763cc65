//! The fork guard: a database that was set back must not sign another history than the one people hold receipts of.

use ledger::{
    Checkpoint, SignedCheckpoint, VerifierKey,
    high_water::{Standing, compare},
};
use store::log;

use super::LogFiles;
use crate::{Office, ServiceError};

/// Why the log may not be signed, and what can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// The database has fewer entries than were published.
    Behind {
        /// Entries in the database.
        database: u64,
        /// Entries published.
        published: u64,
    },
    /// The database has other entries than were published.
    Forked {
        /// How many entries both have.
        published: u64,
    },
    /// The mark in the folder belongs to another log.
    OtherLog {
        /// Name of the log in the folder.
        found: String,
        /// Name of the log in the database.
        expected: String,
    },
    /// The key in the folder is not the one with which the log was signed.
    OtherKey,
    /// The end of the log in the database is not the one that its signature is about.
    Altered,
    /// A witness remembers another history than this one.
    Witness {
        /// Its name in the policy.
        name: String,
        /// How many entries it has seen, if it said that they are more than there are here.
        seen: Option<u64>,
        /// What it said.
        evidence: String,
    },
    /// The mark cannot be read.
    Unreadable {
        /// What is wrong with it.
        reason: String,
    },
}

impl std::fmt::Display for Doubt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Doubt::Behind { database, published } => write!(
                f,
                "the log in the database has {database} entries, but {published} were published: the database was set \
                 back to an older state. Signing now would make two histories"
            ),
            Doubt::Forked { published } => write!(
                f,
                "the first {published} entries of the log in the database are not the ones that were published"
            ),
            Doubt::OtherLog { found, expected } => {
                write!(f, "the ledger folder belongs to the log {found}, the database to {expected}")
            }
            Doubt::OtherKey => f.write_str(
                "the key in the ledger folder is not the one that signed the log; bring the original key back",
            ),
            Doubt::Altered => f.write_str(
                "the end of the log in the database is not the one that was signed: somebody changed it behind the program",
            ),
            Doubt::Witness { name, evidence, .. } => write!(f, "witness {name}: {evidence}"),
            Doubt::Unreadable { reason } => write!(f, "the high-water mark of the log cannot be read: {reason}"),
        }
    }
}

/// The files of the log that goes on: that of the database, or a later one that was published already.
///
/// # Errors
/// As every read.
pub async fn current(office: &Office, files: &LogFiles) -> Result<LogFiles, ServiceError> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let generation = log::head(&mut tx).await?.map_or(1, |head| head.generation);
    Ok(files.generation(generation.max(files.number())))
}

/// Compares the log in the database with what was published. A doubt forbids signing until the program is started again
/// in a better state; nothing that the log covers can be written meanwhile.
///
/// # Errors
/// As every read.
pub async fn guard(office: &Office, files: &LogFiles) -> Result<Option<Doubt>, ServiceError> {
    let doubt = doubt(office, &current(office, files).await?).await?;
    Ok(doubt.inspect(|doubt| refuse(office, doubt)))
}

/// Forbids signing until the program is started again. The word of a witness alone cannot be checked here; whoever knows that
/// it errs takes it out of the policy.
pub fn refuse(office: &Office, doubt: &Doubt) {
    if let Some(sealer) = office.db.sealer() {
        sealer.refuse(doubt.to_string());
    }
}

/// Compares as [`guard`], and forbids nothing.
///
/// # Errors
/// As every read.
pub async fn doubt(office: &Office, files: &LogFiles) -> Result<Option<Doubt>, ServiceError> {
    let mark = match remembered(files) {
        Ok(mark) => mark,
        Err(reason) => return Ok(Some(Doubt::Unreadable { reason })),
    };
    let mut tx = office.db.begin_read(office.tenant).await?;
    let Some(head) = log::head(&mut tx).await? else {
        let behind = |mark: SignedCheckpoint| Doubt::Behind { database: 0, published: mark.size() };
        return Ok(mark.map(behind));
    };
    if let Some(sealer) = office.db.sealer() {
        let key: Option<VerifierKey> = sealer.vkey(&head.origin)?.parse().ok();
        let signed = SignedCheckpoint::parse(&head.checkpoint).ok();
        let Some((key, signed)) = key.zip(signed) else { return Ok(Some(Doubt::OtherKey)) };
        if signed.verify(&[key]).is_err() {
            return Ok(Some(Doubt::OtherKey));
        }
        if (signed.size(), signed.root()) != (head.edge.size(), head.edge.root()) {
            return Ok(Some(Doubt::Altered));
        }
    }
    let unreadable = |reason: String| Doubt::Unreadable { reason };
    let now = match Checkpoint::new(&head.origin, head.edge.size(), head.edge.root()) {
        Ok(now) => now,
        Err(error) => return Ok(Some(unreadable(error.to_string()))),
    };
    // That a longer log goes on from the published files is proved when it is published: its root must come out of them.
    let unknown = |_| Err(());
    let standing = match &mark {
        Some(mark) if mark.size() < now.size() && mark.checkpoint().origin() == now.origin() => {
            Ok(Standing::Good)
        }
        mark => compare(mark.as_ref(), &now, unknown),
    };
    Ok(match standing {
        Ok(Standing::Good) => None,
        Ok(Standing::Behind { mark, size }) => Some(Doubt::Behind { database: size, published: mark.size() }),
        Ok(Standing::Forked { mark, .. }) => Some(Doubt::Forked { published: mark.size() }),
        Ok(Standing::OtherLog { mark }) => {
            Some(Doubt::OtherLog { found: mark.checkpoint().origin().to_owned(), expected: head.origin })
        }
        Err(()) => Some(unreadable("the log in the database cannot be read".into())),
    })
}

/// The end that was published: the high-water mark or, where that was lost and the published files were brought back, theirs.
fn remembered(files: &LogFiles) -> Result<Option<SignedCheckpoint>, String> {
    let mark = files.high_water().read().map_err(|error| error.to_string())?;
    if mark.is_some() || !files.root().join("checkpoint").exists() {
        return Ok(mark);
    }
    ledger::read::published(&files.fetch()).map(Some).map_err(|error| error.to_string())
}
