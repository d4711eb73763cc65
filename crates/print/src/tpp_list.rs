//! X7, Daftar Perhitungan TPP: fixed columns for the person, then whatever columns the regency's policy has,
//! each with its number and, where one applies, its formula.

use std::{borrow::Cow, sync::Arc};

use domain::{lang, month::Month};
use rust_decimal::Decimal;
use rust_xlsxwriter::ColNum;

use crate::{
    error::PrintError,
    expr::Expr,
    formula::Formula,
    frame::Frame,
    layout::Layout,
    table::{Cell, Column, Look, Table, TotalRow},
};

/// The pay list of a unit.
#[derive(Debug, Clone)]
pub struct TppList {
    /// Kop, signature, basis.
    pub frame: Frame,
    /// The month the allowance is for.
    pub month: Month,
    /// Value columns, numbered from 6 on; the first is usually "Besaran TPP".
    pub columns: Vec<TppColumn>,
    /// One record each.
    pub rows: Vec<TppRow>,
}

/// A value column of the pay list.
#[derive(Debug, Clone, PartialEq)]
pub struct TppColumn {
    /// Heading over several columns: `Disiplin`.
    pub group: Option<String>,
    /// Heading: `Potongan presensi`.
    pub heading: String,
    /// What it holds.
    pub kind: TppKind,
    /// How it follows from columns before it; printed in the row of numbers and written as a live formula.
    pub formula: Option<Expr>,
    /// Whether the last row sums it.
    pub summed: bool,
}

/// What a value column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TppKind {
    /// Rupiah.
    Rupiah,
    /// Percent, given as `4.5` for 4,5 %.
    Percent,
    /// Points, days, people.
    Count,
    /// Words.
    Text,
}

/// A value of the pay list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TppCell {
    /// Nothing: the component does not apply.
    Blank,
    /// An amount, percentage or count.
    Number(Decimal),
    /// Words.
    Text(String),
}

/// A record of the pay list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TppRow {
    /// Name with titles.
    pub name: String,
    /// 18 digits.
    pub nip: String,
    /// `III/c` or `IX`.
    pub grade: String,
    /// Jabatan and eselon.
    pub position: String,
    /// Kelas jabatan.
    pub class: String,
    /// One value for each of [`TppList::columns`].
    pub values: Vec<TppCell>,
}

/// Columns before the first value: No, Nama/NIP, Gol, Jabatan, Kelas.
const LEAD: usize = 5;
/// Largest difference at which the formula's result counts as the judged value.
const TOLERANCE: Decimal = Decimal::from_parts(1, 0, 0, false, 6);

impl Layout for TppList {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn table(&self) -> Result<Table<'_>, PrintError> {
        self.check_references()?;
        let lang = self.frame.lang;
        let formulas: Vec<Option<Arc<Expr>>> =
            self.columns.iter().map(|c| c.formula.clone().map(Arc::new)).collect();
        let mut without_formula = 0;
        let mut rows = Vec::with_capacity(self.rows.len());
        for (i, row) in self.rows.iter().enumerate() {
            rows.push(self.row(i + 1, row, &formulas, &mut without_formula)?);
        }
        let title = lang.pick("DAFTAR PERHITUNGAN TAMBAHAN PENGHASILAN PEGAWAI", "TPP CALCULATION LIST");
        Ok(Table {
            sheet_name: "TPP",
            title: title.to_owned(),
            subtitle: self.frame.subtitle(&lang::month_title(self.month, lang)),
            columns: self.sheet_columns(),
            totals: vec![self.totals(&rows)],
            rows,
            stacked: true,
            frozen: 2,
            notes: Vec::new(),
            without_formula,
        })
    }
}

impl TppList {
    fn check_references(&self) -> Result<(), PrintError> {
        for (i, column) in self.columns.iter().enumerate() {
            for used in column.formula.iter().flat_map(Expr::columns) {
                let numeric = self.columns.get(used).is_some_and(|c| c.kind != TppKind::Text);
                if used >= i || !numeric {
                    return Err(PrintError::BadReference {
                        column: i + LEAD + 1,
                        refers_to: used + LEAD + 1,
                    });
                }
            }
        }
        Ok(())
    }

