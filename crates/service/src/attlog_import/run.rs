//! Reading a file, storing its punches, taking them back.

use domain::ids::ImportId;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{
    Tx,
    import::{self as files, FileImport},
    pin_map,
    punch::{self, PunchRow},
    terminal::{Terminal, TerminalState},
};
use terminal::{
    batch::{Batch, Quarantined, Reason},
    table::{
        attlog::AttLine,
        attlog_dat::{self, DatError, DatLine},
    },
};

use super::{AttlogReport, LineProblem};
use crate::{
    Office, ServiceError, audit,
    terminal_admin::by_serial,
    terminal_desk::punch_row::{Origin, punch_row},
};

/// The kind of these imports in the register of files.
const KIND: &str = "attlog";
/// Largest file, in bytes; the whole memory of a terminal is about 8 MB.
const MAX_BYTES: usize = 64 << 20;

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

/// Stores the punches of a file. What is known already adds nothing.
///
/// # Errors
/// [`crate::Fault::Invalid`] for a file that is empty, encrypted, too large or holds no punch,
/// [`crate::Fault::Conflict`] for one imported before or a terminal that waits for approval.
pub async fn import(
    office: &Office,
    tx: &mut Tx,
    file: AttlogFile<'_>,
    actor: &str,
) -> Result<AttlogReport, ServiceError> {
    let terminal = by_serial(tx, file.serial).await?;
    if terminal.state == TerminalState::Pending {
        return Err(ServiceError::conflict(
            "Mesin ini belum disetujui. Setujui dahulu, supaya jelas PIN di berkas milik OPD mana.",
            "This terminal is not approved. Approve it first, so that it is known whose PINs the file holds.",
        ));
    }
    let sha256 = hex::encode(Sha256::digest(file.bytes));
    if let Some(before) = files::by_sha256(tx, &sha256).await? {
        let day = terminal.zone.local(before.imported_at).date();
        return Err(ServiceError::conflict(
            format!(
                "Berkas ini sudah diimpor pada {day} dengan nama {}. Tidak ada yang ditambahkan.",
                before.file_name
            ),
            format!("This file was imported on {day} as {}. Nothing was added.", before.file_name),
        ));
    }
    let batch = read(file.bytes)?;
    let now = office.now();
    let id = office.id(ImportId::new);
    let origin = Origin { terminal: &terminal, received: now, journal: None, import: Some(id) };
    let mut rows: Vec<PunchRow> =
        batch.records.iter().filter_map(|line| punch_row(office, origin, &att_line(line))).collect();
    let mut import = FileImport {
        import_id: id,
        kind: KIND.to_owned(),
        file_name: file.name.to_owned(),
        sha256,
        actor: actor.to_owned(),
        imported_at: now,
        summary: json!({}),
        undone_at: None,
        undone_by: None,
    };
    files::add(tx, &import).await?;
    pin_map::resolve(tx, &mut rows).await?;
    let added = punch::insert_batch(tx, &rows).await?;
    let report = report(id, &batch, &rows, added);
    import.summary = json!({
        "serial": terminal.serial, "lines": report.lines, "added": added, "duplicates": report.duplicates,
        "unmapped": report.unmapped, "unreadable": report.problems.len() + report.more_problems,
    });
    files::set_summary(tx, id, &import.summary).await?;
    let detail = json!({ "file": import.file_name, "sha256": import.sha256, "result": import.summary });
    audit::write(office, tx, actor, audit::Action::ImportPunches, about(&terminal), detail).await?;
    Ok(report)
}

/// Takes a file back: its punches count no more, except those that the terminal sent itself. Gives how many those were.
///
/// # Errors
/// [`crate::Fault::NotFound`] when there is no such import of punches or it was taken back before.
pub async fn undo(office: &Office, tx: &mut Tx, import: ImportId, actor: &str) -> Result<u64, ServiceError> {
    let known = recent(tx).await?.into_iter().find(|file| file.import_id == import);
    let Some(file) = known.filter(|file| file.undone_at.is_none()) else {
        return Err(ServiceError::not_found(
            "Impor ini tidak ada atau sudah dibatalkan.",
            "There is no such import, or it was taken back already.",
        ));
    };
    let punches = files::undo(tx, import, actor, office.now()).await?.punches;
    let detail = json!({ "file": file.file_name, "punches": punches });
    audit::write(
        office,
        tx,
        actor,
        audit::Action::UndoPunches,
        audit::Subject::new("file_import", import),
        detail,
    )
    .await?;
    Ok(punches)
}

/// The last imports of punches, newest first.
///
/// # Errors
/// As every read.
pub async fn recent(tx: &mut Tx) -> Result<Vec<FileImport>, ServiceError> {
    Ok(files::recent(tx, Some(KIND), 1000).await?)
}

fn read(bytes: &[u8]) -> Result<Batch<DatLine>, ServiceError> {
    if bytes.len() > MAX_BYTES {
        return Err(ServiceError::invalid(
            "Berkas lebih besar dari 64 MB. Berkas absen mesin tidak pernah sebesar itu; periksa berkasnya.",
            "The file is larger than 64 MB. No terminal writes so much; check the file.",
        ));
    }
    let batch = attlog_dat::parse(bytes).map_err(|error| match error {
        DatError::Empty => ServiceError::invalid(
            "Berkas kosong. Unduh ulang dari mesin ke USB.",
            "The file is empty. Download it from the terminal again.",
        ),
        DatError::Encrypted => ServiceError::invalid(
            "Berkas ini terenkripsi atau bukan attlog.dat. Matikan enkripsi unduhan di menu mesin (Manajemen Data / USB), lalu unduh ulang.",
            "This file is encrypted or no attlog.dat. Switch off encrypted downloads in the menu of the terminal (Data Mgt / USB) and download again.",
        ),
    })?;
    if batch.records.is_empty() {
        let first = batch.quarantined.first();
        let line = first.map(LineProblem::of);
        let say = |lang| line.as_ref().map(|line| line.sentence(lang)).unwrap_or_default();
        return Err(ServiceError::invalid(
            format!("Tidak ada absen yang terbaca di berkas ini. {}", say(domain::lang::Lang::Id)),
            format!("No punch in this file can be read. {}", say(domain::lang::Lang::En)),
        ));
    }
    Ok(batch)
}

fn att_line(line: &DatLine) -> AttLine {
    AttLine {
        pin: line.pin.clone(),
        local: line.local,
        status: line.status,
        verify: line.verify,
        workcode: line.workcode.clone(),
        offset: None,
    }
}

fn report(import: ImportId, batch: &Batch<DatLine>, rows: &[PunchRow], added: u64) -> AttlogReport {
    let is_event = |line: &&Quarantined| line.reason == Reason::Nobody;
    let times = || rows.iter().map(|row| row.local_time);
    AttlogReport {
        import,
        lines: batch.lines,
        added,
        duplicates: u64::try_from(rows.len()).unwrap_or(u64::MAX).saturating_sub(added),
        unmapped: rows.iter().filter(|row| row.employee_id.is_none()).count(),
        events: batch.quarantined.iter().filter(is_event).count(),
        span: times().min().zip(times().max()),
        problems: batch.quarantined.iter().filter(|line| !is_event(line)).map(LineProblem::of).collect(),
        more_problems: batch.quarantined_beyond,
    }
}

fn about(terminal: &Terminal) -> audit::Subject {
    audit::Subject::new("terminal", terminal.terminal_id)
}
