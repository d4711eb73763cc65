//! Which rows the log commits to, and which of their columns.

use ledger::EntryKind;

use super::{reads::NOT_READ, recovery::LogEvent, replaced_key::LogKey};
use crate::{
    account::Grant,
    audit::AuditEntry,
    calendar::{HolidayRow, PeriodRow},
    employee::{Attribute, EmployeeNumber},
    erasure::Erasure,
    event::{Attendance, Event},
    month_carry::MonthCarry,
    month_close::MonthClose,
    month_input::MonthInput,
    org::{StageRecord, Unit},
    outage::Outage,
    pin_map::PinOwner,
    policy::PolicyRow,
    punch::PunchRow,
    roster::RosterEntry,
    schedule::{ScheduleRow, UnitSchedule},
    sql::{
        record::Record,
        value::{Kind, Row, Value},
    },
    status::PersonStatus,
    tpp_amount::TppAmount,
};

/// A table whose rows the log commits to.
#[derive(Debug)]
pub(crate) struct Covered {
    /// The table.
    pub(crate) table: &'static str,
    /// What its entries are called.
    pub(crate) kind: EntryKind,
    /// Its key without the tenant.
    pub(crate) key: &'static [&'static str],
    /// The columns of its record.
    record: (&'static str, &'static [Kind]),
    /// Columns that follow from the record and are inserted behind it.
    derived: &'static [(&'static str, Kind)],
    /// Columns that are null until something happens to the row.
    later: &'static [(&'static str, Kind)],
    /// Columns not committed to.
    without: &'static [&'static str],
    /// Condition on the rows that are covered, as SQL; `None` for all.
    pub(crate) only: Option<&'static str>,
    /// Whether rows that nothing refers to may be removed: an entry without a row says nothing then.
    pub(crate) may_go: bool,
}

/// A column that an entry commits to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its stored type.
    pub(crate) kind: Kind,
    /// Its place among the inserted columns; `None` for one that is null at first.
    pub(crate) place: Option<usize>,
}

impl Column {
    /// Its value in a row about to be inserted.
    pub(crate) fn value_in(self, row: &[Value]) -> Value {
        self.place.and_then(|place| row.get(place)).cloned().unwrap_or(Value::Null(self.kind))
    }

    /// The value it had when the row was inserted, by the one it has now.
    pub(crate) fn at_first(self, now: &Value) -> Value {
        self.place.map_or(Value::Null(self.kind), |_| now.clone())
    }
}

impl Covered {
    /// The table called so, if it is covered.
    pub(crate) fn table(name: &str) -> Option<&'static Covered> {
        COVERED.iter().find(|covered| covered.table == name)
    }

    /// The columns committed to, in the order in which they are written.
    pub(crate) fn columns(&self) -> Vec<Column> {
        let (list, kinds) = self.record;
        let record = list.split(", ").zip(kinds.iter().copied());
        let inserted = record.chain(self.derived.iter().copied()).enumerate();
        let inserted = inserted.map(|(place, (name, kind))| Column { name, kind, place: Some(place) });
        let later = self.later.iter().map(|(name, kind)| Column { name, kind: *kind, place: None });
        inserted.chain(later).filter(|column| !self.without.contains(&column.name)).collect()
    }

    /// The column that is the key by itself; `None` when the key has several.
    pub(crate) fn id(&self) -> Option<&'static str> {
        match self.key {
            [id] => Some(id),
            _ => None,
        }
    }

    /// The columns committed to as SQL: `a, b, c`.
    pub(crate) fn list(&self) -> String {
        self.columns().iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
    }
}

/// The values of a row that has exactly these columns, as [`Covered::columns`] gives them.
pub(crate) fn read(columns: &[Column], row: Row<'_>) -> crate::Result<Vec<Value>> {
    let columns = columns.iter().enumerate();
    columns.map(|(index, column)| row.value(index, column.name, column.kind)).collect()
}

/// The times and names of a later change, as most tables have them.
const REVOKED: &[(&str, Kind)] = &[("revoked_at", Kind::Int), ("revoked_by", Kind::Text)];
const REVOKED_AT: &[(&str, Kind)] = &[("revoked_at", Kind::Int)];
const WITHDRAWN_AT: &[(&str, Kind)] = &[("withdrawn_at", Kind::Int)];
const VOIDED: &[(&str, Kind)] = &[("voided_at", Kind::Int), ("voided_by", Kind::Text)];

