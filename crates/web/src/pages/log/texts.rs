//! Words of the page of the log.

crate::texts! {
    /// Words of the page of the log.
    LogTexts {
        title: "Log transparansi", "Transparency log";
        lead: "Setiap presensi, keterangan, dan perubahan aturan masuk ke log ini. Yang sudah tercatat tidak bisa diubah tanpa ketahuan, juga oleh pengelola sistem. Log tidak memuat nama, NIP, atau tempat.", "Every punch, reason and change of rules enters this log. What was recorded cannot be changed unseen, not even by the operators. The log holds no name, number or place.";
        nothing_title: "Belum ada yang diterbitkan", "Nothing is published yet";
        nothing: "Log terbit dengan sendirinya begitu ada catatan pertama, paling lama satu detik kemudian.", "The log appears by itself with the first record, a second later at most.";
        no_log: "Server ini tidak menerbitkan log.", "This server publishes no log.";
        stopped: "Log tidak ditandatangani lagi.", "The log is not signed any more.";
        stopped_text: "Server menemukan keadaan yang meragukan dan berhenti menandatangani, supaya tidak lahir dua riwayat. Presensi tetap disimpan dan dihitung, dan menyusul masuk log; keputusan dan perubahan aturan ditolak sampai server siap. Pengelola sistem: hentikan hadir serve, lalu jalankan hadir log. Perintah itu menampilkan sebab dan jalan keluarnya: menyalakan hadir serve lagi (ujung log yang diubah orang dihitung ulang dari catatannya), hadir log reingest (melanjutkan dari berkas yang sudah terbit) atau hadir log disaster (memulai log baru dengan catatan mengapa).", "The server found a doubtful state and stopped signing, so that no second history begins. Punches are stored and count, and enter the log later; decisions and changes of rules are refused until the server is ready. Operators: stop hadir serve, then run hadir log. It shows why, and the way on: starting hadir serve again (an end of the log that somebody edited is computed anew from its entries), hadir log reingest (go on from the published files) or hadir log disaster (begin a new log that says why).";
        reason: "Alasan teknis", "Technical reason";
        differs: "Basis data TIDAK sama dengan log.", "The database is NOT as it was logged.";
        differs_text(findings, at): "{findings} temuan, dibandingkan {at}. Ada yang diubah di basis data di luar aplikasi. Inspektorat: minta pengelola sistem menjalankan hadir verify facts, lalu periksa setiap temuan.", "{findings} findings, compared {at}. Somebody changed the database behind the program. Auditors: have the operators run hadir verify facts and look at each finding.";
        damage: "Sebagian berkas log tidak bisa dibaca.", "Some files of the log cannot be read.";
        damage_text: "Yang masih bisa dibaca tampil di bawah. Catatan di basis data tidak hilang karenanya. Pengelola sistem: jalankan hadir log, lalu ikuti bab \"The transparency log\" buku panduan.", "What can still be read is below. No record in the database is lost by this. Operators: run hadir log and follow the chapter \"The transparency log\" of the manual.";
        compared: "Dibandingkan dengan basis data", "Compared with the database";
        same: "sama", "the same";
        not_same(findings): "{findings} temuan", "{findings} findings";
        never_compared: "belum pernah", "not yet";
        compared_at(entries, at): "{entries} catatan, {at}", "{entries} entries, {at}";
        no_key: "Kunci di server ini bukan kunci yang menandatangani log. Pengelola harus mengembalikan kunci yang asli.", "The key of this server is not the one that signed the log. The operators must bring the original key back.";
        end: "Ujung log terbaru", "Newest end of the log";
        size: "Jumlah catatan", "Entries";
        last: "Catatan terakhir", "Last entry";
        fingerprint: "Sidik log", "Fingerprint";
        root: "Akar pohon", "Root of the tree";
        origin: "Nama log", "Name of the log";
        witness: "Saksi", "Witnesses";
        no_witness: "belum disaksikan", "not witnessed yet";
        witnessed(size): "hingga catatan ke-{size}", "up to {size} entries";
        key: "Kunci pemeriksa", "Verifier key";
        key_hint: "Catat kunci ini di luar server: di Inspektorat, atau di lembar papan pengumuman.", "Write this key down outside of the server: at the Inspektorat, or on the notice board.";
        browser: "Peramban ini", "This browser";
        browser_off: "Peramban ini tidak menjalankan skrip, jadi tidak mengingat log. Bandingkan sidik di atas dengan papan pengumuman.", "This browser runs no script, so it does not remember the log. Compare the fingerprint with the notice board.";
        check: "Cara memeriksa", "How to check";
        check_receipt: "Satu catatan: buka harinya, tekan \"bukti\", simpan berkasnya. Pemeriksaan tanpa server:", "One record: open its day, press \"receipt\", save the file. To check it without a server:";
        check_log: "Seluruh log, langsung dari server ini:", "The whole log, straight from this server:";
        check_board: "Riwayat: simpan foto papan pengumuman. Checkpoint lama yang disimpan membuktikan bila riwayat diganti:", "History: keep a photo of the notice board. An old checkpoint proves it when history is replaced:";
        check_copy: "Salinan sendiri, dengan naskah mirror-log.sh di folder examples kode sumber Hadir; setelah itu, ganti alamat di atas dengan folder salinan:", "A copy of your own, with the script mirror-log.sh in the folder examples of Hadir's source; then put its folder in place of the address above:";
        files: "Alamat berkas", "Address of the files";
        board: "Lembar papan pengumuman", "Sheet for the notice board";
        board_about: "Sama sepanjang hari: ujung log yang terbaru pada menit pertama hari itu. Cetak pada satu lembar A4 atau F4.", "The same all day: the newest end of the log in the first minute of the day. Prints on one sheet of A4 or F4.";
        board_lead: "Foto lembar ini. Bila kelak riwayat presensi diubah, foto ini membuktikannya.", "Take a photo of this sheet. If the history is changed later, the photo proves it.";
        board_scan: "Kode ini memuat teks di bawahnya.", "The code holds the text below.";
        print: "Cetak lembar", "Print the sheet";
        text: "Teks untuk surel", "Text for e-mail";
        public: "Masuk", "Log in";
    }
}
