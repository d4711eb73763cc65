use domain::lang::Lang;

use super::*;
use crate::employee_import::{
    heading::Column,
    testing::{F, N, T, xlsx},
};

fn texts(sheet: &Sheet, column: Column) -> Vec<String> {
    sheet.rows.iter().map(|row| sheet.headings.cell(column, row).text()).collect()
}

#[test]
fn headings_are_found_below_a_title_and_in_any_order() {
    let bytes = xlsx(&[
        &[T("DAFTAR PEGAWAI")],
        &[],
        &[T("Keadaan 1 November 2026")],
        &[T("No"), T("Nama  Pegawai"), T("AGAMA NAMA"), T("nip baru"), T("Gol. Ruang"), T("NIK")],
        &[N(1.0), T("Budi"), T("x"), T("198003152005011001"), T("III/a"), T("1234")],
    ]);
    let sheet = read(&bytes).unwrap();
    assert_eq!(sheet.rows[0].number, 5);
    assert_eq!(texts(&sheet, Column::Number), ["198003152005011001"]);
    assert_eq!(texts(&sheet, Column::Name), ["Budi"]);
    assert_eq!(texts(&sheet, Column::Golongan), ["III/a"]);
    assert_eq!(sheet.headings.private, ["AGAMA NAMA", "NIK"]);
    assert_eq!(sheet.headings.unused, ["No"]);
    assert_eq!(sheet.headings.label(Column::Name), "Nama Pegawai");
}

#[test]
fn the_headings_of_siasn_are_understood() {
    let siasn = "PNS ID;NIP BARU;NIP LAMA;NAMA;GELAR DEPAN;GELAR BELAKANG;TANGGAL LAHIR;JENIS KELAMIN;NIK;NOMOR HP;\
        EMAIL;JENIS PEGAWAI NAMA;KEDUDUKAN HUKUM NAMA;STATUS CPNS PNS;GOL AKHIR NAMA;TMT GOLONGAN;JENIS JABATAN NAMA;\
        JABATAN NAMA;TMT JABATAN;ESELON NAMA;LOKASI KERJA NAMA;UNOR ID;UNOR NAMA;INSTANSI INDUK NAMA;\
        SATUAN KERJA INDUK NAMA;SATUAN KERJA KERJA NAMA\nx;198003152005011001;;Budi\n";
    let sheet = read(siasn.as_bytes()).unwrap();
    for column in [
        Column::Number,
        Column::Name,
        Column::FrontTitle,
        Column::BackTitle,
        Column::Kind,
        Column::CpnsPns,
        Column::LegalPosition,
        Column::Golongan,
        Column::JabatanKind,
        Column::Jabatan,
        Column::Eselon,
        Column::UnitName,
        Column::OpdName,
    ] {
        assert!(sheet.headings.has(column), "{column:?}");
    }
    assert_eq!(sheet.headings.label(Column::OpdName), "SATUAN KERJA KERJA NAMA");
    assert_eq!(sheet.headings.private, ["NIK", "NOMOR HP", "EMAIL"]);
}

#[test]
fn the_worksheet_with_the_headings_is_taken_wherever_it_is() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_string(0, 0, "Petunjuk").unwrap();
    let page = book.add_worksheet().set_name("Data").unwrap();
    for (column, text) in (0u16..).zip(["NIP", "NAMA"]) {
        page.write_string(0, column, text).unwrap();
        page.write_string(1, column, "isi").unwrap();
    }
    let sheet = read(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(sheet.origin, Origin::Worksheet("Data".to_owned()));
}

#[test]
fn cells_keep_their_nature() {
    let bytes = xlsx(&[
        &[T("NIP"), T("NAMA"), T("KELAS JABATAN")],
        &[N(198_003_152_005_011_000.0), T("=1+1"), F("=4+4", Some("8"))],
        &[F("=A9", Some("#REF!")), T("Budi"), N(8.0)],
    ]);
    let sheet = read(&bytes).unwrap();
    assert_eq!(sheet.rows[0].cells[0], Cell::Number(198_003_152_005_011_000.0));
    assert_eq!(sheet.rows[0].cells[0].text(), "1.98003E17");
    assert_eq!(sheet.rows[0].cells[1], Cell::Text("=1+1".to_owned()));
    assert_eq!(sheet.rows[0].cells[2].text(), "8");
    assert_eq!(sheet.rows[1].cells[0], Cell::Error("#REF!".to_owned()));
    assert_eq!(sheet.rows[1].cells[2].text(), "8");
}

#[test]
fn a_cell_in_the_last_corner_costs_no_memory() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    for (column, text) in (0u16..).zip(["NIP", "NAMA"]) {
        page.write_string(0, column, text).unwrap();
    }
    page.write_string(1_048_575, 16_383, "jauh").unwrap();
    page.write_string(1_048_575, 0, "198003152005011001").unwrap();
    let sheet = read(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(sheet.rows.len(), 1);
    assert_eq!(sheet.rows[0].number, 1_048_576);
}

