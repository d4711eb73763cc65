//! Witnesses: cosignatures, requests and answers, policies, and what a witness tells of a fork.

use ledger::read::{DirectoryFetch, Log, check_consistency};
use ledger::witness::{
    AddCheckpoint, Answer, CONFLICT_TYPE, Cosigner, CosignerKey, ExchangeError, Next, Policy, PolicyError,
    PolicyTextError, add_checkpoint_request, after_conflict, read_answer,
};
use ledger::{KeyError, SignedCheckpoint};

use crate::support::{entries, entry, keys, signed, signer, write_log};

fn witness(seed: u8) -> Cosigner {
    Cosigner::from_seed(&format!("w{seed}.example"), &[seed; 32]).unwrap()
}

/// A witness as the specification describes it, with its memory of one log.
struct Memory {
    cosigner: Cosigner,
    seen: Option<SignedCheckpoint>,
}

impl Memory {
    /// Status, content type and body of the answer.
    fn answer(&mut self, body: &str) -> (u16, &'static str, Vec<u8>) {
        let Ok(request) = AddCheckpoint::parse(body) else { return (400, "text/plain", vec![]) };
        let Ok(new) = request.checkpoint.verify(&keys()) else { return (403, "text/plain", vec![]) };
        let known = self.seen.as_ref().map_or(0, SignedCheckpoint::size);
        if request.old_size != known {
            return (409, CONFLICT_TYPE, format!("{known}\n").into_bytes());
        }
        if let Some(old) = &self.seen {
            if old.size() == new.size() && old.root() != new.root() {
                return (409, "text/plain", vec![]);
            }
            if check_consistency(&request.proof, old.checkpoint(), new).is_err() {
                return (422, "text/plain", vec![]);
            }
        }
        let cosignature = self.cosigner.cosign(&request.checkpoint, 1_784_000_000).unwrap();
        self.seen = Some(request.checkpoint);
        (200, "text/plain", cosignature.to_bytes())
    }
}

#[test]
fn a_witness_follows_growth_and_refuses_a_fork() {
    let all = entries(600);
    let mut memory = Memory { cosigner: witness(1), seen: None };
    let public = [memory.cosigner.key().clone()];
    let mut ask = |old: u64, entries: &[Vec<u8>]| {
        let place = tempfile::tempdir().unwrap();
        let note = write_log(place.path(), entries);
        let log = Log::open(DirectoryFetch::new(place.path()), note.checkpoint()).unwrap();
        let proof = log.prove_consistency(old.min(note.size())).unwrap();
        let (status, kind, body) = memory.answer(&add_checkpoint_request(old, &proof, &note));
        (read_answer(status, kind, &body, &public, &note), note)
    };
    let (answer, note) = ask(0, &all[..300]);
    let Ok(Answer::Cosigned(signatures)) = answer else { panic!("{answer:?}") };
    let cosigned = note.with_signatures(&signatures).unwrap();
    assert_eq!(Policy::any_of(1, &public).unwrap().check(&cosigned).unwrap()[0].time, 1_784_000_000);
    assert!(cosigned.verify(&keys()).is_ok());

    // The size it has was forgotten here: it tells, and is asked again.
    let (answer, note) = ask(0, &all);
    assert_eq!(answer, Ok(Answer::Conflict { known: 300 }));
    assert_eq!(after_conflict(300, note.size()), Next::Retry { old_size: 300 });
    assert!(matches!(ask(300, &all).0, Ok(Answer::Cosigned(_))));

    // A restored database offers fewer entries than the witness has seen.
    let (answer, note) = ask(400, &all[..400]);
    assert_eq!(answer, Ok(Answer::Conflict { known: 600 }));
    assert_eq!(after_conflict(600, note.size()), Next::Behind { witness: 600, log: 400 });

    // History rewritten: as long as before, and longer.
    let mut rewritten = entries(700);
    rewritten[100] = entry(1, 100);
    assert_eq!(ask(600, &rewritten[..600]).0, Err(ExchangeError::Forked));
    assert_eq!(ask(600, &rewritten).0, Err(ExchangeError::Inconsistent));
}

/// The example of c2sp.org/tlog-cosignature: key name, key id and time of its second signature line.
#[test]
fn the_example_of_the_specification_is_read() {
    let line = "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==";
    let signature = signed_note::Signature::from_bytes(line.as_bytes()).unwrap();
    assert_eq!(signature.signature().len(), 72);
    assert_eq!(u64::from_be_bytes(signature.signature()[..8].try_into().unwrap()), 1_679_315_147);
}

#[test]
fn cosignatures_bind_key_time_and_checkpoint() {
    let note = signed(&entries(10));
    let cosigner = witness(1);
    let good = cosigner.cosign(&note, 1_784_000_000).unwrap();
    assert_eq!(cosigner.key().verify(&good, &note), Some(1_784_000_000));
    assert_eq!(cosigner.key().verify(&good, &signed(&entries(11))), None);
    assert_eq!(witness(2).key().verify(&good, &note), None);
    let text: CosignerKey = cosigner.key().to_string().parse().unwrap();
    assert_eq!(text.verify(&good, &note), Some(1_784_000_000));
    for at in 0..72 {
        let mut bytes = good.signature().to_vec();
        bytes[at] ^= 1;
        let bad = signed_note::Signature::new(good.name().to_owned(), good.id(), bytes).unwrap();
        assert_eq!(cosigner.key().verify(&bad, &note), None, "byte {at}");
    }
    assert!(cosigner.cosign(&note, u64::MAX).is_err());
    let log_key = signer().verifier_key().to_string();
    assert_eq!(log_key.parse::<CosignerKey>(), Err(KeyError::Algorithm));
    assert!(!format!("{cosigner:?}").contains("0101"), "no secret in debug output");
}

