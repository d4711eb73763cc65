//! What the checker says, in both languages.

/// A sentence about a mistake and one about its remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Stable code.
    pub code: &'static str,
    /// Bahasa Indonesia.
    pub id: String,
    /// English.
    pub en: String,
    /// Remedy in Bahasa Indonesia.
    pub remedy_id: String,
    /// Remedy in English.
    pub remedy_en: String,
}

fn message(
    code: &'static str,
    id: impl Into<String>,
    en: impl Into<String>,
    remedy_id: impl Into<String>,
    remedy_en: impl Into<String>,
) -> Message {
    Message { code, id: id.into(), en: en.into(), remedy_id: remedy_id.into(), remedy_en: remedy_en.into() }
}

/// One function per message.
pub mod say {
    use super::{super::suggest::nearest, Message, message};

    fn list(names: &[&str]) -> String {
        let mut names = names.to_vec();
        names.sort_unstable();
        names.dedup();
        names.join(", ")
    }

    /// The text is not TOML.
    pub fn syntax(detail: &str) -> Message {
        message(
            "syntax",
            format!("Berkas ini bukan TOML yang benar: {detail}."),
            format!("This is not valid TOML: {detail}."),
            "Periksa tanda kutip, tanda sama dengan dan kurung pada baris ini.",
            "Look at the quotes, equals signs and brackets of this line.",
        )
    }

    /// A key that the language does not know.
    pub fn unknown_key(key: &str, near: Option<&str>, known: &[&str]) -> Message {
        let all = list(known);
        let (remedy_id, remedy_en) = match near {
            Some(near) => (format!("Mungkin maksudnya \"{near}\"?"), format!("Did you mean \"{near}\"?")),
            None => (format!("Yang dikenal di sini: {all}."), format!("Known here: {all}.")),
        };
        message(
            "unknown_key",
            format!("Kunci \"{key}\" tidak dikenal."),
            format!("The key \"{key}\" is not known."),
            remedy_id,
            remedy_en,
        )
    }

    /// A key that must be there.
    pub fn missing_key(key: &str) -> Message {
        message(
            "missing_key",
            format!("\"{key}\" belum diisi."),
            format!("\"{key}\" is missing."),
            format!("Tambahkan baris {key} = …"),
            format!("Add a line {key} = …"),
        )
    }

    /// An article that must be there.
    pub fn missing_article() -> Message {
        message(
            "missing_article",
            "Pasal dasar aturan ini belum disebut.",
            "The article that this rests on is not named.",
            "Tambahkan article = \"Pasal … ayat (…)\"; pegawai berhak mengetahuinya.",
            "Add article = \"Pasal … ayat (…)\"; the employee is entitled to know it.",
        )
    }

    /// A value of the wrong kind.
    pub fn wrong_kind(wanted: &str, found: &str) -> Message {
        message(
            "wrong_kind",
            format!("Di sini diperlukan {wanted}, bukan {found}."),
            format!("This must be {wanted}, not {found}."),
            format!("Tuliskan {wanted}."),
            format!("Write {wanted}."),
        )
    }

    /// A date that is none.
    pub fn bad_date(written: &str) -> Message {
        message(
            "bad_date",
            format!("\"{written}\" bukan tanggal."),
            format!("\"{written}\" is not a date."),
            "Tuliskan sebagai tahun-bulan-hari, misalnya 2026-01-31.",
            "Write it as year-month-day, for example 2026-01-31.",
        )
    }

    /// The policy ends before it starts.
    pub fn ends_before_it_starts() -> Message {
        message(
            "bad_date",
            "effective_until lebih awal daripada effective_from.",
            "effective_until is earlier than effective_from.",
            "Perbaiki salah satu tanggal.",
            "Correct one of the dates.",
        )
    }

    /// A name that must be one of a list.
    pub fn unknown_name(kind: &str, name: &str, known: &[&str]) -> Message {
        let near = nearest(name, known.iter().copied());
        let all = list(known);
        let (hint_id, hint_en) = match near {
            Some(near) => (format!("Mungkin maksudnya \"{near}\"? "), format!("Did you mean \"{near}\"? ")),
            None => (String::new(), String::new()),
        };
        message(
            match kind {
                "base" => "unknown_base",
                "measure" => "unknown_measure",
                "signal" => "unknown_signal",
                _ => "unknown_name",
            },
            format!("\"{name}\" bukan {kind} yang dikenal."),
            format!("\"{name}\" is not a known {kind}."),
            format!("{hint_id}Pilihan: {all}."),
            format!("{hint_en}Choose from: {all}."),
        )
    }

    /// A number outside what makes sense.
    pub fn out_of_range(what: &str, range: &str) -> Message {
        message(
            "out_of_range",
            format!("{what} harus {range}."),
            format!("{what} must be {range}."),
            "Perbaiki angkanya.",
            "Correct the number.",
        )
    }

    /// A negative amount.
    pub fn negative(key: &str) -> Message {
        message(
            "negative",
            format!("{key} tidak boleh negatif."),
            format!("{key} must not be negative."),
            "Tuliskan besar potongan tanpa tanda minus; mesin yang mengurangkan.",
            "Write the size of the cut without a minus; the engine subtracts it.",
        )
    }

