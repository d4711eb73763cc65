//! Column headings: what SIASN exports and the lists of OPDs call things.

use domain::{person_name::PersonName, squeeze::squeeze};

use super::sheet::{Cell, Row};

/// A column the import understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// NIP or NI PPPK.
    Number,
    /// Name.
    Name,
    /// Titles before the name.
    FrontTitle,
    /// Titles after the name.
    BackTitle,
    /// Birth date; only compared with the number.
    BirthDate,
    /// Sex; only compared with the number.
    Sex,
    /// PNS, PPPK, ….
    Kind,
    /// CPNS or PNS.
    CpnsPns,
    /// Kedudukan hukum: rows of people who have left are not imported.
    LegalPosition,
    /// Golongan.
    Golongan,
    /// Kind of jabatan.
    JabatanKind,
    /// Jabatan.
    Jabatan,
    /// Eselon.
    Eselon,
    /// Kelas jabatan, 1 to 17.
    Class,
    /// Monthly TPP of this person, where it is not looked up by class.
    Tpp,
    /// Code of the OPD.
    OpdCode,
    /// Name of the OPD.
    OpdName,
    /// Code of the unit.
    UnitCode,
    /// Name of the unit.
    UnitName,
    /// NIP of the direct superior.
    Superior,
    /// PIN on the attendance terminals.
    Pin,
    /// Code of the work schedule.
    Schedule,
}

/// Each column with its headings; of several present in one file the first listed is taken.
pub const HEADINGS: &[(Column, &[&str])] = &[
    (
        Column::Number,
        &[
            "NIP BARU",
            "NIP",
            "NIP/NI PPPK",
            "NIP / NIPPPK",
            "NI PPPK",
            "NIPPPK",
            "NO INDUK PPPK",
            "NOMOR INDUK PEGAWAI",
        ],
    ),
    (Column::Name, &["NAMA", "NAMA LENGKAP", "NAMA PEGAWAI", "NAMA ASN"]),
    (Column::FrontTitle, &["GELAR DEPAN", "GLR DEPAN"]),
    (Column::BackTitle, &["GELAR BELAKANG", "GLR BELAKANG"]),
    (Column::BirthDate, &["TANGGAL LAHIR", "TGL LAHIR"]),
    (Column::Sex, &["JENIS KELAMIN", "JK", "L/P"]),
    (
        Column::Kind,
        &["JENIS PEGAWAI NAMA", "JENIS PEGAWAI", "STATUS KEPEGAWAIAN", "STATUS PEGAWAI", "JENIS ASN"],
    ),
    (Column::CpnsPns, &["STATUS CPNS PNS", "STATUS CPNS/PNS", "CPNS/PNS"]),
    (Column::LegalPosition, &["KEDUDUKAN HUKUM NAMA", "KEDUDUKAN HUKUM"]),
    (
        Column::Golongan,
        &[
            "GOL AKHIR NAMA",
            "GOL AKHIR",
            "GOLONGAN",
            "GOL",
            "GOL RUANG",
            "GOLONGAN RUANG",
            "PANGKAT/GOLONGAN",
            "PANGKAT/GOL",
            "PANGKAT GOL RUANG",
            "GOL AKHIR ID",
        ],
    ),
    (Column::JabatanKind, &["JENIS JABATAN NAMA", "JENIS JABATAN"]),
    (Column::Jabatan, &["JABATAN NAMA", "NAMA JABATAN", "JABATAN"]),
    (Column::Eselon, &["ESELON NAMA", "ESELON", "ESELON ID"]),
    (Column::Class, &["KELAS JABATAN", "KELAS"]),
    (Column::Tpp, &["BESARAN TPP", "TPP", "NILAI TPP", "JUMLAH TPP"]),
    (Column::OpdCode, &["KODE OPD", "KODE SKPD", "KODE PERANGKAT DAERAH"]),
    (
        Column::OpdName,
        &[
            "SATUAN KERJA KERJA NAMA",
            "OPD",
            "SKPD",
            "NAMA OPD",
            "NAMA SKPD",
            "PERANGKAT DAERAH",
            "UNOR INDUK NAMA",
            "SATUAN KERJA INDUK NAMA",
        ],
    ),
    (Column::UnitCode, &["KODE UNIT", "KODE UNOR", "KODE UNIT KERJA", "UNOR ID"]),
    (Column::UnitName, &["UNOR NAMA", "UNIT KERJA", "NAMA UNIT KERJA", "NAMA UNOR", "UNIT ORGANISASI"]),
    (Column::Superior, &["NIP ATASAN LANGSUNG", "NIP ATASAN", "ATASAN NIP", "ATASAN LANGSUNG NIP"]),
    (Column::Pin, &["PIN MESIN", "PIN", "ID MESIN", "PIN FINGERPRINT", "NO ID MESIN"]),
    (Column::Schedule, &["JADWAL", "KODE JADWAL", "JADWAL KERJA"]),
];

