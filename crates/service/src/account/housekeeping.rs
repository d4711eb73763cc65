//! Removing sessions and links that nobody can use any more.

use jiff::ToSpan;

use crate::{Office, ServiceError};

/// How long they stay after their end, in hours: long enough to look into a complaint of the day.
const KEPT_HOURS: i64 = 7 * 24;

/// Removes sessions and one-time links that ended more than a week ago. How many.
///
/// # Errors
/// When the database cannot be written.
pub async fn sweep(office: &Office) -> Result<u64, ServiceError> {
    let before = office.now().saturating_sub(KEPT_HOURS.hours()).unwrap_or(office.now());
    let mut tx = office.db.begin_write(office.tenant).await?;
    let removed = store::session::sweep(&mut tx, before).await?;
    tx.commit().await?;
    Ok(removed)
}
