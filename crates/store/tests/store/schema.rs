//! The schema and the isolation of tenants.

use domain::{ids::TenantId, zone::Zone};
use store::{
    ErrorKind, tenant,
    testing::{TENANT, clock, each_engine, start},
};

#[tokio::test]
async fn migrating_again_changes_nothing() {
    each_engine(async |db| {
        assert_eq!(db.migrate(&clock()).await.unwrap(), 0);
        let applied = db.applied_migrations().await.unwrap();
        assert_eq!(applied.len(), store::migrate::MIGRATIONS.len());
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
