//! Words of changing the passphrase.

crate::texts! {
    /// Words of changing the passphrase.
    SandiTexts {
        title: "Ganti kata sandi", "Change passphrase";
        forced: "Kata sandi Anda dibuat oleh orang lain.", "Somebody else made your passphrase.";
        forced_text: "Buat kata sandi sendiri sebelum melanjutkan. Setelah ini hanya Anda yang mengetahuinya.", "Make your own before you go on. After that only you know it.";
        errors: "Periksa isian berikut", "Please check";
        old: "Kata sandi sekarang", "Current passphrase";
        fresh: "Kata sandi baru", "New passphrase";
        repeat: "Ulangi kata sandi baru", "Repeat the new passphrase";
        rules: "Paling sedikit 12 huruf. Empat kata yang tidak berhubungan mudah diingat dan sulit ditebak. Jangan memakai NIP, nama, atau tanggal lahir.", "At least 12 letters. Four unrelated words are easy to remember and hard to guess. No NIP, name or birthday.";
        save: "Simpan kata sandi", "Save passphrase";
        sessions: "Semua perangkat lain akan keluar.", "All other devices will be logged out.";
    }
}