#[test]
fn answers_are_told_apart() {
    let note = signed(&entries(10));
    let public = [witness(1).key().clone()];
    let read = |status, kind: &str, body: &[u8]| read_answer(status, kind, body, &public, &note);
    assert_eq!(read(400, "", b""), Err(ExchangeError::BadRequest));
    assert_eq!(read(403, "", b""), Err(ExchangeError::UnknownKey));
    assert_eq!(read(404, "", b""), Err(ExchangeError::UnknownLog));
    assert_eq!(read(409, "text/plain", b"5\n"), Err(ExchangeError::Forked));
    assert_eq!(read(409, "text/x.tlog.size; charset=utf-8", b"5\n"), Ok(Answer::Conflict { known: 5 }));
    for wrong in ["5", "05\n", "+5\n", "5\n\n", "", "-1\n"] {
        assert_eq!(read(409, CONFLICT_TYPE, wrong.as_bytes()), Err(ExchangeError::Malformed), "{wrong:?}");
    }
    assert_eq!(read(422, "", b""), Err(ExchangeError::Inconsistent));
    assert_eq!(read(503, "", b""), Err(ExchangeError::Status(503)));
    assert_eq!(read(200, "", b"hello\n"), Err(ExchangeError::Malformed));
    let stranger = witness(2).cosign(&note, 1).unwrap().to_bytes();
    assert_eq!(read(200, "", &stranger), Err(ExchangeError::NotCosigned));
    let other = witness(1).cosign(&signed(&entries(11)), 1).unwrap().to_bytes();
    assert_eq!(read(200, "", &other), Err(ExchangeError::Invalid("w1.example".to_owned())));
    let mut both = stranger;
    both.extend(witness(1).cosign(&note, 1).unwrap().to_bytes());
    assert!(matches!(read(200, "", &both), Ok(Answer::Cosigned(found)) if found.len() == 1));
}

#[test]
fn policies_with_groups_are_obeyed() {
    let text = format!(
        "# two of three, and one of two\nlog {}\n\nwitness X1 {} https://x1.example/\nwitness X2 {}\n\t witness X3  {}\n\
         group X 2 X1 X2 X3\nwitness Y1 {}\nwitness Y2 {}\ngroup Y any Y1 Y2\ngroup all-of-them all X Y\nquorum all-of-them\n",
        signer().verifier_key(),
        witness(1).key(),
        witness(2).key(),
        witness(3).key(),
        witness(4).key(),
        witness(5).key()
    );
    let policy = Policy::parse(&text).unwrap();
    assert_eq!(policy.logs(), keys());
    assert_eq!(policy.witnesses()[0].url.as_deref(), Some("https://x1.example/"));
    let with = |seeds: &[u8]| {
        let note = signed(&entries(10));
        let more: Vec<_> = seeds.iter().map(|seed| witness(*seed).cosign(&note, 5).unwrap()).collect();
        policy.check(&note.with_signatures(&more).unwrap())
    };
    assert!(with(&[1, 3, 4]).is_ok());
    assert!(with(&[1, 2, 3, 5]).is_ok());
    assert!(with(&[1, 2, 3]).is_err());
    assert!(with(&[1, 4, 5]).is_err());
    let Err(PolicyError::Quorum { cosigned, known: 5, .. }) = with(&[2, 9]) else { panic!() };
    assert_eq!(cosigned, ["X2"]);
    assert_eq!(Policy::any_of(0, &[]).unwrap().check(&signed(&entries(1))), Ok(vec![]));
}

#[test]
fn faulty_policies_are_refused_with_their_line() {
    let (a, b) = (witness(1).key().to_string(), witness(2).key().to_string());
    let renamed = Cosigner::from_seed("else.example", &[1; 32]).unwrap().key().to_string();
    let cases = [
        (String::new(), PolicyTextError::Quorum),
        ("quorum none\nquorum none\n".to_owned(), PolicyTextError::Quorum),
        ("quorum X\n".to_owned(), PolicyTextError::Member { line: 1, name: "X".to_owned() }),
        (format!("witness none {a}\n"), PolicyTextError::NameTaken { line: 1, name: "none".to_owned() }),
        (
            format!("witness A {a}\nwitness A {b}\n"),
            PolicyTextError::NameTaken { line: 2, name: "A".to_owned() },
        ),
        (format!("witness A {a}\nwitness B {renamed}\n"), PolicyTextError::DuplicateKey(2)),
        (format!("witness A {a}\ngroup G 2 A\n"), PolicyTextError::Threshold(2)),
        (format!("witness A {a}\ngroup G 0 A\n"), PolicyTextError::Threshold(2)),
        (format!("witness A {a}\ngroup G all\n"), PolicyTextError::Threshold(2)),
        (
            format!("witness A {a}\ngroup G any A A\n"),
            PolicyTextError::Member { line: 2, name: "A".to_owned() },
        ),
        (
            format!("witness A {a}\ngroup G any A\ngroup H any A\n"),
            PolicyTextError::Member { line: 3, name: "A".to_owned() },
        ),
        ("group G any G\n".to_owned(), PolicyTextError::Member { line: 1, name: "G".to_owned() }),
        ("witness A\n".to_owned(), PolicyTextError::Form(1)),
        ("quorum none\r\n".to_owned(), PolicyTextError::Control(1)),
        ("witness A x\n".to_owned(), PolicyTextError::Key { line: 1, error: KeyError::Format }),
    ];
    for (text, error) in cases {
        assert_eq!(Policy::parse(&text).map(|_| ()), Err(error), "{text:?}");
    }
}
