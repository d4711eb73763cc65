//! Reading a TOML document key by key, so that every unknown key and wrong kind of value is named with its line.

use std::ops::Range;

use jiff::civil::Date;
use rust_decimal::Decimal;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    At, Sink,
    message::{Message, say},
    suggest::nearest,
};

/// Parses the text as TOML; every syntax error becomes a problem.
pub fn open<'i>(text: &'i str, sink: &mut Sink) -> Option<Spanned<DeTable<'i>>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let span = error.span().unwrap_or(0..0);
        sink.error(&At { span, path: "toml".into() }, say::syntax(error.message()));
    }
    // What was understood of a broken text would only bring forth complaints about what was not.
    errors.is_empty().then_some(table)
}

/// A value and where it stands.
#[derive(Debug, Clone)]
pub struct Field<'s, 'i> {
    value: &'s DeValue<'i>,
    /// Where.
    pub at: At,
}

/// A table that is being read. Keys asked for are known keys; [`Section::finish`] reports the others.
#[derive(Debug)]
pub struct Section<'s, 'i> {
    table: &'s DeTable<'i>,
    /// Where.
    pub at: At,
    known: Vec<&'static str>,
    /// The table around a band: what the band does not say itself, it says for it.
    around: Option<&'s DeTable<'i>>,
}

impl<'s, 'i> Section<'s, 'i> {
    /// The document itself.
    pub fn root(table: &'s DeTable<'i>, span: Range<usize>) -> Self {
        Section { table, at: At { span, path: String::new() }, known: Vec::new(), around: None }
    }

    /// The value of a key; asking makes the key known.
    pub fn get(&mut self, key: &'static str) -> Option<Field<'s, 'i>> {
        self.known.push(key);
        let around = self.around.and_then(|table| table.get_key_value(key));
        let (name, value) = self.table.get_key_value(key).or(around)?;
        Some(self.field(name.get_ref(), value))
    }

    /// One section per table of `band = [ … ]`, each completed by this one; this one itself without `band`.
    pub fn bands(mut self, sink: &mut Sink) -> Vec<Section<'s, 'i>> {
        if self.get("band").is_none() {
            return vec![self];
        }
        let bands = self.sections("band", sink);
        bands
            .into_iter()
            .map(|band| Section { around: Some(self.table), known: vec!["band"], ..band })
            .collect()
    }

    fn field(&self, key: &str, value: &'s Spanned<DeValue<'i>>) -> Field<'s, 'i> {
        let path = if self.at.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.at.path) };
        Field { value: value.get_ref(), at: At { span: value.span(), path } }
    }

    /// All keys with their values, in the order of the text; for tables whose keys are data.
    pub fn entries(&self) -> Vec<(String, Field<'s, 'i>)> {
        let mut all: Vec<_> =
            self.table.iter().map(|(k, v)| (k.get_ref().to_string(), self.field(k.get_ref(), v))).collect();
        all.sort_by_key(|(_, field)| field.at.span.start);
        all
    }

    /// A text, when present.
    pub fn text(&mut self, key: &'static str, sink: &mut Sink) -> Option<String> {
        self.get(key)?.text(sink)
    }

    /// A text that must be present.
    pub fn required_text(&mut self, key: &'static str, sink: &mut Sink) -> String {
        match self.get(key) {
            Some(field) => field.text(sink).unwrap_or_default(),
            None => {
                sink.error(&self.at, say::missing_key(key));
                String::new()
            }
        }
    }

    /// A number, when present.
    pub fn decimal(&mut self, key: &'static str, sink: &mut Sink) -> Option<Decimal> {
        self.get(key)?.decimal(sink)
    }

    /// A yes/no, `false` when absent.
    pub fn flag(&mut self, key: &'static str, sink: &mut Sink) -> bool {
        self.get(key).and_then(|f| f.flag(sink)).unwrap_or(false)
    }

    /// One text or a list of texts; empty when absent.
    pub fn texts(&mut self, key: &'static str, sink: &mut Sink) -> Vec<String> {
        self.get(key).map(|f| f.texts(sink)).unwrap_or_default()
    }

    /// A table, when present.
    pub fn section(&mut self, key: &'static str, sink: &mut Sink) -> Option<Section<'s, 'i>> {
        self.get(key)?.section(sink)
    }

    /// The tables of `[[key]]`, in order; none when absent.
    pub fn sections(&mut self, key: &'static str, sink: &mut Sink) -> Vec<Section<'s, 'i>> {
        let Some(field) = self.get(key) else { return Vec::new() };
        let Some(array) = field.value.as_array() else {
            sink.error(&field.at, say::wrong_kind(&format!("[[{key}]]"), field.value.type_str()));
            return Vec::new();
        };
        array
            .iter()
            .enumerate()
            .filter_map(|(i, item)| {
                let path = format!("{}[{}]", field.at.path, i + 1);
                Field { value: item.get_ref(), at: At { span: item.span(), path } }.section(sink)
            })
            .collect()
    }

    /// Reports every key that nobody asked for.
    pub fn finish(self, sink: &mut Sink) {
        for (key, _) in self.table.iter().chain(self.around.into_iter().flatten()) {
            let name: &str = key.get_ref();
            if !self.known.contains(&name) {
                let path = if self.at.path.is_empty() {
                    name.to_owned()
                } else {
                    format!("{}.{name}", self.at.path)
                };
                let at = At { span: key.span(), path };
                sink.error(
                    &at,
                    say::unknown_key(name, nearest(name, self.known.iter().copied()), &self.known),
                );
            }
        }
    }
}

