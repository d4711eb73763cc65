//! Running `hadir` in a folder of its own, with nothing of the surroundings leaking in.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// What a run said.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    /// Standard output as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }

    /// The same, after making sure that it went well.
    #[track_caller]
    pub fn ok(self) -> Said {
        assert_eq!(self.code, 0, "{self:?}");
        self
    }

    /// Standard output as CSV: every line with as many fields as the heading.
    pub fn csv(&self) -> Vec<Vec<String>> {
        assert!(self.out.ends_with("\r\n"), "{self:?}");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(self.out.as_bytes());
        reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
    }
}

/// A folder with a database of its own.
pub struct Place(TempDir, String);

impl Place {
    /// With a SQLite database.
    pub fn new() -> Place {
        Place::at("sqlite:hadir.db")
    }

    /// With the database at this address.
    pub fn at(url: &str) -> Place {
        Place(tempfile::tempdir().unwrap(), url.to_owned())
    }

    /// Runs `test` with a database of each engine.
    pub fn on_each_engine(test: impl Fn(&Place)) {
        test(&Place::new());
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let database = runtime.block_on(store::testing::empty_postgres());
        test(&Place::at(&database.url));
        runtime.block_on(database.finish());
    }

    /// The address of the database, from anywhere.
    pub fn database_url(&self) -> String {
        match self.1.strip_prefix("sqlite:") {
            Some(file) => format!("sqlite:{}", self.path(file).display()),
            None => self.1.clone(),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Runs with these arguments.
    pub fn hadir(&self, arguments: &[&str]) -> Said {
        self.run(arguments, &[], "")
    }

    /// Runs with variables and standard input too.
    pub fn run(&self, arguments: &[&str], variables: &[(&str, &str)], input: &str) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hadir"));
        command
            .env_clear()
            .env("HADIR_DATABASE_URL", &self.1)
            .env("HADIR_LEDGER_DIR", "ledger")
            .envs(variables.iter().copied());
        command.current_dir(self.0.path()).args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A command that does not read its input may be gone already.
        child.stdin.take().unwrap().write_all(input.as_bytes()).ok();
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Said { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// A file of the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}
