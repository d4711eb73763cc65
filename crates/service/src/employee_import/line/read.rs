//! Reading single values out of what people write in cells.

use domain::{employment::EmploymentKind, nip::Sex, squeeze::squeeze};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::Cell;

/// The kind of ASN in texts such as `PNS Daerah Kabupaten/Kota`, `PPPK`, `Calon Pegawai Negeri Sipil`.
pub(super) fn kind(text: &str) -> Option<EmploymentKind> {
    if let Some(kind) = EmploymentKind::parse(text) {
        return Some(kind);
    }
    let bare = squeeze(text);
    let pppk = bare.contains("pppk") || bare.contains("p3k") || bare.contains("perjanjiankerja");
    if bare.contains("nonasn") || bare.contains("nonpns") {
        None
    } else if pppk && (bare.contains("paruhwaktu") || bare.ends_with("pw")) {
        Some(EmploymentKind::PppkParuhWaktu)
    } else if pppk {
        Some(EmploymentKind::Pppk)
    } else if bare.contains("cpns") || bare.contains("calonpegawainegeri") {
        Some(EmploymentKind::Cpns)
    } else if bare.contains("pns") || bare.contains("pegawainegerisipil") {
        Some(EmploymentKind::Pns)
    } else {
        None
    }
}

/// Whether a kind of ASN says in words that a PPPK works full time.
pub(super) fn says_full_time(text: &str) -> bool {
    squeeze(text).contains("penuhwaktu")
}

/// The column STATUS CPNS PNS: `C`, `P` or the words.
pub(super) fn cpns_or_pns(text: &str) -> Option<EmploymentKind> {
    match squeeze(text).as_str() {
        "c" => Some(EmploymentKind::Cpns),
        "p" => Some(EmploymentKind::Pns),
        _ => kind(text),
    }
}

/// Whether a kedudukan hukum means that the person no longer serves here.
pub(super) fn has_left(text: &str) -> bool {
    let bare = squeeze(text);
    [
        "pensiun",
        "berhenti",
        "diberhentikan",
        "pemberhentiandengan",
        "pemberhentiantidak",
        "meninggal",
        "tewas",
        "mutasikeluar",
        "pindahinstansi",
    ]
    .iter()
    .any(|word| bare.contains(word))
}

/// Whether a cell of the column ESELON says that there is none.
pub(super) fn says_no_eselon(text: &str) -> bool {
    matches!(squeeze(text).as_str(), "" | "0" | "99" | "noneselon" | "nonesselon" | "tidakada" | "pelaksana")
}

/// A class 1 to 17, also written `Kelas 8` or `8.0`.
pub(super) fn class(text: &str) -> Option<String> {
    let bare = squeeze(text.trim_end_matches(".0"));
    let number: u8 = bare.strip_prefix("kelas").unwrap_or(&bare).parse().ok()?;
    (1..=17).contains(&number).then(|| number.to_string())
}

/// A PIN of 1 to 24 ASCII letters or digits.
pub(super) fn pin(text: &str) -> Option<String> {
    let text = text.trim();
    let fits = (1..=24).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
    fits.then(|| text.to_owned())
}

/// `3500000`, `3.500.000`, `Rp3.500.000,00`, `3,500,000.00` as a plain decimal.
pub(super) fn rupiah(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.strip_prefix("Rp").or_else(|| text.strip_prefix("IDR")).unwrap_or(&text);
    let text = text.trim_start_matches('.').trim_end_matches(",-");
    if text.is_empty() || !text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',') {
        return None;
    }
    let last_mark = text.rfind(['.', ',']);
    let (whole, fraction) = match last_mark {
        // A last group of three digits is thousands, unless the other mark stands before it.
        Some(at) if text.len() - at - 1 != 3 || mixed_before(text, at) => (&text[..at], &text[at + 1..]),
        _ => (text, ""),
    };
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let amount: Decimal =
        format!("{whole}.{}", if fraction.is_empty() { "0" } else { fraction }).parse().ok()?;
    (amount.scale() <= 3).then(|| amount.round_dp(2).normalize().to_string())
}

fn mixed_before(text: &str, at: usize) -> bool {
    let other = if text.as_bytes()[at] == b'.' { ',' } else { '.' };
    text[..at].contains(other)
}

/// A date cell, `15-03-1980`, `15/03/1980` or `1980-03-15`.
pub(super) fn date(cell: &Cell) -> Option<Date> {
    let text = match cell {
        Cell::Date(date) => return Some(*date),
        Cell::Text(text) => text.trim(),
        _ => return None,
    };
    let text = text.split_whitespace().next()?;
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, b, a) };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// `M`, `L`, `Pria`, `Laki-laki` or `F`, `P`, `Wanita`, `Perempuan`.
pub(super) fn sex(text: &str) -> Option<Sex> {
    match squeeze(text).as_str() {
        "m" | "l" | "pria" | "lakilaki" | "laki" | "male" | "1" => Some(Sex::Male),
        "f" | "p" | "w" | "wanita" | "perempuan" | "female" | "2" => Some(Sex::Female),
        _ => None,
    }
}
