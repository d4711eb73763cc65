//! Schedules and rosters through their pages: assigning, the shifts of a month, the import, and who may.

use axum::http::StatusCode;
use domain::rights::Role;
use store::testing::each_engine;

use crate::fixture::{World, number};

const UNIT: &str = "/jadwal/DISDIK/2026-12/";

#[tokio::test]
async fn a_unit_gets_a_schedule_from_a_day_on() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        world.account("bkpsdm", Role::Bkpsdm, None, None).await;
        world.account("admin", Role::AdminOpd, Some(world.units[1]), None).await;
        let bkpsdm = world.enter("bkpsdm").await;
        let list = bkpsdm.get("/jadwal").await;
        assert_eq!(list.status, StatusCode::OK, "{}", list.text());
        assert!(list.text().contains("Dinas Pendidikan") && list.text().contains("mengikuti Pemda"));

        let form = "jadwal=rs-3-shift&mulai=2026-12-01&alasan=SK+Direktur+12";
        let path = format!("{UNIT}tetapkan");
        let admin = world.enter("admin").await;
        assert_eq!(admin.post(&path, form).await.status, StatusCode::FORBIDDEN, "rules are BKPSDM's");
        let mute = bkpsdm.post(&path, "jadwal=rs-3-shift&mulai=2026-12-01&alasan=").await;
        assert_eq!(mute.status, StatusCode::UNPROCESSABLE_ENTITY);
        let odd = bkpsdm.post(&path, "jadwal=nada&mulai=2026-12-01&alasan=SK+Direktur").await;
        assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
        let done = bkpsdm.post(&path, form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        assert!(bkpsdm.get(UNIT).await.text().contains("Rumah sakit 3 shift"));
        assert!(!bkpsdm.get("/jadwal/DISDIK/2026-11/").await.text().contains("<p>Rumah sakit 3 shift"));
        assert_eq!(admin.get("/jadwal/DINSOS/2026-12/").await.status, StatusCode::FORBIDDEN);
        assert_eq!(admin.get("/jadwal/DISDIK/besok/").await.status.as_u16() / 100, 4);
    })
    .await;
}

#[tokio::test]
async fn a_clerk_plans_shifts_and_nobody_plans_the_own_ones() {
    each_engine(async |db| {
        let world = World::new(db, 2).await;
        world.account("bkpsdm", Role::Bkpsdm, None, None).await;
        world.account("admin", Role::AdminOpd, Some(world.units[1]), Some(world.people[0])).await;
        let bkpsdm = world.enter("bkpsdm").await;
        bkpsdm
            .post(&format!("{UNIT}tetapkan"), "jadwal=rs-3-shift&mulai=2026-12-01&alasan=SK+Direktur+12")
            .await;
        let admin = world.enter("admin").await;
        let person = |n: usize| format!("{UNIT}{}", world.people[n].0.simple());
        assert_eq!(admin.post(&person(0), "1=P").await.status, StatusCode::FORBIDDEN, "the own shifts");
        let odd = admin.post(&person(1), "1=X&2=P").await;
        assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(odd.text().contains("Kode sif X"));
        let saved = admin.post(&person(1), "1=M&2=LJ&3=&4=p").await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        let table = admin.get(&format!("{UNIT}roster.csv")).await.text();
        let line = table.lines().find(|l| l.contains(&number(1))).unwrap();
        assert!(line.contains(";M;LJ;;P;"), "{line}");
        admin.post(&person(1), "1=").await;
        let table = admin.get(&format!("{UNIT}roster.csv")).await.text();
        assert!(table.lines().any(|l| l.contains(";;LJ;;P;")), "an empty box takes the shift back: {table}");
    })
    .await;
}

