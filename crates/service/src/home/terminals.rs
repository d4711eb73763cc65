//! The state of the terminals, for the operator.

use domain::silence::is_silent;
use store::{
    Tx,
    terminal::{self, TerminalState},
};

use crate::{Office, ServiceError};

/// Most lines in quarantine counted.
const MAX_LINES: i64 = 1_000;

/// Counts of terminals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TerminalHealth {
    /// Approved ones that are not silent.
    pub alive: usize,
    /// Approved ones.
    pub approved: usize,
    /// Those that wait for approval.
    pub pending: usize,
    /// Lines in quarantine, 1,000 at most.
    pub quarantine: usize,
}

/// Reads and counts.
///
/// # Errors
/// When the database cannot be read.
pub async fn terminal_health(office: &Office, tx: &mut Tx) -> Result<TerminalHealth, ServiceError> {
    let now = office.now();
    let quarantine = terminal::quarantined(tx, None, MAX_LINES).await?.len();
    let mut health = TerminalHealth { quarantine, ..TerminalHealth::default() };
    for terminal in terminal::all(tx).await? {
        match terminal.state {
            TerminalState::Approved => {
                health.approved += 1;
                health.alive += usize::from(!is_silent(terminal.last_seen, now));
            }
            TerminalState::Pending => health.pending += 1,
            TerminalState::Retired => {}
        }
    }
    Ok(health)
}
