//! Words of the day list.

crate::texts! {
    /// Words of the day list.
    HariIniTexts {
        title: "Daftar hadir", "Day list";
        people(n): "{n} pegawai", "{n} employees";
        every_opd: "Semua OPD", "All OPDs";
        opd: "OPD", "OPD";
        date: "Tanggal", "Date";
        search: "Cari nama atau NIP", "Find a name or NIP";
        show: "Tampilkan", "Show";
        download: "Unduh Excel", "Download Excel";
        filter: "Saring", "Filter";
        all: "Semua", "All";
        unknown: "Belum ada data", "No data yet";
        late: "Terlambat", "Late";
        absent: "Tanpa keterangan", "No notice";
        away: "DL, cuti, izin", "Duty and leave";
        before: "Jam kerja belum mulai", "Working hours have not begun";
        before_text(opens): "Presensi diterima mulai pukul {opens}. Daftar terisi sendiri.", "Punches are accepted from {opens}. The list fills by itself.";
        holiday(name): "Hari libur: {name}", "Free day: {name}";
        holiday_text: "Yang tampil hanya pegawai sif dan yang presensi di hari libur.", "Only shift workers and people who punched are shown.";
        live: "Diperbarui sendiri setiap 30 detik.", "Refreshes by itself every 30 seconds.";
        trial: "Masa uji coba. Belum memengaruhi TPP.", "Trial period. Nothing is cut yet.";
        number: "No", "No";
        name: "Nama / NIP", "Name / NIP";
        place: "Jabatan", "Position";
        check_in: "Masuk", "In";
        check_out: "Pulang", "Out";
        status: "Status", "Status";
        remark: "Keterangan", "Remark";
        nobody: "Tidak ada yang cocok", "Nobody matches";
        nobody_text: "Ubah saringan atau kata pencarian.", "Change the filter or the search.";
        pages: "Halaman", "Pages";
        page(page, of): "Halaman {page} dari {of}", "Page {page} of {of}";
    }
}
