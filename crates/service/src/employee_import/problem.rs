//! What is wrong with a line of the file, in a sentence, and what to do about it in another.

use domain::{golongan::Ladder, lang::Lang, nip::NumberError};

/// How much of the line is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The whole line is left out.
    Row,
    /// The line is taken without this one value.
    Value,
    /// Nothing is lost; somebody should look.
    Note,
}

/// A problem of one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The row of the file.
    pub row: u32,
    /// The heading of the column as the file writes it.
    pub column: String,
    /// What the cell holds.
    pub value: String,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// Not a NIP or NI PPPK.
    Number(NumberError),
    /// The superior's number is not a NIP or NI PPPK.
    SuperiorNumber(NumberError),
    /// The formula has no stored result.
    FormulaWithoutResult,
    /// An Excel error value such as `#N/A`.
    CellError,
    /// No name.
    NoName,
    /// Longer than 200 characters.
    TooLong,
    /// Not a kind of ASN.
    Kind,
    /// A PPPK with a NIP, or a PNS with a NI PPPK.
    KindAndNumber {
        /// The kind the file says.
        kind: &'static str,
        /// `NIP` or `NI PPPK`.
        number: &'static str,
    },
    /// Not a golongan of this ladder.
    Golongan(Ladder),
    /// Not a kind of jabatan.
    JabatanKind,
    /// Not an eselon.
    Eselon,
    /// Not a class 1 to 17.
    Class,
    /// Not an amount of rupiah.
    Tpp,
    /// Not a PIN: 1 to 24 letters or digits.
    Pin,
    /// The same number stands in an earlier row.
    DuplicateNumber {
        /// The earlier row.
        first: u32,
    },
    /// The same PIN stands in an earlier row.
    DuplicatePin {
        /// The earlier row.
        first: u32,
    },
    /// The PIN belongs to somebody who does not give it up in this file.
    PinTaken {
        /// That person.
        by: String,
    },
    /// No such unit, and new units are not to be made.
    UnknownUnit,
    /// No unit has this code.
    UnknownUnitCode,
    /// Several units have this name.
    AmbiguousUnit {
        /// How many.
        count: usize,
    },
    /// The line names no unit and the person has none yet.
    NoUnit,
    /// The superior is neither in the file nor in the application.
    UnknownSuperior,
    /// The superior is the person.
    OwnSuperior,
    /// The superiors form a ring.
    SuperiorRing {
        /// The names around the ring.
        names: Vec<String>,
    },
    /// No such schedule.
    UnknownSchedule,
    /// Control characters were removed from the text.
    Cleaned,
    /// The text starts like a formula and is kept as text.
    FormulaLikeText,
    /// The birth date column contradicts the number.
    BirthDateDiffers,
    /// The sex column contradicts the number.
    SexDiffers,
    /// The file says PPPK of somebody known as part-time PPPK.
    PartTimeKept,
    /// The person has left the service; the line is not imported.
    NotInService,
    /// The person is new under this number, but somebody of the same name and birth date is known under another.
    SamePersonOtherNumber {
        /// The number known.
        known: String,
    },
}

impl ProblemKind {
    /// How much of the line is lost.
    pub fn severity(&self) -> Severity {
        use ProblemKind as K;
        match self {
            K::Number(_)
            | K::NoName
            | K::TooLong
            | K::Kind
            | K::KindAndNumber { .. }
            | K::Golongan(_)
            | K::DuplicateNumber { .. }
            | K::DuplicatePin { .. }
            | K::PinTaken { .. }
            | K::UnknownUnit
            | K::UnknownUnitCode
            | K::AmbiguousUnit { .. }
            | K::NoUnit
            | K::FormulaWithoutResult
            | K::CellError
            | K::Class
            | K::Tpp
            | K::Pin
            | K::UnknownSchedule
            | K::JabatanKind
            | K::Eselon
            | K::SuperiorNumber(_) => Severity::Row,
            K::UnknownSuperior | K::OwnSuperior | K::SuperiorRing { .. } | K::PartTimeKept => Severity::Value,
            K::Cleaned
            | K::FormulaLikeText
            | K::BirthDateDiffers
            | K::SexDiffers
            | K::NotInService
            | K::SamePersonOtherNumber { .. } => Severity::Note,
        }
    }
}

