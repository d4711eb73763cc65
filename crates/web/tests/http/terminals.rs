//! Terminals: approval, PINs and commands, each only where the right holds, and names only for those who need them.

use axum::http::StatusCode;
use domain::{ids::TerminalId, rights::Role, zone::Zone};
use store::{
    punch,
    terminal::{self, DeviceUser, Terminal, TerminalState},
    testing::{TENANT, each_engine},
};

use crate::fixture::{World, number};

const LOBBY: &str = "/terminal/CEXX202360123";

/// A terminal that knocked and waits.
async fn knock(world: &World, serial: &str) {
    let row = Terminal {
        model: "K14 Pro".into(),
        last_ip: "10.20.4.18".into(),
        ..Terminal::met(world.office.id(TerminalId::new), serial, Zone::Wib, world.office.now())
    };
    let mut tx = world.office.db.begin_write(TENANT).await.unwrap();
    terminal::put(&mut tx, &row).await.unwrap();
    tx.commit().await.unwrap();
}

/// Punches of a PIN that nobody owns; the terminal of Dinas Pendidikan knows a name for it.
async fn stray(world: &World, pin: &str, name: &str) {
    let mut row = world.punch_row(0, "2026-11-02 07:20:00");
    (row.pin, row.employee_id) = (pin.into(), None);
    let user = DeviceUser {
        terminal_id: world.terminal,
        pin: pin.into(),
        name: name.into(),
        privilege: 0,
        seen_at: world.office.now(),
    };
    let mut tx = world.office.db.begin_write(TENANT).await.unwrap();
    punch::insert_batch(&mut tx, &[row]).await.unwrap();
    terminal::put_users(&mut tx, &[user]).await.unwrap();
    tx.commit().await.unwrap();
}

async fn unmapped(world: &World) -> usize {
    let mut tx = world.office.db.begin_read(TENANT).await.unwrap();
    punch::unmapped(&mut tx, 100).await.unwrap().len()
}

async fn stored(world: &World, serial: &str) -> Terminal {
    let mut tx = world.office.db.begin_read(TENANT).await.unwrap();
    terminal::by_serial(&mut tx, serial).await.unwrap().unwrap()
}

#[tokio::test]
async fn an_operator_approves_or_rejects_what_knocks() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        knock(&world, "NEW0001").await;
        knock(&world, "NEW0002").await;
        for (login, role, unit) in [
            ("operator", Role::Sistem, None),
            ("bkpsdm", Role::Bkpsdm, None),
            ("admin", Role::AdminOpd, Some(world.units[1])),
        ] {
            world.account(login, role, unit, None).await;
        }
        let clerk = world.enter("admin").await;
        let seen = clerk.get("/terminal").await.text();
        assert!(seen.contains("Lobi") && !seen.contains("NEW0001"), "a clerk sees the own terminals");
        let officer = world.enter("bkpsdm").await;
        let seen = officer.get("/terminal").await.text();
        assert!(seen.contains("NEW0001") && !seen.contains("/terminal/setujui"), "sees, does not decide");
        let form = "seri=NEW0001&nama=Aula&opd=DINSOS&zona=WITA&grup=";
        assert_eq!(officer.post("/terminal/setujui", form).await.status, StatusCode::FORBIDDEN);

        let operator = world.enter("operator").await;
        let wrong = operator.post("/terminal/setujui", "seri=NEW0001&nama=Aula&opd=&zona=WITA&grup=").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            wrong.text().contains("Pilih OPD") && wrong.text().contains("value=\"Aula\""),
            "the form is kept"
        );
        assert_eq!(stored(&world, "NEW0001").await.state, TerminalState::Pending);
        assert_eq!(operator.post("/terminal/setujui", form).await.location(), "/terminal");
        let row = stored(&world, "NEW0001").await;
        assert_eq!((row.state, row.zone, row.name.as_str()), (TerminalState::Approved, Zone::Wita, "Aula"));
        assert_eq!(row.unit_id, Some(world.units[2]));
        assert!(row.group_id.is_some_and(|g| g != world.group), "the group of its own OPD");
        let list = operator.get("/terminal").await.text();
        assert!(list.contains("Aula") && list.contains("Dinas Sosial"), "{list}");
        assert_eq!(operator.post("/terminal/setujui", form).await.status, StatusCode::CONFLICT);
        assert_eq!(operator.post("/terminal/tolak", "seri=NEW0001").await.status, StatusCode::CONFLICT);

        assert_eq!(operator.post("/terminal/tolak", "seri=NEW0002").await.location(), "/terminal");
        assert_eq!(stored(&world, "NEW0002").await.state, TerminalState::Retired);
        assert_eq!(operator.post("/terminal/tolak", "seri=NADA").await.status, StatusCode::NOT_FOUND);
        let rejected = operator.get("/terminal/NEW0002").await.text();
        assert!(rejected.contains("/terminal/buka"), "a rejection can be taken back: {rejected}");
        assert_eq!(officer.post("/terminal/buka", "seri=NEW0002").await.status, StatusCode::FORBIDDEN);
        assert_eq!(operator.post("/terminal/buka", "seri=NEW0002").await.location(), "/terminal");
        assert_eq!(stored(&world, "NEW0002").await.state, TerminalState::Pending);
        assert_eq!(operator.post("/terminal/buka", "seri=NEW0002").await.status, StatusCode::CONFLICT);
    })
    .await;
}

