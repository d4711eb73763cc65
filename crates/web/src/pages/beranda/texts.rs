//! Words of the start pages.

crate::texts! {
    /// Words of the start pages.
    BerandaTexts {
        trial: "Masa uji coba.", "Trial period.";
        trial_text: "Semua dicatat, tetapi belum memengaruhi TPP.", "Everything is recorded, nothing is cut yet.";
        todo: "Yang perlu dikerjakan", "To do";
        nothing: "Tidak ada yang perlu Anda lakukan.", "Nothing is left to do.";
        task_absent: "Hari tanpa keterangan yang belum diperiksa", "Days without notice not yet checked";
        task_missing: "Hari dengan satu presensi saja", "Days with a single punch";
        task_pin: "PIN di terminal yang belum dikenali", "PINs on terminals not recognised";
        task_schedule: "Pegawai tanpa jadwal kerja", "People without a schedule";
        task_terminal: "Terminal yang tidak mengirim data", "Terminals that send nothing";
        no_day: "Jam kerja belum mulai, atau hari ini libur.", "Working hours have not begun, or it is a free day.";
        lock_month(month): "Kunci {month}", "Lock {month}";
        lock_left(days): "{days} hari lagi", "{days} days left";
        lock_late(days): "Terlambat {days} hari", "{days} days late";
        lock_by(date): "Batas penguncian {date}", "To be locked by {date}";
        open_recap: "Buka rekap", "Open the sheet";
        present: "Hadir", "Present";
        late: "Terlambat", "Late";
        duty: "Dinas luar", "On duty";
        leave: "Cuti, sakit, izin", "Leave";
        absent: "Tanpa keterangan", "No notice";
        unknown: "Belum ada data", "No data yet";
        unknown_text: "Belum ada data bukan berarti tidak hadir.", "No data yet does not mean absent.";
        pipeline(month): "Rekap {month}", "Sheets of {month}";
        pipeline_text: "Perjalanan rekap setiap OPD sampai menjadi TPP.", "How far the sheet of each OPD is on its way to TPP.";
        step_open: "Belum dikunci", "Not locked";
        step_locked: "Menunggu verifikasi", "Waits for verification";
        step_verified: "Diverifikasi", "Verified";
        compute_tpp: "Hitung TPP", "Compute TPP";
        pending_terminals(n): "{n} terminal baru menunggu persetujuan.", "{n} new terminals wait for approval.";
        coverage(n, of): "{n} dari {of} OPD sudah berlaku.", "{n} of {of} OPDs are in force.";
        per_opd: "Keadaan setiap OPD", "State of every OPD";
        step: "Keadaan", "State";
        since: "Sejak", "Since";
        presence_today: "Kehadiran hari ini", "Presence today";
        of_due(present, due): "{present} dari {due} wajib hadir", "{present} of {due} due";
        yesterday(rate): "kemarin {rate}%", "yesterday {rate}%";
        not_begun: "Jam kerja belum mulai", "Working hours have not begun";
        first_data(at): "Data pertama pukul {at}.", "First data at {at}.";
        lowest_first: "Terendah dulu", "Lowest first";
        rate_line(present, absent, unknown): "{present} hadir · {absent} tanpa keterangan · {unknown} belum ada data", "{present} present · {absent} no notice · {unknown} no data yet";
        no_unit_data: "Terminal belum mengirim. Bukan berarti tidak hadir.", "Its terminals have sent nothing. That does not mean absent.";
        with_data(n, of): "Data {n} dari {of} OPD yang sudah berlaku.", "Data of {n} of {of} OPDs in force.";
        audit_title: "Pemeriksaan", "Audit";
        audit_notice: "Anda hanya dapat membaca. Setiap halaman yang Anda buka ikut dicatat.", "You can only read. Every page you open is recorded too.";
        changes: "Perubahan terbaru", "Latest changes";
        no_changes: "Belum ada perubahan pada lingkup Anda.", "Nothing was changed in your scope.";
        typed: "Hari yang diinput admin, bulan ini", "Days typed in by clerks, this month";
        no_typed: "Tidak ada hari yang diinput admin bulan ini.", "No day was typed in this month.";
        typed_days(n): "{n} hari", "{n} days";
        typed_without(n): "{n} tanpa nomor surat", "{n} without a document";
        system_title: "Keadaan sistem", "State of the system";
        alive: "Terminal aktif", "Terminals alive";
        waiting: "Menunggu persetujuan", "Waiting for approval";
        quarantine: "Baris karantina", "Lines in quarantine";
        open_terminals: "Buka terminal", "Open terminals";
    }
}
