//! Whose PIN it is, per group of terminals and dated.

use std::collections::{BTreeMap, HashMap};

use domain::ids::{DeviceGroupId, EmployeeId};
use jiff::{Timestamp, civil::Date};

use crate::{
    db::EngineKind,
    error::{ErrorKind, Result, StoreError},
    punch::PunchRow,
    sql::{
        bulk::{self, OnConflict},
        record::{Record, record},
        value::{Row, params},
    },
    tx::Tx,
};

record! {
    /// A PIN and its owner.
    pub struct PinOwner {
        /// Group of terminals.
        pub group_id: DeviceGroupId,
        /// PIN as text; `0701` and `701` are two PINs.
        pub pin: String,
        /// First day.
        pub valid_from: Date,
        /// When it was recorded.
        pub recorded_at: Timestamp,
        /// The person.
        pub employee_id: EmployeeId,
        /// Last day; `None` while it holds.
        pub valid_until: Option<Date>,
        /// Who recorded it.
        pub actor: String,
    }
}

/// What [`map`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mapped {
    /// Owners recorded.
    pub owners: u64,
    /// Stored punches that got another person by it.
    pub punches: u64,
}

/// Records owners of PINs. Of the records of a PIN that hold on a day, the one
/// that began last counts. Punches already stored go to the
/// owner of their day, mapped or not before, because the person of a punch follows from this table. One statement per
/// 2,000 owners and three per group.
///
/// # Errors
/// As every call.
pub async fn map(tx: &mut Tx, owners: &[PinOwner]) -> Result<Mapped> {
    let newest: BTreeMap<_, PinOwner> = owners
        .iter()
        .map(|o| ((o.group_id, o.pin.clone(), o.valid_from, o.recorded_at), o.clone()))
        .collect();
    let rows: Vec<PinOwner> = newest.into_values().collect();
    let clause = "ON CONFLICT (tenant_id, group_id, pin, valid_from, recorded_at) DO UPDATE SET
        employee_id = excluded.employee_id, valid_until = excluded.valid_until, actor = excluded.actor";
    let mut pins: BTreeMap<DeviceGroupId, Vec<String>> = BTreeMap::new();
    for row in &rows {
        pins.entry(row.group_id).or_default().push(row.pin.clone());
    }
    let mut touched = Vec::new();
    for (group, pins) in pins {
        touched.push(Touched::of(tx, group, pins).await?);
    }
    let written = bulk::insert(tx, "pin_map", &rows, OnConflict::Clause(clause)).await?;
    let mut punches = 0;
    for touched in touched {
        punches += touched.attach(tx, Date::MIN).await?;
    }
    Ok(Mapped { owners: written, punches })
}

/// PINs of one group whose owners are about to change.
pub(crate) struct Touched {
    group: DeviceGroupId,
    pins: Vec<String>,
    /// Who had one of them at any time: their punches lie with them.
    owners: Vec<EmployeeId>,
}

impl Touched {
    /// To be called before the change.
    ///
    /// # Errors
    /// As every call.
    pub(crate) async fn of(tx: &mut Tx, group: DeviceGroupId, pins: Vec<String>) -> Result<Touched> {
        let sql = "SELECT DISTINCT employee_id FROM pin_map
                   WHERE tenant_id = $1 AND group_id = $2 AND pin IN texts_of($3)";
        let read = |row: Row<'_>| row.get("employee_id");
        let owners = tx.fetch_map(sql, params![group, &pins[..]], read).await?;
        Ok(Touched { group, pins, owners })
    }

    /// Gives the stored punches of these PINs since a day to whom the table says now; how many changed hands. They are found
    /// as punches of nobody and as those of the owners before: an index of all punches by PIN would cost every punch of a
    /// rush another page.
    ///
    /// # Errors
    /// As every call.
    pub(crate) async fn attach(&self, tx: &mut Tx, since: Date) -> Result<u64> {
        const OWNER: &str = "(SELECT m.employee_id FROM pin_map m
            WHERE m.tenant_id = $1 AND m.group_id = $2 AND m.pin = punch.pin
              AND m.valid_from <= SUBSTR(punch.local_time, 1, 10)
              AND (m.valid_until IS NULL OR m.valid_until >= SUBSTR(punch.local_time, 1, 10))
            ORDER BY m.valid_from DESC, m.recorded_at DESC LIMIT 1)";
        let give = |whose: &str| {
            format!(
                "UPDATE punch SET employee_id = {OWNER}
                 WHERE tenant_id = $1 AND device_group_id = $2 AND pin IN texts_of($3) AND SUBSTR(local_time, 1, 10) >= $4
                   AND {whose} AND employee_id IS DISTINCT FROM {OWNER}"
            )
        };
        let mut changed = 0;
        if !self.owners.is_empty() {
            let params = params![self.group, &self.pins[..], since, &self.owners[..]];
            changed += tx.execute(give("employee_id IN set_of($5)"), params).await?;
        }
        let params = params![self.group, &self.pins[..], since];
        changed += tx.execute(give("employee_id IS NULL"), params).await?;
        Ok(changed)
    }
}

