//! First run: whoever holds the link from the journal names the regency and makes the first account.

pub mod handler;
mod texts;

pub use texts::SiapkanTexts;

use askama::Template;
use domain::zone::Zone;

use crate::pages::layout::Shell;

/// The setup page at `/siapkan/{token}`.
#[derive(Debug, Clone, Template)]
#[template(path = "siapkan/siapkan.html")]
pub struct SiapkanPage {
    /// The frame; the regency may be empty here.
    pub shell: Shell,
    /// Whether the link may be used.
    pub link: SetupLink,
    /// What was typed, shown again after a mistake. Passphrases are never sent back.
    pub form: SetupForm,
}

/// Whether the link may be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetupLink {
    /// Yes.
    Valid {
        /// The secret of the link.
        token: String,
    },
    /// Too old, or a newer one took its place. A new one is printed by `hadir setup`.
    Expired,
    /// The setup is done: an account exists.
    Used,
}

/// The form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SetupForm {
    /// Name of the regional government.
    pub regency: String,
    /// Time zone.
    pub zone: Zone,
    /// Name of the first administrator.
    pub name: String,
    /// NIP of the first administrator.
    pub nip: String,
    /// What is wrong: field name and sentence.
    pub errors: Vec<(String, String)>,
}

impl SetupForm {
    /// The mistake of a field, if any.
    pub fn error(&self, field: &str) -> Option<&str> {
        self.errors.iter().find(|(name, _)| name == field).map(|(_, text)| text.as_str())
    }
}

impl SiapkanPage {
    fn t(&self) -> SiapkanTexts {
        SiapkanTexts(self.shell.lang)
    }

    fn zones(&self) -> [Zone; 3] {
        Zone::ALL
    }
}
