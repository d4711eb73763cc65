//! Writes the sample workbooks of `examples/workbooks`: a list of 60 invented people with the headings of SIASN, and the
//! same kind of list with the mistakes that real lists have.
//!
//! ```text
//! cargo run -p hadir-service --example sample_workbooks -- examples/workbooks
//! ```
//!
//! Nobody in them exists: names are drawn from a list and the running numbers of the NIPs start at 901, where no real
//! series of one day and month comes near.

use std::{error::Error, path::PathBuf};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};

const HEADINGS: [&str; 21] = [
    "NIP BARU",
    "NAMA",
    "GELAR DEPAN",
    "GELAR BELAKANG",
    "TANGGAL LAHIR",
    "JENIS KELAMIN",
    "NIK",
    "JENIS PEGAWAI NAMA",
    "KEDUDUKAN HUKUM NAMA",
    "STATUS CPNS PNS",
    "GOL AKHIR NAMA",
    "JENIS JABATAN NAMA",
    "JABATAN NAMA",
    "ESELON NAMA",
    "KELAS JABATAN",
    "KODE OPD",
    "SATUAN KERJA KERJA NAMA",
    "UNOR NAMA",
    "NIP ATASAN",
    "JADWAL",
    "BESARAN TPP",
];

const MEN: [&str; 12] = [
    "Ahmad", "Bambang", "Cahyo", "Dedi", "Eko", "Fajar", "Gunawan", "Hendra", "Irwan", "Joko", "Khairul",
    "Lukman",
];
const WOMEN: [&str; 12] = [
    "Aisyah", "Bunga", "Citra", "Dewi", "Endang", "Fitri", "Gita", "Hesti", "Indah", "Juwita", "Kartika",
    "Lestari",
];
const LAST: [&str; 10] = [
    "Pratama", "Wibowo", "Siregar", "Nasution", "Hidayat", "Saputra", "Lubis", "Rahman", "Kusuma", "Harahap",
];

/// An OPD of the sample: code, name, units (the first is the OPD itself).
const OPDS: [(&str, &str, [&str; 4]); 2] = [
    (
        "DISBUD",
        "Dinas Kebudayaan",
        ["Dinas Kebudayaan", "Sekretariat", "Bidang Cagar Budaya", "Bidang Kesenian"],
    ),
    (
        "KEC-UTARA",
        "Kecamatan Contoh Utara",
        ["Kecamatan Contoh Utara", "Sekretariat", "Seksi Pemerintahan", "Kelurahan Melati"],
    ),
];

/// A row in the order of [`HEADINGS`].
type Row = [String; 21];

struct Person {
    number: String,
    superior: String,
    row: Row,
}

fn main() -> Result<(), Box<dyn Error>> {
    let directory: PathBuf = std::env::args_os().nth(1).ok_or("which directory?")?.into();
    let people = people();
    let rows: Vec<Row> = people.iter().map(|person| person.row.clone()).collect();
    save(&rows, &[]).and_then(|mut book| Ok(book.save(directory.join("pegawai-contoh.xlsx"))?))?;
    let (rows, numbers) = mistakes(&people);
    save(&rows, &numbers).and_then(|mut book| Ok(book.save(directory.join("pegawai-contoh-salah.xlsx"))?))?;
    Ok(())
}

/// Thirty people in each OPD: a head, three heads of units, and their staff.
fn people() -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for (o, (code, opd, units)) in OPDS.iter().enumerate() {
        let mut heads: Vec<String> = Vec::new();
        for place in 0..30 {
            let index = o * 30 + place;
            let unit = if place < 4 { place } else { 1 + (place - 4) % 3 };
            let superior = match place {
                0 => String::new(),
                1..4 => heads[0].clone(),
                _ => heads[unit].clone(),
            };
            let person = person(index, place, code, opd, units[unit], superior);
            if place < 4 {
                heads.push(person.number.clone());
            }
            people.push(person);
        }
    }
    people
}

