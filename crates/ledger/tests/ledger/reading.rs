//! Reading: entries and proofs that hold against an independent implementation, and no trust in files.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ledger::read::{
    DirectoryFetch, Log, ProofError, ReadError, check_consistency, check_inclusion, published,
};
use ledger::{Hash, leaf_hash};
use sha2::Sha256;

use crate::support::{entries, entry, keys, replace, signed, write_log};

fn bytes(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| hash.0).collect()
}

#[test]
fn proofs_are_those_of_an_independent_implementation() {
    for size in [1_u64, 2, 255, 256, 257, 600, 5_120] {
        let place = tempfile::tempdir().unwrap();
        let all = entries(size);
        let signed = write_log(place.path(), &all);
        let log = Log::open(DirectoryFetch::new(place.path()), signed.checkpoint()).unwrap();
        let mut theirs = MemoryBackedTree::<Sha256, Vec<u8>>::new();
        all.iter().for_each(|entry| theirs.push(entry.clone()));
        for index in (0..size).step_by(if size < 300 { 1 } else { 37 }) {
            let proof = log.prove_inclusion(index).unwrap();
            assert_eq!(bytes(&proof), theirs.prove_inclusion(index as usize).as_bytes(), "{index} of {size}");
            let leaf = leaf_hash(&all[index as usize]);
            assert_eq!(check_inclusion(&proof, signed.checkpoint(), index, leaf), Ok(()));
            assert_eq!(log.entry(index).unwrap(), all[index as usize]);
        }
        for old in (1..size).step_by(if size < 300 { 1 } else { 41 }) {
            let proof = log.prove_consistency(old).unwrap();
            let added = (size - old) as usize;
            assert_eq!(bytes(&proof), theirs.prove_consistency(added).as_bytes(), "{old} of {size}");
            let before = crate::support::signed(&all[..old as usize]);
            assert_eq!(log.root_at(old).unwrap(), before.root());
            assert_eq!(check_consistency(&proof, before.checkpoint(), signed.checkpoint()), Ok(()));
        }
    }
}

#[test]
fn proofs_from_and_to_the_borders() {
    let place = tempfile::tempdir().unwrap();
    let all = entries(300);
    let now = write_log(place.path(), &all);
    let log = Log::open(DirectoryFetch::new(place.path()), now.checkpoint()).unwrap();
    let empty = signed(&[]);
    assert_eq!(log.prove_consistency(0).unwrap(), []);
    assert_eq!(log.prove_consistency(300).unwrap(), []);
    assert_eq!(check_consistency(&[], empty.checkpoint(), now.checkpoint()), Ok(()));
    assert_eq!(check_consistency(&[], now.checkpoint(), now.checkpoint()), Ok(()));
    let shrank = check_consistency(&[], now.checkpoint(), empty.checkpoint());
    assert_eq!(shrank, Err(ProofError::Shrank { old: 300, new: 0 }));
    assert!(matches!(log.prove_inclusion(300), Err(ReadError::Beyond { index: 300, size: 300 })));
    assert!(matches!(log.prove_consistency(301), Err(ReadError::Beyond { .. })));
    assert!(matches!(log.entry(300), Err(ReadError::Beyond { .. })));
    let wrong = check_inclusion(&[], now.checkpoint(), 299, leaf_hash(&all[299]));
    assert_eq!(wrong, Err(ProofError::Inclusion));
    let long = vec![Hash([0; 32]); 100_000];
    assert_eq!(check_inclusion(&long, now.checkpoint(), 0, leaf_hash(&all[0])), Err(ProofError::Inclusion));
    assert_eq!(check_consistency(&long, empty.checkpoint(), now.checkpoint()), Err(ProofError::Consistency));
}

/// At 5,120 entries two hashes of the root come from one tile. The readers that were written before us
/// count tiles by those hashes, and leave a tile unchecked then.
#[test]
fn every_altered_tile_is_refused_also_where_other_readers_do_not_look() {
    for size in [5_120_u64, 5_000, 600] {
        let place = tempfile::tempdir().unwrap();
        let all = entries(size);
        let signed = write_log(place.path(), &all);
        for tile in 0..size / 256 {
            let path = format!("tile/0/{tile:03}");
            let good = std::fs::read(place.path().join(&path)).unwrap();
            let mut forged = good.clone();
            forged[..32].copy_from_slice(&leaf_hash(&entry(1, tile * 256)).0);
            replace(place.path(), &path, &forged);
            let log = Log::open(DirectoryFetch::new(place.path()), signed.checkpoint()).unwrap();
            let refused = log.leaf(tile * 256);
            assert!(
                matches!(&refused, Err(ReadError::Altered { path: at, .. }) if *at == path),
                "{refused:?}"
            );
            assert!(log.prove_inclusion(tile * 256 + 1).is_err());
            replace(place.path(), &path, &good);
        }
    }
}

#[test]
fn an_altered_edge_is_refused_at_once() {
    let place = tempfile::tempdir().unwrap();
    let signed = write_log(place.path(), &entries(600));
    for path in ["tile/0/002.p/88", "tile/1/000.p/2"] {
        let good = std::fs::read(place.path().join(path)).unwrap();
        let mut forged = good.clone();
        forged[7] ^= 1;
        replace(place.path(), path, &forged);
        let refused = Log::open(DirectoryFetch::new(place.path()), signed.checkpoint());
        assert!(matches!(refused, Err(ReadError::Edge { .. })));
        replace(place.path(), path, &good[..good.len() - 1]);
        let refused = Log::open(DirectoryFetch::new(place.path()), signed.checkpoint());
        assert!(matches!(refused, Err(ReadError::Length { .. })));
        replace(place.path(), path, &good);
    }
}

#[test]
fn the_full_tile_serves_when_the_partial_one_was_removed() {
    let place = tempfile::tempdir().unwrap();
    let all = entries(600);
    let old = signed(&all[..300]);
    write_log(place.path(), &all);
    // Only the tile of level 1 exists solely in its newer, partial form.
    std::fs::create_dir_all(place.path().join("tile/1/000.p")).unwrap();
    let first = std::fs::read(place.path().join("tile/1/000.p/2")).unwrap();
    std::fs::write(place.path().join("tile/1/000.p/1"), &first[..32]).unwrap();
    let log = Log::open(DirectoryFetch::new(place.path()), old.checkpoint()).unwrap();
    assert_eq!(log.entry(299).unwrap(), all[299]);
    assert_eq!(log.prove_inclusion(299).unwrap().len(), 5);
}

#[test]
fn an_altered_entry_is_refused() {
    let place = tempfile::tempdir().unwrap();
    let all = entries(600);
    let signed = write_log(place.path(), &all);
    let path = "tile/entries/001";
    let mut bundle = std::fs::read(place.path().join(path)).unwrap();
    bundle[40] ^= 1;
    replace(place.path(), path, &bundle);
    let place = DirectoryFetch::new(place.path());
    let found = published(&place).unwrap();
    let log = Log::open(&place, found.verify(&keys()).unwrap()).unwrap();
    assert_eq!(found, signed);
    assert!(matches!(log.entry(256), Err(ReadError::Entry { index: 256, .. })));
    assert_eq!(log.entry(257).unwrap(), all[257]);
}
