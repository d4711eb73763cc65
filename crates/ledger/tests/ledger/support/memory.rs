//! A disk in memory that records every step, can fail at one, and can show what a power cut leaves.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard};

use ledger::read::{Fetch, FetchError};
use ledger::tiles::{Disk, DiskFile};
use rand::Rng;

type Inode = usize;

/// One recorded step.
#[derive(Debug, Clone)]
pub enum Op {
    Create(String, Inode),
    Write(Inode, Vec<u8>),
    Sync(Inode),
    Rename(String, String),
    MakeDirectory(String),
    SyncDirectory(String),
    RemoveFile(String),
    RemoveDirectory(String),
}

/// When a step fails, whether it was done all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    NotDone,
    DoneAllTheSame,
}

#[derive(Debug, Default, Clone)]
struct State {
    names: BTreeMap<String, Inode>,
    directories: BTreeSet<String>,
    contents: Vec<Vec<u8>>,
    ops: Vec<Op>,
    /// How many steps until one fails, and how.
    fail: Option<(usize, Failure)>,
}

#[derive(Debug, Default, Clone)]
pub struct MemoryDisk(Arc<Mutex<State>>);

pub struct MemoryFile(MemoryDisk, Inode);

/// The files of a disk, by path.
pub type Files = BTreeMap<String, Vec<u8>>;

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

impl State {
    fn apply(&mut self, op: &Op) -> io::Result<()> {
        let missing = || io::Error::from(io::ErrorKind::NotFound);
        match op {
            Op::Create(path, inode) => {
                if !parent(path).is_empty() && !self.directories.contains(parent(path)) {
                    return Err(missing());
                }
                self.names.insert(path.clone(), *inode);
            }
            Op::Write(inode, bytes) => self.contents[*inode].extend_from_slice(bytes),
            Op::Rename(from, to) => {
                if !parent(to).is_empty() && !self.directories.contains(parent(to)) {
                    return Err(missing());
                }
                let inode = self.names.remove(from).ok_or_else(missing)?;
                self.names.insert(to.clone(), inode);
            }
            Op::MakeDirectory(path) => {
                self.directories.insert(path.clone());
            }
            Op::RemoveFile(path) => {
                self.names.remove(path).ok_or_else(missing)?;
            }
            Op::RemoveDirectory(path) => {
                self.directories.remove(path);
            }
            Op::Sync(_) | Op::SyncDirectory(_) => {}
        }
        Ok(())
    }
}

impl MemoryDisk {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    fn step(&self, op: Op) -> io::Result<()> {
        let mut state = self.state();
        let failure = match &mut state.fail {
            Some((0, failure)) => Some(*failure),
            Some((left, _)) => {
                *left -= 1;
                None
            }
            None => None,
        };
        if failure.is_some() {
            state.fail = None;
        }
        if failure != Some(Failure::NotDone) {
            state.apply(&op)?;
            state.ops.push(op);
        }
        if failure.is_some() { Err(io::Error::other("injected")) } else { Ok(()) }
    }

    /// Lets the step after `steps` more fail.
    pub fn fail_after(&self, steps: usize, failure: Failure) {
        self.state().fail = Some((steps, failure));
    }

    /// Whether the failure asked for has not happened (any more steps than there were).
    pub fn disarm(&self) -> bool {
        self.state().fail.take().is_some()
    }

    /// The steps since the disk was made.
    pub fn ops(&self) -> Vec<Op> {
        self.state().ops.clone()
    }

    /// What a running system sees.
    pub fn files(&self) -> Files {
        let state = self.state();
        state.names.iter().map(|(path, inode)| (path.clone(), state.contents[*inode].clone())).collect()
    }

    /// A disk with the same files and directories and no history; all of it durable.
    pub fn fork(&self) -> Self {
        let state = self.state().clone();
        Self(Arc::new(Mutex::new(State { ops: Vec::new(), fail: None, ..state })))
    }

    /// A disk as the next process finds it when one that began on `base` was killed after `ops`: all of it
    /// is seen, whether durable or not, and the history goes on.
    pub fn after_kill(base: &Self, ops: &[Op]) -> Self {
        let disk = base.fork();
        {
            let mut state = disk.state();
            for op in ops {
                if matches!(op, Op::Create(..)) {
                    state.contents.push(Vec::new());
                }
                state.apply(op).unwrap();
                state.ops.push(op.clone());
            }
        }
        disk
    }

