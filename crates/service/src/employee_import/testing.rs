//! Files and states for the tests of the import.

use domain::{
    ids::{EmployeeId, UnitId},
    person_name::PersonName,
};
use jiff::civil::date;
use rust_xlsxwriter::{Formula, Workbook};
use uuid::Uuid;

use super::{
    current::{Current, Person, Unit},
    facts::{Facts, Field},
    plan::{Expected, Options, Plan, plan},
    sheet::{Sheet, read},
    units::NewUnits,
};
use crate::progress::silent;

/// A cell of a test workbook.
#[derive(Clone)]
pub enum In {
    Text(&'static str),
    Number(f64),
    /// A formula and the result the file holds, if any.
    Formula(&'static str, Option<&'static str>),
}

pub use In::{Formula as F, Number as N, Text as T};

pub fn xlsx(rows: &[&[In]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    for (r, row) in (0u32..).zip(rows) {
        for (c, cell) in (0u16..).zip(*row) {
            match cell {
                In::Text("") => {}
                In::Text(text) => {
                    page.write_string(r, c, *text).unwrap();
                }
                In::Number(number) => {
                    page.write_number(r, c, *number).unwrap();
                }
                In::Formula(formula, result) => {
                    let formula = Formula::new(*formula).set_result(result.unwrap_or_default());
                    page.write_formula(r, c, formula).unwrap();
                }
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// Ids 1, 2, 3, ….
pub fn counting() -> impl FnMut() -> Uuid {
    let mut next = 1_000_000u128;
    move || {
        next += 1;
        Uuid::from_u128(next)
    }
}

pub fn unit(n: u128, parent: Option<u128>, code: &str, name: &str, is_opd: bool) -> Unit {
    Unit {
        id: UnitId(Uuid::from_u128(n)),
        parent: parent.map(|p| UnitId(Uuid::from_u128(p))),
        code: Some(code.to_owned()).filter(|c| !c.is_empty()),
        name: name.to_owned(),
        is_opd,
    }
}

pub fn person(n: u128, number: &str, name: &str, facts: &[(Field, &str)]) -> Person {
    let mut held = Facts::default();
    for (field, value) in facts {
        held[*field] = Some((*value).to_owned());
    }
    Person {
        id: EmployeeId(Uuid::from_u128(n)),
        number: number.to_owned(),
        name: PersonName::new(name, "", ""),
        facts: held,
        in_service: true,
    }
}

pub fn id_text(n: u128) -> String {
    Uuid::from_u128(n).to_string()
}

/// A government with Dinas Pendidikan (10, two schools) and Dinas Kesehatan (20).
pub fn government() -> Current {
    Current {
        people: Vec::new(),
        units: vec![
            unit(1, None, "", "Pemerintah Kabupaten Contoh", false),
            unit(10, Some(1), "1.01", "Dinas Pendidikan", true),
            unit(11, Some(10), "", "SDN 1 Sukamaju", false),
            unit(12, Some(10), "", "Subbagian Umum", false),
            unit(20, Some(1), "1.02", "Dinas Kesehatan", true),
            unit(21, Some(20), "", "Subbagian Umum", false),
        ],
        schedules: vec!["5HARI".to_owned(), "6HARI".to_owned()],
    }
}

pub fn options() -> Options {
    Options { effective: date(2026, 11, 1), new_units: NewUnits::Propose, expected: Expected::OpdsInFile }
}

pub fn sheet(text: &str) -> Sheet {
    read(text.as_bytes()).unwrap_or_else(|e| panic!("{e}"))
}

pub fn planned(text: &str, current: &Current) -> Plan {
    plan(&sheet(text), current, &options(), &mut counting(), &silent)
}
