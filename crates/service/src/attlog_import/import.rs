//! Storing the punches of a file, part by part, so that a server that runs beside it can take in others in between.

use std::{ops::Range, sync::Arc};

use async_trait::async_trait;
use domain::ids::ImportId;
use intake::{Door, Work};
use jiff::civil::DateTime;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::{
    Tx,
    import::{self as files, FileImport},
    pin_map,
    punch::{self, PunchRow},
    terminal::{Terminal, TerminalState},
};
use terminal::{batch::Batch, table::attlog_dat::DatLine};

use super::{AttlogReport, KIND, read};
use crate::{
    Fault, Office, ServiceError, audit,
    terminal_admin::by_serial,
    terminal_desk::punch_row::{Origin, punch_row},
};

/// Punches of one piece of work, as in an upload of a terminal.
const PART: usize = 2000;

/// A file and the terminal it is from.
#[derive(Debug, Clone, Copy)]
pub struct AttlogFile<'a> {
    /// Serial number of the terminal; the file itself does not tell it reliably.
    pub serial: &'a str,
    /// Name of the file.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// Stores the punches of a file. What is known already adds nothing. When it breaks off, importing the same file again
/// goes on with the same import.
///
/// # Errors
/// [`Fault::Invalid`] for a file that is empty, encrypted, too large or holds no punch, [`Fault::Conflict`] for one imported
/// before or a terminal that waits for approval, [`Fault::Unavailable`] when it broke off.
pub async fn import(
    office: &Office,
    door: &Door,
    file: AttlogFile<'_>,
    actor: &str,
) -> Result<AttlogReport, ServiceError> {
    let whole = Arc::new(Whole {
        serial: file.serial.to_owned(),
        name: file.name.to_owned(),
        actor: actor.to_owned(),
        sha256: hex::encode(Sha256::digest(file.bytes)),
        batch: read::read(file.bytes)?,
    });
    let all = whole.batch.records.len();
    let mut progress = Progress::default();
    let mut from = 0;
    while from < all {
        let lines = from..all.min(from + PART);
        let until = lines.end;
        let part = Part { office: office.clone(), whole: Arc::clone(&whole), lines, progress };
        progress = door.work(part).await.map_err(|error| broken_off(error, from, all))?;
        from = until;
    }
    let Some(import) = progress.import else { return Err(ServiceError::internal("a file without parts")) };
    Ok(AttlogReport::of(import, &whole.batch, progress.stored))
}

/// The error of a part; behind the first one, something is stored already.
fn broken_off(error: ServiceError, done: usize, all: usize) -> ServiceError {
    if done == 0 {
        return error;
    }
    let id = format!(
        "Impor terputus setelah {done} dari {all} absen. Impor berkas yang sama sekali lagi untuk melanjutkan."
    );
    let en =
        format!("The import broke off after {done} of {all} punches. Import the same file again to go on.");
    ServiceError { source: Some(Box::new(error)), ..ServiceError::new(Fault::Unavailable, id, en) }
}

/// A file as it was read.
struct Whole {
    serial: String,
    name: String,
    actor: String,
    sha256: String,
    batch: Batch<DatLine>,
}

/// What is stored of a file.
#[derive(Default)]
struct Progress {
    import: Option<ImportId>,
    stored: Stored,
}

/// Counts over the parts that are stored.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Stored {
    /// Punches not known before this import.
    pub(super) added: u64,
    /// Punches of the file, known before or not.
    pub(super) punches: usize,
    /// Of these, punches of PINs that belong to nobody.
    pub(super) unmapped: usize,
    /// Local times of the first and the last.
    pub(super) span: Option<(DateTime, DateTime)>,
}

impl Stored {
    fn add(&mut self, rows: &[PunchRow], added: u64) {
        self.added += added;
        self.punches += rows.len();
        self.unmapped += rows.iter().filter(|row| row.employee_id.is_none()).count();
        for row in rows {
            let (first, last) = self.span.unwrap_or((row.local_time, row.local_time));
            self.span = Some((first.min(row.local_time), last.max(row.local_time)));
        }
    }
}

