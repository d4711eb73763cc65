//! Accounts through their pages: who may manage them, the link that works once, and what ends at once.

use axum::http::StatusCode;
use domain::{ids::AccountId, rights::Role};
use jiff::ToSpan;
use store::{
    audit::{self, AuditFilter},
    testing::{TENANT, each_engine},
};

use crate::fixture::{PASSPHRASE, World, number};

const GIVE: &str = "peran=bkpsdm&unit=*&dari=2026-11-03&alasan=SK+800%2F1";

fn path(id: AccountId) -> String {
    format!("/akun/{}", id.0.simple())
}

/// The path of the link on the page that shows it.
fn link(page: &str) -> String {
    let at = page.find("/undangan/").expect("a link");
    page[at..].split('<').next().unwrap().to_owned()
}

fn new_account(login: &str, role: &str, unit: &str) -> String {
    format!(
        "masuk={login}&nama=Ratna+Dewi&peran={role}&unit={unit}&dari=2026-11-03&sampai=&alasan=SK+800%2F12"
    )
}

async fn actions(world: &World, id: AccountId) -> Vec<String> {
    let mut tx = world.office.db.begin_read(TENANT).await.unwrap();
    let about = id.to_string();
    let filter = AuditFilter { subject: Some(("account", &about)), ..AuditFilter::default() };
    audit::list(&mut tx, filter, 20).await.unwrap().into_iter().map(|entry| entry.action).collect()
}

#[tokio::test]
async fn only_those_who_manage_accounts_see_them() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        let clerk = world.account("admin", Role::AdminOpd, Some(world.units[1]), None).await;
        world.account("operator", Role::Sistem, None, None).await;
        let admin = world.enter("admin").await;
        for get in ["/akun".to_owned(), "/akun/baru".to_owned(), path(clerk)] {
            assert_eq!(admin.get(&get).await.status, StatusCode::FORBIDDEN, "{get}");
        }
        let made = admin.post("/akun/baru", &new_account("kawan", "bkpsdm", "*")).await;
        assert_eq!(made.status, StatusCode::FORBIDDEN);
        assert_eq!(admin.post(&(path(clerk) + "/peran"), GIVE).await.status, StatusCode::FORBIDDEN);
        assert!(!admin.get("/rekap").await.text().contains("href=\"/akun\""), "no entry in the menu");
        let list = world.enter("operator").await.get("/akun").await.text();
        assert!(
            list.contains("href=\"/akun\"")
                && list.contains("Dinas Pendidikan")
                && list.contains("akun Anda")
        );
    })
    .await;
}

