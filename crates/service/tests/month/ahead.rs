//! Clocks that are ahead of ours: a punch never counts later than it was received.

use domain::zone::Zone;
use jiff::civil::date;
use store::{
    punch,
    testing::{TENANT, each_engine},
};

use crate::world::World;

/// At twenty past seven somebody sets the clock of a device to the afternoon, presses, and sets it back.
#[tokio::test]
async fn who_sets_the_clock_of_a_device_ahead_has_not_left_in_the_afternoon() {
    each_engine(async |db| {
        let world = World::new(db, "2026-06-02T08:00", &[]).await;
        let id = world.person("A").await;
        let mut rows = ["2026-06-02 07:20:00", "2026-06-02 16:31:00"].map(|time| world.punch(id, time));
        for row in &mut rows {
            row.received_at = Zone::Wib.instant("2026-06-02T07:20:05".parse().unwrap()).unwrap();
        }
        rows[1].flags = "clock_future".to_owned();
        let mut tx = world.office.db.begin_write(TENANT).await.unwrap();
        assert_eq!(punch::insert_batch(&mut tx, &rows).await.unwrap(), 2);
        tx.commit().await.unwrap();
        world.at("2026-06-03T09:00").await;
        let sheet = world.load("2026-06").await;
        let day = sheet.person(id).unwrap().day(date(2026, 6, 2)).unwrap();
        assert_eq!(day.check_in, Some(date(2026, 6, 2).at(7, 20, 0, 0)));
        assert_eq!(day.check_out, None, "{day:?}");
    })
    .await;
}
