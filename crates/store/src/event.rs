//! Apel, ceremonies and who was there.

use domain::ids::{EmployeeId, RecordId, UnitId};
use jiff::{Timestamp, civil::Date};

use crate::{
    error::{Result, StoreError},
    log,
    scope::Scope,
    sql::{
        bulk::{self, OnConflict},
        record::{Record, record},
        text_enum::text_enum,
        value::params,
    },
    tx::Tx,
};

record! {
    /// An event at which attendance is taken.
    pub struct Event {
        /// Identity.
        pub event_id: RecordId,
        /// `apel`, `upacara`, `senam`, ….
        pub kind: String,
        /// Day.
        pub day: Date,
        /// Name.
        pub name: String,
        /// Unit and everything below it; `None` for everybody.
        pub unit_id: Option<UnitId>,
        /// `morning`, `afternoon` or `full`.
        pub part: String,
        /// Who recorded it.
        pub actor: String,
        /// When.
        pub recorded_at: Timestamp,
    }
}

text_enum! {
    /// How somebody attended.
    pub enum AttendanceState {
        /// There.
        Present = "present",
        /// Came late.
        Late = "late",
        /// Not there.
        Absent = "absent",
        /// Not there with a reason.
        Excused = "excused",
    }
}

record! {
    /// The attendance of a person.
    pub struct Attendance {
        /// The event.
        pub event_id: RecordId,
        /// The person.
        pub employee_id: EmployeeId,
        /// When it was recorded; the latest counts.
        pub recorded_at: Timestamp,
        /// How.
        pub state: AttendanceState,
        /// Who recorded it.
        pub actor: String,
    }
}

/// Adds events.
///
/// # Errors
/// [`crate::ErrorKind::Conflict`] when an id is known.
pub async fn add(tx: &mut Tx, events: &[Event]) -> Result<u64> {
    bulk::insert(tx, "event", events, OnConflict::Fail).await
}

/// Records attendance.
///
/// # Errors
/// [`crate::ErrorKind::Conflict`] when an event does not exist.
pub async fn attend(tx: &mut Tx, attendance: &[Attendance]) -> Result<u64> {
    let clause = "ON CONFLICT (tenant_id, event_id, employee_id, recorded_at) DO UPDATE SET
        state = excluded.state, actor = excluded.actor";
    bulk::insert(tx, "event_attendance", attendance, OnConflict::Clause(clause)).await
}

/// The events between two days.
///
/// # Errors
/// As every call.
pub async fn between(tx: &mut Tx, from: Date, until: Date) -> Result<Vec<Event>> {
    let sql = format!(
        "SELECT {} FROM event WHERE tenant_id = $1 AND day >= $2 AND day <= $3 AND revoked_at IS NULL
         ORDER BY day, recorded_at",
        Event::LIST
    );
    tx.fetch(sql, params![from, until]).await
}

/// The attendance that counts at events between two days, one per person and event. One statement.
///
/// # Errors
/// As every call.
pub async fn attendance(tx: &mut Tx, scope: Scope<'_>, from: Date, until: Date) -> Result<Vec<Attendance>> {
    let sql = format!(
        "{}, newest AS (
            SELECT {}, ROW_NUMBER() OVER (
                PARTITION BY a.event_id, a.employee_id ORDER BY a.recorded_at DESC) AS place
            FROM people CROSS JOIN event_attendance a CROSS JOIN event e
            WHERE a.employee_id = people.employee_id AND a.tenant_id = $1
              AND e.event_id = a.event_id AND e.tenant_id = $1 AND e.day >= $3 AND e.day <= $4 AND e.revoked_at IS NULL
         ) SELECT {} FROM newest WHERE place = 1 ORDER BY employee_id, event_id",
        scope.with(),
        Attendance::list_of("a"),
        Attendance::LIST
    );
    tx.fetch(sql, scope.params(from, until)).await
}

/// Takes an event back, with all attendance.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when it does not hold.
pub async fn revoke(tx: &mut Tx, event: RecordId, now: Timestamp) -> Result<()> {
    let sql =
        "UPDATE event SET revoked_at = $3 WHERE tenant_id = $1 AND event_id = $2 AND revoked_at IS NULL";
    match log::update(tx, sql, params![event, now]).await? {
        0 => Err(StoreError::not_found("event")),
        _ => Ok(()),
    }
}
