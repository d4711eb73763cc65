//! Codes and kinds for units that an import makes.

use std::collections::{HashMap, HashSet};

use domain::ids::UnitId;
use jiff::Timestamp;
use store::org::Unit;

use super::units::NewUnit;

/// What a unit is, as far as its name tells.
const KINDS: [(&str, &str); 24] = [
    ("dinas", "dinas"),
    ("badan", "badan"),
    ("inspektorat", "inspektorat"),
    ("sekretariat daerah", "sekretariat"),
    ("sekretariat dprd", "sekretariat"),
    ("sekretariat", "sekretariat"),
    ("satuan polisi", "satuan"),
    ("satpol", "satuan"),
    ("kecamatan", "kecamatan"),
    ("kelurahan", "kelurahan"),
    ("rumah sakit", "rsud"),
    ("rsud", "rsud"),
    ("puskesmas", "uptd"),
    ("uptd", "uptd"),
    ("upt ", "uptd"),
    ("sdn", "sekolah"),
    ("sd ", "sekolah"),
    ("smp", "sekolah"),
    ("sma", "sekolah"),
    ("smk", "sekolah"),
    ("tk ", "sekolah"),
    ("bidang", "bidang"),
    ("bagian", "bagian"),
    ("sub", "subbagian"),
];

/// The kind of a unit by the beginning of its name; `unit` if the name does not tell.
pub(super) fn kind_of(name: &str) -> &'static str {
    let name = name.to_lowercase();
    KINDS.iter().find(|(start, _)| name.starts_with(start)).map_or("unit", |(_, kind)| kind)
}

/// The proposed units as they are stored: each with a code that nobody has. A code the file gives is kept if it is free;
/// otherwise the unit gets the next number below its parent, `1.01.07`.
pub(super) fn stored(proposed: &[NewUnit], known: &[Unit], now: Timestamp) -> Vec<Unit> {
    let mut taken: HashSet<String> = known.iter().map(|unit| unit.code.clone()).collect();
    let mut code_of: HashMap<UnitId, String> =
        known.iter().map(|unit| (unit.unit_id, unit.code.clone())).collect();
    let mut out = Vec::with_capacity(proposed.len());
    for (order, unit) in (0i64..).zip(proposed) {
        let given = unit.code.clone().filter(|code| !taken.contains(code));
        let code = given.unwrap_or_else(|| {
            let parent = unit.parent.and_then(|parent| code_of.get(&parent)).map_or("", String::as_str);
            free_code(parent, &taken)
        });
        taken.insert(code.clone());
        code_of.insert(unit.id, code.clone());
        out.push(Unit {
            parent_id: unit.parent,
            kind: kind_of(&unit.name).to_owned(),
            is_opd: unit.is_opd,
            sort_order: 10_000 + order,
            ..Unit::new(unit.id, code, unit.name.as_str(), now)
        });
    }
    out
}

fn free_code(parent: &str, taken: &HashSet<String>) -> String {
    let prefix = if parent.is_empty() { "U".to_owned() } else { parent.to_owned() };
    let mut number = 1;
    loop {
        let code = format!("{prefix}.{number:02}");
        if !taken.contains(&code) {
            return code;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn proposed(n: u128, parent: Option<u128>, code: Option<&str>, name: &str) -> NewUnit {
        let id = |n| UnitId(Uuid::from_u128(n));
        let (id, parent, code) = (id(n), parent.map(id), code.map(str::to_owned));
        NewUnit { id, parent, code, name: name.to_owned(), is_opd: parent.is_none(), first_row: 2 }
    }

    #[test]
    fn every_new_unit_gets_a_code_of_its_own() {
        let new = [
            proposed(1, None, Some("1.01"), "Dinas Baru"),
            proposed(2, Some(1), None, "Bidang Satu"),
            proposed(3, Some(1), None, "SDN 2 Maju"),
            proposed(4, None, Some("1.01"), "Dinas Lain"),
        ];
        let units = stored(&new, &[], Timestamp::UNIX_EPOCH);
        let codes: Vec<(&str, &str)> = units.iter().map(|u| (u.code.as_str(), u.kind.as_str())).collect();
        assert_eq!(
            codes,
            [("1.01", "dinas"), ("1.01.01", "bidang"), ("1.01.02", "sekolah"), ("U.01", "dinas")]
        );
    }

    #[test]
    fn kinds_are_read_from_names() {
        assert_eq!(kind_of("Sub Bagian Umum"), "subbagian");
        assert_eq!(kind_of("UPT Puskesmas Jaya"), "uptd");
        assert_eq!(kind_of("Sekretariat Daerah"), "sekretariat");
        assert_eq!(kind_of("Pojok"), "unit");
    }
}
