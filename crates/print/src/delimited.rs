//! CSV and TSV of the same tables: one line a person, values instead of formulas.

use jiff::civil::Time;
use rust_decimal::Decimal;

use crate::{
    clean::{clean, neutralise},
    error::PrintError,
    layout::Layout,
    table::{Cell, Column, Look},
};

/// How delimited text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// Between fields: `,`, `;` or TAB.
    pub separator: char,
    /// A UTF-8 byte order mark first, without which Excel reads names as Windows-1252.
    pub byte_order_mark: bool,
    /// `,` or `.` in numbers.
    pub decimal_comma: bool,
    /// What happens to NIP and other long runs of digits.
    pub long_digits: LongDigits,
}

/// Numbers of more than 15 digits lose their end when Excel reads them as numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LongDigits {
    /// As they are, for programs.
    Plain,
    /// As `="199001012020121001"`, which Excel keeps as text.
    ExcelText,
}

impl Dialect {
    /// RFC 4180: comma, no mark, point in decimals. For programs.
    pub const RFC4180: Dialect = Dialect {
        separator: ',',
        byte_order_mark: false,
        decimal_comma: false,
        long_digits: LongDigits::Plain,
    };
    /// What Excel with Indonesian settings opens by a double click.
    pub const EXCEL_INDONESIA: Dialect = Dialect {
        separator: ';',
        byte_order_mark: true,
        decimal_comma: true,
        long_digits: LongDigits::ExcelText,
    };
    /// For the clipboard ("Tempel ke Excel").
    pub const CLIPBOARD: Dialect = Dialect {
        separator: '\t',
        byte_order_mark: false,
        decimal_comma: true,
        long_digits: LongDigits::ExcelText,
    };
}

/// The table of a layout as delimited text with one heading line and CRLF ends. Texts that a spreadsheet would
/// read as a formula get a leading apostrophe. Totals are left out: whoever reads this can add.
///
/// # Errors
/// See [`PrintError`].
pub fn delimited(layout: &(impl Layout + ?Sized), dialect: Dialect) -> Result<String, PrintError> {
    let table = layout.table()?;
    let mut out = String::new();
    if dialect.byte_order_mark {
        out.push('\u{FEFF}');
    }
    let headings = table.columns.iter().flat_map(|column| {
        let first = match column.look {
            Look::Percent if !column.plain.contains('%') => format!("{} (%)", column.plain),
            _ => column.plain.clone(),
        };
        std::iter::once(first).chain(column.plain_lower.clone())
    });
    push_line(&mut out, headings.map(|h| dialect.text(&h)), dialect);
    for row in &table.rows {
        let fields = row.iter().zip(&table.columns).flat_map(|(cell, column)| dialect.fields(cell, column));
        push_line(&mut out, fields, dialect);
    }
    Ok(out)
}

impl Dialect {
    fn fields(self, cell: &Cell<'_>, column: &Column) -> Vec<String> {
        let first = match cell {
            Cell::Pair(upper, lower) => return vec![self.text(upper), self.text(lower)],
            Cell::Blank => String::new(),
            Cell::Text(text) | Cell::Mark(text, _) => self.text(text),
            Cell::Number(value) | Cell::Live(_, value) => self.number(*value),
            Cell::Time(time, next_day) => clock(*time, *next_day),
        };
        let second = column.plain_lower.as_ref().map(|_| String::new());
        std::iter::once(first).chain(second).collect()
    }

    fn number(self, value: Decimal) -> String {
        let text = value.normalize().to_string();
        if self.decimal_comma { text.replace('.', ",") } else { text }
    }

    fn text(self, text: &str) -> String {
        let long_digits = text.len() > 15 && text.bytes().all(|b| b.is_ascii_digit());
        if long_digits && self.long_digits == LongDigits::ExcelText {
            return format!("=\"{text}\"");
        }
        let cleaned = clean(text);
        let safe = neutralise(&cleaned);
        // Pasted text has no quoting that every program understands.
        if self.separator == '\t' { safe.replace(['\t', '\n', '\r'], " ") } else { safe.into_owned() }
    }
}

fn clock(time: Time, next_day: bool) -> String {
    let mark = if next_day { " (+1)" } else { "" };
    format!("{:02}:{:02}{mark}", time.hour(), time.minute())
}

fn push_line(out: &mut String, fields: impl Iterator<Item = String>, dialect: Dialect) {
    for (i, field) in fields.enumerate() {
        if i > 0 {
            out.push(dialect.separator);
        }
        if field.contains([dialect.separator, '"', '\r', '\n']) {
            out.push('"');
            out.push_str(&field.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&field);
        }
    }
    out.push_str("\r\n");
}
