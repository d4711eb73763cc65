//! The page behind the link of an account: its owner sets the passphrase.

pub mod handler;
mod texts;

pub use texts::UndanganTexts;

use askama::Template;

use crate::pages::layout::Shell;

/// The page at `/undangan/{token}`.
#[derive(Debug, Clone, Template)]
#[template(path = "undangan/undangan.html")]
pub struct UndanganPage {
    /// The frame.
    pub shell: Shell,
    /// The form; `None` when the link was used or is over.
    pub form: Option<InvitationForm>,
}

/// The form. Passphrases are never sent back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationForm {
    /// The secret of the link.
    pub token: String,
    /// Whose account.
    pub name: String,
    /// What is typed at the door.
    pub login: String,
    /// What is wrong: field name and sentence.
    pub error: Option<(String, String)>,
}

impl InvitationForm {
    fn wrong(&self, field: &str) -> bool {
        self.error.as_ref().is_some_and(|(name, _)| name == field)
    }
}

impl UndanganPage {
    fn t(&self) -> UndanganTexts {
        UndanganTexts(self.shell.lang)
    }
}
