//! Words of a receipt.

crate::texts! {
    /// Words of a receipt.
    BuktiTexts {
        punch: "Bukti presensi", "Receipt of a punch";
        status: "Bukti keterangan", "Receipt of a reason";
        time: "Waktu", "Time";
        place: "Tempat", "Place";
        received: "Diterima server", "Received by the server";
        code: "Keterangan", "Reason";
        days: "Tanggal", "Days";
        document: "Nomor surat", "Document number";
        voided(at): "Presensi ini dibatalkan pada {at}. Buktinya tetap berlaku: pernah tercatat.", "This punch was withdrawn on {at}. The receipt still holds: it was recorded.";
        revoked(at): "Keterangan ini dicabut pada {at}. Buktinya tetap berlaku: pernah tercatat.", "This reason was revoked on {at}. The receipt still holds: it was recorded.";
        in_log(number): "Sudah tercatat di log, nomor {number}.", "Recorded in the log as number {number}.";
        fingerprint(fingerprint): "Sidik log {fingerprint}", "Fingerprint of the log {fingerprint}";
        at_size(size): "saat log berisi {size} catatan", "when the log had {size} entries";
        receipt_code: "Kode bukti", "Receipt code";
        witness: "Saksi", "Witnesses";
        no_witness: "belum disaksikan", "not witnessed yet";
        save: "Simpan bukti", "Save the receipt";
        keep: "Simpan berkas ini di ponsel Anda. Berkas ini membuktikan bahwa ada catatan dengan nomor dan kode bukti ini di log, juga bila server ini hilang. Isinya tidak memuat nama, NIP, atau tempat, jadi sendirian tidak menunjukkan apa yang tercatat.", "Keep this file. It proves that an entry with this number and receipt code is in the log, even if this server is gone. It holds no name, number or place, so by itself it does not show what was recorded.";
        save_opening: "Simpan isi catatan", "Save what was recorded";
        keep_opening: "Simpan juga berkas ini: bersama bukti di atas, berkas ini membuktikan apa yang tercatat (waktu, PIN, tempat). Tunjukkan hanya kepada yang boleh melihatnya.", "Keep this file too: together with the receipt it proves what was recorded (time, PIN, place). Show it only to those who may see it.";
        differs: "Tidak cocok dengan log.", "Does not match the log.";
        differs_text: "Yang tampil di sini bukan lagi yang tercatat di log: ada yang diubah di basis data di luar aplikasi. Jangan dipakai sebagai bukti. Simpan bukti yang sudah Anda punya dan laporkan ke Inspektorat. Inspektorat: minta pengelola sistem menjalankan hadir verify facts.", "What is shown here is no longer what was logged: somebody changed the database behind the program. Do not rely on it. Keep the receipt that you have and tell the Inspektorat. Auditors: have the operators run hadir verify facts.";
        soon(number): "Sedang dicatat. Nomor di log: {number}. Bukti siap dalam dua detik; halaman ini memuatnya sendiri.", "Being recorded. Number in the log: {number}. The receipt is ready within two seconds; this page fetches it by itself.";
        again: "Muat ulang", "Reload";
        stopped(number): "Presensi sudah tersimpan dengan nomor log {number}, tetapi penerbitan log sedang berhenti. Bukti bisa diambil setelah pengelola sistem menyelesaikannya.", "This is stored as number {number} of the log, but the log is not being published. The receipt can be had when the operators have solved it.";
        waiting: "Presensi sudah tersimpan dan tetap dihitung. Log sedang tidak boleh ditandatangani; nomor log dan buktinya menyusul begitu pengelola sistem menyelesaikannya.", "This is stored and counts. The log may not be signed at present; its number and the receipt follow when the operators have solved it.";
        none: "Catatan ini tersimpan, tetapi tidak ada di log, jadi tidak ada bukti yang bisa disimpan.", "This is stored, but it is not in the log, so there is no receipt to keep.";
        about: "Tentang log transparansi", "About the transparency log";
        being_recorded: "Bukti belum siap: catatan ini sedang dicatat di log. Coba lagi dua detik lagi.", "The receipt is not ready: this is being recorded in the log. Try again in two seconds.";
    }
}
