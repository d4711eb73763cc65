//! Import of employees: look first, apply, take back; damaged and forged files change nothing.

use axum::http::StatusCode;
use domain::rights::Role;
use jiff::civil::date;
use store::{Scope, testing::each_engine};

use crate::fixture::{Answer, Browser, World};

const SAMPLE: &[u8] = include_bytes!("../../../../examples/workbooks/pegawai-contoh.xlsx");

/// Follows an import until nothing is being worked on: the preview, the result, or why it failed.
async fn settled(browser: &Browser<'_>, answer: Answer) -> (String, Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let mut at = answer.location().to_owned();
    loop {
        let answer = browser.get(&at).await;
        if answer.status == StatusCode::SEE_OTHER {
            at = answer.location().to_owned();
            continue;
        }
        let text = answer.text();
        if let Some(done) = text.split("data-done=\"").nth(1) {
            at = done.split('"').next().unwrap().to_owned();
        } else if !text.contains("data-live=\"2\"") {
            return (at, answer);
        }
        tokio::task::yield_now().await;
    }
}

async fn people(world: &World) -> usize {
    let mut tx = world.office.db.begin_read(world.office.tenant).await.unwrap();
    store::people(&mut tx, Scope::Everyone, date(2026, 11, 3), date(2026, 11, 3)).await.unwrap().len()
}

#[tokio::test]
async fn the_sample_is_looked_at_applied_and_taken_back() {
    each_engine(async |db| {
        let world = World::new(db, 2).await;
        world.account("bkpsdm", Role::Bkpsdm, None, None).await;
        let officer = world.enter("bkpsdm").await;
        let sample = officer.get("/pegawai/contoh.xlsx").await;
        assert_eq!((sample.status, sample.body.as_slice()), (StatusCode::OK, SAMPLE));
        assert!(officer.get("/pegawai/impor").await.text().contains("3 pegawai terdaftar"));

        let sent = officer.upload("/pegawai/impor", ("C:\\data\\pegawai-contoh.xlsx", SAMPLE), &[]).await;
        let (at, preview) = settled(&officer, sent).await;
        let text = preview.text();
        assert_eq!(preview.status, StatusCode::OK, "{text}");
        for part in [
            "60 baris dibaca dari pegawai-contoh.xlsx",
            "<li class=\"good\"><b>60</b>",
            "<li class=\"bad\"><b>0</b>",
            "Terapkan 60 perubahan",
            "Dinas Kebudayaan",
            "Kolom yang tidak dipakai: NIK.",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert_eq!(people(&world).await, 3, "nothing happens before it is applied");
        assert!(officer.get("/pegawai/impor").await.text().contains("Menunggu keputusan"));
        assert_eq!(
            officer.get(&format!("{at}/salah.xlsx")).await.status,
            StatusCode::NOT_FOUND,
            "no bad rows"
        );

        let (done_at, result) = settled(&officer, officer.post(&format!("{at}/terapkan"), "").await).await;
        let text = result.text();
        assert!(text.contains("Diterapkan") && text.contains("8 unit kerja dibuat"), "{text}");
        assert_eq!(people(&world).await, 63);
        let again = settled(&officer, officer.post(&format!("{at}/terapkan"), "").await).await;
        assert_eq!(again.0, done_at, "a second press leads to the same import");
        let list = officer.get("/pegawai/impor").await.text();
        assert_eq!(list.matches("Diterapkan").count(), 1, "{list}");
        assert!(list.contains("63 pegawai terdaftar") && list.contains("bkpsdm"));

        let undone = settled(&officer, officer.post(&format!("{done_at}/batal"), "").await).await.1;
        assert!(undone.text().contains("Dibatalkan"), "{}", undone.text());
        assert_eq!(people(&world).await, 3);
        let twice = officer.post(&format!("{done_at}/batal"), "").await;
        assert_eq!(twice.status, StatusCode::CONFLICT);
        assert!(twice.text().contains("sudah dibatalkan"));
    })
    .await;
}

#[tokio::test]
async fn a_file_that_cannot_be_read_says_why_and_changes_nothing() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        world.account("bkpsdm", Role::Bkpsdm, None, None).await;
        let officer = world.enter("bkpsdm").await;
        for (name, bytes, why) in [
            ("gambar.xlsx", &b"%PDF-1.7 bukan lembar kerja"[..], "bukan XLSX dan bukan CSV"),
            ("terpotong.xlsx", &SAMPLE[..SAMPLE.len() / 2], "rusak atau terpotong"),
            ("judul.csv", b"Kode;Uraian\n1;Meja\n", "Judul kolom tidak ditemukan"),
            ("lama.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 lama", ".xls lama"),
        ] {
            let (_, page) =
                settled(&officer, officer.upload("/pegawai/impor", (name, bytes), &[]).await).await;
            let text = page.text();
            assert!(text.contains(why) && text.contains("Tidak ada data yang berubah"), "{name}: {text}");
        }
        let empty = officer.upload("/pegawai/impor", ("kosong.xlsx", b""), &[]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let day = officer.upload("/pegawai/impor", ("a.xlsx", SAMPLE), &[("mulai", "besok")]).await;
        assert_eq!(day.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(day.text().contains("Tanggal berlaku tidak terbaca"));
        assert_eq!(people(&world).await, 2);
        assert!(officer.get("/pegawai/impor").await.text().contains("Belum pernah ada impor"));
    })
    .await;
}

