//! Comparing a log with what somebody kept of it: without such memory nobody can tell a rewritten log from an honest one.

use std::path::Path;

use anyhow::Context;
use ledger::{
    Receipt, SignedCheckpoint, VerifierKey,
    read::Fetch,
    verify::{Growth, KeptReceipt, verify_growth, verify_kept_receipt},
};

use super::trust::read_signed;

/// The published log as it is now.
pub struct Now<'n> {
    /// Its files.
    pub place: &'n dyn Fetch,
    /// Keys of the log.
    pub keys: &'n [VerifierKey],
    /// Its newest checkpoint.
    pub note: &'n SignedCheckpoint,
}

impl Now<'_> {
    /// What is wrong between the checkpoint kept in `file` and the log of now.
    pub fn against_checkpoint(&self, file: &Path) -> anyhow::Result<Option<String>> {
        let kept = SignedCheckpoint::parse(&read_signed(file)?).context("the kept checkpoint")?;
        self.against(&kept).context("the kept checkpoint")
    }

    /// What is wrong between an older checkpoint and the log of now.
    pub fn against(&self, kept: &SignedCheckpoint) -> anyhow::Result<Option<String>> {
        Ok(sentence(&verify_growth(self.place, self.keys, kept, self.note)?))
    }

    /// What is wrong between the receipt kept in `file` and the log of now.
    pub fn against_receipt(&self, file: &Path) -> anyhow::Result<Option<String>> {
        let receipt = Receipt::parse(&read_signed(file)?).context("the kept receipt")?;
        receipt.verify(self.keys, None).context("the kept receipt")?;
        Ok(match verify_kept_receipt(self.place, self.keys, &receipt, self.note)? {
            KeptReceipt::Holds => None,
            KeptReceipt::Contradicted { growth, .. } => {
                let why = sentence(&growth).unwrap_or_default();
                Some(format!("entry {} of the kept receipt is not in this log: {why}", receipt.index()))
            }
        })
    }
}

fn sentence(growth: &Growth) -> Option<String> {
    match growth {
        Growth::Same | Growth::Grew { .. } => None,
        Growth::Shrank { kept, now } => {
            Some(format!("the log shrank from {} to {} entries", kept.size(), now.size()))
        }
        Growth::Rewritten(rewrite) => Some(format!(
            "history was rewritten: the first {} entries had the root {} and now have {}, and both are signed",
            rewrite.kept.size(),
            rewrite.kept.root(),
            rewrite.root_now
        )),
    }
}
