//! The session of access-control firmware. It must never change for a terminal, or the terminal registers without end;
//! so it follows from the random identity of the terminal instead of being stored.

use domain::ids::TerminalId;
use sha2::{Digest, Sha256};
use terminal::access::AccessSession;

/// The session of a terminal.
pub(super) fn session(terminal: TerminalId) -> AccessSession {
    AccessSession {
        registry_code: digest(terminal, "registry", 10),
        session_id: digest(terminal, "session", 32),
    }
}

fn digest(terminal: TerminalId, purpose: &str, length: usize) -> String {
    let mut sum = hex::encode(Sha256::new().chain_update(terminal.0).chain_update(purpose).finalize());
    sum.truncate(length);
    sum
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn constant_for_a_terminal_and_different_between_terminals() {
        let (a, b) = (TerminalId(Uuid::from_u128(1)), TerminalId(Uuid::from_u128(2)));
        assert_eq!(session(a), session(a));
        assert_ne!(session(a).session_id, session(b).session_id);
        assert_eq!(session(a).registry_code.len(), 10);
    }
}
