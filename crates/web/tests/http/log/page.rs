//! The page of the log and the sheet for the notice board.

use std::fs;

use axum::http::StatusCode;
use domain::rights::Role;
use jiff::SignedDuration;
use ledger::SignedCheckpoint;
use service::transparency::{compare, compared};
use store::testing::{TENANT, each_engine, run_sql};

use super::{LogWorld, key};

impl LogWorld {
    async fn page(&self) -> String {
        let answer = self.get("/log").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.text()
    }

    async fn day(&self) -> String {
        String::from_utf8(self.file("harian").await.unwrap()).unwrap()
    }
}

#[tokio::test]
async fn anybody_sees_the_end_of_the_log_and_how_to_check_it() {
    each_engine(async |db| {
        let log = LogWorld::new(db, 2).await;
        let empty = log.page().await;
        assert!(empty.contains("Belum ada yang diterbitkan") && log.file("harian").await.is_none());
        log.deeds(1_200).await;
        let end = log.publish().await;
        let page = log.page().await;
        let command = format!("hadir verify log https://…/log/1 --key '{}", end.checkpoint().origin());
        assert!(page.contains(&command) && page.contains("mirror-log.sh https://…/log/1 salinan"), "{page}");
        let dotted = format!("1.{}", end.size() - 1_000);
        for part in [dotted.as_str(), &end.root().to_string(), "belum disaksikan", "hadir verify receipt"] {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert!(page.contains(&key().to_string().replace('+', "&#43;")) || page.contains(&key().to_string()));
        assert!(
            page.contains("name=\"hadir-log\" content=\"/log/1/\""),
            "the script is told where the log is"
        );
        assert!(!page.contains("Pegawai 000"), "no personal data");
        log.world.account("pegawai", Role::Pegawai, None, Some(log.world.people[0])).await;
        let me = log.world.enter("pegawai").await;
        let mine = me.get("/log").await.text();
        assert!(mine.contains("href=\"/kartu\"") && mine.contains("aria-current=\"page\""), "{mine}");
    })
    .await;
}

#[tokio::test]
async fn the_sheet_of_the_notice_board_is_the_same_all_day() {
    each_engine(async |db| {
        let log = LogWorld::new(db, 1).await;
        log.deeds(3).await;
        let morning = log.publish().await;
        assert_eq!(log.day().await, morning.text());
        log.deeds(5).await;
        let noon = log.publish().await;
        // 08.30 WIB; 15 hours later it still is the same day, a minute later another.
        log.clock.advance(SignedDuration::from_mins(15 * 60 + 29));
        assert_eq!(log.day().await, morning.text());
        assert!(log.page().await.contains("Selasa, 3 November 2026"));
        log.clock.advance(SignedDuration::from_mins(1));
        assert_eq!(log.day().await, noon.text());
        let page = log.page().await;
        assert!(page.contains("Rabu, 4 November 2026") && page.contains("<svg class=\"qr\""), "{page}");
        assert_eq!(
            SignedCheckpoint::parse(&log.day().await).unwrap().verify(&[key()]).unwrap(),
            noon.checkpoint()
        );
        let kept: Vec<_> = fs::read_dir(log.files.days()).unwrap().map(|f| f.unwrap().file_name()).collect();
        assert_eq!(kept.len(), 2, "a file a day: {kept:?}");
    })
    .await;
}

#[tokio::test]
async fn a_log_that_is_not_signed_any_more_says_so() {
    each_engine(async |db| {
        let log = LogWorld::new(db, 1).await;
        log.deeds(3).await;
        log.publish().await;
        log.world.account("bkpsdm", Role::Bkpsdm, None, None).await;
        log.world.account("pegawai", Role::Pegawai, None, Some(log.world.people[0])).await;
        let (officer, employee) = (log.world.enter("bkpsdm").await, log.world.enter("pegawai").await);
        let banner = "<strong>Log tidak ditandatangani.</strong>";
        assert!(!officer.get("/beranda").await.text().contains(banner));
        log.world.office.db.sealer().unwrap().refuse("the database was set back to an older state");
        let page = log.page().await;
        assert!(
            page.contains("Log tidak ditandatangani lagi") && page.contains("set back to an older state")
        );
        assert!(page.contains("hadir log"), "the way on");

        // Whoever decides hears of it wherever they are, others are not troubled.
        for path in ["/beranda", "/kalender"] {
            assert!(officer.get(path).await.text().contains(banner), "{path}");
            assert!(!employee.get(path).await.text().contains(banner), "{path}");
        }
        assert!(!officer.get("/log").await.text().contains(banner), "said once");
    })
    .await;
}

#[tokio::test]
async fn a_row_that_was_changed_behind_the_program_is_on_the_page_after_the_next_comparison() {
    each_engine(async |db| {
        let log = LogWorld::new(db, 1).await;
        log.deeds(5).await;
        log.publish().await;
        assert!(log.page().await.contains("belum pernah"));
        let office = &log.world.office;
        let first = compare(office, &log.files).await.unwrap();
        assert!(first.fits() && first.entries > 5, "{first:?}");
        let page = log.page().await;
        let line = format!("<span class=\"tag good\">sama</span><br><small>{} catatan, 3 November 2026 08.30 WIB", first.entries);
        assert!(page.contains(&line) && !page.contains("TIDAK sama"), "{page}");

        let mut tx = office.db.begin_write(TENANT).await.unwrap();
        run_sql(&mut tx, "UPDATE audit SET actor = 'lain' WHERE action = 'test'").await.unwrap();
        tx.commit().await.unwrap();
        log.clock.advance(SignedDuration::from_hours(24));
        let second = compare(office, &log.files).await.unwrap();
        assert_eq!(second.findings, 5);
        assert_eq!(compared(&log.files).await.unwrap(), Some(second), "kept outside of the database");
        let page = log.page().await;
        assert!(page.contains("role=\"alert\"><strong>Basis data TIDAK sama dengan log.</strong> 5 temuan, dibandingkan 4 November 2026"), "{page}");
        assert!(page.contains("hadir verify facts") && page.contains("<span class=\"tag bad\">5 temuan</span>"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_published_file_that_was_changed_is_on_the_page_after_the_next_comparison() {
    each_engine(async |db| {
        let log = LogWorld::new(db, 1).await;
        log.deeds(300).await;
        log.publish().await;
        assert_eq!(compare(&log.world.office, &log.files).await.unwrap().files, [""; 0]);
        let bundle = log.files.root().join("tile/entries/000");
        let mut bytes = fs::read(&bundle).unwrap();
        bytes[40] ^= 1;
        fs::write(&bundle, bytes).unwrap();
        fs::remove_file(log.files.root().join("tile/0/000")).unwrap();
        let found = compare(&log.world.office, &log.files).await.unwrap();
        assert!(found.fits() && !found.files.is_empty(), "{found:?}");
        let page = log.page().await;
        for part in ["Sebagian berkas log tidak bisa dibaca", "tile/entries/000", "tile/0/000"] {
            assert!(page.contains(part), "{part}: {page}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_page_of_damaged_files_shows_what_can_be_read_and_why_not_the_rest() {
    each_engine(async |db| {
        let log = LogWorld::new(db, 1).await;
        log.deeds(5).await;
        let end = log.publish().await;
        log.day().await;
        let tile = log.files.root().join(format!("tile/entries/000.p/{}", end.size()));
        fs::write(tile, "x").unwrap();
        fs::write(log.files.days().join("2026-11-03"), "x").unwrap();
        fs::write(log.files.compared(), "x").unwrap();
        let page = log.page().await;
        assert!(
            page.contains("Sebagian berkas log tidak bisa dibaca") && page.contains(&end.root().to_string()),
            "{page}"
        );
        for part in ["tile/entries/000.p/", "1.daily/2026-11-03: ", "expected value at line 1"] {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert!(!page.contains(log.folder.path().to_str().unwrap()), "where the files lie: {page}");
        fs::write(log.files.root().join("checkpoint"), "x").unwrap();
        let page = log.page().await;
        assert!(
            page.contains("Sebagian berkas log tidak bisa dibaca")
                && !page.contains("Belum ada yang diterbitkan"),
            "{page}"
        );
    })
    .await;
}
