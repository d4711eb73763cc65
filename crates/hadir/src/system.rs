//! The real clock, real randomness, and the way to an [`Office`].

use std::{os::unix::fs::DirBuilderExt, sync::Arc, time::Duration};

use anyhow::Context;
use domain::{clock::Clock, ids::TenantId, zone::Zone};
use jiff::Timestamp;
use rand::{TryRngCore, rngs::OsRng};
use service::{
    Entropy, Office,
    transparency::{self, Doubt},
};
use store::{
    Db, ErrorKind, Options,
    log::{Sealer, Stated},
    migrate::MIGRATIONS,
    tenant::Tenant,
};

use crate::{
    config::Config,
    ledger_folder::LedgerFolder,
    witnessing::{Witnesses, challenge},
};

/// The tenant of an installation that serves one regional government.
pub const TENANT: TenantId = TenantId(1);

/// The clock of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the real time enters")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// Randomness of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        // Without randomness no session and no id can be made; there is nothing sensible to go on with.
        #[expect(clippy::expect_used, reason = "a system without randomness cannot be served")]
        OsRng.try_fill_bytes(bytes).expect("the operating system gives no random bytes");
    }
}

/// How long a command waits for a server that does not answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Whether the URL names a PostgreSQL server rather than a SQLite file.
pub fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres:") || url.starts_with("postgresql:")
}

/// The path of a SQLite database on disk; `None` for PostgreSQL and for memory.
pub fn sqlite_file(url: &str) -> Option<&std::path::Path> {
    let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url);
    (!is_postgres(url) && path != ":memory:").then(|| std::path::Path::new(path))
}

/// No clock that is right shows an earlier time than this.
const WRITTEN: Timestamp = Timestamp::constant(1_767_225_600, 0);

/// Whether the clock shows a time before this program was written, as that of a machine that has lost its battery.
pub fn lost_time(now: Timestamp) -> bool {
    now < WRITTEN
}

/// Refuses to serve with a clock that is years slow: terminals set their clocks by ours, and what they send would be stored
/// as punches of the future, which are never judged. They keep what they have meanwhile.
///
/// # Errors
/// When the clock is that wrong, with what to do.
pub fn check_clock(clock: &dyn Clock) -> anyhow::Result<()> {
    let now = clock.now();
    anyhow::ensure!(
        !lost_time(now),
        "the clock of this machine shows {}, before this program was written; set it (timedatectl set-ntp true) and start again",
        now.strftime("%Y-%m-%d %H:%M UTC")
    );
    Ok(())
}

/// Waits until a PostgreSQL server answers, as after a boot at which both start together, and says so.
///
/// # Errors
/// When nothing has answered for `patience`, or the server refuses this login.
pub async fn wait_for_database(url: &str, patience: Duration) -> anyhow::Result<()> {
    if !is_postgres(url) {
        return Ok(());
    }
    let step = Duration::from_secs(2);
    let mut left = patience;
    loop {
        match probe(url, step).await {
            Ok(()) => return Ok(()),
            Err(error) if error.kind() == ErrorKind::Unavailable && left > step => {
                let reason = error.reason();
                tracing::warn!(%error, reason, "the database does not answer yet; trying for {} s more", left.as_secs());
                tokio::time::sleep(step).await;
                left = left.saturating_sub(step * 2);
            }
            Err(error) => return Err(error).context("cannot open the database"),
        }
    }
}

/// Refuses to serve from a PostgreSQL server that answers before its disk has what it was given: whoever punched would be told
/// "saved" and be wrong after a power cut.
///
/// # Errors
/// With the settings that are off, unless `is_allowed`.
pub async fn check_durability(db: &Db, is_allowed: bool) -> anyhow::Result<()> {
    let off = store::health::volatile_settings(db).await?;
    let named = off.join(" and ");
    anyhow::ensure!(
        off.is_empty() || is_allowed,
        "{named} is off in this PostgreSQL server: a power cut loses punches that were answered. Switch it on in \
         postgresql.conf and restart PostgreSQL"
    );
    if !off.is_empty() {
        tracing::warn!(
            "{named} is off in this PostgreSQL server: a power cut loses punches that were answered"
        );
    }
    Ok(())
}

