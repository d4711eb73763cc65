//! People: the master row, the numbers and the dated attributes.

mod attribute;
mod find;
mod person;

pub use attribute::{Attribute, add_attributes, names, revoke_attribute};
pub(crate) use find::like;
pub use find::{Found, by_number, by_numbers, search};
pub use person::{Person, get, in_subtree, load};

use domain::ids::{EmployeeId, ImportId};
use jiff::{Timestamp, civil::Date};

use crate::{
    error::Result,
    sql::{
        bulk::{self, OnConflict},
        record::record,
        text_enum::text_enum,
        value::params,
    },
    tx::Tx,
};

record! {
    /// The master row of a person.
    pub struct Employee {
        /// Identity; never the NIP.
        pub employee_id: EmployeeId,
        /// Name without titles.
        pub name: String,
        /// Titles before the name.
        pub front_title: String,
        /// Titles after the name.
        pub back_title: String,
        /// Day of birth, if known.
        pub birth_date: Option<Date>,
        /// `L` or `P`, if known.
        pub sex: Option<String>,
        /// When the person was added.
        pub created_at: Timestamp,
        /// Import that added the person.
        pub import_id: Option<ImportId>,
    }
}

text_enum! {
    /// The two kinds of numbers.
    pub enum NumberKind {
        /// NIP of CPNS and PNS.
        Nip = "nip",
        /// NI PPPK.
        NiPppk = "ni_pppk",
    }
}

record! {
    /// A number of a person.
    pub struct EmployeeNumber {
        /// The person.
        pub employee_id: EmployeeId,
        /// 18 digits.
        pub number: String,
        /// Which kind.
        pub kind: NumberKind,
        /// First day.
        pub valid_from: Date,
        /// Last day; `None` while it holds.
        pub valid_until: Option<Date>,
        /// When it was recorded.
        pub recorded_at: Timestamp,
        /// Import it came from.
        pub import_id: Option<ImportId>,
    }
}

/// Adds people.
///
/// # Errors
/// [`crate::ErrorKind::Conflict`] when an id exists.
pub async fn add(tx: &mut Tx, employees: &[Employee]) -> Result<u64> {
    bulk::insert(tx, "employee", employees, OnConflict::Fail).await
}

/// Adds numbers.
///
/// # Errors
/// [`crate::ErrorKind::Conflict`] when a number belongs to a person already.
pub async fn add_numbers(tx: &mut Tx, numbers: &[EmployeeNumber]) -> Result<u64> {
    bulk::insert(tx, "employee_number", numbers, OnConflict::Fail).await
}

/// Overwrites name, titles, birth date and sex of known people. With `import` the values before are kept, so that the
/// import can be undone.
///
/// # Errors
/// As every call.
pub async fn change(tx: &mut Tx, employees: &[Employee], import: Option<ImportId>) -> Result<u64> {
    if let Some(import) = import {
        let ids: Vec<EmployeeId> = employees.iter().map(|e| e.employee_id).collect();
        let sql = "INSERT INTO import_change
                (tenant_id, import_id, employee_id, name, front_title, back_title, birth_date, sex)
            SELECT tenant_id, $2, employee_id, name, front_title, back_title, birth_date, sex
            FROM employee WHERE tenant_id = $1 AND employee_id IN set_of($3)
            ON CONFLICT DO NOTHING";
        tx.execute(sql, params![import, &ids[..]]).await?;
    }
    let clause = "ON CONFLICT (tenant_id, employee_id) DO UPDATE SET name = excluded.name,
        front_title = excluded.front_title, back_title = excluded.back_title,
        birth_date = excluded.birth_date, sex = excluded.sex";
    bulk::insert(tx, "employee", employees, OnConflict::Clause(clause)).await
}
