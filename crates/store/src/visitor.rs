//! The account, roles and session behind a cookie, in one statement: every request of every page begins with it.

use domain::{
    ids::{AccountId, EmployeeId, UnitId},
    rights::Role,
};
use jiff::{Timestamp, civil::Date};

use crate::{
    error::Result,
    sql::value::{Row, params},
    tx::Tx,
};

/// A logged-in account with its roles.
#[derive(Debug, Clone, PartialEq)]
pub struct Visitor {
    /// The account.
    pub account_id: AccountId,
    /// The person.
    pub employee_id: Option<EmployeeId>,
    /// Login.
    pub login: String,
    /// Name on the screen.
    pub display_name: String,
    /// Whether the password must be changed.
    pub must_change: bool,
    /// `id` or `en`.
    pub lang: String,
    /// The last request that was noted.
    pub last_seen_at: Timestamp,
    /// Roles that are not revoked, past and future ones too.
    pub grants: Vec<HeldRole>,
}

/// A role as it is held.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldRole {
    /// The role.
    pub role: Role,
    /// Node of the tree; `None` for everything.
    pub unit_id: Option<UnitId>,
    /// Its name.
    pub unit_name: Option<String>,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_until: Option<Date>,
}

/// The visitor of a session that is not over at `now` and whose account is not switched off.
///
/// # Errors
/// As every call.
pub async fn of_session(tx: &mut Tx, token_hash: &[u8], now: Timestamp) -> Result<Option<Visitor>> {
    let sql =
        "SELECT a.account_id, a.employee_id, a.login, a.display_name, a.must_change, a.lang, s.last_seen_at,
                      g.role, g.unit_id, u.name AS unit_name, g.valid_from, g.valid_until
               FROM session s
               JOIN account a ON a.tenant_id = s.tenant_id AND a.account_id = s.account_id
               LEFT JOIN role_grant g
                      ON g.tenant_id = a.tenant_id AND g.account_id = a.account_id AND g.revoked_at IS NULL
               LEFT JOIN org_unit u ON u.tenant_id = g.tenant_id AND u.unit_id = g.unit_id
               WHERE s.tenant_id = $1 AND s.token_hash = $2 AND s.revoked_at IS NULL AND s.expires_at > $3
                 AND a.disabled_at IS NULL
               ORDER BY g.recorded_at";
    let rows =
        tx.fetch_map(sql, params![token_hash.to_vec(), now], |row| Ok((read(row)?, held(row)?))).await?;
    let mut visitor: Option<Visitor> = None;
    for (read, role) in rows {
        visitor.get_or_insert(read).grants.extend(role);
    }
    Ok(visitor)
}

fn read(row: Row<'_>) -> Result<Visitor> {
    Ok(Visitor {
        account_id: row.get("account_id")?,
        employee_id: row.get("employee_id")?,
        login: row.get("login")?,
        display_name: row.get("display_name")?,
        must_change: row.get("must_change")?,
        lang: row.get("lang")?,
        last_seen_at: row.get("last_seen_at")?,
        grants: Vec::new(),
    })
}

fn held(row: Row<'_>) -> Result<Option<HeldRole>> {
    let Some(role) = row.get::<Option<Role>>("role")? else { return Ok(None) };
    Ok(Some(HeldRole {
        role,
        unit_id: row.get("unit_id")?,
        unit_name: row.get("unit_name")?,
        valid_from: row.get("valid_from")?,
        valid_until: row.get("valid_until")?,
    }))
}
