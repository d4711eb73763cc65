//! The road of a month through the pages: sheet, reason, lock, pay list, explanation.

use axum::http::StatusCode;
use domain::rights::Role;
use store::testing::{TENANT, each_engine};

use crate::fixture::World;

#[tokio::test]
async fn a_clerk_settles_an_absence_and_locks_the_month() {
    each_engine(async |db| {
        let world = World::new(db, 3).await;
        world.fill_october().await;
        let mut tx = world.office.db.begin_write(TENANT).await.unwrap();
        let absent = world.people[1];
        store::testing::run_sql(
            &mut tx,
            "DELETE FROM punch WHERE tenant_id = 1 AND pin = '101' AND local_time LIKE '2026-10-14%'",
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        world.account("admin", Role::AdminOpd, Some(world.units[1]), None).await;
        let admin = world.enter("admin").await;

        let sheet = admin.get("/rekap/DISDIK/2026-10/").await;
        assert_eq!(sheet.status, StatusCode::OK);
        assert!(sheet.text().contains(">TK</a>"), "the absence stands in the sheet");
        let refused = admin.post("/rekap/DISDIK/2026-10/kunci", "periksa=ya").await;
        assert_eq!(refused.status, StatusCode::CONFLICT);

        let day = format!("/rekap/DISDIK/2026-10/{}/14", absent.0.simple());
        let drawer = admin.get(&day).await.text();
        assert!(drawer.contains("Tanpa keterangan") && drawer.contains("Rp60.000"), "3 % of Rp2.000.000");
        let incomplete = admin.post(&day, "kode=DL&dari=2026-10-14&sampai=2026-10-13&surat=800/1").await;
        assert_eq!(incomplete.status, StatusCode::UNPROCESSABLE_ENTITY);
        let recorded =
            admin.post(&day, "kode=DL&dari=2026-10-14&sampai=2026-10-14&surat=800/1/2026&catatan=").await;
        assert_eq!(recorded.status, StatusCode::SEE_OTHER, "{}", recorded.text());

        let locked = admin.post("/rekap/DISDIK/2026-10/kunci", "periksa=ya").await;
        assert_eq!(locked.status, StatusCode::SEE_OTHER, "{}", locked.text());
        let late = admin.post(&day, "kode=CT&dari=2026-10-20&sampai=2026-10-20&surat=800/2").await;
        assert_eq!(late.status, StatusCode::FORBIDDEN, "a locked month is history");
    })
    .await;
}

#[tokio::test]
async fn a_locked_month_keeps_what_was_judged_at_the_lock() {
    each_engine(async |db| {
        let world = World::new(db, 2).await;
        world.fill_october().await;
        let admin = world.account("admin", Role::AdminOpd, Some(world.units[1]), None).await;
        let month = "2026-10".parse().unwrap();
        service::closing::lock(&world.office, world.units[1], month, &admin.to_string()).await.unwrap();
        // A punch that arrives later would make the 5th a late day.
        let mut tx = world.office.db.begin_write(TENANT).await.unwrap();
        store::testing::run_sql(
            &mut tx,
            "UPDATE punch SET at = at + 3600000000 WHERE tenant_id = 1 AND local_time LIKE '2026-10-05 07%'",
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let browser = world.enter("admin").await;
        let sheet = browser.get("/rekap/DISDIK/2026-10/").await.text();
        assert!(!sheet.contains(">TL</a>"), "the stored result is shown");
        let own = service::closing::verify(&world.office, world.units[1], month, &admin.to_string()).await;
        assert!(own.is_err(), "whoever locks does not verify");
        service::closing::reopen(&world.office, world.units[1], month, "Surat 800/9", "bkpsdm")
            .await
            .unwrap();
        let sheet = browser.get("/rekap/DISDIK/2026-10/").await.text();
        assert!(sheet.contains(">TL</a>"), "reopened, the facts count again");
    })
    .await;
}

#[tokio::test]
async fn a_locked_month_that_was_changed_in_the_database_says_so() {
    each_engine(async |db| {
        let world = World::new(db, 2).await;
        world.fill_october().await;
        let admin = world.account("admin", Role::AdminOpd, Some(world.units[1]), None).await;
        let month = "2026-10".parse().unwrap();
        service::closing::lock(&world.office, world.units[1], month, &admin.to_string()).await.unwrap();
        let mut tx = world.office.db.begin_write(TENANT).await.unwrap();
        store::testing::run_sql(&mut tx, "UPDATE month_close SET payload = payload || ' '").await.unwrap();
        tx.commit().await.unwrap();
        let browser = world.enter("admin").await;
        for path in ["/rekap/DISDIK/2026-10/", "/rekap/DISDIK/2026-10/x3.xlsx", "/tpp/DISDIK/2026-10/"] {
            let page = browser.get(path).await;
            assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
            let text = page.text();
            assert!(text.contains("diubah di basis data sesudah dikunci"), "{path}: {text}");
            assert!(text.contains("hadir verify facts") && !text.contains("tetap aman"), "{path}: {text}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_month_page_needs_fewer_than_ten_statements_whatever_the_size() {
    each_engine(async |db| {
        let mut counts = Vec::new();
        let world = World::new(db, 120).await;
        world.fill_october().await;
        world.account("admin", Role::AdminOpd, Some(world.units[1]), None).await;
        world.account("kecil", Role::AdminOpd, Some(world.units[2]), None).await;
        for (login, path) in [("admin", "/rekap/DISDIK/2026-10/"), ("kecil", "/rekap/DINSOS/2026-10/")] {
            let browser = world.enter(login).await;
            browser.get(path).await;
            let before = world.office.db.statements();
            let page = browser.get(path).await;
            assert_eq!(page.status, StatusCode::OK);
            counts.push(world.office.db.statements() - before);
        }
        assert_eq!(counts[0], counts[1], "120 people cost as many statements as one");
        assert!(counts[0] < 10, "{counts:?}");
    })
    .await;
}

/// A policy over the whole year, with nine open months before this one.
#[tokio::test]
async fn a_policy_that_looks_back_over_the_year_needs_fewer_than_ten_statements_too() {
    each_engine(async |db| {
        let world = World::new(db, 30).await;
        world.fill_october().await;
        let text = "[policy]\nid = \"tahunan\"\ntitle = \"Tahunan\"\neffective_from = 2026-01-01\n\
            replaces = \"default-60-40\"\nlegal_basis = \"Perbup\"\n[[rule]]\ncode = \"TAHUN\"\n\
            on = \"year:tk_days\"\nmin = 3\npct = 10\nof = \"tpp\"\narticle = \"Pasal 1\"\n\
            [[rule]]\ncode = \"RUN\"\non = \"longest_tk_run\"\nmin = 10\nzero = true\nof = \"tpp\"\n\
            article = \"Pasal 2\"\n";
        let mut tx = world.office.db.begin_write(TENANT).await.unwrap();
        service::policy_admin::activate(&world.office, &mut tx, text, "a", "b").await.unwrap();
        service::reference::moved(&world.office, &mut tx, "test").await.unwrap();
        tx.commit().await.unwrap();
        world.account("admin", Role::AdminOpd, Some(world.units[1]), None).await;
        let admin = world.enter("admin").await;
        admin.get("/rekap/DISDIK/2026-10/").await;
        let before = world.office.db.statements();
        assert_eq!(admin.get("/rekap/DISDIK/2026-10/").await.status, StatusCode::OK);
        let statements = world.office.db.statements() - before;
        assert!(statements < 10, "{statements}");
        let pay = admin.get("/tpp/DISDIK/2026-10/").await;
        assert_eq!(pay.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn a_month_in_the_future_is_refused_politely() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        world.account("admin", Role::AdminOpd, Some(world.units[1]), None).await;
        let admin = world.enter("admin").await;
        let sheet = admin.get("/rekap/DISDIK/2027-05/").await;
        assert_eq!(sheet.status, StatusCode::OK);
        assert!(!sheet.text().contains("class=\"matrix\""));
        assert_eq!(admin.get("/tpp/DISDIK/2027-05/").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(admin.get("/rekap/DISDIK/2026-13/").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(admin.get("/hari-ini?tanggal=2027-01-01").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}

#[tokio::test]
async fn an_employee_sees_why_a_rupiah_was_cut_and_nobody_elses() {
    each_engine(async |db| {
        let world = World::new(db, 3).await;
        world.fill_october().await;
        let late = world.people[0];
        let mut tx = world.office.db.begin_write(TENANT).await.unwrap();
        store::testing::run_sql(
            &mut tx,
            "UPDATE punch SET at = at + 2040000000 WHERE tenant_id = 1 AND pin = '100' AND local_time LIKE '2026-10-07 07%'",
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        world.account("siti", Role::Pegawai, None, Some(late)).await;
        let siti = world.enter("siti").await;
        let why = siti.get(&format!("/tpp/DISDIK/2026-10/{}", late.0.simple())).await;
        let text = why.text();
        assert_eq!(why.status, StatusCode::OK, "{text}");
        for part in ["TL1", "24", "0,5 %", "10.000", "default-60-40"] {
            assert!(text.contains(part), "{part}");
        }
        let other = world.people[1].0.simple();
        assert_eq!(siti.get(&format!("/tpp/DISDIK/2026-10/{other}")).await.status, StatusCode::FORBIDDEN);
        assert_eq!(siti.get(&format!("/kartu/{other}/2026-10")).await.status, StatusCode::FORBIDDEN);
        assert_eq!(siti.get(&format!("/rekap/DISDIK/2026-10/{other}/7")).await.status, StatusCode::FORBIDDEN);
    })
    .await;
}

#[tokio::test]
async fn the_sheets_download_as_workbooks() {
    each_engine(async |db| {
        let world = World::new(db, 2).await;
        world.fill_october().await;
        world.account("admin", Role::AdminOpd, Some(world.units[1]), None).await;
        let admin = world.enter("admin").await;
        for path in [
            "/rekap/DISDIK/2026-10/x2.xlsx",
            "/rekap/DISDIK/2026-10/x3.xlsx",
            "/tpp/DISDIK/2026-10/x7.xlsx",
            "/hari-ini.xlsx?opd=DISDIK&tanggal=2026-10-05",
        ] {
            let file = admin.get(path).await;
            assert_eq!(file.status, StatusCode::OK, "{path}");
            assert_eq!(&file.body[..2], b"PK", "{path}");
            assert!(file.headers["content-disposition"].to_str().unwrap().contains(".xlsx"), "{path}");
        }
    })
    .await;
}
