//! One temporary PostgreSQL cluster for all test processes of a user.
//!
//! It lives in `/tmp/hadir-test-pg-UID`, listens on a Unix socket there and has flushing switched off. The first process that
//! needs it starts it under a file lock; every process holds a shared lock while it lives; a small shell script (the
//! watchdog, in a session of its own) stops and removes it ten seconds after the last lock is gone, so neither Ctrl-C nor
//! `kill -9` leaves anything behind. What a crash of the machine leaves is found dead and made anew.

use std::{
    fs::{self, File},
    os::unix::fs::{DirBuilderExt, MetadataExt},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row, postgres::PgConnectOptions};
use tokio::sync::OnceCell;

use super::programs::{Programs, own_uid};
use crate::migrate::MIGRATIONS;

/// The role that owns the test databases: no superuser, so row security binds it.
pub(super) const OWNER: &str = "hadir";

static CLUSTER: OnceCell<Cluster> = OnceCell::const_new();
static NEXT: AtomicU32 = AtomicU32::new(0);

struct Cluster {
    socket: PathBuf,
    template: String,
    /// Held until the process ends.
    _user: File,
}

/// A database of the cluster.
#[derive(Debug)]
pub(super) struct Database {
    /// Its address.
    pub(super) url: String,
    name: String,
    socket: PathBuf,
}

impl Database {
    /// Drops it, also under connections that are still closing.
    pub(super) async fn drop_now(self) {
        let mut admin = admin(&self.socket).await.unwrap_or_else(|e| panic!("test cluster: {e}"));
        run(&mut admin, format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)).await;
    }
}

/// A fresh copy of the migrated template.
pub(super) async fn database() -> Database {
    let cluster = CLUSTER.get_or_init(Cluster::join).await;
    copy_of(cluster, &cluster.template).await
}

/// A database without any table.
pub(super) async fn empty_database() -> Database {
    copy_of(CLUSTER.get_or_init(Cluster::join).await, "template0").await
}

