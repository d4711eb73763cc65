//! Replays the seeds of the fuzzer, and cuts of them, without a fuzzer.

use std::{fs, path::Path};

#[test]
fn seeds_and_their_cuts() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds");
    let mut count = 0;
    for entry in fs::read_dir(seeds).unwrap() {
        let input = fs::read(entry.unwrap().path()).unwrap();
        terminal::check::everything(&input);
        for end in (0..input.len()).step_by(7) {
            terminal::check::everything(&input[..end]);
            terminal::check::everything(&input[end..]);
        }
        count += 1;
    }
    assert!(count >= 10, "the seeds are missing");
}
