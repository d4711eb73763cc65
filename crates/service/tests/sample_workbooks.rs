//! The sample workbooks of the repository do what the documentation says of them.

use domain::{lang::Lang, nip::NumberError};
use jiff::civil::date;
use service::{
    employee_import::{
        bad_rows,
        current::{Current, Unit},
        plan::{Expected, Options, Plan, plan},
        problem::{ProblemKind, Severity},
        sheet::{self, Sheet},
        units::NewUnits,
    },
    progress::silent,
};
use uuid::Uuid;

fn read(name: &str) -> Sheet {
    let path = format!("{}/../../examples/workbooks/{name}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    sheet::read(&bytes).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn planned(sheet: &Sheet) -> Plan {
    let root = Unit {
        id: domain::ids::UnitId(Uuid::from_u128(1)),
        parent: None,
        code: Some("0".into()),
        name: "Kabupaten Contoh".into(),
        is_opd: false,
    };
    let current =
        Current { units: vec![root], schedules: vec!["perpres-21-2023".into()], ..Current::default() };
    let options = Options {
        effective: date(2026, 11, 1),
        new_units: NewUnits::Propose,
        expected: Expected::OpdsInFile,
    };
    let mut next = 100u128;
    let mut new_id = || {
        next += 1;
        Uuid::from_u128(next)
    };
    plan(sheet, &current, &options, &mut new_id, &silent)
}

#[test]
fn the_good_sample_imports_whole() {
    let sheet = read("pegawai-contoh.xlsx");
    assert_eq!(sheet.headings.private, ["NIK"]);
    let plan = planned(&sheet);
    assert_eq!(plan.problems, [], "{:#?}", plan.problems);
    assert_eq!((plan.people, plan.added.len()), (60, 60));
    assert_eq!(plan.new_units.iter().filter(|unit| unit.is_opd).count(), 2);
    assert_eq!(plan.new_units.len(), 8);
}

#[test]
fn the_bad_sample_shows_each_mistake_once() {
    let sheet = read("pegawai-contoh-salah.xlsx");
    let plan = planned(&sheet);
    let of_row = |row: u32| -> Vec<&ProblemKind> {
        plan.problems.iter().filter(|p| p.row == row).map(|p| &p.kind).collect()
    };
    use ProblemKind as K;
    assert!(of_row(4).is_empty());
    assert!(matches!(of_row(5)[..], [K::Number(NumberError::Scientific { .. })]), "{:?}", of_row(5));
    assert!(matches!(of_row(6)[..], [K::Number(NumberError::SequenceZero)]), "{:?}", of_row(6));
    assert!(matches!(of_row(7)[..], [K::Number(NumberError::TooShort { count: 17 })]), "{:?}", of_row(7));
    assert!(matches!(of_row(8)[..], [K::DuplicateNumber { first: 4 }]), "{:?}", of_row(8));
    assert!(matches!(of_row(9)[..], [K::Golongan(_)]), "{:?}", of_row(9));
    assert!(matches!(of_row(10)[..], [K::Number(NumberError::OldNip)]), "{:?}", of_row(10));
    assert!(matches!(of_row(11)[..], [K::Number(NumberError::BirthDate { .. })]), "{:?}", of_row(11));
    assert!(matches!(of_row(12)[..], [K::UnknownSuperior]), "{:?}", of_row(12));
    assert!(
        matches!(of_row(13)[..], [K::Cleaned, K::FormulaLikeText] | [K::FormulaLikeText]),
        "{:?}",
        of_row(13)
    );
    assert!(matches!(of_row(14)[..], [K::UnknownSchedule]), "{:?}", of_row(14));
    assert!(matches!(of_row(15)[..], [K::Number(NumberError::SpreadsheetNumber { .. })]), "{:?}", of_row(15));
    assert_eq!(plan.refused_rows, [5, 6, 7, 8, 9, 10, 11, 14, 15]);
    assert_eq!(plan.added.len(), 3);
}

#[test]
fn the_refused_rows_come_back_as_a_workbook_that_can_be_corrected() {
    let sheet = read("pegawai-contoh-salah.xlsx");
    let plan = planned(&sheet);
    let bytes = bad_rows::workbook(&sheet, &plan, Lang::Id).unwrap().expect("there are refused rows");
    let back = sheet::read(&bytes).unwrap();
    assert_eq!(back.rows.len(), plan.refused_rows.len());
    let again = planned(&back);
    assert_eq!(again.refused_rows.len(), plan.refused_rows.len() - 1, "the duplicate has lost its twin");
    assert!(again.problems.iter().filter(|p| p.severity() == Severity::Row).count() >= 8);
    let texts: Vec<String> =
        back.rows.iter().flat_map(|row| row.cells.iter().map(sheet::Cell::text)).collect();
    assert!(texts.iter().any(|t| t.contains("Ubah dahulu format kolom NIP menjadi Teks")), "{texts:?}");
    assert!(!texts.iter().any(|t| t.starts_with("9999")), "the NIK is not copied");
    let good = read("pegawai-contoh.xlsx");
    assert!(bad_rows::workbook(&good, &planned(&good), Lang::Id).unwrap().is_none());
}