#[tokio::test]
async fn a_clerk_gives_pins_to_people_of_the_own_opd_only() {
    each_engine(async |db| {
        let world = World::new(db, 2).await;
        stray(&world, "777", &number(0)).await;
        let me = world.people[1];
        world.account("admin", Role::AdminOpd, Some(world.units[1]), Some(me)).await;
        world.account("lain", Role::AdminOpd, Some(world.units[2]), None).await;
        let pin = format!("{LOBBY}/pin");
        let mine = format!("pin=777&nip={}", number(0));

        let other = world.enter("lain").await;
        assert_eq!(other.get(LOBBY).await.status, StatusCode::FORBIDDEN);
        assert_eq!(other.post(&pin, &mine).await.status, StatusCode::FORBIDDEN);

        let clerk = world.enter("admin").await;
        let page = clerk.get(LOBBY).await.text();
        assert!(
            page.contains(&format!("PIN 777 · {}", number(0))) && page.contains("Mungkin Pegawai 000"),
            "{page}"
        );
        assert!(!page.contains(&number(1)), "nobody is offered the own number");
        assert!(!page.contains(&number(2)), "people of another OPD are not offered");
        for (nip, why) in [
            (number(2), "tidak ada di unit Anda"),
            (number(1), "milik Anda sendiri"),
            ("1,98E+17".to_owned(), "NIP"),
        ] {
            let refused = clerk.post(&pin, &format!("pin=777&nip={nip}")).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{nip}");
            assert!(refused.text().contains(why), "{nip}");
            assert_eq!(unmapped(&world).await, 1, "{nip}");
        }
        let mapped = clerk.post(&pin, &mine).await;
        assert_eq!(mapped.status, StatusCode::OK);
        let text = mapped.text();
        assert!(text.contains("PIN 777 dihubungkan; 1 presensi"), "{text}");
        assert!(text.contains("Semua PIN sudah dikenali"));
        assert_eq!(unmapped(&world).await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_operator_runs_terminals_without_seeing_names() {
    each_engine(async |db| {
        let world = World::new(db, 2).await;
        stray(&world, "777", "SITI RAHMAWATI").await;
        world.account("operator", Role::Sistem, None, None).await;
        world.account("admin", Role::AdminOpd, Some(world.units[1]), None).await;
        let operator = world.enter("operator").await;
        let page = operator.get(LOBBY).await.text();
        assert!(page.contains("PIN 777"), "{page}");
        for hidden in ["SITI RAHMAWATI", "Pegawai 0", &number(0), &format!("{LOBBY}/pin")] {
            assert!(!page.contains(hidden), "{hidden}");
        }
        let form = format!("pin=777&nip={}", number(0));
        assert_eq!(operator.post(&format!("{LOBBY}/pin"), &form).await.status, StatusCode::FORBIDDEN);

        let command = format!("{LOBBY}/perintah");
        assert_eq!(operator.post(&command, "perintah=mulai-ulang").await.location(), LOBBY);
        let page = operator.get(LOBBY).await.text();
        assert!(page.contains("Menunggu terminal") && page.contains("operator"), "{page}");
        let unknown = operator.post(&command, "perintah=hapus-data").await;
        assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
        let clerk = world.enter("admin").await;
        assert_eq!(clerk.post(&command, "perintah=mulai-ulang").await.status, StatusCode::FORBIDDEN);
        assert!(!clerk.get(LOBBY).await.text().contains("name=\"perintah\""));
        assert_eq!(operator.get("/terminal/NADA").await.status, StatusCode::NOT_FOUND);
    })
    .await;
}
