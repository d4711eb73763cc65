//! The schema and the isolation of tenants.

use domain::{ids::TenantId, zone::Zone};
use store::{
    Db, EngineKind, ErrorKind,
    migrate::{MIGRATIONS, schema},
    tenant,
    testing::{TENANT, clock, each_empty_engine, each_engine, postgres, query_sql, sqlite, start},
};

#[tokio::test]
async fn migrating_again_changes_nothing() {
    each_engine(async |db| {
        assert_eq!(db.migrate(&clock()).await.unwrap(), 0);
        let applied = db.applied_migrations().await.unwrap();
        assert_eq!(applied.len(), MIGRATIONS.len());
        assert_eq!(applied[0].applied_at, start());
    })
    .await;
}

#[tokio::test]
async fn the_first_tenant_is_there() {
    each_engine(async |db| {
        let all = tenant::all(&db).await.unwrap();
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].tenant_id, all[0].zone), (TENANT, Zone::Wib));
        let mut tx = db.begin_read(TENANT).await.unwrap();
        assert_eq!(tenant::own(&mut tx).await.unwrap(), all[0]);
        assert_eq!(tx.statements(), 1);
        drop(tx);
        let mut tx = db.begin_read(TenantId(9)).await.unwrap();
        assert_eq!(tenant::own(&mut tx).await.unwrap_err().kind(), ErrorKind::NotFound);
    })
    .await;
}

/// Everything the engine knows about the schema, in an order of its own making that is the same every time.
async fn described(db: &Db) -> Vec<String> {
    let mut tx = db.begin_read(TENANT).await.unwrap();
    match db.kind() {
        EngineKind::Sqlite => {
            let sql = "SELECT sql AS value FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name";
            query_sql(&mut tx, sql).await.unwrap()
        }
        EngineKind::Postgres => {
            let columns = "SELECT CONCAT_WS(' ', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                    a.attnotnull, col_description(c.oid, a.attnum)) AS value
                FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0
                ORDER BY c.relname, a.attname";
            let indexes =
                "SELECT indexdef AS value FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexdef";
            let policies = "SELECT CONCAT_WS(' ', tablename, policyname, qual) AS value FROM pg_policies
                ORDER BY tablename";
            let mut all = query_sql(&mut tx, columns).await.unwrap();
            all.extend(query_sql(&mut tx, indexes).await.unwrap());
            all.extend(query_sql(&mut tx, policies).await.unwrap());
            all
        }
    }
}

#[tokio::test]
async fn a_fresh_schema_equals_the_sum_of_its_steps() {
    let whole = async |kind| {
        let all = std::sync::Mutex::new(Vec::new());
        each_empty_engine(async |db| {
            if db.kind() == kind {
                assert_eq!(db.migrate(&clock()).await.unwrap(), MIGRATIONS.len());
                *all.lock().unwrap() = described(&db).await;
            }
        })
        .await;
        all.into_inner().unwrap()
    };
    let (sqlite, postgres) = (whole(EngineKind::Sqlite).await, whole(EngineKind::Postgres).await);
    each_empty_engine(async |db| {
        // As an installation does that was upgraded release by release.
        for known in 1..=MIGRATIONS.len() {
            assert_eq!(db.migrate_to(&MIGRATIONS[..known], start()).await.unwrap(), 1);
        }
        let expected = if db.kind() == EngineKind::Sqlite { &sqlite } else { &postgres };
        assert_eq!(&described(&db).await, expected);
    })
    .await;
}

#[tokio::test]
async fn postgres_explains_and_guards_every_table() {
    let test = postgres().await;
    let mut tx = test.db.begin_read(TENANT).await.unwrap();
    let silent = "SELECT CONCAT_WS('.', c.relname, a.attname) AS value
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0
          AND c.relname <> 'schema_migration' AND col_description(c.oid, a.attnum) IS NULL";
    assert_eq!(query_sql(&mut tx, silent).await.unwrap(), [] as [&str; 0]);
    let open = "SELECT relname::text AS value FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND NOT (relrowsecurity AND relforcerowsecurity)
        ORDER BY relname";
    assert_eq!(query_sql(&mut tx, open).await.unwrap(), schema::INSTANCE_TABLES);
    let triggers = "SELECT tgname::text AS value FROM pg_trigger WHERE NOT tgisinternal";
    assert_eq!(query_sql(&mut tx, triggers).await.unwrap(), [] as [&str; 0]);
    drop(tx);
    test.finish().await;
}

#[tokio::test]
async fn a_sound_database_says_so() {
    each_engine(async |db| {
        let health = store::health::check(&db).await.unwrap();
        assert_eq!(health.damage, [] as [&str; 0]);
        assert_eq!(usize::try_from(health.migration).unwrap(), MIGRATIONS.len());
        assert_eq!(health.row_security, db.kind() == EngineKind::Postgres);
        assert!(health.version.starts_with(|c: char| c.is_ascii_digit()), "{}", health.version);
    })
    .await;
}

#[tokio::test]
async fn a_durable_connection_flushes_each_commit_and_a_server_that_never_flushes_is_named() {
    let test = postgres().await;
    let asked = async |db: &Db| {
        let mut tx = db.begin_read(TENANT).await.unwrap();
        query_sql(&mut tx, "SELECT current_setting('synchronous_commit') AS value").await.unwrap()
    };
    assert_eq!(asked(&test.db).await, ["off"], "the cluster of the tests is fast");
    let durable = Db::connect(&test.url).await.unwrap();
    assert_eq!(asked(&durable).await, ["on"]);
    assert_eq!(asked(&durable.on_this_runtime()).await, ["on"]);
    let health = store::health::check(&durable).await.unwrap();
    assert_eq!(health.volatile, ["fsync", "full_page_writes"]);
    assert_eq!(store::health::volatile_settings(&durable).await.unwrap(), health.volatile);
    durable.close().await;
    test.finish().await;
    let file = sqlite().await;
    assert_eq!(store::health::volatile_settings(&file.db).await.unwrap(), [] as [&str; 0]);
    file.finish().await;
}
