//! The form for a new account.

use askama::Template;

use super::{AkunTexts, RoleFields};
use crate::pages::layout::Shell;

/// The form at `/akun/baru`.
#[derive(Debug, Clone, Template)]
#[template(path = "akun/create.html")]
pub struct CreatePage {
    /// The frame.
    pub shell: Shell,
    /// NIP or login as typed.
    pub login: String,
    /// Name as typed.
    pub name: String,
    /// The first role as typed.
    pub fields: RoleFields,
    /// What is wrong, as a sentence.
    pub error: Option<String>,
}

impl CreatePage {
    fn t(&self) -> AkunTexts {
        AkunTexts(self.shell.lang)
    }
}