fn person(index: usize, place: usize, code: &str, opd: &str, unit: &str, superior: String) -> Person {
    let female = index % 2 == 1;
    let first = if female { WOMEN[index / 2 % 12] } else { MEN[index / 2 % 12] };
    let name = format!("{first} {}", LAST[(index * 7 + index / 12) % 10]);
    let (birth_year, month, day) = (1972 + index % 26, 1 + index * 5 % 12, 1 + index * 11 % 28);
    let appointed = birth_year + 24 + index % 3;
    let sex = if female { 2 } else { 1 };
    let sequence = 901 + index;
    // Every fourth member of the staff is a PPPK, every twelfth of them part-time.
    let pppk = place >= 4 && index.is_multiple_of(4);
    let part_time = pppk && index.is_multiple_of(12);
    let number = if pppk {
        format!("{birth_year}{month:02}{day:02}{}21{sex}{sequence}", appointed.max(2021))
    } else {
        format!("{birth_year}{month:02}{day:02}{appointed}{:02}{sex}{sequence}", 1 + index % 12)
    };
    let (kind, golongan) = match (pppk, part_time) {
        (true, true) => ("PPPK Paruh Waktu", "V"),
        (true, false) => ("PPPK", "IX"),
        _ => ("PNS", ["III/a", "III/b", "II/c", "III/c", "II/d"][index % 5]),
    };
    let district = code.starts_with("KEC");
    let (jabatan_kind, jabatan, eselon, class, golongan) = match place {
        0 if district => ("Jabatan Struktural", "Camat".to_owned(), "III.a", "12", "IV/a"),
        0 => ("Jabatan Struktural", format!("Kepala {opd}"), "II.b", "14", "IV/c"),
        1 => ("Jabatan Struktural", "Sekretaris".to_owned(), "III.b", "11", "III/d"),
        2 | 3 if district => ("Jabatan Struktural", format!("Kepala {unit}"), "IV.a", "9", "III/c"),
        2 | 3 => ("Jabatan Struktural", format!("Kepala {unit}"), "III.b", "11", "III/d"),
        _ if index.is_multiple_of(3) => {
            ("Jabatan Fungsional", "Pranata Komputer Ahli Pertama".to_owned(), "", "8", golongan)
        }
        _ => ("Jabatan Pelaksana", "Pengadministrasi Perkantoran".to_owned(), "", "5", golongan),
    };
    let (front, back) = match index % 6 {
        0 => ("", "S.Sos."),
        1 => ("", "S.E., M.M."),
        2 => ("Drs.", ""),
        4 => ("", "A.Md."),
        _ => ("", ""),
    };
    let row = [
        number.clone(),
        name.to_uppercase(),
        front.to_owned(),
        back.to_owned(),
        format!("{day:02}-{month:02}-{birth_year}"),
        if female { "F" } else { "M" }.to_owned(),
        format!("9999{index:012}"),
        kind.to_owned(),
        if pppk { "PPPK Aktif" } else { "Aktif" }.to_owned(),
        if pppk { "" } else { "P" }.to_owned(),
        golongan.to_owned(),
        jabatan_kind.to_owned(),
        jabatan,
        eselon.to_owned(),
        class.to_owned(),
        code.to_owned(),
        opd.to_owned(),
        unit.to_owned(),
        superior.clone(),
        "perpres-21-2023".to_owned(),
        if place == 0 { "12.500.000" } else { "" }.to_owned(),
    ];
    Person { number, superior, row }
}

/// Ten rows with one mistake each and two without; the second part says which numbers Excel shall hold as numbers.
fn mistakes(people: &[Person]) -> (Vec<Row>, Vec<(usize, f64)>) {
    let mut rows: Vec<Row> = people[..12].iter().map(|person| person.row.clone()).collect();
    let nip = |n: usize| people[n].number.clone();
    rows[1][0] = "1,98702E+17".to_owned();
    rows[2][0] = format!("{}000", &nip(2)[..15]);
    rows[3][0] = nip(3)[1..].to_owned();
    rows[4] = people[0].row.clone();
    rows[5][10] = "V/z".to_owned();
    rows[6][0] = "130456789".to_owned();
    rows[7][0] = format!("{}0230{}", &nip(7)[..4], &nip(7)[8..]);
    rows[8][18] = "198003152005011001".to_owned();
    rows[9][1] = format!("=1+1 {}\t", rows[9][1]);
    rows[10][19] = "JADWAL-LAMA".to_owned();
    // Row 12 of the list is stored as a number, as if somebody had typed it into a column of the format General.
    let damaged: f64 = nip(11).parse().unwrap_or(0.0);
    // Whoever had the number that row 6 lost would be an unknown superior; the list shall have one mistake per row.
    for row in &mut rows[1..] {
        if row[18] != "198003152005011001" {
            row[18] = if row[0] == nip(0) { people[0].superior.clone() } else { nip(0) };
        }
    }
    (rows, vec![(11, damaged)])
}

fn save(rows: &[Row], numbers: &[(usize, f64)]) -> Result<Workbook, Box<dyn Error>> {
    let mut book = Workbook::new();
    // Without a fixed date every run would make another file.
    let created = ExcelDateTime::from_ymd(2026, 11, 1)?.and_hms(8, 0, 0)?;
    book.set_properties(
        &DocProperties::new().set_title("Contoh daftar pegawai").set_creation_datetime(&created),
    );
    let page = book.add_worksheet();
    page.set_name("Data")?;
    let bold = Format::new().set_bold();
    let text = Format::new().set_num_format("@");
    page.write_string_with_format(0, 0, "CONTOH: DAFTAR PEGAWAI (semua data rekaan)", &bold)?;
    for (column, heading) in (0u16..).zip(HEADINGS) {
        page.write_string_with_format(2, column, heading, &bold)?;
        page.set_column_width(column, if column == 1 || column == 12 { 30 } else { 18 })?;
    }
    for (line, row) in (3u32..).zip(rows) {
        write_row(page, line, row, &text)?;
    }
    for (index, number) in numbers {
        page.write_number(3 + u32::try_from(*index)?, 0, *number)?;
    }
    page.set_freeze_panes(3, 2)?;
    Ok(book)
}

fn write_row(page: &mut Worksheet, line: u32, row: &Row, text: &Format) -> Result<(), Box<dyn Error>> {
    for (column, cell) in (0u16..).zip(row).filter(|(_, cell)| !cell.is_empty()) {
        page.write_string_with_format(line, column, cell, text)?;
    }
    Ok(())
}
