//! Numbers of an input file, read without ever becoming a binary fraction of something else.

use std::{collections::BTreeMap, fmt};

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Visitor};

/// A value given from outside: a number, a text or a yes/no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputValue {
    /// A yes/no, such as "LHKPN not reported".
    Flag(bool),
    /// A number: minutes, days, rupiah, an index.
    Number(Decimal),
    /// A word, such as an SKP predicate.
    Text(String),
}

impl From<bool> for InputValue {
    fn from(value: bool) -> Self {
        InputValue::Flag(value)
    }
}

impl From<i64> for InputValue {
    fn from(value: i64) -> Self {
        InputValue::Number(Decimal::from(value))
    }
}

impl From<Decimal> for InputValue {
    fn from(value: Decimal) -> Self {
        InputValue::Number(value)
    }
}

impl From<&str> for InputValue {
    fn from(value: &str) -> Self {
        InputValue::Text(value.to_owned())
    }
}

impl Serialize for InputValue {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            InputValue::Flag(value) => s.serialize_bool(*value),
            InputValue::Number(value) => Serialize::serialize(value, s),
            InputValue::Text(value) => s.serialize_str(value),
        }
    }
}

impl<'de> Deserialize<'de> for InputValue {
    /// A text that spells a number is a number: JSON writers that fear floats quote them.
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_any(InputVisitor)
    }
}

struct InputVisitor;

impl Visitor<'_> for InputVisitor {
    type Value = InputValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, a text, true or false")
    }

    fn visit_bool<E>(self, value: bool) -> Result<InputValue, E> {
        Ok(InputValue::Flag(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<InputValue, E> {
        Ok(InputValue::Number(Decimal::from(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<InputValue, E> {
        Ok(InputValue::Number(Decimal::from(value)))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<InputValue, E> {
        // The shortest decimal that gives this float is what the writer of the file typed.
        value.to_string().parse().map(InputValue::Number).map_err(E::custom)
    }

    fn visit_str<E>(self, value: &str) -> Result<InputValue, E> {
        Ok(match value.trim().parse() {
            Ok(number) => InputValue::Number(number),
            Err(_) => InputValue::Text(value.to_owned()),
        })
    }
}

fn number<E: serde::de::Error>(value: InputValue) -> Result<Decimal, E> {
    match value {
        InputValue::Number(number) => Ok(number),
        _ => Err(E::custom("a number is needed here, for example 5000000 or \"1.25\"")),
    }
}

/// Reads a decimal from a number or from a quoted number.
pub(super) fn decimal<'de, D: Deserializer<'de>>(d: D) -> Result<Decimal, D::Error> {
    number(InputValue::deserialize(d)?)
}

/// Reads an optional decimal.
pub(super) fn optional_decimal<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Decimal>, D::Error> {
    Option::<InputValue>::deserialize(d)?.map(number).transpose()
}

/// Reads a table of decimals.
pub(super) fn decimals<'de, D: Deserializer<'de>>(d: D) -> Result<BTreeMap<String, Decimal>, D::Error> {
    BTreeMap::<String, InputValue>::deserialize(d)?
        .into_iter()
        .map(|(key, value)| Ok((key, number(value)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_the_digits_that_were_typed() {
        let read: BTreeMap<String, InputValue> =
            serde_json::from_str(r#"{"a": 1.25, "b": "0.1", "c": 5000000, "d": "baik", "e": true}"#).unwrap();
        assert_eq!(read["a"], InputValue::Number("1.25".parse().unwrap()));
        assert_eq!(read["b"], InputValue::Number("0.1".parse().unwrap()));
        assert_eq!(read["c"], InputValue::Number(5_000_000.into()));
        assert_eq!(read["d"], InputValue::Text("baik".into()));
        assert_eq!(read["e"], InputValue::Flag(true));
    }
}
