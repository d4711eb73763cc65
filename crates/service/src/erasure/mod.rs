//! Deleting what is known of a person, under UU 27/2022 (data protection), articles 43 and 44: facts up to a month, or the
//! whole person.
//!
//! What pay rests on is kept as long as the archive schedule of the government (JRA) says, which is a number of years that it
//! configures. The entries of erased facts stay in the log, where nobody can open them any more, and the log says who decided
//! the erasure and why.

mod kept;
#[cfg(test)]
mod tests;

use domain::{
    ids::{EmployeeId, RecordId},
    month::Month,
    person_name::PersonName,
};
use jiff::civil::Date;
use serde_json::json;
use store::{
    Tx, account, employee,
    erasure::{self, Erased, Erasure, Places, Scope, Sheet},
    log::Logs,
};

pub use kept::{Kept, Why};

use crate::{Fault, Office, ServiceError, audit, reason::checked_reason, reference};

/// What shall be erased, and who answers for it.
#[derive(Debug, Clone)]
pub struct Order {
    /// Of whom.
    pub person: EmployeeId,
    /// Facts up to the end of this month; `None` for the person with everything.
    pub until: Option<Month>,
    /// Years after its month for which evidence of pay is kept.
    pub retention_years: u16,
    /// Why; the log keeps it for ever, so it must name nobody.
    pub reason: String,
    /// Article or decision it rests on.
    pub legal_basis: String,
    /// Account of whoever decides.
    pub actor: account::Account,
}

/// What was, or would be, erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Name of the person, with titles.
    pub name: String,
    /// Table and number of rows, without tables that had none.
    pub rows: Vec<(&'static str, u64)>,
    /// Entries that nobody can open any more: of each log of the tenant that has some, its number and the indexes in it.
    pub entries: Vec<(i64, Places)>,
    /// Sheets of locked months that go as a whole, for all their people: their time is over too.
    pub sheets: Vec<Sheet>,
    /// Whether SQLite's write-ahead log was emptied too; not while somebody reads an older state.
    pub is_overwritten: bool,
}

impl Report {
    /// How many entries nobody can open any more.
    pub fn entry_count(&self) -> i64 {
        self.entries.iter().map(|(_, places)| places.count()).sum()
    }
}

/// What an order would erase; nothing is changed.
///
/// # Errors
/// As [`erase`].
pub async fn preview(office: &Office, order: &Order) -> Result<Report, ServiceError> {
    let mut tx = office.db.begin_write(office.tenant).await?;
    let report = carry_out(office, &mut tx, order).await?;
    tx.rollback().await?;
    Ok(report)
}

/// Erases.
///
/// # Errors
/// [`crate::Fault::Conflict`] when something must be kept longer, with the months and why; [`crate::Fault::Invalid`] without a
/// reason or legal basis; [`crate::Fault::Forbidden`] when somebody decides about themselves.
pub async fn erase(office: &Office, order: &Order) -> Result<Report, ServiceError> {
    let mut tx = office.db.begin_write(office.tenant).await?;
    let report = carry_out(office, &mut tx, order).await?;
    tx.commit().await?;
    let is_overwritten = office.db.empty_wal().await?;
    Ok(Report { is_overwritten, ..report })
}

async fn carry_out(office: &Office, tx: &mut Tx, order: &Order) -> Result<Report, ServiceError> {
    let reason = checked_reason(&order.reason)?;
    let legal_basis = checked_basis(&order.legal_basis)?;
    if order.actor.employee_id == Some(order.person) {
        return Err(ServiceError::new(
            Fault::Forbidden,
            "Tidak seorang pun memutuskan penghapusan datanya sendiri.",
            "Nobody decides the erasure of their own data.",
        ));
    }
    let reference = reference::current(office, tx).await?;
    let person = employee::get(tx, order.person).await?;
    let until = order.until.map_or(Date::MAX, Month::last);
    let mut sheets = erasure::sheets_with(tx, order.person).await?;
    sheets.retain(|sheet| sheet.month.first() <= until);
    let today = reference.units.today(None, office.now());
    let keep = kept::Keep { reference: &reference, today, years: order.retention_years };
    let months = erasure::months_with_facts(tx, order.person, until).await?;
    if let Some(refusal) = kept::refusal(&keep.of(&person, &sheets, &months), order.retention_years) {
        return Err(refusal);
    }
    erasure::overwrite_freed(tx).await?;
    let mut erased = match order.until {
        Some(_) => erasure::facts(tx, order.person, until).await?,
        None => erasure::person(tx, order.person).await?,
    };
    erasure::erase_sheets(tx, &sheets, &mut erased).await?;
    write_down(office, tx, order, (reason, legal_basis), (&erased, &sheets)).await?;
    let name = person.employee;
    let name = PersonName::new(&name.name, &name.front_title, &name.back_title).full();
    let entries = Logs::read(tx).await?.split(&erased.entries);
    Ok(Report { name, rows: erased.rows, entries, sheets, is_overwritten: false })
}

/// An article or decision, in a few characters at least.
fn checked_basis(text: &str) -> Result<String, ServiceError> {
    let text = text.trim();
    if (3..=500).contains(&text.chars().count()) {
        return Ok(text.to_owned());
    }
    Err(ServiceError::invalid(
        "Tulis dasar hukumnya, misalnya “UU 27/2022 Pasal 43”.",
        "Write the legal basis, such as “UU 27/2022 Pasal 43”.",
    ))
}

/// The row that the log says it with, and the deed in the register.
async fn write_down(
    office: &Office,
    tx: &mut Tx,
    order: &Order,
    (reason, legal_basis): (String, String),
    (erased, sheets): (&Erased, &[Sheet]),
) -> Result<(), ServiceError> {
    let actor = order.actor.account_id.to_string();
    let id = office.id(RecordId::new);
    let row = Erasure {
        erasure_id: id,
        at: office.now(),
        scope: if order.until.is_some() { Scope::Facts } else { Scope::Person },
        employee_id: order.until.map(|_| order.person),
        until_day: order.until.map(Month::last),
        entries: erased.entries.clone(),
        entry_count: erased.entries.count(),
        sheets: serde_json::to_string(sheets).map_err(ServiceError::internal)?,
        reason,
        legal_basis,
        actor: actor.clone(),
    };
    erasure::add(tx, &row).await?;
    let detail = json!({
        "scope": row.scope.code(), "entries": row.entry_count, "sheets": sheets.len(),
        "reason": row.reason, "legal_basis": row.legal_basis,
    });
    audit::write(office, tx, &actor, audit::Action::Erase, audit::Subject::new("erasure", id), detail).await
}
