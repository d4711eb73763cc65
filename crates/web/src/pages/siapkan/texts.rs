//! Words of the first run.

crate::texts! {
    /// Words of the first run.
    SiapkanTexts {
        title: "Siapkan Hadir", "Set up Hadir";
        intro: "Dua langkah: siapa Pemda ini, dan siapa pengelola pertama. Tidak ada kata sandi bawaan.", "Two steps: which government this is, and who manages it first. There is no default passphrase.";
        errors: "Periksa isian berikut", "Please check";
        step_regency: "1. Pemerintah daerah", "1. Regional government";
        regency: "Nama Pemda", "Name of the government";
        regency_hint: "Seperti pada kop surat, misalnya Kabupaten Tanggamus", "As on the letterhead, for example Kabupaten Tanggamus";
        zone: "Zona waktu", "Time zone";
        step_admin: "2. Pengelola pertama (BKPSDM)", "2. First manager (BKPSDM)";
        name: "Nama lengkap", "Full name";
        nip: "NIP", "NIP";
        nip_hint: "18 angka", "18 digits";
        passphrase: "Kata sandi", "Passphrase";
        repeat: "Ulangi kata sandi", "Repeat the passphrase";
        rules: "Paling sedikit 12 huruf. Empat kata yang tidak berhubungan mudah diingat dan sulit ditebak. Jangan memakai NIP, nama, atau tanggal lahir.", "At least 12 letters. Four unrelated words are easy to remember and hard to guess. No NIP, name or birthday.";
        finish: "Simpan dan masuk", "Save and log in";
        expired: "Tautan ini tidak berlaku lagi", "This link does not work any more";
        expired_text: "Tautan hanya dapat dipakai satu kali dan berlaku satu jam. Bila Hadir sudah disiapkan, silakan masuk. Bila belum, minta petugas server menjalankan perintah berikut untuk membuat tautan baru:", "A link works once and lasts one hour. If Hadir is set up already, log in. If not, ask whoever runs the server to make a new link with this command:";
        used: "Hadir sudah disiapkan", "Hadir is already set up";
        used_text: "Tautan ini hanya dapat dipakai satu kali. Silakan masuk dengan akun Anda.", "The link works only once. Please log in with your account.";
        login: "Ke halaman masuk", "Go to the login page";
    }
}
