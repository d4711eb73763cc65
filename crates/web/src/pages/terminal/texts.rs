//! Words of the terminal pages.

crate::texts! {
    /// Words of the terminal pages.
    TerminalTexts {
        title: "Terminal", "Terminals";
        summary(alive, all): "{alive} dari {all} terminal aktif", "{alive} of {all} terminals alive";
        pending: "Menunggu persetujuan", "Waiting for approval";
        pending_text: "Terminal ini sudah menghubungi server tetapi belum dikenal. Datanya disimpan dan baru dihitung setelah disetujui.", "These terminals have called but are unknown. What they send is kept and counts once they are approved.";
        waiting_lines(n): "{n} baris tersimpan", "{n} lines kept";
        first_seen(at): "pertama terlihat {at}", "first seen {at}";
        name: "Nama terminal", "Name";
        name_hint: "Tempatnya, misalnya Lobi atau Pintu Timur", "Where it stands, for example Lobby";
        opd: "OPD", "OPD";
        zone: "Zona waktu", "Time zone";
        group: "Grup PIN", "PIN group";
        group_hint: "Terminal dalam satu grup memakai daftar PIN yang sama.", "Terminals of one group share their PINs.";
        approve: "Setujui", "Approve";
        reject: "Tolak", "Reject";
        choose: "Pilih", "Choose";
        none: "Belum ada terminal", "No terminal yet";
        none_text: "Isi alamat server ini pada menu ADMS atau Cloud Server di terminal. Terminal akan muncul di sini untuk disetujui.", "Enter the address of this server in the ADMS or Cloud Server menu of the terminal. It then appears here for approval.";
        state: "Keadaan", "State";
        last_seen: "Terakhir terlihat", "Last seen";
        drift: "Selisih jam", "Clock drift";
        backlog: "Belum terkirim", "Not yet sent";
        unmapped: "PIN belum dikenali", "PINs not recognised";
        alerts: "Peringatan", "Alerts";
        back: "Semua terminal", "All terminals";
        facts: "Keterangan", "Facts";
        today: "Presensi hari ini", "Punches today";
        users: "Pengguna", "Users";
        serial: "Nomor seri", "Serial number";
        model: "Model", "Model";
        address: "Alamat", "Address";
        map_text: "Presensi dari PIN ini tersimpan dan dihitung begitu pemiliknya diketahui, juga untuk hari yang lalu.", "Punches of these PINs are kept and count as soon as their owner is known, for past days too.";
        pin: "PIN", "PIN";
        punches(n): "{n} presensi", "{n} punches";
        owner: "NIP pemilik", "NIP of the owner";
        owner_of(pin): "NIP pemilik PIN {pin}", "NIP of the owner of PIN {pin}";
        perhaps(name): "Mungkin {name}", "Perhaps {name}";
        map: "Hubungkan", "Connect";
        all_mapped: "Semua PIN sudah dikenali.", "Every PIN is recognised.";
        quarantine: "Karantina", "Quarantine";
        quarantine_text: "Baris yang tidak terbaca. Tidak dihitung, tetapi tidak dibuang.", "Lines that could not be read. Not counted, but not thrown away.";
        no_quarantine: "Tidak ada baris di karantina.", "Nothing in quarantine.";
        commands: "Perintah", "Commands";
        commands_text: "Dikerjakan saat terminal menghubungi server lagi, biasanya dalam satu menit.", "Carried out when the terminal calls again, usually within a minute.";
        no_commands: "Belum ada perintah.", "No command yet.";
        cmd_send_all: "Kirim ulang semua presensi", "Send all punches again";
        cmd_clock: "Setel jam", "Set the clock";
        cmd_report: "Minta laporan keadaan", "Ask for a report";
        cmd_restart: "Mulai ulang", "Restart";
        cmd_recheck: "Hubungi ulang, setel jam, kirim yang kurang", "Call again, set the clock, send what is missing";
        cmd_send_new: "Kirim presensi baru", "Send new punches";
        cmd_punches(from, to): "Kirim presensi {from} sampai {to}", "Send punches of {from} to {to}";
        cmd_count(from, to): "Hitung presensi {from} sampai {to}", "Count punches of {from} to {to}";
        cmd_user(pin): "Tulis nama pemilik PIN {pin}", "Write the owner of PIN {pin}";
        cmd_user_gone(pin): "Hapus pengguna PIN {pin}", "Remove the user of PIN {pin}";
        cmd_user_asked(pin): "Minta pengguna PIN {pin}", "Ask for the user of PIN {pin}";
        cmd_enrol(pin): "Rekam sidik jari PIN {pin}", "Enrol a finger of PIN {pin}";
        cmd_options: "Baca ulang pengaturan", "Read the options again";
        cmd_unknown: "Perintah yang tidak dikenal versi ini", "A command that this version does not know";
        of_opd: "Sesuai OPD", "That of the OPD";
        alive: "Aktif", "Alive";
        silent: "Diam", "Silent";
        check: "Perlu diperiksa", "Check";
        retired: "Tidak dipakai", "Out of service";
        seconds(n): "{n} detik", "{n} seconds";
        users_of(people, fingers, faces): "{people} orang, {fingers} sidik jari, {faces} wajah", "{people} people, {fingers} fingerprints, {faces} faces";
        mapped(pin, n): "PIN {pin} dihubungkan; {n} presensi yang tersimpan kini dihitung.", "PIN {pin} is connected; {n} stored punches count now.";
        name_hidden: "(nama disembunyikan)", "(name hidden)";
        cmd_waiting: "Menunggu terminal", "Waits for the terminal";
        cmd_sent: "Diambil terminal", "Fetched";
        cmd_done: "Selesai", "Done";
        cmd_expired: "Tidak dijawab", "No answer";
        cmd_failed(why, code): "Ditolak terminal: {why} (kode {code})", "Refused by the terminal: {why} (code {code})";
    }
}
