//! Clocks that are wrong: of terminals, by days; of the server, set while terminals send. Nothing is lost or doubled, what is
//! doubtful says so, and a clock that is right again finds everything in order.

use domain::silence::is_silent;
use serde_json::json;
use store::{
    log, punch,
    testing::{TENANT, each_engine},
};

use crate::harness::{DINAS, SERIAL, Server};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

impl Server {
    /// `local_time flags` of each punch, after a look at the log.
    async fn flags(&self) -> Vec<String> {
        let mut tx = self.office.db.begin_read(TENANT).await.unwrap();
        assert_eq!(log::check(&mut tx).await.unwrap().findings, vec![]);
        let rows = punch::received_since(&mut tx, jiff::Timestamp::MIN, 100).await.unwrap();
        let mut all: Vec<_> = rows.iter().map(|p| format!("{} {}", p.local_time, p.flags)).collect();
        all.sort();
        all
    }

    /// The terminal asks for commands: a contact.
    async fn poll(&self) {
        assert_eq!(self.get(&format!("/iclock/getrequest?SN={SERIAL}")).await.status, 200);
    }
}

#[tokio::test]
async fn a_terminal_that_is_days_off_is_found() {
    for (said, flags) in [("2026-11-23 08:00:05", ""), ("2026-11-29 08:00:05", "clock_future skip")] {
        each_engine(async |db| {
            let server = Server::start(db).await;
            server.approved(SERIAL, DINAS).await;
            // Days later, so that it is not what waited for the approval.
            server.pass(5 * DAY);
            server.poll().await;
            server.pass(5);
            assert_eq!(server.punches(SERIAL, &format!("7\t{said}\t0\t1\n")).await.body, "OK: 1");
            assert_eq!(server.flags().await, [format!("{} {flags}", said.replace(' ', "T"))]);
            let alerts = server.alerts().await;
            assert_eq!(alerts.iter().map(|a| a.kind.as_str()).collect::<Vec<_>>(), ["wrong_clock"]);
            assert_eq!((&alerts[0].detail["lines"], alerts[0].occurrences), (&json!(1), 1));
            assert_eq!(server.terminal(SERIAL).await.drift_seconds, None, "days are no drift");
            server.stop().await;
        })
        .await;
    }
}

#[tokio::test]
async fn the_clock_of_the_server_is_set_while_terminals_send() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        server.approved(SERIAL, DINAS).await;
        let lines = ["7\t2026-11-21 08:00:10\t0\t1\n", "7\t2026-11-21 08:01:00\t0\t1\n"];
        server.pass(10);
        assert_eq!(server.punches(SERIAL, lines[0]).await.body, "OK: 1");
        // Two hours back: what a terminal sends now seems to come from the future, and still counts.
        server.pass(-2 * HOUR);
        assert_eq!(server.punches(SERIAL, lines[1]).await.body, "OK: 1");
        assert_eq!(server.punches(SERIAL, &lines.concat()).await.body, "OK: 2", "sent again");
        assert_eq!(server.flags().await, ["2026-11-21T08:00:10 ", "2026-11-21T08:01:00 clock_future"]);
        assert_eq!(server.alert_kinds().await, ["wrong_clock"]);
        // A year ahead.
        server.pass(365 * DAY);
        server.poll().await;
        assert_eq!(server.punches(SERIAL, "7\t2026-11-21 08:02:00\t0\t1\n").await.body, "OK: 1");
        // Right again: the terminal is silent until it is heard of, and not for a year.
        server.pass(-365 * DAY + 2 * HOUR + 60);
        let now = server.office.clock.now();
        assert!(is_silent(server.terminal(SERIAL).await.last_seen, now));
        server.poll().await;
        assert_eq!(server.terminal(SERIAL).await.last_seen, now);
        server.punches(SERIAL, "7\t2026-11-21 08:01:05\t0\t1\n").await;
        assert_eq!(
            server.flags().await,
            [
                "2026-11-21T08:00:10 ",
                "2026-11-21T08:01:00 clock_future",
                "2026-11-21T08:01:05 ",
                "2026-11-21T08:02:00 old"
            ]
        );
        server.stop().await;
    })
    .await;
}
