//! Accounts: who has one and with which roles; making one, locking it, ending its sessions, giving and taking roles.

mod build;
mod create;
pub mod create_handler;
mod detail;
pub mod detail_handler;
mod fields;
pub mod handler;
mod link;
mod state;
mod texts;

pub use create::CreatePage;
pub use detail::{DetailPage, Problem, SessionLine, Spot};
pub use fields::RoleFields;
pub use link::LinkPage;
pub use state::{AccountState, RoleLine, RoleTime};
pub use texts::AkunTexts;

use askama::Template;

use crate::pages::{
    layout::Shell,
    people_list::{PageNumbers, paged},
};

/// The list at `/akun`.
#[derive(Debug, Clone, Template)]
#[template(path = "akun/list.html")]
pub struct AkunPage {
    /// The frame.
    pub shell: Shell,
    /// What was searched for.
    pub search: String,
    /// The accounts of this page.
    pub rows: Vec<AccountRow>,
    /// Which page of how many.
    pub pages: PageNumbers,
}

/// One account of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// Key in addresses.
    pub key: String,
    /// Name.
    pub name: String,
    /// NIP or chosen login.
    pub login: String,
    /// Roles that hold or will hold.
    pub roles: Vec<RoleLine>,
    /// When it logged in last; `None` for never.
    pub last_login: Option<String>,
    /// Whether it can log in.
    pub state: AccountState,
    /// Whether it belongs to whoever looks.
    pub mine: bool,
}

impl AkunPage {
    fn t(&self) -> AkunTexts {
        AkunTexts(self.shell.lang)
    }

    /// Pages to offer: the ends and those around this one.
    fn near(&self) -> Vec<usize> {
        let PageNumbers { page, of, .. } = self.pages;
        (1..=of).filter(|n| *n == 1 || *n == of || n.abs_diff(page) <= 2).collect()
    }

    /// The address of a page of the list, with what was searched for.
    fn page_href(&self, page: &usize) -> String {
        paged(&[("cari", &self.search)], *page).replacen("./", "/akun", 1)
    }
}
