//! Memory outside the server: what only somebody with an older checkpoint or a receipt can tell.

use ledger::read::{DirectoryFetch, Log, check_consistency};
use ledger::verify::{
    AuditOptions, Growth, GrowthError, KeptReceipt, audit, verify_growth, verify_kept_receipt,
};
use ledger::{Receipt, Signer};

use crate::support::{entries, entry, keys, signed, signed_by, write_log};

#[test]
fn honest_growth_comes_with_a_proof_for_others() {
    let place = tempfile::tempdir().unwrap();
    let all = entries(700);
    let now = write_log(place.path(), &all);
    for old in [0, 1, 255, 256, 300, 699] {
        let kept = signed(&all[..old]);
        let growth = verify_growth(DirectoryFetch::new(place.path()), &keys(), &kept, &now).unwrap();
        let Growth::Grew { proof } = growth else { panic!("{growth:?}") };
        assert_eq!(check_consistency(&proof, kept.checkpoint(), now.checkpoint()), Ok(()));
    }
    assert_eq!(verify_growth(DirectoryFetch::new(place.path()), &keys(), &now, &now), Ok(Growth::Same));
}

/// The decisive control: the whole log rewritten and signed again with the true key. Alone it is
/// flawless; whoever kept something of the old one has the proof in hand.
#[test]
fn history_rewritten_and_signed_again_is_told_by_what_was_kept() {
    let all = entries(600);
    let kept = signed(&all[..500]);
    let before = tempfile::tempdir().unwrap();
    write_log(before.path(), &all[..500]);
    let log = Log::open(DirectoryFetch::new(before.path()), kept.checkpoint()).unwrap();
    let receipt = Receipt::make(&log, 100, &all[100], &kept).unwrap();

    let mut rewritten = all.clone();
    rewritten[100] = entry(1, 100);
    for size in [500, 600] {
        let place = tempfile::tempdir().unwrap();
        let now = write_log(place.path(), &rewritten[..size]);
        let fetch = DirectoryFetch::new(place.path());
        assert!(audit(&fetch, &keys(), &AuditOptions::default()).is_clean(), "alone it is flawless");

        let growth = verify_growth(&fetch, &keys(), &kept, &now).unwrap();
        let Growth::Rewritten(rewrite) = &growth else { panic!("{growth:?}") };
        // Both notes verify by themselves: that is the evidence against the holder of the key.
        assert!(rewrite.kept.verify(&keys()).is_ok() && rewrite.now.verify(&keys()).is_ok());
        assert_eq!(rewrite.root_now, signed(&rewritten[..500]).root());
        assert_ne!(rewrite.root_now, rewrite.kept.root());

        let told = verify_kept_receipt(&fetch, &keys(), &receipt, &now).unwrap();
        let KeptReceipt::Contradicted { growth, leaf_now } = told else { panic!("{told:?}") };
        assert!(matches!(*growth, Growth::Rewritten(_)));
        assert_eq!(leaf_now, Some(ledger::leaf_hash(&rewritten[100])));
        assert!(receipt.verify(&keys(), None).is_ok(), "the receipt itself stays valid");
    }
}

#[test]
fn a_log_set_back_is_told_from_a_rewritten_one() {
    let place = tempfile::tempdir().unwrap();
    let all = entries(600);
    let kept = signed(&all);
    let now = write_log(place.path(), &all[..400]);
    let fetch = DirectoryFetch::new(place.path());
    let growth = verify_growth(&fetch, &keys(), &kept, &now).unwrap();
    assert_eq!(growth, Growth::Shrank { kept, now });
    assert!(!growth.is_honest());
}

#[test]
fn a_kept_receipt_holds_in_an_honest_log() {
    let place = tempfile::tempdir().unwrap();
    let all = entries(600);
    let old = write_log(place.path(), &all[..400]);
    let log = Log::open(DirectoryFetch::new(place.path()), old.checkpoint()).unwrap();
    let receipt = Receipt::make(&log, 7, &all[7], &old).unwrap();
    let place = tempfile::tempdir().unwrap();
    let now = write_log(place.path(), &all);
    let fetch = DirectoryFetch::new(place.path());
    assert_eq!(verify_kept_receipt(fetch, &keys(), &receipt, &now), Ok(KeptReceipt::Holds));
}

#[test]
fn checkpoints_that_are_not_signed_are_not_judged() {
    let place = tempfile::tempdir().unwrap();
    let all = entries(300);
    let now = write_log(place.path(), &all);
    let thief = Signer::from_seed(crate::support::ORIGIN, &[1; 32]).unwrap();
    let kept = signed_by(&thief, &all[..100]);
    let judged = verify_growth(DirectoryFetch::new(place.path()), &keys(), &kept, &now);
    assert!(matches!(judged, Err(GrowthError::Checkpoint(_))));
}
