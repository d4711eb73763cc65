//! The link that sets the passphrase of an account, shown once.

use askama::Template;

use super::AkunTexts;
use crate::pages::layout::Shell;

/// The answer to the form that made the link.
#[derive(Debug, Clone, Template)]
#[template(path = "akun/link.html")]
pub struct LinkPage {
    /// The frame.
    pub shell: Shell,
    /// Key of the account.
    pub key: String,
    /// Whose account.
    pub name: String,
    /// What the person types at the door.
    pub login: String,
    /// The link.
    pub link: String,
    /// Until when it works.
    pub until: String,
}

impl LinkPage {
    fn t(&self) -> AkunTexts {
        AkunTexts(self.shell.lang)
    }
}
