//! Writing results to standard output or a file, in the shape that was asked for.

use std::{
    io::{self, Write},
    path::Path,
};

use anyhow::Context;
use serde::Serialize;

use crate::{cli::Format, failure::Usage};

/// Writes bytes to a file, or to standard output.
///
/// # Errors
/// A file that cannot be written; the sentence names it. A reader that went away (`| head`) is no error.
pub fn deliver(out: Option<&Path>, bytes: &[u8]) -> anyhow::Result<()> {
    match out {
        Some(path) => std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display())),
        None => {
            let mut stdout = io::stdout().lock();
            match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
                result => result.context("cannot write to standard output"),
            }
        }
    }
}

/// One line for people on standard output.
///
/// # Errors
/// As [`deliver`].
pub fn line(text: &str) -> anyhow::Result<()> {
    deliver(None, format!("{text}\n").as_bytes())
}

/// A JSON document, indented, with a line end.
///
/// # Errors
/// As [`deliver`].
pub fn json(out: Option<&Path>, value: &impl Serialize) -> anyhow::Result<()> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    deliver(out, &bytes)
}

/// A table as CSV (RFC 4180: commas, CRLF, heading line).
///
/// # Errors
/// As [`deliver`].
pub fn csv<R>(out: Option<&Path>, headings: &[&str], rows: R) -> anyhow::Result<()>
where
    R: IntoIterator<Item: IntoIterator<Item: AsRef<[u8]>>>,
{
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(headings)?;
    for row in rows {
        writer.write_record(row)?;
    }
    deliver(out, &writer.into_inner().map_err(|e| anyhow::anyhow!("{e}"))?)
}

/// The refusal of a format that a command does not have.
pub fn no_format(command: &str, asked: Format, has: &str) -> anyhow::Error {
    Usage(format!("`hadir {command}` has no --format {}; use {has}", asked.word())).into()
}

/// Columns of text, each as wide as its widest cell; the last one is left as it is.
pub fn columns(rows: &[Vec<String>]) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|c| c.chars().count()).max();
    let widths: Vec<usize> = (0..count).map(|at| width(at).unwrap_or(0)).collect();
    let mut out = String::new();
    for row in rows {
        let mut text = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            text.push_str(&format!("{cell:<width$}  "));
        }
        out.push_str(text.trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let rows = [vec!["a".into(), "long".into()], vec!["bcd".into(), String::new()]];
        assert_eq!(columns(&rows), "a    long\nbcd\n");
    }
}
