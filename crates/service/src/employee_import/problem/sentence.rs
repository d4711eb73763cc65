//! What is wrong, as one sentence in both languages.

use domain::{golongan::Ladder, lang::Lang};

use super::{Problem, ProblemKind};

impl Problem {
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
