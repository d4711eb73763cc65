//! Page set-up, read from the XML, as no reader shows it.

use std::io::{Cursor, Read};

use crate::sample;

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn has(xml: &str, wanted: &str) {
    assert!(xml.contains(wanted), "{wanted} is missing");
}

#[test]
fn the_form_prints_on_f4_landscape_one_page_wide() {
    let bytes = print::month_matrix(&sample::matrix(3, 30)).unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    has(&sheet, r#"<pageSetUpPr fitToPage="1"/>"#);
    has(&sheet, r#"<pageSetup paperSize="14" fitToHeight="0" orientation="landscape""#);
    has(&sheet, "Halaman &amp;P dari &amp;N");
    has(&sheet, "TERKUNCI v2 9f2c41d7a0b5");
    for number in [2, 3] {
        has(&part(&bytes, &format!("xl/worksheets/sheet{number}.xml")), r#"<pageSetup paperSize="14""#);
    }
}

#[test]
fn headings_repeat_and_names_stay_in_view() {
    let bytes = print::month_matrix(&sample::matrix(3, 30)).unwrap();
    let names = part(&bytes, "xl/workbook.xml");
    has(&names, r#"<definedName name="_xlnm.Print_Titles" localSheetId="0">Rekap!$6:$8</definedName>"#);
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    has(&sheet, r#"<pane xSplit="2" ySplit="8" topLeftCell="C9" activePane="bottomRight" state="frozen"/>"#);
}

#[test]
fn excel_does_not_complain_about_nip_as_text() {
    let bytes = print::attendance_recap(&sample::recap(2)).unwrap();
    has(
        &part(&bytes, "xl/worksheets/sheet1.xml"),
        r#"<ignoredError sqref="B9:B12" numberStoredAsText="1"/>"#,
    );
}

#[test]
fn a_long_list_breaks_between_records_and_keeps_the_signature_with_the_last() {
    let bytes = print::attendance_recap(&sample::recap(60)).unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    let breaks: Vec<u32> = sheet
        .split("<brk id=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().parse().unwrap())
        .collect();
    // Rows 9 and 10 hold the first record; a break after row n is written as n.
    assert!(breaks.len() >= 3, "{breaks:?}");
    assert!(breaks.iter().all(|after| *after >= 10 && after % 2 == 0), "{breaks:?}");
    // The last record is rows 127 and 128.
    assert!(*breaks.last().unwrap() <= 126, "{breaks:?}");
}

#[test]
fn a_short_list_has_no_break() {
    let bytes = print::attendance_recap(&sample::recap(2)).unwrap();
    assert!(!part(&bytes, "xl/worksheets/sheet1.xml").contains("<rowBreaks"));
}
