//! What keeps a month from being locked, and what does not.

use store::testing::each_engine;

use crate::world::World;

#[tokio::test]
async fn a_month_in_which_all_came_on_time_is_locked() {
    each_engine(async |db| {
        let world = World::new(db, "2026-07-02T08:00", &[]).await;
        let id = world.person("A").await;
        world.worked(id, "2026-06-01", "2026-06-30", &[], &["2026-06-10"]).await;
        world.lock("2026-06").await.unwrap();
        let sheet = world.load("2026-06").await;
        assert!(sheet.is_locked());
        assert_eq!(sheet.person(id).unwrap().totals().late_days, 1);
    })
    .await;
}
