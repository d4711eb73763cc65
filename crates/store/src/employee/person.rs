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
    sql::record::Record,
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

/// Everyone in the scope with numbers and attribute histories, by name; three statements whatever the size.
///
/// # Errors
/// As every call.
pub async fn load(tx: &mut Tx, scope: Scope<'_>, from: Date, until: Date) -> Result<Vec<Person>> {
    let with = scope.with();
    let employees: Vec<Employee> = tx
        .fetch(
            format!(
                "{with} SELECT {} FROM people CROSS JOIN employee e
                 WHERE e.employee_id = people.employee_id AND e.tenant_id = $1 AND e.withdrawn_at IS NULL ORDER BY e.name, e.employee_id",
                Employee::list_of("e")
            ),
            scope.params(from, until),
        )
        .await?;
    let numbers: Vec<EmployeeNumber> = tx
        .fetch(
            format!(
                "{with} SELECT {} FROM people CROSS JOIN employee_number n
                 WHERE n.employee_id = people.employee_id AND n.tenant_id = $1 AND n.revoked_at IS NULL ORDER BY n.valid_from, n.recorded_at",
                EmployeeNumber::list_of("n")
            ),
            scope.params(from, until),
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
    Ok(gather(employees, numbers, facts))
}

type Fact = (EmployeeId, String, Date, Option<String>);

fn gather(employees: Vec<Employee>, numbers: Vec<EmployeeNumber>, facts: Vec<Fact>) -> Vec<Person> {
    let mut numbers_of: HashMap<EmployeeId, Vec<EmployeeNumber>> = HashMap::new();
    for number in numbers {
        numbers_of.entry(number.employee_id).or_default().push(number);
    }
    let mut attributes_of: HashMap<EmployeeId, BTreeMap<String, Timeline<Option<String>>>> = HashMap::new();
    for (employee, attribute, since, value) in facts {
        attributes_of.entry(employee).or_default().entry(attribute).or_default().set(since, value);
    }
    employees
        .into_iter()
        .map(|employee| Person {
            numbers: numbers_of.remove(&employee.employee_id).unwrap_or_default(),
            attributes: attributes_of.remove(&employee.employee_id).unwrap_or_default(),
            employee,
        })
        .collect()
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
