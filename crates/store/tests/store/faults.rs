//! What happens when the database is away, full, newer or not ours.

use jiff::civil::{date, datetime};
use store::{
    Db, ErrorKind, Options, punch,
    testing::{TENANT, clock, each_engine, postgres, run_sql, sealer, sqlite},
};

use crate::fixture::{punch as at, terminal};

#[tokio::test]
async fn a_closed_database_is_unavailable() {
    each_engine(async |db| {
        db.close().await;
        assert_eq!(db.begin_read(TENANT).await.unwrap_err().kind(), ErrorKind::Unavailable);
        assert_eq!(db.begin_write(TENANT).await.unwrap_err().kind(), ErrorKind::Unavailable);
    })
    .await;
}

#[tokio::test]
async fn a_missing_database_is_unavailable_and_named() {
    let error = Db::connect("sqlite:/nonexistent/dir/hadir.db").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unavailable);
    assert!(error.to_string().contains("/nonexistent/dir/hadir.db"), "{error}");
    let error = Db::connect("postgres://nobody:secret@%2Fnonexistent/none").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unavailable);
    assert!(!error.to_string().contains("secret"), "{error}");
}

#[tokio::test]
async fn a_server_that_goes_away_in_a_transaction_is_unavailable() {
    let test = postgres().await;
    let mut tx = test.db.begin_write(TENANT).await.unwrap();
    let killed = run_sql(&mut tx, "SELECT pg_terminate_backend(pg_backend_pid())").await;
    assert_eq!(killed.unwrap_err().kind(), ErrorKind::Unavailable);
    drop(tx);
    let mut tx = test.db.begin_write(TENANT).await.unwrap();
    assert_eq!(store::tenant::own(&mut tx).await.unwrap().tenant_id, TENANT, "the next connection works");
    drop(tx);
    test.finish().await;
}

#[tokio::test]
async fn a_database_that_lets_nobody_in_is_unavailable_and_says_why() {
    let (closed, other) = (postgres().await, postgres().await);
    let name = closed.url.rsplit('/').next().unwrap();
    // Nobody can close the database to which they are connected.
    let mut tx = other.db.begin_write(TENANT).await.unwrap();
    run_sql(&mut tx, &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false")).await.unwrap();
    tx.commit().await.unwrap();

    let connecting = Db::connect(&closed.url).await.unwrap_err();
    let serving = closed.db.on_this_runtime().begin_write(TENANT).await.unwrap_err();
    for error in [connecting, serving] {
        assert_eq!(error.kind(), ErrorKind::Unavailable, "{error:?}");
        let reason = error.reason().unwrap();
        assert!(reason.contains("not currently accepting connections"), "{reason}");
        assert!(!error.to_string().contains("accepting"), "{error}");
    }
    other.finish().await;
    closed.finish().await;
}

#[tokio::test]
async fn a_full_disk_loses_nothing() {
    let test = sqlite().await;
    let mut tx = test.db.begin_write(TENANT).await.unwrap();
    terminal(&mut tx).await;
    punch::insert_batch(&mut tx, &[at("1", datetime(2026, 11, 2, 7, 0, 0, 0))]).await.unwrap();
    tx.commit().await.unwrap();
    test.db.close().await;

    let tight = Options { max_pages: Some(1), ..Options::default() };
    // SQLite raises a limit below the present size to that size: not one page more is left.
    let db = Db::connect_with(&test.url, tight).await.unwrap();
    let many: Vec<_> = (0..20_000).map(|n| at(&n.to_string(), date(2026, 11, 3).at(7, 0, 0, 0))).collect();
    let mut tx = db.begin_write(TENANT).await.unwrap();
    let error = punch::insert_batch(&mut tx, &many).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Full);
    drop(tx);
    let mut tx = db.begin_read(TENANT).await.unwrap();
    assert_eq!(punch::unmapped(&mut tx, 10).await.unwrap().len(), 1, "what was committed is still there");
    drop(tx);
    db.close().await;

    let roomy = Db::connect(&test.url).await.unwrap().sealed_by(sealer());
    let mut tx = roomy.begin_write(TENANT).await.unwrap();
    assert_eq!(punch::insert_batch(&mut tx, &many).await.unwrap(), 20_000, "sent again when there is room");
    tx.commit().await.unwrap();
    roomy.close().await;
    test.finish().await;
}

#[tokio::test]
async fn a_newer_database_is_refused() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        let sql =
            "INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES (999, 'x', 'y', 0)";
        run_sql(&mut tx, sql).await.unwrap();
        tx.commit().await.unwrap();
        let error = db.migrate(&clock()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Corrupt);
        assert!(error.to_string().contains("999"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn a_changed_migration_is_refused() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        run_sql(&mut tx, "UPDATE schema_migration SET checksum = 'other' WHERE number = 2").await.unwrap();
        tx.commit().await.unwrap();
        let error = db.migrate(&clock()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Corrupt);
        assert!(error.to_string().contains("2 people"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_no_database_is_corrupt() {
    let test = sqlite().await;
    let path = test.url.strip_prefix("sqlite:").unwrap().to_owned() + ".txt";
    std::fs::write(
        &path,
        "this is a text, not a database, and it is long enough to be looked at ".repeat(20),
    )
    .unwrap();
    let error = Db::connect(&path).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Corrupt);
    assert_eq!(std::fs::read_to_string(&path).unwrap().len(), 1400, "and it is left as it is");
    test.finish().await;
}

#[tokio::test]
async fn a_reader_cannot_write() {
    each_engine(async |db| {
        let mut tx = db.begin_read(TENANT).await.unwrap();
        let error = store::setting::set(&mut tx, "a", "b", "cli", store::testing::start()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unavailable);
    })
    .await;
}
