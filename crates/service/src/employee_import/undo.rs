//! Taking an import back.

use domain::{ids::ImportId, month::Month};
use store::{
    employee_import::{Dependents, dependents, find, remove_unused_units, take_back_pins},
    import::{self, FileImport, Undone},
};

use super::apply::{KIND, Summary, batch};
use crate::{
    Office, ServiceError,
    audit::{self, Action, Subject},
    reference,
};

/// The latest imports of employees, newest first, with what each did.
///
/// # Errors
/// When the database cannot be reached.
pub async fn history(
    office: &Office,
    limit: i64,
) -> Result<Vec<(FileImport, Option<Summary>)>, ServiceError> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let imports = import::recent(&mut tx, Some(KIND), limit).await?;
    tx.rollback().await?;
    let with_summary = imports.into_iter().map(|import| {
        let summary = serde_json::from_value(import.summary.clone()).ok();
        (import, summary)
    });
    Ok(with_summary.collect())
}

/// Takes an import back: people it added are withdrawn, values it changed are as before, PINs go back to their owners,
/// and units it made that nobody uses are removed. People can be imported again afterwards.
///
/// # Errors
/// [`crate::Fault::Conflict`] with the reasons when something was built on it since, or it was undone already.
pub async fn undo(office: &Office, import_id: ImportId, actor: &str) -> Result<Undone, ServiceError> {
    let mut tx = office.db.begin_write(office.tenant).await?;
    let file = find(&mut tx, import_id).await?;
    if file.kind != KIND {
        return Err(ServiceError::not_found(
            "Impor ini bukan impor pegawai.",
            "This is not an import of employees.",
        ));
    }
    if file.undone_at.is_some() {
        return Err(ServiceError::conflict(
            "Impor ini sudah dibatalkan.",
            "This import has been undone already.",
        ));
    }
    let summary: Summary = serde_json::from_value(file.summary).map_err(ServiceError::internal)?;
    let built = dependents(&mut tx, import_id, Month::of(summary.effective), file.imported_at).await?;
    if !built.is_empty() {
        return Err(refusal(&built));
    }
    if let Some(pins) = summary.pins {
        let batch = batch(pins.group, summary.effective, file.imported_at, &file.actor);
        let ended: Vec<_> = pins.ended.into_iter().map(|owner| owner.restored(pins.group)).collect();
        take_back_pins(&mut tx, &batch, &ended).await?;
    }
    let undone = import::undo(&mut tx, import_id, actor, office.now()).await?;
    let children_first: Vec<_> = summary.units.into_iter().rev().collect();
    let removed = remove_unused_units(&mut tx, &children_first).await?;
    let detail = serde_json::json!({ "file": file.file_name, "people": undone.people, "units": removed });
    let about = Subject::new("import", import_id);
    audit::write(office, &mut tx, actor, Action::UndoEmployees, about, detail).await?;
    if removed > 0 {
        reference::moved(office, &mut tx, actor).await?;
    }
    tx.commit().await?;
    Ok(undone)
}

fn refusal(built: &Dependents) -> ServiceError {
    let reasons = [
        (built.locked_months, "bulan sudah dikunci sesudah impor ini", "months were locked after it"),
        (
            built.statuses,
            "cuti atau status dari pegawai baru sudah dicatat",
            "statuses of its people were recorded",
        ),
        (built.accounts, "akun dari pegawai baru sudah dibuat", "logins of its people were made"),
        (
            built.facts,
            "data pegawai baru diubah dari sumber lain",
            "facts about its people came from elsewhere",
        ),
        (
            built.subordinates,
            "pegawai lain beratasan pegawai baru",
            "other people have one of them as superior",
        ),
        (built.entries, "presensi atau jadwal sif diisi manual", "punches or shifts were entered by hand"),
        (
            built.renamed,
            "nama diubah lagi oleh impor sesudahnya",
            "names were changed again by a later import",
        ),
    ];
    let list = |pick: fn(&(i64, &'static str, &'static str)) -> &'static str| {
        let said: Vec<String> =
            reasons.iter().filter(|r| r.0 > 0).map(|r| format!("{} {}", r.0, pick(r))).collect();
        said.join("; ")
    };
    ServiceError::conflict(
        format!(
            "Impor tidak dapat dibatalkan: {}. Perbaiki dengan impor atau perubahan baru.",
            list(|r| r.1)
        ),
        format!("The import cannot be undone: {}. Correct it by a new import or change.", list(|r| r.2)),
    )
}
