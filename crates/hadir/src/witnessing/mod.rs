//! Witnesses of the log (c2sp.org/tlog-witness): others who confirm with a cosignature that the log only grows.
//!
//! They are asked beside the log and never hold it up: while too few answer, the log goes on and its newest checkpoints are
//! not cosigned yet. A witness that remembers another history than ours ends the signing.

mod challenge;
mod round;
mod task;

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::Context;
use ledger::witness::{Ask, Policy};

use crate::{config::Config, ledger_folder::LedgerFolder, outgoing::Post};

pub use challenge::challenge;
pub use round::Rounds;
pub use task::run;

/// Name of the policy in the ledger folder.
const POLICY: &str = "witness-policy";
/// How long a witness may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Who is asked, and how many of them are enough.
#[derive(Clone)]
pub struct Witnesses {
    /// As the file says it.
    pub policy: Arc<Policy>,
    ask: Arc<dyn Ask + Send + Sync>,
}

impl Witnesses {
    /// Those of the file that `witness_policy` names, or of `witness-policy` in the ledger folder if it exists.
    ///
    /// # Errors
    /// A file that cannot be read or is not in the form of c2sp.org/tlog-policy; the sentence names file and line.
    pub fn of(config: &Config) -> anyhow::Result<Option<Witnesses>> {
        let in_folder = LedgerFolder::of(config).path().join(POLICY);
        let path = match &config.witness_policy {
            Some(path) => path.clone(),
            None if in_folder.exists() => in_folder,
            None => return Ok(None),
        };
        let policy = read_policy(&path)?;
        Ok(Some(Witnesses { policy: Arc::new(policy), ask: Arc::new(Post::new(PATIENCE)) }))
    }
}

/// Reads a policy file.
///
/// # Errors
/// As [`Witnesses::of`].
pub fn read_policy(path: &Path) -> anyhow::Result<Policy> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Policy::parse(&text).with_context(|| format!("in {}", path.display()))
}
