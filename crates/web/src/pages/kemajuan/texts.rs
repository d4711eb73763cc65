//! Words of long work.

crate::texts! {
    /// Words of long work.
    KemajuanTexts {
        waiting: "Menunggu giliran.", "Waiting for its turn.";
        done(done, unit): "{done} {unit} selesai", "{done} {unit} done";
        done_of(done, total, unit): "{done} dari {total} {unit}", "{done} of {total} {unit}";
        leave: "Anda boleh menutup halaman ini; pekerjaan tetap berjalan.", "You may close this page; the work goes on.";
        finished: "Selesai.", "Done.";
        result: "Lihat hasil", "See the result";
        failed: "Gagal. Tidak ada data yang berubah.", "Failed. Nothing was changed.";
        back: "Kembali", "Back";
    }
}