/// Some lines of a file on their way through the door.
struct Part {
    office: Office,
    whole: Arc<Whole>,
    lines: Range<usize>,
    progress: Progress,
}

#[async_trait]
impl Work for Part {
    type Answer = Progress;
    type Refusal = ServiceError;

    fn rows(&self) -> usize {
        self.lines.len() + 1
    }

    async fn run(mut self, tx: &mut Tx) -> Result<Progress, ServiceError> {
        let terminal = by_serial(tx, &self.whole.serial).await?;
        let import = match self.progress.import {
            Some(import) => import,
            None => self.begin(tx, &terminal).await?,
        };
        let (office, received) = (&self.office, self.office.now());
        let origin = Origin { terminal: &terminal, received, journal: None, import: Some(import) };
        let lines = self.whole.batch.records[self.lines.clone()].iter();
        let mut rows: Vec<PunchRow> =
            lines.filter_map(|line| punch_row(office, origin, &read::att_line(line))).collect();
        pin_map::resolve(tx, &mut rows).await?;
        let added = punch::insert_batch(tx, &rows).await?;
        self.progress.stored.add(&rows, added);
        files::set_summary(tx, import, &self.summary(import)).await?;
        if self.is_last() {
            let Whole { name, sha256, actor, .. } = &*self.whole;
            let detail = json!({ "file": name, "sha256": sha256, "result": self.summary(import) });
            let about = audit::Subject::new("terminal", terminal.terminal_id);
            audit::write(office, tx, actor, audit::Action::ImportPunches, about, detail).await?;
        }
        self.progress.import = Some(import);
        Ok(self.progress)
    }
}

impl Part {
    fn is_last(&self) -> bool {
        self.lines.end == self.whole.batch.records.len()
    }

    /// The import that this part belongs to: a new one, or the one of this file that broke off.
    async fn begin(&mut self, tx: &mut Tx, terminal: &Terminal) -> Result<ImportId, ServiceError> {
        if terminal.state == TerminalState::Pending {
            return Err(ServiceError::conflict(
                "Mesin ini belum disetujui. Setujui dahulu, supaya jelas PIN di berkas milik OPD mana.",
                "This terminal is not approved. Approve it first, so that it is known whose PINs the file holds.",
            ));
        }
        match files::by_sha256(tx, &self.whole.sha256).await? {
            None => {}
            Some(before) if is_broken_off(&before, &terminal.serial) => {
                self.progress.stored.added = before.summary["added"].as_u64().unwrap_or(0);
                return Ok(before.import_id);
            }
            Some(before) => return Err(known(&before, terminal)),
        }
        let import = FileImport {
            import_id: self.office.id(ImportId::new),
            kind: KIND.to_owned(),
            file_name: self.whole.name.clone(),
            sha256: self.whole.sha256.clone(),
            actor: self.whole.actor.clone(),
            imported_at: self.office.now(),
            summary: json!({}),
            undone_at: None,
            undone_by: None,
        };
        files::add(tx, &import).await?;
        Ok(import.import_id)
    }

    /// What came of the file so far.
    fn summary(&self, import: ImportId) -> Value {
        let (serial, stored) = (&self.whole.serial, self.progress.stored);
        if !self.is_last() {
            return json!({ "serial": serial, "added": stored.added, "unfinished": true });
        }
        let report = AttlogReport::of(import, &self.whole.batch, stored);
        json!({
            "serial": serial, "lines": report.lines, "added": report.added, "duplicates": report.duplicates,
            "unmapped": report.unmapped, "unreadable": report.problems.len() + report.more_problems,
        })
    }
}

fn is_broken_off(import: &FileImport, serial: &str) -> bool {
    import.summary["unfinished"] == true && import.summary["serial"] == serial
}

fn known(before: &FileImport, terminal: &Terminal) -> ServiceError {
    let (day, name) = (terminal.zone.local(before.imported_at).date(), &before.file_name);
    ServiceError::conflict(
        format!("Berkas ini sudah diimpor pada {day} dengan nama {name}. Tidak ada yang ditambahkan."),
        format!("This file was imported on {day} as {name}. Nothing was added."),
    )
}
