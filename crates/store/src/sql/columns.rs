//! The stored forms of the types of `domain`, `jiff` and the standard library.

use domain::{
    calendar::{HolidayKind, Level},
    day::{DayPart, GapCause},
    ids::{
        AccountId, DeviceGroupId, EmployeeId, ImportId, PunchId, RecordId, StatusId, TenantId, TerminalId,
        UnitId,
    },
    month::Month,
    org::Stage,
    punch::{Direction, PlaceState},
    rights::Role,
    status::StatusCode,
    zone::Zone,
};
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::value::{Bind, Cell, Column, Kind, Value};

impl Column for i64 {
    const KIND: Kind = Kind::Int;
    fn to_value(&self) -> Value {
        Value::Int(*self)
    }
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        if let Cell::Int(v) = cell { Some(v) } else { None }
    }
}

impl Column for f64 {
    const KIND: Kind = Kind::Real;
    fn to_value(&self) -> Value {
        Value::Real(*self)
    }
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        if let Cell::Real(v) = cell { Some(v) } else { None }
    }
}

impl Column for bool {
    const KIND: Kind = Kind::Bool;
    fn to_value(&self) -> Value {
        Value::Bool(*self)
    }
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        if let Cell::Bool(v) = cell { Some(v) } else { None }
    }
}

impl Column for String {
    const KIND: Kind = Kind::Text;
    fn to_value(&self) -> Value {
        Value::text(self)
    }
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        if let Cell::Text(v) = cell { Some(v.to_owned()) } else { None }
    }
}

impl Column for Vec<u8> {
    const KIND: Kind = Kind::Bytes;
    fn to_value(&self) -> Value {
        Value::Bytes(self.clone())
    }
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        if let Cell::Bytes(v) = cell { Some(v.to_vec()) } else { None }
    }
}

impl Column for Uuid {
    const KIND: Kind = Kind::Bytes;
    fn to_value(&self) -> Value {
        Value::Bytes(self.as_bytes().to_vec())
    }
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        if let Cell::Bytes(v) = cell { Uuid::from_slice(v).ok() } else { None }
    }
}

macro_rules! ids {
    ($($name:ident),*) => {$(
        impl Column for $name {
            const KIND: Kind = Kind::Bytes;
            fn to_value(&self) -> Value {
                self.0.to_value()
            }
            fn from_cell(cell: Cell<'_>) -> Option<Self> {
                Uuid::from_cell(cell).map($name)
            }
        }

        impl Bind for &[$name] {
            fn bind(&self) -> Value {
                Value::Ids(self.iter().map(|id| id.0.into_bytes()).collect())
            }
        }
    )*};
}
ids!(UnitId, EmployeeId, AccountId, PunchId, TerminalId, DeviceGroupId, StatusId, ImportId, RecordId);

impl Column for TenantId {
    const KIND: Kind = Kind::Int;
    fn to_value(&self) -> Value {
        Value::Int(self.0)
    }
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        i64::from_cell(cell).map(TenantId)
    }
}

/// Microseconds since 1970-01-01 UTC.
impl Column for Timestamp {
    const KIND: Kind = Kind::Int;
    fn to_value(&self) -> Value {
        Value::Int(self.as_microsecond())
    }
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        i64::from_cell(cell).and_then(|v| Timestamp::from_microsecond(v).ok())
    }
}

/// Stored as text through `Display` and read back through a parser.
macro_rules! as_text {
    ($($name:ty: $to:expr, $from:expr;)*) => {$(
        impl Column for $name {
            const KIND: Kind = Kind::Text;
            fn to_value(&self) -> Value {
                let to: fn(&$name) -> String = $to;
                Value::Text(to(self))
            }
            fn from_cell(cell: Cell<'_>) -> Option<Self> {
                let from: fn(&str) -> Option<$name> = $from;
                if let Cell::Text(v) = cell { from(v) } else { None }
            }
        }
    )*};
}
as_text! {
    // Years before 1 exist only as the sentinel `Date::MIN`; a leading minus would not sort as text.
    Date: |d| (*d).max(Date::constant(1, 1, 1)).to_string(), |t| t.parse().ok();
    // Whole seconds with a blank, the way every terminal writes it.
    DateTime: |d| d.strftime("%Y-%m-%d %H:%M:%S").to_string(), |t| t.parse().ok();
    Decimal: |d| d.to_string(), |t| t.parse().ok();
    Month: |m| m.to_string(), |t| t.parse().ok();
    Zone: |z| z.abbreviation().to_owned(), Zone::parse;
    Stage: |s| s.code().to_owned(), Stage::parse;
    Role: |r| r.code().to_owned(), Role::parse;
    StatusCode: |s| s.0.clone(), |t| Some(StatusCode(t.to_owned()));
    Direction: |d| direction_code(*d).to_owned(), |t| DIRECTIONS.into_iter().find(|d| direction_code(*d) == t);
    PlaceState: |p| place_code(*p).to_owned(), |t| PLACES.into_iter().find(|p| place_code(*p) == t);
}

