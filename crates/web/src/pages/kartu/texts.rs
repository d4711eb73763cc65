//! Words of the person's card.

crate::texts! {
    /// Words of the person's card.
    KartuTexts {
        own: "Kartu saya", "My card";
        month: "Bulan", "Month";
        previous: "Bulan sebelumnya", "Previous month";
        next: "Bulan berikutnya", "Next month";
        present: "Hadir", "Present";
        late: "Terlambat", "Late";
        duty: "Dinas luar", "On duty";
        absent: "Tanpa keterangan", "No notice";
        calendar(month): "Kalender {month}", "Calendar of {month}";
        empty: "Belum ada hari kerja di bulan ini.", "No working day in this month yet.";
        cuts: "Potongan TPP bulan ini", "TPP cuts of this month";
        estimate: "Perkiraan potongan TPP bulan ini", "Expected TPP cuts of this month";
        no_cuts: "Tidak ada potongan.", "Nothing is cut.";
        total: "Jumlah bagian disiplin", "Discipline part in all";
        basis(basis): "Dasar: {basis}.", "Basis: {basis}.";
        provisional: "Angka sementara sampai rekap dikunci.", "Provisional until the sheet is locked.";
        explain: "Kenapa angka ini?", "Why this figure?";
        year: "Sejak awal tahun", "Since January";
        year_basis: "Hanya hari sejak OPD berlaku yang dihitung.", "Only days since the OPD is in force are counted.";
        minutes(n): "{n} mnt", "{n} min";
        receipts: "Setiap presensi punya bukti yang bisa Anda simpan: buka harinya, lalu tekan bukti.", "Every punch has a receipt that you may keep: open its day and press receipt.";
        appeal: "Ada yang keliru? Sampaikan ke admin OPD sebelum rekap dikunci.", "Something wrong? Tell the clerk of your OPD before the sheet is locked.";
    }
}
