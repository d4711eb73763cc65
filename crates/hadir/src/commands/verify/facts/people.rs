//! Who the people in findings are: number, name and OPD, as the database says today.

use std::collections::{BTreeSet, HashMap};

use domain::ids::EmployeeId;
use serde_json::Value;
use service::{Office, reference};
use store::{Tx, employee, log::Finding};

/// People that are named; what is found of more is told by their ids.
const MOST: usize = 200;

/// Those of the findings.
pub(super) async fn of(
    office: &Office,
    tx: &mut Tx,
    findings: &[Finding],
) -> anyhow::Result<HashMap<EmployeeId, String>> {
    let ids: BTreeSet<EmployeeId> = findings.iter().flat_map(ids).collect();
    let mut people = HashMap::new();
    if ids.is_empty() {
        return Ok(people);
    }
    let reference = reference::current(office, tx).await?;
    let today = reference.units.today(None, office.now());
    for id in ids.into_iter().take(MOST) {
        // Somebody may have deleted the person too.
        let Ok(person) = employee::get(tx, id).await else { continue };
        let opd = person.unit(today).and_then(|unit| reference.units.opd_of(unit));
        let mut name =
            format!("{} {}", person.number(today).unwrap_or("without number"), person.employee.name);
        if let Some(opd) = opd {
            name.push_str(&format!(", {}", opd.code));
        }
        people.insert(id, name);
    }
    Ok(people)
}

fn ids(finding: &Finding) -> Vec<EmployeeId> {
    match finding {
        Finding::Owner { counted, holder, .. } => counted.iter().chain(holder).copied().collect(),
        Finding::Changed { fit, .. } => person_of(&fit.now).into_iter().collect(),
        Finding::NotLogged { now, .. } => person_of(now).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The person whom a row names.
pub(super) fn person_of(row: &str) -> Option<EmployeeId> {
    let row: Value = serde_json::from_str(row).ok()?;
    row.get("employee_id")?.as_str().and_then(EmployeeId::parse)
}
