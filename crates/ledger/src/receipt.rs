//! Receipts: proof that an entry is in the log, in one text that is verified offline
//! (c2sp.org/tlog-proof, suffix `.tlog-proof`).
//!
//! The extra data, which the specification leaves to the application, is the entry itself, so that a
//! receipt needs no second file. It is as trustworthy as its hash: the proof must lead from it to the root.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine};
use thiserror::Error;
use tlog_tiles::Hash;

use crate::checkpoint::{CheckpointError, SignedCheckpoint};
use crate::entry::{Entry, EntryError};
use crate::key::VerifierKey;
use crate::read::{Fetch, Log, ProofError, ReadError, check_inclusion};
use crate::tree::leaf_hash;
use crate::witness::{Policy, PolicyError};

/// The first line.
const HEADER: &str = "c2sp.org/tlog-proof@v1";
/// Longest receipt that is read, in bytes: one with many cosignatures.
const MAX_RECEIPT: usize = 128 * 1024;
/// Most hashes of a proof.
const MAX_HASHES: usize = 64;

/// Why a receipt is not one, or proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReceiptError {
    /// The text is not in the form of the specification.
    #[error("not a receipt in the form of c2sp.org/tlog-proof: {0}")]
    Form(&'static str),
    /// The checkpoint in it is not one, or is not signed as it must be.
    #[error("the checkpoint of the receipt: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// The receipt does not hold its entry, so that there is nothing to prove.
    #[error("the receipt does not hold its entry")]
    NoEntry,
    /// The entry in the receipt is not one.
    #[error("the entry of the receipt: {0}")]
    Entry(#[from] EntryError),
    /// The proof does not lead from the entry to the signed root: one of them was altered.
    #[error("the receipt does not hold: {0}")]
    Proof(#[from] ProofError),
    /// Too few witnesses have cosigned.
    #[error("witnesses: {0}")]
    Witnesses(#[from] PolicyError),
}

/// A receipt, well-formed; nothing is proved until [`Receipt::verify`].
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    extra: Option<Vec<u8>>,
    index: u64,
    proof: Vec<Hash>,
    checkpoint: SignedCheckpoint,
}

impl Receipt {
    /// The receipt for the entry at `index` as of `checkpoint`, with cosignatures or without. It is that of `log` or
    /// an earlier one of the same log.
    ///
    /// # Errors
    /// [`ReadError`]; [`ReadError::Edge`] for a checkpoint of another history.
    pub fn make<F: Fetch>(
        log: &Log<F>,
        index: u64,
        entry: &[u8],
        checkpoint: &SignedCheckpoint,
    ) -> Result<Self, ReadError> {
        let (expected, found) = (log.leaf(index)?, leaf_hash(entry));
        if expected != found {
            return Err(ReadError::Entry { index, path: "the entry given".to_owned(), expected, found });
        }
        let (expected, found) = (checkpoint.root(), log.root_at(checkpoint.size())?);
        if expected != found {
            return Err(ReadError::Edge { paths: Vec::new(), expected, found });
        }
        let proof = log.prove_inclusion_at(checkpoint.size(), index)?;
        Ok(Self::from_parts(index, proof, Some(entry.to_vec()), checkpoint.clone()))
    }

    /// A receipt of parts that were made elsewhere.
    pub fn from_parts(
        index: u64,
        proof: Vec<Hash>,
        extra: Option<Vec<u8>>,
        checkpoint: SignedCheckpoint,
    ) -> Self {
        Self { extra, index, proof, checkpoint }
    }

    /// Reads what [`Receipt`]'s `Display` writes, or any other receipt of the specification.
    ///
    /// # Errors
    /// [`ReceiptError::Form`], [`ReceiptError::Checkpoint`].
    pub fn parse(text: &str) -> Result<Self, ReceiptError> {
        if text.len() > MAX_RECEIPT {
            return Err(ReceiptError::Form("too long"));
        }
        let (proof, checkpoint) =
            text.split_once("\n\n").ok_or(ReceiptError::Form("no empty line before the checkpoint"))?;
        let mut lines = proof.split('\n').peekable();
        if lines.next() != Some(HEADER) {
            return Err(ReceiptError::Form("the first line is not c2sp.org/tlog-proof@v1"));
        }
        let extra = match lines.next_if(|line| line.starts_with("extra ")) {
            None => None,
            Some(line) => {
                let decoded = line.strip_prefix("extra ").map(|text| BASE64_STANDARD.decode(text));
                let decoded = decoded.and_then(Result::ok);
                Some(decoded.ok_or(ReceiptError::Form("the extra data is not base64"))?)
            }
        };
        let number = lines.next().and_then(|line| line.strip_prefix("index "));
        let number = number.ok_or(ReceiptError::Form("no line with the index"))?;
        let index: u64 = number.parse().map_err(|_| ReceiptError::Form("the index is not a number"))?;
        let mut hashes = Vec::new();
        for line in lines {
            if hashes.len() >= MAX_HASHES {
                return Err(ReceiptError::Form("more hashes than any log needs"));
            }
            hashes.push(Hash::parse_hash(line).map_err(|_| ReceiptError::Form("a hash is malformed"))?);
        }
        let read = Self::from_parts(index, hashes, extra, SignedCheckpoint::parse(checkpoint)?);
        if read.to_string() == text { Ok(read) } else { Err(ReceiptError::Form("not in its one form")) }
    }

    /// Place of the entry in the log, from 0.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// The checkpoint whose root the proof leads to.
    pub fn checkpoint(&self) -> &SignedCheckpoint {
        &self.checkpoint
    }

    /// The hashes from the leaf's sibling up.
    pub fn proof(&self) -> &[Hash] {
        &self.proof
    }

    /// The extra data: the bytes of the entry, if the receipt is ours. Not trusted before
    /// [`Receipt::verify`].
    pub fn extra(&self) -> Option<&[u8]> {
        self.extra.as_deref()
    }

    /// The entry that the receipt proves to be in the log, checked offline: signature by one of `keys`,
    /// proof from the entry to the signed root, and the cosignatures that `policy` asks for.
    ///
    /// # Errors
    /// [`ReceiptError`].
    pub fn verify(&self, keys: &[VerifierKey], policy: Option<&Policy>) -> Result<Entry, ReceiptError> {
        let bytes = self.extra.as_deref().ok_or(ReceiptError::NoEntry)?;
        self.verify_leaf(leaf_hash(bytes), keys, policy)?;
        Ok(Entry::parse(bytes)?)
    }

    /// As [`Receipt::verify`], for an entry that is known from elsewhere by its leaf hash.
    ///
    /// # Errors
    /// [`ReceiptError::Checkpoint`], [`ReceiptError::Proof`], [`ReceiptError::Witnesses`].
    pub fn verify_leaf(
        &self,
        leaf: Hash,
        keys: &[VerifierKey],
        policy: Option<&Policy>,
    ) -> Result<(), ReceiptError> {
        let checkpoint = self.checkpoint.verify(keys)?;
        check_inclusion(&self.proof, checkpoint, self.index, leaf)?;
        if let Some(policy) = policy {
            policy.check(&self.checkpoint)?;
        }
        Ok(())
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", BASE64_STANDARD.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        for hash in &self.proof {
            writeln!(f, "{hash}")?;
        }
        write!(f, "\n{}", self.checkpoint)
    }
}
