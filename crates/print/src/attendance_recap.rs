//! X3, Rekapitulasi Kehadiran: one record a person with name above NIP, as in Tapanuli Tengah.

use std::borrow::Cow;

use domain::{lang, month::Month};

use crate::{
    error::PrintError,
    formula::Formula,
    frame::Frame,
    layout::Layout,
    table::{Cell, Column, Look, Table, TotalRow, number_columns},
};

/// The recapitulation of a unit over a month.
#[derive(Debug, Clone)]
pub struct AttendanceRecap {
    /// Kop, signature, basis.
    pub frame: Frame,
    /// The month.
    pub month: Month,
    /// One record each.
    pub rows: Vec<RecapRow>,
}

/// A record of the recapitulation; all counts in days, apel in assemblies.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecapRow {
    /// Name with titles.
    pub name: String,
    /// 18 digits.
    pub nip: String,
    /// `III/c` or `IX`.
    pub grade: String,
    /// Jabatan.
    pub position: String,
    /// Working days.
    pub working_days: i64,
    /// Morning assemblies attended.
    pub apel_morning: i64,
    /// Afternoon assemblies attended.
    pub apel_afternoon: i64,
    /// H.
    pub present: i64,
    /// S.
    pub sick: i64,
    /// I.
    pub permission: i64,
    /// DL.
    pub duty: i64,
    /// C.
    pub leave: i64,
    /// TB.
    pub study: i64,
    /// A: without notice.
    pub absent: i64,
    /// DIK.
    pub training: i64,
    /// Free text.
    pub remark: String,
}

/// Columns before the first count: No, Nama/NIP, Golongan, Jabatan.
const LEAD: usize = 4;
/// Counts: E to O.
const COUNTS: usize = 11;

impl Layout for AttendanceRecap {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn table(&self) -> Result<Table<'_>, PrintError> {
        let lang = self.frame.lang;
        let mut columns = self.columns();
        number_columns(&mut columns);
        let rows: Vec<_> = self.rows.iter().enumerate().map(|(i, row)| row.cells(i + 1)).collect();
        let sums = (LEAD..LEAD + COUNTS)
            .map(|i| Cell::Live(Formula::SumColumn, rows.iter().map(|row| row[i].number()).sum()));
        let totals = vec![TotalRow {
            label: lang.pick("JUMLAH", "TOTAL").to_owned(),
            label_columns: LEAD,
            cells: sums.chain([Cell::Blank]).collect(),
        }];
        let title = lang.pick("REKAPITULASI KEHADIRAN PEGAWAI", "ATTENDANCE RECAPITULATION");
        Ok(Table {
            sheet_name: lang.pick("Rekap", "Recap"),
            title: title.to_owned(),
            subtitle: self.frame.subtitle(&lang::month_title(self.month, lang)),
            columns,
            rows,
            totals,
            stacked: true,
            frozen: 2,
            notes: self.notes(),
            without_formula: 0,
        })
    }
}

impl AttendanceRecap {
    fn columns(&self) -> Vec<Column> {
        let lang = self.frame.lang;
        let apel = lang.pick("Jumlah Apel", "Assemblies");
        let reasons = lang.pick("Tidak Masuk Kantor", "Away from the Office");
        let mut columns = vec![
            Column::new("No", 5.0, Look::Centre),
            Column::name_and_number(lang, 34.0),
            Column::new(lang.pick("Golongan", "Grade"), 9.5, Look::Centre),
            Column::new(lang.pick("Jabatan", "Position"), 32.0, Look::Left),
            Column::new(lang.pick("Jumlah Hari Kerja", "Working Days"), 8.0, Look::Count),
            Column::new(lang.pick("Pagi", "Morning"), 7.5, Look::Count).under(apel),
            Column::new(lang.pick("Sore", "Afternoon"), 7.5, Look::Count).under(apel),
        ];
        for code in ["H", "S", "I", "DL", "C", "TB", "A", "DIK"] {
            columns.push(Column::new(code, 5.5, Look::Count).under(reasons).plain(code));
        }
        columns.push(Column::new(lang.pick("Keterangan", "Remark"), 22.0, Look::Left));
        columns
    }

    fn notes(&self) -> Vec<String> {
        let pick = |id: &'static str, en: &'static str| self.frame.lang.pick(id, en).to_owned();
        vec![
            pick("H: hadir; A: tanpa keterangan", "H: present; A: absent without notice"),
            pick("S: dibuktikan dengan surat dokter", "S: shown by a doctor's letter"),
            pick("I: dibuktikan dengan surat izin", "I: shown by a letter of permission"),
            pick("DL: dibuktikan dengan SPT", "DL: shown by a letter of assignment"),
            pick("C: dibuktikan dengan surat cuti", "C: shown by a letter of leave"),
            pick("TB: dibuktikan dengan SK tugas belajar", "TB: shown by the decree of study"),
            pick("DIK: dibuktikan dengan surat tugas diklat", "DIK: shown by a letter of training"),
        ]
    }
}

impl RecapRow {
    fn cells(&self, no: usize) -> Vec<Cell<'_>> {
        let text = |t| Cell::Text(Cow::Borrowed(t));
        let mut cells = vec![
            Cell::Number(no.into()),
            Cell::Pair(Cow::Borrowed(&self.name), Cow::Borrowed(&self.nip)),
            text(&self.grade),
            text(&self.position),
        ];
        let counts: [i64; COUNTS] = [
            self.working_days,
            self.apel_morning,
            self.apel_afternoon,
            self.present,
            self.sick,
            self.permission,
            self.duty,
            self.leave,
            self.study,
            self.absent,
            self.training,
        ];
        cells.extend(counts.map(Cell::int));
        cells.push(text(&self.remark));
        cells
    }
}
