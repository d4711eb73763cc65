//! X2, Daftar Hadir Bulanan: a square for each person and day, with counts that recount themselves.

use std::borrow::Cow;

use domain::{
    employment::EmploymentKind,
    lang::{self, Lang},
    money::Percent,
    month::Month,
};
use jiff::civil::{Date, Weekday};
use rust_xlsxwriter::ColNum;

use crate::{
    code_columns::CodeColumns,
    day_mark::{DayMark, MarkColumn},
    error::PrintError,
    formula::{CodeList, Formula},
    frame::Frame,
    layout::Layout,
    table::{Cell, Column, Look, Table, TotalRow, number_columns},
};

/// The month matrix of a unit.
#[derive(Debug, Clone)]
pub struct MonthMatrix {
    /// Kop, signature, basis.
    pub frame: Frame,
    /// The month.
    pub month: Month,
    /// The days shown, in order; usually the whole month.
    pub days: Vec<MatrixDay>,
    /// One row each.
    pub people: Vec<PersonMonth>,
}

/// A date column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixDay {
    /// The date.
    pub date: Date,
    /// Weekend or holiday by the general calendar: the column is grey.
    pub free: bool,
    /// Name of the holiday, listed below the table.
    pub holiday: Option<String>,
}

/// A row of the matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonMonth {
    /// Name with titles.
    pub name: String,
    /// 18 digits.
    pub nip: String,
    /// PNS, PPPK, ….
    pub kind: EmploymentKind,
    /// One mark for each of [`MonthMatrix::days`].
    pub marks: Vec<DayMark>,
    /// Minutes late in the month.
    pub late_minutes: i64,
    /// Minutes left early in the month.
    pub early_minutes: i64,
    /// Working days of this person in the month (HK).
    pub working_days: i64,
    /// Attendance cut; `None` while nothing is cut (pendataan, uji coba, no policy).
    pub cut: Option<Percent>,
}

/// Sheet columns before the dates: No, Nama, NIP, Jenis.
const LEAD: ColNum = 4;

impl Layout for MonthMatrix {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn table(&self) -> Result<Table<'_>, PrintError> {
        let codes = CodeColumns::of(self.people.iter().flat_map(|p| &p.marks))?;
        let mut columns = self.columns();
        number_columns(&mut columns);
        let rows = self
            .people
            .iter()
            .enumerate()
            .map(|(i, person)| self.row(i + 1, person, &codes))
            .collect::<Result<Vec<_>, _>>()?;
        let lang = self.frame.lang;
        let title = lang.pick("DAFTAR HADIR BULANAN PEGAWAI", "MONTHLY ATTENDANCE SHEET");
        Ok(Table {
            sheet_name: lang.pick("Rekap", "Recap"),
            title: title.to_owned(),
            subtitle: self.frame.subtitle(&lang::month_title(self.month, lang)),
            totals: vec![self.totals(&codes, &rows)],
            columns,
            rows,
            stacked: false,
            frozen: 2,
            notes: self.notes(),
            without_formula: 0,
        })
    }
}

impl MonthMatrix {
    fn columns(&self) -> Vec<Column> {
        let lang = self.frame.lang;
        let person = lang.pick("Nama / NIP", "Name / NIP");
        let name = lang.pick("Nama", "Name");
        let mut columns = vec![
            Column::new("No", 4.0, Look::Centre),
            Column::new(name, 25.0, Look::Left).under(person).plain(name),
            Column::new("NIP", 16.5, Look::Digits).under(person).plain("NIP"),
            Column::new("PNS / PPPK", 7.0, Look::Centre),
        ];
        for day in &self.days {
            let heading = format!("{}\n{}", day.date.day(), short_weekday(day.date.weekday(), lang));
            let group = lang.pick("Tanggal", "Date");
            let column = Column::new(heading, 2.7, Look::Mark).under(group).plain(day.date.to_string());
            columns.push(Column { grey: day.free, ..column });
        }
        let total = lang.pick("Jumlah", "Total");
        for counted in MarkColumn::COUNTED {
            let heading = counted.heading(lang);
            let width = if counted == MarkColumn::Other { 4.5 } else { 3.2 };
            columns.push(Column::new(heading, width, Look::Count).under(total).plain(heading));
        }
        let (times, minutes) = (lang.pick("kali", "times"), lang.pick("menit", "min"));
        for group in ["TL", "PSW"] {
            columns.push(Column::new(times, 4.0, Look::Count).under(group));
            columns.push(Column::new(minutes, 5.5, Look::Count).under(group));
        }
        columns.push(Column::new("HK", 3.4, Look::Count));
        columns.push(Column::new("Pot %", 6.5, Look::Percent));
        columns
    }

