//! The receipt of a punch: for the person and for those who see the sheet, and for nobody else.

use axum::http::{StatusCode, header};
use domain::{clock::Clock, rights::Role};
use jiff::civil::date;
use ledger::{EntryKind, Opening, Receipt};
use store::{
    Db, pin_map, punch,
    testing::{TENANT, each_engine, query_sql, run_sql, sqlite},
};

use super::{LogWorld, key, said};
use crate::fixture::Browser;

/// Three people; the first two work in the first OPD, and each has punched once.
async fn world(db: Db) -> (LogWorld, Vec<String>) {
    let log = LogWorld::new(db, 2).await;
    let world = &log.world;
    let mut rows: Vec<_> = (0..3).map(|person| world.punch_row(person, "2026-11-03 07:20:05")).collect();
    rows.push(punch::PunchRow {
        employee_id: None,
        pin: "999".into(),
        ..world.punch_row(0, "2026-11-03 07:21:00")
    });
    let ids = rows.iter().map(|row| row.punch_id.0.simple().to_string()).collect();
    let mut tx = world.office.db.begin_write(TENANT).await.unwrap();
    let owner = |row: &punch::PunchRow| {
        Some(pin_map::PinOwner {
            group_id: world.group,
            pin: row.pin.clone(),
            valid_from: date(2026, 1, 1),
            recorded_at: world.office.now(),
            employee_id: row.employee_id?,
            valid_until: None,
            actor: "test".into(),
        })
    };
    pin_map::map(&mut tx, &rows.iter().filter_map(owner).collect::<Vec<_>>()).await.unwrap();
    punch::insert_batch(&mut tx, &rows).await.unwrap();
    tx.commit().await.unwrap();
    world.account("pegawai", Role::Pegawai, None, Some(world.people[0])).await;
    (log, ids)
}

async fn status(browser: &Browser<'_>, id: &str) -> (StatusCode, StatusCode) {
    let page = browser.get(&format!("/bukti/{id}")).await.status;
    (page, browser.get(&format!("/bukti/{id}/resi")).await.status)
}

const SEEN: (StatusCode, StatusCode) = (StatusCode::OK, StatusCode::OK);
const HIDDEN: (StatusCode, StatusCode) = (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND);

