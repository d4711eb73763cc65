//! The machinery below the aggregates: values, rows, statements and bulk writes that are the same on both engines.

pub(crate) mod bulk;
pub(crate) mod columns;
pub(crate) mod record;
pub(crate) mod text_enum;
pub(crate) mod value;