/// All owners, past and present, by PIN and day.
///
/// # Errors
/// As every call.
pub async fn all(tx: &mut Tx) -> Result<Vec<PinOwner>> {
    let sql = format!(
        "SELECT {} FROM pin_map WHERE tenant_id = $1 ORDER BY group_id, pin, valid_from, recorded_at",
        PinOwner::LIST
    );
    tx.fetch(sql, params![]).await
}

/// The owners of these PINs in one group.
///
/// # Errors
/// As every call.
pub async fn of_pins(tx: &mut Tx, group: DeviceGroupId, pins: &[String]) -> Result<Vec<PinOwner>> {
    let sql = format!(
        "SELECT {} FROM pin_map WHERE tenant_id = $1 AND group_id = $2 AND pin IN texts_of($3)
         ORDER BY pin, valid_from, recorded_at",
        PinOwner::LIST
    );
    tx.fetch(sql, params![group, pins]).await
}

/// Fills in the person of punches that have a group and no person, each by its own local day. One statement per group.
///
/// # Errors
/// As every call.
pub async fn resolve(tx: &mut Tx, punches: &mut [PunchRow]) -> Result<()> {
    let mut pins: HashMap<DeviceGroupId, Vec<String>> = HashMap::new();
    for punch in punches.iter().filter(|p| p.employee_id.is_none()) {
        if let Some(group) = punch.device_group_id {
            pins.entry(group).or_default().push(punch.pin.clone());
        }
    }
    let mut owners: HashMap<DeviceGroupId, HashMap<String, Vec<Holding>>> = HashMap::new();
    for (group, mut pins) in pins {
        pins.sort_unstable();
        pins.dedup();
        let of_group = owners.entry(group).or_default();
        for (pin, holding) in holdings(tx, group, &pins).await? {
            of_group.entry(pin).or_default().push(holding);
        }
    }
    for punch in punches.iter_mut().filter(|p| p.employee_id.is_none()) {
        let of_group = punch.device_group_id.and_then(|group| owners.get(&group));
        let holdings = of_group.and_then(|pins| pins.get(punch.pin.as_str()));
        let day = punch.local_time.date();
        punch.employee_id =
            holdings.and_then(|list| list.iter().rev().find(|h| h.holds(day))).map(|h| h.employee);
    }
    Ok(())
}

/// What [`resolve`] needs of a [`PinOwner`]: it asks with every batch of punches.
struct Holding {
    from: Date,
    until: Option<Date>,
    employee: EmployeeId,
}

impl Holding {
    fn holds(&self, day: Date) -> bool {
        holds((self.from, self.until), day)
    }
}

/// All of them in one value: a row each would cost more than finding them.
async fn holdings(tx: &mut Tx, group: DeviceGroupId, pins: &[String]) -> Result<Vec<(String, Holding)>> {
    let list = match tx.kind() {
        EngineKind::Sqlite => {
            "json_group_array(json_array(pin, valid_from, valid_until, LOWER(HEX(employee_id))))"
        }
        EngineKind::Postgres => {
            "COALESCE(json_agg(json_build_array(pin, valid_from, valid_until, encode(employee_id, 'hex')))::TEXT, '[]')"
        }
    };
    let sql = format!(
        "SELECT {list} AS value FROM (SELECT pin, valid_from, valid_until, employee_id FROM pin_map
         WHERE tenant_id = $1 AND group_id = $2 AND pin IN texts_of($3)
         ORDER BY pin, valid_from, recorded_at) AS held"
    );
    let text: String = tx.scalar(sql, params![group, pins]).await?;
    let corrupt = |_| StoreError::new(ErrorKind::Corrupt, "the owners of PINs cannot be read");
    let rows: Vec<(String, Date, Option<Date>, EmployeeId)> = serde_json::from_str(&text).map_err(corrupt)?;
    Ok(rows
        .into_iter()
        .map(|(pin, from, until, employee)| (pin, Holding { from, until, employee }))
        .collect())
}

fn holds((from, until): (Date, Option<Date>), day: Date) -> bool {
    from <= day && until.is_none_or(|until| day <= until)
}

/// The owner on `day`: of the records that hold, the one that began last and was written last. `owners` are those of one
/// PIN as [`of_pins`] gives them.
pub fn owner_on(owners: &[PinOwner], day: Date) -> Option<EmployeeId> {
    let holds = |o: &&PinOwner| holds((o.valid_from, o.valid_until), day);
    owners.iter().rev().find(holds).map(|o| o.employee_id)
}
