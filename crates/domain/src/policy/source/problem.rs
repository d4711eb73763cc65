//! A mistake in a policy file, with the line it stands on and what to do about it.

use std::{fmt, ops::Range};

use serde::Serialize;

use super::message::Message;
use crate::lang::Lang;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The policy cannot be used.
    Error,
    /// The policy can be used; somebody should look.
    Warning,
}

/// A mistake or a doubt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Where in the document: `rule[2].pct` (counted from 1), `policy.effective_from`.
    pub path: String,
    /// How bad it is.
    pub severity: Severity,
    /// Stable code, for example `unknown_key`.
    pub code: &'static str,
    /// What is wrong, in Bahasa Indonesia.
    pub id: String,
    /// What is wrong, in English.
    pub en: String,
    /// What to do, in Bahasa Indonesia.
    pub remedy_id: String,
    /// What to do, in English.
    pub remedy_en: String,
}

impl Problem {
    /// What is wrong.
    pub fn message(&self, lang: Lang) -> &str {
        lang.pick(&self.id, &self.en)
    }

    /// What to do about it.
    pub fn remedy(&self, lang: Lang) -> &str {
        lang.pick(&self.remedy_id, &self.remedy_en)
    }
}

impl fmt::Display for Problem {
    /// `line 12, column 3: error: … — …`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "line {}, column {}: {severity}: {}", self.line, self.column, self.path)?;
        write!(f, ": {} Remedy: {}", self.en, self.remedy_en)
    }
}

/// A place in the document, kept with what was read there so that later checks can point at it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct At {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// Path for people.
    pub path: String,
}

/// Collects problems while reading.
#[derive(Debug)]
pub struct Sink {
    line_starts: Vec<usize>,
    text: String,
    /// What was found so far.
    pub problems: Vec<Problem>,
}

impl Sink {
    /// For one document.
    pub fn new(text: &str) -> Sink {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Sink { line_starts, text: text.to_owned(), problems: Vec::new() }
    }

    /// Notes an error.
    pub fn error(&mut self, at: &At, message: Message) {
        self.push(at, Severity::Error, message);
    }

    /// Notes a doubt.
    pub fn warn(&mut self, at: &At, message: Message) {
        self.push(at, Severity::Warning, message);
    }

    /// Whether nothing prevents use.
    pub fn usable(&self) -> bool {
        self.problems.iter().all(|p| p.severity == Severity::Warning)
    }

    /// All problems in the order of the text.
    pub fn finish(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|p| (p.line, p.column));
        self.problems.dedup();
        self.problems
    }

    /// The line, from 1, on which something stands.
    pub fn line_of(&self, at: &At) -> usize {
        self.position(at.span.start).0
    }

    fn position(&self, byte: usize) -> (usize, usize) {
        let line = self.line_starts.partition_point(|start| *start <= byte).max(1);
        let start = self.line_starts[line - 1];
        let column = self.text.get(start..byte).map_or(0, |t| t.chars().count()) + 1;
        (line, column)
    }

    fn push(&mut self, at: &At, severity: Severity, message: Message) {
        let (line, column) = self.position(at.span.start);
        let Message { code, id, en, remedy_id, remedy_en } = message;
        let path = if at.path.is_empty() { "file".to_owned() } else { at.path.clone() };
        self.problems.push(Problem { line, column, path, severity, code, id, en, remedy_id, remedy_en });
    }
}
