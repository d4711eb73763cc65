//! Nothing of an erased person is left in what terminals sent, table by table.

use domain::ids::{EmployeeId, RecordId};
use jiff::{
    ToSpan,
    civil::{date, datetime},
};
use serde_json::json;
use store::{
    Db, erasure,
    pin_map::{self, PinOwner},
    punch,
    terminal::{self, Command, CommandState, JournalEntry, NewAlert, QuarantinedLine},
    testing::{TENANT, each_engine, query_sql, start},
};

use crate::fixture::{DINAS, GROUP, TERMINAL, person, punch as at, record_id, terminal as at_the_door};

/// Budi has PIN 1 until October, with a punch on the second; since November Ani has it. Both also have PINs 12 and 2.
async fn world(db: &Db) -> EmployeeId {
    let mut tx = db.begin_write(TENANT).await.unwrap();
    at_the_door(&mut tx).await;
    let budi = person(&mut tx, 1, "Budi", DINAS, date(2026, 1, 1)).await;
    let ani = person(&mut tx, 2, "Ani", DINAS, date(2026, 1, 1)).await;
    let owner = |pin: &str, employee_id, valid_from, valid_until| PinOwner {
        group_id: GROUP,
        pin: pin.into(),
        valid_from,
        recorded_at: start(),
        employee_id,
        valid_until,
        actor: "test".into(),
    };
    let owners = [
        owner("1", budi, date(2026, 1, 1), Some(date(2026, 10, 31))),
        owner("1", ani, date(2026, 11, 1), None),
        owner("2", ani, date(2026, 1, 1), None),
    ];
    pin_map::map(&mut tx, &owners).await.unwrap();
    let mut rows =
        vec![at("1", datetime(2026, 10, 2, 7, 0, 0, 0)), at("2", datetime(2026, 10, 2, 7, 1, 0, 0))];
    pin_map::resolve(&mut tx, &mut rows).await.unwrap();
    punch::insert_batch(&mut tx, &rows).await.unwrap();
    tx.commit().await.unwrap();
    budi
}

async fn sent(db: &Db, table: &str, body: &str) -> RecordId {
    let entry = JournalEntry {
        journal_id: record_id(),
        serial: "BOCK200961014".into(),
        terminal_id: Some(TERMINAL),
        received_at: start(),
        peer: "10.0.0.7".into(),
        method: "POST".into(),
        target: format!("/iclock/cdata?SN=BOCK200961014&table={table}"),
        body: body.as_bytes().to_vec(),
        outcome: "accepted".into(),
    };
    let mut tx = db.begin_write(TENANT).await.unwrap();
    terminal::add_journal(&mut tx, &entry).await.unwrap();
    tx.commit().await.unwrap();
    entry.journal_id
}

async fn kept(db: &Db, journal: RecordId) -> String {
    let mut tx = db.begin_read(TENANT).await.unwrap();
    String::from_utf8(terminal::journal_body(&mut tx, journal).await.unwrap()).unwrap()
}

async fn erase(db: &Db, budi: EmployeeId) {
    let mut tx = db.begin_write(TENANT).await.unwrap();
    erasure::person(&mut tx, budi).await.unwrap();
    tx.commit().await.unwrap();
}

/// Sends a body twice and looks what is left of both after the erasure.
async fn leaves(table: &str, body: &str, rest: &str) {
    each_engine(async |db| {
        let budi = world(&db).await;
        let both = [sent(&db, table, body).await, sent(&db, table, body).await];
        erase(&db, budi).await;
        for journal in both {
            assert_eq!(kept(&db, journal).await, rest, "{table}");
        }
    })
    .await;
}

#[tokio::test]
async fn punches_go_from_every_upload_that_sent_them_but_not_those_of_the_next_owner() {
    leaves(
        "ATTLOG",
        "1\t2026-10-02 07:00:00\t0\t1\n2\t2026-10-02 07:01:00\t0\t1\n1\t2026-11-02 07:00:00\t0\t1\n",
        "2\t2026-10-02 07:01:00\t0\t1\n1\t2026-11-02 07:00:00\t0\t1\n",
    )
    .await;
}

#[tokio::test]
async fn events_of_access_control_go() {
    leaves(
        "rtlog",
        "time=2026-10-02 07:00:00\tpin=1\tcardno=0\tevent=0\ntime=2026-10-02 07:01:00\tpin=2\tcardno=0\tevent=0\n",
        "time=2026-10-02 07:01:00\tpin=2\tcardno=0\tevent=0\n",
    )
    .await;
}