    fn sheet_columns(&self) -> Vec<Column> {
        let lang = self.frame.lang;
        let mut columns = vec![
            Column::new("No", 5.0, Look::Centre),
            Column::name_and_number(lang, 30.0),
            Column::new(lang.pick("Gol", "Grade"), 6.5, Look::Centre),
            Column::new(lang.pick("Jabatan / Eselon", "Position"), 26.0, Look::Left),
            Column::new(lang.pick("Kelas Jabatan", "Class"), 8.0, Look::Centre),
        ];
        for column in &self.columns {
            let (look, width) = match column.kind {
                TppKind::Rupiah => (Look::Rupiah, 14.0),
                TppKind::Percent => (Look::Percent, 9.0),
                TppKind::Count => (Look::Count, 8.0),
                TppKind::Text => (Look::Left, 18.0),
            };
            let plain = Column::new(&column.heading, width, look);
            columns.push(match &column.group {
                Some(group) => plain.under(group),
                None => plain,
            });
        }
        for (i, column) in columns.iter_mut().enumerate() {
            let formula = i.checked_sub(LEAD).and_then(|v| self.columns[v].formula.as_ref());
            column.number = match formula {
                Some(expr) => format!("{}={}", i + 1, expr.label(LEAD + 1)),
                None => (i + 1).to_string(),
            };
        }
        columns
    }

    fn row<'a>(
        &self,
        no: usize,
        row: &'a TppRow,
        formulas: &[Option<Arc<Expr>>],
        without_formula: &mut usize,
    ) -> Result<Vec<Cell<'a>>, PrintError> {
        let (expected, got) = (self.columns.len(), row.values.len());
        if expected != got {
            let name = row.name.clone();
            return Err(PrintError::RowLength { row: no, name, what: "values", expected, got });
        }
        let text = |t: &'a str| Cell::Text(Cow::Borrowed(t));
        let mut cells = vec![
            Cell::Number(no.into()),
            Cell::Pair(Cow::Borrowed(&row.name), Cow::Borrowed(&row.nip)),
            text(&row.grade),
            text(&row.position),
            text(&row.class),
        ];
        for (i, value) in row.values.iter().enumerate() {
            cells.push(match (value, &formulas[i]) {
                (TppCell::Blank, _) => Cell::Blank,
                (TppCell::Text(words), _) => text(words),
                (TppCell::Number(amount), None) => Cell::Number(*amount),
                (TppCell::Number(amount), Some(expr)) if self.agrees(i, *amount, expr, row) => {
                    let first = ColNum::try_from(LEAD).unwrap_or(0);
                    Cell::Live(Formula::Row(Arc::clone(expr), first), *amount)
                }
                (TppCell::Number(amount), Some(_)) => {
                    *without_formula += 1;
                    Cell::Number(*amount)
                }
            });
        }
        Ok(cells)
    }

    /// Whether the formula gives the judged value, so that Excel's recalculation does not change it.
    fn agrees(&self, index: usize, amount: Decimal, expr: &Expr, row: &TppRow) -> bool {
        let scaled = |i: usize, value: Decimal| match self.columns[i].kind {
            TppKind::Percent => value / Decimal::ONE_HUNDRED,
            _ => value,
        };
        let read = |i: usize| match row.values.get(i) {
            Some(TppCell::Number(value)) => scaled(i, *value),
            _ => Decimal::ZERO,
        };
        expr.value(&read).is_some_and(|result| (result - scaled(index, amount)).abs() < TOLERANCE)
    }

    fn totals(&self, rows: &[Vec<Cell<'_>>]) -> TotalRow {
        let cells = self.columns.iter().enumerate().map(|(i, column)| {
            if column.summed && column.kind != TppKind::Text {
                Cell::Live(Formula::SumColumn, rows.iter().map(|row| row[LEAD + i].number()).sum())
            } else {
                Cell::Blank
            }
        });
        TotalRow {
            label: self.frame.lang.pick("JUMLAH", "TOTAL").to_owned(),
            label_columns: LEAD,
            cells: cells.collect(),
        }
    }
}
