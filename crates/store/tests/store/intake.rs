//! Punches, owners of PINs and uploads.

use domain::ids::{EmployeeId, PunchId};
use jiff::{
    Timestamp, ToSpan,
    civil::{date, datetime},
};
use store::{
    Db, ErrorKind, Scope,
    employee::{self, Employee, names},
    pin_map::{self, PinOwner},
    punch,
    terminal::{self, JournalEntry, QuarantinedLine, Upload},
    testing::{TENANT, each_engine, start},
};

use crate::fixture::{
    BADAN, DINAS, GROUP, TERMINAL, fact, id, inserts, person, punch as at, record_id, terminal,
};

fn owner(pin: &str, employee: EmployeeId, since: jiff::civil::Date) -> PinOwner {
    PinOwner {
        group_id: GROUP,
        pin: pin.to_owned(),
        valid_from: since,
        recorded_at: start(),
        employee_id: employee,
        valid_until: None,
        actor: "cli".to_owned(),
    }
}

fn everything() -> (Timestamp, Timestamp) {
    (start() - (24 * 400).hours(), start() + (24 * 400).hours())
}

#[tokio::test]
async fn the_same_punch_is_one_punch() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        terminal(&mut tx).await;
        let rows: Vec<_> = (0..10_000)
            .map(|n| {
                at(
                    &format!("{:04}", n % 1000),
                    datetime(2026, 11, 2, 7, 0, 0, 0) + i64::from(n / 1000).minutes(),
                )
            })
            .collect();
        let before = tx.statements();
        assert_eq!(punch::insert_batch(&mut tx, &rows).await.unwrap(), 10_000);
        let asked = inserts(db.kind(), 10_000) + 1;
        assert_eq!(tx.statements() - before, asked, "the inserts, and the question which are known");
        let before = tx.statements();
        assert_eq!(punch::insert_batch(&mut tx, &rows).await.unwrap(), 0);
        assert_eq!(tx.statements() - before, 1, "known punches are found, not tried");
        let twice =
            [at("0701", datetime(2026, 11, 3, 7, 0, 0, 0)), at("0701", datetime(2026, 11, 3, 7, 0, 0, 0))];
        assert_eq!(punch::insert_batch(&mut tx, &twice).await.unwrap(), 1, "twice in one batch");
        let other = [at("701", datetime(2026, 11, 3, 7, 0, 0, 0))];
        assert_eq!(punch::insert_batch(&mut tx, &other).await.unwrap(), 1, "a leading zero counts");
        let mut nobody = at("1", datetime(2026, 11, 3, 7, 0, 0, 0));
        (nobody.terminal_id, nobody.device_group_id) = (None, None);
        assert_eq!(punch::insert_batch(&mut tx, &[nobody]).await.unwrap_err().kind(), ErrorKind::Other);
    })
    .await;
}

#[tokio::test]
async fn what_goes_in_comes_out() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        terminal(&mut tx).await;
        let ani = person(&mut tx, 1, "Ani", DINAS, date(2025, 1, 1)).await;
        let mut row = at("0701", datetime(2026, 11, 2, 7, 29, 58, 0));
        row.employee_id = Some(ani);
        row.flags = "skip clock_wrong".to_owned();
        punch::insert_batch(&mut tx, &[row.clone()]).await.unwrap();
        let (from, until) = everything();
        let found = punch::of(&mut tx, Scope::Subtree(DINAS), from, until).await.unwrap();
        assert_eq!(found, [row.clone()]);
        assert!(found[0].has_flag("skip") && !found[0].has_flag("clock"));
        assert_eq!(punch::of(&mut tx, Scope::Subtree(BADAN), from, until).await.unwrap(), []);
        assert_eq!(punch::of(&mut tx, Scope::Everyone, row.at, row.at).await.unwrap(), [], "the end is open");
        punch::void(&mut tx, row.punch_id, "cli", start()).await.unwrap();
        assert_eq!(punch::of(&mut tx, Scope::People(&[ani]), from, until).await.unwrap(), []);
        let again = punch::PunchRow { punch_id: PunchId(id()), ..row.clone() };
        assert_eq!(punch::insert_batch(&mut tx, &[again]).await.unwrap(), 1, "it came again, so it is real");
        assert_eq!(punch::of(&mut tx, Scope::People(&[ani]), from, until).await.unwrap(), [row]);
    })
    .await;
}

