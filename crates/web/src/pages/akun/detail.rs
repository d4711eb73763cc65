//! One account with everything that can be done about it.

use askama::Template;

use super::{AccountState, AkunTexts, RoleFields, RoleLine, RoleTime};
use crate::pages::layout::Shell;

/// One account at `/akun/{key}`.
#[derive(Debug, Clone, Template)]
#[template(path = "akun/detail.html")]
pub struct DetailPage {
    /// The frame.
    pub shell: Shell,
    /// Key of the account.
    pub key: String,
    /// Name.
    pub name: String,
    /// Labels and values.
    pub facts: Vec<(&'static str, String)>,
    /// Whether it can log in.
    pub state: AccountState,
    /// Its roles.
    pub roles: Vec<RoleLine>,
    /// Where it is logged in.
    pub sessions: Vec<SessionLine>,
    /// Whether it belongs to whoever looks; then nothing can be changed here.
    pub mine: bool,
    /// The form that gives a role, as typed.
    pub fields: RoleFields,
    /// What is wrong, and at which form.
    pub problem: Option<Problem>,
}

/// A browser that is logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionLine {
    /// Browser as it names itself.
    pub browser: String,
    /// Address at login.
    pub ip: String,
    /// When it was seen last.
    pub seen: String,
}

/// A form of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// Locking or unlocking.
    State,
    /// Giving a role.
    Give,
    /// Taking the role with this key.
    Take(String),
}

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub spot: Spot,
    /// The sentence.
    pub text: String,
    /// The reason as typed.
    pub reason: String,
}

impl DetailPage {
    fn t(&self) -> AkunTexts {
        AkunTexts(self.shell.lang)
    }

    fn is_locked(&self) -> bool {
        self.state == AccountState::Locked
    }

    /// Whether it is kept out, for good or for a while.
    fn is_out(&self) -> bool {
        matches!(self.state, AccountState::Locked | AccountState::Resting(_))
    }

    fn problem_at(&self, spot: &Spot) -> Option<&Problem> {
        self.problem.as_ref().filter(|p| p.spot == *spot)
    }

    fn at_state(&self) -> Option<&Problem> {
        self.problem_at(&Spot::State)
    }

    fn at_give(&self) -> Option<&Problem> {
        self.problem_at(&Spot::Give)
    }

    fn at_take(&self, key: &str) -> Option<&Problem> {
        self.problem_at(&Spot::Take(key.to_owned()))
    }

    /// The tag of a role that does not hold today.
    fn tag(&self, role: &RoleLine) -> Option<&'static str> {
        match role.time {
            RoleTime::Past => Some(self.t().past()),
            RoleTime::Now => None,
            RoleTime::Future => Some(self.t().future()),
        }
    }
}
