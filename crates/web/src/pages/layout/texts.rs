//! Words of the frame.

crate::texts! {
    /// Words of the frame around every page.
    FrameTexts {
        skip: "Langsung ke isi halaman", "Skip to content";
        product: "Hadir", "Hadir";
        menu: "Menu", "Menu";
        all_menu: "Semua menu", "All sections";
        more: "Lainnya", "More";
        home: "Beranda", "Home";
        today: "Hari ini", "Today";
        recap: "Rekap bulan", "Month sheet";
        tpp: "TPP", "TPP";
        rollout: "Cakupan OPD", "Rollout";
        terminals: "Terminal", "Terminals";
        employees: "Impor pegawai", "Import staff";
        rules: "Aturan", "Rules";
        schedules: "Jadwal kerja", "Work schedules";
        calendar: "Kalender", "Calendar";
        accounts: "Akun", "Accounts";
        card: "Kartu saya", "My card";
        log: "Log transparansi", "Transparency log";
        log_stopped: "Log tidak ditandatangani.", "The log is not signed.";
        log_stopped_text: "Presensi tetap disimpan, tetapi keputusan dan kunci bulan ditolak sampai pengelola sistem memulihkannya.", "Punches are stored, but decisions and month locks are refused until the operators mend it.";
        log_stopped_link: "Lihat sebab dan jalan keluarnya", "See why, and the way on";
        logout: "Keluar", "Log out";
        passphrase: "Ganti kata sandi", "Change passphrase";
        switch_lang: "English", "Indonesia";
        demo: "Data contoh.", "Sample data.";
        demo_more(regency): "{regency} tidak nyata; semua nama dan angka dikarang.", "{regency} is not real; every name and figure is invented.";
        fresh(at): "Data sampai {at}.", "Data up to {at}.";
    }
}
