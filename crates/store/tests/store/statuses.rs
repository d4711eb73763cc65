//! Statuses, events and outages.

use domain::{
    day::{DayPart, GapCause},
    ids::{EmployeeId, StatusId},
    status::StatusCode,
};
use jiff::{ToSpan, civil::date};
use store::{
    ErrorKind, Scope,
    event::{self, Attendance, AttendanceState, Event},
    outage::{self, Outage},
    status::{self, PersonStatus},
    testing::{TENANT, each_engine, start},
};

use crate::fixture::{BADAN, DINAS, id, person, record_id, units};

/// A leave over the end of October.
pub fn leave_of(person: EmployeeId) -> PersonStatus {
    PersonStatus {
        status_id: StatusId(id()),
        employee_id: person,
        first_day: date(2026, 10, 28),
        last_day: date(2026, 11, 3),
        code: StatusCode("CT".to_owned()),
        part: DayPart::FirstHalf,
        with_letter: true,
        document: "800/12/2026".to_owned(),
        note: "=SUM(1)".to_owned(),
        actor: "admin".to_owned(),
        recorded_at: start(),
        import_id: None,
        approved_at: None,
        approved_by: None,
    }
}

#[tokio::test]
async fn a_status_is_approved_by_somebody_else() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        units(&mut tx).await;
        let ani = person(&mut tx, 1, "Ani", DINAS, date(2025, 1, 1)).await;
        let leave = leave_of(ani);
        status::add(&mut tx, std::slice::from_ref(&leave)).await.unwrap();
        let november = (date(2026, 11, 1), date(2026, 11, 30));
        let mut of =
            async |unit| status::of(&mut tx, Scope::Subtree(unit), november.0, november.1).await.unwrap();
        assert_eq!(of(DINAS).await, std::slice::from_ref(&leave));
        assert_eq!(of(BADAN).await, []);
        let own = status::approve(&mut tx, leave.status_id, "admin", start()).await.unwrap_err();
        assert_eq!(own.kind(), ErrorKind::NotFound);
        status::approve(&mut tx, leave.status_id, "head", start()).await.unwrap();
        let stored = status::get(&mut tx, leave.status_id).await.unwrap();
        assert_eq!((stored.approved_at, stored.approved_by.as_deref()), (Some(start()), Some("head")));
        status::revoke(&mut tx, leave.status_id, "head", start()).await.unwrap();
        assert_eq!(status::get(&mut tx, leave.status_id).await.unwrap_err().kind(), ErrorKind::NotFound);
        assert_eq!(status::of(&mut tx, Scope::Everyone, november.0, november.1).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn of_attendance_the_latest_record_counts() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        units(&mut tx).await;
        let ani = person(&mut tx, 1, "Ani", DINAS, date(2025, 1, 1)).await;
        let apel = Event {
            event_id: record_id(),
            kind: "apel".to_owned(),
            day: date(2026, 11, 2),
            name: "Apel Senin".to_owned(),
            unit_id: None,
            part: "morning".to_owned(),
            actor: "cli".to_owned(),
            recorded_at: start(),
        };
        event::add(&mut tx, std::slice::from_ref(&apel)).await.unwrap();
        let row = |hours: i64, state| Attendance {
            event_id: apel.event_id,
            employee_id: ani,
            recorded_at: start() + hours.hours(),
            state,
            actor: "cli".to_owned(),
        };
        let rows = [row(0, AttendanceState::Absent), row(1, AttendanceState::Excused)];
        event::attend(&mut tx, &rows).await.unwrap();
        let november = (date(2026, 11, 1), date(2026, 11, 30));
        let counted =
            event::attendance(&mut tx, Scope::Subtree(DINAS), november.0, november.1).await.unwrap();
        assert_eq!(counted, [rows[1].clone()]);
        assert_eq!(
            event::between(&mut tx, november.0, november.1).await.unwrap(),
            std::slice::from_ref(&apel)
        );
        event::revoke(&mut tx, apel.event_id, start()).await.unwrap();
        let counted = event::attendance(&mut tx, Scope::Everyone, november.0, november.1).await.unwrap();
        assert_eq!(counted, []);
    })
    .await;
}

#[tokio::test]
async fn an_outage_lasts_until_it_is_ended() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        units(&mut tx).await;
        let row = Outage {
            outage_id: record_id(),
            unit_id: Some(DINAS),
            terminal_id: None,
            from_at: start(),
            until_at: None,
            kind: GapCause::Declared,
            cause: "listrik padam".to_owned(),
            actor: "cli".to_owned(),
            recorded_at: start(),
        };
        outage::add(&mut tx, std::slice::from_ref(&row)).await.unwrap();
        let later = start() + 100.hours();
        let mut between = async |from, until| outage::between(&mut tx, from, until).await.unwrap().len();
        assert_eq!(between(later, later + 1.hour()).await, 1);
        assert_eq!(between(start() - 1.hour(), start()).await, 0, "the end is open");
        outage::end(&mut tx, row.outage_id, start() + 1.hour()).await.unwrap();
        assert_eq!(outage::between(&mut tx, later, later + 1.hour()).await.unwrap(), []);
        outage::revoke(&mut tx, row.outage_id, "cli", start()).await.unwrap();
        assert_eq!(outage::between(&mut tx, start(), later).await.unwrap(), []);
        assert_eq!(outage::end(&mut tx, row.outage_id, later).await.unwrap_err().kind(), ErrorKind::NotFound);
    })
    .await;
}
