//! Stages, calendars, schedules and rosters.

use domain::{
    calendar::{HolidayKind, Level},
    dated::Timeline,
    org::Stage,
};
use jiff::{ToSpan, civil::date};
use store::{
    ErrorKind, Scope,
    calendar::{self, CalendarEntry, DayRule, HolidayRow, PeriodRow},
    org::{self, StageRecord},
    roster::{self, RosterEntry},
    schedule::{self, ScheduleRow, UnitSchedule},
    testing::{TENANT, each_engine, start},
};

use crate::fixture::{BIDANG, DINAS, PEMDA, person, record_id, unit, units};

#[tokio::test]
async fn the_tree_is_kept_and_changed_by_id() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        units(&mut tx).await;
        let mut below = org::subtree(&mut tx, DINAS).await.unwrap();
        below.sort();
        assert_eq!(below, [DINAS, BIDANG]);
        let mut changed = unit(BIDANG, Some(PEMDA), "1.03", true);
        changed.closed_on = Some(date(2027, 1, 1));
        org::put(&mut tx, std::slice::from_ref(&changed)).await.unwrap();
        assert_eq!(org::get(&mut tx, BIDANG).await.unwrap(), changed);
        assert_eq!(org::by_code(&mut tx, "1.03").await.unwrap(), Some(changed.clone()));
        assert_eq!(org::subtree(&mut tx, DINAS).await.unwrap(), [DINAS]);
        org::put(&mut tx, &[unit(DINAS, Some(DINAS), "1.01", true)]).await.unwrap();
        assert_eq!(org::subtree(&mut tx, DINAS).await.unwrap(), [DINAS], "a ring ends");
        let taken = unit(domain::ids::UnitId(crate::fixture::id()), Some(PEMDA), "1.03", false);
        assert_eq!(org::put(&mut tx, &[taken]).await.unwrap_err().kind(), ErrorKind::Conflict);
    })
    .await;
}

#[tokio::test]
async fn a_stage_is_corrected_by_a_later_record() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        units(&mut tx).await;
        let stage = |since, hours: i64, stage| StageRecord {
            unit_id: DINAS,
            since,
            recorded_at: start() + hours.hours(),
            stage,
            note: String::new(),
            actor: "cli".to_owned(),
        };
        let october = date(2026, 10, 1);
        let records = [
            stage(october, 1, Stage::UjiCoba),
            stage(october, 0, Stage::Berlaku),
            stage(date(2026, 1, 1), 2, Stage::Pendataan),
        ];
        org::add_stages(&mut tx, &records).await.unwrap();
        let stages = org::stages(&mut tx).await.unwrap();
        let timeline = Timeline::new(stages.iter().map(|s| (s.since, s.stage)));
        assert_eq!(timeline.on(october), Some(&Stage::UjiCoba));
        assert_eq!(timeline.on(date(2026, 9, 30)), Some(&Stage::Pendataan));
    })
    .await;
}

