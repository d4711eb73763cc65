//! Accounts: login by NIP and passphrase, lockout by account, sessions, roles, and the first-run link.

mod guesses;
mod housekeeping;
mod invite;
mod login;
mod manage;
pub mod passphrase;
mod setup;
mod visitor;
mod words;

pub use guesses::Guesses;
pub use housekeeping::sweep;
pub use invite::{INVITATION_LASTS, Invited, accept, invitation, invite};
pub use login::{Entry, LoginOutcome, LoginRequest, change_passphrase, login, logout};
pub use manage::{NewAccount, NewGrant, add, add_without_passphrase, grant, grant_between};
pub use setup::{FirstAdmin, SetupForm, SetupState, complete, make_link, setup_state};
pub use visitor::{Visitor, visitor};

use sha2::{Digest, Sha256};

/// What is stored of a secret token.
fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// A login as it is stored: digits without blanks for a number, else lower case.
pub fn normal_login(text: &str) -> String {
    let bare: String = text.trim().chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '\u{a0}')).collect();
    if !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit()) {
        bare
    } else {
        text.trim().to_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nip_may_be_typed_with_blanks() {
        assert_eq!(normal_login(" 19800315 200501 1 001 "), "198003152005011001");
        assert_eq!(normal_login("198003152005011001"), "198003152005011001");
        assert_eq!(normal_login("Operator "), "operator");
    }
}
