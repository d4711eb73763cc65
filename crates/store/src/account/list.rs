//! Finding accounts by a part of the name or login.

use domain::ids::{AccountId, UnitId};
use jiff::{Timestamp, civil::Date};

use crate::{
    employee::like,
    error::Result,
    sql::{
        record::record,
        value::{Bind, params},
    },
    tx::Tx,
};

record! {
    /// A hit of [`search`].
    pub struct Listed {
        /// The account.
        pub account_id: AccountId,
        /// NIP or chosen login.
        pub login: String,
        /// Name on the screen.
        pub display_name: String,
        /// Whether a passphrase was ever set.
        pub ready: bool,
        /// Until when login is refused after wrong passwords.
        pub locked_until: Option<Timestamp>,
        /// When it was switched off.
        pub disabled_at: Option<Timestamp>,
        /// The last login.
        pub last_login_at: Option<Timestamp>,
        /// How many hits there are in all.
        pub total: i64,
    }
}

/// Accounts whose name or login contains `text`, by name, `limit` of them after `offset`. With `within`, only accounts
/// that hold a role on `day` or later, and none outside these units.
///
/// # Errors
/// As every call.
pub async fn search(
    tx: &mut Tx,
    text: &str,
    within: Option<(&[UnitId], Date)>,
    (limit, offset): (i64, i64),
) -> Result<Vec<Listed>> {
    const HELD: &str = "SELECT 1 FROM role_grant g WHERE g.tenant_id = a.tenant_id
         AND g.account_id = a.account_id AND g.revoked_at IS NULL
         AND (g.valid_until IS NULL OR g.valid_until >= $6)";
    let mut params = params![like(text), limit, offset];
    let inside = match within {
        None => String::new(),
        Some((units, day)) => {
            params.extend([units.bind(), day.bind()]);
            format!(
                "AND EXISTS ({HELD}) AND NOT EXISTS ({HELD} AND (g.unit_id IS NULL OR g.unit_id NOT IN set_of($5)))"
            )
        }
    };
    let sql = format!(
        "SELECT a.account_id, a.login, a.display_name, a.password_hash IS NOT NULL AS ready, a.locked_until,
                a.disabled_at, a.last_login_at, COUNT(*) OVER () AS total
         FROM account a
         WHERE a.tenant_id = $1 AND (LOWER(a.display_name) LIKE $2 ESCAPE '\\' OR a.login LIKE $2 ESCAPE '\\')
               {inside}
         ORDER BY a.display_name, a.login LIMIT $3 OFFSET $4"
    );
    tx.fetch(sql, params).await
}
