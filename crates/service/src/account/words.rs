//! 256 short everyday words of Bahasa Indonesia for generated passphrases, one for each byte.

/// The list; its order never matters.
pub(super) const WORDS: [&str; 256] = [
    "abu", "acara", "adat", "air", "akar", "alam", "alat", "aman", "anak", "angin", "angka", "antar", "apel",
    "apik", "arang", "arah", "arus", "asam", "asap", "atap", "awan", "ayam", "ayun", "baca", "bagus", "baik",
    "baju", "bakau", "bakti", "balai", "bambu", "bandar", "bangku", "bangun", "banjar", "bapak", "barat",
    "baris", "batas", "batik", "batu", "bawang", "baya", "bayam", "beban", "bebas", "bebek", "bekal",
    "belah", "beli", "belut", "benang", "bendi", "benih", "beras", "berkah", "besi", "betik", "biasa",
    "bibir", "bibit", "bidang", "bijak", "bintang", "biru", "bonang", "botol", "buah", "bubur", "budaya",
    "buka", "buku", "bulan", "bulat", "bumbu", "bumi", "bunga", "bunyi", "buruh", "busur", "buyung", "cabai",
    "cahaya", "candi", "cangkir", "cantik", "capung", "cari", "catur", "cepat", "cerah", "cermin", "cinta",
    "cipta", "cokelat", "corak", "cuaca", "cucu", "dadar", "daerah", "dagang", "dahan", "damai", "danau",
    "dapur", "darat", "dasar", "datar", "daun", "dawai", "dayung", "debur", "dekat", "delima", "depan",
    "desa", "dewan", "dinas", "dinding", "doa", "dokar", "domba", "dongeng", "duku", "dunia", "durian",
    "ekor", "elang", "emas", "embun", "empat", "enak", "enam", "erat", "fajar", "gading", "gajah", "galah",
    "gambar", "gamelan", "ganda", "gapura", "garam", "garis", "garuda", "gasing", "gelas", "gema", "gempa",
    "gerak", "gereja", "getah", "giat", "gigi", "gitar", "goreng", "gotong", "gula", "guling", "gunung",
    "guntur", "guru", "hadir", "hakim", "halus", "hangat", "harap", "hari", "harum", "hasil", "hati",
    "hemat", "hijau", "hilir", "hitung", "hujan", "hulu", "hutan", "ibu", "ikan", "ikat", "indah", "intan",
    "irama", "istana", "jagung", "jahe", "jaket", "jala", "jalan", "jambu", "jamur", "janji", "jaring",
    "jati", "jaya", "jembatan", "jendela", "jernih", "jeruk", "jujur", "jumpa", "kabar", "kabut", "kaca",
    "kain", "kaki", "kakak", "kala", "kamar", "kambing", "kampung", "kanan", "kapal", "kapas", "karang",
    "karya", "kasih", "kawan", "kayu", "kebun", "kecap", "kedai", "kelapa", "keluarga", "kemah", "kendi",
    "kenari", "kepala", "kerja", "kertas", "ketan", "kijang", "kilat", "kipas", "kolam", "kopi", "kota",
    "kuat", "kuda", "kue", "kulit", "kunci", "kuning", "kunyit", "kupu", "labu", "ladang", "lagu", "lahan",
    "laju", "lama", "lampu", "langit", "lapang", "laut",
];
