//! Rounds: one checkpoint is shown to all witnesses at once, so that their cosignatures come together on it.

use std::{sync::Arc, thread};

use ledger::{
    Hash, SignedCheckpoint,
    read::ReadError,
    witness::{Ask, Policy, VisitError, visit},
};

/// Longest rest of a witness that fails, in rounds (of about a second).
const MAX_REST: u32 = 64;

/// What is remembered of the witnesses between rounds.
#[derive(Debug)]
pub struct Rounds {
    policy: Arc<Policy>,
    memory: Vec<Memory>,
}

/// What is remembered of one witness.
#[derive(Debug, Clone, Copy, Default)]
struct Memory {
    /// The size that it cosigned last.
    cosigned: u64,
    /// Failures since it last answered well.
    failures: u32,
    /// Rounds in which it is still left alone.
    rest: u32,
}

/// What a round brought.
#[derive(Debug, Default)]
pub struct Brought {
    /// The checkpoint with the cosignatures that came in this round; `None` when none came.
    pub note: Option<SignedCheckpoint>,
    /// The witness that remembers another history, and what it said.
    pub fork: Option<(String, VisitError)>,
    /// Witnesses that brought nothing, with the reason.
    pub failed: Vec<(String, VisitError)>,
}

impl Rounds {
    /// The first round is still to come.
    pub fn new(policy: Arc<Policy>) -> Rounds {
        let memory = vec![Memory::default(); policy.witnesses().len()];
        Rounds { policy, memory }
    }

    /// Shows `note` to every witness that has an address, has not cosigned it and is not resting, and waits for all of them.
    /// `prove` gives the consistency proof from a smaller size.
    pub fn turn(
        &mut self,
        ask: &dyn Ask,
        note: &SignedCheckpoint,
        prove: &(dyn Fn(u64) -> Result<Vec<Hash>, ReadError> + Sync),
    ) -> Brought {
        let mut due = Vec::new();
        for (number, memory) in self.memory.iter_mut().enumerate() {
            let witness = self.policy.witnesses().get(number);
            let Some(witness) = witness.filter(|witness| witness.url.is_some()) else { continue };
            if memory.cosigned == note.size() {
                continue;
            }
            match memory.rest {
                0 => due.push((number, witness, memory.cosigned)),
                _ => memory.rest -= 1,
            }
        }
        let answers = thread::scope(|scope| {
            let started: Vec<_> = due
                .into_iter()
                .map(|(number, witness, believed)| {
                    (number, witness, scope.spawn(move || visit(ask, witness, note, believed, prove)))
                })
                .collect();
            let lost = || Err(VisitError::Unreachable("the visit broke off".to_owned()));
            let join = |(number, witness, handle): (_, _, thread::ScopedJoinHandle<'_, _>)| {
                (number, witness, handle.join().unwrap_or_else(|_| lost()))
            };
            started.into_iter().map(join).collect::<Vec<_>>()
        });
        let (mut brought, mut signatures) = (Brought::default(), Vec::new());
        for (number, witness, answer) in answers {
            let Some(memory) = self.memory.get_mut(number) else { continue };
            match answer {
                Ok(more) => {
                    *memory = Memory { cosigned: note.size(), failures: 0, rest: 0 };
                    signatures.extend(more);
                }
                Err(error) if error.is_fork() => {
                    brought.fork.get_or_insert((witness.name.clone(), error));
                }
                Err(error) => {
                    memory.failures = memory.failures.saturating_add(1);
                    memory.rest = 1_u32.checked_shl(memory.failures).unwrap_or(MAX_REST).min(MAX_REST);
                    brought.failed.push((witness.name.clone(), error));
                }
            }
        }
        if !signatures.is_empty() {
            brought.note = note.with_signatures(&signatures).ok();
        }
        brought
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    };

    use ledger::{
        Checkpoint, Edge, Signer, leaf_hash,
        witness::{AddCheckpoint, CONFLICT_TYPE, Cosigner, Reply},
    };

    use super::*;

