//! X2 read back from the workbook.

use calamine::Data;
use domain::lang::Lang;
use print::{DayMark, LockState, MarkColumn, PrintError};

use crate::{book, sample};

fn matrix_sheet() -> book::Sheet {
    book::sheet(&print::month_matrix(&sample::matrix(12, 30)).unwrap(), "Rekap")
}

#[test]
fn the_form_has_three_sheets_kop_and_two_row_headings() {
    let bytes = print::month_matrix(&sample::matrix(3, 30)).unwrap();
    assert_eq!(book::sheet_names(&bytes), ["Rekap", "Keterangan", "Dasar"]);
    let sheet = book::sheet(&bytes, "Rekap");
    assert_eq!(sheet.text("A1"), "PEMERINTAH KABUPATEN CONTOH");
    assert_eq!(sheet.text("A2"), "DINAS PENDIDIKAN");
    assert!(sheet.is_merged("A1:AV1"));
    assert_eq!(sheet.text("E6"), "Tanggal");
    assert!(sheet.is_merged("E6:AH6") && sheet.is_merged("A6:A7") && sheet.is_merged("B6:C6"));
    assert_eq!(sheet.text("E7"), "1\nMg");
    assert_eq!((sheet.number("A8"), sheet.number("AV8")), (1.0, 48.0));
}

#[test]
fn nip_is_text_of_eighteen_digits() {
    let sheet = matrix_sheet();
    for row in 9..21 {
        let nip = sheet.text(&format!("C{row}"));
        assert!(nip.len() == 18 && nip.bytes().all(|b| b.is_ascii_digit()), "{nip}");
    }
}

/// Counts again what each formula says over the cells it names, as Excel would.
#[test]
fn every_stored_count_is_what_its_formula_gives() {
    let sheet = matrix_sheet();
    let formulas = sheet.formulas();
    assert_eq!(formulas.len(), 12 * 10 + 30 + 13);
    for (formula, stored) in formulas {
        let (name, range_and_rest) = formula.rsplit_once('(').unwrap();
        let inside = range_and_rest.trim_end_matches(')');
        let counted = match name {
            "SUM" => sheet.range(inside).iter().map(|d| if let Data::Float(n) = d { *n } else { 0.0 }).sum(),
            "COUNTIF" | "SUMPRODUCT(COUNTIF" => {
                let (range, criteria) = inside.split_once(',').unwrap();
                let codes: Vec<&str> =
                    criteria.trim_matches(['{', '}']).split(',').map(|c| c.trim_matches('"')).collect();
                let hit = |d: &&Data| matches!(d, Data::String(text) if codes.contains(&text.as_str()));
                sheet.range(range).iter().filter(hit).count() as f64
            }
            other => panic!("unexpected {other}"),
        };
        assert_eq!(counted, stored, "{formula}");
    }
}

#[test]
fn the_counted_columns_add_up_to_the_judged_working_days() {
    let matrix = sample::matrix(41, 30);
    let sheet = book::sheet(&print::month_matrix(&matrix).unwrap(), "Rekap");
    for (i, person) in matrix.people.iter().enumerate() {
        let row = 9 + i;
        let judged =
            person.marks.iter().filter(|m| !matches!(m.column, MarkColumn::Off | MarkColumn::Pending));
        let columns = ["AI", "AJ", "AK", "AL", "AM", "AN", "AO", "AP"];
        let sum: f64 = columns.iter().map(|c| sheet.number(&format!("{c}{row}"))).sum();
        assert_eq!(sum, judged.count() as f64, "row {row}");
        let late = person.marks.iter().filter(|m| m.late).count();
        assert_eq!(sheet.number(&format!("AQ{row}")), late as f64);
    }
}

#[test]
fn a_percent_is_a_fraction_and_no_cut_is_no_value() {
    let sheet = matrix_sheet();
    assert_eq!(sheet.number("AV10"), 0.0025);
    assert_eq!(sheet.value("AV12"), Data::Empty);
}

#[test]
fn the_basis_says_which_rule_lock_hash_and_who() {
    let sheet = book::sheet(&print::month_matrix(&sample::matrix(1, 30)).unwrap(), "Dasar");
    let text: Vec<String> = sheet.range("A1:B20").iter().map(ToString::to_string).collect();
    for wanted in [
        "Perbup Contoh 7/2026",
        "Terkunci v2",
        "1 Desember 2026 08.15 WIB",
        "9f2c41d7a0b5e6338c",
        "Siti Aminah",
        "Hadir 0.1.0",
    ] {
        assert!(text.iter().any(|t| t == wanted), "{wanted}");
    }
}

#[test]
fn an_open_month_says_so_on_the_form() {
    let mut matrix = sample::matrix(1, 30);
    matrix.frame.basis.lock = LockState::Draft;
    let sheet = book::sheet(&print::month_matrix(&matrix).unwrap(), "Rekap");
    assert_eq!(sheet.text("A6"), "SEMENTARA: bulan ini belum dikunci");
}

#[test]
fn the_english_form_has_english_words_and_the_same_codes() {
    let mut matrix = sample::matrix(2, 30);
    matrix.frame.lang = Lang::En;
    let bytes = print::month_matrix(&matrix).unwrap();
    assert_eq!(book::sheet_names(&bytes), ["Recap", "Legend", "Basis"]);
    assert_eq!(book::sheet(&bytes, "Recap").text("E7"), "1\nSu");
}

#[test]
fn a_month_without_people_is_still_a_form() {
    let sheet = book::sheet(&print::month_matrix(&sample::matrix(0, 30)).unwrap(), "Rekap");
    assert_eq!(sheet.text("A9"), "—");
    assert_eq!((sheet.number("AI10"), sheet.formula("AI10").as_str()), (0.0, "SUM(AI9:AI9)"));
}

#[test]
fn a_row_that_misses_a_day_is_refused_with_its_name() {
    let mut matrix = sample::matrix(2, 30);
    matrix.people[1].marks.pop();
    let error = print::month_matrix(&matrix).unwrap_err();
    assert!(matches!(&error, PrintError::RowLength { row: 2, expected: 30, got: 29, .. }), "{error}");
    assert!(error.public(Lang::Id).contains("Drs. H. Ahmad Fauzan"));
}

#[test]
fn one_code_for_two_meanings_is_refused() {
    let mut matrix = sample::matrix(3, 30);
    matrix.people[0].marks[1] = DayMark::plain("TL", MarkColumn::Duty);
    matrix.people[1].marks[1] = DayMark::present(true, false, false, false);
    assert!(matches!(print::month_matrix(&matrix), Err(PrintError::AmbiguousCode { .. })));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let bytes = || print::month_matrix(&sample::matrix(20, 30)).unwrap();
    assert!(bytes() == bytes());
}

/// 1,100 people pass the limit above which rows go to a temporary file.
#[test]
fn a_large_sheet_written_through_a_file_reads_the_same() {
    let matrix = sample::matrix(1_100, 31);
    let sheet = book::sheet(&print::month_matrix(&matrix).unwrap(), "Rekap");
    assert_eq!(sheet.text("C1108"), sample::nip(1_099));
    assert!(sheet.is_merged("E6:AI6") && sheet.is_merged("A1109:D1109"));
    assert_eq!(sheet.formulas().len(), 1_100 * 10 + 31 + 13);
    let present =
        matrix.people.iter().flat_map(|p| &p.marks).filter(|m| m.column == MarkColumn::Present).count();
    assert_eq!(sheet.number("AJ1109"), present as f64);
}
