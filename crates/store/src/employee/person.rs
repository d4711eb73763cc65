//! A person with everything dated, as the judge and the screens want it.

use std::collections::{BTreeMap, HashMap};

use domain::{
    dated::Timeline,
    ids::{EmployeeId, UnitId},
};
use jiff::civil::Date;

use super::{Employee, EmployeeNumber, names};
use crate::{
    error::{Result, StoreError},
    scope::Scope,
    sql::{record::Record, value::Row},
    tx::Tx,
};

/// A person with all numbers and the whole history of every attribute.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// The master row.
    pub employee: Employee,
    /// All numbers that are not revoked, oldest first.
    pub numbers: Vec<EmployeeNumber>,
    /// The history of each attribute; `None` where it ended.
    pub attributes: BTreeMap<String, Timeline<Option<String>>>,
    /// Whether any terminal knows a PIN of the person. Without one, no punch can ever arrive.
    pub has_pin: bool,
}

impl Person {
    /// The value of `attribute` on `day`.
    pub fn value(&self, attribute: &str, day: Date) -> Option<&str> {
        self.attributes.get(attribute)?.on(day)?.as_deref()
    }

    /// The unit on `day`.
    pub fn unit(&self, day: Date) -> Option<UnitId> {
        self.value(names::UNIT, day).and_then(UnitId::parse)
    }

    /// The direct superior on `day`.
    pub fn superior(&self, day: Date) -> Option<EmployeeId> {
        self.value(names::SUPERIOR, day).and_then(EmployeeId::parse)
    }

    /// The number that holds on `day`; before the first and after the last, the nearest one.
    pub fn number(&self, day: Date) -> Option<&str> {
        let held =
            |n: &&EmployeeNumber| n.valid_from <= day && n.valid_until.is_none_or(|until| day <= until);
        let number = self.numbers.iter().rev().find(held).or_else(|| self.numbers.last())?;
        Some(&number.number)
    }
}

/// Everyone in the scope with numbers and attribute histories, by name; two statements whatever the size.
///
/// # Errors
/// As every call.
pub async fn load(tx: &mut Tx, scope: Scope<'_>, from: Date, until: Date) -> Result<Vec<Person>> {
    let with = scope.with();
    let rows: Vec<(Employee, Option<EmployeeNumber>, bool)> = tx
        .fetch_map(
            format!(
                "{with} SELECT {}, n.number AS n_number, n.kind AS n_kind, n.valid_from AS n_valid_from,
                        n.valid_until AS n_valid_until, n.recorded_at AS n_recorded_at, n.import_id AS n_import_id,
                        EXISTS (SELECT 1 FROM pin_map m
                                WHERE m.tenant_id = $1 AND m.employee_id = e.employee_id) AS has_pin
                 FROM people CROSS JOIN employee e
                 LEFT JOIN employee_number n
                        ON n.tenant_id = $1 AND n.employee_id = e.employee_id AND n.revoked_at IS NULL
                 WHERE e.employee_id = people.employee_id AND e.tenant_id = $1 AND e.withdrawn_at IS NULL
                 ORDER BY e.name, e.employee_id, n.valid_from, n.recorded_at",
                Employee::list_of("e")
            ),
            scope.params(from, until),
            |row| Ok((Employee::read(row)?, number(row)?, row.get("has_pin")?)),
        )
        .await?;
    let facts = tx
        .fetch_map(
            format!(
                "{with} SELECT a.employee_id, a.attribute, a.valid_from, a.value
                 FROM people CROSS JOIN employee_attribute a
                 WHERE a.employee_id = people.employee_id AND a.tenant_id = $1 AND a.revoked_at IS NULL
                 ORDER BY a.employee_id, a.attribute, a.valid_from, a.recorded_at"
            ),
            scope.params(from, until),
            |row| {
                let employee: EmployeeId = row.get("employee_id")?;
                let attribute: String = row.get("attribute")?;
                Ok((employee, attribute, row.get::<Date>("valid_from")?, row.get::<Option<String>>("value")?))
            },
        )
        .await?;
    Ok(gather(rows, facts))
}

type Fact = (EmployeeId, String, Date, Option<String>);

/// The number in a row, if the person has one.
fn number(row: Row<'_>) -> Result<Option<EmployeeNumber>> {
    let Some(number) = row.get::<Option<String>>("n_number")? else { return Ok(None) };
    Ok(Some(EmployeeNumber {
        employee_id: row.get("employee_id")?,
        number,
        kind: row.get("n_kind")?,
        valid_from: row.get("n_valid_from")?,
        valid_until: row.get("n_valid_until")?,
        recorded_at: row.get("n_recorded_at")?,
        import_id: row.get("n_import_id")?,
    }))
}

/// Rows of one person stand together, oldest number first.
fn gather(rows: Vec<(Employee, Option<EmployeeNumber>, bool)>, facts: Vec<Fact>) -> Vec<Person> {
    let mut attributes_of: HashMap<EmployeeId, BTreeMap<String, Timeline<Option<String>>>> = HashMap::new();
    for (employee, attribute, since, value) in facts {
        attributes_of.entry(employee).or_default().entry(attribute).or_default().set(since, value);
    }
    let mut people: Vec<Person> = Vec::new();
    for (employee, number, has_pin) in rows {
        let id = employee.employee_id;
        if people.last().is_none_or(|p| p.employee.employee_id != id) {
            let attributes = attributes_of.remove(&id).unwrap_or_default();
            people.push(Person { employee, numbers: Vec::new(), attributes, has_pin });
        }
        if let Some(person) = people.last_mut() {
            person.numbers.extend(number);
        }
    }
    people
}

/// Everyone who was in `unit` or below it on at least one day of the period.
///
/// # Errors
/// As every call.
pub async fn in_subtree(tx: &mut Tx, unit: UnitId, from: Date, until: Date) -> Result<Vec<Person>> {
    load(tx, Scope::Subtree(unit), from, until).await
}

/// One person.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when there is none.
pub async fn get(tx: &mut Tx, employee: EmployeeId) -> Result<Person> {
    let people = load(tx, Scope::People(&[employee]), Date::MIN, Date::MAX).await?;
    people.into_iter().next().ok_or_else(|| StoreError::not_found("employee"))
}
