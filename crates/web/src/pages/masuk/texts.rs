//! Words of the login page.

crate::texts! {
    /// Words of the login page.
    MasukTexts {
        title: "Masuk", "Log in";
        intro: "Presensi, disiplin, dan TPP ASN", "Attendance, discipline and TPP of the civil service";
        nip: "NIP atau NI PPPK", "NIP or NI PPPK";
        nip_hint: "18 angka, boleh dengan spasi", "18 digits, spaces allowed";
        passphrase: "Kata sandi", "Passphrase";
        enter: "Masuk", "Log in";
        wrong(left): "NIP atau kata sandi salah. Tersisa {left} percobaan.", "NIP or passphrase is wrong. {left} tries left.";
        locked(until): "Terlalu banyak percobaan. Coba lagi pukul {until}.", "Too many tries. Try again at {until}.";
        crowded(until): "Terlalu banyak percobaan dari jaringan ini. Coba lagi pukul {until}.", "Too many tries from this network. Try again at {until}.";
        closed: "Akun ini tidak aktif. Hubungi BKPSDM.", "This account is not active. Ask BKPSDM.";
        expired: "Sesi Anda sudah berakhir. Silakan masuk lagi.", "Your session has ended. Please log in again.";
        forgot: "Lupa kata sandi?", "Forgot your passphrase?";
        forgot_ask(who): "Hubungi {who}. Sandi baru diberikan langsung, tidak lewat pesan.", "Ask {who}. A new one is handed over in person, not by message.";
        forgot_plain: "Hubungi admin kepegawaian OPD Anda. Sandi baru diberikan langsung, tidak lewat pesan.", "Ask the personnel clerk of your OPD. A new one is handed over in person, not by message.";
        demo_title(regency): "Ini peragaan: {regency}", "This is a demonstration: {regency}";
        demo_text: "Daerah ini tidak nyata. Semua pegawai, jam, dan rupiah dikarang. Akun untuk mencoba tertulis di layar tempat peragaan dijalankan.", "This regency is not real. All people, times and amounts are invented. The accounts to try are printed where the demonstration was started.";
    }
}
