//! Taking a recorded reason back in the drawer of a day.

use axum::http::StatusCode;
use domain::rights::Role;
use store::testing::each_engine;

use crate::fixture::World;

#[tokio::test]
async fn a_wrong_reason_is_revoked_with_a_sentence_and_the_day_is_absent_again() {
    each_engine(async |db| {
        let world = World::new(db, 2).await;
        world.fill_october().await;
        world.account("admin", Role::AdminOpd, Some(world.units[1]), None).await;
        world.account("lain", Role::AdminOpd, Some(world.units[2]), None).await;
        let admin = world.enter("admin").await;
        let day = format!("/rekap/DISDIK/2026-10/{}/14", world.people[0].0.simple());
        admin.post(&day, "kode=DL&dari=2026-10-14&sampai=2026-10-15&surat=800/1").await;
        let drawer = admin.get(&day).await.text();
        let key =
            drawer.split("name=\"isian\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();

        let path = format!("{day}/cabut");
        let mute = admin.post(&path, &format!("isian={key}&alasan=+.+")).await;
        assert_eq!(mute.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(mute.text().contains("Tulis alasannya"));
        let stranger = world.enter("lain").await;
        let form = format!("isian={key}&alasan=Salah+pegawai");
        assert_eq!(stranger.post(&path, &form).await.status, StatusCode::FORBIDDEN);
        // The id of one person's reason under another person's address.
        let crossed = format!("/rekap/DISDIK/2026-10/{}/14/cabut", world.people[1].0.simple());
        assert_eq!(admin.post(&crossed, &form).await.status, StatusCode::UNPROCESSABLE_ENTITY);

        assert_eq!(admin.post(&path, &form).await.status, StatusCode::SEE_OTHER);
        let after = admin.get(&day).await.text();
        assert!(!after.contains("800/1") && after.contains("Hadir"));
        assert_eq!(admin.post(&path, &form).await.status, StatusCode::UNPROCESSABLE_ENTITY, "only once");
    })
    .await;
}

#[tokio::test]
async fn in_a_locked_month_nothing_is_revoked() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        world.fill_october().await;
        let admin_id = world.account("admin", Role::AdminOpd, Some(world.units[1]), None).await;
        let admin = world.enter("admin").await;
        let day = format!("/rekap/DISDIK/2026-10/{}/14", world.people[0].0.simple());
        admin.post(&day, "kode=DL&dari=2026-10-14&sampai=2026-10-14&surat=800/1").await;
        let drawer = admin.get(&day).await.text();
        let key =
            drawer.split("name=\"isian\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let month = "2026-10".parse().unwrap();
        service::closing::lock(&world.office, world.units[1], month, &admin_id.to_string()).await.unwrap();
        assert!(!admin.get(&day).await.text().contains("/cabut"));
        let late = admin.post(&format!("{day}/cabut"), &format!("isian={key}&alasan=Salah+pegawai")).await;
        assert_eq!(late.status, StatusCode::FORBIDDEN);
    })
    .await;
}