#[tokio::test]
async fn rows_that_excel_has_damaged_are_named_one_by_one() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        world.account("bkpsdm", Role::Bkpsdm, None, None).await;
        let officer = world.enter("bkpsdm").await;
        let file = b"NIP;NAMA;OPD\n1,98702E+17;<b>Siti</b>;Dinas Sosial\n12345;Budi;Dinas Sosial\n";
        let sent = officer.upload("/pegawai/impor", ("rusak.csv", file), &[]).await;
        let (at, preview) = settled(&officer, sent).await;
        let text = preview.text();
        assert!(text.contains("<li class=\"bad\"><b>2</b>"), "{text}");
        assert!(text.contains("1,98702E+17") && text.contains("12345"), "{text}");
        assert!(text.contains("Tidak ada yang perlu diterapkan") && !text.contains("<b>Siti"));
        let rows = officer.get(&format!("{at}/salah.xlsx")).await;
        assert_eq!((rows.status, &rows.body[..2]), (StatusCode::OK, &b"PK"[..]));
        let applied = settled(&officer, officer.post(&format!("{at}/terapkan"), "").await).await;
        assert_eq!(applied.0, at, "there is nothing to apply");
        assert_eq!(officer.post(&format!("{at}/buang"), "").await.location(), "/pegawai/impor");
        assert_eq!(officer.get(&at).await.status, StatusCode::NOT_FOUND);
        assert_eq!(people(&world).await, 2);
    })
    .await;
}

#[tokio::test]
async fn imports_are_for_those_who_reach_everybody_and_files_for_their_owner() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        world.account("bkpsdm", Role::Bkpsdm, None, None).await;
        world.account("rekan", Role::Bkpsdm, Some(world.units[0]), None).await;
        world.account("sebagian", Role::Bkpsdm, Some(world.units[1]), None).await;
        world.account("admin", Role::AdminOpd, Some(world.units[1]), None).await;
        for stranger in ["sebagian", "admin"] {
            let browser = world.enter(stranger).await;
            assert_eq!(browser.get("/pegawai/impor").await.status, StatusCode::FORBIDDEN, "{stranger}");
            let sent = browser.upload("/pegawai/impor", ("a.xlsx", SAMPLE), &[]).await;
            assert_eq!(sent.status, StatusCode::FORBIDDEN, "{stranger}");
        }
        let officer = world.enter("bkpsdm").await;
        let sent = officer.upload("/pegawai/impor", ("a.xlsx", SAMPLE), &[]).await;
        let (at, _) = settled(&officer, sent).await;
        let other = world.enter("rekan").await;
        assert_eq!(other.get("/pegawai/impor").await.status, StatusCode::OK, "the root is everybody");
        assert_eq!(other.get(&at).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.get(&at.replace("pegawai/impor", "pekerjaan")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.post(&format!("{at}/terapkan"), "").await.status, StatusCode::NOT_FOUND);
        other.post(&format!("{at}/buang"), "").await;
        assert_eq!(officer.get(&at).await.status, StatusCode::OK, "only the owner throws it away");
    })
    .await;
}

#[tokio::test]
async fn forged_uploads_are_refused() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        world.account("bkpsdm", Role::Bkpsdm, None, None).await;
        let officer = world.enter("bkpsdm").await;
        let body = |token: &str| {
            format!(
                "--tepi\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n\
                 --tepi\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"a.csv\"\r\n\r\n\
                 NIP;NAMA\n1;A\n\r\n--tepi--\r\n"
            )
            .into_bytes()
        };
        let forged = officer.upload_raw("/pegawai/impor", "http://hadir.test", body("0000")).await;
        assert_eq!(forged.status, StatusCode::FORBIDDEN);
        let foreign = officer.upload_raw("/pegawai/impor", "https://evil.example", body(&officer.csrf)).await;
        assert_eq!(foreign.status, StatusCode::FORBIDDEN);
        let mut cut = body(&officer.csrf);
        cut.truncate(cut.len() - 12);
        let broken = officer.upload_raw("/pegawai/impor", "http://hadir.test", cut).await;
        assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(officer.get("/pegawai/impor").await.text().contains("Belum pernah ada impor"));
    })
    .await;
}