#[tokio::test]
async fn an_employee_gets_an_account_by_a_link_that_works_once() {
    each_engine(async |db| {
        let world = World::new(db, 2).await;
        world.account("bkpsdm", Role::Bkpsdm, None, None).await;
        let bkpsdm = world.enter("bkpsdm").await;
        let made = bkpsdm.post("/akun/baru", &new_account(&number(0), "admin_opd", "DISDIK")).await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.text());
        assert!(made.text().contains("Pegawai 000"), "the name is the employee's: {}", made.text());
        let link = link(&made.text());
        let list = bkpsdm.get("/akun?cari=pegawai+000").await.text();
        assert!(list.contains("Menunggu tautan dipakai") && list.contains("Admin OPD · Dinas Pendidikan"));
        assert!(!list.contains("/undangan/"), "the link is shown once");

        let early = world.post("/masuk", "", &format!("nip={}&sandi={PASSPHRASE}", number(0))).await;
        assert_eq!(early.status, StatusCode::UNAUTHORIZED);
        let setup = format!("pemda=Palsu&zona=WIB&nama=X&nip=x&sandi={PASSPHRASE}&ulangi={PASSPHRASE}");
        world.post(&link.replace("undangan", "siapkan"), "", &setup).await;
        assert!(!world.get("/masuk", "").await.text().contains("Palsu"), "it opens no set-up");
        let differ = world.post(&link, "", &format!("sandi={PASSPHRASE}&ulangi=lain")).await;
        assert_eq!(differ.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(
            world.post(&link, "", "sandi=pendek&ulangi=pendek").await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert!(world.get(&link, "").await.text().contains(&number(0)));
        let form = format!("sandi={PASSPHRASE}&ulangi={PASSPHRASE}");
        let set = world.post(&link, "", &form).await;
        assert_eq!((set.status, set.location()), (StatusCode::SEE_OTHER, "/masuk"));
        assert_eq!(world.post(&link, "", &form).await.status, StatusCode::GONE);
        assert_eq!(world.get(&link, "").await.status, StatusCode::GONE);

        let admin = world.enter(&number(0)).await;
        assert_eq!(admin.get("/rekap/DISDIK/2026-10/").await.status, StatusCode::OK);
        assert_eq!(admin.get("/rekap/DINSOS/2026-10/").await.status, StatusCode::FORBIDDEN);
        let again = bkpsdm.post("/akun/baru", &new_account(&number(0), "atasan", "DISDIK")).await;
        assert!(again.text().contains("sudah punya akun"), "{}", again.text());
    })
    .await;
}

#[tokio::test]
async fn a_link_ends_with_its_time_or_with_a_newer_one() {
    each_engine(async |db| {
        let (world, clock) = World::with_clock(db, 1).await;
        world.account("bkpsdm", Role::Bkpsdm, None, None).await;
        let bkpsdm = world.enter("bkpsdm").await;
        let first =
            link(&bkpsdm.post("/akun/baru", &new_account("auditor.bpk", "auditor", "*")).await.text());
        let mut tx = world.office.db.begin_read(TENANT).await.unwrap();
        let id = store::account::by_login(&mut tx, "auditor.bpk").await.unwrap().unwrap().account_id;
        drop(tx);
        let second = link(&bkpsdm.post(&(path(id) + "/tautan"), "").await.text());
        assert_eq!(world.get(&first, "").await.status, StatusCode::GONE, "a newer link took its place");
        assert_eq!(world.get(&second, "").await.status, StatusCode::OK);
        clock.set(world.office.now() + 73.hours());
        assert_eq!(world.get(&second, "").await.status, StatusCode::GONE, "it lasts three days");
        let form = format!("sandi={PASSPHRASE}&ulangi={PASSPHRASE}");
        assert_eq!(world.post(&second, "", &form).await.status, StatusCode::GONE);
    })
    .await;
}

#[tokio::test]
async fn a_locked_account_is_out_at_once_and_comes_back_only_by_login() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        world.account("bkpsdm", Role::Bkpsdm, None, None).await;
        let id = world.account("admin", Role::AdminOpd, Some(world.units[1]), None).await;
        let (bkpsdm, admin) = (world.enter("bkpsdm").await, world.enter("admin").await);
        assert_eq!(admin.get("/beranda").await.status, StatusCode::OK);
        let unexplained = bkpsdm.post(&(path(id) + "/kunci"), "alasan=").await;
        assert_eq!(unexplained.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(admin.get("/beranda").await.status, StatusCode::OK);
        let locked = bkpsdm.post(&(path(id) + "/kunci"), "alasan=Pindah+tugas").await;
        assert_eq!(locked.status, StatusCode::SEE_OTHER, "{}", locked.text());
        assert!(admin.get("/beranda").await.location().starts_with("/masuk"));
        let shut = world.post("/masuk", "", &format!("nip=admin&sandi={PASSPHRASE}")).await;
        assert!(shut.text().contains("tidak aktif"), "{}", shut.text());
        let link = bkpsdm.post(&(path(id) + "/tautan"), "").await;
        assert_eq!(link.status, StatusCode::UNPROCESSABLE_ENTITY);

        bkpsdm.post(&(path(id) + "/buka"), "alasan=Kembali+bertugas").await;
        assert!(admin.get("/beranda").await.location().starts_with("/masuk"), "the old session stays over");
        let back = world.enter("admin").await;
        assert_eq!(back.get("/beranda").await.status, StatusCode::OK);
        bkpsdm.post(&(path(id) + "/sesi"), "").await;
        assert!(back.get("/beranda").await.location().starts_with("/masuk"));
        let kept = actions(&world, id).await;
        for action in ["account.close", "account.open", "account.sessions"] {
            assert!(kept.iter().any(|kept| kept == action), "{action} in {kept:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_changes_their_own_account() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        let me = world.account("operator", Role::Sistem, None, None).await;
        let operator = world.enter("operator").await;
        let page = operator.get(&path(me)).await.text();
        assert!(page.contains("akun Anda sendiri") && !page.contains("/peran\""), "no form, and the way on");
        let mut tx = world.office.db.begin_read(TENANT).await.unwrap();
        let grant = store::account::grants_of(&mut tx, &[me]).await.unwrap()[0].grant_id;
        drop(tx);
        let take = format!("peran={}&alasan=Selesai+tugas", grant.0.simple());
        for (what, form) in [
            ("peran", GIVE),
            ("peran", "peran=tidak_ada"),
            ("cabut", &take),
            ("kunci", "alasan=Selesai+tugas"),
            ("buka", "alasan=Selesai+tugas"),
            ("tautan", ""),
            ("sesi", ""),
        ] {
            let answer = operator.post(&format!("{}/{what}", path(me)), form).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{what}");
        }
        let mut tx = world.office.db.begin_read(TENANT).await.unwrap();
        let held = store::account::grants_of(&mut tx, &[me]).await.unwrap();
        assert_eq!(held.iter().map(|g| g.role).collect::<Vec<_>>(), [Role::Sistem]);
        drop(tx);
        assert_eq!(operator.get("/akun").await.status, StatusCode::OK, "still logged in");
    })
    .await;
}

#[tokio::test]
async fn a_role_is_given_for_some_days_and_taken_at_once() {
    each_engine(async |db| {
        let (world, clock) = World::with_clock(db, 1).await;
        world.account("bkpsdm", Role::Bkpsdm, None, None).await;
        let id = world.account("orang", Role::Sistem, None, None).await;
        let (bkpsdm, person) = (world.enter("bkpsdm").await, world.enter("orang").await);
        let give = path(id) + "/peran";
        let form = "peran=admin_opd&unit=DISDIK&dari=2026-11-04&sampai=2026-11-05&alasan=SK+Plt+800%2F7";
        for (wrong, sentence) in [
            (form.replace("2026-11-04", "2026-11-02"), "paling awal hari ini"),
            (form.replace("2026-11-05", "2026-11-03"), "lebih awal dari hari pertamanya"),
            (form.replace("DISDIK", ""), "Pilih unitnya"),
            (form.replace("SK+Plt+800%2F7", ""), "alasannya"),
            (form.replace("admin_opd", "pegawai"), "hanya untuk akun milik pegawai"),
            (form.replace("2026-11-04", "besok"), "tidak terbaca"),
        ] {
            let answer = bkpsdm.post(&give, &wrong).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
            assert!(answer.text().contains(sentence), "{wrong}: {}", answer.text());
        }
        let given = bkpsdm.post(&give, form).await;
        assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.text());
        assert!(bkpsdm.post(&give, form).await.text().contains("sudah memegang peran itu"));
        let sheet = "/rekap/DISDIK/2026-10/";
        assert_eq!(person.get(sheet).await.status, StatusCode::FORBIDDEN, "not begun");
        clock.set(world.office.now() + 24.hours());
        let (bkpsdm, person) = (world.enter("bkpsdm").await, world.enter("orang").await);
        assert_eq!(person.get(sheet).await.status, StatusCode::OK);

        let mut tx = world.office.db.begin_read(TENANT).await.unwrap();
        let held = store::account::grants_of(&mut tx, &[id]).await.unwrap();
        let grant = held.iter().find(|g| g.role == Role::AdminOpd).unwrap().grant_id.0.simple().to_string();
        drop(tx);
        let take = |reason: &str| format!("peran={grant}&alasan={reason}");
        let cabut = path(id) + "/cabut";
        assert_eq!(bkpsdm.post(&cabut, &take("")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(bkpsdm.post(&cabut, &take("Selesai+tugas")).await.status, StatusCode::SEE_OTHER);
        assert_eq!(person.get(sheet).await.status, StatusCode::FORBIDDEN);
        assert_eq!(bkpsdm.post(&cabut, &take("Selesai+tugas")).await.status, StatusCode::NOT_FOUND);
        let kept = actions(&world, id).await;
        assert!(kept.contains(&"account.grant".to_owned()) && kept.contains(&"account.revoke".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn a_manager_of_one_unit_stays_in_it() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        world.account("unit", Role::Bkpsdm, Some(world.units[1]), None).await;
        let inside = world.account("dalam", Role::AdminOpd, Some(world.units[1]), None).await;
        let outside = world.account("luar", Role::AdminOpd, Some(world.units[2]), None).await;
        let officer = world.enter("unit").await;
        let list = officer.get("/akun").await.text();
        assert!(list.contains(">dalam<") && !list.contains(">luar<"));
        assert_eq!(officer.get(&path(outside)).await.status, StatusCode::FORBIDDEN);
        let lock = "alasan=Selesai+tugas";
        assert_eq!(officer.post(&(path(outside) + "/kunci"), lock).await.status, StatusCode::FORBIDDEN);
        let give = path(inside) + "/peran";
        assert_eq!(officer.post(&give, GIVE).await.status, StatusCode::FORBIDDEN, "not the whole government");
        let other = GIVE.replace("unit=*", "unit=DINSOS");
        assert_eq!(officer.post(&give, &other).await.status, StatusCode::FORBIDDEN);
        let made = officer.post("/akun/baru", &new_account("kawan", "auditor", "DISDIK")).await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.text());
        let wide = officer.post("/akun/baru", &new_account("kawan2", "auditor", "*")).await;
        assert_eq!(wide.status, StatusCode::FORBIDDEN);
        assert_eq!(officer.post(&(path(inside) + "/kunci"), lock).await.status, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test]
async fn a_login_that_cannot_be_is_refused_with_the_way_on() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        world.account("bkpsdm", Role::Bkpsdm, None, None).await;
        let bkpsdm = world.enter("bkpsdm").await;
        for (login, sentence) in [
            ("199001012015011001", "Tidak ada pegawai dengan NIP ini"),
            ("1985", "NIP"),
            ("ab", "3 sampai 32"),
            ("a%00bcd", "3 sampai 32"),
            ("bkpsdm", "sudah punya akun"),
        ] {
            let answer = bkpsdm.post("/akun/baru", &new_account(login, "auditor", "*")).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{login}");
            assert!(answer.text().contains(sentence), "{login}: {}", answer.text());
        }
        for odd in ["cari=%00", "cari=%25", "hal=0", "hal=99999999999999999999", "hal=9223372036854775807"] {
            assert_eq!(bkpsdm.get(&format!("/akun?{odd}")).await.status, StatusCode::OK, "{odd}");
        }
    })
    .await;
}
