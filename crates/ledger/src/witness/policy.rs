//! Which witnesses must have cosigned (c2sp.org/tlog-policy): witnesses, groups with a threshold, and the
//! quorum. Keys of type 4 (`cosignature/v1`) only.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use super::cosignature::CosignerKey;
use crate::checkpoint::SignedCheckpoint;
use crate::key::{KeyError, VerifierKey};

/// Longest policy that is read, in bytes.
pub const MAX_POLICY: usize = 64 * 1024;

/// A line of a policy that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PolicyTextError {
    /// Longer than [`MAX_POLICY`].
    #[error("the policy is longer than {MAX_POLICY} bytes")]
    TooLong,
    /// A control character that is neither tab nor newline.
    #[error("line {0}: a control character")]
    Control(usize),
    /// Not one of the known forms of line.
    #[error(
        "line {0}: expected `log KEY [URL]`, `witness NAME KEY [URL]`, `group NAME all|any|K NAME...` or `quorum NAME`"
    )]
    Form(usize),
    /// A key that cannot be read.
    #[error("line {line}: {error}")]
    Key {
        /// Number of the line, from 1.
        line: usize,
        /// What is wrong with the key.
        error: KeyError,
    },
    /// The same key, under whatever name, is there already.
    #[error("line {0}: the key is in the policy already")]
    DuplicateKey(usize),
    /// The name is there already, or is `none`.
    #[error("line {line}: the name `{name}` is taken")]
    NameTaken {
        /// Number of the line, from 1.
        line: usize,
        /// The name.
        name: String,
    },
    /// The name was not defined on a line before, or is a member of another group already.
    #[error("line {line}: `{name}` is not defined above, or is in a group already")]
    Member {
        /// Number of the line, from 1.
        line: usize,
        /// The name.
        name: String,
    },
    /// The threshold is not between 1 and the number of members.
    #[error("line {0}: the threshold must be from 1 to the number of members")]
    Threshold(usize),
    /// There is not exactly one quorum.
    #[error("a policy has exactly one `quorum` line")]
    Quorum,
}

/// Why a checkpoint does not satisfy a policy.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PolicyError {
    /// Too few valid cosignatures.
    #[error(
        "the quorum `{quorum}` is not reached: cosigned by {} of {known} known witnesses{}",
        cosigned.len(), invalid.iter().map(|name| format!("; the cosignature of {name} is invalid")).collect::<String>()
    )]
    Quorum {
        /// Name of the quorum in the policy.
        quorum: String,
        /// Witnesses with a valid cosignature.
        cosigned: Vec<String>,
        /// Witnesses whose cosignature is invalid.
        invalid: Vec<String>,
        /// Number of witnesses in the policy.
        known: usize,
    },
}

/// A witness of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// Its name in the policy.
    pub name: String,
    /// Its key.
    pub key: CosignerKey,
    /// Where it answers, if the policy says so: the submission prefix of c2sp.org/tlog-witness.
    pub url: Option<String>,
}

/// A valid cosignature that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosigned {
    /// Name of the witness in the policy.
    pub witness: String,
    /// When it saw the checkpoint, in seconds since 1970, by its own clock.
    pub time: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    threshold: usize,
    members: Vec<String>,
}

/// Logs, witnesses and the quorum of them that a checkpoint needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    logs: Vec<VerifierKey>,
    witnesses: Vec<Witness>,
    groups: BTreeMap<String, Group>,
    quorum: String,
}

impl Policy {
    /// Any `threshold` of `witnesses`, for any log; nobody at all with a threshold of 0.
    ///
    /// # Errors
    /// [`PolicyTextError`], as if it had been written as a text.
    pub fn any_of(threshold: usize, witnesses: &[CosignerKey]) -> Result<Self, PolicyTextError> {
        let mut text: String =
            witnesses.iter().enumerate().map(|(n, key)| format!("witness w{n} {key}\n")).collect();
        if threshold == 0 {
            text.push_str("quorum none\n");
        } else {
            let names: String = (0..witnesses.len()).map(|n| format!(" w{n}")).collect();
            text.push_str(&format!("group quorum {threshold}{names}\nquorum quorum\n"));
        }
        Self::parse(&text)
    }

    /// Reads a policy file.
    ///
    /// # Errors
    /// [`PolicyTextError`] with the number of the line.
    pub fn parse(text: &str) -> Result<Self, PolicyTextError> {
        if text.len() > MAX_POLICY {
            return Err(PolicyTextError::TooLong);
        }
        let mut reader = PolicyReader::default();
        for (number, line) in (1..).zip(text.split('\n')) {
            if line.bytes().any(|byte| byte < 0x20 && byte != b'\t' || byte == 0x7f) {
                return Err(PolicyTextError::Control(number));
            }
            let words: Vec<&str> = line.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
            if !words.first().is_none_or(|word| word.starts_with('#')) {
                reader.line(number, &words)?;
            }
        }
        let PolicyReader { logs, witnesses, groups, quorum, .. } = reader;
        Ok(Self { logs, witnesses, groups, quorum: quorum.ok_or(PolicyTextError::Quorum)? })
    }

