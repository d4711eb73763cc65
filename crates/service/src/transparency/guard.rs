//! The fork guard: a database that was set back must not sign another history than the one people hold receipts of.

use ledger::{
    Checkpoint, SignedCheckpoint,
    high_water::{Standing, compare},
    read::{Log, ReadError},
};
use store::{
    Tx,
    log::{self, Stated},
};

use super::{
    LogFiles, settled,
    signed_by_us::{PublishedEnd, is_ours, published_end},
};
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
    Altered {
        /// What it says and what was signed.
        evidence: String,
    },
    /// The memory of what was published bears a signature that is not ours.
    Forged {
        /// Which file.
        file: String,
        /// Entries that it claims.
        claimed: u64,
    },
    /// The right edge of the published files is damaged, so that nothing can be added to them.
    Damaged {
        /// What is wrong.
        reason: String,
    },
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
            Doubt::Altered { evidence } => write!(
                f,
                "the end of the log in the database is not the one that was signed ({evidence}): somebody changed it behind \
                 the program. A start of `hadir serve` computes it anew, if the entries are those that were signed"
            ),
            Doubt::Forged { file, claimed } => write!(
                f,
                "{file} claims {claimed} entries, but its signature is not that of this server's key: it was forged or damaged. \
                 Bring it back from its copy"
            ),
            Doubt::Damaged { reason } => write!(f, "the published files are damaged: {reason}. Bring them back from a mirror"),
            Doubt::Witness { name, evidence, .. } => write!(f, "witness {name}: {evidence}"),
            Doubt::Unreadable { reason } => write!(f, "the high-water mark of the log cannot be read: {reason}"),
        }
    }
}

impl Doubt {
    /// The ways on, as commands to be typed after `hadir serve` was stopped; `origin` is the name of the log.
    pub fn ways(&self, origin: &str) -> Vec<String> {
        let way = |command: &str| {
            format!("hadir log {command} --reason 'WHAT HAPPENED' --by LOGIN --confirm '{origin}'")
        };
        let can_continue = matches!(self, Doubt::Behind { .. } | Doubt::Witness { seen: None, .. });
        let continuing = can_continue.then(|| way("reingest"));
        continuing.into_iter().chain([way("disaster")]).collect()
    }
}

/// The files of the log that goes on: that of the database, or a later one that was published already.
///
/// # Errors
/// As every read.
pub async fn current(office: &Office, files: &LogFiles) -> Result<LogFiles, ServiceError> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    // Its signed name counts: the number beside it may have been edited.
    let signed =
        log::stated(&mut tx).await?.and_then(|stated| SignedCheckpoint::parse(&stated.checkpoint).ok());
    let generation = signed.and_then(|note| log::generation_of(office.tenant, note.checkpoint().origin()));
    let generation = generation.unwrap_or(1);
    Ok(files.generation(generation.max(files.number())))
}

/// Compares the log in the database with what was published, as [`settled`]. A doubt forbids signing until the program is started again
/// in a better state; nothing that the log covers can be written meanwhile.
///
/// # Errors
/// As every read.
pub async fn guard(office: &Office, files: &LogFiles) -> Result<Option<Doubt>, ServiceError> {
    let doubt = settled(office, files).await?;
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
    let mark = match remembered(office, files) {
        Ok(mark) => mark,
        Err(doubt) => return Ok(Some(doubt)),
    };
    let mut tx = office.db.begin_read(office.tenant).await?;
    let stated = log::stated(&mut tx).await?.filter(|stated| stated.size != 0);
    let Some(stated) = stated else {
        let behind = |mark: SignedCheckpoint| Doubt::Behind { database: 0, published: mark.size() };
        return Ok(mark.map(behind));
    };
    if let Some(doubt) = altered(office, &mut tx, &stated, mark.as_ref()).await? {
        return Ok(Some(doubt));
    }
    let Some(head) = log::head(&mut tx).await? else { return Ok(None) };
    drop(tx);
    if let Some(forged) = mark.as_ref().filter(|mark| !is_ours(office, mark)) {
        let file = files.mark().display().to_string();
        return Ok(Some(Doubt::Forged { file, claimed: forged.size() }));
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
        Ok(Standing::Good) => damaged_edge(office, files).await?,
        Ok(Standing::Behind { mark, size }) => Some(Doubt::Behind { database: size, published: mark.size() }),
        Ok(Standing::Forked { mark, .. }) => Some(Doubt::Forked { published: mark.size() }),
        Ok(Standing::OtherLog { mark }) => {
            Some(Doubt::OtherLog { found: mark.checkpoint().origin().to_owned(), expected: head.origin })
        }
        Err(()) => Some(unreadable("the log in the database cannot be read".into())),
    })
}

