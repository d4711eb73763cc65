//! The calendar through its pages: who may change it, what a day looks like, how it is taken back.

use axum::http::StatusCode;
use domain::rights::Role;
use store::testing::each_engine;

use crate::fixture::World;

const DAY: &str =
    "untuk=regency&tanggal=2026-03-25&jenis=libur&nama=Hari+jadi&dasar=Kep+100.3%2F12&alasan=Hari+jadi+ke-60";

#[tokio::test]
async fn bkpsdm_adds_a_regional_day_everyone_sees_it_and_it_can_be_revoked() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        world.account("bkpsdm", Role::Bkpsdm, None, None).await;
        world.account("pegawai", Role::Pegawai, None, None).await;
        let bkpsdm = world.enter("bkpsdm").await;
        let empty = bkpsdm.get("/kalender?tahun=2026").await;
        assert_eq!(empty.status, StatusCode::OK, "{}", empty.text());
        assert!(empty.text().contains("Tambah hari") && !empty.text().contains("Hari jadi<"));

        let saved = bkpsdm.post("/kalender/hari", DAY).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        assert_eq!(saved.location(), "/kalender?tahun=2026&unit=&ok=hari&terkunci=0");
        let twice = bkpsdm.post("/kalender/hari", DAY).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(twice.text().contains("sudah tercatat") && twice.text().contains("value=\"Hari jadi\""));

        let pegawai = world.enter("pegawai").await;
        let seen = pegawai.get("/kalender?tahun=2026").await.text();
        assert!(seen.contains("Hari jadi") && seen.contains("Kep 100.3/12") && !seen.contains("Tambah hari"));
        let refused = pegawai.post("/kalender/hari", DAY).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);

        let key = seen.split("href=\"/kalender/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let entry = pegawai.get(&format!("/kalender/{key}")).await;
        assert!(entry.text().contains("Hari jadi") && !entry.text().contains("/cabut"));
        let path = format!("/kalender/{key}/cabut");
        assert_eq!(bkpsdm.post(&path, "alasan=").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let gone = bkpsdm.post(&path, "alasan=Keputusan+dibatalkan").await;
        assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.text());
        assert!(!bkpsdm.get("/kalender?tahun=2026").await.text().contains("Hari jadi<"));
        assert_eq!(bkpsdm.get(&format!("/kalender/{key}")).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn a_day_of_one_unit_frees_that_unit_only_and_only_its_own_officer_may_add_it() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        world.account("unit", Role::Bkpsdm, Some(world.units[1]), None).await;
        let officer = world.enter("unit").await;
        assert_eq!(
            officer.post("/kalender/hari", DAY).await.status,
            StatusCode::FORBIDDEN,
            "not the regency"
        );
        let other = DAY.replace("regency", "unit:DINSOS");
        assert_eq!(officer.post("/kalender/hari", &other).await.status, StatusCode::FORBIDDEN);
        let own = DAY.replace("regency", "unit:DISDIK");
        assert_eq!(officer.post("/kalender/hari", &own).await.status, StatusCode::SEE_OTHER);
        assert!(officer.get("/kalender?tahun=2026&unit=DISDIK").await.text().contains("title=\"Hari jadi\""));
        assert!(
            !officer.get("/kalender?tahun=2026&unit=DINSOS").await.text().contains("title=\"Hari jadi\"")
        );
    })
    .await;
}

#[tokio::test]
async fn ramadan_hours_are_entered_with_their_circular() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        world.account("bkpsdm", Role::Bkpsdm, None, None).await;
        let bkpsdm = world.enter("bkpsdm").await;
        let form = "untuk=regency&dari=2027-02-08&sampai=2027-03-09&dasar=SE+800%2F55&alasan=Jam+Ramadan";
        let saved = bkpsdm.post("/kalender/ramadan", form).await;
        assert_eq!(saved.location(), "/kalender?tahun=2027&unit=&ok=ramadan");
        let seen = bkpsdm.get("/kalender?tahun=2027").await.text();
        assert!(seen.contains("SE 800/55") && seen.contains("8 Februari 2027"));
        assert!(seen.contains("belum ada dalam program"), "2027 does not ship");
        let backwards = form.replace("2027-03-09", "2027-02-01");
        assert_eq!(
            bkpsdm.post("/kalender/ramadan", &backwards).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        for odd in ["tahun=abc", "tahun=1", "tahun=99999", "tahun=2026&unit=NADA"] {
            let status = bkpsdm.get(&format!("/kalender?{odd}")).await.status;
            assert!(status.is_client_error(), "{odd}: {status}");
        }
    })
    .await;
}
