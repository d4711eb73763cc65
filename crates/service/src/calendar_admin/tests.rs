//! Entries of the calendar against both engines.

use std::sync::Arc;

use domain::calendar::HolidayKind;
use jiff::civil::date;
use store::{
    Db,
    calendar::DayRule,
    testing::{TENANT, each_engine},
};

use super::*;
use crate::{Fault, Office, office::testing::SeededEntropy};

fn office(db: Db) -> Office {
    Office::new(db, Arc::new(store::testing::clock()), Arc::new(SeededEntropy::new(3)), TENANT)
}

fn anniversary(place: Place) -> NewDay {
    NewDay {
        place,
        day: date(2026, 3, 25),
        rule: DayRule::Free(HolidayKind::Libur),
        name: "Hari jadi kabupaten".into(),
        basis: "Keputusan Bupati 100.3/12/2026".into(),
        reason: "Hari jadi ke-60".into(),
    }
}

#[tokio::test]
async fn a_regency_day_holds_until_it_is_revoked_and_both_are_in_the_register() {
    each_engine(async |db| {
        let office = office(db);
        let mut tx = office.db.begin_write(TENANT).await.unwrap();
        let added = add_day(&office, &mut tx, anniversary(Place::Regency), "a").await.unwrap();
        let seen = year(&office, &mut tx, 2026, None).await.unwrap();
        assert!(seen.ships && seen.calendar.holiday(date(2026, 3, 25)).is_some());
        assert_eq!(seen.days.iter().filter(|d| d.id.is_some()).count(), 1);
        let again = add_day(&office, &mut tx, anniversary(Place::Regency), "a").await.unwrap_err();
        assert_eq!(again.fault, Fault::Conflict);
        assert_eq!(revoke(&office, &mut tx, added.id, " ", "b").await.unwrap_err().fault, Fault::Invalid);
        revoke(&office, &mut tx, added.id, "Keputusan dibatalkan", "b").await.unwrap();
        let seen = year(&office, &mut tx, 2026, None).await.unwrap();
        assert!(seen.calendar.holiday(date(2026, 3, 25)).is_none());
        assert_eq!(find(&mut tx, added.id).await.unwrap_err().fault, Fault::NotFound);
        let filter = store::audit::AuditFilter::default();
        let trail = store::audit::list(&mut tx, filter, 10).await.unwrap();
        let actions: Vec<&str> = trail.iter().map(|e| e.action.as_str()).collect();
        assert!(actions.contains(&"calendar.add") && actions.contains(&"calendar.revoke"));
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn only_a_free_day_can_be_made_a_working_day() {
    each_engine(async |db| {
        let office = office(db);
        let mut tx = office.db.begin_write(TENANT).await.unwrap();
        let working = |day| NewDay { day, rule: DayRule::Withdrawn, ..anniversary(Place::Province) };
        let plain = add_day(&office, &mut tx, working(date(2026, 7, 8)), "a").await.unwrap_err();
        assert_eq!(plain.fault, Fault::Invalid);
        add_day(&office, &mut tx, working(date(2026, 8, 17)), "a").await.unwrap();
        let seen = year(&office, &mut tx, 2026, None).await.unwrap();
        assert!(seen.calendar.holiday(date(2026, 8, 17)).is_none());
        assert!(seen.calendar.mark(date(2026, 8, 17)).is_some());
        let free = NewDay { day: date(2026, 12, 25), ..anniversary(Place::Regency) };
        assert_eq!(add_day(&office, &mut tx, free, "a").await.unwrap_err().fault, Fault::Conflict);
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn ramadan_of_the_regency_replaces_the_one_of_the_country() {
    each_engine(async |db| {
        let office = office(db);
        let mut tx = office.db.begin_write(TENANT).await.unwrap();
        let new = |first, last| NewPeriod {
            place: Place::Regency,
            first,
            last,
            basis: "SE Bupati 800/55/2027".into(),
            reason: "Jam kerja Ramadan".into(),
        };
        let backwards = new(date(2027, 3, 9), date(2027, 2, 8));
        assert_eq!(add_period(&office, &mut tx, backwards, "a").await.unwrap_err().fault, Fault::Invalid);
        let endless = new(date(2027, 2, 8), date(2027, 4, 9));
        assert_eq!(add_period(&office, &mut tx, endless, "a").await.unwrap_err().fault, Fault::Invalid);
        let right = new(date(2027, 2, 8), date(2027, 3, 9));
        add_period(&office, &mut tx, right.clone(), "a").await.unwrap();
        assert_eq!(add_period(&office, &mut tx, right, "a").await.unwrap_err().fault, Fault::Conflict);
        let seen = year(&office, &mut tx, 2027, None).await.unwrap();
        assert!(!seen.ships && seen.calendar.in_period(domain::calendar::RAMADAN, date(2027, 3, 1)));
        tx.commit().await.unwrap();
    })
    .await;
}
