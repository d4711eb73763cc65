//! Words of the calendar.

crate::texts! {
    /// Words of the calendar.
    KalenderTexts {
        title(year): "Kalender kerja {year}", "Working calendar {year}";
        lead: "Libur nasional dan cuti bersama sudah terisi. Libur daerah ditambahkan di sini.", "National holidays and shared leave are filled in. Regional days are added here.";
        previous: "Tahun sebelumnya", "Year before";
        next: "Tahun berikutnya", "Year after";
        year: "Tahun", "Year";
        unit: "Kalender untuk", "Calendar of";
        everybody: "Semua OPD", "All OPDs";
        show: "Tampilkan", "Show";
        unknown(year): "Libur nasional {year} belum ada dalam program.", "The national holidays of {year} do not ship with the program yet.";
        unknown_text: "Setelah SKB 3 Menteri terbit, perbarui program, atau catat harinya di bawah untuk \"Nasional\".", "Once the decree is out, update the program, or enter its days below for \"National\".";
        legend: "Keterangan warna", "What the colours mean";
        weekend: "Sabtu dan Minggu", "Saturday and Sunday";
        holiday: "Hari libur", "Holiday";
        shared: "Cuti bersama", "Shared leave";
        working: "Tetap masuk", "Working day";
        ramadan: "Jam Ramadan", "Ramadan hours";
        list: "Daftar hari", "List of days";
        day: "Hari", "Day";
        name: "Nama", "Name";
        kind: "Jenis", "Kind";
        place: "Berlaku untuk", "Holds for";
        basis: "Dasar hukum", "Legal basis";
        overruled: "tetap masuk di sini", "working day here";
        details: "Rincian", "Details";
        none: "Belum ada hari libur di tahun ini.", "No holiday in this year yet.";
        no_ramadan: "Belum ada jam Ramadan di tahun ini. Tanpa itu jam kerja biasa yang berlaku.", "No Ramadan hours in this year. Without them the ordinary hours hold.";
        add_day: "Tambah hari", "Add a day";
        add_ramadan: "Tambah jam Ramadan", "Add Ramadan hours";
        date: "Tanggal", "Date";
        name_hint: "Misalnya: Hari jadi kabupaten.", "For example: anniversary of the regency.";
        basis_label: "Dasar hukum (nomor keputusan atau surat edaran)", "Legal basis (number of the decree or circular)";
        reason: "Alasan", "Reason";
        first: "Hari pertama", "First day";
        last: "Hari terakhir", "Last day";
        save_day: "Simpan hari", "Save the day";
        save_ramadan: "Simpan jam Ramadan", "Save Ramadan hours";
        saved: "Hari disimpan. Presensi dinilai ulang dengan kalender ini.", "Saved. Attendance is judged by this calendar from now on.";
        saved_locked(n): "Hari disimpan. {n} OPD sudah mengunci bulan itu; rekap yang dikunci tidak berubah.", "Saved. {n} OPDs have locked that month; a locked sheet does not change.";
        saved_ramadan: "Jam Ramadan disimpan.", "Ramadan hours saved.";
        revoked: "Isian dicabut. Alasannya tercatat.", "The entry was revoked, and the reason recorded.";
        back: "Kembali ke kalender", "Back to the calendar";
        recorded: "Dicatat", "Recorded";
        revoke: "Cabut isian ini", "Revoke this entry";
        revoke_hint: "Isian tidak dihapus dari catatan. Hari-hari yang belum dikunci dinilai ulang tanpa isian ini.", "The entry stays in the register. Days that are not locked are judged again without it.";
        may_not: "Hanya BKPSDM yang dapat mengubah kalender.", "Only BKPSDM can change the calendar.";
    }
}
