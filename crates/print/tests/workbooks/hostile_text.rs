//! Text from outside: formulas, control characters, separators, excess.

use calamine::Data;
use print::{DayListVariant, Dialect, PrintError, delimited};

use crate::{book, sample};

const ATTACKS: [&str; 7] =
    ["=1+1", "=HYPERLINK(\"http://x/\",\"a\")", "+62812", "-2+3", "@SUM(A1)", "\t=1+1", "{=1+1}"];

#[test]
fn no_text_becomes_a_formula_in_any_sheet() {
    for attack in ATTACKS {
        let mut recap = sample::recap(1);
        recap.rows[0].name = attack.into();
        recap.rows[0].position = attack.into();
        recap.rows[0].remark = attack.into();
        recap.frame.letterhead.opd = attack.into();
        recap.frame.basis.legal_basis = attack.into();
        recap.frame.basis.more = vec![(attack.into(), attack.into())];
        let bytes = print::attendance_recap(&recap).unwrap();
        let sheet = book::sheet(&bytes, "Rekap");
        assert_eq!((sheet.text("B9"), sheet.formula("B9")), (attack.to_owned(), String::new()));
        assert_eq!(sheet.text("D9"), attack);
        assert!(sheet.formulas().iter().all(|(f, _)| f.starts_with("SUM(")));
        for name in ["Keterangan", "Dasar"] {
            assert!(book::sheet(&bytes, name).formulas().is_empty());
        }
    }
}

#[test]
fn control_characters_do_not_break_the_file() {
    let mut list = sample::day_list(1, DayListVariant::Register);
    list.rows[0].name = "Siti\0Aminah\u{1}\u{b}<&\u{FFFE}>".into();
    list.frame.letterhead.address = vec!["Jl. A & B \u{7} <1>".into()];
    let sheet = book::sheet(&print::day_list(&list).unwrap(), "Daftar Hadir");
    assert_eq!(sheet.text("C10"), "Siti Aminah  <& >");
    assert_eq!(sheet.value("A3"), Data::String("Jl. A & B   <1>".into()));
}

#[test]
fn a_text_larger_than_a_cell_is_refused_and_named() {
    let mut list = sample::day_list(2, DayListVariant::Register);
    list.rows[1].remark = "x".repeat(32_768);
    let refused = print::day_list(&list);
    assert!(
        matches!(&refused, Err(PrintError::TextTooLong { row: 2, column, length: 32_768 }) if column == "Keterangan")
    );
}

#[test]
fn csv_quotes_and_neutralises() {
    let mut list = sample::day_list(2, DayListVariant::Register);
    list.rows[0].name = "Siti \"Ina\", M.Pd.".into();
    list.rows[0].remark = "=cmd|' /C calc'!A0".into();
    list.rows[1].name = "dua\nbaris".into();
    let csv = delimited(&list, Dialect::RFC4180).unwrap();
    let expected_head = "No,NIP,Nama,SKPD,Presensi Harian Masuk,Presensi Harian Pulang,\
                         Presensi Hari Besar Masuk,Presensi Hari Besar Pulang,Keterangan\r\n";
    let first = format!(
        "1,{},\"Siti \"\"Ina\"\", M.Pd.\",Dinas Pendidikan,07:00,16:02,,,'=cmd|' /C calc'!A0\r\n",
        sample::nip(0)
    );
    let second = format!("2,{},\"dua\nbaris\",Dinas Pendidikan,07:01,16:02,,,\r\n", sample::nip(1));
    assert_eq!(csv, format!("{expected_head}{first}{second}"));
}
