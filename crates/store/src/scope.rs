//! Whom a question is about: everyone, a subtree of the organisation, or some persons. Written once as a common table
//! expression `people(employee_id)` that every question joins, so no list of ids travels to the database and back.
//!
//! Questions write `FROM people CROSS JOIN facts f WHERE f.employee_id = people.employee_id`: SQLite, which keeps no
//! statistics here, takes a cross join in the order it is written. Left to choose it starts from all facts of the tenant and
//! makes `people` anew for each of them (seen with 3.51: minutes instead of milliseconds). PostgreSQL takes both alike.

use domain::ids::{EmployeeId, UnitId};
use jiff::civil::Date;

use crate::{
    sql::value::{Bind, Kind, Value, params},
    tx::Tx,
};

/// Whom a question is about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scope<'a> {
    /// Everyone of the tenant.
    Everyone,
    /// Everyone who was placed in this unit or below it on at least one day of the period asked for.
    Subtree(UnitId),
    /// These persons.
    People(&'a [EmployeeId]),
}

/// Units below (and with) `$2`. `UNION` and not `UNION ALL`: a tree that was bent into a ring still ends.
const SUBTREE: &str = "
    sub(unit_id) AS (
        SELECT unit_id FROM org_unit WHERE tenant_id = $1 AND unit_id = $2
        UNION
        SELECT child.unit_id FROM sub CROSS JOIN org_unit child
        WHERE child.parent_id = sub.unit_id AND child.tenant_id = $1
    )";

/// People placed in `sub` on a day of `$3`..=`$4`. Only the placements of people who were ever there are put in order.
const PLACED: &str = "
    candidate AS (
        SELECT DISTINCT c.employee_id FROM sub CROSS JOIN employee_attribute c
        WHERE c.ref_id = sub.unit_id AND c.attribute = 'unit' AND c.tenant_id = $1
          AND c.revoked_at IS NULL AND c.valid_from <= $4
    ),
    fact AS (
        SELECT a.employee_id, a.valid_from, a.ref_id,
               ROW_NUMBER() OVER (PARTITION BY a.employee_id, a.valid_from ORDER BY a.recorded_at DESC) AS newest
        FROM candidate CROSS JOIN employee_attribute a
        WHERE a.employee_id = candidate.employee_id AND a.tenant_id = $1 AND a.attribute = 'unit' AND a.revoked_at IS NULL
    ),
    held AS MATERIALIZED (
        SELECT employee_id, ref_id, valid_from,
               LEAD(valid_from) OVER (PARTITION BY employee_id ORDER BY valid_from) AS next_from
        FROM fact WHERE newest = 1
    ),
    people(employee_id) AS MATERIALIZED (
        SELECT DISTINCT held.employee_id FROM held JOIN sub ON sub.unit_id = held.ref_id
        WHERE held.valid_from <= $4 AND (held.next_from IS NULL OR held.next_from > $3)
    )";

impl Scope<'_> {
    /// `WITH RECURSIVE … people(employee_id)`, to be followed by a select. Uses `$2` to `$4`.
    pub(crate) fn with(&self) -> String {
        match self {
            Scope::Everyone => "WITH people(employee_id) AS (
                SELECT employee_id FROM employee WHERE tenant_id = $1 AND withdrawn_at IS NULL)"
                .to_owned(),
            Scope::Subtree(_) => format!("WITH RECURSIVE {SUBTREE}, {PLACED}"),
            Scope::People(_) => "WITH people(employee_id) AS (
                SELECT employee_id FROM employee WHERE tenant_id = $1 AND employee_id IN set_of($2))"
                .to_owned(),
        }
    }

    /// The parameters `$2` to `$4`; further ones follow from `$5` on.
    pub(crate) fn params(&self, from: Date, until: Date) -> Vec<Value> {
        let who = match self {
            Scope::Everyone => Value::Null(Kind::Bytes),
            Scope::Subtree(unit) => unit.bind(),
            Scope::People(people) => people.bind(),
        };
        let mut params = params![from, until];
        params.insert(0, who);
        params
    }
}

/// The ids of everyone in the scope on at least one day of the period.
///
/// # Errors
/// As every call.
pub async fn people(
    tx: &mut Tx,
    scope: Scope<'_>,
    from: Date,
    until: Date,
) -> crate::Result<Vec<EmployeeId>> {
    let sql = format!(
        "{} SELECT e.employee_id FROM people CROSS JOIN employee e
         WHERE e.employee_id = people.employee_id AND e.tenant_id = $1 ORDER BY e.name, e.employee_id",
        scope.with()
    );
    tx.fetch_map(sql, scope.params(from, until), |row| row.get("employee_id")).await
}
