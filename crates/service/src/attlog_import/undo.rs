//! Taking a file back.

use domain::ids::ImportId;
use serde_json::json;
use store::{
    Tx,
    import::{self as files, FileImport},
};

use super::KIND;
use crate::{Office, ServiceError, audit};

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
    let about = audit::Subject::new("file_import", import);
    audit::write(office, tx, actor, audit::Action::UndoPunches, about, detail).await?;
    Ok(punches)
}

/// The last imports of punches, newest first.
///
/// # Errors
/// As every read.
pub async fn recent(tx: &mut Tx) -> Result<Vec<FileImport>, ServiceError> {
    Ok(files::recent(tx, Some(KIND), 1000).await?)
}
