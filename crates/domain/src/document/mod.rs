//! Reading hand-written TOML and JSON files strictly: unknown keys are errors, and every error names
//! the place (path and, for TOML, the line) and what to do.

mod problem;
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

/// Reads a whole document.
///
/// # Errors
/// The problems found, with path, line and message. Reading stops at the first problem of shape.
pub fn read<T: DeserializeOwned>(text: &str, format: Format) -> Result<T, Vec<Problem>> {
    let text = text.trim_start_matches('\u{feff}');
    let tree = tree::Tree::parse(text, format).map_err(|p| vec![p])?;
    let (value, lines) = tree.into_parts();
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let path = if path == "." { String::new() } else { path };
        let line = lines.find(&path);
        vec![Problem { line, ..Problem::at(path, error.inner().to_string()) }]
    })
}
