//! How long the receipts of a log are, alone and with what witnesses add to them.

use anyhow::Context;
use ledger::{
    Receipt, Signer,
    read::{DirectoryFetch, Log, published},
    witness::{Cosigner, Policy},
};

use super::{
    super::report::{Report, float},
    build::entry,
};
use crate::cli::BenchLogArgs;

/// Bytes that a receipt may have.
const TARGET: f64 = 1_500.0;
/// Receipts that are made, at most; and how many entries lie between one and the next.
const SAMPLE: u64 = 2_000;
const STRIDE: u64 = 7_919;
/// Witnesses that cosign, one after another, with names as long as those of offices are.
const WITNESSES: [&str; 2] = ["saksi.inspektorat.kab-contoh.go.id", "saksi.dprd.kab-contoh.go.id"];
/// When they did.
const COSIGNED_AT: u64 = 1_784_000_000;
/// What the longest receipt is called with none, one and two of their signatures.
const NAMES: [&str; 3] =
    ["receipt_longest", "receipt_longest_1_cosignature", "receipt_longest_2_cosignatures"];

/// Makes receipts all over the log, and verifies each as its owner would.
///
/// # Errors
/// When the log cannot be read or a receipt does not hold.
pub fn measure(
    place: &DirectoryFetch,
    signer: &Signer,
    args: &BenchLogArgs,
    report: &mut Report,
) -> anyhow::Result<()> {
    let keys = [signer.verifier_key().clone()];
    let mut note = published(place)?;
    let log = Log::open(place, note.verify(&keys)?)?;
    let size = note.size();
    let mut indices: Vec<u64> = (0..SAMPLE.min(size)).map(|n| n * STRIDE % size).collect();
    indices.push(size - 1);
    let made = |index: &u64| Ok(Receipt::make(&log, *index, &entry(args.seed, *index)?, &note)?);
    let receipts = indices.iter().map(made).collect::<anyhow::Result<Vec<Receipt>>>()?;
    report.add("receipts", float(receipts.len()), "receipts");

    let mut witnesses = Vec::new();
    for (number, name) in NAMES.into_iter().enumerate() {
        let policy =
            (!witnesses.is_empty()).then(|| Policy::any_of(witnesses.len(), &witnesses)).transpose()?;
        let mut longest = 0;
        for receipt in &receipts {
            let (proof, bytes) = (receipt.proof().to_vec(), receipt.extra().map(<[u8]>::to_vec));
            let receipt = Receipt::from_parts(receipt.index(), proof, bytes, note.clone());
            receipt.verify(&keys, policy.as_ref()).context("a receipt does not hold")?;
            longest = longest.max(receipt.to_string().len());
        }
        report.compare(name, float(longest), "bytes", ("target", TARGET));
        if let Some(witness) = WITNESSES.get(number) {
            let cosigner = Cosigner::from_seed(witness, &[u8::try_from(number)?; 32])?;
            note = note.with_signatures(&[cosigner.cosign(&note, COSIGNED_AT)?])?;
            witnesses.push(cosigner.key().clone());
        }
    }
    Ok(())
}
