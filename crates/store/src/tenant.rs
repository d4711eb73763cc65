//! Tenants: the regional governments inside one installation. The only aggregate that is not of one tenant.

use domain::{ids::TenantId, zone::Zone};
use jiff::Timestamp;

use crate::{
    db::{Db, NO_TENANT},
    error::{Result, StoreError},
    sql::{
        record::{Record, record},
        value::{Column, params},
    },
    tx::Tx,
};

record! {
    /// A regional government (pemda).
    pub struct Tenant {
        /// Small number given by the installation, from 1.
        pub tenant_id: TenantId,
        /// Short name for links.
        pub slug: String,
        /// Official name.
        pub name: String,
        /// Province; selects the provincial layer of the calendar.
        pub province: String,
        /// Civil time zone.
        pub zone: Zone,
        /// Whether all of its people are invented.
        pub demo: bool,
        /// When it was created.
        pub created_at: Timestamp,
    }
}

/// Adds a tenant inside a transaction begun for its own id.
///
/// # Errors
/// [`crate::ErrorKind::Conflict`] when the number or the slug is taken.
pub async fn create(tx: &mut Tx, tenant: &Tenant) -> Result<()> {
    let sql = "INSERT INTO tenant (tenant_id, slug, name, province, zone, demo, created_at)
               VALUES ($2, $3, $4, $5, $6, $7, $8)";
    tx.execute(sql, tenant.values()).await.map(|_| ())
}

/// Changes name, province, zone and slug.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when the tenant does not exist.
pub async fn update(tx: &mut Tx, tenant: &Tenant) -> Result<()> {
    let sql = "UPDATE tenant SET slug = $2, name = $3, province = $4, zone = $5 WHERE tenant_id = $1";
    let zone = tenant.zone.to_value();
    let changed = tx.execute(sql, params![tenant.slug, tenant.name, tenant.province, zone]).await?;
    if changed == 0 { Err(StoreError::not_found("tenant")) } else { Ok(()) }
}

/// The tenant of this transaction.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when it does not exist.
pub async fn own(tx: &mut Tx) -> Result<Tenant> {
    let sql = format!("SELECT {} FROM tenant WHERE tenant_id = $1", Tenant::LIST);
    tx.fetch_optional(sql, params![]).await?.ok_or_else(|| StoreError::not_found("tenant"))
}

/// Keeps the tenant of this transaction from whoever else holds it until the transaction ends: what is then found to be
/// missing is not added meanwhile by another holder.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when it does not exist.
pub async fn hold(tx: &mut Tx) -> Result<()> {
    // Both engines lock what they update; SQLite has no SELECT … FOR UPDATE.
    let sql = "UPDATE tenant SET name = name WHERE tenant_id = $1";
    let held = tx.execute(sql, params![]).await?;
    if held == 0 { Err(StoreError::not_found("tenant")) } else { Ok(()) }
}

/// All tenants of the installation, in order of their number.
///
/// # Errors
/// As every call.
pub async fn all(db: &Db) -> Result<Vec<Tenant>> {
    let mut tx = db.begin_read(NO_TENANT).await?;
    tx.fetch(format!("SELECT {} FROM tenant ORDER BY tenant_id", Tenant::LIST), params![]).await
}