    /// min is larger than max.
    pub fn empty_range(detail: &str) -> Message {
        message(
            "empty_range",
            format!("Rentang {detail} tidak memuat angka apa pun."),
            format!("The range {detail} contains no number."),
            "Tukar atau perbaiki batasnya.",
            "Swap or correct its limits.",
        )
    }

    /// Exactly one of several keys is needed.
    pub fn exactly_one(keys: &str, found: usize) -> Message {
        message(
            "exactly_one",
            format!("Harus ada tepat satu dari: {keys} (sekarang {found})."),
            format!("Exactly one of {keys} is needed (there are {found})."),
            "Sisakan atau tambahkan satu saja.",
            "Keep or add just one.",
        )
    }

    /// An id or code is used twice.
    pub fn duplicate(kind: &str, name: &str) -> Message {
        message(
            "duplicate",
            format!("{kind} \"{name}\" dipakai dua kali."),
            format!("The {kind} \"{name}\" is used twice."),
            "Beri nama lain; setiap baris hasil menyebut nama ini.",
            "Choose another name; every result line refers to it.",
        )
    }

    /// Shares do not make a whole.
    pub fn weights(base: &str, sum: &str) -> Message {
        message(
            "weights",
            format!("Jumlah share_pct komponen dari {base} adalah {sum}, bukan 100."),
            format!("The share_pct of the components of {base} sum to {sum}, not 100."),
            "Sesuaikan bobot komponen sehingga jumlahnya tepat 100.",
            "Adjust the weights so that they make exactly 100.",
        )
    }

    /// Two rules take the same case.
    pub fn overlap(a: &str, b: &str, line: usize, where_: &str) -> Message {
        message(
            "overlap",
            format!("{a} dan {b} (baris {line}) sama-sama mengenai {where_}."),
            format!("{a} and {b} (line {line}) both take {where_}."),
            format!(
                "Ubah batasnya; atau tulis instead_of = [\"{b}\"] bila {a} menggantikan, atau additional = true bila \
                 memang dijumlahkan."
            ),
            format!(
                "Change the limits; or write instead_of = [\"{b}\"] if {a} replaces it, or additional = true if both \
                 are meant to count."
            ),
        )
    }

    /// No rule takes a case between two others.
    pub fn gap(group: &str, what: &str, after: &str) -> Message {
        message(
            "gap",
            format!("{what} pada \"{group}\" tidak dikenai aturan apa pun ({after})."),
            format!("{what} of \"{group}\" is taken by no rule ({after})."),
            "Geser batas salah satu aturan; bila memang bebas, tulis aturan dengan pct = 0.",
            "Move a limit; if it is meant to be free, write a rule with pct = 0.",
        )
    }

    /// Bands of a fractional measure leave room between them.
    pub fn fractional_gap(from: &str, to: &str) -> Message {
        message(
            "gap",
            format!("Nilai antara {from} dan {to} tidak masuk tingkat mana pun."),
            format!("Values between {from} and {to} fall into no band."),
            format!("Pakai below = {to} sebagai ganti max = {from}."),
            format!("Use below = {to} instead of max = {from}."),
        )
    }

    /// Bands overlap.
    pub fn band_overlap(detail: &str) -> Message {
        message(
            "overlap",
            format!("Dua tingkat sama-sama memuat {detail}."),
            format!("Two bands both contain {detail}."),
            "Buat setiap nilai masuk tepat satu tingkat.",
            "Let every value fall into exactly one band.",
        )
    }

    /// A measure is used before its value exists.
    pub fn too_early(name: &str) -> Message {
        message(
            "too_early",
            format!("Nilai \"{name}\" belum ada pada tahap ini."),
            format!("The value of \"{name}\" does not exist yet at this stage."),
            "Ukuran hits: hanya untuk aturan bulanan; score: hanya untuk modifier dan after; day: hanya untuk aturan \
             harian.",
            "hits: is for month rules only, score: for modifiers and after only, day: for day rules only.",
        )
    }

    /// A combination that has no meaning.
    pub fn no_sense(id: &str, en: &str) -> Message {
        message(
            "no_sense",
            id,
            en,
            "Lihat docs/src/policy-language.md untuk contoh.",
            "See docs/src/policy-language.md for examples.",
        )
    }

    /// Rules that replace one another in a circle.
    pub fn circle(names: &str) -> Message {
        message(
            "circle",
            format!("Aturan saling menggantikan melingkar: {names}."),
            format!("Rules replace one another in a circle: {names}."),
            "Hapus salah satu instead_of.",
            "Remove one of the instead_of.",
        )
    }

    /// Two policies for the same people at the same time.
    pub fn policies_overlap(a: &str, b: &str, from: &str) -> Message {
        message(
            "policies_overlap",
            format!("Kebijakan {a} dan {b} berlaku bersamaan bagi pegawai yang sama sejak {from}."),
            format!("The policies {a} and {b} hold at the same time for the same people from {from}."),
            format!(
                "Isi effective_until pada {a}, tulis replaces = \"{a}\" pada {b}, atau bedakan [applies_to]."
            ),
            format!(
                "Set effective_until of {a}, write replaces = \"{a}\" in {b}, or tell [applies_to] apart."
            ),
        )
    }
}
