//! Whatever an officer does on a page that pay depends on has an entry in the log.

use domain::rights::Role;
use ledger::{Entry, EntryKind};
use store::{
    log,
    testing::{TENANT, each_engine},
};

use crate::fixture::{Answer, Browser, World};

/// Kind and table of the entries behind the first `seen`, which then counts them too.
async fn since(world: &World, seen: &mut u64) -> Vec<(EntryKind, String)> {
    let mut tx = world.office.db.begin_read(TENANT).await.unwrap();
    let rows = log::entries(&mut tx, *seen, 1000).await.unwrap();
    *seen += rows.len() as u64;
    rows.into_iter().map(|row| (Entry::parse(&row.entry).unwrap().kind(), row.covers)).collect()
}

/// These entries are among those that were added.
#[track_caller]
fn has(added: &[(EntryKind, String)], expected: &[(EntryKind, &str)], what: &str) {
    for (kind, table) in expected {
        let found = added.iter().any(|(k, t)| k == kind && t == table);
        assert!(found, "{what}: no {kind} of {table} in {added:?}");
    }
}

async fn posted(browser: &Browser<'_>, path: &str, form: &str) -> Answer {
    let answer = browser.post(path, form).await;
    assert!(answer.status.is_redirection(), "{path}: {} {}", answer.status, answer.text());
    answer
}

#[tokio::test]
async fn every_decision_on_a_page_is_in_the_log() {
    each_engine(async |db| {
        use EntryKind::{Correction, Decision, MonthLock, Role as RoleKind};
        let world = World::new(db, 2).await;
        world.fill_october().await;
        world.account("admin", Role::AdminOpd, Some(world.units[1]), None).await;
        world.account("bkpsdm", Role::Bkpsdm, None, None).await;
        let other = world.account("orang", Role::Sistem, None, None).await;
        let (admin, bkpsdm) = (world.enter("admin").await, world.enter("bkpsdm").await);
        let mut seen = 0;
        since(&world, &mut seen).await;

        let month = "/rekap/DISDIK/2026-10";
        let day = format!("{month}/{}/14", world.people[0].0.simple());
        posted(&admin, &day, "kode=DL&dari=2026-10-14&sampai=2026-10-15&surat=800/1").await;
        let reason = [(Correction, "person_status"), (Decision, "audit")];
        has(&since(&world, &mut seen).await, &reason, "a reason");
        let drawer = admin.get(&day).await.text();
        let key =
            drawer.split("name=\"isian\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        posted(&admin, &format!("{day}/cabut"), &format!("isian={key}&alasan=Salah+pegawai")).await;
        has(&since(&world, &mut seen).await, &reason, "its revocation");

        let lock = [(MonthLock, "month_close"), (Decision, "audit")];
        posted(&admin, &format!("{month}/kunci"), "periksa=ya").await;
        has(&since(&world, &mut seen).await, &lock, "a lock");
        posted(&bkpsdm, &format!("{month}/verifikasi"), "").await;
        has(&since(&world, &mut seen).await, &lock, "a verification");
        posted(&bkpsdm, &format!("{month}/buka"), "alasan=Surat+800%2F2").await;
        has(&since(&world, &mut seen).await, &lock, "opening a month");

        let account = format!("/akun/{}", other.0.simple());
        let form = "peran=admin_opd&unit=DISDIK&dari=2026-11-04&sampai=2026-11-05&alasan=SK+Plt+800%2F7";
        posted(&bkpsdm, &format!("{account}/peran"), form).await;
        has(&since(&world, &mut seen).await, &[(RoleKind, "role_grant"), (Decision, "audit")], "a grant");
        let mut tx = world.office.db.begin_read(TENANT).await.unwrap();
        let grants = store::account::grants_of(&mut tx, &[other]).await.unwrap();
        let grant = grants.iter().find(|grant| grant.role == Role::AdminOpd).unwrap().grant_id;
        drop(tx);
        let form = format!("peran={}&alasan=Selesai+tugas", grant.0.simple());
        posted(&bkpsdm, &format!("{account}/cabut"), &form).await;
        has(&since(&world, &mut seen).await, &[(RoleKind, "role_grant"), (Decision, "audit")], "its end");

        posted(&bkpsdm, "/cakupan/DISDIK", "tahap=uji_coba&mulai=2026-12-01&surat=SE+9&tetap=ya").await;
        has(&since(&world, &mut seen).await, &[(Decision, "opd_stage")], "a stage");
        let mut tx = world.office.db.begin_read(TENANT).await.unwrap();
        let checked = log::check(&mut tx).await.unwrap();
        // The punches of the fixture were given to people without PINs.
        let others = |finding: &log::Finding| !matches!(finding, log::Finding::Owner { .. });
        assert!(!checked.findings.iter().any(others), "{:?}", checked.findings);
    })
    .await;
}
