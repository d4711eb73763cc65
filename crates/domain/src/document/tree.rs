//! A parsed document as plain values, with the line of every key kept beside it.

use std::collections::BTreeMap;

use serde_json::{Map, Number, Value};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{Format, Problem};

/// Values plus the lines they stand on.
pub(super) struct Tree {
    value: Value,
    lines: Lines,
}

/// Path → line, for TOML documents; empty for JSON.
#[derive(Default)]
pub(super) struct Lines(BTreeMap<String, usize>);

impl Lines {
    /// The line of `path`, or of the nearest enclosing part that has one.
    pub(super) fn find(&self, path: &str) -> Option<usize> {
        let mut path = path;
        loop {
            if let Some(line) = self.0.get(path) {
                return Some(*line);
            }
            let cut = path.rfind(['.', '['])?;
            path = &path[..cut];
        }
    }
}

impl Tree {
    pub(super) fn parse(text: &str, format: Format) -> Result<Tree, Vec<Problem>> {
        match format {
            Format::Json => match serde_json::from_str(text) {
                Ok(value) => Ok(Tree { value, lines: Lines::default() }),
                Err(e) => {
                    let problem = Problem::at("", format!("not valid JSON: {e}"));
                    Err(vec![Problem { line: Some(e.line()), ..problem }])
                }
            },
            Format::Toml => Self::from_toml(text),
        }
    }

    pub(super) fn into_parts(self) -> (Value, Lines) {
        (self.value, self.lines)
    }

    fn from_toml(text: &str) -> Result<Tree, Vec<Problem>> {
        let starts = LineStarts::of(text);
        let (table, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            let problem = |e: &toml::de::Error| Problem {
                line: e.span().map(|s| starts.line(s.start)),
                ..Problem::at("", format!("not valid TOML: {}", e.message()))
            };
            return Err(errors.iter().map(problem).collect());
        }
        let mut walk = Walk { starts, lines: Lines::default() };
        let value = walk.table(table.get_ref(), "").map_err(|p| vec![p])?;
        Ok(Tree { value, lines: walk.lines })
    }
}

/// Byte offsets at which lines start.
struct LineStarts(Vec<usize>);

impl LineStarts {
    fn of(text: &str) -> Self {
        Self(std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect())
    }

    fn line(&self, offset: usize) -> usize {
        self.0.partition_point(|start| *start <= offset).max(1)
    }
}

struct Walk {
    starts: LineStarts,
    lines: Lines,
}

impl Walk {
    fn table(&mut self, table: &DeTable<'_>, path: &str) -> Result<Value, Problem> {
        let mut out = Map::new();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            self.lines.0.insert(path.clone(), self.starts.line(key.span().start));
            out.insert(name.to_owned(), self.value(value, &path)?);
        }
        Ok(Value::Object(out))
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>, path: &str) -> Result<Value, Problem> {
        let problem = |what: &str, walk: &Walk| Problem {
            line: Some(walk.starts.line(value.span().start)),
            ..Problem::at(path, what)
        };
        Ok(match value.get_ref() {
            DeValue::String(text) => Value::String(text.to_string()),
            DeValue::Boolean(flag) => Value::Bool(*flag),
            DeValue::Datetime(at) => Value::String(at.to_string()),
            DeValue::Integer(number) => {
                let digits = number.as_str();
                let parsed = i64::from_str_radix(digits, number.radix());
                Value::Number(parsed.map_err(|_| problem("the number is too large", self))?.into())
            }
            DeValue::Float(number) => {
                let parsed = number.as_str().parse().ok().and_then(Number::from_f64);
                Value::Number(parsed.ok_or_else(|| problem("not a finite number", self))?)
            }
            DeValue::Array(items) => {
                let mut out = Vec::with_capacity(items.len());
                for (i, item) in items.iter().enumerate() {
                    let path = format!("{path}[{i}]");
                    self.lines.0.insert(path.clone(), self.starts.line(item.span().start));
                    out.push(self.value(item, &path)?);
                }
                Value::Array(out)
            }
            DeValue::Table(table) => self.table(table, path)?,
        })
    }
}
