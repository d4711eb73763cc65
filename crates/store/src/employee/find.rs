//! Finding people by number or by a part of the name.

use domain::ids::EmployeeId;
use jiff::civil::Date;

use crate::{
    error::Result,
    scope::Scope,
    sql::{record::record, value::params},
    tx::Tx,
};

record! {
    /// A hit of [`search`].
    pub struct Found {
        /// The person.
        pub employee_id: EmployeeId,
        /// Name without titles.
        pub name: String,
        /// How many hits there are in all.
        pub total: i64,
    }
}

/// The person with this number, past or present.
///
/// # Errors
/// As every call.
pub async fn by_number(tx: &mut Tx, number: &str) -> Result<Option<EmployeeId>> {
    let hits = by_numbers(tx, &[number.to_owned()]).await?;
    Ok(hits.into_iter().next().map(|(_, employee)| employee))
}

/// Who has which of these numbers; numbers nobody has are left out. One statement.
///
/// # Errors
/// As every call.
pub async fn by_numbers(tx: &mut Tx, numbers: &[String]) -> Result<Vec<(String, EmployeeId)>> {
    let sql = "SELECT number, employee_id FROM employee_number
               WHERE tenant_id = $1 AND number IN texts_of($2) AND revoked_at IS NULL";
    tx.fetch_map(sql, params![numbers], |row| Ok((row.get("number")?, row.get("employee_id")?))).await
}

/// People of the scope whose name or number contains `text`, by name, `limit` of them after `offset`.
///
/// # Errors
/// As every call.
pub async fn search(
    tx: &mut Tx,
    scope: Scope<'_>,
    (from, until): (Date, Date),
    text: &str,
    (limit, offset): (i64, i64),
) -> Result<Vec<Found>> {
    let sql = format!(
        "{} SELECT e.employee_id, e.name, COUNT(*) OVER () AS total
         FROM people CROSS JOIN employee e
         WHERE e.employee_id = people.employee_id AND e.tenant_id = $1 AND e.withdrawn_at IS NULL
           AND (LOWER(e.name) LIKE $5 ESCAPE '\\' OR e.employee_id IN (
                SELECT employee_id FROM employee_number
                WHERE tenant_id = $1 AND number LIKE $5 ESCAPE '\\' AND revoked_at IS NULL))
         ORDER BY e.name, e.employee_id LIMIT $6 OFFSET $7",
        scope.with()
    );
    let mut params = scope.params(from, until);
    params.extend(params![like(text), limit, offset]);
    tx.fetch(sql, params).await
}

/// `%text%` with the pattern characters of the text itself taken literally.
pub(crate) fn like(text: &str) -> String {
    let escaped: String = text
        .trim()
        .to_lowercase()
        .chars()
        .flat_map(|c| matches!(c, '%' | '_' | '\\').then_some('\\').into_iter().chain([c]))
        .collect();
    format!("%{escaped}%")
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn patterns_in_a_name_are_taken_literally() {
        assert_eq!(like(" 100%_A\\ "), "%100\\%\\_a\\\\%");
    }
}
