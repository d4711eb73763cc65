//! Whom an auditor trusts: the keys of the log and the policy about its witnesses.

use std::path::Path;

use anyhow::Context;
use ledger::{SignedCheckpoint, VerifierKey, witness::Policy};
use serde::Serialize;

use crate::{cli::TrustArgs, failure::Usage, witnessing::read_policy};

/// Whom to trust.
#[derive(Debug)]
pub struct Trust {
    /// Keys of the log.
    pub keys: Vec<VerifierKey>,
    /// What the witnesses must have done; `None` when nothing is asked of them.
    pub policy: Option<Policy>,
}

impl Trust {
    /// As the flags say.
    ///
    /// # Errors
    /// A key or policy that cannot be read; [`Usage`] when there is no key at all.
    pub fn of(args: &TrustArgs) -> anyhow::Result<Trust> {
        let policy = args.policy.as_deref().map(read_policy).transpose()?;
        let given = args
            .key
            .iter()
            .map(|text| text.parse::<VerifierKey>().with_context(|| format!("'{text}' is no key of a log")));
        let mut keys = given.collect::<anyhow::Result<Vec<_>>>()?;
        keys.extend(policy.iter().flat_map(|policy| policy.logs().iter().cloned()));
        if keys.is_empty() {
            return Err(Usage("give the key of the log with --key, or a --policy that has it".into()).into());
        }
        Ok(Trust { keys, policy })
    }

    /// What the witnesses say to a checkpoint; `None` when nothing is asked of them.
    pub fn witnesses(&self, note: &SignedCheckpoint) -> Option<Witnessed> {
        let policy = self.policy.as_ref()?;
        let known = policy.witnesses().len();
        let checked = policy.check(note);
        let problem = checked.as_ref().err().map(ToString::to_string);
        let by = checked.unwrap_or_default().into_iter().map(|cosigned| By {
            witness: cosigned.witness,
            at: i64::try_from(cosigned.time)
                .ok()
                .and_then(|time| jiff::Timestamp::from_second(time).ok())
                .map_or_else(|| cosigned.time.to_string(), |at| at.to_string()),
        });
        Some(Witnessed { size: note.size(), known, by: by.collect(), problem })
    }
}

/// Who has cosigned a checkpoint.
#[derive(Debug, Serialize)]
pub struct Witnessed {
    /// Entries of the checkpoint.
    pub size: u64,
    /// Witnesses of the policy.
    pub known: usize,
    /// Those with a valid cosignature, if they are enough.
    pub by: Vec<By>,
    /// Why they are not enough.
    pub problem: Option<String>,
}

/// A cosignature.
#[derive(Debug, Serialize)]
pub struct By {
    witness: String,
    at: String,
}

impl std::fmt::Display for Witnessed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(problem) = &self.problem {
            return f.write_str(problem);
        }
        let by: Vec<String> = self.by.iter().map(|by| format!("{} at {}", by.witness, by.at)).collect();
        let list = if by.is_empty() { String::new() } else { format!(": {}", by.join(", ")) };
        write!(f, "cosigned by {} of {} witnesses, as the policy asks{list}", by.len(), self.known)
    }
}

/// Reads a text file.
///
/// # Errors
/// The sentence names the file.
pub fn read(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

/// Reads a signed text: a receipt, an opening or a checkpoint. Mail and editors put the line ends of Windows into it; what was
/// signed has none.
///
/// # Errors
/// As [`read`].
pub fn read_signed(file: &Path) -> anyhow::Result<String> {
    Ok(read(file)?.replace("\r\n", "\n"))
}
