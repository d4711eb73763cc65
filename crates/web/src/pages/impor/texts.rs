//! Words of the import of employees.

crate::texts! {
    /// Words of the import of employees.
    ImporTexts {
        title: "Impor pegawai", "Import staff";
        people(n): "{n} pegawai terdaftar", "{n} employees known";
        file: "Berkas Excel (.xlsx) atau CSV dari SIASN", "Excel (.xlsx) or CSV file from SIASN";
        file_hint(mb): "Kolom dikenali dari judulnya, urutan bebas. Paling besar {mb} MB. NIK, agama, dan nomor telepon tidak disimpan.", "Columns are recognised by their headings, in any order. At most {mb} MB. NIK, religion and telephone are not kept.";
        upload: "Unggah dan periksa", "Upload and check";
        upload_hint: "Belum ada yang berubah sampai Anda menerapkannya.", "Nothing changes until you apply it.";
        sample: "Unduh contoh berkas", "Download a sample file";
        history: "Impor sebelumnya", "Earlier imports";
        no_history: "Belum pernah ada impor.", "Nothing was imported yet.";
        at: "Waktu", "Time";
        result: "Hasil", "Result";
        counts(added, changed, left, bad): "{added} baru, {changed} berubah, {left} hilang, {bad} salah", "{added} new, {changed} changed, {left} missing, {bad} bad";
        running: "Sedang dibaca", "Being read";
        waiting: "Menunggu keputusan", "Waits for a decision";
        applied: "Diterapkan", "Applied";
        undone: "Dibatalkan", "Undone";
        dropped: "Tidak dipakai", "Not used";
        undo: "Batalkan impor", "Undo";
        preview: "Periksa impor", "Check the import";
        read(n, file): "{n} baris dibaca dari {file}", "{n} rows read from {file}";
        added: "Baru", "New";
        changed: "Berubah", "Changed";
        left: "Tidak ada di berkas", "Not in the file";
        bad: "Baris salah", "Bad rows";
        same(n): "{n} pegawai tidak berubah.", "{n} employees do not change.";
        left_text: "Mereka tidak dihapus oleh impor. Periksa apakah pindah atau pensiun.", "The import does not remove them. Check whether they moved or retired.";
        bad_text: "Baris ini dilewati. Perbaiki di Excel, lalu impor lagi; baris lain tetap bisa diterapkan sekarang.", "These rows are skipped. Mend them in Excel and import again; the others can be applied now.";
        bad_download: "Unduh baris salah", "Download bad rows";
        line: "Baris", "Line";
        value: "Isi", "Value";
        problem: "Masalah dan cara memperbaiki", "Problem and remedy";
        name: "Nama / NIP", "Name / NIP";
        becomes: "menjadi", "becomes";
        empty_value: "(kosong)", "(empty)";
        more(n): "dan {n} lainnya", "and {n} more";
        unused: "Kolom yang tidak dipakai:", "Columns not used:";
        apply(n): "Terapkan {n} perubahan", "Apply {n} changes";
        nothing: "Tidak ada yang perlu diterapkan.", "There is nothing to apply.";
        drop: "Jangan pakai berkas ini", "Do not use this file";
        from: "Berlaku mulai", "Valid from";
        from_hint: "Data dihitung sejak tanggal ini. Untuk impor pertama pilih tanggal 1 dari bulan pertama yang direkap.", "The data counts from this day on. For the first import choose the first day of the first month to be judged.";
        group: "Grup PIN", "PIN group";
        no_pins: "Berkas tidak memuat PIN", "The file holds no PINs";
        group_hint: "Terminal mana yang memakai PIN di berkas ini.", "Which terminals use the PINs of this file.";
        reading(file): "Memeriksa {file}", "Checking {file}";
        applying(file): "Menerapkan {file}", "Applying {file}";
        rows: "baris", "rows";
        name_field: "Nama", "Name";
        notes: "Catatan", "Notes";
        notes_text: "Baris ini tetap diterapkan, tetapi sebaiknya diperiksa.", "These rows are applied all the same, but somebody should look.";
        new_units: "Unit kerja baru", "New units";
        new_units_text: "Unit ini belum ada dan akan dibuat. Bila namanya hanya salah ketik, perbaiki di berkas.", "These units are not known and will be made. If a name is only misspelt, mend it in the file.";
        holds_from(day): "Berlaku mulai {day}.", "Valid from {day}.";
        units_made(n): "{n} unit kerja dibuat.", "{n} units were made.";
        pins_given(n): "{n} PIN dihubungkan.", "{n} PINs were connected.";
        undo_hint: "Pegawai baru ditarik kembali dan nilai yang berubah dikembalikan.", "New people are withdrawn and changed values go back to what they were.";
        back: "Semua impor", "All imports";
    }
}
