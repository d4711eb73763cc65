//! What else is known of a person: name, numbers, PINs, login, and what locks stored.

use domain::ids::EmployeeId;
use jiff::civil::Date;

use super::{Erased, Sheet, facts::take};
use crate::{
    db::EngineKind,
    error::Result,
    sql::value::{Row, params},
    tx::Tx,
};

/// Rows without entries, by the person $2.
const TRACES: &[(&str, &str)] = &[
    (
        "terminal_user",
        "EXISTS (SELECT 1 FROM pin_map m CROSS JOIN terminal t
                 WHERE m.tenant_id = $1 AND t.tenant_id = $1 AND m.employee_id = $2 AND t.group_id = m.group_id
                   AND t.terminal_id = terminal_user.terminal_id AND m.pin = terminal_user.pin)",
    ),
    (
        "session",
        "account_id IN (SELECT a.account_id FROM account a WHERE a.tenant_id = $1 AND a.employee_id = $2)",
    ),
    (
        "one_time_link",
        "account_id IN (SELECT a.account_id FROM account a WHERE a.tenant_id = $1 AND a.employee_id = $2)",
    ),
    ("import_change", "employee_id = $2"),
];

/// Deletes the person with everything that is known of them but readings, which name nobody, and the deeds of their account,
/// which loses its name. The rows and salts of all their facts go too; sheets of locked months do not: [`erase_sheets`].
///
/// # Errors
/// As every call.
pub async fn person(tx: &mut Tx, person: EmployeeId) -> Result<Erased> {
    let mut erased = super::facts(tx, person, Date::MAX).await?;
    for (table, which) in TRACES {
        let sql = format!("DELETE FROM {table} WHERE tenant_id = $1 AND {which}");
        erased.count(table, tx.execute(sql, params![person]).await?);
    }
    let account =
        "UPDATE account SET login = 'erased-' || login_of.n, display_name = '', password_hash = NULL,
            employee_id = NULL, disabled_at = COALESCE(disabled_at, 0)
        FROM (SELECT COUNT(*) AS n FROM account WHERE tenant_id = $1 AND login LIKE 'erased-%') login_of
        WHERE tenant_id = $1 AND employee_id = $2";
    erased.count("account", tx.execute(account, params![person]).await?);
    for table in ["employee_attribute", "employee_number", "pin_map"] {
        take(tx, table, "employee_id = $2", params![person], &mut erased).await?;
    }
    let deeds = "subject_kind = 'employee' AND subject_id = $2 AND action NOT LIKE '%.read'";
    take(tx, "audit", deeds, params![person.to_string()], &mut erased).await?;
    let sql = "DELETE FROM employee WHERE tenant_id = $1 AND employee_id = $2";
    erased.count("employee", tx.execute(sql, params![person]).await?);
    Ok(erased)
}

/// Lets the rest of this transaction overwrite what it deletes, where the engine can: SQLite otherwise leaves the bytes in
/// the file until their place is used again. PostgreSQL frees them by its vacuum.
///
/// # Errors
/// As every call.
pub async fn overwrite_freed(tx: &mut Tx) -> Result<()> {
    match tx.kind() {
        EngineKind::Sqlite => tx.batch("PRAGMA secure_delete = ON").await,
        EngineKind::Postgres => Ok(()),
    }
}

/// The sheets in which a lock stored this person, opened again since or not.
///
/// # Errors
/// As every call.
pub async fn sheets_with(tx: &mut Tx, person: EmployeeId) -> Result<Vec<Sheet>> {
    let sql = "SELECT unit_id, month, version FROM month_close
               WHERE tenant_id = $1 AND payload LIKE $2 ORDER BY month, unit_id, version";
    let read = |row: Row<'_>| {
        Ok(Sheet { unit: row.get("unit_id")?, month: row.get("month")?, version: row.get("version")? })
    };
    tx.fetch_map(sql, params![format!("%\"{person}\"%")], read).await
}

/// Deletes what locks stored, for all their people. The digests stay, and their entries with them.
///
/// # Errors
/// As every call.
pub async fn erase_sheets(tx: &mut Tx, sheets: &[Sheet], erased: &mut Erased) -> Result<()> {
    let sql = "UPDATE month_close SET payload = ''
               WHERE tenant_id = $1 AND unit_id = $2 AND month = $3 AND version = $4";
    for sheet in sheets {
        let rows = tx.execute(sql, params![sheet.unit, sheet.month, sheet.version]).await?;
        erased.count("month_close", rows);
    }
    Ok(())
}
