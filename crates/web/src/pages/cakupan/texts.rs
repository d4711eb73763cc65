//! Words of the rollout.

crate::texts! {
    /// Words of the rollout.
    CakupanTexts {
        title: "Cakupan OPD", "Rollout";
        headline(n, of): "{n} dari {of} OPD", "{n} of {of} OPDs";
        headline_more(share, people, all): "berlaku ({share}%) · {people} dari {all} ASN", "in force ({share}%) · {people} of {all} employees";
        not_begun: "Belum", "Not begun";
        collecting: "Pendataan", "Data entry";
        trial: "Uji coba", "Trial";
        in_force: "Berlaku", "In force";
        collecting_text: "Data pegawai, jadwal, dan PIN dilengkapi. Belum dinilai.", "Staff, schedules and PINs are entered. Nothing is judged.";
        trial_text: "Semua dicatat dan dinilai, tetapi tidak ada potongan.", "Everything is recorded and judged, nothing is cut.";
        in_force_text: "Rekap menjadi dasar TPP.", "The sheet is the basis of TPP.";
        every_opd: "Semua OPD", "All OPDs";
        stage: "Tahap", "Stage";
        since: "Sejak", "Since";
        people: "ASN", "Employees";
        lacks: "Yang masih kurang", "Still lacking";
        complete: "Lengkap", "Complete";
        none: "Belum ada OPD", "No OPD yet";
        none_text: "OPD terbentuk dari impor pegawai.", "OPDs come with the import of employees.";
        back: "Semua OPD", "All OPDs";
        change: "Ubah tahap", "Change the stage";
        from: "Mulai tanggal", "From";
        letter: "Nomor surat edaran atau keputusan", "Number of the circular or decision";
        save: "Simpan tahap", "Save";
        warn: "OPD ini belum lengkap.", "This OPD is not complete.";
        warn_text: "Tahap tetap bisa diubah dengan surat, tetapi potongan akan dihitung dari data yang belum lengkap.", "It can still be put in force, but cuts will rest on incomplete data.";
        despite: "Tetap ubah tahap walau belum lengkap", "Change the stage although it is not complete";
        history: "Riwayat tahap", "Stages so far";
        no_history: "Belum ada riwayat.", "None yet.";
    }
}