impl<'s, 'i> Field<'s, 'i> {
    fn wrong(&self, wanted: &str, sink: &mut Sink) {
        sink.error(&self.at, say::wrong_kind(wanted, self.value.type_str()));
    }

    /// Notes an error at this value.
    pub fn error(&self, sink: &mut Sink, message: Message) {
        sink.error(&self.at, message);
    }

    /// The value as text, without complaint when it is something else.
    pub fn as_text(&self) -> Option<&'s str> {
        self.value.as_str()
    }

    /// The value as yes/no, without complaint when it is something else.
    pub fn as_flag(&self) -> Option<bool> {
        self.value.as_bool()
    }

    /// Whether the value is a number.
    pub fn is_number(&self) -> bool {
        self.value.is_integer() || self.value.is_float()
    }

    /// Whether the value is a table.
    pub fn is_section(&self) -> bool {
        self.value.is_table()
    }

    /// A text.
    pub fn text(&self, sink: &mut Sink) -> Option<String> {
        match self.value.as_str() {
            Some(text) => Some(text.trim().to_owned()),
            None => {
                self.wrong("a text in quotes", sink);
                None
            }
        }
    }

    /// A yes/no.
    pub fn flag(&self, sink: &mut Sink) -> Option<bool> {
        if self.value.as_bool().is_none() {
            self.wrong("true or false", sink);
        }
        self.value.as_bool()
    }

    /// A number, exact as written.
    pub fn decimal(&self, sink: &mut Sink) -> Option<Decimal> {
        let digits = match self.value {
            DeValue::Integer(n) if n.radix() == 10 => n.as_str(),
            DeValue::Float(n) => n.as_str(),
            _ => {
                self.wrong("a number, for example 3 or 1.25", sink);
                return None;
            }
        };
        // Twelve digits before and eight after the comma hold any rupiah and any rate, and no product can overflow.
        let largest = Decimal::from(1_000_000_000_000_i64);
        let number = Decimal::from_str_exact(&digits.replace('_', "")).ok();
        let number = number.filter(|n| n.abs() <= largest && n.scale() <= 8);
        if number.is_none() {
            self.wrong("a number up to 1000000000000 with at most 8 places", sink);
        }
        number
    }

    /// A list; a single value is a list of one.
    pub fn items(&self) -> Vec<Field<'s, 'i>> {
        match self.value.as_array() {
            Some(array) => array
                .iter()
                .enumerate()
                .map(|(i, item)| Field {
                    value: item.get_ref(),
                    at: At { span: item.span(), path: format!("{}[{}]", self.at.path, i + 1) },
                })
                .collect(),
            None => vec![self.clone()],
        }
    }

    /// One text or a list of texts; numbers are taken as they are written.
    pub fn texts(&self, sink: &mut Sink) -> Vec<String> {
        self.items().iter().filter_map(|item| item.word(sink)).collect()
    }

    /// A text, or a number as it is written.
    pub fn word(&self, sink: &mut Sink) -> Option<String> {
        match self.value {
            DeValue::Integer(n) => Some(n.as_str().to_owned()),
            _ => self.text(sink),
        }
    }

    /// A table.
    pub fn section(&self, sink: &mut Sink) -> Option<Section<'s, 'i>> {
        match self.value.as_table() {
            Some(table) => Some(Section { table, at: self.at.clone(), known: Vec::new(), around: None }),
            None => {
                self.wrong("a table", sink);
                None
            }
        }
    }

    /// A date, written as `2026-01-01` with or without quotes.
    pub fn date(&self, sink: &mut Sink) -> Option<Date> {
        let written = match self.value {
            DeValue::Datetime(value) => value.to_string(),
            DeValue::String(text) => text.trim().to_owned(),
            _ => {
                self.wrong("a date such as 2026-01-01", sink);
                return None;
            }
        };
        match written.parse() {
            Ok(date) if written.len() == 10 => Some(date),
            _ => {
                sink.error(&self.at, say::bad_date(&written));
                None
            }
        }
    }
}
