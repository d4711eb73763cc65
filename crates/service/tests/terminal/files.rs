//! `attlog.dat` from a USB stick.

use domain::lang::Lang;
use jiff::{ToSpan, civil::datetime};
use service::{
    Fault, ServiceError,
    attlog_import::{self, AttlogFile, AttlogReport},
};
use store::{
    punch::PunchSource,
    testing::{each_engine, run_sql},
};

use crate::harness::{ACTOR, DINAS, SERIAL, Server};

const FILE: &str = "        7\t2026-11-20 07:00:00\t1\t0\t15\t0\r\n        7\t2026-11-20 16:01:00\t1\t1\t15\t0\r\n        8\t2026-13-40 07:00:00\t1\t0\t15\t0\r\n        0\t2026-11-20 07:00:00\t1\t0\t15\t0\r\n";

async fn import(server: &Server, bytes: &[u8]) -> Result<AttlogReport, ServiceError> {
    let file = AttlogFile { serial: SERIAL, name: "1_attlog.dat", bytes };
    attlog_import::import(&server.office, &server.door, file, ACTOR).await
}

async fn undo(server: &Server, report: &AttlogReport) -> Result<u64, ServiceError> {
    let mut tx = server.write().await;
    let punches = attlog_import::undo(&server.office, &mut tx, report.import, ACTOR).await?;
    tx.commit().await.unwrap();
    Ok(punches)
}

async fn counting(server: &Server) -> Vec<(PunchSource, String)> {
    let mut tx = server.read().await;
    let all = store::punch::received_since(&mut tx, jiff::Timestamp::MIN, 100).await.unwrap();
    all.into_iter().map(|p| (p.source, p.flags)).collect()
}

#[tokio::test]
async fn a_file_adds_what_is_missing_and_can_be_taken_back() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        server.approved(SERIAL, DINAS).await;
        server.punches(SERIAL, "7\t2026-11-20 07:00:00\t0\t15\n").await;
        let report = import(&server, FILE.as_bytes()).await.unwrap();
        assert_eq!((report.lines, report.added, report.duplicates, report.events), (4, 1, 1, 1));
        assert_eq!(report.unmapped, 2);
        let bad = report.problems[0].sentence(Lang::Id);
        assert!(bad.starts_with("Baris 3: tanggal atau jam tidak terbaca"), "{bad}");
        let mut rows = counting(&server).await;
        rows.sort_by(|a, b| a.1.cmp(&b.1));
        assert_eq!(rows, [(PunchSource::Terminal, String::new()), (PunchSource::File, "file".into())]);

        let again = import(&server, FILE.as_bytes()).await.unwrap_err();
        assert_eq!(again.fault, Fault::Conflict);
        assert!(again.id.contains("1_attlog.dat"), "{}", again.id);

        assert_eq!(undo(&server, &report).await.unwrap(), 1);
        assert_eq!(counting(&server).await.len(), 1);
        assert_eq!(undo(&server, &report).await.unwrap_err().fault, Fault::NotFound);
        assert_eq!(
            import(&server, FILE.as_bytes()).await.unwrap().added,
            1,
            "after undoing it may come again"
        );
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn what_the_terminal_sends_later_outlives_the_file() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        server.approved(SERIAL, DINAS).await;
        let report = import(&server, FILE.as_bytes()).await.unwrap();
        assert_eq!(report.added, 2);
        server.punches(SERIAL, "7\t2026-11-20 07:00:00\t0\t15\n").await;
        assert_eq!(server.stored().await, 2);
        assert_eq!(undo(&server, &report).await.unwrap(), 1, "the other one was sent by the terminal");
        assert_eq!(counting(&server).await, [(PunchSource::Terminal, String::new())]);
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn files_that_are_refused() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        server.get(&format!("/iclock/cdata?SN={SERIAL}&options=all")).await;
        assert_eq!(
            import(&server, FILE.as_bytes()).await.unwrap_err().fault,
            Fault::Conflict,
            "not approved"
        );
        server.approved(SERIAL, DINAS).await;
        let noise: Vec<u8> = (0..4096_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let refused = import(&server, &noise).await.unwrap_err();
        assert!(refused.id.contains("terenkripsi"), "{}", refused.id);
        assert_eq!(import(&server, b"\r\n").await.unwrap_err().fault, Fault::Invalid);
        let refused = import(&server, b"some,other,file\nwithout punches,x,y\n").await.unwrap_err();
        assert!(refused.en.contains("Line 1:"), "{}", refused.en);
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_file_that_broke_off_goes_on_when_it_is_imported_again() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        server.approved(SERIAL, DINAS).await;
        let first = datetime(2026, 11, 2, 7, 0, 0, 0);
        let line = |n: i64| {
            let at = (first + (n / 500).hours() + (n % 500).seconds()).strftime("%Y-%m-%d %H:%M:%S");
            let code = if n == 4_100 || n == 4_101 { 77 } else { 0 };
            format!("{}\t{at}\t1\t0\t1\t{code}\r\n", n % 500 + 1)
        };
        let file: String = (0..6_500).map(line).collect();
        // The second line with this code breaks the index, in the third part.
        let sql = async |text: &str| {
            let mut tx = server.write().await;
            run_sql(&mut tx, text).await.unwrap();
            tx.commit().await.unwrap();
        };
        sql("CREATE UNIQUE INDEX broken ON punch (tenant_id, workcode) WHERE workcode = '77'").await;
        let error = import(&server, file.as_bytes()).await.unwrap_err();
        assert_eq!(error.fault, Fault::Unavailable);
        assert!(error.en.contains("after 4000 of 6500"), "{}", error.en);
        assert_eq!(server.stored().await, 4_000);
        sql("DROP INDEX broken").await;
        let report = import(&server, file.as_bytes()).await.unwrap();
        assert_eq!((report.added, report.duplicates), (6_500, 0), "one import, in two goes");
        assert_eq!(server.stored().await, 6_500);
        assert_eq!(import(&server, file.as_bytes()).await.unwrap_err().fault, Fault::Conflict);
        assert_eq!(undo(&server, &report).await.unwrap(), 6_500, "all of it is one import");
        server.stop().await;
    })
    .await;
}
