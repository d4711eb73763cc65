//! Reading roster tables.

use domain::month::Month;
use jiff::civil::date;

use super::{known_code, table};

fn december() -> Month {
    Month::of(date(2026, 12, 1))
}

#[test]
fn a_grid_and_a_list_say_the_same() {
    let grid = table::read(b"Sif Desember;;;\nNIP;Nama;1;2\n'1980;Ani;P;\n", december()).unwrap();
    let list = table::read(b"NIP,TANGGAL,SHIFT\n'1980,1/12/2026,P\n", december()).unwrap();
    assert_eq!((grid.len(), list.len()), (1, 1));
    assert_eq!((grid[0].day, &grid[0].code, grid[0].row), (Some(date(2026, 12, 1)), &"P".to_owned(), 3));
    assert_eq!((list[0].day, &list[0].code), (Some(date(2026, 12, 1)), &"P".to_owned()));
}

#[test]
fn a_date_of_another_month_is_no_day() {
    let said = table::read(b"NIP,TANGGAL,KODE\n1,2026-11-30,P\n2,besok,P\n", december()).unwrap();
    assert!(said.iter().all(|s| s.day.is_none()));
    assert!(table::read(b"NAMA;1;2\nA;P;P\n", december()).is_err(), "no column of numbers");
    assert!(table::read(b"", december()).is_err());
}

#[test]
fn codes_are_read_in_any_case_and_free_days_have_one_spelling() {
    let hospital = domain::schedule::builtin::get("rs-3-shift").unwrap();
    let code = |typed: &str| known_code(&hospital, typed);
    assert_eq!(code(" m ").as_deref(), Some("M"));
    assert_eq!([code("libur"), code("OFF"), code("-")].map(Option::unwrap), ["L", "L", "L"]);
    assert_eq!(code("lj").as_deref(), Some("LJ"));
    assert_eq!(code("X"), None);
}
