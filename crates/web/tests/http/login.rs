//! Login, lockout, sessions, forged requests.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::rights::Role;
use jiff::SignedDuration;
use store::testing::each_engine;

use crate::fixture::{PASSPHRASE, World};

#[tokio::test]
async fn a_visitor_logs_in_and_out() {
    each_engine(async |db| {
        let world = World::new(db, 2).await;
        world.account("operator", Role::Sistem, None, None).await;
        let closed = world.get("/beranda", "").await;
        assert_eq!((closed.status, closed.location()), (StatusCode::SEE_OTHER, "/masuk?lanjut=/beranda"));
        let browser = world.enter("operator").await;
        assert_eq!(browser.get("/beranda").await.status, StatusCode::OK);
        assert_eq!(browser.post("/keluar", "").await.location(), "/masuk");
        assert_eq!(browser.get("/beranda").await.status, StatusCode::SEE_OTHER, "the session is over");
    })
    .await;
}

#[tokio::test]
async fn five_wrong_passphrases_rest_the_account_for_a_while() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        world.account("operator", Role::Sistem, None, None).await;
        for left in [4, 3, 2, 1] {
            let answer = world.post("/masuk", "", "nip=operator&sandi=salah-salah-salah").await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
            assert!(answer.text().contains(&left.to_string()), "{left}");
        }
        world.post("/masuk", "", "nip=operator&sandi=salah-salah-salah").await;
        let locked = world.post("/masuk", "", &format!("nip=operator&sandi={PASSPHRASE}")).await;
        assert_eq!(locked.status, StatusCode::UNAUTHORIZED, "even the right one waits");
        let unknown = world.post("/masuk", "", "nip=siapa&sandi=salah-salah-salah").await;
        assert_eq!(unknown.status, StatusCode::UNAUTHORIZED);
    })
    .await;
}

#[tokio::test]
async fn forged_and_stale_forms_change_nothing() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        world.account("operator", Role::Sistem, None, None).await;
        let browser = world.enter("operator").await;
        assert_eq!(browser.post_raw("/keluar", "csrf=0000").await.status, StatusCode::FORBIDDEN);
        let foreign = Request::post("/masuk")
            .header(header::HOST, "hadir.test")
            .header(header::ORIGIN, "https://evil.example")
            .body(Body::from("nip=operator&sandi=x"))
            .unwrap();
        assert_eq!(world.send(foreign).await.status, StatusCode::FORBIDDEN);
        assert_eq!(browser.get("/beranda").await.status, StatusCode::OK, "still logged in");
    })
    .await;
}

#[tokio::test]
async fn every_answer_forbids_foreign_and_inline_code() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        for path in ["/masuk", "/tidak-ada", "/healthz"] {
            let answer = world.get(path, "").await;
            let policy = answer.headers.get("content-security-policy").unwrap().to_str().unwrap().to_owned();
            assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
            let text = answer.text();
            assert!(!text.contains(" style=\"") && !text.contains("<script>"), "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_database_that_is_down_is_said_so() {
    each_engine(async |db| {
        let world = World::new(db.clone(), 1).await;
        world.get("/masuk", "").await;
        db.close().await;
        let answer = world.get("/beranda", "hadir=deadbeef").await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(answer.headers.contains_key("retry-after"));
    })
    .await;
}

#[tokio::test]
async fn after_a_clock_was_set_back_nobody_stays_in_or_out_for_long() {
    each_engine(async |db| {
        let (world, clock) = World::with_clock(db, 1).await;
        for login in ["operator", "teman"] {
            world.account(login, Role::Sistem, None, None).await;
        }
        let hours = |hours: i64| clock.advance(SignedDuration::from_hours(hours));
        let before = world.enter("operator").await;
        hours(-2);
        assert_eq!(before.get("/beranda").await.status, StatusCode::OK, "two hours are no reason to go");
        hours(11);
        assert_eq!(before.get("/beranda").await.status, StatusCode::OK);
        hours(365 * 24);
        assert_eq!(before.get("/beranda").await.status, StatusCode::SEE_OTHER);
        let ahead = world.enter("operator").await;
        for _ in 0..5 {
            world.post("/masuk", "", "nip=teman&sandi=salah-salah-salah").await;
        }
        let locked = world.post("/masuk", "", &format!("nip=teman&sandi={PASSPHRASE}")).await;
        assert_eq!(locked.status, StatusCode::UNAUTHORIZED);
        hours(-365 * 24);
        assert_eq!(ahead.get("/beranda").await.status, StatusCode::SEE_OTHER, "not until next year");
        world.enter("teman").await;
    })
    .await;
}
