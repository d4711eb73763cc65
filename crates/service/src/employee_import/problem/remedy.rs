//! What to do about a problem, as one sentence in both languages.

use domain::{golongan::Ladder, lang::Lang};

use super::{Problem, ProblemKind};

impl Problem {
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
                "Lihat kodenya di halaman Jadwal kerja, atau kosongkan kode dan isi nama unit.",
                "Look the code up under Work schedules, or leave it empty and fill in the name of the unit.",
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
                "Pakai kode jadwal dari halaman Jadwal kerja, atau kosongkan agar mengikuti jadwal unit.",
                "Use a code from the page Work schedules, or leave it empty to follow the unit's schedule.",
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
                "Bila orangnya sama, keluarkan barisnya dari berkas agar riwayatnya tidak terpecah; pegawai tetap tercatat dengan nomor lama.",
                "If it is the same person, take the row out of the file so that the history stays in one piece; the person stays known by the old number.",
            ),
        };
        lang.pick(id, en).to_owned()
    }
}
