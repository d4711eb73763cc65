//! Words of the schedules and rosters.

crate::texts! {
    /// Words of the schedules and rosters.
    JadwalTexts {
        title: "Jadwal kerja", "Work schedules";
        lead: "Jadwal tiap unit, dan sif pegawai yang bergilir.", "The schedule of every unit, and the shifts of people who rotate.";
        units: "Semua unit", "All units";
        unit: "Unit", "Unit";
        code: "Kode", "Code";
        schedule: "Jadwal", "Schedule";
        since: "Sejak", "Since";
        follows(above): "mengikuti {above}", "follows {above}";
        none: "Belum ada jadwal", "No schedule";
        no_units: "Belum ada unit", "No unit yet";
        no_units_text: "Unit terbentuk dari impor pegawai.", "Units come with the import of employees.";
        available: "Jadwal yang dapat dipakai", "Schedules to choose from";
        needs_roster: "bergilir", "rotating";
        back: "Semua unit", "All units";
        month: "Bulan", "Month";
        previous: "Bulan sebelumnya", "Month before";
        next: "Bulan berikutnya", "Month after";
        roster: "Sif per pegawai", "Shifts by person";
        roster_text: "Kotak kosong berarti jam kerja mingguan jadwal yang berlaku. Pilih nama untuk mengubah.", "An empty box means that the weekly hours of the schedule hold. Choose a name to change it.";
        name: "Nama", "Name";
        no_people: "Belum ada pegawai", "Nobody yet";
        no_people_text: "Unit ini tidak punya pegawai pada bulan ini.", "This unit has nobody in this month.";
        import: "Impor sif dari Excel", "Import shifts from Excel";
        file: "Berkas XLSX atau CSV", "XLSX or CSV file";
        file_hint: "Kolom NIP dan tanggal 1, 2, 3, …; atau kolom NIP, TANGGAL, SHIFT. Kotak kosong tidak mengubah apa-apa.", "Columns NIP and the days 1, 2, 3, …; or NIP, TANGGAL, SHIFT. Empty boxes change nothing.";
        look: "Periksa dulu", "Check first";
        download: "Unduh sif bulan ini (CSV)", "Download this month (CSV)";
        unit_schedule: "Jadwal unit ini", "Schedule of this unit";
        no_history: "Belum pernah ditetapkan di unit ini; mengikuti unit di atasnya.", "Nothing was assigned to this unit; it follows the one above.";
        assign: "Tetapkan jadwal", "Assign a schedule";
        from: "Mulai tanggal", "From";
        reason: "Alasan atau nomor surat", "Reason or number of the letter";
        save: "Simpan", "Save";
        shifts(month): "Sif {month}", "Shifts of {month}";
        shifts_text: "Pilih sif tiap tanggal. L = libur, LJ = lepas jaga.", "Choose the shift of each day. L = free, LJ = off after night duty.";
        may_not: "Anda hanya dapat melihat. Perubahan sif dilakukan admin OPD, bukan untuk diri sendiri, dan tidak pada bulan yang dikunci.", "You can only look. The OPD's administrator changes shifts, never the own ones and not in a locked month.";
        by_week: "menurut jadwal", "by schedule";
        save_shifts: "Simpan sif", "Save the shifts";
        group: "Regu", "Group";
        group_n(n): "Regu {n}", "Group {n}";
        group_text: "Regu menentukan hari dinas pada jadwal bergilir, misalnya 24 jam dinas dan 48 jam libur.", "The group decides the days of duty in a rotating schedule, for example 24 hours on and 48 off.";
        own_schedule: "Jadwal pegawai ini", "Schedule of this person";
        follows_unit: "Mengikuti jadwal unit.", "Follows the unit.";
        like_unit: "Ikuti jadwal unit", "Follow the unit";
        saved: "Tersimpan. Presensi dinilai dengan jadwal ini.", "Saved. Attendance is judged by it.";
        imported(n): "{n} sif diimpor.", "{n} shifts imported.";
        preview: "Periksa impor sif", "Check the import";
        people: "pegawai", "people";
        changed: "sif berubah", "shifts change";
        same: "sudah sama", "the same already";
        left_out: "tidak diimpor", "left out";
        left_out_text: "Baris lain tetap dapat diimpor. Perbaiki yang ini di berkas, lalu unggah lagi.", "The others can be imported. Correct these in the file and upload it again.";
        row: "Baris", "Row";
        value: "Isi", "Value";
        problem: "Masalah", "Problem";
        apply(n): "Impor {n} sif", "Import {n} shifts";
        nothing: "Tidak ada yang berubah.", "Nothing would change.";
        cancel: "Batal", "Cancel";
    }
}
