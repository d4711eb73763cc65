//! Words of the policies.

crate::texts! {
    /// Words of the policies.
    AturanTexts {
        title: "Aturan TPP", "TPP policies";
        intro: "Aturan berlaku mulai tanggal tertentu. Bulan yang sudah dihitung tetap memakai aturan lamanya.", "A policy is in force from a day on. Months already computed keep the policy they were computed by.";
        active(since): "Berlaku sejak {since}", "In force since {since}";
        planned(from): "Mulai {from}", "From {from}";
        ended(until): "Sampai {until}", "Until {until}";
        draft: "Belum dipakai", "Not in use";
        version(v): "versi {v}", "version {v}";
        none: "Belum ada aturan", "No policy yet";
        none_text: "Periksa sebuah berkas aturan, atau jalankan hadir policy list di server.", "Check a policy file, or run hadir policy list on the server.";
        check: "Periksa berkas aturan", "Check a policy file";
        check_hint: "Berkas TOML. Belum berlaku sampai diaktifkan.", "A TOML file. Not in force until it is activated.";
        file: "Berkas aturan", "Policy file";
        check_button: "Periksa", "Check";
        check_result: "Hasil pemeriksaan", "Result of the check";
        problems(n): "{n} masalah", "{n} problems";
        no_problems: "Tidak ada masalah. Aturan ini dapat diaktifkan.", "Nothing is wrong. The policy can be activated.";
        line(n): "Baris {n}", "Line {n}";
        remedy: "Perbaikan:", "Remedy:";
        says: "Isi aturan", "What it says";
        source: "Berkas", "File";
        activate: "Aktifkan aturan", "Activate";
        activate_from: "Berlaku mulai", "In force from";
        activate_text: "Hanya bulan yang belum dikunci yang dihitung dengan aturan ini.", "Only months that are not locked are computed by it.";
        activate_confirm: "Saya sudah membandingkan dengan naskah Perbup", "I have compared it with the text of the Perbup";
        back: "Semua aturan", "All policies";
        download: "Unduh berkas", "Download the file";
    }
}
