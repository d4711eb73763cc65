//! Things done at a terminal (`OPLOG`).

use std::borrow::Cow;

use domain::lang::Lang;

/// The name of an operation.
pub fn name(code: u16, lang: Lang) -> Cow<'static, str> {
    Cow::Borrowed(match code {
        0 => lang.pick("Mesin dinyalakan", "Power on"),
        1 => lang.pick("Mesin dimatikan", "Power off"),
        4 => lang.pick("Menu dibuka", "Menu opened"),
        5 => lang.pick("Pengaturan diubah", "Setting changed"),
        6 => lang.pick("Sidik jari direkam", "Finger enrolled"),
        9 => lang.pick("Pengguna dihapus", "User deleted"),
        13 => lang.pick("Data mesin dikosongkan", "Data cleared"),
        21 => lang.pick("Jam mesin diubah", "Clock set by hand"),
        22 => lang.pick("Mesin dikembalikan ke pabrik", "Factory reset"),
        23 => lang.pick("Catatan absen dihapus", "Records deleted"),
        30 => lang.pick("Pengguna baru", "New user"),
        43 => lang.pick("Diunduh ke USB lalu dihapus", "Downloaded to USB, then deleted"),
        82 => lang.pick("Alamat server diubah", "Server address changed"),
        83 => lang.pick("Port server diubah", "Server port changed"),
        other => return Cow::Owned(format!("{} {other}", lang.pick("Operasi", "Operation"))),
    })
}

/// What to tell an administrator about an operation that can hide or move punches; `None` for harmless ones.
pub fn alert(code: u16, lang: Lang) -> Option<&'static str> {
    Some(match code {
        13 => lang.pick(
            "Data mesin dikosongkan. Cocokkan jumlah absen dengan yang sudah diterima.",
            "Data was cleared at the terminal. Compare its punches with those received.",
        ),
        21 => lang.pick(
            "Jam mesin diubah dengan tangan. Periksa absen di sekitar waktu ini.",
            "The clock was set by hand. Check the punches around this time.",
        ),
        22 => lang.pick(
            "Mesin dikembalikan ke setelan pabrik. Pengguna dan catatannya hilang dari mesin.",
            "The terminal was reset to factory settings. Its users and records are gone.",
        ),
        23 => lang.pick(
            "Catatan absen dihapus di mesin. Cocokkan jumlahnya.",
            "Punches were deleted at the terminal. Compare the counts.",
        ),
        82 | 83 => lang.pick(
            "Alamat atau port server diubah di mesin. Pastikan mesin masih mengirim ke server ini.",
            "Server address or port was changed at the terminal. Make sure that it still reports here.",
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alerting_codes() {
        let alerting: Vec<u16> = (0..=300).filter(|&code| alert(code, Lang::Id).is_some()).collect();
        assert_eq!(alerting, [13, 21, 22, 23, 82, 83]);
        assert_eq!(name(21, Lang::En), "Clock set by hand");
    }
}
