//! CSV and clipboard text of the layouts.

use print::{Dialect, delimited};

use crate::sample;

#[test]
fn indonesian_excel_gets_mark_semicolon_comma_and_whole_nip() {
    let csv = delimited(&sample::tpp(1), Dialect::EXCEL_INDONESIA).unwrap();
    let mut lines = csv.lines();
    let head = lines.next().unwrap();
    assert!(head.starts_with("\u{FEFF}No;Nama;NIP;Gol;"), "{head}");
    assert!(head.contains("Disiplin Kerja Potongan presensi %;"), "{head}");
    let nip = sample::nip(0);
    let row = lines.next().unwrap();
    assert!(row.starts_with(&format!("1;Siti Aminah;\"=\"\"{nip}\"\"\";III/d;")), "{row}");
    assert!(row.contains(";4,5;90000;"), "{row}");
}

#[test]
fn every_csv_line_has_the_fields_of_the_heading() {
    for csv in [
        delimited(&sample::matrix(5, 30), Dialect::RFC4180).unwrap(),
        delimited(&sample::recap(5), Dialect::RFC4180).unwrap(),
    ] {
        // The samples' only quoted fields are names with a comma.
        let fields =
            |line: &str| line.split('"').step_by(2).map(|part| part.matches(',').count()).sum::<usize>();
        let lines: Vec<usize> = csv.lines().map(fields).collect();
        assert!(lines.len() == 6 && lines.iter().all(|n| *n == lines[0]), "{lines:?}");
    }
}

#[test]
fn pasted_text_has_no_tab_or_newline_of_its_own() {
    let mut recap = sample::recap(1);
    recap.rows[0].remark = "a\tb\nc".into();
    let text = delimited(&recap, Dialect::CLIPBOARD).unwrap();
    assert_eq!(text.matches("\r\n").count(), 2);
    assert!(text.contains("\ta b c\r\n"));
}
