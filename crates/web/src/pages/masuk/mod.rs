//! Login by NIP and passphrase.

pub mod handler;
mod texts;

pub use texts::MasukTexts;

use askama::Template;

use crate::pages::layout::Shell;

/// The login page.
#[derive(Debug, Clone, Template)]
#[template(path = "masuk/masuk.html")]
pub struct MasukPage {
    /// The frame; `me` is `None` here.
    pub shell: Shell,
    /// What was typed as NIP.
    pub nip: String,
    /// Where to go after login: a path of this server.
    pub next: String,
    /// Why the last try failed.
    pub problem: Option<LoginProblem>,
    /// Whom to ask, with telephone: `Siti (Admin Dinas Pendidikan), 0812…`.
    pub help: Option<String>,
}

/// Why a login failed. A wrong NIP and a wrong passphrase are told apart nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoginProblem {
    /// NIP or passphrase wrong.
    Wrong {
        /// Tries left before the account is locked for a while.
        left: u32,
    },
    /// Too many wrong tries.
    Locked {
        /// When the next try is accepted: `08.45 WIB`.
        until: String,
    },
    /// Too many wrong tries from this address.
    Crowded {
        /// When the next try is accepted: `08.45 WIB`.
        until: String,
    },
    /// The account exists but was switched off.
    Closed,
    /// The session ended.
    Expired,
}

impl MasukPage {
    fn t(&self) -> MasukTexts {
        MasukTexts(self.shell.lang)
    }
}
