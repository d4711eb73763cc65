//! Finding and running the programs of the PostgreSQL server as a user that it accepts.

use std::{
    fs,
    os::unix::fs::{MetadataExt, chown},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The server's programs and the user they run as.
pub(super) struct Programs {
    bin: PathBuf,
    /// Set when the tests run as root, which PostgreSQL refuses: uid and gid of `postgres`.
    user: Option<(u32, u32)>,
}

impl Programs {
    /// The newest version under Debian's directory, or the one in `PATH`.
    pub(super) fn find() -> Self {
        let bin = newest_debian().or_else(in_path).unwrap_or_else(|| {
            panic!("the PostgreSQL server is not installed; run: apt-get install postgresql")
        });
        let user = (own_uid() == 0).then(|| (id("-u"), id("-g")));
        Self { bin, user }
    }

    /// A command that runs `program` as the right user, without input and apart from our process group.
    pub(super) fn command(&self, program: &str) -> Command {
        let path = self.bin.join(program);
        let mut command = match self.user {
            None => Command::new(path),
            Some((uid, gid)) => {
                let mut command = Command::new("setpriv");
                command.args([
                    format!("--reuid={uid}"),
                    format!("--regid={gid}"),
                    "--clear-groups".to_owned(),
                ]);
                command.arg(path);
                command
            }
        };
        command.stdin(Stdio::null()).current_dir("/");
        command
    }

    /// The words before the program's arguments, for a shell script.
    pub(super) fn words(&self, program: &str) -> Vec<String> {
        let command = self.command(program);
        std::iter::once(command.get_program())
            .chain(command.get_args())
            .map(|word| word.to_string_lossy().into_owned())
            .collect()
    }

    /// Makes `path` an empty directory that belongs to the server's user.
    pub(super) fn make_home(&self, path: &Path) -> std::io::Result<()> {
        if path.exists() {
            fs::remove_dir_all(path)?;
        }
        fs::create_dir(path)?;
        match self.user {
            Some((uid, gid)) => chown(path, Some(uid), Some(gid)),
            None => Ok(()),
        }
    }
}

/// Our user id, without asking the C library.
pub(super) fn own_uid() -> u32 {
    fs::metadata("/proc/self").map_or(u32::MAX, |m| m.uid())
}

fn newest_debian() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    versions
        .filter_map(|entry| {
            let bin = entry.ok()?.path().join("bin");
            let version: u32 = bin.parent()?.file_name()?.to_str()?.parse().ok()?;
            bin.join("initdb").exists().then_some((version, bin))
        })
        .max()
        .map(|(_, bin)| bin)
}

fn in_path() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).find(|dir| dir.join("initdb").exists() && dir.join("pg_ctl").exists())
}

fn id(which: &str) -> u32 {
    let output = Command::new("id").args([which, "postgres"]).output();
    output
        .ok()
        .and_then(|o| String::from_utf8(o.stdout).ok())
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or_else(|| {
            panic!("tests run as root and there is no user 'postgres' for the server; run: apt-get install postgresql")
        })
}
