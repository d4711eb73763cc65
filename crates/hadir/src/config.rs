//! Configuration: one TOML file, overridden by `HADIR_*` variables, overridden by flags. Unknown keys are errors.

use std::{collections::BTreeMap, net::SocketAddr, path::PathBuf};

use anyhow::{Context, bail};
use serde::Deserialize;

use crate::mail::MailTls;

/// Where the file is looked for when neither flag nor variable names one.
pub const DEFAULT_FILE: &str = "/etc/hadir/hadir.toml";

/// Every setting, with its default.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// `sqlite:PATH` or `postgres://…`.
    pub database_url: String,
    /// Whether a PostgreSQL server that loses commits in a crash (`fsync = off`) is good enough: for trying out only.
    pub volatile_database: bool,
    /// Address of the web pages.
    pub listen: SocketAddr,
    /// Address of the terminal listener; its own port, see docs/src/terminals.md.
    pub terminal_listen: SocketAddr,
    /// How people reach the pages, for links in print and on the console.
    pub public_url: Option<String>,
    /// Addresses of reverse proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Folder of own policy files, beside those that ship.
    pub policy_dir: Option<PathBuf>,
    /// Folder of the transparency log: its key and what remembers it outside of the database.
    pub ledger_dir: Option<PathBuf>,
    /// First part of the names of the logs, best the host name under which they are published. It is fixed with the first
    /// entry of a log.
    pub ledger_name: String,
    /// Who witnesses the log and how many of them are enough, in the form of c2sp.org/tlog-policy.
    pub witness_policy: Option<PathBuf>,
    /// Years after its month for which evidence of pay is kept, by the archive schedule (JRA) of the government.
    pub retention_years: u16,
    /// Mail server for the daily letter with the end of the log; without it none is sent.
    pub mail_host: Option<String>,
    /// Its port; by default that of `mail_tls`.
    pub mail_port: Option<u16>,
    /// Protection of the connection to it.
    pub mail_tls: MailTls,
    /// Sender of the letter.
    pub mail_from: Option<String>,
    /// Login at the mail server.
    pub mail_user: Option<String>,
    /// File with the password of that login.
    pub mail_password_file: Option<PathBuf>,
    /// Recipients of the letter.
    pub mail_to: Vec<String>,
    /// Local time from which the letter of the day is sent.
    pub mail_at: String,
    /// Log filter, for example `info` or `hadir=debug,sqlx=warn`.
    pub log: String,
    /// `text` or `json`.
    pub log_format: LogFormat,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database_url: "sqlite:hadir-data/hadir.db".into(),
            volatile_database: false,
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            terminal_listen: SocketAddr::from(([127, 0, 0, 1], 8081)),
            public_url: None,
            trusted_proxies: Vec::new(),
            policy_dir: None,
            ledger_dir: None,
            ledger_name: "hadir.local".into(),
            witness_policy: None,
            retention_years: 10,
            mail_host: None,
            mail_port: None,
            mail_tls: MailTls::Starttls,
            mail_from: None,
            mail_user: None,
            mail_password_file: None,
            mail_to: Vec::new(),
            mail_at: "07:00".into(),
            log: "info".into(),
            log_format: LogFormat::Text,
        }
    }
}

impl Config {
    /// Reads the file (if named, or if the default one exists), then the variables, then the flags.
    ///
    /// # Errors
    /// A file that cannot be read, a key or variable that does not exist, a value of the wrong form.
    pub fn load(
        file: Option<&PathBuf>,
        variables: impl Iterator<Item = (String, String)>,
        flags: &BTreeMap<&'static str, String>,
    ) -> anyhow::Result<Config> {
        let mut table = read_file(file)?;
        for (name, value) in variables {
            let Some(key) = name.strip_prefix("HADIR_").map(str::to_lowercase) else { continue };
            if key == "config" {
                continue;
            }
            let parsed = value_of(&key, &value).with_context(|| format!("environment variable {name}"))?;
            table.insert(key, parsed);
        }
        for (key, value) in flags {
            table.insert((*key).to_owned(), value_of(key, value).with_context(|| format!("flag --{key}"))?);
        }
        Config::deserialize(toml::Value::Table(table)).context("configuration")
    }

    /// The address people use, for links.
    pub fn base_url(&self) -> String {
        self.public_url.clone().unwrap_or_else(|| format!("http://{}", self.listen))
    }
}

fn read_file(named: Option<&PathBuf>) -> anyhow::Result<toml::Table> {
    let path = match named {
        Some(path) => path.clone(),
        None if std::path::Path::new(DEFAULT_FILE).exists() => PathBuf::from(DEFAULT_FILE),
        None => return Ok(toml::Table::new()),
    };
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let table: toml::Table = text.parse().with_context(|| format!("{} is not valid TOML", path.display()))?;
    Config::deserialize(toml::Value::Table(table.clone()))
        .with_context(|| format!("in {}", path.display()))?;
    Ok(table)
}

/// The TOML value that a variable or flag stands for; lists are separated by commas.
fn value_of(key: &str, text: &str) -> anyhow::Result<toml::Value> {
    Ok(match key {
        "mail_port" => toml::Value::Integer(text.parse().context("it must be a port number")?),
        "retention_years" => toml::Value::Integer(text.parse().context("it must be a number of years")?),
        "volatile_database" => toml::Value::Boolean(text.parse().context("it must be true or false")?),
        "trusted_proxies" | "mail_to" => toml::Value::Array(
            text.split(',').map(str::trim).filter(|t| !t.is_empty()).map(|t| t.to_owned().into()).collect(),
        ),
        "database_url" | "listen" | "terminal_listen" | "public_url" | "policy_dir" | "ledger_dir"
        | "ledger_name" | "witness_policy" | "mail_host" | "mail_tls" | "mail_from" | "mail_user"
        | "mail_password_file" | "mail_at" | "log" | "log_format" => text.to_owned().into(),
        _ => bail!("there is no setting '{key}'; see docs/src/configuration.md for the list"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(
        file: &str,
        variables: &[(&str, &str)],
        flags: &[(&'static str, &str)],
    ) -> anyhow::Result<Config> {
        let dir = tempfile::tempdir()?;
        let path = dir.path().join("hadir.toml");
        std::fs::write(&path, file)?;
        let variables = variables.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
        Config::load(Some(&path), variables, &flags.iter().map(|(k, v)| (*k, (*v).to_owned())).collect())
    }

    #[test]
    fn flags_beat_variables_beat_the_file() {
        let file = "listen = '127.0.0.1:1'\nlog = 'file'\ndatabase_url = 'sqlite:a'";
        let c = load(
            file,
            &[("HADIR_LISTEN", "127.0.0.1:2"), ("HADIR_LOG", "env"), ("HOME", "/x")],
            &[("listen", "127.0.0.1:3")],
        );
        let c = c.unwrap();
        assert_eq!((c.listen.port(), c.log.as_str(), c.database_url.as_str()), (3, "env", "sqlite:a"));
    }

    #[test]
    fn unknown_keys_are_errors_everywhere() {
        for error in [
            load("lisen = '127.0.0.1:1'", &[], &[]),
            load("", &[("HADIR_LISEN", "127.0.0.1:1")], &[]),
            load("listen = 'nowhere'", &[], &[]),
        ] {
            let text = format!("{:#}", error.unwrap_err());
            assert!(text.contains("lisen") || text.contains("listen") || text.contains("socket"), "{text}");
        }
    }
}
