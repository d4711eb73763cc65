//! Structs that are rows: one declaration gives the type, its column list, its reader and its bind list.

use super::value::{Kind, Row, Value};
use crate::error::Result;

/// A struct whose fields are columns of the same names.
pub trait Record: Sized {
    /// The columns as SQL: `a, b, c`.
    const LIST: &'static str;
    /// Their stored types, in the same order.
    const KINDS: &'static [Kind];
    /// Reads a row that has these columns in this order.
    fn read(row: Row<'_>) -> Result<Self>;
    /// The values in the order of [`Record::LIST`].
    fn values(&self) -> Vec<Value>;

    /// The columns of a table known as `alias`: `p.a, p.b, p.c`.
    fn list_of(alias: &str) -> String {
        let columns: Vec<String> = Self::LIST.split(", ").map(|column| format!("{alias}.{column}")).collect();
        columns.join(", ")
    }
}

/// Declares a public struct and implements [`Record`] for it.
macro_rules! record {
    ($(#[$meta:meta])* pub struct $name:ident {
        $(#[$first_doc:meta])* pub $first:ident: $first_type:ty
        $(, $(#[$doc:meta])* pub $field:ident: $type:ty)* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $(#[$first_doc])* pub $first: $first_type,
            $($(#[$doc])* pub $field: $type,)*
        }

        impl $crate::sql::record::Record for $name {
            const KINDS: &'static [$crate::sql::value::Kind] = &[
                <$first_type as $crate::sql::value::Column>::KIND
                $(, <$type as $crate::sql::value::Column>::KIND)*
            ];
            const LIST: &'static str = concat!(stringify!($first) $(, ", ", stringify!($field))*);

            fn read(row: $crate::sql::value::Row<'_>) -> $crate::error::Result<Self> {
                let mut columns = 0..;
                let mut next = || columns.next().unwrap_or_default();
                Ok(Self {
                    $first: row.at(next(), stringify!($first))?,
                    $($field: row.at(next(), stringify!($field))?,)*
                })
            }

            fn values(&self) -> Vec<$crate::sql::value::Value> {
                vec![
                    $crate::sql::value::Column::to_value(&self.$first)
                    $(, $crate::sql::value::Column::to_value(&self.$field))*
                ]
            }
        }
    };
}
pub(crate) use record;
