//! Reading and writing a file in the background, one at a time, away from the threads that answer requests.

use std::{sync::Arc, time::Duration};

use service::{
    Fault, Office, ServiceError,
    employee_import::{Request, apply, dry_run},
    progress::Progress,
};
use tokio::{runtime::Handle, task};

use super::shelf::{Held, Shelf, Step, Task};
use crate::server::Site;

/// How long a request waits for the work it has started: small files are done before the browser asks again.
const PATIENCE: Duration = Duration::from_millis(800);

/// Starts the work on a file and waits a moment for it.
pub(super) async fn start(site: &Site, held: Held, wanted: Task) {
    let (office, shelf) = (site.office.clone(), site.imports.clone());
    let work = task::spawn(async move {
        let Ok(_turn) = shelf.turn().await else { return };
        let key = held.key.clone();
        let runtime = Handle::current();
        let mine = (office.clone(), shelf.clone());
        let done = task::spawn_blocking(move || runtime.block_on(carry_out(&mine.0, &mine.1, &held, wanted)));
        let step = match done.await.unwrap_or_else(|lost| Err(ServiceError::internal(lost))) {
            Ok(step) => step,
            Err(error) => {
                if matches!(error.fault, Fault::Internal | Fault::Unavailable) {
                    tracing::error!(%error, source = ?error.source, "an import of employees failed");
                }
                Step::Refused(Arc::new(error))
            }
        };
        shelf.set(&key, step, office.now());
    });
    // Whoever is not patient looks at the progress; the work goes on either way.
    let _ = tokio::time::timeout(PATIENCE, work).await;
}

async fn carry_out(office: &Office, shelf: &Shelf, held: &Held, wanted: Task) -> Result<Step, ServiceError> {
    let usual = Request::new(&held.name, &held.bytes, held.effective, &held.owner);
    let request = Request { device_group: held.group, ..usual };
    let begun = Progress { id: "Membaca berkas", en: "Reading the file", done: 0, total: 0 };
    shelf.set(&held.key, Step::Busy(wanted, Some(begun)), office.now());
    let report = |progress: Progress| shelf.set(&held.key, Step::Busy(wanted, Some(progress)), office.now());
    Ok(match wanted {
        Task::Read => Step::Read(Arc::new(dry_run(office, &request, &report).await?)),
        Task::Apply => Step::Applied(apply(office, &request, &report).await?.import_id),
    })
}
