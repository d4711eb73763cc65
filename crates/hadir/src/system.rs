//! The real clock, real randomness, and the way to an [`Office`].

use std::sync::Arc;

use anyhow::Context;
use domain::{clock::Clock, ids::TenantId, zone::Zone};
use jiff::Timestamp;
use rand::{TryRngCore, rngs::OsRng};
use service::{Entropy, Office};
use store::{Db, tenant::Tenant};

use crate::config::Config;

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

/// Connects, migrates, and makes the tenant of a fresh database.
///
/// # Errors
/// When the database cannot be reached or belongs to a newer version; the sentence says which database.
pub async fn open(config: &Config) -> anyhow::Result<Office> {
    make_folder(&config.database_url)?;
    let db = Db::connect(&config.database_url).await.context("cannot open the database")?;
    let clock = Arc::new(SystemClock);
    db.migrate(clock.as_ref()).await.context("cannot bring the database up to this version")?;
    let office = Office::new(db, clock, Arc::new(OsEntropy), TENANT);
    ensure_tenant(&office).await?;
    Ok(office)
}

/// SQLite makes the file but not the folder around it.
fn make_folder(url: &str) -> anyhow::Result<()> {
    let Some(path) = url.strip_prefix("sqlite:") else { return Ok(()) };
    match std::path::Path::new(path.trim_start_matches("//")).parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !path.contains(":memory:") => {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("cannot make the folder {}", folder.display()))
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
