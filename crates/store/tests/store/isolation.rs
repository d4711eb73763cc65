//! Two tenants in one database see nothing of each other.

use domain::{ids::TenantId, zone::Zone};
use jiff::civil::date;
use store::{
    Scope, employee, org, people,
    tenant::{self, Tenant},
    testing::{TENANT, each_engine, postgres, run_sql, start},
};

use crate::fixture::{DINAS, PEMDA, person, units};

const OTHER: TenantId = TenantId(2);

#[tokio::test]
async fn the_same_ids_live_in_two_tenants() {
    each_engine(async |db| {
        let mut tx = db.begin_write(OTHER).await.unwrap();
        let other = Tenant {
            tenant_id: OTHER,
            slug: "kota-lain".to_owned(),
            name: "Kota Lain".to_owned(),
            province: "Maluku".to_owned(),
            zone: Zone::Wit,
            demo: true,
            created_at: start(),
        };
        tenant::create(&mut tx, &other).await.unwrap();
        units(&mut tx).await;
        tx.commit().await.unwrap();
        let mut tx = db.begin_write(TENANT).await.unwrap();
        assert_eq!(org::tree(&mut tx).await.unwrap(), []);
        units(&mut tx).await;
        let ani = person(&mut tx, 1, "Ani", DINAS, date(2025, 1, 1)).await;
        tx.commit().await.unwrap();

        let mut tx = db.begin_write(OTHER).await.unwrap();
        assert_eq!(org::tree(&mut tx).await.unwrap().len(), 4);
        let (from, until) = (date(2026, 1, 1), date(2026, 1, 31));
        for scope in [Scope::Everyone, Scope::Subtree(PEMDA), Scope::People(&[ani])] {
            assert_eq!(people(&mut tx, scope, from, until).await.unwrap(), []);
        }
        assert_eq!(employee::by_number(&mut tx, "198003152005011001").await.unwrap(), None);
        person(&mut tx, 1, "Ani yang lain", DINAS, date(2025, 1, 1)).await;
        assert_eq!(tenant::all(&db).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn row_security_binds_also_statements_without_tenant() {
    let test = postgres().await;
    let mut tx = test.db.begin_write(TENANT).await.unwrap();
    units(&mut tx).await;
    tx.commit().await.unwrap();

    let mut tx = test.db.begin_write(OTHER).await.unwrap();
    run_sql(&mut tx, "DELETE FROM org_unit").await.unwrap();
    let foreign = "INSERT INTO setting VALUES (1, 'k', 'v', 0, 'x')";
    assert!(run_sql(&mut tx, foreign).await.is_err(), "a row of another tenant cannot be written");
    drop(tx);

    let mut tx = test.db.begin_read(TENANT).await.unwrap();
    assert_eq!(org::tree(&mut tx).await.unwrap().len(), 4, "nothing was deleted");
    drop(tx);
    test.finish().await;
}