/// Whether the end in the database is as it was signed, and signed here.
async fn altered(
    office: &Office,
    tx: &mut Tx,
    stated: &Stated,
    mark: Option<&SignedCheckpoint>,
) -> Result<Option<Doubt>, ServiceError> {
    let altered = |evidence: String| Ok(Some(Doubt::Altered { evidence }));
    if let Some(flaw) = stated.flaw(office.tenant) {
        return altered(flaw);
    }
    let signed = SignedCheckpoint::parse(&stated.checkpoint).ok();
    if !signed.is_some_and(|signed| is_ours(office, &signed)) {
        // What this key has signed shows that it is the right one.
        let is_our_key = office.db.sealer().is_some() && mark.is_some_and(|mark| is_ours(office, mark));
        return match is_our_key {
            true => {
                altered("its signature is not that of this server's key, the published one is".to_owned())
            }
            false => Ok(Some(Doubt::OtherKey)),
        };
    }
    // A clock that ran ahead leaves the same time in the last entry.
    match log::last_time(tx, stated).await? {
        Some(last) if stated.at > last && stated.at > office.now() => {
            altered(format!("its time is {}, that of its last entry {last}", stated.at))
        }
        _ => Ok(None),
    }
}

/// The end that was published: the high-water mark or, where that was lost and the published files were brought back, theirs.
fn remembered(office: &Office, files: &LogFiles) -> Result<Option<SignedCheckpoint>, Doubt> {
    let unreadable = |reason: String| Doubt::Unreadable { reason };
    let lost = match files.high_water().read() {
        Ok(Some(mark)) => return Ok(Some(mark)),
        Ok(None) => "it is missing".to_owned(),
        Err(error) => error.to_string(),
    };
    match published_end(office, files).map_err(|error| unreadable(error.to_string()))? {
        // What was published goes on from its own end; the next publication writes the mark anew.
        PublishedEnd::Good(note) => Ok(Some(note)),
        PublishedEnd::None if files.high_water().is_there() || files.root().join("tile").exists() => {
            Err(unreadable(format!(
                "{lost}, and the published checkpoint is gone. Bring both back from their copies"
            )))
        }
        PublishedEnd::None => Ok(None),
        PublishedEnd::Damaged { reason } => {
            Err(unreadable(format!("{lost}, and the published checkpoint is damaged: {reason}")))
        }
    }
}

/// What keeps anything from being added to the published files, in the tiles that their end needs.
async fn damaged_edge(office: &Office, files: &LogFiles) -> Result<Option<Doubt>, ServiceError> {
    let (office, files) = (office.clone(), files.clone());
    let look = move || {
        let PublishedEnd::Good(end) = published_end(&office, &files)? else { return Ok(()) };
        let tree = Log::open(files.fetch(), end.checkpoint())?;
        match end.size().checked_sub(1) {
            Some(last) => tree.entry(last).map(|_| ()),
            None => Ok(()),
        }
    };
    let looked: Result<(), ReadError> =
        tokio::task::spawn_blocking(look).await.map_err(ServiceError::internal)?;
    Ok(looked.err().map(|error| Doubt::Damaged { reason: error.to_string() }))
}
