//! Whether an account can log in, and the roles it holds, as the pages show them.

use super::AkunTexts;

/// Whether an account can log in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountState {
    /// Yes.
    Active,
    /// Its link was not used yet.
    Waiting,
    /// It rests after wrong passphrases until this time.
    Resting(String),
    /// It is locked.
    Locked,
}

impl AccountState {
    /// Class of the stylesheet.
    pub const fn class(&self) -> &'static str {
        match self {
            AccountState::Active => "good",
            AccountState::Waiting => "info",
            AccountState::Resting(_) => "warn",
            AccountState::Locked => "bad",
        }
    }

    /// In words.
    pub fn text(&self, t: &AkunTexts) -> String {
        match self {
            AccountState::Active => t.active().to_owned(),
            AccountState::Waiting => t.waiting().to_owned(),
            AccountState::Resting(until) => t.resting(until),
            AccountState::Locked => t.locked().to_owned(),
        }
    }
}

/// When a role holds, seen from today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleTime {
    /// It is over.
    Past,
    /// It holds.
    Now,
    /// It has not begun.
    Future,
}

/// A role of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleLine {
    /// Key of the grant.
    pub key: String,
    /// `Admin OPD`.
    pub role: &'static str,
    /// `Dinas Pendidikan`, `Seluruh pemda`.
    pub unit: String,
    /// Its days in words.
    pub days: String,
    /// When it holds.
    pub time: RoleTime,
}
