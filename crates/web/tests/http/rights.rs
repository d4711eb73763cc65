//! Role × route × own/other unit: whatever is not granted is refused.

use axum::http::{Method, StatusCode};
use domain::rights::{Access, Grant, Role};
use jiff::civil::date;
use store::testing::each_engine;
use web::server::{routes::table, visitor::Need};

use crate::fixture::World;

/// A path of the table with something real in its braces.
fn real(path: &str, world: &World, unit: &str) -> String {
    path.replace("{unit}", unit)
        .replace("{month}", "2026-10")
        .replace("{person}", &world.people[0].0.simple().to_string())
        .replace("{day}", "14")
        .replace("{token}", "0000")
        .replace("{serial}", "CEXX202360123")
        .replace("{key}", "0000")
        .replace("{tenant}", "1")
        .replace("{generation}", "1")
        .replace("{*rest}", "0/000")
}

fn holds(role: Role, need: Need) -> bool {
    let grant = Grant { role, unit: None, from: date(2026, 1, 1), until: None };
    let access = Access::new(None, vec![grant], date(2026, 11, 3));
    match need {
        Need::Public | Need::Session | Need::Login => true,
        Need::Device => false,
        Need::Right(right) => access.has(right),
        Need::Either(a, b) => access.has(a) || access.has(b),
    }
}

#[tokio::test]
async fn every_route_refuses_whoever_lacks_its_right() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        for role in Role::ALL {
            world.account(role.code(), role, None, None).await;
            let browser = world.enter(role.code()).await;
            for route in table().into_iter().filter(|r| r.path != "/keluar") {
                let path = real(route.path, &world, "DISDIK");
                let answer = match route.method {
                    Method::GET => browser.get(&path).await,
                    _ => browser.post(&path, "").await,
                };
                // A session is no token.
                let refused = match route.need {
                    Need::Device => answer.status == StatusCode::UNAUTHORIZED,
                    _ => answer.status == StatusCode::FORBIDDEN,
                };
                if !holds(role, route.need) {
                    assert!(refused, "{role:?} {} {path}: {}", route.method, answer.status);
                }
                assert_ne!(
                    answer.status,
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "{role:?} {} {path}",
                    route.method
                );
            }
        }
    })
    .await;
}

#[tokio::test]
async fn without_a_session_only_public_routes_answer() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        for route in table().into_iter().filter(|r| r.need != Need::Public) {
            let path = real(route.path, &world, "DISDIK");
            let answer = match route.method {
                Method::GET => world.get(&path, "").await,
                _ => world.post(&path, "", "").await,
            };
            let gone = answer.status == StatusCode::FORBIDDEN
                || answer.status == StatusCode::UNAUTHORIZED && route.need == Need::Device
                || answer.status == StatusCode::SEE_OTHER && answer.location().starts_with("/masuk");
            assert!(gone, "{} {path}: {}", route.method, answer.status);
        }
    })
    .await;
}

#[tokio::test]
async fn a_clerk_reaches_the_own_opd_and_no_other() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        world.account("admin", Role::AdminOpd, Some(world.units[1]), None).await;
        let admin = world.enter("admin").await;
        for path in
            ["/rekap/{}/2026-10/", "/rekap/{}/2026-10/x2.xlsx", "/tpp/{}/2026-10/", "/hari-ini?opd={}"]
        {
            assert_eq!(admin.get(&path.replace("{}", "DISDIK")).await.status, StatusCode::OK, "{path}");
            assert_eq!(
                admin.get(&path.replace("{}", "DINSOS")).await.status,
                StatusCode::FORBIDDEN,
                "{path}"
            );
            assert_eq!(admin.get(&path.replace("{}", "PEMDA")).await.status, StatusCode::FORBIDDEN, "{path}");
            assert_eq!(admin.get(&path.replace("{}", "NADA")).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(
            admin.post("/rekap/DINSOS/2026-10/kunci", "periksa=ya").await.status,
            StatusCode::FORBIDDEN
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_records_a_reason_for_themselves() {
    each_engine(async |db| {
        let world = World::new(db, 2).await;
        let me = world.people[0];
        world.account("admin", Role::AdminOpd, Some(world.units[1]), Some(me)).await;
        let admin = world.enter("admin").await;
        let form = "kode=DL&dari=2026-10-14&sampai=2026-10-14&surat=800/1";
        let own = format!("/rekap/DISDIK/2026-10/{}/14", me.0.simple());
        assert_eq!(admin.post(&own, form).await.status, StatusCode::FORBIDDEN);
        let other = format!("/rekap/DISDIK/2026-10/{}/14", world.people[1].0.simple());
        assert_eq!(admin.post(&other, form).await.status, StatusCode::SEE_OTHER);
    })
    .await;
}
