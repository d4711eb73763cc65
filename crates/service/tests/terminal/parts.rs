//! Long uploads are stored in parts: none of it gets lost, and nobody else has to wait for the end.

use std::fmt::Write as _;

use jiff::{ToSpan, civil::datetime};
use store::{
    terminal as register,
    testing::{each_engine, query_sql, run_sql},
};

use crate::harness::{BADAN, DINAS, SERIAL, Server};

/// `count` punches of 500 people; the line `marked`, from 0, and the one after it carry a work code of their own.
fn lines(count: i64, marked: Option<i64>) -> String {
    let first = datetime(2026, 11, 2, 7, 0, 0, 0);
    let mut body = String::new();
    for n in 0..count {
        let at = first + (n / 500).hours() + (n % 500).seconds();
        let code = if marked.is_some_and(|m| n == m || n == m + 1) { "77" } else { "" };
        let _ = writeln!(body, "{}\t{}\t255\t1\t{code}\t0\t0", n % 500 + 1, at.strftime("%Y-%m-%d %H:%M:%S"));
    }
    body
}

async fn sql(server: &Server, text: &str) {
    let mut tx = server.write().await;
    run_sql(&mut tx, text).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_failure_between_two_parts_is_mended_by_sending_again() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        let terminal = server.approved(SERIAL, DINAS).await.terminal_id;
        // The second line with this code breaks the index, in the third part.
        sql(&server, "CREATE UNIQUE INDEX broken ON punch (tenant_id, workcode) WHERE workcode = '77'").await;
        let body = lines(6_500, Some(4_100)) + "rubbish\n";
        let reply = server.punches(SERIAL, &body).await;
        assert_eq!((reply.status, reply.body.starts_with("OK")), (500, false), "{reply:?}");
        assert_eq!(server.stored().await, 4_000, "two parts were stored");
        let stamps = register::stamps(&mut server.read().await, terminal).await.unwrap();
        assert_eq!(stamps, [], "the stamp comes with the last part only");

        sql(&server, "DROP INDEX broken").await;
        assert_eq!(server.punches(SERIAL, &body).await.body, "OK: 6501");
        assert_eq!(server.stored().await, 6_500, "every line exactly once");
        let lines = register::quarantined(&mut server.read().await, Some(terminal), 10).await.unwrap();
        assert_eq!(lines.iter().map(|l| l.raw.as_slice()).collect::<Vec<_>>(), [b"rubbish"]);
        assert_eq!(server.alert_kinds().await, ["quarantine"]);
        let counts = service::terminal_desk::counts::Counts::of(&server.terminal(SERIAL).await);
        assert_eq!(counts.stored, 6_501, "counted once, too");
        assert_eq!(server.punches(SERIAL, &body).await.body, "OK: 6501");
        assert_eq!(server.stored().await, 6_500);
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn large_uploads_of_two_terminals_and_a_punch_of_a_third_all_succeed() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        let serials = [SERIAL, "BOCK200961015", "BOCK200961016"];
        for (serial, unit) in serials.into_iter().zip([DINAS, BADAN, DINAS]) {
            server.approved(serial, unit).await;
        }
        let large = lines(12_000, None);
        let (one, two, three, poll) = tokio::join!(
            server.punches(serials[0], &large),
            server.punches(serials[1], &large),
            server.punches(serials[2], "7\t2026-11-20 07:00:00\t0\t1\n"),
            server.get("/iclock/getrequest?SN=BOCK200961016"),
        );
        assert_eq!([one.body, two.body, three.body], ["OK: 12000", "OK: 12000", "OK: 1"]);
        assert_eq!(poll.status, 200);
        assert_eq!(server.stored().await, 24_001);
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_punch_gets_in_between_the_parts_of_a_long_upload() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        for serial in [SERIAL, "BOCK200961015"] {
            server.approved(serial, DINAS).await;
        }
        let large = lines(12_000, None);
        let (long, short) = tokio::join!(server.punches(SERIAL, &large), async {
            // The first part is stored, five are to come.
            while server.stored().await == 0 {
                tokio::task::yield_now().await;
            }
            server.punches("BOCK200961015", "4711\t2026-11-20 07:00:00\t0\t1\n").await
        });
        assert_eq!([long.body, short.body], ["OK: 12000", "OK: 1"]);
        let later = "SELECT CAST(COUNT(*) AS TEXT) AS value FROM log_entry WHERE covers = 'punch' AND seq >
            (SELECT l.seq FROM log_entry l JOIN punch p ON p.punch_id = l.subject WHERE p.pin = '4711')";
        let later: u32 = query_sql(&mut server.read().await, later).await.unwrap()[0].parse().unwrap();
        assert!(later >= 2_000, "{later} lines of the upload were stored after it");
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn an_endless_line_is_set_aside_by_its_head() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        let terminal = server.approved(SERIAL, DINAS).await.terminal_id;
        let body = "9\t2026-11-20 07:00:00\t0\t1\n".to_owned() + &"x".repeat(16 << 20);
        assert_eq!(server.punches(SERIAL, &body).await.body, "OK: 2");
        assert_eq!(server.stored().await, 1);
        let lines = register::quarantined(&mut server.read().await, Some(terminal), 10).await.unwrap();
        assert_eq!(lines.len(), 1);
        assert_eq!((lines[0].raw.len(), lines[0].reason.as_str()), (2048, "too_long"));
        server.stop().await;
    })
    .await;
}