/// Headings that are known and on purpose never read: personal data that attendance does not need.
const PRIVATE: &[&str] = &[
    "NIK",
    "NOMOR HP",
    "NO HP",
    "NO TELP",
    "EMAIL",
    "EMAIL GOV",
    "ALAMAT",
    "AGAMA",
    "AGAMA NAMA",
    "AGAMA ID",
    "JENIS KAWIN NAMA",
    "JENIS KAWIN ID",
    "STATUS PERKAWINAN",
    "TEMPAT LAHIR NAMA",
    "TEMPAT LAHIR",
    "NPWP",
    "NOMOR NPWP",
    "TANGGAL NPWP",
    "BPJS",
    "NOMOR BPJS",
    "NO BPJS",
    "NOMOR ASKES",
    "KARTU PEGAWAI",
    "NOMOR KK",
    "NAMA IBU",
    "GOLONGAN DARAH",
    "NO REKENING",
    "NOMOR REKENING",
];

/// What each column of a file means.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Headings {
    /// (column, position from 0, heading as the file writes it), in the order of the file.
    taken: Vec<(Column, usize, String)>,
    /// The whole row of headings as the file writes it, unread ones included; empty cells are empty.
    row: Vec<String>,
    /// Headings of personal data that are never read.
    pub private: Vec<String>,
    /// Headings that are not used: unknown, or a second one for the same thing.
    pub unused: Vec<String>,
}

impl Column {
    /// The column a heading means and how preferred the heading is (0 is best).
    fn of(heading: &str) -> Option<(Column, usize)> {
        let wanted = squeeze(heading);
        HEADINGS.iter().find_map(|(column, names)| {
            names.iter().position(|name| squeeze(name) == wanted).map(|rank| (*column, rank))
        })
    }

    /// The usual heading.
    pub fn usual(self) -> &'static str {
        HEADINGS.iter().find(|(column, _)| *column == self).map_or("", |(_, names)| names[0])
    }
}

impl Headings {
    /// Reads a row as headings; most rows are none, see [`Headings::is_usable`].
    pub fn of(row: &Row) -> Headings {
        let mut found: Vec<(Column, usize, usize, String)> = Vec::new();
        let row_text = row.cells.iter().map(|cell| PersonName::clean(&cell.text()).text);
        let mut headings = Headings { row: row_text.collect(), ..Headings::default() };
        for (at, cell) in row.cells.iter().enumerate() {
            let Cell::Text(text) = cell else { continue };
            let label = PersonName::clean(text).text;
            if label.is_empty() {
                continue;
            }
            if PRIVATE.iter().any(|name| squeeze(name) == squeeze(&label)) {
                headings.private.push(label);
                continue;
            }
            let Some((column, rank)) = Column::of(&label) else {
                headings.unused.push(label);
                continue;
            };
            match found.iter_mut().find(|(other, ..)| *other == column) {
                None => found.push((column, rank, at, label)),
                Some(worse) if worse.1 > rank => {
                    let old = std::mem::replace(worse, (column, rank, at, label));
                    headings.unused.push(old.3);
                }
                Some(_) => headings.unused.push(label),
            }
        }
        headings.taken = found.into_iter().map(|(column, _, at, label)| (column, at, label)).collect();
        headings
    }

    /// Whether the two columns nobody can do without are there.
    pub fn is_usable(&self) -> bool {
        self.has(Column::Number) && self.has(Column::Name)
    }

    /// How many columns were understood.
    pub fn count(&self) -> usize {
        self.taken.len()
    }

    /// Whether the file has this column.
    pub fn has(&self, column: Column) -> bool {
        self.taken.iter().any(|(taken, ..)| *taken == column)
    }

    /// All headings by position, as the file writes them.
    pub fn row(&self) -> &[String] {
        &self.row
    }

    /// The columns in use and their headings, in the order of the file.
    pub fn taken(&self) -> impl Iterator<Item = (Column, &str)> {
        self.taken.iter().map(|(column, _, label)| (*column, label.as_str()))
    }

    /// The heading as the file writes it, or the usual one.
    pub fn label(&self, column: Column) -> &str {
        self.taken.iter().find(|(taken, ..)| *taken == column).map_or(column.usual(), |(_, _, label)| label)
    }

    /// The cell of a row under this column; empty where the file has none.
    pub fn cell<'a>(&self, column: Column, row: &'a Row) -> &'a Cell {
        self.taken
            .iter()
            .find(|(taken, ..)| *taken == column)
            .and_then(|(_, at, _)| row.cells.get(*at))
            .unwrap_or(&Cell::Empty)
    }
}
