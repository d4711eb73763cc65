//! The limit below every audit: each byte of the same files read and hashed once, by as many threads, and nothing else.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use sha2::{Digest, Sha256};

use super::super::report::float;

/// What was read.
#[derive(Debug, Default)]
pub struct Plain {
    /// How many files.
    pub files: f64,
    /// How many bytes in all.
    pub bytes: f64,
}

/// Reads everything below `folder`.
///
/// # Errors
/// When something cannot be read.
pub fn read(folder: &Path) -> anyhow::Result<Plain> {
    let files = below(folder)?;
    let next = AtomicUsize::new(0);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let bytes: io::Result<Vec<usize>> = thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(|| share(&files, &next))).collect();
        let broken = |_| Err(io::Error::other("a reader broke down"));
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(broken)).collect()
    });
    Ok(Plain { files: float(files.len()), bytes: float(bytes?.into_iter().sum()) })
}

/// Hashes whichever file is next until there is none; the bytes.
fn share(files: &[PathBuf], next: &AtomicUsize) -> io::Result<usize> {
    let mut bytes = 0;
    while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
        let content = fs::read(file)?;
        std::hint::black_box(Sha256::digest(&content));
        bytes += content.len();
    }
    Ok(bytes)
}

/// All files below a folder.
fn below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let (mut folders, mut files) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for found in fs::read_dir(folder)? {
            let found = found?;
            let list = if found.file_type()?.is_dir() { &mut folders } else { &mut files };
            list.push(found.path());
        }
    }
    Ok(files)
}