async fn copy_of(cluster: &Cluster, template: &str) -> Database {
    let name = format!("t_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let mut admin = admin(&cluster.socket).await.unwrap_or_else(|e| panic!("test cluster: {e}"));
    run(&mut admin, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    run(&mut admin, format!("CREATE DATABASE {name} TEMPLATE {template} OWNER {OWNER}")).await;
    Database { url: url(&cluster.socket, &name), name, socket: cluster.socket.clone() }
}

impl Cluster {
    async fn join() -> Cluster {
        let base = base();
        // Waits while another process starts the cluster or the watchdog stops it.
        let starting = lock_file(&base, "start.lock");
        let starting = tokio::task::spawn_blocking(move || starting.lock().map(|()| starting)).await;
        let starting = starting
            .unwrap_or_else(|e| panic!("test cluster: {e}"))
            .unwrap_or_else(|e| panic!("test cluster: {e}"));
        let user = lock_file(&base, "users.lock");
        user.lock_shared().unwrap_or_else(|e| panic!("test cluster: {e}"));

        let socket = base.join("pg");
        let mut connection = match admin(&socket).await {
            Ok(connection) => connection,
            Err(_) => {
                start(&base);
                admin(&socket).await.unwrap_or_else(|e| panic!("test cluster: {e}"))
            }
        };
        watch(&base);
        let template = template(&mut connection, &socket).await;
        drop(starting);
        Cluster { socket, template, _user: user }
    }
}

/// The directory of the cluster, which must be ours: its name can be guessed.
fn base() -> PathBuf {
    let base = Path::new("/tmp").join(format!("hadir-test-pg-{}", own_uid()));
    let made = fs::DirBuilder::new().mode(0o755).recursive(true).create(&base);
    made.unwrap_or_else(|e| panic!("test cluster: {}: {e}", base.display()));
    let owner = fs::symlink_metadata(&base).map(|m| (m.is_dir(), m.uid()));
    assert!(
        matches!(owner, Ok((true, uid)) if uid == own_uid()),
        "{} belongs to somebody else",
        base.display()
    );
    base
}

pub(super) fn lock_file(base: &Path, name: &str) -> File {
    let file = File::options().create(true).truncate(false).write(true).open(base.join(name));
    file.unwrap_or_else(|e| panic!("test cluster: {name}: {e}"))
}

/// Makes a new cluster and waits until it answers. Whatever was there is dead.
fn start(base: &Path) {
    let programs = Programs::find();
    let home = base.join("pg");
    let data = home.join("data");
    if data.join("postmaster.pid").exists() {
        // Perhaps alive but not answering; its failure to stop shows below.
        let _ = programs.command("pg_ctl").args(["stop", "-m", "immediate", "-D"]).arg(&data).output();
    }
    programs.make_home(&home).unwrap_or_else(|e| panic!("test cluster: {}: {e}", home.display()));
    finish(
        programs
            .command("initdb")
            .args([
                "--no-sync",
                "--auth=trust",
                "--username=postgres",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "-D",
            ])
            .arg(&data),
    );
    let settings = [
        "listen_addresses=",
        &format!("unix_socket_directories={}", home.display()),
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
        "autovacuum=off",
        "max_connections=300",
        "shared_buffers=64MB",
        "wal_level=minimal",
        "max_wal_senders=0",
    ];
    let settings: String = settings.iter().map(|s| format!("-c {s} ")).collect();
    // Not through `finish`: the server would inherit its pipes and keep them open.
    let status = programs
        .command("pg_ctl")
        .args(["start", "-w", "-t", "60", "-o", &settings, "-l"])
        .arg(home.join("log"))
        .arg("-D")
        .arg(&data)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !status.is_ok_and(|s| s.success()) {
        let log = fs::read_to_string(home.join("log")).unwrap_or_default();
        panic!("the test cluster does not start:\n{log}");
    }
}

/// Starts the watchdog unless one is alive.
pub(super) fn watch(base: &Path) {
    let lock = lock_file(base, "watchdog.lock");
    if lock.try_lock().is_err() {
        return;
    }
    drop(lock);
    let stop = Programs::find().words("pg_ctl");
    let started = Command::new("setsid")
        .args(["sh", "-c", include_str!("watchdog.sh"), "hadir-test-pg-watchdog"])
        .arg(base)
        .args(stop)
        .args(["stop", "-m", "immediate", "-D"])
        .arg(base.join("pg/data"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    started.map(|_| ()).unwrap_or_else(|e| panic!("test cluster: the watchdog does not start: {e}"));
}

/// The migrated database that tests copy, named after the migrations so that two versions can share the cluster.
async fn template(admin: &mut PgConnection, socket: &Path) -> String {
    let sum: String = MIGRATIONS.iter().map(super::super::migrate::Migration::checksum).collect();
    let name = format!("template_{}", &hex::encode(<sha2::Sha256 as sha2::Digest>::digest(sum))[..16]);
    let query = format!("SELECT datallowconn FROM pg_database WHERE datname = '{name}'");
    let known =
        admin.fetch_optional(AssertSqlSafe(query)).await.unwrap_or_else(|e| panic!("test cluster: {e}"));
    // Connections are forbidden as the last step, so a template that allows them was left half-made.
    if known.is_some_and(|row| !row.get::<bool, _>(0)) {
        return name;
    }
    run(admin, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    run(
        admin,
        format!(
            "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{OWNER}') \
             THEN CREATE ROLE {OWNER} LOGIN NOSUPERUSER NOBYPASSRLS; END IF; END $$"
        ),
    )
    .await;
    run(admin, format!("CREATE DATABASE {name} OWNER {OWNER}")).await;
    let db = super::open(&url(socket, &name)).await;
    super::migrate(&db).await;
    db.close().await;
    run(admin, format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")).await;
    name
}

pub(super) async fn admin(socket: &Path) -> Result<PgConnection, sqlx::Error> {
    let options =
        PgConnectOptions::new_without_pgpass().socket(socket).username("postgres").database("postgres");
    PgConnection::connect_with(&options).await
}

pub(super) async fn run(connection: &mut PgConnection, sql: String) {
    let done = connection.execute(AssertSqlSafe(sql.clone())).await;
    done.map(|_| ()).unwrap_or_else(|e| panic!("test cluster: {sql}: {e}"));
}

pub(super) fn url(socket: &Path, name: &str) -> String {
    let host = socket.display().to_string().replace('/', "%2F");
    format!("postgres://{OWNER}@{host}/{name}")
}

pub(super) fn finish(command: &mut Command) {
    let output = command.output().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}
