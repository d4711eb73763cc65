//! Who typed in how many reasons: what an auditor looks at first.

use std::{cmp::Reverse, collections::BTreeMap};

use domain::month::Month;
use store::{Scope, Tx};

use crate::{ServiceError, actors::Actors};

/// The reasons one clerk typed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedReasons {
    /// The clerk.
    pub name: String,
    /// Days of the month.
    pub days: u32,
    /// Of those without a document number.
    pub without_document: u32,
}

/// Reasons for days of a month by who typed them in, most first.
///
/// # Errors
/// When the database cannot be read.
pub async fn typed_reasons(tx: &mut Tx, month: Month) -> Result<Vec<TypedReasons>, ServiceError> {
    let rows = store::status::of(tx, Scope::Everyone, month.first(), month.last()).await?;
    let mut by_actor: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for row in rows {
        let (first, last) = (row.first_day.max(month.first()), row.last_day.min(month.last()));
        let days = u32::try_from(first.until(last).map_or(0, |span| span.get_days()) + 1).unwrap_or(0);
        let counted = by_actor.entry(row.actor).or_default();
        counted.0 += days;
        counted.1 += if row.document.is_empty() { days } else { 0 };
    }
    let actors = Actors::among(tx, &by_actor.keys().map(String::as_str).collect::<Vec<_>>()).await?;
    let mut typed: Vec<TypedReasons> = by_actor
        .into_iter()
        .map(|(actor, (days, without_document))| TypedReasons {
            name: actors.name(&actor),
            days,
            without_document,
        })
        .collect();
    typed.sort_by_key(|t| Reverse(t.days));
    Ok(typed)
}
