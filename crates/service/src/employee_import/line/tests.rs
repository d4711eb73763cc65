use domain::{lang::Lang, nip::NumberError};

use super::*;
use crate::employee_import::{
    sheet,
    testing::{F, In, N, T, xlsx},
};

/// Reads the only row of a workbook with these headings.
fn row(heads: &[&'static str], cells: &[In]) -> (Outcome, Vec<Problem>) {
    let heads: Vec<In> = heads.iter().map(|h| T(h)).collect();
    let sheet = sheet::read(&xlsx(&[&heads, cells])).unwrap();
    let mut problems = Vec::new();
    let outcome = read(&sheet.rows[0], &sheet.headings, &mut problems);
    (outcome, problems)
}

fn taken(heads: &[&'static str], cells: &[In]) -> Line {
    match row(heads, cells) {
        (Outcome::Taken(line), _) => *line,
        other => panic!("{other:?}"),
    }
}

fn kinds(problems: &[Problem]) -> Vec<&ProblemKind> {
    problems.iter().map(|p| &p.kind).collect()
}

const NIP: &str = "19800315 200501 1 001";
const NI_PPPK: &str = "198807072023212005";

#[test]
fn a_full_row_is_read_into_stored_codes() {
    let heads = [
        "NIP BARU",
        "NAMA",
        "GELAR DEPAN",
        "GELAR BELAKANG",
        "STATUS CPNS PNS",
        "GOL AKHIR NAMA",
        "JENIS JABATAN NAMA",
        "JABATAN NAMA",
        "ESELON NAMA",
        "KELAS JABATAN",
        "BESARAN TPP",
        "PIN MESIN",
        "JADWAL",
        "NIP ATASAN",
        "KODE OPD",
        "UNOR NAMA",
    ];
    let line = taken(
        &heads,
        &[
            T(NIP),
            T("SITI AMINAH"),
            T("Dr."),
            T("S.E., M.M."),
            T("P"),
            T("Penata Muda Tk. I (III/b)"),
            T("Jabatan Struktural"),
            T("Kepala Bidang Mutasi"),
            T("III.b"),
            N(11.0),
            T("Rp3.500.000,00"),
            N(1024.0),
            T("5HARI"),
            T(NI_PPPK),
            T("1.01"),
            T("Bidang Mutasi"),
        ],
    );
    assert_eq!(line.name.full(), "Dr. SITI AMINAH, S.E., M.M.");
    let facts: Vec<(Field, &str)> = line.facts.iter().collect();
    assert_eq!(
        facts,
        [
            (Field::Kind, "pns"),
            (Field::Golongan, "III/b"),
            (Field::Jabatan, "Kepala Bidang Mutasi"),
            (Field::JabatanKind, "administrator"),
            (Field::Eselon, "III.b"),
            (Field::Class, "11"),
            (Field::Schedule, "5HARI"),
            (Field::Tpp, "3500000"),
            (Field::Pin, "1024"),
        ]
    );
    assert_eq!(line.superior.unwrap().as_str(), NI_PPPK);
    assert_eq!(line.unit.opd_code.as_deref(), Some("1.01"));
    assert_eq!(line.unit.unit_name.as_deref(), Some("Bidang Mutasi"));
}

#[test]
fn a_number_cell_is_refused_even_if_it_looks_whole() {
    let (outcome, problems) = row(&["NIP", "NAMA"], &[N(198_003_152_005_011_001.0), T("Budi")]);
    assert_eq!(outcome, Outcome::Refused(None));
    assert!(matches!(&problems[0].kind, ProblemKind::Number(NumberError::SpreadsheetNumber { .. })));
    let line = problems[0].line(Lang::Id);
    assert!(line.starts_with("Baris 2, NIP: NIP tersimpan sebagai bilangan (1.98003E17)"), "{line}");
    assert!(line.contains("Ubah dahulu format kolom NIP menjadi Teks"), "{line}");
}

#[test]
fn the_damage_of_excel_is_named_in_text_cells_too() {
    for text in ["1,98702E+17", "198003152005011000", "19800315200501100"] {
        let (outcome, problems) = row(&["NIP", "NAMA"], &[T(text), T("Budi")]);
        assert_eq!(outcome, Outcome::Refused(None));
        assert!(problems[0].remedy(Lang::En).contains("to Text first"), "{text}");
    }
}

#[test]
fn all_mistakes_of_a_row_are_told_at_once() {
    let heads = ["NIP", "NAMA", "GOLONGAN", "KELAS", "TPP", "PIN", "ESELON"];
    let (_, problems) =
        row(&heads, &[T("123"), T(""), T("V/z"), T("delapan belas"), T("banyak"), T("12 34"), T("IX.z")]);
    let found = kinds(&problems);
    assert!(matches!(found[0], ProblemKind::Number(NumberError::TooShort { count: 3 })), "{found:?}");
    for wanted in
        [ProblemKind::NoName, ProblemKind::Class, ProblemKind::Tpp, ProblemKind::Pin, ProblemKind::Eselon]
    {
        assert!(found.contains(&&wanted), "{wanted:?}: {found:?}");
    }
    assert!(found.iter().any(|k| matches!(k, ProblemKind::Golongan(_))), "{found:?}");
}

#[test]
fn formulas_count_by_the_result_the_file_holds() {
    let heads = ["NIP", "NAMA"];
    let line = taken(&heads, &[F("=B9&\" \"&C9", Some("19800315 200501 1 001")), T("Budi")]);
    assert_eq!(line.number.as_str(), "198003152005011001");
    let (outcome, problems) = row(&heads, &[F("=A9", None), T("Budi")]);
    assert_eq!(outcome, Outcome::Refused(None));
    assert_eq!(kinds(&problems), [&ProblemKind::FormulaWithoutResult]);
    let (_, problems) = row(&heads, &[F("=VLOOKUP(1,A:A,2)", Some("#N/A")), T("Budi")]);
    assert_eq!(problems.len(), 1);
}

#[test]
fn names_are_cleaned_but_never_run() {
    let (outcome, problems) = row(&["NIP", "NAMA"], &[T(NIP), T("=cmd|' /C calc'!A0")]);
    let Outcome::Taken(line) = outcome else { panic!() };
    assert_eq!(line.name.name, "=cmd|' /C calc'!A0");
    assert_eq!(kinds(&problems), [&ProblemKind::FormulaLikeText]);

    let (outcome, problems) = row(&["NIP", "NAMA"], &[T(NIP), T("Budi\tSantoso")]);
    let Outcome::Taken(line) = outcome else { panic!() };
    assert_eq!(line.name.name, "Budi Santoso");
    assert_eq!(kinds(&problems), [&ProblemKind::Cleaned]);

    let csv = sheet::read(b"NIP;NAMA\n198003152005011001;Bu\0di\n").unwrap();
    let mut problems = Vec::new();
    let Outcome::Taken(line) = read(&csv.rows[0], &csv.headings, &mut problems) else { panic!() };
    assert_eq!(line.name.name, "Bu di");
    assert_eq!(kinds(&problems), [&ProblemKind::Cleaned]);
}

#[test]
fn kinds_of_employment_are_read_and_compared_with_the_number() {
    let kind = |number, kind| taken(&["NIP", "NAMA", "JENIS PEGAWAI NAMA"], &[T(number), T("Budi"), T(kind)]);
    let code = |line: Line| line.facts[Field::Kind].clone().unwrap_or_default();
    assert_eq!(code(kind(NIP, "PNS Daerah Kabupaten/Kota")), "pns");
    assert_eq!(code(kind(NIP, "Calon Pegawai Negeri Sipil")), "cpns");
    assert_eq!(code(kind(NI_PPPK, "PPPK")), "pppk");
    assert_eq!(code(kind(NI_PPPK, "PPPK Paruh Waktu")), "pppk_paruh_waktu");
    let (outcome, problems) = row(&["NIP", "NAMA", "JENIS PEGAWAI"], &[T(NIP), T("Budi"), T("PPPK")]);
    assert!(matches!(outcome, Outcome::Refused(Some(_))));
    assert_eq!(kinds(&problems), [&ProblemKind::KindAndNumber { kind: "PPPK", number: "NIP" }]);
    let (_, problems) = row(&["NIP", "NAMA", "JENIS PEGAWAI"], &[T(NIP), T("Budi"), T("Honorer")]);
    assert_eq!(kinds(&problems), [&ProblemKind::Kind]);
}

#[test]
fn a_golongan_is_read_on_the_ladder_of_the_number() {
    let heads = ["NIP", "NAMA", "GOLONGAN"];
    assert_eq!(taken(&heads, &[T(NI_PPPK), T("Ani"), T("9")]).facts[Field::Golongan].as_deref(), Some("IX"));
    assert_eq!(taken(&heads, &[T(NIP), T("Budi"), N(31.0)]).facts[Field::Golongan].as_deref(), Some("III/a"));
    let (_, problems) = row(&heads, &[T(NI_PPPK), T("Ani"), T("III/a")]);
    assert_eq!(kinds(&problems), [&ProblemKind::Golongan(Ladder::Pppk)]);
}

#[test]
fn people_who_have_left_are_passed_over() {
    let heads = ["NIP", "NAMA", "KEDUDUKAN HUKUM NAMA"];
    let (outcome, problems) = row(&heads, &[T(NIP), T("Budi"), T("Pensiun BUP")]);
    assert!(matches!(outcome, Outcome::LeftService(_)));
    assert_eq!(kinds(&problems), [&ProblemKind::NotInService]);
    assert!(matches!(row(&heads, &[T(NIP), T("Budi"), T("Aktif")]).0, Outcome::Taken(_)));
}

#[test]
fn birth_date_and_sex_are_compared_but_the_number_counts() {
    let heads = ["NIP", "NAMA", "TANGGAL LAHIR", "JENIS KELAMIN"];
    let (outcome, problems) = row(&heads, &[T(NIP), T("Budi"), T("15-03-1980"), T("M")]);
    assert!(matches!(outcome, Outcome::Taken(_)) && problems.is_empty());
    let (outcome, problems) = row(&heads, &[T(NIP), T("Budi"), T("16-03-1980"), T("F")]);
    assert!(matches!(outcome, Outcome::Taken(_)));
    assert_eq!(kinds(&problems), [&ProblemKind::BirthDateDiffers, &ProblemKind::SexDiffers]);
}

#[test]
fn rows_that_are_no_people_are_passed_over() {
    let heads = ["NO", "NIP", "NAMA", "GOLONGAN"];
    assert_eq!(row(&heads, &[N(1.0), N(2.0), N(3.0), N(4.0)]).0, Outcome::NoPerson);
    assert_eq!(row(&heads, &[T("Kepala Dinas,")]).0, Outcome::NoPerson);
}

#[test]
fn amounts_are_read_as_people_write_them() {
    for (text, amount) in [
        ("3500000", Some("3500000")),
        ("3.500.000", Some("3500000")),
        ("Rp 3.500.000,00", Some("3500000")),
        ("Rp. 3.500.000,-", Some("3500000")),
        ("3,500,000.50", Some("3500000.5")),
        ("3500000.5", Some("3500000.5")),
        ("3.500", Some("3500")),
        ("-5", None),
        ("lima juta", None),
    ] {
        assert_eq!(read::rupiah(text).as_deref(), amount, "{text}");
    }
}
