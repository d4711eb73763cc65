//! A PostgreSQL server for one test alone, which writes durably and may be killed.

use std::{
    fs::{self, File},
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::{
    cluster::{OWNER, admin, finish, lock_file, run, url, watch},
    programs::{Programs, own_uid},
};

/// The server; it goes with this value, or a while after the process that held it was killed.
#[derive(Debug)]
pub struct OwnServer {
    base: PathBuf,
    _user: File,
}

impl OwnServer {
    /// Makes a cluster in a directory of its own and starts it.
    ///
    /// # Panics
    /// When the server is not installed or does not start.
    pub fn new() -> OwnServer {
        let base = std::env::temp_dir().join(format!("hadir-own-pg-{}-{}", own_uid(), std::process::id()));
        let made = fs::DirBuilder::new().mode(0o755).create(&base);
        made.unwrap_or_else(|e| panic!("own server: {}: {e}", base.display()));
        let user = lock_file(&base, "users.lock");
        user.lock_shared().unwrap_or_else(|e| panic!("own server: {e}"));
        let server = OwnServer { base, _user: user };
        let programs = Programs::find();
        programs.make_home(&server.home()).unwrap_or_else(|e| panic!("own server: {e}"));
        let mut initdb = programs.command("initdb");
        initdb.args(["--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8"]);
        finish(initdb.args(["--locale=C.UTF-8", "-D"]).arg(server.data()));
        server.start();
        watch(&server.base);
        server
    }

    /// The address of a new database without any table, owned by a role without special rights.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn database(&self) -> String {
        let mut admin = admin(&self.home()).await.unwrap_or_else(|e| panic!("own server: {e}"));
        run(&mut admin, format!("CREATE ROLE {OWNER} LOGIN NOSUPERUSER NOBYPASSRLS")).await;
        run(&mut admin, format!("CREATE DATABASE {OWNER} OWNER {OWNER}")).await;
        url(&self.home(), OWNER)
    }

    /// Starts it after [`OwnServer::kill`], and returns when it has recovered and answers.
    ///
    /// # Panics
    /// When it does not.
    pub fn start(&self) {
        let settings = format!("-c listen_addresses= -c unix_socket_directories={}", self.home().display());
        let log = self.home().join("log");
        // Not through `finish`: the server would inherit its pipes and keep them open.
        let mut start = self.control(&["start", "-w", "-t", "60", "-o", &settings, "-l"]);
        let started = start.arg(&log).stdout(Stdio::null()).stderr(Stdio::null()).status();
        let is_up = started.is_ok_and(|status| status.success());
        assert!(is_up, "own server: {}", fs::read_to_string(log).unwrap_or_default());
    }

    /// `kill -9` of the server: the postmaster and everything that it started.
    ///
    /// # Panics
    /// When it does not run.
    pub fn kill(&self) {
        let master = self.master();
        // One that stands still neither notices nor mends that the others die.
        send("-STOP", &[&master]);
        let children = children(&master);
        let all: Vec<&str> = children.split_whitespace().chain([master.as_str()]).collect();
        send("-KILL", &all);
        while all.iter().any(|process| is_alive(process)) {
            std::thread::yield_now();
        }
        // Until somebody buries the dead postmaster, its number would pass for that of a running one.
        for lock in [self.data().join("postmaster.pid"), self.home().join(".s.PGSQL.5432.lock")] {
            let _ = fs::remove_file(lock);
        }
    }

    /// The numbers of the postmaster and of every process that it started.
    ///
    /// # Panics
    /// When it does not run.
    pub fn processes(&self) -> Vec<u32> {
        let master = self.master();
        let all = children(&master);
        all.split_whitespace().chain([master.as_str()]).filter_map(|process| process.parse().ok()).collect()
    }

    /// The files of tables and indexes of every database.
    ///
    /// # Panics
    /// When they cannot be listed.
    pub fn files(&self) -> Vec<PathBuf> {
        let list = |folder: PathBuf| {
            let read =
                fs::read_dir(&folder).unwrap_or_else(|e| panic!("own server: {}: {e}", folder.display()));
            read.flatten().map(|entry| entry.path())
        };
        list(self.data().join("base")).flat_map(list).collect()
    }

    fn master(&self) -> String {
        let said = fs::read_to_string(self.data().join("postmaster.pid"));
        let said = said.unwrap_or_else(|e| panic!("own server: it does not run: {e}"));
        said.lines().next().unwrap_or_default().trim().to_owned()
    }

    fn control(&self, arguments: &[&str]) -> Command {
        let mut control = Programs::find().command("pg_ctl");
        control.arg("-D").arg(self.data()).args(arguments);
        control
    }

    fn home(&self) -> PathBuf {
        self.base.join("pg")
    }

    fn data(&self) -> PathBuf {
        self.home().join("data")
    }
}

/// The processes that this one started, parted by blanks.
fn children(process: &str) -> String {
    fs::read_to_string(format!("/proc/{process}/task/{process}/children")).unwrap_or_default()
}

impl Default for OwnServer {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for OwnServer {
    fn drop(&mut self) {
        let _ = self.control(&["stop", "-m", "immediate"]).output();
        let _ = fs::remove_dir_all(&self.base);
    }
}

/// Sends a signal; a process may have ended by itself.
fn send(signal: &str, processes: &[&str]) {
    let _ = Command::new("kill").arg(signal).args(processes).stderr(Stdio::null()).status();
}

/// Whether a process runs: what is dead but not yet buried does not.
fn is_alive(process: &str) -> bool {
    let status = fs::read_to_string(Path::new("/proc").join(process).join("status")).unwrap_or_default();
    status.lines().any(|line| line.starts_with("State:") && !line.contains('Z') && !line.contains('X'))
}
