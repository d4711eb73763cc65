//! The head of everything about one person.

use service::month::{MonthSheet, PersonSheet};

/// Who a card, a day or an explanation belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonHead {
    /// Key in addresses.
    pub key: String,
    /// Name with titles.
    pub name: String,
    /// NIP as printed.
    pub nip: String,
    /// Position and unit.
    pub position: String,
}

/// Who a card or day belongs to.
pub(crate) fn person_head(sheet: &MonthSheet, person: &PersonSheet) -> PersonHead {
    let unit = person.unit.map_or("", |u| sheet.reference.units.name(u));
    PersonHead {
        key: person.id.0.simple().to_string(),
        name: person.name.clone(),
        nip: person.number.clone(),
        position: format!("{}, {unit}", person.jabatan),
    }
}