#[tokio::test]
async fn mapping_a_pin_takes_its_waiting_punches_along() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        terminal(&mut tx).await;
        let ani = person(&mut tx, 1, "Ani", DINAS, date(2025, 1, 1)).await;
        let budi = person(&mut tx, 2, "Budi", BADAN, date(2025, 1, 1)).await;
        let days = [2_i8, 3, 4].map(|d| at("9", date(2026, 11, d).at(7, 0, 0, 0)));
        punch::insert_batch(&mut tx, &days).await.unwrap();
        let waiting = punch::unmapped(&mut tx, 10).await.unwrap();
        assert_eq!((waiting[0].pin.as_str(), waiting[0].punches), ("9", 3));
        assert_eq!(waiting[0].last, date(2026, 11, 4).at(7, 0, 0, 0));

        let mapped = pin_map::map(&mut tx, &[owner("9", ani, date(2026, 11, 3))]).await.unwrap();
        assert_eq!((mapped.owners, mapped.punches), (1, 2), "the second of November was before");
        let mapped = pin_map::map(&mut tx, &[owner("9", budi, date(2026, 11, 4))]).await.unwrap();
        assert_eq!(mapped.punches, 1, "only the last day changes hands");
        let (from, until) = everything();
        let of = punch::of(&mut tx, Scope::People(&[ani]), from, until).await.unwrap();
        assert_eq!(of.iter().map(|p| p.local_time.date().day()).collect::<Vec<_>>(), [3]);

        let mut later =
            [at("9", date(2026, 11, 3).at(16, 0, 0, 0)), at("9", date(2026, 11, 5).at(7, 0, 0, 0))];
        pin_map::resolve(&mut tx, &mut later).await.unwrap();
        assert_eq!(later.map(|p| p.employee_id), [Some(ani), Some(budi)]);
        assert_eq!(pin_map::all(&mut tx).await.unwrap().len(), 2);

        // Recorded again at the same instant for somebody else: nothing names the owner before any more, who has the punch.
        let mapped = pin_map::map(&mut tx, &[owner("9", ani, date(2026, 11, 4))]).await.unwrap();
        assert_eq!((mapped.owners, mapped.punches), (1, 1));
        assert_eq!(punch::of(&mut tx, Scope::People(&[budi]), from, until).await.unwrap(), []);
    })
    .await;
}

fn upload(body: &str) -> Upload {
    let journal_id = record_id();
    Upload {
        terminal_id: TERMINAL,
        journal: Some(JournalEntry {
            journal_id,
            serial: "BOCK200961014".to_owned(),
            terminal_id: Some(TERMINAL),
            received_at: start() + 1.hour(),
            peer: "10.0.0.9:41000".to_owned(),
            method: "POST".to_owned(),
            target: "/iclock/cdata?SN=BOCK200961014&table=ATTLOG&Stamp=9999".to_owned(),
            body: body.as_bytes().to_vec(),
            outcome: "accepted".to_owned(),
        }),
        punches: vec![at("9", datetime(2026, 11, 2, 7, 0, 0, 0)), at("8", datetime(2026, 11, 2, 7, 1, 0, 0))],
        quarantined: vec![QuarantinedLine {
            journal_id,
            line_no: 3,
            terminal_id: TERMINAL,
            raw: b"rubbish\0\xff".to_vec(),
            reason: "no time".to_owned(),
            recorded_at: start(),
        }],
        stamp: Some(("ATTLOG".to_owned(), "9999".to_owned())),
        at: start() + 1.hour(),
        ip: "10.0.0.9".to_owned(),
    }
}

#[tokio::test]
async fn an_upload_is_written_whole_and_only_once() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        terminal(&mut tx).await;
        let ani = person(&mut tx, 1, "Ani", DINAS, date(2025, 1, 1)).await;
        pin_map::map(&mut tx, &[owner("9", ani, date(2026, 1, 1))]).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = db.begin_write(TENANT).await.unwrap();
        let first = terminal::upload(&mut tx, &mut upload("raw\0")).await.unwrap();
        assert_eq!((first.new, first.duplicates, first.quarantined, first.unmapped), (2, 0, 1, 1));
        assert!(tx.statements() < 10);
        tx.commit().await.unwrap();
        let mut tx = db.begin_write(TENANT).await.unwrap();
        let again = terminal::upload(&mut tx, &mut upload("raw\0")).await.unwrap();
        assert_eq!((again.new, again.duplicates), (0, 2));
        drop(tx);

        let mut tx = db.begin_read(TENANT).await.unwrap();
        let journal = terminal::journal_of(&mut tx, TERMINAL, 10).await.unwrap();
        assert_eq!(journal.len(), 1, "the second upload was rolled back");
        assert_eq!(terminal::journal_body(&mut tx, journal[0].journal_id).await.unwrap(), b"raw\0");
        let lines = terminal::quarantined(&mut tx, Some(TERMINAL), 10).await.unwrap();
        assert_eq!(lines[0].raw, b"rubbish\0\xff");
        assert_eq!(terminal::stamps(&mut tx, TERMINAL).await.unwrap(), [("ATTLOG".into(), "9999".into())]);
        let known = terminal::get(&mut tx, TERMINAL).await.unwrap();
        assert_eq!((known.last_seen, known.last_ip.as_str()), (start() + 1.hour(), "10.0.0.9"));
    })
    .await;
}

