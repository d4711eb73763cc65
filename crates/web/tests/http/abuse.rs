//! What a guesser, a wrong address and an oversized request meet.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::rights::Role;
use intake::{Door, Settings};
use jiff::SignedDuration;
use store::testing::{TENANT, each_engine, sqlite};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use web::server::{Site, SiteSettings, serve};

use crate::fixture::World;

/// What a login answers, without what was typed into it.
async fn tried(world: &World, login: &str) -> (StatusCode, String) {
    let answer = world.post("/masuk", "", &format!("nip={login}&sandi=salah-salah-salah")).await;
    (answer.status, answer.text().replace(&format!("value=\"{login}\""), ""))
}

#[tokio::test]
async fn a_login_that_does_not_exist_answers_and_rests_like_one_that_does() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        world.account("operator", Role::Sistem, None, None).await;
        for attempt in 1..=8 {
            let known = tried(&world, "operator").await;
            let unknown = tried(&world, "siapa").await;
            assert_eq!(known, unknown, "attempt {attempt}");
            assert_eq!(known.1.contains("Terlalu banyak"), attempt >= 5, "attempt {attempt}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_address_that_guesses_many_logins_must_wait() {
    let test_db = sqlite().await;
    let world = World::new(test_db.db.clone(), 1).await;
    world.account("operator", Role::Sistem, None, None).await;
    for n in 0..60 {
        assert_eq!(tried(&world, &format!("tebak{n}")).await.0, StatusCode::UNAUTHORIZED, "{n}");
    }
    let (status, text) = tried(&world, "tebak60").await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    assert!(text.contains("Terlalu banyak percobaan dari jaringan ini"), "{text}");
    test_db.finish().await;
}

#[tokio::test]
async fn a_person_of_another_opd_is_not_at_this_address() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        world.account("bkpsdm", Role::Bkpsdm, None, None).await;
        world.account("sosial", Role::AdminOpd, Some(world.units[2]), None).await;
        let (own, other) = (world.people[0].0.simple(), world.people[1].0.simple());
        let officer = world.enter("bkpsdm").await;
        assert_eq!(officer.get(&format!("/rekap/DISDIK/2026-10/{own}/14")).await.status, StatusCode::OK);
        assert_eq!(officer.get(&format!("/rekap/PEMDA/2026-10/{own}/14")).await.status, StatusCode::OK);
        for path in [
            format!("/rekap/DISDIK/2026-10/{other}/14"),
            format!("/rekap/DINSOS/2026-10/{own}/14"),
            format!("/rekap/NIRWANA/2026-10/{own}/14"),
            format!("/tpp/DINSOS/2026-10/{own}"),
        ] {
            assert_eq!(officer.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
            let posted = officer.post(&path, "kode=DL").await.status;
            assert!(posted == StatusCode::NOT_FOUND || posted == StatusCode::METHOD_NOT_ALLOWED, "{path}");
        }
        let clerk = world.enter("sosial").await;
        let guessed = clerk.get(&format!("/rekap/DINSOS/2026-10/{own}/14")).await;
        assert_eq!(guessed.status, StatusCode::NOT_FOUND, "the clerk learns nothing either");
    })
    .await;
}

#[tokio::test]
async fn a_date_that_does_not_exist_is_named_and_never_replaced() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        world.account("bkpsdm", Role::Bkpsdm, None, None).await;
        let officer = world.enter("bkpsdm").await;
        let person = world.people[0].0.simple();
        for (path, named) in [
            ("/hari-ini?tanggal=2026-02-30".to_owned(), "2026-02-30"),
            ("/hari-ini.xlsx?tanggal=kemarin".to_owned(), "kemarin"),
            ("/rekap?bulan=0000-00".to_owned(), "0000-00"),
            ("/tpp?bulan=2026-13".to_owned(), "2026-13"),
            ("/rekap/DISDIK/1066-10/".to_owned(), "1066-10"),
            (format!("/kartu/{person}/9999-12"), "9999-12"),
        ] {
            let answer = officer.get(&path).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
            assert!(answer.text().contains(named), "{path}: {}", answer.text());
        }
        for path in ["/hari-ini?tanggal=", "/hari-ini"] {
            assert_eq!(officer.get(path).await.status, StatusCode::OK, "nothing chosen is today");
        }
        assert_eq!(officer.get("/rekap?bulan=").await.location(), "/rekap/DISDIK/2026-11/");
    })
    .await;
}

