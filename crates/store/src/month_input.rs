//! Monthly figures that come from elsewhere: day reports, SKP score, penalties. Append-only.

use domain::{
    ids::{EmployeeId, ImportId},
    month::Month,
};
use jiff::Timestamp;

use crate::{
    error::Result,
    scope::Scope,
    sql::{
        bulk::{self, OnConflict},
        record::{Record, record},
        value::params,
    },
    tx::Tx,
};

record! {
    /// A figure of a person in a month.
    pub struct MonthInput {
        /// The person.
        pub employee_id: EmployeeId,
        /// The month.
        pub month: Month,
        /// Its name as the policy calls it.
        pub name: String,
        /// When it was recorded; the latest counts.
        pub recorded_at: Timestamp,
        /// Decimal, code or text.
        pub value: String,
        /// Who recorded it.
        pub actor: String,
        /// Import it came from.
        pub import_id: Option<ImportId>,
    }
}

/// Records figures.
///
/// # Errors
/// As every call.
pub async fn add(tx: &mut Tx, inputs: &[MonthInput]) -> Result<u64> {
    let clause = "ON CONFLICT (tenant_id, employee_id, month, name, recorded_at) DO UPDATE SET
        value = excluded.value, actor = excluded.actor, import_id = excluded.import_id, revoked_at = NULL";
    bulk::insert(tx, "month_input", inputs, OnConflict::Clause(clause)).await
}

/// The figures of a month that count, one per person and name. One statement.
///
/// # Errors
/// As every call.
pub async fn of(tx: &mut Tx, scope: Scope<'_>, month: Month) -> Result<Vec<MonthInput>> {
    let sql = format!(
        "{}, newest AS (
            SELECT {}, ROW_NUMBER() OVER (PARTITION BY i.employee_id, i.name ORDER BY i.recorded_at DESC) AS place
            FROM people CROSS JOIN month_input i
            WHERE i.employee_id = people.employee_id AND i.tenant_id = $1 AND i.month = $5 AND i.revoked_at IS NULL
         ) SELECT {} FROM newest WHERE place = 1 ORDER BY employee_id, name",
        scope.with(),
        MonthInput::list_of("i"),
        MonthInput::LIST
    );
    let mut params = scope.params(month.first(), month.last());
    params.extend(params![month]);
    tx.fetch(sql, params).await
}
