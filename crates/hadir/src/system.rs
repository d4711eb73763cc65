//! The real clock, real randomness, and the way to an [`Office`].

use std::{sync::Arc, time::Duration};

use anyhow::Context;
use domain::{clock::Clock, ids::TenantId, zone::Zone};
use jiff::Timestamp;
use rand::{TryRngCore, rngs::OsRng};
use service::{
    Entropy, Office,
    transparency::{self, Doubt},
};
use store::{Db, ErrorKind, Options, tenant::Tenant};

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
                tracing::warn!(%error, "the database does not answer yet; trying for {} s more", left.as_secs());
                tokio::time::sleep(step).await;
                left = left.saturating_sub(step * 2);
            }
            Err(error) => return Err(error).context("cannot open the database"),
        }
    }
}

async fn probe(url: &str, patience: Duration) -> Result<(), store::StoreError> {
    let options = Options { acquire_timeout: patience, ..Options::default() };
    Db::connect_with(url, options).await?.close().await;
    Ok(())
}

/// Connects, migrates, and makes the tenant of a fresh database.
///
/// # Errors
/// When the database cannot be reached or belongs to a newer version; the sentence says which database.
pub async fn open(config: &Config) -> anyhow::Result<Office> {
    let office = open_unguarded(config).await?;
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

/// As [`open`], without asking whether the log may be signed: only for those who mend it.
///
/// # Errors
/// As [`open`].
pub async fn open_unguarded(config: &Config) -> anyhow::Result<Office> {
    make_folder(&config.database_url)?;
    if is_postgres(&config.database_url) {
        probe(&config.database_url, PATIENCE).await.context("cannot open the database")?;
    }
    let db = Db::connect(&config.database_url).await.context("cannot open the database")?;
    let clock = Arc::new(SystemClock);
    let ledger = LedgerFolder::of(config);
    let db = db.sealed_by(ledger.sealer(clock.clone())?);
    db.migrate(clock.as_ref()).await.context("cannot bring the database up to this version")?;
    let office = Office::new(db, clock, Arc::new(OsEntropy), TENANT);
    ensure_tenant(&office).await?;
    Ok(office)
}

/// SQLite makes the file but not the folder around it.
fn make_folder(url: &str) -> anyhow::Result<()> {
    match sqlite_file(url).and_then(std::path::Path::parent) {
        Some(folder) if !folder.as_os_str().is_empty() => std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display())),
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
