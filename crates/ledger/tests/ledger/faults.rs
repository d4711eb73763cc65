//! Every step of the publisher failing, done or not done (issue-table R3 and R5, for the files).

use ledger::tiles::{PublishError, Publisher, Step};
use ledger::verify::{AuditOptions, audit};

use crate::publish::files_of;
use crate::support::memory::{Failure, MemoryDisk, Op};
use crate::support::{entries, keys, signed};

#[test]
fn whatever_step_fails_the_log_stays_whole_and_a_new_start_heals() {
    let all = entries(520);
    let base = MemoryDisk::default();
    Publisher::new(base.clone()).with_threads(1).publish(0, &all[..250], &signed(&all[..250])).unwrap();
    let expected = files_of(&all);
    let (mut steps, mut stopped, mut retried) = (0, 0, 0);
    for failure in [Failure::NotDone, Failure::DoneAllTheSame] {
        for step in 0.. {
            let disk = base.fork();
            let mut publisher = Publisher::new(disk.clone()).with_threads(1);
            disk.fail_after(step, failure);
            let outcome = publisher.publish(250, &all[250..], &signed(&all));
            if disk.disarm() {
                outcome.unwrap();
                break;
            }
            steps += 1;
            let error = outcome.expect_err("a failed step is never swallowed");
            // What readers see is one checkpoint or the other, whole.
            let found = audit(&disk, &keys(), &AuditOptions { threads: 1, ..AuditOptions::default() });
            assert!(found.is_clean(), "step {step}: {found:?}");
            assert!([250, 520].contains(&found.entries));

            let uncertain = match &error {
                PublishError::Stop { step, .. } => Some(*step),
                PublishError::Write { .. } => None,
                other => panic!("step {step}: {other}"),
            };
            assert_eq!(error.must_stop(), uncertain.is_some());
            if let Some(at) = uncertain {
                stopped += 1;
                assert!(matches!(at, Step::Sync | Step::Rename | Step::SyncDirectory));
                // No second try by the same publisher, not even of something harmless.
                let again = publisher.publish(250, &all[250..], &signed(&all));
                assert!(matches!(again, Err(PublishError::Stopped)));
            } else {
                retried += 1;
                let from = publisher.published().unwrap().unwrap().size();
                publisher.publish(from, &all[from as usize..], &signed(&all)).unwrap();
            }
            let mut publisher = Publisher::new(disk.fork()).with_threads(1);
            let from = publisher.published().unwrap().unwrap().size();
            publisher.publish(from, &all[from as usize..], &signed(&all)).unwrap();
            publisher.sweep().unwrap();
            let mut files = publisher.disk().files();
            files.retain(|path, _| !path.starts_with("tile/1/000.p/") || path.ends_with("/2"));
            assert_eq!(files, expected, "step {step}");
        }
    }
    assert!(
        steps > 80 && stopped > 40 && retried > 20,
        "{steps} steps, {stopped} stopped, {retried} retried"
    );
}

#[test]
fn no_file_gets_its_name_before_its_content_is_durable_and_the_checkpoint_comes_last() {
    let all = entries(520);
    let mut publisher = Publisher::new(MemoryDisk::default()).with_threads(1);
    publisher.publish(0, &all, &signed(&all)).unwrap();
    let ops = publisher.disk().ops();
    let mut synced = Vec::new();
    let mut inode_of = std::collections::BTreeMap::new();
    let mut unsynced_directories = std::collections::BTreeSet::new();
    for op in &ops {
        match op {
            Op::Create(path, inode) => {
                inode_of.insert(path.clone(), *inode);
            }
            Op::Sync(inode) => synced.push(*inode),
            Op::SyncDirectory(path) => {
                unsynced_directories.remove(path);
            }
            Op::MakeDirectory(path) | Op::Rename(_, path) => {
                if let Op::Rename(from, to) = op {
                    assert!(synced.contains(&inode_of[from]), "{to} named before it was durable");
                    if to == "checkpoint" {
                        assert!(
                            unsynced_directories.is_empty(),
                            "before the checkpoint: {unsynced_directories:?}"
                        );
                    }
                }
                if path != ".staging" {
                    unsynced_directories
                        .insert(path.rsplit_once('/').map_or("", |(parent, _)| parent).to_owned());
                }
            }
            _ => {}
        }
    }
    assert!(unsynced_directories.is_empty());
    assert!(matches!(ops.last(), Some(Op::SyncDirectory(root)) if root.is_empty()));
}
