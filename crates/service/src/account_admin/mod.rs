//! The desk that manages accounts: who has one, with which roles, and what is changed about them. Every function takes the
//! [`Manager`] who asks and refuses what that person may not do; nobody changes their own roles or locks themselves.

mod change;
mod create;
mod list;
mod manager;
mod roles;

pub use change::{end_sessions, lock, new_link, unlock};
pub use create::{Created, NewPerson, create};
pub use list::{AccountEntry, AccountLine, AccountList, PER_PAGE, find, list};
pub use manager::Manager;
pub use roles::{give_role, take_role};
