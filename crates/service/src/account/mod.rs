//! Accounts: login by NIP and passphrase, lockout by account, sessions, roles, and the first-run link.

pub mod passphrase;
mod words;
