//! A workbook read back: values, formulas and merged cells by A1 address.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};

/// One sheet of a workbook.
pub struct Sheet {
    values: Range<Data>,
    formulas: Range<String>,
    merged: Vec<calamine::Dimensions>,
}

pub fn sheet_names(bytes: &[u8]) -> Vec<String> {
    Xlsx::new(Cursor::new(bytes)).unwrap().sheet_names()
}

pub fn sheet(bytes: &[u8], name: &str) -> Sheet {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    Sheet {
        values: book.worksheet_range(name).unwrap(),
        formulas: book.worksheet_formula(name).unwrap(),
        merged: book.merge_cells_by_sheet_name(name).unwrap(),
    }
}

/// `AB12` as row and column from 0.
pub fn position(address: &str) -> (u32, u32) {
    let digits = address.find(|c: char| c.is_ascii_digit()).unwrap();
    let column = address[..digits].bytes().fold(0, |sum, b| sum * 26 + u32::from(b - b'A') + 1);
    (address[digits..].parse::<u32>().unwrap() - 1, column - 1)
}

impl Sheet {
    pub fn value(&self, address: &str) -> Data {
        self.values.get_value(position(address)).cloned().unwrap_or(Data::Empty)
    }

    pub fn text(&self, address: &str) -> String {
        match self.value(address) {
            Data::String(text) => text,
            other => panic!("{address} is not text: {other:?}"),
        }
    }

    pub fn number(&self, address: &str) -> f64 {
        match self.value(address) {
            Data::Float(number) => number,
            Data::Int(number) => number as f64,
            Data::DateTime(time) => time.as_f64(),
            other => panic!("{address} is not a number: {other:?}"),
        }
    }

    pub fn formula(&self, address: &str) -> String {
        self.formulas.get_value(position(address)).cloned().unwrap_or_default()
    }

    pub fn is_merged(&self, range: &str) -> bool {
        let (start, end) = range.split_once(':').unwrap();
        self.merged.iter().any(|d| d.start == position(start) && d.end == position(end))
    }

    /// Every formula with the result stored beside it.
    pub fn formulas(&self) -> Vec<(String, f64)> {
        let offset = self.formulas.start().unwrap_or_default();
        let mut all = Vec::new();
        for (row, col, formula) in self.formulas.used_cells() {
            let at = (row as u32 + offset.0, col as u32 + offset.1);
            let Some(Data::Float(result)) = self.values.get_value(at) else {
                panic!("no stored result for {formula} at {at:?}")
            };
            all.push((formula.clone(), *result));
        }
        all
    }

    /// The cells of a range such as `E9:AH9`.
    pub fn range(&self, range: &str) -> Vec<Data> {
        let (start, end) = range.split_once(':').unwrap();
        let ((top, left), (bottom, right)) = (position(start), position(end));
        let cell = |row, col| self.values.get_value((row, col)).cloned().unwrap_or(Data::Empty);
        (top..=bottom).flat_map(|row| (left..=right).map(move |col| cell(row, col))).collect()
    }
}
