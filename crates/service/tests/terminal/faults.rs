//! Broken networks, broken databases, odd input: nothing is lost and nothing is claimed.

use store::{
    Db, Options, terminal as register,
    testing::{TestDb, each_engine, postgres, run_sql, sealer, sqlite},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::harness::{DINAS, SERIAL, Server};

const PUNCH: &str = "7\t2026-11-20 07:00:00\t0\t1\n";

async fn again(url: &str, max_pages: Option<u32>) -> Db {
    let db =
        Db::connect_with(url, Options { durable: false, max_pages, ..Options::default() }).await.unwrap();
    db.sealed_by(sealer())
}

#[tokio::test]
async fn a_database_that_is_down_costs_nothing() {
    for test_db in [sqlite().await, postgres().await] {
        let TestDb { db, url, .. } = &test_db;
        let server = Server::start(db.clone()).await;
        server.approved(SERIAL, DINAS).await;
        db.close().await;
        for (target, body) in [("cdata", PUNCH), ("devicecmd", "ID=1&Return=0&CMD=INFO\n")] {
            let reply = server.post(&format!("/iclock/{target}?SN={SERIAL}&table=ATTLOG"), body).await;
            assert_eq!((reply.status, reply.body.starts_with("OK")), (500, false), "{target}");
        }
        assert_eq!(server.get(&format!("/iclock/cdata?SN={SERIAL}&options=all")).await.status, 500);
        server.stop().await;

        let server = Server::over(again(url, None).await, 2).await;
        assert_eq!(server.stored().await, 0);
        assert_eq!(server.punches(SERIAL, PUNCH).await.body, "OK: 1");
        assert_eq!(server.stored().await, 1);
        server.office.db.close().await;
        server.stop().await;
        test_db.finish().await;
    }
}

#[tokio::test]
async fn a_failure_half_way_keeps_nothing_of_the_upload() {
    // The stamp is written after journal and punches: without its table the transaction fails when they are in it.
    let test_db = sqlite().await;
    let server = Server::start(test_db.db.clone()).await;
    server.approved(SERIAL, DINAS).await;
    let mut tx = server.write().await;
    run_sql(&mut tx, "ALTER TABLE terminal_stamp RENAME TO hidden").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(server.punches(SERIAL, PUNCH).await.status, 500);
    assert_eq!(server.stored().await, 0);
    let terminal = server.terminal(SERIAL).await.terminal_id;
    assert_eq!(register::journal_of(&mut server.read().await, terminal, 10).await.unwrap(), []);
    let mut tx = server.write().await;
    run_sql(&mut tx, "ALTER TABLE hidden RENAME TO terminal_stamp").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(server.punches(SERIAL, PUNCH).await.body, "OK: 1");
    assert_eq!(server.stored().await, 1);
    server.stop().await;
    test_db.finish().await;
}

#[tokio::test]
async fn a_full_disk_is_no_acknowledgement() {
    let test_db = sqlite().await;
    let server = Server::start(test_db.db.clone()).await;
    server.approved(SERIAL, DINAS).await;
    server.stop().await;
    test_db.db.close().await;
    let body: String = (1..=20_000).map(|n| format!("{n}\t2026-11-20 07:00:00\t0\t1\n")).collect();
    let full = Server::over(again(&test_db.url, Some(400)).await, 2).await;
    let poll = format!("/iclock/getrequest?SN={SERIAL}");
    full.get(&poll).await;
    assert_eq!(full.punches(SERIAL, &body).await.status, 500);
    assert!(full.stored().await < 20_000, "only the parts that had room");
    full.office.db.close().await;
    full.stop().await;
    let roomy = Server::over(again(&test_db.url, None).await, 3).await;
    roomy.get(&poll).await;
    assert_eq!(roomy.punches(SERIAL, &body).await.body, "OK: 20000");
    assert_eq!(roomy.stored().await, 20_000);
    roomy.office.db.close().await;
    roomy.stop().await;
    test_db.finish().await;
}

#[tokio::test]
async fn an_upload_that_breaks_off_is_not_taken() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        server.approved(SERIAL, DINAS).await;
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        let head = format!(
            "POST /iclock/cdata?SN={SERIAL}&table=ATTLOG HTTP/1.1\r\nContent-Length: 5000\r\n\r\n{PUNCH}"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut reply = String::new();
        // Whether a reply still arrives is up to the network; it must not be an acknowledgement.
        let _ = stream.read_to_string(&mut reply).await;
        assert!(!reply.contains("OK"), "{reply}");
        assert_eq!(server.post(&format!("/iclock/cdata?SN={SERIAL}&table=ATTLOG"), "").await.status, 400);
        assert_eq!(server.stored().await, 0);
        assert_eq!(server.alert_kinds().await, ["empty_upload", "truncated_upload"]);
        assert_eq!(server.punches(SERIAL, PUNCH).await.body, "OK: 1");
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn odd_bytes_and_tables_nobody_knows() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        let terminal = server.approved(SERIAL, DINAS).await;
        let upload = async |table: &str, body: &[u8]| {
            server.post(&format!("/iclock/cdata?SN={SERIAL}&table={table}&Stamp=1"), body).await
        };
        let users = b"USER PIN=7\tName=Siti\0Nur\tPri=0\tPasswd=4321\tCard=\nUSER PIN=8\tName==HYPERLINK(\"x\")\tPri=14\nUSER PIN=9\tName=\xD5\xC5\xC8\xFD\n";
        assert_eq!(upload("OPERLOG", users).await.body, "OK: 3");
        assert_eq!(upload("ATTLOG", b"7\t2026-11-20 07:00:00\t0\t1\0\0\r\n\0\0").await.body, "OK: 1");
        assert_eq!(upload("ATTLOG", b"7\t2026-11-20 08:00:00\t0\t1\tA\0B\tx\n").await.body, "OK: 1");
        assert_eq!(upload("ZZZ", b"what is this\n\0\xFF").await.body, "OK");
        assert_eq!(upload("ATTLOG", &vec![b'x'; 100_000]).await.body, "OK: 1");
        let mut tx = server.read().await;
        let users = register::users_of_group(&mut tx, terminal.group_id.unwrap()).await.unwrap();
        let names: Vec<_> = users.iter().map(|u| (u.pin.as_str(), u.name.as_str(), u.privilege)).collect();
        assert_eq!(names, [("7", "Siti Nur", 0), ("8", "=HYPERLINK(\"x\")", 14), ("9", "张三", 0)]);
        let journal = register::journal_of(&mut tx, terminal.terminal_id, 10).await.unwrap();
        let unknown = journal.iter().find(|head| head.outcome.starts_with("ZZZ")).unwrap();
        let kept = register::journal_body(&mut tx, unknown.journal_id).await.unwrap();
        assert!(kept.starts_with(b"what is this"), "{}", String::from_utf8_lossy(&kept));
        for head in &journal {
            let body = register::journal_body(&mut tx, head.journal_id).await.unwrap();
            assert!(!String::from_utf8_lossy(&body).contains("4321"), "no password is kept");
        }
        drop(tx);
        assert_eq!(server.stored().await, 2);
        assert_eq!(server.alert_kinds().await, ["quarantine", "unknown_table"]);
        server.stop().await;
    })
    .await;
}