    /// A witness that trusts every proof: rounds are looked at here, not proofs.
    struct Near {
        cosigner: Cosigner,
        known: Mutex<u64>,
        is_away: AtomicBool,
        asked: Mutex<u32>,
    }

    impl Near {
        fn new(known: u64) -> Near {
            let cosigner = Cosigner::from_seed("saksi.example", &[3; 32]).unwrap();
            Near { cosigner, known: Mutex::new(known), is_away: AtomicBool::new(false), asked: Mutex::new(0) }
        }

        fn policy(&self) -> Arc<Policy> {
            let key = self.cosigner.key();
            Arc::new(Policy::parse(&format!("witness A {key} http://saksi.example\nquorum A\n")).unwrap())
        }
    }

    impl Ask for Near {
        fn post(&self, address: &str, body: &str) -> Result<Reply, String> {
            assert_eq!(address, "http://saksi.example/add-checkpoint");
            *self.asked.lock().unwrap() += 1;
            if self.is_away.load(Ordering::Relaxed) {
                return Err("away".to_owned());
            }
            let request = AddCheckpoint::parse(body).unwrap();
            let mut known = self.known.lock().unwrap();
            if request.old_size != *known {
                let (content_type, body) = (CONFLICT_TYPE.to_owned(), format!("{known}\n").into_bytes());
                return Ok(Reply { status: 409, content_type, body });
            }
            *known = request.checkpoint.size();
            let body = self.cosigner.cosign(&request.checkpoint, 1_784_000_000).unwrap().to_bytes();
            Ok(Reply { status: 200, content_type: String::new(), body })
        }
    }

    fn note(size: u64) -> SignedCheckpoint {
        let mut edge = Edge::new();
        for n in 0..size {
            edge.append(leaf_hash(&n.to_be_bytes())).unwrap();
        }
        let signer = Signer::from_seed("hadir.test/log/1", &[9; 32]).unwrap();
        signer.sign(&Checkpoint::new("hadir.test/log/1", edge.size(), edge.root()).unwrap()).unwrap()
    }

    fn prove(_: u64) -> Result<Vec<Hash>, ReadError> {
        Ok(vec![Hash([0; 32])])
    }

    #[test]
    fn a_checkpoint_is_shown_once_and_the_next_from_its_size() {
        let near = Near::new(3);
        let mut rounds = Rounds::new(near.policy());
        let brought = rounds.turn(&near, &note(5), &prove);
        assert!(near.policy().check(&brought.note.unwrap()).is_ok());
        assert_eq!(*near.asked.lock().unwrap(), 2, "it corrected the size once");
        assert!(rounds.turn(&near, &note(5), &prove).note.is_none(), "nothing new to show");
        assert!(rounds.turn(&near, &note(6), &prove).note.is_some());
        assert_eq!(*near.asked.lock().unwrap(), 3);
    }

    #[test]
    fn one_that_is_away_is_asked_less_and_less_and_then_catches_up() {
        let near = Near::new(0);
        near.is_away.store(true, Ordering::Relaxed);
        let mut rounds = Rounds::new(near.policy());
        for size in 1..=60 {
            assert!(rounds.turn(&near, &note(size), &prove).note.is_none());
        }
        assert!((4..8).contains(&*near.asked.lock().unwrap()), "{:?}", near.asked);
        near.is_away.store(false, Ordering::Relaxed);
        let caught_up = (61..=130).find_map(|size| rounds.turn(&near, &note(size), &prove).note);
        assert!(near.policy().check(&caught_up.unwrap()).is_ok());
        assert!(rounds.turn(&near, &note(131), &prove).note.is_some(), "and is asked every time again");
    }

    #[test]
    fn one_that_has_seen_more_is_a_fork_not_a_failure() {
        let near = Near::new(9);
        let brought = Rounds::new(near.policy()).turn(&near, &note(5), &prove);
        let (name, error) = brought.fork.unwrap();
        assert_eq!((name.as_str(), error), ("A", VisitError::Behind { witness: 9, log: 5 }));
        assert!(brought.failed.is_empty());
    }
}
