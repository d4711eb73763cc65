//! Reading hand-written TOML and JSON files strictly: unknown keys are errors, and every error names
//! the place (path and, for TOML, the line) and what to do.

mod problem;
mod prune;
mod tree;

use serde::de::DeserializeOwned;

pub use problem::Problem;

/// The two notations a file may be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// TOML 1.1. Dates and times may be written with or without quotes.
    Toml,
    /// JSON.
    Json,
}

impl Format {
    /// Guesses from the first character: JSON documents of ours are always objects, and no TOML file starts with `{`.
    pub fn guess(text: &str) -> Format {
        if text.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
            Format::Json
        } else {
            Format::Toml
        }
    }
}

/// Most mistakes of shape named at once.
const MOST: usize = 50;

/// Reads a whole document.
///
/// # Errors
/// The problems found, with path, line and message: of the notation, or else of the shape. What was named is left out
/// before reading on, so that one mistake does not hide the next.
pub fn read<T: DeserializeOwned>(text: &str, format: Format) -> Result<T, Vec<Problem>> {
    let text = text.trim_start_matches('\u{feff}');
    let (value, lines) = tree::Tree::parse(text, format)?.into_parts();
    let mut pruned = prune::Pruned::new(value);
    let mut problems: Vec<Problem> = Vec::new();
    let mut left_out: Vec<String> = Vec::new();
    loop {
        let error = match serde_path_to_error::deserialize::<_, T>(pruned.rest()) {
            Ok(document) if problems.is_empty() => return Ok(document),
            Ok(_) => return Err(in_order(problems)),
            Err(error) => error,
        };
        let path = error.path().to_string();
        let path = if path == "." { String::new() } else { path };
        let original = pruned.original(&path);
        let message = error.inner().to_string();
        if !follows(&left_out, &original, &message) {
            let line = lines.find(&original);
            problems.push(Problem { line, ..Problem::at(original.as_str(), message) });
        }
        if problems.len() >= MOST || !pruned.leave_out(&path) {
            return Err(in_order(problems));
        }
        left_out.push(original);
    }
}

/// In the order of the text.
fn in_order(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort_by_key(|problem| problem.line);
    problems
}

/// Whether a key is only missing because it was left out for a mistake that is named already.
fn follows(left_out: &[String], path: &str, message: &str) -> bool {
    let Some(key) = message.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()) else {
        return false;
    };
    let full = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    left_out.contains(&full)
}
