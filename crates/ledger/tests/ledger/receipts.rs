//! Receipts: made, read, verified offline; altered in every part; small at five million entries.

use ledger::read::{DirectoryFetch, Log, ProofError};
use ledger::witness::{Cosigner, Policy};
use ledger::{Checkpoint, CheckpointError, Entry, Hash, Receipt, ReceiptError, SignedCheckpoint};

use crate::support::{ORIGIN, entries, entry, keys, signer, write_log};

fn sample() -> (Receipt, Vec<Vec<u8>>) {
    let place = tempfile::tempdir().unwrap();
    let all = entries(600);
    let signed = write_log(place.path(), &all);
    let log = Log::open(DirectoryFetch::new(place.path()), signed.checkpoint()).unwrap();
    (Receipt::make(&log, 258, &all[258], &signed).unwrap(), all)
}

#[test]
fn a_receipt_proves_its_entry_without_any_server() {
    let (receipt, all) = sample();
    let text = receipt.to_string();
    assert!(text.starts_with("c2sp.org/tlog-proof@v1\nextra "));
    assert!(text.contains("\nindex 258\n"));
    let read = Receipt::parse(&text).unwrap();
    assert_eq!(read, receipt);
    assert_eq!(read.verify(&keys(), None), Ok(Entry::parse(&all[258]).unwrap()));
}

#[test]
fn every_altered_part_is_caught() {
    let (receipt, all) = sample();
    let with = |extra: &[u8], index, proof: Vec<Hash>| {
        Receipt::from_parts(index, proof, Some(extra.to_vec()), receipt.checkpoint().clone())
            .verify(&keys(), None)
    };
    let proof = receipt.proof().to_vec();
    let broken = Err(ReceiptError::Proof(ProofError::Inclusion));
    assert_eq!(with(&entry(1, 258), 258, proof.clone()), broken);
    assert_eq!(with(&all[258], 259, proof.clone()), broken);
    for at in 0..proof.len() {
        let mut other = proof.clone();
        other[at].0[31] ^= 1;
        assert_eq!(with(&all[258], 258, other), broken);
    }
    assert_eq!(with(&all[258], 258, proof[1..].to_vec()), broken);
    assert!(matches!(with(&all[258], 600, proof), Err(ReceiptError::Proof(ProofError::Beyond { .. }))));
    let text = receipt.to_string().replace("\n600\n", "\n601\n");
    let error = Receipt::parse(&text).unwrap().verify(&keys(), None).unwrap_err();
    assert!(matches!(error, ReceiptError::Checkpoint(CheckpointError::Signature { .. })));
    assert!(matches!(
        receipt.verify(&[], None),
        Err(ReceiptError::Checkpoint(CheckpointError::UnknownLog(_)))
    ));
}

#[test]
fn deviating_texts_are_refused() {
    let text = sample().0.to_string();
    for wrong in [
        text.replace("@v1", "@v2"),
        text.replace("index 258", "index 0258"),
        text.replace("index 258", "index +258"),
        text.replace("index 258\n", ""),
        text.replace("extra ", "extra  "),
        text.replacen("\n\n", "\n", 1),
        text.replacen("\n\n", "\n\n\n", 1),
        text.replace('\n', "\r\n"),
        format!("{text}\n"),
        format!("\n{text}"),
    ] {
        assert!(Receipt::parse(&wrong).is_err(), "{wrong}");
    }
    // Without the entry it is a receipt of the specification, for an entry that is known otherwise.
    let bare: String =
        text.lines().filter(|line| !line.starts_with("extra ")).map(|line| format!("{line}\n")).collect();
    let bare = Receipt::parse(&bare).unwrap();
    assert_eq!(bare.verify(&keys(), None), Err(ReceiptError::NoEntry));
    assert_eq!(bare.verify_leaf(ledger::leaf_hash(&entry(0, 258)), &keys(), None), Ok(()));
}

#[test]
fn witnesses_are_demanded_by_policy() {
    let (receipt, _) = sample();
    let witnesses: Vec<Cosigner> =
        (0..3).map(|n| Cosigner::from_seed(&format!("w{n}.example"), &[n; 32]).unwrap()).collect();
    let public: Vec<_> = witnesses.iter().map(|witness| witness.key().clone()).collect();
    let two = Policy::any_of(2, &public).unwrap();
    assert!(matches!(receipt.verify(&keys(), Some(&two)), Err(ReceiptError::Witnesses(_))));
    let mut note = receipt.checkpoint().clone();
    for witness in &witnesses[1..] {
        note = note.with_signatures(&[witness.cosign(&note, 1_784_000_000).unwrap()]).unwrap();
    }
    let bytes = receipt.extra().map(<[u8]>::to_vec);
    let receipt = Receipt::from_parts(receipt.index(), receipt.proof().to_vec(), bytes, note);
    assert!(receipt.verify(&keys(), Some(&two)).is_ok());
    let all = Policy::any_of(3, &public).unwrap();
    assert!(matches!(receipt.verify(&keys(), Some(&all)), Err(ReceiptError::Witnesses(_))));
}

/// Bytes of the longest receipt at five million entries, with its entry, with so many cosignatures.
fn longest(cosignatures: u8) -> usize {
    let checkpoint = Checkpoint::new(ORIGIN, 5_000_000, Hash([7; 32])).unwrap();
    let mut note: SignedCheckpoint = signer().sign(&checkpoint).unwrap();
    for n in 0..cosignatures {
        let witness = Cosigner::from_seed("saksi.inspektorat.kab-contoh.go.id", &[n; 32]).unwrap();
        note = note.with_signatures(&[witness.cosign(&note, 1_784_000_000).unwrap()]).unwrap();
    }
    // No path in a tree of five million leaves is longer than 23.
    let proof = vec![Hash([9; 32]); 23];
    Receipt::from_parts(4_999_999, proof, Some(entry(0, 12)), note).to_string().len()
}

#[test]
fn at_five_million_entries_a_receipt_with_its_entry_is_below_one_and_a_half_kilobytes_and_grows_evenly() {
    let sizes = [0, 1, 2, 3].map(longest);
    println!("receipt at 5,000,000 entries with its entry and 0 to 3 cosignatures: {sizes:?} bytes");
    assert!(sizes[0] < 1_500, "{sizes:?}");
    // A line each: name and 76 bytes in base64.
    let each = "\u{2014} saksi.inspektorat.kab-contoh.go.id \n".len() + 104;
    assert_eq!(sizes.map(|size| size - sizes[0]), [0, each, 2 * each, 3 * each]);
}