/// A table with its record, key and later columns.
const fn covered<R: Record>(
    table: &'static str,
    kind: EntryKind,
    key: &'static [&'static str],
    later: &'static [(&'static str, Kind)],
) -> Covered {
    Covered {
        table,
        kind,
        key,
        record: (R::LIST, R::KINDS),
        derived: &[],
        later,
        without: &[],
        only: None,
        may_go: false,
    }
}

/// The names of all covered tables.
#[cfg(feature = "testing")]
pub(crate) fn covered_tables() -> Vec<&'static str> {
    COVERED.iter().map(|covered| covered.table).collect()
}

/// All covered tables. The person of a punch follows from the owners of its PIN (or, for one written down by hand, from its
/// origin), and the payload of a closed month from its digest; the check looks whether they do.
pub(crate) const COVERED: &[Covered] = &[
    Covered {
        derived: &[("origin", Kind::Bytes)],
        without: &["employee_id"],
        ..covered::<PunchRow>("punch", EntryKind::Punch, &["punch_id"], VOIDED)
    },
    Covered {
        only: Some(NOT_READ),
        ..covered::<AuditEntry>("audit", EntryKind::Decision, &["audit_id"], &[])
    },
    covered::<PersonStatus>("person_status", EntryKind::Correction, &["status_id"], REVOKED),
    covered::<MonthInput>(
        "month_input",
        EntryKind::Correction,
        &["employee_id", "month", "name", "recorded_at"],
        REVOKED_AT,
    ),
    covered::<Attendance>(
        "event_attendance",
        EntryKind::Correction,
        &["event_id", "employee_id", "recorded_at"],
        &[],
    ),
    covered::<RosterEntry>(
        "roster_entry",
        EntryKind::Correction,
        &["employee_id", "day", "recorded_at"],
        REVOKED_AT,
    ),
    covered::<LogEvent>("log_event", EntryKind::Disaster, &["event_id"], &[]),
    covered::<Erasure>("erasure", EntryKind::Erasure, &["erasure_id"], &[]),
    covered::<LogKey>("log_key", EntryKind::Key, &["key_id"], &[]),
    covered::<PinOwner>(
        "pin_map",
        EntryKind::Mapping,
        &["group_id", "pin", "valid_from", "recorded_at"],
        &[],
    ),
    Covered {
        derived: &[("ref_id", Kind::Bytes)],
        ..covered::<Attribute>(
            "employee_attribute",
            EntryKind::Person,
            &["employee_id", "attribute", "valid_from", "recorded_at"],
            REVOKED_AT,
        )
    },
    covered::<EmployeeNumber>(
        "employee_number",
        EntryKind::Person,
        &["employee_id", "number", "recorded_at"],
        REVOKED_AT,
    ),
    covered::<Event>("event", EntryKind::Rule, &["event_id"], REVOKED_AT),
    covered::<Outage>("outage", EntryKind::Decision, &["outage_id"], REVOKED),
    Covered {
        without: &["address", "phone", "head_title", "sort_order"],
        may_go: true,
        ..covered::<Unit>("org_unit", EntryKind::Rule, &["unit_id"], &[])
    },
    covered::<StageRecord>("opd_stage", EntryKind::Decision, &["unit_id", "since", "recorded_at"], &[]),
    covered::<PolicyRow>("policy", EntryKind::Rule, &["policy_id", "version"], &[]),
    covered::<HolidayRow>("holiday", EntryKind::Rule, &["holiday_id"], WITHDRAWN_AT),
    covered::<PeriodRow>("calendar_period", EntryKind::Rule, &["period_id"], WITHDRAWN_AT),
    covered::<ScheduleRow>("schedule", EntryKind::Rule, &["code", "valid_from", "recorded_at"], &[]),
    covered::<UnitSchedule>("unit_schedule", EntryKind::Rule, &["unit_id", "valid_from", "recorded_at"], &[]),
    covered::<TppAmount>("tpp_amount", EntryKind::Rule, &["amount_id"], WITHDRAWN_AT),
    covered::<Grant>("role_grant", EntryKind::Role, &["grant_id"], REVOKED),
    Covered {
        without: &["payload"],
        ..covered::<MonthClose>("month_close", EntryKind::MonthLock, &["unit_id", "month", "version"], &[])
    },
    covered::<MonthCarry>(
        "month_carry",
        EntryKind::MonthLock,
        &["employee_id", "month", "unit_id", "version"],
        REVOKED_AT,
    ),
];