#[tokio::test]
async fn a_layer_says_each_thing_once() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        units(&mut tx).await;
        let holiday = |layer, unit_id, kind| HolidayRow {
            holiday_id: record_id(),
            layer,
            unit_id,
            day: date(2026, 12, 25),
            kind,
            name: "Natal".to_owned(),
            source: "SKB".to_owned(),
            recorded_at: start(),
            actor: "cli".to_owned(),
        };
        let free = DayRule::Free(HolidayKind::Libur);
        let national = holiday(Level::National, None, free);
        assert_eq!(calendar::add_days(&mut tx, std::slice::from_ref(&national)).await.unwrap(), 1);
        let others = [
            holiday(Level::National, None, free),
            holiday(Level::Unit, Some(DINAS), DayRule::Withdrawn),
            holiday(Level::Unit, Some(BIDANG), DayRule::Withdrawn),
        ];
        assert_eq!(calendar::add_days(&mut tx, &others).await.unwrap(), 2);
        let days = calendar::days(&mut tx, date(2026, 12, 25), date(2026, 12, 25)).await.unwrap();
        assert_eq!(days.len(), 3);
        assert!(days.contains(&national));
        calendar::withdraw(&mut tx, CalendarEntry::Day, national.holiday_id, start()).await.unwrap();
        assert_eq!(
            calendar::add_days(&mut tx, &others[..1]).await.unwrap(),
            1,
            "said again after withdrawal"
        );
        assert_eq!(calendar::days(&mut tx, date(2026, 12, 26), date(2026, 12, 31)).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn periods_are_found_by_any_day_they_touch() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        let ramadan = PeriodRow {
            period_id: record_id(),
            kind: "ramadan".to_owned(),
            layer: Level::National,
            unit_id: None,
            first_day: date(2026, 2, 19),
            last_day: date(2026, 3, 19),
            name: "Ramadan 1447 H".to_owned(),
            source: "sidang isbat".to_owned(),
            recorded_at: start(),
            actor: "cli".to_owned(),
        };
        calendar::add_periods(&mut tx, std::slice::from_ref(&ramadan)).await.unwrap();
        let march = calendar::periods(&mut tx, date(2026, 3, 1), date(2026, 3, 31)).await.unwrap();
        assert_eq!(march, std::slice::from_ref(&ramadan));
        assert_eq!(calendar::periods(&mut tx, date(2026, 3, 20), date(2026, 3, 31)).await.unwrap(), []);
        calendar::withdraw(&mut tx, CalendarEntry::Period, ramadan.period_id, start()).await.unwrap();
        assert_eq!(calendar::periods(&mut tx, date(2026, 3, 1), date(2026, 3, 31)).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn schedules_and_their_units_are_kept_with_all_versions() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        units(&mut tx).await;
        let version = |from, hours: i64, spec: &str| ScheduleRow {
            code: "5HK".to_owned(),
            valid_from: from,
            recorded_at: start() + hours.hours(),
            name: "Lima hari kerja".to_owned(),
            spec: spec.to_owned(),
            actor: "cli".to_owned(),
        };
        let all = [version(date(2026, 1, 1), 0, "{}"), version(date(2026, 1, 1), 1, "{\"a\":1}")];
        schedule::add(&mut tx, &all).await.unwrap();
        assert_eq!(schedule::all(&mut tx).await.unwrap(), all);
        let follows = UnitSchedule {
            unit_id: PEMDA,
            valid_from: date(2026, 1, 1),
            recorded_at: start(),
            schedule_code: "5HK".to_owned(),
            actor: "cli".to_owned(),
        };
        schedule::assign(&mut tx, std::slice::from_ref(&follows)).await.unwrap();
        assert_eq!(schedule::of_units(&mut tx).await.unwrap(), [follows]);
    })
    .await;
}

#[tokio::test]
async fn of_a_roster_the_latest_entry_counts() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        units(&mut tx).await;
        let ani = person(&mut tx, 1, "Ani", BIDANG, date(2025, 1, 1)).await;
        let entry = |day, hours: i64, shift: &str| RosterEntry {
            employee_id: ani,
            day: date(2026, 11, day),
            recorded_at: start() + hours.hours(),
            shift: shift.to_owned(),
            actor: "cli".to_owned(),
            import_id: None,
        };
        let all = [entry(1, 0, "P"), entry(1, 1, "M"), entry(2, 0, ""), entry(9, 0, "S")];
        roster::add(&mut tx, &all).await.unwrap();
        let days = (date(2026, 11, 1), date(2026, 11, 8));
        let counted = roster::of(&mut tx, Scope::Subtree(DINAS), days.0, days.1).await.unwrap();
        assert_eq!(counted, [all[1].clone(), all[2].clone()]);
        assert_eq!(roster::of(&mut tx, Scope::People(&[ani]), days.0, days.1).await.unwrap(), counted);
    })
    .await;
}
