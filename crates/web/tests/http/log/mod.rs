//! The transparency log over HTTP: mirrors, receipts, proofs for browsers, the page.

mod consistency;
mod mirror;
mod page;
mod paths;
mod receipt;

use std::sync::Arc;

use axum::http::{StatusCode, header};
use domain::clock::FixedClock;
use intake::{Door, Settings};
use ledger::{SignedCheckpoint, VerifierKey};
use service::transparency::{LogFiles, Publishing, publish};
use store::{
    Db, audit,
    testing::{TENANT, sealer},
};
use tempfile::TempDir;
use web::server::{Site, SiteSettings, app};

use crate::fixture::{Answer, World};

/// A world whose log is published.
struct LogWorld {
    world: World,
    clock: Arc<FixedClock>,
    files: LogFiles,
    folder: TempDir,
}

impl LogWorld {
    /// With nothing published yet.
    async fn new(db: Db, people: usize) -> LogWorld {
        let (mut world, clock) = World::with_clock(db, people).await;
        let folder = TempDir::new().unwrap();
        let files = LogFiles::of(folder.path(), TENANT);
        let (door, _) = Door::open(world.office.db.clone(), TENANT, Settings::default());
        let settings = SiteSettings { log: Some(files.clone()), ..SiteSettings::default() };
        world.router = app(Site::new(world.office.clone(), door, settings));
        LogWorld { world, clock, files, folder }
    }

    /// Publishes what is in the log; its new end.
    async fn publish(&self) -> SignedCheckpoint {
        let publishing = Publishing::open(self.files.clone()).unwrap();
        let (_, published) = publish(&self.world.office, publishing).await;
        published.unwrap().unwrap().checkpoint
    }

    /// Adds entries about nobody.
    async fn deeds(&self, count: usize) {
        let mut tx = self.world.office.db.begin_write(TENANT).await.unwrap();
        let deed = |_| audit::AuditEntry {
            audit_id: self.world.office.id(domain::ids::RecordId::new),
            at: self.world.office.now(),
            actor: "test".into(),
            action: "test".into(),
            subject_kind: "test".into(),
            subject_id: String::new(),
            detail: serde_json::json!({}),
            ip: String::new(),
        };
        let deeds: Vec<_> = (0..count).map(deed).collect();
        audit::write(&mut tx, &deeds).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Without a session.
    async fn get(&self, path: &str) -> Answer {
        self.world.get(path, "").await
    }

    /// A file of the log, as a mirror gets it; `None` when there is none.
    async fn file(&self, path: &str) -> Option<Vec<u8>> {
        let answer = self.get(&format!("/log/1/{path}")).await;
        match answer.status {
            StatusCode::OK => Some(answer.body),
            StatusCode::NOT_FOUND => None,
            other => panic!("{path}: {other}"),
        }
    }
}

fn key() -> VerifierKey {
    sealer().vkey("hadir.test/log/1").unwrap().parse().unwrap()
}

fn said(answer: &Answer, name: header::HeaderName) -> &str {
    answer.headers.get(name).map_or("", |value| value.to_str().unwrap())
}
