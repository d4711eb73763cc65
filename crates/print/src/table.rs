//! The table between a layout and its writers: columns, cells and formulas, not yet on any sheet.

use std::borrow::Cow;

use domain::lang::Lang;
use jiff::civil::Time;
use rust_decimal::Decimal;
use rust_xlsxwriter::ColNum;

use crate::formula::Formula;

/// A finished table; made by a [`crate::Layout`], read by the writers.
#[derive(Debug, Clone)]
pub struct Table<'a> {
    pub(crate) sheet_name: &'static str,
    pub(crate) title: String,
    /// Line under the title: unit and period.
    pub(crate) subtitle: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Cell<'a>>>,
    pub(crate) totals: Vec<TotalRow>,
    /// Two sheet rows a record: name above NIP, every other cell merged over both.
    pub(crate) stacked: bool,
    /// Columns that stay in view.
    pub(crate) frozen: ColNum,
    /// Lines below the table, left of the signature.
    pub(crate) notes: Vec<String>,
    /// Cells whose column has a formula but whose value is another, because a special rule decided it.
    pub(crate) without_formula: usize,
}

/// A column of a table.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    /// Heading over several columns; neighbours with the same text share one merged cell.
    pub(crate) group: Option<String>,
    pub(crate) heading: String,
    /// Heading in delimited text, unique in the table.
    pub(crate) plain: String,
    /// For columns of [`Cell::Pair`]: heading of the lower value in delimited text.
    pub(crate) plain_lower: Option<String>,
    /// Text in the row of column numbers: `9` or `9=7x8`.
    pub(crate) number: String,
    /// Width in characters of the default font.
    pub(crate) width: f64,
    pub(crate) look: Look,
    /// Weekend or holiday.
    pub(crate) grey: bool,
}

impl Column {
    /// Name above number: two lines on paper, two columns in a plain table.
    pub(crate) fn name_and_number(lang: Lang, width: f64) -> Column {
        Column {
            plain: lang.pick("Nama", "Name").to_owned(),
            plain_lower: Some("NIP".to_owned()),
            ..Column::new(lang.pick("Nama / NIP", "Name / NIP"), width, Look::Left)
        }
    }

    /// A column outside any group whose number is not yet given.
    pub(crate) fn new(heading: impl Into<String>, width: f64, look: Look) -> Column {
        let heading = heading.into();
        Column {
            group: None,
            plain: heading.clone(),
            heading,
            plain_lower: None,
            number: String::new(),
            width,
            look,
            grey: false,
        }
    }

    /// The column under a shared heading.
    pub(crate) fn under(mut self, group: &str) -> Column {
        self.plain = format!("{group} {}", self.heading);
        self.group = Some(group.to_owned());
        self
    }

    /// The column with another heading in delimited text.
    pub(crate) fn plain(mut self, plain: impl Into<String>) -> Column {
        self.plain = plain.into();
        self
    }
}

/// Numbers the columns 1, 2, 3, … where no number is set.
pub(crate) fn number_columns(columns: &mut [Column]) {
    for (i, column) in columns.iter_mut().enumerate() {
        if column.number.is_empty() {
            column.number = (i + 1).to_string();
        }
    }
}

/// How the cells of a column look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Look {
    /// Short text or ordinal, centred.
    Centre,
    /// Words, wrapped.
    Left,
    /// Digits kept as text.
    Digits,
    /// A day code.
    Mark,
    /// A count.
    Count,
    /// Rupiah; two decimals only where there are any.
    Rupiah,
    /// Percent, given as `4.5`, stored as 0.045 so that formulas multiply as the row of numbers says.
    Percent,
    /// Time of day.
    Time,
}

/// The meaning of a cell's colour; its code says the same in letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Tone {
    Plain,
    Amber,
    Red,
    Blue,
    Grey,
    Faint,
}

/// One cell.
#[derive(Debug, Clone)]
pub(crate) enum Cell<'a> {
    Blank,
    Text(Cow<'a, str>),
    /// Upper and lower line of a stacked record: name, NIP.
    Pair(Cow<'a, str>, Cow<'a, str>),
    Mark(Cow<'a, str>, Tone),
    Number(Decimal),
    /// Time of day and whether it is of the next day.
    Time(Time, bool),
    /// A formula and what it gives.
    Live(Formula, Decimal),
}

impl Cell<'_> {
    /// A whole number.
    pub(crate) fn int(value: i64) -> Self {
        Cell::Number(Decimal::from(value))
    }

    /// The number a formula would read; blanks and text count as nothing.
    pub(crate) fn number(&self) -> Decimal {
        match self {
            Cell::Number(value) | Cell::Live(_, value) => *value,
            _ => Decimal::ZERO,
        }
    }
}

/// A row below the body.
#[derive(Debug, Clone)]
pub(crate) struct TotalRow {
    pub(crate) label: String,
    /// Number of columns the label covers.
    pub(crate) label_columns: usize,
    /// One cell for each column after the label.
    pub(crate) cells: Vec<Cell<'static>>,
}
