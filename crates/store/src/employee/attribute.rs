//! Dated facts about a person.

use std::collections::BTreeMap;

use domain::ids::{EmployeeId, ImportId};
use jiff::{Timestamp, civil::Date};
use uuid::Uuid;

use crate::{
    error::{ErrorKind, Result, StoreError},
    log,
    sql::{
        bulk::{self, Derived, OnConflict},
        record::record,
        value::{Bind, Kind, params},
    },
    tx::Tx,
};

/// The names of attributes that the programs of this workspace use. Others may be stored as well.
pub mod names {
    /// Code of `domain::employment::EmploymentKind`.
    pub const KIND: &str = "kind";
    /// Golongan: `III/a`, `IX`.
    pub const GOLONGAN: &str = "golongan";
    /// Name of the position.
    pub const JABATAN: &str = "jabatan";
    /// Kind of position.
    pub const JENIS_JABATAN: &str = "jenis_jabatan";
    /// Eselon: `II.b`.
    pub const ESELON: &str = "eselon";
    /// Class of the position, 1 to 17.
    pub const KELAS: &str = "kelas";
    /// Unit, as the text of its id; decides who is in a subtree.
    pub const UNIT: &str = "unit";
    /// Direct superior, as the text of the person's id.
    pub const SUPERIOR: &str = "superior";
    /// Code of a schedule of this person alone.
    pub const SCHEDULE: &str = "schedule";
    /// Place of the person's group (regu) in a repeating roster: `0` to one less than the length of the cycle, the days
    /// it runs behind group 0.
    pub const CYCLE_OFFSET: &str = "cycle_offset";
    /// Personal amount that replaces the basic TPP, exact decimal.
    pub const TPP: &str = "tpp";
    /// State of the position: definitive, Plt, Plh, Pj; or out of service.
    pub const POSITION_STATE: &str = "position_state";
}

record! {
    /// A dated fact as it is recorded.
    pub struct Attribute {
        /// The person.
        pub employee_id: EmployeeId,
        /// Its name; see [`names`].
        pub attribute: String,
        /// First day on which it holds, until the next fact of the same attribute.
        pub valid_from: Date,
        /// When it was recorded; of one day the latest counts.
        pub recorded_at: Timestamp,
        /// The value; `None` ends the attribute.
        pub value: Option<String>,
        /// Document or system it comes from.
        pub source: String,
        /// Who recorded it.
        pub actor: String,
        /// Import it came from.
        pub import_id: Option<ImportId>,
    }
}

/// Records facts, thousands at a time. Two facts of one attribute, day and instant are one: the later in the list counts.
///
/// # Errors
/// [`crate::ErrorKind::Other`] when a unit or superior is not an id.
pub async fn add_attributes(tx: &mut Tx, facts: &[Attribute]) -> Result<u64> {
    if let Some(bad) = facts.iter().find(|f| names_an_id(f) && f.value.is_some() && reference(f).is_none()) {
        let detail = format!("attribute {} must be an id", bad.attribute);
        return Err(StoreError::new(ErrorKind::Other, detail));
    }
    let rows: BTreeMap<_, &Attribute> =
        facts.iter().map(|f| ((f.employee_id, &f.attribute, f.valid_from, f.recorded_at), f)).collect();
    let rows: Vec<Attribute> = rows.into_values().cloned().collect();
    let named = Derived { column: "ref_id", kind: Kind::Bytes, value: |fact| reference(fact).bind() };
    let clause = "ON CONFLICT (tenant_id, employee_id, attribute, valid_from, recorded_at) DO UPDATE SET
        value = excluded.value, ref_id = excluded.ref_id, source = excluded.source, actor = excluded.actor,
        import_id = excluded.import_id";
    bulk::insert_derived(tx, "employee_attribute", &rows, Some(named), OnConflict::Clause(clause)).await
}

/// The unit or person that the value names, as bytes for joins.
fn reference(fact: &Attribute) -> Option<Uuid> {
    names_an_id(fact).then_some(fact.value.as_deref())?.and_then(|value| Uuid::parse_str(value).ok())
}

fn names_an_id(fact: &Attribute) -> bool {
    matches!(fact.attribute.as_str(), names::UNIT | names::SUPERIOR)
}

/// Revokes one fact; what was recorded before it for the same day counts again.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when there is no such fact.
pub async fn revoke_attribute(
    tx: &mut Tx,
    employee: EmployeeId,
    attribute: &str,
    valid_from: Date,
    recorded_at: Timestamp,
    now: Timestamp,
) -> Result<()> {
    let sql = "UPDATE employee_attribute SET revoked_at = $6
        WHERE tenant_id = $1 AND employee_id = $2 AND attribute = $3 AND valid_from = $4 AND recorded_at = $5
          AND revoked_at IS NULL";
    match log::update(tx, sql, params![employee, attribute, valid_from, recorded_at, now]).await? {
        0 => Err(StoreError::not_found("attribute")),
        _ => Ok(()),
    }
}
