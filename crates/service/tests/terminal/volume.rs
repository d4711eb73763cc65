//! Ten thousand lines in one upload.

use std::fmt::Write as _;

use jiff::ToSpan;
use jiff::civil::datetime;
use store::testing::each_engine;

use crate::harness::{DINAS, SERIAL, Server};

#[tokio::test]
async fn ten_thousand_lines_once_and_again() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        server.approved(SERIAL, DINAS).await;
        let first = datetime(2026, 11, 2, 7, 0, 0, 0);
        let mut body = String::new();
        for n in 0..10_000_i64 {
            let at = first + (n / 500).hours() + (n % 500).seconds();
            let _ = writeln!(
                body,
                "{:04}\t{}\t255\t1\t\t0\t0\t\r",
                n % 500 + 1,
                at.strftime("%Y-%m-%d %H:%M:%S")
            );
        }
        let (before, begun) = (server.office.db.statements(), std::time::Instant::now());
        assert_eq!(server.punches(SERIAL, &body).await.body, "OK: 10000");
        println!("10,000 lines, unoptimised: {} ms", begun.elapsed().as_millis());
        let statements = server.office.db.statements() - before;
        // Five parts, each with its own entries in the log; SQLite binds about a hundred rows to a statement.
        assert!(statements < 300, "{statements} statements");
        assert_eq!(server.stored().await, 10_000);
        assert_eq!(server.punches(SERIAL, &body).await.body, "OK: 10000", "acknowledged the same");
        assert_eq!(server.stored().await, 10_000, "and adds nothing");
        server.stop().await;
    })
    .await;
}