const DIRECTIONS: [Direction; 3] = [Direction::Unknown, Direction::In, Direction::Out];
const PLACES: [PlaceState; 4] =
    [PlaceState::Unknown, PlaceState::Inside, PlaceState::Unsure, PlaceState::Outside];

const fn direction_code(direction: Direction) -> &'static str {
    match direction {
        Direction::Unknown => "unknown",
        Direction::In => "in",
        Direction::Out => "out",
    }
}

const fn place_code(place: PlaceState) -> &'static str {
    match place {
        PlaceState::Unknown => "unknown",
        PlaceState::Inside => "inside",
        PlaceState::Unsure => "unsure",
        PlaceState::Outside => "outside",
    }
}

/// Stored as the JSON that serde writes, without the quotes of a bare word: `full`, `{"hours":…}`.
macro_rules! as_json {
    ($($name:ty),*) => {$(
        impl Column for $name {
            const KIND: Kind = Kind::Text;
            fn to_value(&self) -> Value {
                match serde_json::to_value(self) {
                    Ok(serde_json::Value::String(word)) => Value::Text(word),
                    Ok(other) => Value::Text(other.to_string()),
                    Err(_) => Value::Null(Kind::Text),
                }
            }
            fn from_cell(cell: Cell<'_>) -> Option<Self> {
                let Cell::Text(text) = cell else { return None };
                let word = serde_json::Value::String(text.to_owned());
                serde_json::from_value(word).ok().or_else(|| serde_json::from_str(text).ok())
            }
        }
    )*};
}
as_json!(Level, HolidayKind, DayPart, GapCause);

impl Column for serde_json::Value {
    const KIND: Kind = Kind::Text;
    fn to_value(&self) -> Value {
        Value::text(&self.to_string())
    }
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        if let Cell::Text(v) = cell { serde_json::from_str(v).ok() } else { None }
    }
}

impl Bind for &[String] {
    fn bind(&self) -> Value {
        Value::Texts(self.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn round_trip<T: Column + PartialEq + std::fmt::Debug>(value: T) {
        let stored = value.to_value();
        let cell = match &stored {
            Value::Int(v) => Cell::Int(*v),
            Value::Text(v) => Cell::Text(v),
            Value::Bytes(v) => Cell::Bytes(v),
            Value::Bool(v) => Cell::Bool(*v),
            other => panic!("{other:?}"),
        };
        assert_eq!(T::from_cell(cell), Some(value));
    }

    #[test]
    fn stored_forms_read_back() {
        round_trip(date(2026, 2, 28));
        round_trip(date(2026, 2, 28).at(7, 30, 5, 0));
        round_trip(Timestamp::from_microsecond(-1).unwrap());
        round_trip("1.250".parse::<Decimal>().unwrap());
        round_trip(PlaceState::Outside);
        round_trip(Direction::Out);
        round_trip(Zone::Wit);
        round_trip(DayPart::FirstHalf);
        round_trip(Level::Regency);
        round_trip(HolidayKind::CutiBersama);
        round_trip(UnitId(Uuid::from_u128(7)));
        assert_eq!(date(2026, 2, 28).at(7, 30, 5, 0).to_value(), Value::Text("2026-02-28 07:30:05".into()));
    }

    #[test]
    fn a_nul_in_text_does_not_reach_the_engine() {
        assert_eq!("a\0b".to_owned().to_value(), Value::Text("a\u{fffd}b".into()));
    }
}
