//! Changing one's own passphrase: by wish, or because the first one was handed over by somebody else.

pub mod handler;
mod texts;

pub use texts::SandiTexts;

use askama::Template;

use crate::pages::layout::Shell;

/// The page at `/sandi`.
#[derive(Debug, Clone, Template)]
#[template(path = "sandi/sandi.html")]
pub struct SandiPage {
    /// The frame. Leave `sections` empty while the change is forced: nothing else can be opened.
    pub shell: Shell,
    /// Whether nothing else may be done before.
    pub forced: bool,
    /// What is wrong: field name (`lama`, `baru`, `ulangi`) and sentence.
    pub errors: Vec<(String, String)>,
}

impl SandiPage {
    fn t(&self) -> SandiTexts {
        SandiTexts(self.shell.lang)
    }

    fn wrong(&self, field: &str) -> bool {
        self.errors.iter().any(|(name, _)| name == field)
    }
}
