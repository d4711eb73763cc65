//! X1, Daftar Hadir Harian: who came and left when on one day.

use std::borrow::Cow;

use domain::lang;
use jiff::civil::{Date, Time};

use crate::{
    error::PrintError,
    formula::Formula,
    frame::Frame,
    layout::Layout,
    table::{Cell, Column, Look, Table, TotalRow, number_columns},
};

/// The day list of a unit.
#[derive(Debug, Clone)]
pub struct DayList {
    /// Kop, signature, basis.
    pub frame: Frame,
    /// The day.
    pub date: Date,
    /// Which columns.
    pub variant: DayListVariant,
    /// One row each.
    pub rows: Vec<DayListRow>,
}

/// The two forms in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayListVariant {
    /// No, NIP, Nama, SKPD, presensi harian, presensi hari besar.
    Register,
    /// No, NIP, Nama, Pangkat, Jabatan, Pagi, Pulang, Apel: for the notice board.
    Board,
}

/// A row of the day list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DayListRow {
    /// 18 digits.
    pub nip: String,
    /// Name with titles.
    pub name: String,
    /// OPD or unit.
    pub unit: String,
    /// Pangkat and golongan.
    pub rank: String,
    /// Jabatan.
    pub position: String,
    /// Counted check-in.
    pub check_in: Option<PunchTime>,
    /// Counted check-out.
    pub check_out: Option<PunchTime>,
    /// Check-in of a commemoration day (hari besar) or, on the board form, of the apel.
    pub event_in: Option<PunchTime>,
    /// Check-out of a commemoration day.
    pub event_out: Option<PunchTime>,
    /// Code and words: `TL 12 menit`, `DL`, `TK`.
    pub remark: String,
}

/// A time of day on the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PunchTime {
    /// Wall-clock time.
    pub time: Time,
    /// Of the day after the working date (night shift).
    pub next_day: bool,
}

impl Layout for DayList {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn table(&self) -> Result<Table<'_>, PrintError> {
        let lang = self.frame.lang;
        let mut columns = self.columns();
        number_columns(&mut columns);
        let rows: Vec<_> = self.rows.iter().enumerate().map(|(i, row)| self.row(i + 1, row)).collect();
        let label_columns = columns.iter().take_while(|c| c.look != Look::Time).count();
        let cells = (label_columns..columns.len()).map(|i| match columns[i].look {
            Look::Time => {
                let counted = rows.iter().filter(|row| matches!(row[i], Cell::Time(..))).count();
                Cell::Live(Formula::CountNumbers, counted.into())
            }
            _ => Cell::Blank,
        });
        let totals = vec![TotalRow {
            label: lang.pick("Jumlah presensi", "Number of punches").to_owned(),
            label_columns,
            cells: cells.collect(),
        }];
        Ok(Table {
            sheet_name: lang.pick("Daftar Hadir", "Day List"),
            title: lang.pick("DAFTAR HADIR HARIAN PEGAWAI", "DAILY ATTENDANCE LIST").to_owned(),
            subtitle: self.frame.subtitle(&lang::long_date(self.date, lang)),
            columns,
            rows,
            totals,
            stacked: false,
            frozen: 3,
            notes: Vec::new(),
            without_formula: 0,
        })
    }
}

impl DayList {
    fn columns(&self) -> Vec<Column> {
        let lang = self.frame.lang;
        let (masuk, pulang) = (lang.pick("Masuk", "In"), lang.pick("Pulang", "Out"));
        let mut columns = vec![
            Column::new("No", 5.0, Look::Centre),
            Column::new("NIP", 21.0, Look::Digits),
            Column::new(lang.pick("Nama", "Name"), 36.0, Look::Left),
        ];
        match self.variant {
            DayListVariant::Register => {
                let daily = lang.pick("Presensi Harian", "Daily Attendance");
                let feast = lang.pick("Presensi Hari Besar", "Commemoration Day");
                columns.push(Column::new("SKPD", 38.0, Look::Left));
                columns.push(Column::new(masuk, 10.0, Look::Time).under(daily));
                columns.push(Column::new(pulang, 10.0, Look::Time).under(daily));
                columns.push(Column::new(masuk, 10.0, Look::Time).under(feast));
                columns.push(Column::new(pulang, 10.0, Look::Time).under(feast));
            }
            DayListVariant::Board => {
                columns.push(Column::new(lang.pick("Pangkat", "Rank"), 22.0, Look::Left));
                columns.push(Column::new(lang.pick("Jabatan", "Position"), 32.0, Look::Left));
                columns.push(Column::new(lang.pick("Pagi", "Morning"), 9.0, Look::Time));
                columns.push(Column::new(pulang, 9.0, Look::Time));
                columns.push(Column::new(lang.pick("Apel", "Assembly"), 9.0, Look::Time));
            }
        }
        columns.push(Column::new(lang.pick("Keterangan", "Remark"), 24.0, Look::Left));
        columns
    }

    fn row<'a>(&self, no: usize, row: &'a DayListRow) -> Vec<Cell<'a>> {
        let text = |t: &'a str| Cell::Text(Cow::Borrowed(t));
        let time = |t: Option<PunchTime>| t.map_or(Cell::Blank, |p| Cell::Time(p.time, p.next_day));
        let mut cells = vec![Cell::Number(no.into()), text(&row.nip), text(&row.name)];
        match self.variant {
            DayListVariant::Register => {
                cells.push(text(&row.unit));
                cells.extend([row.check_in, row.check_out, row.event_in, row.event_out].map(time));
            }
            DayListVariant::Board => {
                cells.extend([text(&row.rank), text(&row.position)]);
                cells.extend([row.check_in, row.check_out, row.event_in].map(time));
            }
        }
        cells.push(text(&row.remark));
        cells
    }
}
