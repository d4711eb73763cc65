//! The organisation tree and the stage of each OPD.

use domain::{ids::UnitId, org::Stage, zone::Zone};
use jiff::{Timestamp, civil::Date};

use crate::{
    error::{Result, StoreError},
    sql::{
        bulk::{self, OnConflict},
        record::{Record, record},
        value::params,
    },
    tx::Tx,
};

record! {
    /// A node of the tree.
    pub struct Unit {
        /// Identity.
        pub unit_id: UnitId,
        /// The unit above; `None` for the root.
        pub parent_id: Option<UnitId>,
        /// Code used in files, unique.
        pub code: String,
        /// Name.
        pub name: String,
        /// `pemda`, `dinas`, `bidang`, `uptd`, ….
        pub kind: String,
        /// Whether it is an OPD: has a stage and closes its own months.
        pub is_opd: bool,
        /// Civil time zone where it differs from the unit above.
        pub zone: Option<Zone>,
        /// Postal address for the kop.
        pub address: String,
        /// Telephone for the kop.
        pub phone: String,
        /// Title of its head in signature blocks.
        pub head_title: String,
        /// Order among siblings.
        pub sort_order: i64,
        /// First day on which it no longer exists.
        pub closed_on: Option<Date>,
        /// When it was created.
        pub created_at: Timestamp,
    }
}

impl Unit {
    /// A unit at the top of the tree that is no OPD; nothing else is known of it.
    pub fn new(
        unit_id: UnitId,
        code: impl Into<String>,
        name: impl Into<String>,
        created_at: Timestamp,
    ) -> Unit {
        Unit {
            unit_id,
            parent_id: None,
            code: code.into(),
            name: name.into(),
            kind: "dinas".to_owned(),
            is_opd: false,
            zone: None,
            address: String::new(),
            phone: String::new(),
            head_title: String::new(),
            sort_order: 0,
            closed_on: None,
            created_at,
        }
    }
}

record! {
    /// A stage of an OPD from a day on; append-only.
    pub struct StageRecord {
        /// The OPD.
        pub unit_id: UnitId,
        /// First day.
        pub since: Date,
        /// When it was recorded; of one day the latest counts.
        pub recorded_at: Timestamp,
        /// The stage.
        pub stage: Stage,
        /// Document or reason.
        pub note: String,
        /// Who recorded it.
        pub actor: String,
    }
}

/// The whole tree, also closed units; siblings in their order. One statement.
///
/// # Errors
/// As every call.
pub async fn tree(tx: &mut Tx) -> Result<Vec<Unit>> {
    let sql = format!("SELECT {} FROM org_unit WHERE tenant_id = $1 ORDER BY sort_order, code", Unit::LIST);
    tx.fetch(sql, params![]).await
}

/// One unit.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when there is none.
pub async fn get(tx: &mut Tx, unit: UnitId) -> Result<Unit> {
    let sql = format!("SELECT {} FROM org_unit WHERE tenant_id = $1 AND unit_id = $2", Unit::LIST);
    tx.fetch_optional(sql, params![unit]).await?.ok_or_else(|| StoreError::not_found("unit"))
}

/// The unit with this code.
///
/// # Errors
/// As every call.
pub async fn by_code(tx: &mut Tx, code: &str) -> Result<Option<Unit>> {
    let sql = format!("SELECT {} FROM org_unit WHERE tenant_id = $1 AND code = $2", Unit::LIST);
    tx.fetch_optional(sql, params![code]).await
}

/// The ids of `unit` and everything below it.
///
/// # Errors
/// As every call.
pub async fn subtree(tx: &mut Tx, unit: UnitId) -> Result<Vec<UnitId>> {
    let sql = "WITH RECURSIVE sub(unit_id) AS (
            SELECT unit_id FROM org_unit WHERE tenant_id = $1 AND unit_id = $2
            UNION
            SELECT child.unit_id FROM sub CROSS JOIN org_unit child
            WHERE child.parent_id = sub.unit_id AND child.tenant_id = $1
        ) SELECT unit_id FROM sub";
    tx.fetch_map(sql, params![unit], |row| row.get("unit_id")).await
}

/// Writes units: new ones are added, known ids take the new values. Parents must come before (or with) their children.
///
/// # Errors
/// [`crate::ErrorKind::Conflict`] when a code is taken by another unit or a parent does not exist.
pub async fn put(tx: &mut Tx, units: &[Unit]) -> Result<u64> {
    let clause = "ON CONFLICT (tenant_id, unit_id) DO UPDATE SET parent_id = excluded.parent_id,
        code = excluded.code, name = excluded.name, kind = excluded.kind, is_opd = excluded.is_opd,
        zone = excluded.zone, address = excluded.address, phone = excluded.phone,
        head_title = excluded.head_title, sort_order = excluded.sort_order, closed_on = excluded.closed_on";
    bulk::insert(tx, "org_unit", units, OnConflict::Clause(clause)).await
}

/// Records stages.
///
/// # Errors
/// [`crate::ErrorKind::Conflict`] when a unit does not exist.
pub async fn add_stages(tx: &mut Tx, stages: &[StageRecord]) -> Result<u64> {
    let clause = "ON CONFLICT (tenant_id, unit_id, since, recorded_at) DO UPDATE SET
        stage = excluded.stage, note = excluded.note, actor = excluded.actor";
    bulk::insert(tx, "opd_stage", stages, OnConflict::Clause(clause)).await
}

/// All stage records of all OPD, oldest first: fed in this order into a `Timeline`, the latest record of a day wins.
///
/// # Errors
/// As every call.
pub async fn stages(tx: &mut Tx) -> Result<Vec<StageRecord>> {
    let sql = format!(
        "SELECT {} FROM opd_stage WHERE tenant_id = $1 ORDER BY unit_id, since, recorded_at",
        StageRecord::LIST
    );
    tx.fetch(sql, params![]).await
}