#[tokio::test]
async fn every_mistake_of_the_day_form_stands_at_its_field_and_nothing_typed_is_lost() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        world.account("bkpsdm", Role::Bkpsdm, None, None).await;
        let officer = world.enter("bkpsdm").await;
        let path = format!("/rekap/DISDIK/2026-10/{}/14", world.people[0].0.simple());
        let day = "2026-10-14";
        let cases = [
            (format!("kode=&dari={day}&sampai={day}&catatan=izin"), vec!["kode"]),
            (format!("kode=DL&dari={day}&sampai=2026-10-01&catatan=izin"), vec!["sampai"]),
            (format!("kode=DL&dari={day}&sampai=2029-10-01&catatan=izin"), vec!["sampai"]),
            (format!("kode=DL&dari=31-02-2026&sampai={day}&catatan=izin"), vec!["dari"]),
            ("kode=DL&dari=besok&sampai=lusa&catatan=izin".to_owned(), vec!["dari", "sampai"]),
            (format!("kode=DL&dari={day}&sampai={day}"), vec!["surat"]),
            (format!("kode=DL&dari={day}&sampai={day}&surat={}", "9".repeat(121)), vec!["surat"]),
            (format!("kode=DL&dari={day}&sampai={day}&catatan={}", "a".repeat(501)), vec!["catatan"]),
        ];
        for (form, fields) in cases {
            let answer = officer.post(&path, &form).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
            let text = answer.text();
            for field in ["kode", "dari", "sampai", "surat", "catatan"] {
                let marked = text.contains(&format!("id=\"k-{field}-e\""));
                assert_eq!(marked, fields.contains(&field), "{field} of {form}");
            }
            for typed in form.split('&').filter_map(|pair| pair.split_once('=')).map(|(_, value)| value) {
                assert!(text.contains(typed), "{typed} of {form} is kept");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn links_to_other_pages_keep_the_search_and_the_view() {
    let test_db = sqlite().await;
    let world = World::new(test_db.db.clone(), 120).await;
    world.account("bkpsdm", Role::Bkpsdm, None, None).await;
    let officer = world.enter("bkpsdm").await;
    let sheet = officer.get("/rekap/DISDIK/2026-10/?cari=S.E.+%26+Pegawai&tampil=daftar").await;
    assert!(!sheet.text().contains("hal=2"), "nobody is called so");
    let sheet = officer.get("/rekap/DISDIK/2026-10/?cari=pegawai+&tampil=daftar").await.text();
    assert!(sheet.contains("href=\"./?cari=pegawai+&#38;tampil=daftar&#38;hal=2\""), "{sheet}");
    assert!(sheet.contains("href=\"./?cari=pegawai+\""), "the other view keeps the search");
    let pay = officer.get("/tpp/DISDIK/2026-10/?cari=pegawai").await.text();
    assert!(pay.contains("href=\"./?cari=pegawai&#38;hal=2\""), "{pay}");
    test_db.finish().await;
}

#[tokio::test]
async fn a_request_that_is_too_large_is_read_to_its_end_and_answered_with_a_sentence() {
    let test_db = sqlite().await;
    let world = World::new(test_db.db.clone(), 1).await;
    world.account("bkpsdm", Role::Bkpsdm, None, None).await;
    let officer = world.enter("bkpsdm").await;
    let form = Request::post("/masuk")
        .header(header::ORIGIN, "http://hadir.test")
        .header(header::HOST, "hadir.test")
        .body(Body::from("nip=1&sandi=".to_owned() + &"a".repeat(2 << 20)))
        .unwrap();
    assert_eq!(world.send(form).await.status, StatusCode::PAYLOAD_TOO_LARGE, "forms are small");

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (door, _) = Door::open(world.office.db.clone(), TENANT, Settings::default());
    let site = Site::new(world.office.clone(), door, SiteSettings::default());
    let server = tokio::spawn(serve(site, listener, std::future::pending()));
    let part = "--x\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"a.xlsx\"\r\n\r\n";
    let size = 40 << 20;
    let head = format!(
        "POST /pegawai/impor HTTP/1.1\r\nHost: h\r\nOrigin: http://h\r\nCookie: {}\r\nConnection: close\r\n\
         Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {}\r\n\r\n{part}",
        officer.cookie(),
        part.len() + size
    );
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let piece = vec![b'a'; 1 << 20];
    for _ in 0..40 {
        stream.write_all(&piece).await.expect("the server reads on");
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert!(answer.contains("Berkas terlalu besar") && answer.contains("32 MB"), "{answer}");
    server.abort();
    test_db.finish().await;
}

#[tokio::test]
async fn a_rest_ends_for_both_kinds_of_login() {
    let test_db = sqlite().await;
    let (world, clock) = World::with_clock(test_db.db.clone(), 1).await;
    world.account("operator", Role::Sistem, None, None).await;
    for login in ["operator", "siapa"] {
        for _ in 0..5 {
            tried(&world, login).await;
        }
    }
    clock.advance(SignedDuration::from_mins(16));
    let (known, unknown) = (tried(&world, "operator").await, tried(&world, "siapa").await);
    assert_eq!(known, unknown);
    assert!(known.1.contains("Terlalu banyak"), "one more mistake and it rests again");
    test_db.finish().await;
}