async fn probe(url: &str, patience: Duration) -> Result<(), store::StoreError> {
    let options = Options { acquire_timeout: patience, ..Options::default() };
    Db::connect_with(url, options).await?.close().await;
    Ok(())
}

/// Opens for whoever writes: migrates, makes the tenant of a fresh database and the key of a fresh log, asks whether the log
/// may be signed, also the witnesses, and enters what waits for that.
///
/// # Errors
/// When the database cannot be reached or belongs to a newer version; the sentence says which database.
pub async fn open_to_write(config: &Config) -> anyhow::Result<Office> {
    check_key(config).await?;
    let office = open_with(config, LedgerFolder::sealer).await?;
    transparency::settled(&office, &LedgerFolder::of(config).files(office.tenant)).await?;
    // A doubt forbids writing, not reading; it is said wherever something is written.
    match doubt(config, &office).await? {
        Some(doubt) => transparency::refuse(&office, &doubt),
        None => {
            let entered = transparency::enter_waiting(&office).await?;
            if entered > 0 {
                tracing::warn!(entered, "punches that had waited are in the log now");
            }
        }
    }
    Ok(office)
}

/// Opens for whoever only looks: nothing is signed, entered, made in the ledger folder or asked of witnesses. Only a database that
/// an older program made is first made ready.
///
/// # Errors
/// As [`open_to_write`].
pub async fn open_to_read(config: &Config) -> anyhow::Result<Office> {
    check_exists(config)?;
    let clock = Arc::new(SystemClock);
    let db = connect(config).await?;
    let db = match LedgerFolder::of(config).reader(clock.clone())? {
        Some(reader) => db.sealed_by(reader),
        None => db,
    };
    let is_ready = db.applied_migrations().await.is_ok_and(|applied| applied.len() == MIGRATIONS.len());
    let office = Office::new(db, clock, Arc::new(OsEntropy), TENANT);
    if !is_ready {
        make_ready(&office).await?;
    }
    Ok(office)
}

/// What speaks against signing the log: what was published, or what a witness remembers.
///
/// # Errors
/// When database, folder or policy cannot be read.
pub async fn doubt(config: &Config, office: &Office) -> anyhow::Result<Option<Doubt>> {
    let files = transparency::current(office, &LedgerFolder::of(config).files(office.tenant)).await?;
    if let Some(doubt) = transparency::doubt(office, &files).await? {
        return Ok(Some(doubt));
    }
    match Witnesses::of(config)? {
        Some(witnesses) => challenge(office, &files, &witnesses).await,
        None => Ok(None),
    }
}

/// As [`open_to_write`], without asking whether the log may be signed: only for those who mend it. A key that is lost is
/// replaced by a fresh one, with which the next log begins.
///
/// # Errors
/// As [`open_to_write`].
pub async fn open_to_mend(config: &Config) -> anyhow::Result<Office> {
    open_with(config, LedgerFolder::sealer_of_next_log).await
}

type MakeSealer = fn(&LedgerFolder, Arc<dyn Clock>) -> anyhow::Result<Arc<Sealer>>;

async fn open_with(config: &Config, sealer: MakeSealer) -> anyhow::Result<Office> {
    let clock = Arc::new(SystemClock);
    let db = connect(config).await?.sealed_by(sealer(&LedgerFolder::of(config), clock.clone())?);
    let office = Office::new(db, clock, Arc::new(OsEntropy), TENANT);
    make_ready(&office).await?;
    Ok(office)
}

