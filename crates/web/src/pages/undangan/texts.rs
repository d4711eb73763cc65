//! Words of the page behind the link of an account.

crate::texts! {
    /// Words of the page behind the link of an account.
    UndanganTexts {
        title: "Buat kata sandi", "Set your passphrase";
        greeting(name): "Akun ini untuk {name}. Bila bukan Anda, tutup halaman ini dan beri tahu pengirim tautannya.", "This account is for {name}. If that is not you, close this page and tell whoever sent the link.";
        login: "NIP atau nama masuk", "NIP or login";
        login_hint: "Ini yang Anda ketik setiap kali masuk.", "This is what you type whenever you log in.";
        passphrase: "Kata sandi baru", "New passphrase";
        repeat: "Ulangi kata sandi", "Repeat the passphrase";
        rules: "Paling sedikit 12 huruf. Empat kata yang tidak berhubungan mudah diingat dan sulit ditebak. Jangan memakai NIP, nama, atau tanggal lahir.", "At least 12 letters. Four unrelated words are easy to remember and hard to guess. No NIP, name or birthday.";
        save: "Simpan kata sandi", "Save the passphrase";
        errors: "Periksa isian berikut", "Please check";
        differ: "Kedua kata sandi tidak sama. Ketik lagi.", "The two passphrases differ. Type them again.";
        over: "Tautan ini tidak berlaku", "This link does not work";
        over_text: "Tautan sudah dipakai, kedaluwarsa, diganti tautan baru, atau akunnya terkunci. Bila Anda sudah membuat kata sandi, silakan masuk. Bila belum, minta tautan baru kepada BKPSDM atau Diskominfo.", "It was used, is over, was replaced by a newer one, or the account is locked. If you have set your passphrase, log in. If not, ask BKPSDM or Diskominfo for a new link.";
        to_login: "Ke halaman masuk", "Go to the login page";
    }
}
