//! The high-water mark: a database that was restored to an older state must not sign.

use std::convert::Infallible;

use ledger::high_water::{HighWater, HighWaterError, Standing, compare};
use ledger::{Hash, SignedCheckpoint};

use crate::support::{entries, entry, signed};

fn root_at(entries: &[Vec<u8>]) -> impl Fn(u64) -> Result<Hash, Infallible> {
    move |size| Ok(signed(&entries[..size as usize]).root())
}

fn standing(mark: &SignedCheckpoint, entries: &[Vec<u8>]) -> Standing {
    let Ok(standing) = compare(Some(mark), signed(entries).checkpoint(), root_at(entries));
    standing
}

#[test]
fn the_mark_only_rises() {
    let place = tempfile::tempdir().unwrap();
    let file = HighWater::at(&place.path().join("high-water"));
    assert!(file.read().unwrap().is_none());
    let all = entries(20);
    for size in [0, 5, 5, 20] {
        file.raise(&signed(&all[..size])).unwrap();
        assert_eq!(file.read().unwrap(), Some(signed(&all[..size])));
    }
    let mut other = all.clone();
    other[3] = entry(1, 3);
    for wrong in [signed(&all[..19]), signed(&other)] {
        assert!(matches!(file.raise(&wrong), Err(HighWaterError::NotHigher { .. })));
    }
    assert_eq!(file.read().unwrap(), Some(signed(&all)));
}

#[test]
fn a_restored_or_rewritten_database_is_told() {
    let all = entries(300);
    let mark = signed(&all[..200]);
    assert_eq!(standing(&mark, &all[..200]), Standing::Good);
    assert_eq!(standing(&mark, &all), Standing::Good);
    assert_eq!(standing(&mark, &all[..199]), Standing::Behind { mark: mark.clone(), size: 199 });
    let mut other = all.clone();
    other[3] = entry(1, 3);
    for size in [200, 300] {
        let root = signed(&other[..200]).root();
        assert_eq!(standing(&mark, &other[..size]), Standing::Forked { mark: mark.clone(), root });
    }
    let Ok(fresh) = compare(None, mark.checkpoint(), root_at(&all));
    assert_eq!(fresh, Standing::Good);
}

#[test]
fn a_damaged_mark_is_not_taken_for_none() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("high-water");
    let file = HighWater::at(&path);
    std::fs::write(&path, "").unwrap();
    assert!(matches!(file.read(), Err(HighWaterError::Malformed { .. })));
    assert!(file.raise(&signed(&entries(3))).is_err());
    std::fs::write(&path, "hadir-high-water/v1\nnonsense").unwrap();
    assert!(matches!(file.read(), Err(HighWaterError::Checkpoint { .. })));
    let nowhere = HighWater::at(&place.path().join("missing/high-water"));
    assert!(matches!(nowhere.raise(&signed(&entries(3))), Err(HighWaterError::Write { .. })));
}
