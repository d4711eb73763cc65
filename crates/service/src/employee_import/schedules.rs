//! The schedules a row may name.

use domain::schedule::builtin;
use store::{Tx, schedule};

use crate::ServiceError;

/// Codes of the schedules that ship with the program and of those the government has made.
pub(super) async fn codes(tx: &mut Tx) -> Result<Vec<String>, ServiceError> {
    let mut codes: Vec<String> = schedule::all(tx).await?.into_iter().map(|row| row.code).collect();
    codes.extend(builtin::codes().map(str::to_owned));
    codes.sort_unstable();
    codes.dedup();
    Ok(codes)
}
