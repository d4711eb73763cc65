//! The stages in which an OPD comes into the system.

use serde::{Deserialize, Serialize};

/// Where an OPD stands on the way into the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Data is being entered; nothing is judged for pay.
    Pendataan,
    /// Everything is recorded, nothing is cut.
    UjiCoba,
    /// In force: cuts apply.
    Berlaku,
}

impl Stage {
    /// All stages in order.
    pub const ALL: [Stage; 3] = [Stage::Pendataan, Stage::UjiCoba, Stage::Berlaku];

    /// The stored code: `pendataan`, `uji_coba`, `berlaku`.
    pub const fn code(self) -> &'static str {
        match self {
            Stage::Pendataan => "pendataan",
            Stage::UjiCoba => "uji_coba",
            Stage::Berlaku => "berlaku",
        }
    }

    /// The printed name.
    pub const fn label(self) -> &'static str {
        match self {
            Stage::Pendataan => "Pendataan",
            Stage::UjiCoba => "Uji coba",
            Stage::Berlaku => "Berlaku",
        }
    }

    /// Reads a stored code.
    pub fn parse(text: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|s| s.code() == text.trim())
    }

    /// Whether cuts may apply: only in [`Stage::Berlaku`].
    pub const fn cuts_apply(self) -> bool {
        matches!(self, Stage::Berlaku)
    }
}