impl Problem {
    /// How much of the line is lost.
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// What is wrong.
    pub fn sentence(&self, lang: Lang) -> String {
        use ProblemKind as K;
        let value = shown(&self.value);
        let (id, en) = match &self.kind {
            K::Number(error) => return error.sentence(lang),
            K::SuperiorNumber(error) => {
                let sentence = error.sentence(lang);
                return match lang {
                    Lang::Id => format!("NIP atasan tidak sah: {sentence}"),
                    Lang::En => format!("The superior's NIP is not valid: {sentence}"),
                };
            }
            K::FormulaWithoutResult => (
                "Sel berisi rumus tanpa hasil tersimpan.".to_owned(),
                "The cell holds a formula without a stored result.".to_owned(),
            ),
            K::CellError => (
                format!("Sel berisi kesalahan Excel {value}."),
                format!("The cell holds the Excel error {value}."),
            ),
            K::NoName => ("Nama kosong.".to_owned(), "The name is empty.".to_owned()),
            K::TooLong => (
                "Isian lebih dari 200 huruf.".to_owned(),
                "The text is longer than 200 characters.".to_owned(),
            ),
            K::Kind => (
                format!("'{value}' bukan jenis ASN yang dikenal."),
                format!("'{value}' is not a known kind of ASN."),
            ),
            K::KindAndNumber { kind, number } => (
                format!("Jenis pegawai {kind}, tetapi nomornya berbentuk {number}."),
                format!("The kind is {kind}, but the number has the form of a {number}."),
            ),
            K::Golongan(Ladder::Pns) => (
                format!("Golongan '{value}' tidak dikenal untuk PNS."),
                format!("'{value}' is not a golongan of a PNS."),
            ),
            K::Golongan(Ladder::Pppk) => (
                format!("Golongan '{value}' tidak dikenal untuk PPPK."),
                format!("'{value}' is not a golongan of a PPPK."),
            ),
            K::JabatanKind => (
                format!("Jenis jabatan '{value}' tidak dikenal, atau jabatan struktural tanpa eselon."),
                format!("'{value}' is not a known kind of jabatan, or a structural one without eselon."),
            ),
            K::Eselon => {
                (format!("Eselon '{value}' tidak dikenal."), format!("'{value}' is not a known eselon."))
            }
            K::Class => (
                format!("Kelas jabatan '{value}' bukan angka 1 sampai 17."),
                format!("Kelas jabatan '{value}' is not a number from 1 to 17."),
            ),
            K::Tpp => (
                format!("Besaran TPP '{value}' bukan jumlah rupiah."),
                format!("The TPP amount '{value}' is not an amount of rupiah."),
            ),
            K::Pin => {
                (format!("PIN mesin '{value}' tidak sah."), format!("'{value}' is not a valid terminal PIN."))
            }
            K::DuplicateNumber { first } => (
                format!("NIP ini sudah ada di baris {first}."),
                format!("This NIP stands already in row {first}."),
            ),
            K::DuplicatePin { first } => (
                format!("PIN {value} sudah dipakai di baris {first}."),
                format!("PIN {value} is used already in row {first}."),
            ),
            K::PinTaken { by } => (
                format!("PIN {value} di mesin adalah milik {by}."),
                format!("PIN {value} on the terminals belongs to {by}."),
            ),
            K::UnknownUnit => (
                format!("Unit '{value}' tidak ada di aplikasi."),
                format!("The unit '{value}' is not in the application."),
            ),
            K::UnknownUnitCode => {
                (format!("Tidak ada unit berkode '{value}'."), format!("No unit has the code '{value}'."))
            }
            K::AmbiguousUnit { count } => (
                format!("Ada {count} unit bernama '{value}'."),
                format!("There are {count} units named '{value}'."),
            ),
            K::NoUnit => (
                "Unit kerja kosong, padahal pegawai ini baru.".to_owned(),
                "The unit is empty, but this person is new.".to_owned(),
            ),
            K::UnknownSuperior => (
                format!("Atasan {value} tidak ada di berkas dan tidak ada di aplikasi."),
                format!("The superior {value} is neither in the file nor in the application."),
            ),
            K::OwnSuperior => (
                "Pegawai ini tercatat sebagai atasan dirinya sendiri.".to_owned(),
                "This person is listed as their own superior.".to_owned(),
            ),
            K::SuperiorRing { names } => {
                let ring = names.join(" \u{2192} ");
                (
                    format!("Atasan saling berputar: {ring}."),
                    format!("The superiors go round in a ring: {ring}."),
                )
            }
            K::UnknownSchedule => (
                format!("Jadwal '{value}' tidak ada di aplikasi."),
                format!("The schedule '{value}' is not in the application."),
            ),
            K::Cleaned => (
                format!("Tab atau karakter tak terlihat dibuang dari '{value}'."),
                format!("Tabs or invisible characters were removed from '{value}'."),
            ),
            K::FormulaLikeText => (
                format!("'{value}' tampak seperti rumus; disimpan sebagai teks biasa."),
                format!("'{value}' looks like a formula; it is kept as plain text."),
            ),
            K::BirthDateDiffers => (
                format!("Tanggal lahir {value} berbeda dari tanggal lahir dalam NIP."),
                format!("The birth date {value} differs from the one in the NIP."),
            ),
            K::SexDiffers => (
                format!("Jenis kelamin '{value}' berbeda dari angka 15 NIP."),
                format!("The sex '{value}' differs from digit 15 of the NIP."),
            ),
            K::PartTimeKept => (
                "Berkas menulis PPPK, di aplikasi PPPK Paruh Waktu; jenis pegawai tidak diubah.".to_owned(),
                "The file says PPPK, the application PPPK Paruh Waktu; the kind is not changed.".to_owned(),
            ),
            K::NotInService => (
                format!("Kedudukan hukum '{value}': baris ini tidak diimpor."),
                format!("Legal position '{value}': this row is not imported."),
            ),
            K::SamePersonOtherNumber { known } => (
                format!("Pegawai dengan nama dan tanggal lahir yang sama sudah ada dengan nomor {known}."),
                format!("Somebody with the same name and birth date is known under the number {known}."),
            ),
        };
        lang.pick(&id, &en).to_owned()
    }

