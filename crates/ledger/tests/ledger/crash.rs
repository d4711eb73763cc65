//! Power cuts (issue-table R6): the steps of the publisher are recorded, and after every one of them a
//! power cut is played many times, each losing, tearing or keeping what was not yet durable. In each
//! state the published checkpoint must be readable to the last entry, and publishing again must heal.

use ledger::tiles::Publisher;
use ledger::verify::{AuditOptions, audit};
use ledger::{SignedCheckpoint, VerifierKey};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::publish::files_of;
use crate::support::memory::{Files, MemoryDisk};
use crate::support::{entries, keys, signed};

/// States to be played in all.
const STATES: usize = 10_000;

struct Story {
    all: Vec<Vec<u8>>,
    /// Checkpoints that were published or about to be.
    signed: Vec<SignedCheckpoint>,
    expected: Files,
    keys: Vec<VerifierKey>,
}

impl Story {
    /// Checks one state, with `durable` entries known to have been published before it.
    fn check(&self, disk: &MemoryDisk, durable: u64, seed: u64) {
        let options = AuditOptions { threads: 1, entries_are_ours: false, ..AuditOptions::default() };
        let mut publisher = Publisher::new(disk.clone()).with_threads(1);
        let published = publisher.published().unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        let size = published.as_ref().map_or(0, SignedCheckpoint::size);
        assert!(size >= durable, "seed {seed}: {durable} entries were published, {size} are left");
        if let Some(published) = published {
            assert!(self.signed.contains(&published), "seed {seed}: a checkpoint nobody signed");
            let found = audit(disk, &self.keys, &options);
            assert!(found.is_clean() && found.entries == size, "seed {seed}: {found:?}");
        }
        let last = self.signed.last().unwrap();
        publisher
            .publish(size, &self.all[size as usize..], last)
            .unwrap_or_else(|error| panic!("seed {seed}: not healed: {error}"));
        let files = publisher.disk().files();
        for (path, bytes) in &self.expected {
            assert_eq!(files.get(path), Some(bytes), "seed {seed}: {path}");
        }
        for (path, bytes) in files.iter().filter(|(path, _)| !self.expected.contains_key(*path)) {
            let (stem, _) =
                path.rsplit_once(".p/").unwrap_or_else(|| panic!("seed {seed}: {path} left over"));
            let whole = self.expected.iter().find(|(path, _)| path.starts_with(stem)).unwrap().1;
            assert!(whole.starts_with(bytes), "seed {seed}: {path} holds something else");
        }
    }
}

#[test]
fn ten_thousand_power_cuts_leave_a_readable_log_that_heals() {
    let mut played = 0;
    let mut seed = 0;
    while played < STATES {
        seed += 1;
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        // What was there before is durable; then two or three publications run until the power goes.
        // Bundles fill at 256 and 512.
        let start = match rng.random_range(0..10) {
            0..3 => 0,
            3..8 => rng.random_range(200..257_usize),
            _ => rng.random_range(470..513),
        };
        let mut sizes = vec![start];
        for _ in 0..rng.random_range(2..4) {
            sizes.push(sizes.last().unwrap() + rng.random_range(1..70));
        }
        let all = entries(*sizes.last().unwrap() as u64);
        let signed: Vec<_> = sizes.iter().map(|size| signed(&all[..*size])).collect();
        let base = MemoryDisk::default();
        if start > 0 {
            Publisher::new(base.clone()).with_threads(1).publish(0, &all[..start], &signed[0]).unwrap();
        }
        let disk = base.fork();
        let mut publisher = Publisher::new(disk.clone()).with_threads(1);
        let mut durable = vec![(0, start as u64)];
        for (pair, signed) in sizes.windows(2).zip(&signed[1..]) {
            publisher.publish(pair[0] as u64, &all[pair[0]..pair[1]], signed).unwrap();
            durable.push((disk.ops().len(), pair[1] as u64));
            if rng.random_bool(0.5) {
                publisher.sweep().unwrap();
            }
        }
        let story = Story { expected: files_of(&all), all, signed, keys: keys() };
        let ops = disk.ops();
        for done in 0..=ops.len() {
            let known = durable.iter().rev().find(|(at, _)| *at <= done).unwrap().1;
            for _ in 0..2 {
                let after = MemoryDisk::after_power_cut(&base, &ops[..done], &mut rng);
                story.check(&after, known, seed);
                played += 1;
            }
            // Or the process is killed there, another one goes on, and then the power goes.
            if rng.random_bool(0.3) {
                let disk = MemoryDisk::after_kill(&base, &ops[..done]);
                let mut publisher = Publisher::new(disk.clone()).with_threads(1);
                let size = publisher.published().unwrap().map_or(0, |signed| signed.size());
                let last = story.signed.last().unwrap();
                publisher.publish(size, &story.all[size as usize..], last).unwrap();
                let ops = disk.ops();
                let cut = rng.random_range(done..=ops.len());
                for (cut, known) in [(cut, known), (ops.len(), last.size())] {
                    let after = MemoryDisk::after_power_cut(&base, &ops[..cut], &mut rng);
                    story.check(&after, known, seed);
                    played += 1;
                }
            }
        }
    }
    println!("{played} power cuts over {seed} growths of a log");
}
