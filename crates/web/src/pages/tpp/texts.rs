//! Words of TPP.

crate::texts! {
    /// Words of the pay list and its explanation.
    TppTexts {
        title: "Daftar perhitungan TPP", "TPP pay list";
        people(n): "{n} pegawai", "{n} employees";
        opd: "OPD", "OPD";
        month: "Bulan", "Month";
        search: "Cari nama atau NIP", "Find a name or NIP";
        show: "Tampilkan", "Show";
        download: "Unduh Excel (X7)", "Download Excel (X7)";
        provisional: "Sementara", "Provisional";
        provisional_text: "Angka sementara sampai rekap diverifikasi.", "Provisional until the sheet is verified.";
        final_tag: "Final", "Final";
        final_text(by, at): "Ditetapkan oleh {by} pada {at}.", "Fixed by {by} on {at}.";
        policy: "Aturan yang dipakai", "Policy used";
        version(v): "versi {v}", "version {v}";
        no_policy: "Belum ada aturan TPP yang berlaku untuk bulan ini", "No TPP policy is in force for this month";
        no_policy_text: "Aktifkan satu aturan dahulu di menu Aturan.", "Activate one first under Rules.";
        trial: "OPD ini belum berlaku: daftar ini hanya untuk latihan dan tidak menjadi dasar pembayaran.", "This OPD is not in force: the list is for practice and nothing is paid by it.";
        number: "No", "No";
        name: "Nama / NIP", "Name / NIP";
        grade: "Gol", "Grade";
        position: "Jabatan / Kelas", "Position / Class";
        sum: "Jumlah", "Sum";
        why: "Kenapa?", "Why?";
        nobody: "Tidak ada pegawai dalam daftar ini", "Nobody is on this list";
        nobody_text: "Periksa besaran TPP dan kelas jabatan pada data pegawai.", "Check TPP amounts and job classes in the staff data.";
        pages: "Halaman", "Pages";
        page(page, of): "Halaman {page} dari {of}", "Page {page} of {of}";
        explain: "Kenapa angka ini?", "Why this figure?";
        back: "Kembali ke daftar TPP", "Back to the pay list";
        amount: "Besaran TPP", "TPP amount";
        pay: "TPP dibayarkan", "TPP paid";
        share(share): "{share} dari TPP", "{share} of TPP";
        no_cut: "Tidak ada potongan.", "Nothing is cut.";
        day: "Hari", "Day";
        whole_month: "Sebulan", "Month";
        what: "Kejadian", "Event";
        minutes: "Menit", "Minutes";
        rule: "Aturan", "Rule";
        article: "Dasar", "Article";
        percent: "Persen", "Percent";
        rupiah: "Rupiah", "Rupiah";
        rest: "Sisa", "Remains";
        total_cut: "Potongan", "Cut";
        after: "Setelah itu", "After that";
        reckoning: "Hitungan", "Reckoning";
        card: "Buka kartu pegawai", "Open the person's card";
        objection: "Tidak setuju? Sampaikan ke admin OPD sebelum rekap dikunci, dengan bukti untuk hari yang dimaksud.", "You disagree? Tell the clerk of your OPD before the sheet is locked, with proof for the day in question.";
    }
}