#[tokio::test]
async fn a_roster_file_is_looked_at_first_and_wrong_cells_are_left_out() {
    each_engine(async |db| {
        let world = World::new(db, 2).await;
        world.account("bkpsdm", Role::Bkpsdm, None, None).await;
        let bkpsdm = world.enter("bkpsdm").await;
        bkpsdm
            .post(&format!("{UNIT}tetapkan"), "jadwal=rs-3-shift&mulai=2026-12-01&alasan=SK+Direktur+12")
            .await;
        let (a, b, other) = (number(0), number(1), number(2));
        let file = format!(
            "NIP;NAMA;1;2;3\n{a};A;P;S;Q\n{b};B;m;;L\n{other};orang lain;P;P;P\n1,98E+17;rusak;P;P;P\n"
        );
        let look = bkpsdm.upload(&format!("{UNIT}impor"), ("sif.csv", file.as_bytes()), &[]).await;
        let text = look.text();
        assert_eq!(look.status, StatusCode::OK, "{text}");
        assert!(text.contains("Impor 4 sif") && text.contains("3: Q"), "{text}");
        assert!(text.contains("bukan pegawai unit ini"));
        let table = text.split("name=\"tabel\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let form = serde_urlencoded::to_string([("berkas", "sif.csv"), ("tabel", table)]).unwrap();
        let done = bkpsdm.post(&format!("{UNIT}terapkan"), &form).await;
        assert_eq!(done.location(), format!("{UNIT}?ok=4"), "{}", done.text());
        let csv = bkpsdm.get(&format!("{UNIT}roster.csv")).await.text();
        assert!(
            csv.contains(&format!("=\"{a}\"")) && csv.contains(";P;S;;") && csv.contains(";M;;L;"),
            "{csv}"
        );
        // The downloaded table says the same: importing it changes nothing.
        let again = bkpsdm.upload(&format!("{UNIT}impor"), ("sif.csv", csv.as_bytes()), &[]).await;
        assert!(again.text().contains("Tidak ada yang berubah"));
        let noise = bkpsdm.upload(&format!("{UNIT}impor"), ("x.csv", b"halo;dunia\n1;2\n"), &[]).await;
        assert_eq!(noise.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(noise.text().contains("Judul kolom tidak ditemukan"));
    })
    .await;
}

#[tokio::test]
async fn three_groups_of_a_fire_brigade_relieve_each_other() {
    each_engine(async |db| {
        let world = World::new(db, 2).await;
        world.account("bkpsdm", Role::Bkpsdm, None, None).await;
        let bkpsdm = world.enter("bkpsdm").await;
        let person = |n: usize| format!("{UNIT}{}", world.people[n].0.simple());
        let early =
            bkpsdm.post(&format!("{}/regu", person(1)), "regu=2&mulai=2026-12-01&alasan=Regu+baru").await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "five days a week have no groups");
        let own = "jadwal=damkar-24-48&mulai=2026-12-01&alasan=Mutasi+ke+damkar";
        assert_eq!(bkpsdm.post(&format!("{}/jadwal", person(1)), own).await.status, StatusCode::SEE_OTHER);
        let far =
            bkpsdm.post(&format!("{}/regu", person(1)), "regu=4&mulai=2026-12-01&alasan=Regu+baru").await;
        assert_eq!(far.status, StatusCode::UNPROCESSABLE_ENTITY);
        let done =
            bkpsdm.post(&format!("{}/regu", person(1)), "regu=2&mulai=2026-12-01&alasan=Regu+baru").await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let sheet = bkpsdm.get(UNIT).await.text();
        assert!(sheet.contains("Damkar 24/48, Regu 2"), "{sheet}");
        // Group 0 is on duty on 1 January 2026 and every third day; group 1 a day later, so on 1 December, day 334.
        let duty: Vec<usize> = sheet
            .split("Regu 2</small></th>")
            .nth(1)
            .unwrap()
            .split("</tr>")
            .next()
            .unwrap()
            .split("<td")
            .skip(1)
            .enumerate()
            .filter(|(_, cell)| cell.contains(">D<"))
            .map(|(at, _)| at + 1)
            .collect();
        assert_eq!(&duty[..3], [1, 4, 7]);
    })
    .await;
}
