//! Words of the error pages.

crate::texts! {
    /// Words of the error pages.
    GalatTexts {
        bad_request: "Permintaan tidak dapat dibaca", "The request cannot be read";
        forbidden: "Anda tidak memiliki hak untuk halaman ini", "You have no right to this page";
        forbidden_text: "Hak diberikan per OPD dan per tugas. Bila Anda memang memerlukannya, minta BKPSDM menambahkan peran Anda.", "Rights are given per OPD and task. If you need it, ask BKPSDM to add the role.";
        stale: "Formulir sudah kedaluwarsa", "The form is too old";
        stale_text: "Belum ada yang disimpan. Kembali ke halaman sebelumnya, muat ulang, lalu kirim lagi.", "Nothing was saved. Go back, reload and send again.";
        not_found: "Halaman tidak ditemukan", "Page not found";
        not_found_text: "Alamatnya mungkin salah ketik, atau datanya sudah dipindahkan.", "The address may be mistyped, or what it showed has moved.";
        erased: "Data ini sudah dihapus", "This was erased";
        too_large: "Berkas terlalu besar", "The file is too large";
        too_large_text(mb): "Paling besar {mb} MB. Bagi berkas menjadi beberapa bagian, atau hapus kolom dan lembar yang tidak diperlukan.", "At most {mb} MB. Split it, or remove columns and sheets that are not needed.";
        altered: "Data diubah di luar aplikasi", "Data was changed behind the program";
        internal: "Terjadi kesalahan di sistem kami", "Something went wrong on our side";
        internal_text: "Bukan kesalahan Anda. Data yang sudah tersimpan tetap aman. Coba lagi; bila berulang, sampaikan kode di bawah ke petugas sistem.", "It was not your fault. What was saved is safe. Try again; if it repeats, give the code below to the operator.";
        database: "Basis data sedang tidak menjawab", "The database does not answer";
        database_text: "Presensi di terminal tetap tersimpan di terminal dan dikirim setelah sistem pulih. Coba lagi beberapa menit lagi.", "Punches stay on the terminals and are sent once the system is back. Try again in a few minutes.";
        code(code): "Kode: {code}", "Code: {code}";
        home: "Ke beranda", "Go to the start page";
        again: "Coba lagi", "Try again";
    }
}