    /// The logs that are accepted; empty when they are known from elsewhere.
    pub fn logs(&self) -> &[VerifierKey] {
        &self.logs
    }

    /// The witnesses that are known.
    pub fn witnesses(&self) -> &[Witness] {
        &self.witnesses
    }

    /// The cosignatures of known witnesses on `checkpoint`, if they reach the quorum. The signature of the
    /// log itself is checked elsewhere.
    ///
    /// # Errors
    /// [`PolicyError::Quorum`].
    pub fn check(&self, checkpoint: &SignedCheckpoint) -> Result<Vec<Cosigned>, PolicyError> {
        let (mut found, mut invalid) = (Vec::new(), Vec::new());
        for witness in &self.witnesses {
            let claimed: Vec<_> =
                checkpoint.signatures().iter().filter(|signature| witness.key.claims(signature)).collect();
            let times = claimed.iter().filter_map(|signature| witness.key.verify(signature, checkpoint));
            match times.max() {
                Some(time) => found.push(Cosigned { witness: witness.name.clone(), time }),
                None if claimed.is_empty() => {}
                None => invalid.push(witness.name.clone()),
            }
        }
        let cosigned: BTreeSet<&str> = found.iter().map(|cosigned| cosigned.witness.as_str()).collect();
        if self.quorum == "none" || self.reached(&self.quorum, &cosigned) {
            return Ok(found);
        }
        Err(PolicyError::Quorum {
            quorum: self.quorum.clone(),
            cosigned: cosigned.into_iter().map(str::to_owned).collect(),
            invalid,
            known: self.witnesses.len(),
        })
    }

    /// Whether a witness or group has cosigned. Groups name only what stands above them, so this ends.
    fn reached(&self, name: &str, cosigned: &BTreeSet<&str>) -> bool {
        match self.groups.get(name) {
            None => cosigned.contains(name),
            Some(group) => {
                let reached = group.members.iter().filter(|member| self.reached(member, cosigned)).count();
                reached >= group.threshold
            }
        }
    }
}

#[derive(Default)]
struct PolicyReader {
    logs: Vec<VerifierKey>,
    witnesses: Vec<Witness>,
    groups: BTreeMap<String, Group>,
    quorum: Option<String>,
    /// Names that are members of a group.
    used: BTreeSet<String>,
}

impl PolicyReader {
    fn line(&mut self, line: usize, words: &[&str]) -> Result<(), PolicyTextError> {
        let key = |error| PolicyTextError::Key { line, error };
        match words {
            ["log", text] | ["log", text, _] => {
                let log: VerifierKey = text.parse().map_err(key)?;
                if self.logs.iter().any(|other| other.same_key(&log)) {
                    return Err(PolicyTextError::DuplicateKey(line));
                }
                self.logs.push(log);
            }
            ["witness", name, text, rest @ ..] if rest.len() <= 1 => {
                self.free(line, name)?;
                let witness: CosignerKey = text.parse().map_err(key)?;
                if self.witnesses.iter().any(|other| other.key.same_key(&witness)) {
                    return Err(PolicyTextError::DuplicateKey(line));
                }
                let url = rest.first().map(|url| (*url).to_owned());
                self.witnesses.push(Witness { name: (*name).to_owned(), key: witness, url });
            }
            ["group", name, threshold, members @ ..] => {
                self.free(line, name)?;
                let threshold = match *threshold {
                    "any" => 1,
                    "all" => members.len(),
                    number => number.parse().map_err(|_| PolicyTextError::Threshold(line))?,
                };
                if threshold < 1 || threshold > members.len() {
                    return Err(PolicyTextError::Threshold(line));
                }
                for member in members {
                    if !self.defined(member) || !self.used.insert((*member).to_owned()) {
                        return Err(PolicyTextError::Member { line, name: (*member).to_owned() });
                    }
                }
                let members = members.iter().map(|member| (*member).to_owned()).collect();
                self.groups.insert((*name).to_owned(), Group { threshold, members });
            }
            ["quorum", name] => {
                if self.quorum.is_some() {
                    return Err(PolicyTextError::Quorum);
                }
                if *name != "none" && !self.defined(name) {
                    return Err(PolicyTextError::Member { line, name: (*name).to_owned() });
                }
                self.quorum = Some((*name).to_owned());
            }
            _ => return Err(PolicyTextError::Form(line)),
        }
        Ok(())
    }

    fn defined(&self, name: &str) -> bool {
        self.groups.contains_key(name) || self.witnesses.iter().any(|witness| witness.name == name)
    }

    fn free(&self, line: usize, name: &str) -> Result<(), PolicyTextError> {
        if name == "none" || self.defined(name) {
            return Err(PolicyTextError::NameTaken { line, name: name.to_owned() });
        }
        Ok(())
    }
}
