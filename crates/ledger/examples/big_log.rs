//! Measures a large log: `big_log publish DIR ENTRIES` writes one of invented entries, `big_log audit DIR`
//! audits it, `big_log prove DIR` makes receipts. Run it under `time` to see the processor seconds.
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use ledger::read::{DirectoryFetch, Log, published};
use ledger::tiles::{Directory, Publisher};
use ledger::verify::{AuditOptions, audit};
use ledger::{Checkpoint, Edge, Entry, EntryKind, Receipt, Signer, commitment, leaf_hash};

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let signer = Signer::from_seed("hadir.kab-contoh.go.id/absensi", &[42; 32])?;
    let keys = [signer.verifier_key().clone()];
    let begin = Instant::now();
    match words[..] {
        ["publish", root, count] => {
            let count: u64 = count.parse()?;
            let mut edge = Edge::new();
            for n in 0..count {
                edge.append(leaf_hash(&entry(n)?))?;
            }
            let signed = signer.sign(&Checkpoint::new(signer.origin(), edge.size(), edge.root())?)?;
            println!("entries made and hashed once: {:.1} s", begin.elapsed().as_secs_f64());
            let mut publisher = Publisher::new(Directory::open(Path::new(root))?);
            let mut publication = publisher.begin(0)?;
            for n in 0..count {
                publication.push(&entry(n)?)?;
            }
            publication.finish(&signed)?;
        }
        ["audit", root] => {
            let found = audit(&DirectoryFetch::new(Path::new(root)), &keys, &AuditOptions::default());
            println!("{} entries, {} findings", found.entries, found.findings.len());
        }
        ["prove", root] => {
            let place = DirectoryFetch::new(Path::new(root));
            let signed = published(&place)?;
            let log = Log::open(&place, signed.verify(&keys)?)?;
            let mut longest = 0;
            for n in 0..20_000 {
                let index = n * 7_919 % signed.size();
                let receipt = Receipt::make(&log, index, &entry(index)?, &signed)?;
                longest = longest.max(receipt.to_string().len());
            }
            println!("20,000 receipts, the longest of {longest} bytes");
        }
        _ => return Err("publish DIR ENTRIES | audit DIR | prove DIR".into()),
    }
    println!("{}: {:.1} s", words[0], begin.elapsed().as_secs_f64());
    Ok(())
}

fn entry(n: u64) -> Result<Vec<u8>, Box<dyn Error>> {
    let at = jiff::Timestamp::from_microsecond(1_784_000_000_000_000 + i64::try_from(n)? * 1_000)?;
    let mut salt = [0; 32];
    salt[..8].copy_from_slice(&n.to_be_bytes());
    Ok(Entry::new(EntryKind::Punch, at, commitment(&salt, b"invented")).to_bytes())
}