    /// A disk as a power cut after the first `done` steps on `self` may leave it, when it began as `base`.
    /// What was not made durable is lost, torn or kept by `rng`.
    pub fn after_power_cut(base: &Self, ops: &[Op], rng: &mut impl Rng) -> Self {
        let mut after = base.fork().state().clone();
        let known = after.contents.len();
        let inodes = ops.iter().filter(|op| matches!(op, Op::Create(..))).count();
        after.contents.resize(known + inodes, Vec::new());
        let mut full: BTreeMap<Inode, Vec<u8>> = BTreeMap::new();
        for (at, op) in ops.iter().enumerate() {
            match op {
                Op::Write(inode, bytes) => full.entry(*inode).or_default().extend_from_slice(bytes),
                Op::Sync(inode) => after.contents[*inode] = full.get(inode).cloned().unwrap_or_default(),
                Op::SyncDirectory(_) => {}
                Op::Create(path, _)
                | Op::Rename(_, path)
                | Op::MakeDirectory(path)
                | Op::RemoveFile(path)
                | Op::RemoveDirectory(path) => {
                    let is_sync = |later: &Op| matches!(later, Op::SyncDirectory(d) if d == parent(path));
                    if ops[at..].iter().any(is_sync) || rng.random_bool(0.5) {
                        keep(&mut after, op, &ops[..at]);
                    }
                }
            }
        }
        for (inode, bytes) in full {
            let durable = after.contents[inode].len();
            if durable < bytes.len() {
                after.contents[inode] = match rng.random_range(0..4) {
                    0 => bytes[..durable].to_vec(),
                    1 => bytes,
                    2 => bytes[..rng.random_range(durable..bytes.len())].to_vec(),
                    // Length reached the disk, the data did not.
                    _ => vec![0; bytes.len()],
                };
            }
        }
        // A directory whose own name is lost takes everything in it along.
        let directories = after.directories.clone();
        let reachable = |path: &str| {
            let mut above = parent(path);
            while !above.is_empty() && directories.contains(above) {
                above = parent(above);
            }
            above.is_empty()
        };
        after.names.retain(|path, _| reachable(path));
        after.directories.retain(|path| reachable(path));
        Self(Arc::new(Mutex::new(after)))
    }
}

/// Applies a change of names, also when an earlier one it builds on was lost.
fn keep(after: &mut State, op: &Op, before: &[Op]) {
    match op {
        Op::Rename(from, to) => {
            // The newest file of that name at the time, whether or not its first name was durable.
            let created = before.iter().rev().find_map(|op| match op {
                Op::Create(path, inode) if path == from => Some(*inode),
                _ => None,
            });
            after.names.remove(from);
            if let Some(inode) = created {
                after.names.insert(to.clone(), inode);
            }
        }
        Op::Create(path, inode) => {
            after.names.insert(path.clone(), *inode);
        }
        other => {
            let _ = after.apply(other);
        }
    }
}

impl Disk for MemoryDisk {
    type File = MemoryFile;

    fn create(&self, path: &str) -> io::Result<MemoryFile> {
        let inode = {
            let mut state = self.state();
            state.contents.push(Vec::new());
            state.contents.len() - 1
        };
        self.step(Op::Create(path.to_owned(), inode))?;
        Ok(MemoryFile(self.clone(), inode))
    }

    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        let state = self.state();
        Ok(state.names.get(path).map(|inode| state.contents[*inode].clone()))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.step(Op::Rename(from.to_owned(), to.to_owned()))
    }

    fn create_directory(&self, path: &str) -> io::Result<()> {
        if self.state().directories.contains(path) {
            return Ok(());
        }
        self.step(Op::MakeDirectory(path.to_owned()))
    }

    fn sync_directory(&self, path: &str) -> io::Result<()> {
        self.step(Op::SyncDirectory(path.to_owned()))
    }

    fn list(&self, path: &str) -> io::Result<Vec<String>> {
        let state = self.state();
        let inside = |name: &&String| parent(name) == path && !name.is_empty();
        let names = state.names.keys().filter(inside).chain(state.directories.iter().filter(inside));
        Ok(names.map(|name| name.rsplit('/').next().unwrap().to_owned()).collect())
    }

    fn remove_file(&self, path: &str) -> io::Result<()> {
        self.step(Op::RemoveFile(path.to_owned()))
    }

    fn remove_directory(&self, path: &str) -> io::Result<()> {
        self.step(Op::RemoveDirectory(path.to_owned()))
    }
}

impl DiskFile for MemoryFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.step(Op::Write(self.1, bytes.to_vec()))
    }

    fn protect(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.step(Op::Sync(self.1))
    }
}

impl Fetch for MemoryDisk {
    fn fetch(&self, path: &str, limit: usize) -> Result<Option<Vec<u8>>, FetchError> {
        Ok(self.read(path).unwrap().filter(|bytes| bytes.len() <= limit))
    }
}