#[tokio::test]
async fn templates_and_users_go_however_their_keys_are_written() {
    leaves(
        "BIODATA",
        "BIODATA Pin=1\tNo=0\tTmp=[removed]\nBIODATA Pin=2\tNo=0\tTmp=[removed]\n",
        "BIODATA Pin=2\tNo=0\tTmp=[removed]\n",
    )
    .await;
    leaves(
        "OPERLOG",
        "USER PIN=1\tName=Budi\tPri=0\nUSER PIN=12\tName=Ani\tPri=0\n",
        "USER PIN=12\tName=Ani\tPri=0\n",
    )
    .await;
    leaves(
        "tabledata&tablename=user",
        "user uid=1\tcardno=\tpin=1\tname=Budi\nuser uid=2\tcardno=\tpin=2\tname=Ani\n",
        "user uid=2\tcardno=\tpin=2\tname=Ani\n",
    )
    .await;
}

#[tokio::test]
async fn operations_and_photos_of_the_person_go() {
    leaves(
        "OPERLOG",
        "OPLOG 6\t9\t2026-10-02 07:00:00\t1\t0\nOPLOG 4\t0\t2026-10-02 07:00:00\t0\n",
        "OPLOG 4\t0\t2026-10-02 07:00:00\t0\n",
    )
    .await;
    leaves("ATTPHOTO", "PIN=20261002070000-1.jpg\nCMD=uploadphoto", "CMD=uploadphoto").await;
}

#[tokio::test]
async fn until_a_day_only_the_lines_up_to_it_go_and_the_user_stays() {
    each_engine(async |db| {
        let budi = world(&db).await;
        let body = "1\t2026-10-02 07:00:00\t0\n1\t2026-10-03 07:00:00\t0\nUSER PIN=1\tName=Budi\n";
        let journal = sent(&db, "ATTLOG", body).await;
        let mut tx = db.begin_write(TENANT).await.unwrap();
        let erased = erasure::facts(&mut tx, budi, date(2026, 10, 2)).await.unwrap();
        assert!(erased.rows.contains(&("terminal_journal", 1)), "{:?}", erased.rows);
        tx.commit().await.unwrap();
        assert_eq!(kept(&db, journal).await, "1\t2026-10-03 07:00:00\t0\nUSER PIN=1\tName=Budi\n");
    })
    .await;
}

#[tokio::test]
async fn lines_set_aside_alerts_and_commands_of_the_person_go() {
    each_engine(async |db| {
        let budi = world(&db).await;
        let journal_id = sent(&db, "ATTLOG", "").await;
        let line = |line_no, raw: &str| QuarantinedLine {
            journal_id,
            line_no,
            terminal_id: TERMINAL,
            raw: raw.as_bytes().to_vec(),
            reason: "bad_time".into(),
            recorded_at: start(),
        };
        let alert = |pin: &str, day: &str, employee: serde_json::Value| NewAlert {
            alert_id: record_id(),
            terminal_id: Some(TERMINAL),
            kind: "two_places".into(),
            dedupe_key: format!("two_places:{pin}:{day}"),
            detail: json!({ "employee": employee, "pin": pin, "local_time": format!("{day}T07:00:00") }),
            at: start(),
        };
        let command = |id: &str, pin: &str, name: &str| Command {
            command_id: id.into(),
            terminal_id: TERMINAL,
            body: json!({ "order": "update_user", "pin": pin, "name": name, "privilege": 0, "card": "" })
                .to_string(),
            state: CommandState::Pending,
            queued_at: start() + 1.hour(),
            queued_by: "cli".into(),
            sent_at: None,
            done_at: None,
            return_code: None,
            result: None,
        };
        let mut tx = db.begin_write(TENANT).await.unwrap();
        terminal::quarantine(&mut tx, &[line(1, "1\t2026-99-02 07:00:00"), line(2, "2\tx")]).await.unwrap();
        let nobody = serde_json::Value::Null;
        for alert in [
            alert("77", "2026-10-02", budi.to_string().into()),
            alert("1", "2026-10-02", nobody.clone()),
            alert("1", "2026-11-02", nobody),
        ] {
            terminal::raise(&mut tx, &alert).await.unwrap();
        }
        terminal::queue(&mut tx, &command("A", "1", "Budi")).await.unwrap();
        terminal::queue(&mut tx, &command("B", "2", "Ani")).await.unwrap();
        tx.commit().await.unwrap();
        erase(&db, budi).await;
        let mut tx = db.begin_read(TENANT).await.unwrap();
        let raw = terminal::quarantined(&mut tx, None, 10).await.unwrap();
        assert_eq!(raw.iter().map(|line| line.line_no).collect::<Vec<_>>(), [2]);
        let alerts = query_sql(&mut tx, "SELECT dedupe_key AS value FROM terminal_alert").await.unwrap();
        assert_eq!(alerts, ["two_places:1:2026-11-02"], "that was Ani");
        let commands = query_sql(&mut tx, "SELECT command_id AS value FROM terminal_command").await.unwrap();
        assert_eq!(commands, ["B"]);
    })
    .await;
}