    fn row<'a>(
        &self,
        no: usize,
        person: &'a PersonMonth,
        codes: &CodeColumns,
    ) -> Result<Vec<Cell<'a>>, PrintError> {
        let (expected, got) = (self.days.len(), person.marks.len());
        if expected != got {
            let name = person.name.clone();
            return Err(PrintError::RowLength { row: no, name, what: "days", expected, got });
        }
        let mut cells = Vec::with_capacity(expected + 18);
        cells.push(Cell::int(i64::try_from(no).unwrap_or(i64::MAX)));
        cells.push(Cell::Text(Cow::Borrowed(&person.name)));
        cells.push(Cell::Text(Cow::Borrowed(&person.nip)));
        cells.push(Cell::Text(Cow::Borrowed(short_kind(person.kind))));
        cells.extend(person.marks.iter().map(|m| Cell::Mark(Cow::Borrowed(&*m.code), m.tone())));
        let count = |list: &CodeList| self.count_in_row(person, list);
        cells.extend(codes.counted.iter().map(count));
        cells.push(count(&codes.late));
        cells.push(Cell::int(person.late_minutes));
        cells.push(count(&codes.early));
        cells.push(Cell::int(person.early_minutes));
        cells.push(Cell::int(person.working_days));
        cells.push(person.cut.map_or(Cell::Blank, |cut| Cell::Number(cut.0)));
        Ok(cells)
    }

    fn count_in_row(&self, person: &PersonMonth, list: &CodeList) -> Cell<'static> {
        let value = person.marks.iter().filter(|m| list.has(&m.code)).count();
        let last = LEAD + ColNum::try_from(self.days.len().saturating_sub(1)).unwrap_or(0);
        let formula = Formula::CountInRow { first: LEAD, last, codes: list.clone() };
        Cell::Live(formula, value.into())
    }

    /// Under a date: how many were present. Under a total: its sum.
    fn totals(&self, codes: &CodeColumns, rows: &[Vec<Cell<'_>>]) -> TotalRow {
        let present = &codes.counted[0];
        let dates = (0..self.days.len()).map(|day| {
            let value = self.people.iter().filter(|p| present.has(&p.marks[day].code)).count();
            Cell::Live(Formula::CountInColumn(present.clone()), value.into())
        });
        let first = usize::from(LEAD) + self.days.len();
        let sums = (first..first + 13)
            .map(|i| Cell::Live(Formula::SumColumn, rows.iter().map(|row| row[i].number()).sum()));
        let label =
            self.frame.lang.pick("Jumlah (di bawah tanggal: yang hadir)", "Total (under a date: present)");
        TotalRow {
            label: label.to_owned(),
            label_columns: usize::from(LEAD),
            cells: dates.chain(sums).chain([Cell::Blank]).collect(),
        }
    }

    fn notes(&self) -> Vec<String> {
        let lang = self.frame.lang;
        let mut notes = vec![
            lang.pick(
                "H = hadir (termasuk TL, PSW, TLP, TAM, TAP, TLA, TMP, SH); TL = terlambat; PSW = pulang sebelum waktu; TLP = TL dan PSW; TK = tanpa keterangan.",
                "H = present (with TL, PSW, TLP, TAM, TAP, TLA, TMP, SH); TL = late; PSW = left early; TLP = both; TK = absent without notice.",
            )
            .to_owned(),
            lang.pick(
                "S = sakit; I = izin; C = cuti; TB = tugas belajar; DL = dinas luar; L = libur; HK = hari kerja. Semua kode: lembar Keterangan.",
                "S = sick; I = permission; C = leave; TB = study; DL = official duty; L = free day; HK = working days. All codes: sheet Legend.",
            )
            .to_owned(),
        ];
        for day in &self.days {
            if let Some(name) = &day.holiday {
                notes.push(format!("{}: {name}", lang::plain_date(day.date, lang)));
            }
        }
        notes
    }
}

fn short_weekday(day: Weekday, lang: Lang) -> &'static str {
    let id = ["Sn", "Sl", "Rb", "Km", "Jm", "Sb", "Mg"];
    let en = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
    let index = usize::try_from(day.to_monday_zero_offset()).unwrap_or(0);
    match lang {
        Lang::Id => id[index],
        Lang::En => en[index],
    }
}

const fn short_kind(kind: EmploymentKind) -> &'static str {
    match kind {
        EmploymentKind::PppkParuhWaktu => "PPPK PW",
        other => other.label(),
    }
}
