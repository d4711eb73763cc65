//! X1, X3 and X7 read back from the workbook.

use calamine::Data;
use print::{DayListVariant, Expr, PrintError, TppCell, TppKind};
use rust_decimal::Decimal;

use crate::{book, sample};

#[test]
fn the_day_list_keeps_the_columns_of_the_register() {
    let sheet = book::sheet(
        &print::day_list(&sample::day_list(6, DayListVariant::Register)).unwrap(),
        "Daftar Hadir",
    );
    // Kop 3, title, subtitle, draft line, then the headings.
    let headings = ["A7", "B7", "C7", "D7", "E7", "E8", "F8", "G7", "G8", "H8"].map(|a| sheet.text(a));
    assert_eq!(
        headings,
        [
            "No",
            "NIP",
            "Nama",
            "SKPD",
            "Presensi Harian",
            "Masuk",
            "Pulang",
            "Presensi Hari Besar",
            "Masuk",
            "Pulang"
        ]
    );
    assert_eq!(sheet.text("B10"), sample::nip(0));
    assert_eq!(sheet.number("E11"), (7.0 * 60.0 + 1.0) / 1440.0);
    // A check-out of the next morning is later than the check-in.
    assert_eq!(sheet.number("F14"), 1.0 + (7.0 * 60.0 + 5.0) / 1440.0);
    assert_eq!(sheet.value("E15"), Data::Empty);
    assert_eq!((sheet.formula("E16").as_str(), sheet.number("E16")), ("COUNT(E10:E15)", 5.0));
}

#[test]
fn the_board_variant_shows_rank_position_and_apel() {
    let sheet =
        book::sheet(&print::day_list(&sample::day_list(1, DayListVariant::Board)).unwrap(), "Daftar Hadir");
    let headings = ["D7", "E7", "F7", "G7", "H7"].map(|a| sheet.text(a));
    assert_eq!(headings, ["Pangkat", "Jabatan", "Pagi", "Pulang", "Apel"]);
}

#[test]
fn the_recapitulation_stands_in_columns_a_to_p_with_name_above_nip() {
    let sheet = book::sheet(&print::attendance_recap(&sample::recap(3)).unwrap(), "Rekap");
    assert_eq!((sheet.text("F6"), sheet.text("H6")), ("Jumlah Apel".into(), "Tidak Masuk Kantor".into()));
    let codes = ["H7", "I7", "J7", "K7", "L7", "M7", "N7", "O7"].map(|a| sheet.text(a));
    assert_eq!(codes, ["H", "S", "I", "DL", "C", "TB", "A", "DIK"]);
    assert_eq!((sheet.text("B9"), sheet.text("B10")), (sample::name(0), sample::nip(0)));
    assert!(sheet.is_merged("A9:A10") && sheet.is_merged("P9:P10") && !sheet.is_merged("B9:B10"));
    assert_eq!((sheet.formula("H15").as_str(), sheet.number("H15")), ("SUM(H9:H14)", 51.0));
    assert!(sheet.range("A16:A26").contains(&Data::String("DL: dibuktikan dengan SPT".into())));
}

#[test]
fn the_signature_stands_below_on_the_right() {
    let sheet = book::sheet(&print::attendance_recap(&sample::recap(3)).unwrap(), "Rekap");
    let below = sheet.range("M16:P30");
    for line in ["Kota Contoh, 1 Desember 2026", "Dr. Hj. Rahmawati Kusuma, M.Si.", "NIP 197203151998032004"]
    {
        assert!(below.contains(&Data::String(line.into())), "{line}");
    }
}

#[test]
fn the_pay_list_numbers_its_columns_with_their_formulas() {
    let list = sample::tpp(2);
    let sheet = book::sheet(&print::tpp_list(&list).unwrap(), "TPP");
    assert_eq!(sheet.number("F8"), 6.0);
    let formulas = ["G8", "I8", "L8", "M8", "N8"].map(|a| sheet.text(a));
    assert_eq!(formulas, ["7=6x60%", "9=7x8", "12=10x11", "13=9+12", "14=6-13"]);
    assert_eq!(sheet.formula("I9"), "ROUNDDOWN(ROUND(G9*H9,6),0)");
    assert_eq!(sheet.formula("M11"), "SUM(I11,L11)");
    assert_eq!(sheet.number("K9"), 0.045);
    assert_eq!((sheet.number("L9"), sheet.number("N9")), (90_000.0, 4_910_000.0));
    assert_eq!((sheet.formula("N13").as_str(), sheet.formula("K13").as_str()), ("SUM(N9:N12)", ""));
}

#[test]
fn a_value_that_a_special_rule_decided_stays_what_was_judged() {
    let mut list = sample::tpp(2);
    // Twenty days without notice would be 60 %: the month's cap made it less.
    list.rows[1].values[6] = TppCell::Number(Decimal::from(1));
    let sheet_bytes = print::tpp_list(&list).unwrap();
    let sheet = book::sheet(&sheet_bytes, "TPP");
    assert_eq!((sheet.number("L11"), sheet.formula("L11").as_str()), (1.0, ""));
    assert!(!sheet.formula("L9").is_empty());
    let basis = book::sheet(&sheet_bytes, "Dasar").range("A1:A20");
    assert!(basis.contains(&Data::String("Catatan rumus".into())));
}

#[test]
fn a_formula_may_only_read_numbers_before_it() {
    let mut list = sample::tpp(1);
    list.columns[1].formula = Some(Expr::Column(1));
    let refused = print::tpp_list(&list);
    assert!(matches!(refused, Err(PrintError::BadReference { column: 7, refers_to: 7 })));

    let mut list = sample::tpp(1);
    list.columns[0].kind = TppKind::Text;
    assert!(matches!(print::tpp_list(&list), Err(PrintError::BadReference { column: 7, refers_to: 6 })));
}