    /// What to do about it.
    pub fn remedy(&self, lang: Lang) -> String {
        use ProblemKind as K;
        let (id, en) = match &self.kind {
            K::Number(error) | K::SuperiorNumber(error) => (error.remedy(Lang::Id), error.remedy(Lang::En)),
            K::FormulaWithoutResult => (
                "Buka berkas di Excel, salin kolom ini, Tempel Khusus > Nilai, lalu simpan.",
                "Open the file in Excel, copy the column, Paste Special > Values, and save.",
            ),
            K::CellError => (
                "Perbaiki rumusnya, lalu Tempel Khusus > Nilai dan simpan.",
                "Repair the formula, then Paste Special > Values and save.",
            ),
            K::NoName => ("Isi nama sesuai SIASN.", "Fill in the name as in SIASN."),
            K::TooLong => (
                "Periksa apakah beberapa sel tergabung menjadi satu.",
                "Check whether several cells were merged into one.",
            ),
            K::Kind => (
                "Tulis PNS, CPNS, PPPK, atau PPPK Paruh Waktu.",
                "Write PNS, CPNS, PPPK or PPPK Paruh Waktu.",
            ),
            K::KindAndNumber { .. } => (
                "Perbaiki jenis pegawai atau nomornya; cocokkan dengan SIASN.",
                "Correct the kind or the number; compare with SIASN.",
            ),
            K::Golongan(Ladder::Pns) => ("Pilih I/a sampai IV/e.", "Choose I/a to IV/e."),
            K::Golongan(Ladder::Pppk) => ("Pilih I sampai XVII.", "Choose I to XVII."),
            K::JabatanKind => (
                "Tulis misalnya Jabatan Fungsional, Jabatan Pelaksana, atau Jabatan Struktural dengan eselonnya.",
                "Write for example Jabatan Fungsional, Jabatan Pelaksana, or Jabatan Struktural with its eselon.",
            ),
            K::Eselon => {
                ("Tulis II.a sampai IV.b, atau kosongkan.", "Write II.a to IV.b, or leave it empty.")
            }
            K::Class => (
                "Isi kelas jabatan dengan angka, atau kosongkan.",
                "Fill in the class as a number, or leave it empty.",
            ),
            K::Tpp => (
                "Isi dengan angka saja, misalnya 3500000 atau 3.500.000.",
                "Fill in digits only, for example 3500000 or 3.500.000.",
            ),
            K::Pin => (
                "PIN terdiri atas 1 sampai 24 huruf atau angka, seperti di menu pengguna mesin.",
                "A PIN has 1 to 24 letters or digits, as in the user menu of the terminal.",
            ),
            K::DuplicateNumber { .. } => (
                "Hapus salah satu baris; pertahankan yang datanya benar.",
                "Delete one of the rows; keep the one with the right data.",
            ),
            K::DuplicatePin { .. } | K::PinTaken { .. } => (
                "Periksa PIN di mesin; satu PIN hanya untuk satu orang.",
                "Look the PIN up on the terminal; one PIN belongs to one person.",
            ),
            K::UnknownUnit => (
                "Perbaiki ejaan unit, atau ulangi impor dengan pilihan membuat unit baru.",
                "Correct the spelling, or repeat the import with the option to make new units.",
            ),
            K::UnknownUnitCode => (
                "Periksa kode di halaman OPD, atau kosongkan kode dan isi nama unit.",
                "Look the code up on the OPD page, or leave it empty and fill in the name of the unit.",
            ),
            K::AmbiguousUnit { .. } => (
                "Isi kolom OPD atau kode unit agar jelas unit yang mana.",
                "Fill in the OPD or the code of the unit to say which one.",
            ),
            K::NoUnit => ("Isi unit kerja atau OPD.", "Fill in the unit or the OPD."),
            K::UnknownSuperior => (
                "Pegawai tetap diimpor tanpa atasan. Periksa NIP atasannya, atau impor atasannya dahulu.",
                "The person is imported without a superior. Check the superior's NIP, or import the superior first.",
            ),
            K::OwnSuperior | K::SuperiorRing { .. } => (
                "Pegawai tetap diimpor tanpa atasan ini. Perbaiki kolom NIP atasan.",
                "The person is imported without this superior. Correct the column of the superior's NIP.",
            ),
            K::UnknownSchedule => (
                "Pakai kode jadwal dari halaman Jadwal, atau kosongkan agar mengikuti jadwal unit.",
                "Use a code of the schedules page, or leave it empty to follow the unit's schedule.",
            ),
            K::Cleaned | K::FormulaLikeText => {
                ("Periksa apakah nama ini sudah benar.", "Check that the name is right.")
            }
            K::BirthDateDiffers | K::SexDiffers => (
                "Baris tetap diimpor; yang dipakai adalah NIP. Laporkan ke BKN bila NIP yang keliru.",
                "The row is imported; the NIP counts. Report to BKN if the NIP is wrong.",
            ),
            K::PartTimeKept => (
                "Bila sudah diangkat penuh waktu, tulis 'PPPK Penuh Waktu' di kolom jenis pegawai.",
                "If the person is full-time now, write 'PPPK Penuh Waktu' in the column of the kind.",
            ),
            K::NotInService => (
                "Tidak perlu tindakan bila pegawai ini memang sudah tidak aktif.",
                "Nothing to do if this person has indeed left.",
            ),
            K::SamePersonOtherNumber { .. } => (
                "Bila orangnya sama, ganti nomornya di halaman pegawai sebelum mengimpor, agar riwayatnya tidak terpecah.",
                "If it is the same person, change the number on the person's page before importing, so that the history stays in one piece.",
            ),
        };
        lang.pick(id, en).to_owned()
    }

    /// `Baris 214, NIP BARU: NIP hanya 17 angka; seharusnya 18. Ubah …`
    pub fn line(&self, lang: Lang) -> String {
        format!(
            "{} {}, {}: {} {}",
            lang.pick("Baris", "Row"),
            self.row,
            self.column,
            self.sentence(lang),
            self.remedy(lang)
        )
    }
}

/// A value short and harmless enough to stand in a sentence.
fn shown(value: &str) -> String {
    let mut out: String =
        value.chars().take(60).map(|c| if c.is_control() { '\u{2423}' } else { c }).collect();
    if value.chars().nth(60).is_some() {
        out.push('\u{2026}');
    }
    out
}
