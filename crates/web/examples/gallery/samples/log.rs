//! The transparency log and a receipt.

use domain::{lang::Lang, rights::Role};
use web::pages::{
    bukti::{BuktiPage, FactLine, ReceiptState},
    layout::{Section, Shell},
    log::{Board, Compared, LogEnd, LogPage, Qr, Witnessed},
};

use super::{Screen, frame, put};

const NOTE: &str = "hadir.contoh.go.id/log/1\n128734\nn5ezE4ZJsZr4rS0cH3b7u2W3a8m6D0pVtq1J9yQbXoA=\n\n\
    — hadir.contoh.go.id/log/1 5Jx3mVbT1cZ4f0pQ2aH8sKd7uYw6RnLgEoBiXvCqMzN9jSlUyPtGhWkDrFaOeI+A/0123456789abcdefghijk=\n";
const KEY: &str = "hadir.contoh.go.id/log/1+e49c779a+AXn0p3x1k2VhbGxvZHVuaWFtYXRhaGFyaXRlcmJpdDA=";

pub fn add(out: &mut Vec<Screen>, lang: Lang) -> Result<(), askama::Error> {
    put(out, "log", &page(frame::shell(lang, Role::Pegawai, Section::Log)))?;
    let stopped = LogPage {
        stopped: Some("the log in the database has 4 entries, but 8 were published".into()),
        board: None,
        ..page(frame::outside(lang))
    };
    put(out, "log-berhenti", &stopped)?;
    let differs = LogPage {
        compared: Some(Compared { findings: Some("3".into()), ..compared() }),
        ..page(frame::shell(lang, Role::Pegawai, Section::Log))
    };
    put(out, "log-berbeda", &differs)?;
    let damaged = LogPage {
        damage: vec!["tile/entries/x001/234.p/17 has 3 bytes instead of 6630".into()],
        board: None,
        ..page(frame::outside(lang))
    };
    put(out, "log-rusak", &damaged)?;
    let nothing = LogPage { end: None, board: None, compared: None, ..page(frame::outside(lang)) };
    put(out, "log-kosong", &nothing)?;
    for (name, state) in [
        ("bukti", proven()),
        ("bukti-sedang", ReceiptState::Soon { number: 128_740 }),
        ("bukti-berhenti", ReceiptState::Stopped { number: 128_740 }),
        ("bukti-menunggu", ReceiptState::Waiting),
        ("bukti-berbeda", ReceiptState::Differs),
        ("bukti-tidak-ada", ReceiptState::None),
    ] {
        put(out, name, &receipt(lang, state))?;
    }
    Ok(())
}

fn compared() -> Compared {
    Compared { at: "23 November 2026 02.00 WIB".into(), entries: "128.102".into(), findings: None }
}

fn page(shell: Shell) -> LogPage {
    LogPage {
        address: "https://hadir.contoh.go.id/log/1".into(),
        files: Some("/log/1/".into()),
        end: Some(LogEnd {
            origin: "hadir.contoh.go.id/log/1".into(),
            size: "128.734".into(),
            fingerprint: "9f97 b313 8649 b19a".into(),
            root: "n5ezE4ZJsZr4rS0cH3b7u2W3a8m6D0pVtq1J9yQbXoA=".into(),
            last: Some("23 November 2026 08.12 WIB".into()),
            witnessed: Some(Witnessed {
                size: "128.730".into(),
                names: vec!["saksi.inspektorat.contoh.go.id".into(), "saksi.provinsi.contoh.go.id".into()],
            }),
            vkey: Some(KEY.into()),
        }),
        stopped: None,
        damage: Vec::new(),
        compared: Some(compared()),
        board: Some(Board {
            date: shell.lang.pick("Senin, 23 November 2026", "Monday, 23 November 2026").into(),
            size: "128.734".into(),
            fingerprint: "9f97 b313 8649 b19a".into(),
            note: NOTE.into(),
            qr: Qr::of(NOTE),
        }),
        shell,
    }
}

fn proven() -> ReceiptState {
    ReceiptState::Proven {
        number: 128_733,
        size: "128.734".into(),
        code: "3f09 a1c2 77d0 5e11".into(),
        fingerprint: "9f97 b313 8649 b19a".into(),
        witnesses: vec!["saksi.inspektorat.contoh.go.id".into()],
    }
}

fn receipt(lang: Lang, state: ReceiptState) -> BuktiPage {
    let line =
        |id: &str, en: &str, value: &str| FactLine { label: lang.pick(id, en).into(), value: value.into() };
    BuktiPage {
        shell: frame::shell(lang, Role::Pegawai, Section::Kartu),
        key: "019a0000000070008000000000000001".into(),
        title: lang.pick("Bukti presensi", "Receipt of a punch").into(),
        person: "Ahmad Fauzi, S.Kom.".into(),
        lines: vec![
            line("Waktu", "Time", "23 November 2026 07.21.09 WIB"),
            line("Tempat", "Place", "Terminal lobi"),
            line("Diterima server", "Received by the server", "23 November 2026 07.21 WIB"),
        ],
        voided: None,
        state,
        own: true,
    }
}
