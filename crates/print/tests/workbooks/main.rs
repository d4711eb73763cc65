//! Workbooks and delimited text, read back.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail a test")]

mod book;
mod delimited;
mod hostile_text;
mod month_matrix;
mod other_layouts;
mod paper;
mod sample;