#[tokio::test]
async fn the_person_gets_a_receipt_that_holds_without_us() {
    each_engine(async |db| {
        let (log, ids) = world(db).await;
        let me = log.world.enter("pegawai").await;
        let path = format!("/bukti/{}", ids[0]);
        let soon = me.get(&path).await.text();
        assert!(soon.contains("Sedang dicatat") && soon.contains("data-live=\"2\""), "{soon}");
        assert_eq!(me.get(&format!("{path}/resi")).await.status, StatusCode::CONFLICT);
        log.publish().await;
        let page = me.get(&path).await.text();
        for part in [
            "Pegawai 000",
            "3 November 2026 07.20.05 WIB",
            "Lobi",
            "Sudah tercatat di log, nomor",
            "belum disaksikan",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert!(!page.contains("data-live"), "it does not ask again");
        let file = me.get(&format!("{path}/resi")).await;
        assert!(said(&file, header::CONTENT_DISPOSITION).contains("bukti-2026-11-03-"), "{:?}", file.headers);
        assert_eq!(said(&file, header::CACHE_CONTROL), "no-store");
        let receipt = Receipt::parse(&file.text()).unwrap();
        assert_eq!(receipt.verify(&[key()], None).unwrap().kind(), EntryKind::Punch);
        assert!(page.contains(&format!("nomor {}.", receipt.index())), "{page}");
        assert!(file.body.len() < 1_500 && !file.text().contains("Pegawai"));
    })
    .await;
}

#[tokio::test]
async fn to_others_there_is_no_such_receipt_and_who_may_look_is_noted() {
    each_engine(async |db| {
        let (log, ids) = world(db).await;
        log.publish().await;
        let world = &log.world;
        world.account("disdik", Role::AdminOpd, Some(world.units[1]), None).await;
        world.account("dinsos", Role::AdminOpd, Some(world.units[2]), None).await;
        let me = world.enter("pegawai").await;
        assert_eq!(status(&me, &ids[0]).await, SEEN);
        assert_eq!(status(&me, &ids[1]).await, HIDDEN, "a colleague");
        assert_eq!(readings(&log).await, 0, "one's own needs no note");
        let clerk = world.enter("disdik").await;
        assert_eq!(status(&clerk, &ids[1]).await, SEEN);
        assert_eq!(readings(&log).await, 2);
        assert_eq!(status(&clerk, &ids[2]).await, HIDDEN, "another OPD");
        assert_eq!(status(&world.enter("dinsos").await, &ids[0]).await, HIDDEN);
        for id in [ids[3].as_str(), &"0".repeat(32), "0", "..%2f1", "%00", &"f".repeat(4_000)] {
            assert_eq!(status(&clerk, id).await, HIDDEN, "{id}");
        }
        let stranger = world.get(&format!("/bukti/{}", ids[0]), "").await;
        assert!(stranger.location().starts_with("/masuk"));
    })
    .await;
}

/// How often somebody's data was looked at.
async fn readings(log: &LogWorld) -> usize {
    let mut tx = log.world.office.db.begin_read(TENANT).await.unwrap();
    let sql = "SELECT action AS value FROM audit WHERE action = 'employee.read'";
    query_sql(&mut tx, sql).await.unwrap().len()
}

#[tokio::test]
async fn a_withdrawn_punch_keeps_its_receipt_and_the_day_links_to_it() {
    let test = sqlite().await;
    let (log, ids) = world(test.db.clone()).await;
    let world = &log.world;
    let id = domain::ids::PunchId::parse(&ids[0]).unwrap();
    let me = world.enter("pegawai").await;
    let person = world.people[0].0.simple();
    let day = me.get(&format!("/rekap/DISDIK/2026-11/{person}/3")).await.text();
    assert!(day.contains(&format!("href=\"/bukti/{}\"", ids[0])), "{day}");
    let mut tx = world.office.db.begin_write(TENANT).await.unwrap();
    punch::void(&mut tx, id, "test", world.office.now()).await.unwrap();
    tx.commit().await.unwrap();
    log.publish().await;
    let page = me.get(&format!("/bukti/{}", ids[0])).await.text();
    assert!(page.contains("dibatalkan pada 3 November 2026") && page.contains("Sudah tercatat"), "{page}");
    test.finish().await;
}

#[tokio::test]
async fn the_receipt_of_an_erased_fact_says_so_and_not_whose_it_was() {
    each_engine(async |db| {
        let (log, ids) = world(db).await;
        log.publish().await;
        let world = &log.world;
        let officer = world.account("petugas", Role::Bkpsdm, None, None).await;
        let mut tx = world.office.db.begin_read(TENANT).await.unwrap();
        let actor = store::account::get(&mut tx, officer).await.unwrap();
        drop(tx);
        let order = service::erasure::Order {
            person: world.people[1],
            until: Some("2026-11".parse().unwrap()),
            retention_years: 0,
            reason: "permintaan subjek data".into(),
            legal_basis: "UU 27/2022 Pasal 43".into(),
            actor,
        };
        // November is not over, and the OPD is in force.
        assert!(service::erasure::erase(&world.office, &order).await.is_err());
        log.clock.set(log.clock.now() + jiff::SignedDuration::from_hours(24 * 40));
        service::erasure::erase(&world.office, &order).await.unwrap();
        let me = world.enter("pegawai").await;
        let page = me.get(&format!("/bukti/{}", ids[1])).await;
        assert_eq!(page.status, StatusCode::GONE);
        let text = page.text();
        assert!(text.contains("UU 27/2022 Pasal 43") && !text.contains("Pegawai 001"), "{text}");
        assert_eq!(me.get(&format!("/bukti/{}/resi", ids[1])).await.status, StatusCode::GONE);
        assert_eq!(status(&me, &ids[0]).await, SEEN);
        let stranger = world.get(&format!("/bukti/{}", ids[1]), "").await;
        assert!(stranger.location().starts_with("/masuk"));
    })
    .await;
}

#[tokio::test]
async fn a_recorded_reason_has_a_receipt_too() {
    let test = sqlite().await;
    let (log, _) = world(test.db.clone()).await;
    let world = &log.world;
    world.account("disdik", Role::AdminOpd, Some(world.units[1]), None).await;
    let clerk = world.enter("disdik").await;
    let path = format!("/rekap/DISDIK/2026-11/{}/3", world.people[0].0.simple());
    let form = "kode=DL&dari=2026-11-03&sampai=2026-11-04&surat=800/12";
    assert_eq!(clerk.post(&path, form).await.status, StatusCode::SEE_OTHER);
    log.publish().await;
    let me = world.enter("pegawai").await;
    let day = me.get(&path).await.text();
    let at = day.rfind("href=\"/bukti/").expect("a link beside the reason") + "href=\"".len();
    let page = me.get(day[at..].split('"').next().unwrap()).await.text();
    assert!(page.contains("800/12") && page.contains("Sudah tercatat"), "{page}");
    assert!(!page.contains("dicabut"), "{page}");
    let address = day[at..].split('"').next().unwrap();
    let id = domain::ids::StatusId::parse(address.trim_start_matches("/bukti/")).unwrap();
    let mut tx = world.office.db.begin_write(TENANT).await.unwrap();
    store::status::revoke(&mut tx, id, "test", world.office.now()).await.unwrap();
    tx.commit().await.unwrap();
    log.publish().await;
    let page = me.get(address).await.text();
    assert!(page.contains("dicabut pada 3 November 2026") && page.contains("Sudah tercatat"), "{page}");
    let receipt = Receipt::parse(&me.get(&format!("{address}/resi")).await.text()).unwrap();
    assert_eq!(receipt.verify(&[key()], None).unwrap().kind(), EntryKind::Correction);
    test.finish().await;
}

#[tokio::test]
async fn while_nothing_is_published_any_more_the_page_says_so() {
    let test = sqlite().await;
    let (log, ids) = world(test.db.clone()).await;
    let me = log.world.enter("pegawai").await;
    log.world.office.db.sealer().unwrap().refuse("the disk failed");
    let page = me.get(&format!("/bukti/{}", ids[0])).await.text();
    assert!(page.contains("penerbitan log sedang berhenti") && !page.contains("data-live"), "{page}");
    test.finish().await;
}

/// What an administrator of the database does.
async fn behind_the_program(log: &LogWorld, sql: &str) {
    let mut tx = log.world.office.db.begin_write(TENANT).await.unwrap();
    run_sql(&mut tx, sql).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_punch_that_was_changed_behind_the_program_is_not_vouched_for() {
    each_engine(async |db| {
        let (log, ids) = world(db).await;
        log.publish().await;
        let me = log.world.enter("pegawai").await;
        let path = format!("/bukti/{}", ids[0]);
        let told = async || {
            let page = me.get(&path).await.text();
            (page.contains("Sudah tercatat"), page.contains("Tidak cocok dengan log.") && page.contains("role=\"alert\""))
        };
        assert_eq!(told().await, (true, false));
        for (change, undo) in [
            (
                "UPDATE punch SET at = at - 3600000000, local_time = '2026-11-03 06:20:05' WHERE local_time = '2026-11-03 07:20:05'",
                "UPDATE punch SET at = at + 3600000000, local_time = '2026-11-03 07:20:05' WHERE local_time = '2026-11-03 06:20:05'",
            ),
            ("UPDATE punch SET voided_at = 5, voided_by = 'x'", "UPDATE punch SET voided_at = NULL, voided_by = NULL"),
            (
                "UPDATE log_entry SET covers = 'nothing' WHERE covers = 'punch'",
                "UPDATE log_entry SET covers = 'punch' WHERE covers = 'nothing'",
            ),
            (
                "UPDATE log_entry SET seq = seq + 1000000 WHERE covers = 'punch'",
                "UPDATE log_entry SET seq = seq - 1000000 WHERE covers = 'punch'",
            ),
            (
                "UPDATE pin_map SET pin = 'x' WHERE pin = '100'",
                "UPDATE pin_map SET pin = '100' WHERE pin = 'x'",
            ),
        ] {
            behind_the_program(&log, change).await;
            let vouched = told().await.0;
            assert!(!vouched, "{change}");
            behind_the_program(&log, undo).await;
            assert_eq!(told().await, (true, false), "{undo}");
        }
        behind_the_program(&log, "UPDATE punch SET at = at + 1").await;
        let page = me.get(&path).await.text();
        assert!(page.contains("Tidak cocok dengan log.") && page.contains("hadir verify facts"), "{page}");
        assert_eq!(me.get(&format!("{path}/isi")).await.status, StatusCode::CONFLICT);
    })
    .await;
}

#[tokio::test]
async fn only_the_person_gets_what_was_recorded_and_it_opens_the_receipt() {
    each_engine(async |db| {
        let (log, ids) = world(db).await;
        log.publish().await;
        let world = &log.world;
        world.account("disdik", Role::AdminOpd, Some(world.units[1]), None).await;
        let (me, clerk) = (world.enter("pegawai").await, world.enter("disdik").await);
        let path = format!("/bukti/{}", ids[0]);
        let button = format!("href=\"{path}/isi\"");
        assert!(me.get(&path).await.text().contains(&button));
        let page = clerk.get(&path).await;
        assert!(page.status == StatusCode::OK && !page.text().contains(&button));
        for (browser, id) in [(&clerk, &ids[0]), (&me, &ids[1])] {
            let refused = browser.get(&format!("/bukti/{id}/isi")).await;
            assert!(refused.status.is_client_error() && !refused.text().contains("hadir-opening"), "{id}");
        }
        let file = me.get(&format!("{path}/isi")).await;
        assert_eq!((file.status, said(&file, header::CACHE_CONTROL)), (StatusCode::OK, "no-store"));
        let opening = Opening::parse(&file.text()).unwrap();
        let receipt = Receipt::parse(&me.get(&format!("{path}/resi")).await.text()).unwrap();
        assert_eq!(opening.index, receipt.index());
        opening.check(&receipt.verify(&[key()], None).unwrap()).unwrap();
        assert!(opening.payload.contains("2026-11-03 07:20:05"), "{}", opening.payload);

        let id = domain::ids::PunchId::parse(&ids[0]).unwrap();
        let mut tx = world.office.db.begin_write(TENANT).await.unwrap();
        punch::void(&mut tx, id, "test", world.office.now()).await.unwrap();
        tx.commit().await.unwrap();
        let after = me.get(&format!("{path}/isi")).await.text();
        assert_eq!(Opening::parse(&after), Ok(opening), "what was recorded at first, after a withdrawal too");
    })
    .await;
}
