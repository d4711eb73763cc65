//! The daily letter with the end of the log: memory in mailboxes that this server cannot reach.

mod letter;
mod post;
mod task;

use std::path::PathBuf;

use anyhow::Context;
use jiff::civil::Time;
use serde::Deserialize;

use crate::config::Config;

pub use letter::{Letter, letter};
pub use post::send;
pub use task::run;

/// How the connection to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailTls {
    /// Plain at first, then TLS, which the server must offer (port 587).
    Starttls,
    /// TLS from the first byte (port 465).
    Tls,
    /// None; for a server on the same machine.
    None,
}

/// Where and to whom letters go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailSettings {
    /// Name of the server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Protection of the connection.
    pub tls: MailTls,
    /// Sender.
    pub from: String,
    /// Login and the file with its password, if the server asks for them.
    pub login: Option<(String, PathBuf)>,
    /// Recipients.
    pub to: Vec<String>,
    /// Local time of the day from which the letter is sent.
    pub at: Time,
}

impl MailSettings {
    /// As configured; `None` when no server is named.
    ///
    /// # Errors
    /// A setting that is missing or cannot be used; the sentence names it.
    pub fn of(config: &Config) -> anyhow::Result<Option<MailSettings>> {
        let Some(host) = config.mail_host.clone() else { return Ok(None) };
        let from = config.mail_from.clone().context("mail_host is set, but not mail_from")?;
        anyhow::ensure!(!config.mail_to.is_empty(), "mail_host is set, but mail_to names nobody");
        let login = match (&config.mail_user, &config.mail_password_file) {
            (None, None) => None,
            (Some(user), Some(file)) => Some((user.clone(), file.clone())),
            _ => anyhow::bail!("mail_user and mail_password_file belong together"),
        };
        let usual = match config.mail_tls {
            MailTls::Starttls => 587,
            MailTls::Tls => 465,
            MailTls::None => 25,
        };
        let at = config.mail_at.parse().context("mail_at is no time of the day, such as 07:00")?;
        let port = config.mail_port.unwrap_or(usual);
        Ok(Some(MailSettings {
            host,
            port,
            tls: config.mail_tls,
            from,
            login,
            to: config.mail_to.clone(),
            at,
        }))
    }
}
