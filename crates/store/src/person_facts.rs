//! The small facts of a month for many people in one statement: statuses, shifts, events and figures.
//!
//! They live in four tables and are few; asking for each table alone would cost a month page four round trips.

use std::collections::{BTreeMap, HashMap};

use domain::{
    day::DayPart,
    ids::{EmployeeId, StatusId},
    month::Month,
    status::StatusCode,
};
use jiff::{Timestamp, civil::Date};

use crate::{
    error::Result,
    event::AttendanceState,
    scope::Scope,
    sql::value::{Row, params},
    status::PersonStatus,
    tx::Tx,
};

/// The facts, by person.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PersonFactRows {
    /// Statuses that touch the days.
    pub statuses: HashMap<EmployeeId, Vec<PersonStatus>>,
    /// Shifts around the days, one for each day, the latest record of it.
    pub roster: HashMap<EmployeeId, Vec<ShiftRow>>,
    /// Events for which attendance was recorded.
    pub events: HashMap<EmployeeId, Vec<EventRow>>,
    /// Figures of the months, the latest record of each.
    pub inputs: HashMap<EmployeeId, Vec<InputRow>>,
}

/// The shift of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftRow {
    /// Day on which the shift starts.
    pub day: Date,
    /// Code; empty for a free day.
    pub shift: String,
}

/// An event and whether the person was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRow {
    /// The day.
    pub day: Date,
    /// `apel_senin`, `upacara`, ….
    pub kind: String,
    /// `morning`, `afternoon` or `full`.
    pub part: String,
    /// Whether the person was there; `None` when excused.
    pub attended: Option<bool>,
}

/// A figure of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputRow {
    /// The month.
    pub month: Month,
    /// Its name as the policy calls it.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// Shifts are read this many days around, since the day after a night shift is free.
const AROUND: i64 = 3;

/// Reads everything, and the figures of the months from the first to the second. One statement whatever the number of
/// people.
///
/// # Errors
/// As every call.
pub async fn of(
    tx: &mut Tx,
    scope: Scope<'_>,
    from: Date,
    until: Date,
    months: (Month, Month),
) -> Result<PersonFactRows> {
    let sql = format!(
        "{} SELECT 'status' AS what, p.employee_id, s.status_id AS ref_id, s.first_day AS a, s.last_day AS b,
                   s.code AS c, s.part AS d, s.document AS e, s.note AS f, s.actor AS g, s.approved_by AS h,
                   s.recorded_at AS at, CASE WHEN s.with_letter THEN 1 ELSE 0 END AS flag, s.approved_at AS at2
            FROM people p CROSS JOIN person_status s
            WHERE s.tenant_id = $1 AND s.employee_id = p.employee_id AND s.last_day >= $3 AND s.first_day <= $4 AND s.revoked_at IS NULL
         UNION ALL
            SELECT 'shift', p.employee_id, NULL, r.day, r.shift, '', '', '', '', '', NULL, r.recorded_at, 0, NULL
            FROM people p CROSS JOIN roster_entry r
            WHERE r.tenant_id = $1 AND r.employee_id = p.employee_id AND r.day >= $5 AND r.day <= $6 AND r.revoked_at IS NULL
         UNION ALL
            SELECT 'event', p.employee_id, NULL, e.day, e.kind, e.part, x.state, '', '', '', NULL, x.recorded_at, 0, NULL
            FROM people p CROSS JOIN event_attendance x CROSS JOIN event e
            WHERE x.tenant_id = $1 AND x.employee_id = p.employee_id
              AND e.tenant_id = $1 AND e.event_id = x.event_id AND e.day >= $3 AND e.day <= $4 AND e.revoked_at IS NULL
         UNION ALL
            SELECT 'input', p.employee_id, NULL, i.name, i.value, i.month, '', '', '', '', NULL, i.recorded_at, 0, NULL
            FROM people p CROSS JOIN month_input i
            WHERE i.tenant_id = $1 AND i.employee_id = p.employee_id AND i.month >= $7 AND i.month <= $8 AND i.revoked_at IS NULL
         ORDER BY at",
        scope.with()
    );
    let mut params = scope.params(from, until);
    let near = |days: i64| from.min(until).saturating_add(jiff::Span::new().days(days));
    let after = until.saturating_add(jiff::Span::new().days(AROUND));
    params.extend(params![near(-AROUND), after, months.0, months.1]);
    let rows = tx.fetch_map(sql, params, |row| Ok((row.get("employee_id")?, fact(row)?))).await?;
    Ok(gather(rows))
}

enum Fact {
    Status(Box<PersonStatus>),
    Shift(ShiftRow),
    Event(EventRow),
    Input(InputRow),
}

fn fact(row: Row<'_>) -> Result<Fact> {
    Ok(match row.get::<String>("what")?.as_str() {
        "status" => Fact::Status(Box::new(status(row)?)),
        "shift" => Fact::Shift(ShiftRow { day: row.get("a")?, shift: row.get("b")? }),
        "event" => Fact::Event(EventRow {
            day: row.get("a")?,
            kind: row.get("b")?,
            part: row.get("c")?,
            attended: match row.get::<AttendanceState>("d")? {
                AttendanceState::Present | AttendanceState::Late => Some(true),
                AttendanceState::Absent => Some(false),
                AttendanceState::Excused => None,
            },
        }),
        _ => Fact::Input(InputRow { month: row.get("c")?, name: row.get("a")?, value: row.get("b")? }),
    })
}

fn status(row: Row<'_>) -> Result<PersonStatus> {
    Ok(PersonStatus {
        status_id: row.get::<StatusId>("ref_id")?,
        employee_id: row.get("employee_id")?,
        first_day: row.get("a")?,
        last_day: row.get("b")?,
        code: row.get::<StatusCode>("c")?,
        part: row.get::<DayPart>("d")?,
        with_letter: row.get::<i64>("flag")? != 0,
        document: row.get("e")?,
        note: row.get("f")?,
        actor: row.get("g")?,
        recorded_at: row.get("at")?,
        import_id: None,
        approved_at: row.get::<Option<Timestamp>>("at2")?,
        approved_by: row.get("h")?,
    })
}

/// Rows come oldest first, so of several records of one thing the last one stays.
fn gather(rows: Vec<(EmployeeId, Fact)>) -> PersonFactRows {
    let mut all = PersonFactRows::default();
    let mut shifts: HashMap<EmployeeId, BTreeMap<Date, ShiftRow>> = HashMap::new();
    let mut events: HashMap<EmployeeId, BTreeMap<(Date, String, String), EventRow>> = HashMap::new();
    let mut inputs: HashMap<EmployeeId, BTreeMap<(Month, String), InputRow>> = HashMap::new();
    for (person, fact) in rows {
        match fact {
            Fact::Status(row) => all.statuses.entry(person).or_default().push(*row),
            Fact::Shift(row) => {
                shifts.entry(person).or_default().insert(row.day, row);
            }
            Fact::Event(row) => {
                let key = (row.day, row.kind.clone(), row.part.clone());
                events.entry(person).or_default().insert(key, row);
            }
            Fact::Input(row) => {
                inputs.entry(person).or_default().insert((row.month, row.name.clone()), row);
            }
        }
    }
    all.roster = shifts.into_iter().map(|(p, rows)| (p, rows.into_values().collect())).collect();
    all.events = events.into_iter().map(|(p, rows)| (p, rows.into_values().collect())).collect();
    all.inputs = inputs.into_iter().map(|(p, rows)| (p, rows.into_values().collect())).collect();
    all
}