#[test]
fn every_delimiter_is_recognised() {
    for (delimiter, text) in [
        (';', "NIP;NAMA;JABATAN NAMA\n198003152005011001;Budi;Guru, SD\n"),
        (',', "sep=,\nNIP,NAMA,JABATAN NAMA\n198003152005011001,Budi,\"Guru, SD\"\n"),
        ('\t', "NIP\tNAMA\tJABATAN NAMA\r\n198003152005011001\tBudi\tGuru, SD\r\n"),
    ] {
        let sheet = read(text.as_bytes()).unwrap();
        assert_eq!(sheet.origin, Origin::Csv { delimiter, encoding: "UTF-8" });
        assert_eq!(texts(&sheet, Column::Jabatan), ["Guru, SD"], "{delimiter:?}");
    }
}

#[test]
fn every_encoding_of_excel_is_recognised() {
    let text = "NIP;NAMA\n198003152005011001;André\n";
    let with_bom = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let utf16: Vec<u8> =
        std::iter::once(0xfeffu16).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let utf16_bare: Vec<u8> = text.replace('é', "e").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, encoding, name) in [
        (text.as_bytes(), "UTF-8", "André"),
        (&with_bom, "UTF-8", "André"),
        (&latin, "windows-1252", "André"),
        (&utf16, "UTF-16LE", "André"),
        (&utf16_bare, "UTF-16LE", "Andre"),
    ] {
        let sheet = read(bytes).unwrap();
        assert_eq!(sheet.origin, Origin::Csv { delimiter: ';', encoding });
        assert_eq!(texts(&sheet, Column::Name), [name]);
    }
}

#[test]
fn the_trick_that_keeps_numbers_as_text_is_undone() {
    let sheet = read(b"NIP;NAMA\n=\"198003152005011001\";Budi\n").unwrap();
    assert_eq!(texts(&sheet, Column::Number), ["198003152005011001"]);
    let quoted = read(b"NIP,NAMA\n\"=\"\"198003152005011001\"\"\",Budi\n").unwrap();
    assert_eq!(texts(&quoted, Column::Number), ["198003152005011001"]);
}

#[test]
fn rows_of_a_csv_are_counted_as_an_editor_counts_lines() {
    let sheet = read(b"\n\nNIP;NAMA\n198003152005011001;Budi\n\n199912312024052010;Siti\n").unwrap();
    let numbers: Vec<u32> = sheet.rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [4, 6]);
}

#[test]
fn a_workbook_cut_off_on_the_way_is_refused_whole() {
    let whole = xlsx(&[&[T("NIP"), T("NAMA")], &[T("198003152005011001"), T("Budi")]]);
    for end in [4, 100, whole.len() / 2, whole.len() - 30] {
        let error = read(&whole[..end]).expect_err("cut");
        assert!(matches!(error, FileError::Damaged { .. }), "{end}: {error:?}");
        assert!(error.sentence(Lang::Id).contains("terpotong"));
    }
}

#[test]
fn a_csv_cut_off_inside_quotes_is_refused_whole() {
    for text in [
        "NIP;NAMA\n198003152005011001;\"Budi\n199912312024052010;Siti\n",
        "NIP;NAMA\n198003152005011001;Budi\n199912312024052010;\"Si",
    ] {
        assert!(matches!(read(text.as_bytes()), Err(FileError::Damaged { .. })), "{text}");
    }
    let inch = "NIP;NAMA\n198003152005011001;Budi \"Boy\n199912312024052010;Siti\n";
    assert_eq!(read(inch.as_bytes()).unwrap().rows.len(), 2);
}

#[test]
fn other_files_are_refused_with_the_way_out() {
    assert_eq!(read(b""), Err(FileError::Empty));
    assert_eq!(read(b" \r\n"), Err(FileError::Empty));
    assert_eq!(read(b"NIP;NAMA\n"), Err(FileError::Empty));
    assert_eq!(read(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), Err(FileError::OldOrEncrypted));
    assert_eq!(read(b"%PDF-1.7 ..."), Err(FileError::NotATable));
    assert_eq!(read(&[1u8, 2, 3, 0x80, 5, 6, 7, 0xff].repeat(100)), Err(FileError::NotATable));
    let Err(FileError::NoHeadings { seen }) = read(b"Nomor;Siapa\n1;Budi\n") else { panic!() };
    assert_eq!(seen, ["Nomor", "Siapa"]);
    assert_eq!(read(&vec![b'x'; MAX_BYTES + 1]), Err(FileError::TooLarge));
}

proptest::proptest! {
    #[test]
    fn any_bytes_get_an_answer(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
        let _ = read(&bytes);
    }

    #[test]
    fn any_damage_to_a_workbook_gets_an_answer(at in 0usize..5000, to in proptest::prelude::any::<u8>()) {
        let mut bytes = xlsx(&[&[T("NIP"), T("NAMA")], &[T("198003152005011001"), T("Budi")]]);
        let at = at % bytes.len();
        bytes[at] = to;
        let _ = read(&bytes);
    }
}
