//! What befell a log, as its own entries say it: their openings lie beside the published files.

use std::{
    fs,
    path::{Path, PathBuf},
};

use ledger::{
    Entry, EntryKind, Opening, SignedCheckpoint,
    read::{DirectoryFetch, Log, published},
};
use serde::{Deserialize, Serialize};

/// What the entry commits to, as the server writes it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "table")]
enum Told {
    /// The log was continued after a restore, or given up for a new one.
    #[serde(rename = "log_event")]
    Recovery {
        what: String,
        /// The log that it befell.
        origin: String,
        published: u64,
        root: String,
        lost: u64,
        reason: String,
        actor: String,
    },
    /// Another key signs from here on.
    #[serde(rename = "log_key")]
    Key { vkey: String, replaces: String, reason: String, actor: String },
}

/// An event, proved by its entry.
#[derive(Debug, Serialize)]
pub struct Event {
    entry: u64,
    at: String,
    #[serde(flatten)]
    told: Told,
}

impl Event {
    /// Which log was given up for this one, if that is what happened: its name, published size and root.
    fn given_up(&self) -> Option<(&str, u64, &str)> {
        match &self.told {
            Told::Recovery { what, origin, published, root, .. } if what == "begun_anew" => {
                Some((origin, *published, root))
            }
            _ => None,
        }
    }
}

impl std::fmt::Display for Event {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "entry {}, {}: ", self.entry, self.at)?;
        let (reason, actor) = match &self.told {
            Told::Key { vkey, replaces, reason, actor } => {
                write!(f, "from here on the key is {vkey}, before it was {replaces}")?;
                (reason, actor)
            }
            Told::Recovery { origin, published, root, lost, reason, actor, .. } => {
                match self.given_up() {
                    Some(_) => write!(
                        f,
                        "{origin} was given up at {published} entries with the root {root}, and this log begins"
                    )?,
                    None => write!(
                        f,
                        "the database was set back; {origin} was continued behind its {published} published entries"
                    )?,
                }
                write!(f, "; {lost} entries lost")?;
                (reason, actor)
            }
        };
        write!(f, "; by {actor}: {reason}")
    }
}

/// Reads the events beside the log in `folder` as of the verified checkpoint `note`. What is wrong goes to `findings`.
///
/// # Errors
/// A folder that cannot be read.
pub fn events(
    folder: &Path,
    note: &SignedCheckpoint,
    findings: &mut Vec<String>,
) -> std::io::Result<Vec<Event>> {
    let mut found = Vec::new();
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        if !name.starts_with("event-") {
            continue;
        }
        match event(&path, folder, note) {
            Ok(event) => {
                findings.extend(event.given_up().and_then(|old| predecessor(folder, old).err()));
                found.push(event);
            }
            Err(wrong) => findings.push(format!("{name}: {wrong}")),
        }
    }
    found.sort_by_key(|event| event.entry);
    Ok(found)
}

fn event(path: &Path, folder: &Path, note: &SignedCheckpoint) -> Result<Event, String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let opening = Opening::parse(&text).map_err(|error| error.to_string())?;
    let log = Log::open(DirectoryFetch::new(folder), note.checkpoint()).map_err(|error| error.to_string())?;
    let bytes = log.entry(opening.index).map_err(|error| error.to_string())?;
    let entry = Entry::parse(&bytes).map_err(|error| error.to_string())?;
    opening.check(&entry).map_err(|error| error.to_string())?;
    let told: Told = serde_json::from_str(&opening.payload).map_err(|error| error.to_string())?;
    let kind = match told {
        Told::Recovery { .. } => EntryKind::Disaster,
        Told::Key { .. } => EntryKind::Key,
    };
    if entry.kind() != kind {
        return Err(format!("entry {} is a {}, not a {kind}", opening.index, entry.kind()));
    }
    Ok(Event { entry: opening.index, at: entry.at().to_string(), told })
}

/// Whether the log that was given up is still there as the event names it. Its files may be elsewhere.
fn predecessor(folder: &Path, (origin, size, then): (&str, u64, &str)) -> Result<(), String> {
    for place in places(folder) {
        let fetch = DirectoryFetch::new(&place);
        let Ok(note) = published(&fetch) else { continue };
        if note.checkpoint().origin() != origin {
            continue;
        }
        let root = Log::open(&fetch, note.checkpoint()).and_then(|log| log.root_at(size));
        return match root {
            Ok(root) if root.to_string() == then => Ok(()),
            Ok(root) => Err(format!(
                "{}: the first {size} entries have the root {root}, the new log says {then}",
                place.display()
            )),
            Err(error) => Err(format!("{}: {error}", place.display())),
        };
    }
    Ok(())
}

/// Where the log before this one may lie: above it, or beside it.
fn places(folder: &Path) -> Vec<PathBuf> {
    let Ok(folder) = folder.canonicalize() else { return Vec::new() };
    let Some(above) = folder.parent() else { return Vec::new() };
    let number = folder.file_name().and_then(|name| name.to_str()).and_then(|name| name.parse::<u64>().ok());
    let beside = number.and_then(|number| number.checked_sub(1)).map(|before| above.join(before.to_string()));
    beside.into_iter().chain([above.to_owned()]).collect()
}
