//! The end of the log that stands for a day: on the notice board, in the daily e-mail.
//!
//! It must be the same for everybody all day, so it is kept in a file, `1.daily/2026-11-03`: whatever was published when it was
//! first asked for on that day by the calendar of the government. A running server asks every minute, so that is the newest
//! end at the first minute after midnight. The files are a memory of the log outside of the database and are never changed.

use std::{
    fs::{self, File},
    io::{self, ErrorKind, Write},
    path::Path,
};

use jiff::civil::Date;
use ledger::SignedCheckpoint;

use super::{LogFiles, shown};
use crate::{Office, ServiceError};

/// The end of the log for today; `None` while nothing is published.
///
/// # Errors
/// As every read; [`crate::Fault::Internal`] when the file cannot be written or is none.
pub async fn daily(
    office: &Office,
    files: &LogFiles,
) -> Result<Option<(Date, SignedCheckpoint)>, ServiceError> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let zone = store::tenant::own(&mut tx).await?.zone;
    drop(tx);
    let today = zone.local(office.now()).date();
    let path = files.days().join(today.to_string());
    let there = path.clone();
    if let Some(kept) = blocking(move || read(&there)).await? {
        return Ok(Some((today, kept)));
    }
    let Some(end) = shown(office, files).await? else { return Ok(None) };
    let (folder, name) = (files.days().to_owned(), hex::encode(office.random::<8>()));
    let written = blocking(move || {
        keep(&folder, &path, &folder.join(format!(".{name}")), &end.checkpoint)?;
        read(&path)
    });
    Ok(written.await?.map(|kept| (today, kept)))
}

/// Runs `work` where waiting for a disk holds up nobody.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, ServiceError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(ServiceError::internal)?.map_err(ServiceError::internal)
}

fn read(path: &Path) -> io::Result<Option<SignedCheckpoint>> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(io::Error::new(error.kind(), format!("{}: {error}", named(path)))),
    };
    let unusable = |error| io::Error::new(ErrorKind::InvalidData, format!("{}: {error}", named(path)));
    SignedCheckpoint::parse(&text).map(Some).map_err(unusable)
}

/// The file and its folder; where that lies is nobody's business who reads the page of the log.
fn named(path: &Path) -> String {
    let mut names: Vec<_> = path.iter().rev().take(2).map(|name| name.to_string_lossy()).collect();
    names.reverse();
    names.join("/")
}

/// Writes the file whole or not at all, by way of `fresh`; who comes second leaves what is there.
fn keep(folder: &Path, path: &Path, fresh: &Path, end: &SignedCheckpoint) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut file = File::create(fresh)?;
    file.write_all(end.text().as_bytes())?;
    file.sync_all()?;
    let linked = fs::hard_link(fresh, path);
    fs::remove_file(fresh)?;
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => File::open(folder)?.sync_all(),
    }
}
