//! What was done at a terminal and can hide or move punches.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{Result, Tx, terminal::Terminal};
use terminal::{codes::operation, table::operlog::Operation};

use super::{TerminalDesk, alert::AlertKind};
use domain::lang::Lang;

/// Most alerts of one upload; a terminal that sends its whole history again must not bury the others.
const MAX_PER_UPLOAD: usize = 20;
/// What happened longer than this before the terminal was approved is its past life.
const BEFORE_APPROVAL: SignedDuration = SignedDuration::from_hours(24);

impl TerminalDesk {
    /// Raises an alert for each operation that somebody should know of. One alert per operation and moment.
    pub(super) async fn watch_operations<'a>(
        &self,
        tx: &mut Tx,
        terminal: &Terminal,
        operations: impl Iterator<Item = &'a Operation>,
        now: Timestamp,
    ) -> Result<()> {
        let since = terminal.approved_at.unwrap_or(terminal.first_seen).saturating_sub(BEFORE_APPROVAL);
        let watched = operations.filter(|operation| {
            let at = terminal.zone.instant(operation.local);
            // A clock that was set may have stood anywhere before.
            let is_recent = at.is_none_or(|at| since.as_ref().is_ok_and(|since| at >= *since));
            operation::alert(operation.code, Lang::En).is_some()
                && (is_recent || operation.local.year() < 2010)
        });
        for operation in watched.take(MAX_PER_UPLOAD) {
            let local = operation.local.strftime("%Y-%m-%d %H:%M:%S").to_string();
            let detail =
                json!({ "code": operation.code, "operator": operation.operator, "local_time": local });
            let which = format!("{}:{local}", operation.code);
            self.raise(tx, Some(terminal), AlertKind::Operation, &which, detail, now).await?;
        }
        Ok(())
    }
}