#[tokio::test]
async fn the_same_punch_from_many_connections_is_one_row() {
    async fn send(db: Db) -> u64 {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        let rows: Vec<_> = (0..200).map(|n| at(&n.to_string(), datetime(2026, 11, 2, 7, 0, 0, 0))).collect();
        let new = punch::insert_batch(&mut tx, &rows).await.unwrap();
        tx.commit().await.unwrap();
        new
    }
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        terminal(&mut tx).await;
        tx.commit().await.unwrap();
        let all: Vec<_> = (0..8).map(|_| tokio::spawn(send(db.clone()))).collect();
        let mut new = 0;
        for one in all {
            new += one.await.unwrap();
        }
        assert_eq!(new, 200);
    })
    .await;
}

#[tokio::test]
async fn a_month_of_an_opd_is_three_statements_whatever_its_size() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        terminal(&mut tx).await;
        let row = |n: usize| Employee {
            employee_id: EmployeeId(id()),
            name: format!("Nama {n:04}"),
            front_title: String::new(),
            back_title: String::new(),
            birth_date: None,
            sex: None,
            created_at: start(),
            import_id: None,
        };
        let people: Vec<_> = (0..1000).map(row).collect();
        employee::add(&mut tx, &people).await.unwrap();
        // Every second one in each of the two OPD, so that a plan which starts from all facts would show.
        let unit = |n: usize| if n.is_multiple_of(2) { DINAS } else { BADAN }.to_string();
        let facts: Vec<_> = people
            .iter()
            .enumerate()
            .flat_map(|(n, p)| {
                let place = fact(p.employee_id, names::UNIT, date(2026, 1, 1), &unit(n));
                (0..7)
                    .map(move |k| fact(p.employee_id, &format!("a{k}"), date(2026, 1, 1), "x"))
                    .chain([place])
            })
            .collect();
        employee::add_attributes(&mut tx, &facts).await.unwrap();
        let owners: Vec<_> = people
            .iter()
            .enumerate()
            .map(|(n, p)| owner(&n.to_string(), p.employee_id, date(2026, 1, 1)))
            .collect();
        pin_map::map(&mut tx, &owners).await.unwrap();
        let mut punches: Vec<_> = (0..10_000)
            .map(|n| {
                at(&(n % 1000).to_string(), datetime(2026, 11, 2, 7, 0, 0, 0) + i64::from(n / 1000).hours())
            })
            .collect();
        pin_map::resolve(&mut tx, &mut punches).await.unwrap();
        punch::insert_batch(&mut tx, &punches).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = db.begin_read(TENANT).await.unwrap();
        let found =
            employee::in_subtree(&mut tx, DINAS, date(2026, 11, 1), date(2026, 11, 30)).await.unwrap();
        assert_eq!(found.len(), 500);
        assert!(found.iter().all(|p| p.attributes.len() == 8));
        let (from, until) = everything();
        assert_eq!(punch::of(&mut tx, Scope::Subtree(DINAS), from, until).await.unwrap().len(), 5_000);
        assert_eq!(tx.statements(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_pin_lent_for_a_time_goes_back_to_its_owner() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        terminal(&mut tx).await;
        let ani = person(&mut tx, 1, "Ani", DINAS, date(2025, 1, 1)).await;
        let budi = person(&mut tx, 2, "Budi", BADAN, date(2025, 1, 1)).await;
        let mut lent = owner("9", budi, date(2026, 11, 3));
        lent.valid_until = Some(date(2026, 11, 3));
        let mut days = [2_i8, 3, 4].map(|d| at("9", date(2026, 11, d).at(7, 0, 0, 0)));
        punch::insert_batch(&mut tx, &days).await.unwrap();
        pin_map::map(&mut tx, &[owner("9", ani, date(2026, 1, 1)), lent]).await.unwrap();
        let (from, until) = everything();
        let of = punch::of(&mut tx, Scope::People(&[budi]), from, until).await.unwrap();
        assert_eq!(of.iter().map(|p| p.local_time.date().day()).collect::<Vec<_>>(), [3]);
        pin_map::resolve(&mut tx, &mut days).await.unwrap();
        assert_eq!(days.map(|p| p.employee_id), [Some(ani), Some(budi), Some(ani)]);
    })
    .await;
}