/// Refuses to make a database where somebody only wants to look at one: the folder is most often the wrong one.
///
/// # Errors
/// When there is no SQLite file at the configured place.
pub fn check_exists(config: &Config) -> anyhow::Result<()> {
    let missing = sqlite_file(&config.database_url).filter(|file| !file.exists());
    missing.map_or(Ok(()), |file| {
        anyhow::bail!(
            "no database here ({}); run hadir serve, or give --database-url or --config",
            file.display()
        )
    })
}

/// Refuses to make a fresh key beside a database that holds a log already: that log could never be signed with it.
async fn check_key(config: &Config) -> anyhow::Result<()> {
    let key = LedgerFolder::of(config).key_file();
    if key.exists() || check_exists(config).is_err() {
        return Ok(());
    }
    let db = connect(config).await?;
    let is_ready = db.applied_migrations().await.is_ok_and(|applied| applied.len() == MIGRATIONS.len());
    let stated = match is_ready {
        true => store::log::stated(&mut db.begin_read(TENANT).await?).await?,
        false => None,
    };
    db.close().await;
    match stated.filter(|stated| stated.size > 0) {
        None => Ok(()),
        Some(log) => Err(missing_key(config, &log)),
    }
}

/// That the key of a log with entries is missing, and what to do.
pub fn missing_key(config: &Config, log: &Stated) -> anyhow::Error {
    anyhow::anyhow!(
        "{} is missing, but the database holds the log {} with {} entries: bring the key back from its copy; if it is lost, \
         give the log up: hadir log disaster",
        LedgerFolder::of(config).key_file().display(),
        log.origin,
        log.size
    )
}

async fn connect(config: &Config) -> anyhow::Result<Db> {
    make_folder(&config.database_url)?;
    if is_postgres(&config.database_url) {
        probe(&config.database_url, PATIENCE).await.context("cannot open the database")?;
    }
    Db::connect(&config.database_url).await.context("cannot open the database")
}

async fn make_ready(office: &Office) -> anyhow::Result<()> {
    let migrated = office.db.migrate(office.clock.as_ref()).await;
    migrated.context("cannot bring the database up to this version")?;
    ensure_tenant(office).await
}

/// Makes a folder, and those around it, into which only the owner may look. One that is there stays as it is.
///
/// # Errors
/// When it cannot be made.
pub fn private_folder(folder: &std::path::Path) -> std::io::Result<()> {
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// SQLite makes the file but not the folder around it. Only its owner may look into a folder that is made here.
fn make_folder(url: &str) -> anyhow::Result<()> {
    match sqlite_file(url).and_then(std::path::Path::parent) {
        Some(folder) if !folder.as_os_str().is_empty() => {
            private_folder(folder).with_context(|| format!("cannot make the folder {}", folder.display()))
        }
        _ => Ok(()),
    }
}

async fn ensure_tenant(office: &Office) -> anyhow::Result<()> {
    if store::tenant::all(&office.db).await?.iter().any(|t| t.tenant_id == office.tenant) {
        return Ok(());
    }
    let tenant = Tenant {
        tenant_id: office.tenant,
        slug: "pemda".into(),
        name: "Pemerintah Daerah".into(),
        province: String::new(),
        zone: Zone::Wib,
        demo: false,
        created_at: office.now(),
    };
    let mut tx = office.db.begin_write(office.tenant).await?;
    store::tenant::create(&mut tx, &tenant).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::clock::FixedClock;

    use super::*;

    #[test]
    fn a_machine_that_has_lost_its_time_does_not_serve() {
        let clock = |text: &str| FixedClock::new(text.parse().unwrap());
        let refused = check_clock(&clock("1970-01-01T00:00:41Z")).unwrap_err().to_string();
        assert!(
            refused.contains("shows 1970-01-01 00:00 UTC") && refused.contains("timedatectl"),
            "{refused}"
        );
        check_clock(&clock("2026-11-03T00:30:00Z")).unwrap();
        check_clock(&clock("2099-01-01T00:00:00Z")).unwrap();
    }
}
