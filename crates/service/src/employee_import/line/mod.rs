//! One row of the file, understood or refused.

use domain::{
    employment::EmploymentKind,
    golongan::{Golongan, Ladder},
    jabatan::{Eselon, JabatanKind},
    nip::EmployeeNumber,
    person_name::PersonName,
};

use super::{
    facts::{Facts, Field},
    heading::{Column, Headings},
    problem::{Problem, ProblemKind, Severity},
    sheet::{Cell, Row},
};

mod read;
#[cfg(test)]
mod tests;

/// Longest text of a cell that is taken.
const LONGEST: usize = 200;

/// What a row says about the unit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct UnitText {
    /// Code of the OPD.
    pub opd_code: Option<String>,
    /// Name of the OPD.
    pub opd_name: Option<String>,
    /// Code of the unit.
    pub unit_code: Option<String>,
    /// Name of the unit.
    pub unit_name: Option<String>,
}

impl UnitText {
    /// Whether the row says nothing about the unit.
    pub fn is_empty(&self) -> bool {
        *self == UnitText::default()
    }
}

/// A row that can be taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The row of the file.
    pub row: u32,
    /// The number.
    pub number: EmployeeNumber,
    /// The name with titles.
    pub name: PersonName,
    /// Everything that needs no look at other rows or at the database; unit and superior are still missing.
    pub facts: Facts,
    /// The unit as the row names it.
    pub unit: UnitText,
    /// The superior's number.
    pub superior: Option<EmployeeNumber>,
    /// Whether the row says in words that a PPPK is full-time (`PPPK Penuh Waktu`).
    pub says_full_time: bool,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Understood.
    Taken(Box<Line>),
    /// Refused; the number is known if at least that could be read.
    Refused(Option<EmployeeNumber>),
    /// A person who has left the service.
    LeftService(EmployeeNumber),
    /// Not a person: a row of column numbers, a total, a signature.
    NoPerson,
}

/// Reads a row and says everything that is wrong with it, not only the first thing.
pub fn read(row: &Row, headings: &Headings, problems: &mut Vec<Problem>) -> Outcome {
    let number_cell = headings.cell(Column::Number, row);
    let name_cell = headings.cell(Column::Name, row);
    if (number_cell.is_blank() && name_cell.is_blank()) || is_numbering(row) {
        return Outcome::NoPerson;
    }
    let before = problems.len();
    let mut reader = Reader { row, headings, problems };
    let number = reader.number(Column::Number, ProblemKind::Number);
    let outcome = match number {
        Some(number) => reader.person(number),
        None => {
            // Go through the rest all the same: one round of corrections should be enough.
            reader.details(None);
            Outcome::Refused(None)
        }
    };
    let refused = problems[before..].iter().any(|p| p.severity() == Severity::Row);
    match outcome {
        Outcome::Taken(line) if refused => Outcome::Refused(Some(line.number)),
        other => other,
    }
}

/// The row `1 2 3 4 …` that lists print under their headings.
fn is_numbering(row: &Row) -> bool {
    let filled: Vec<String> = row.cells.iter().filter(|c| !c.is_blank()).map(Cell::text).collect();
    filled.len() >= 3 && filled.iter().all(|text| text.trim().parse::<u16>().is_ok_and(|n| n <= 300))
}

struct Reader<'a> {
    row: &'a Row,
    headings: &'a Headings,
    problems: &'a mut Vec<Problem>,
}

/// The parts of a row other than the number.
struct Details {
    name: PersonName,
    facts: Facts,
    unit: UnitText,
    superior: Option<EmployeeNumber>,
}

impl Reader<'_> {
    fn complain(&mut self, column: Column, value: impl Into<String>, kind: ProblemKind) {
        self.problems.push(Problem {
            row: self.row.number,
            column: self.headings.label(column).to_owned(),
            value: value.into(),
            kind,
        });
    }

    /// The text of a cell, cleaned; `None` if there is nothing usable, with the complaint made.
    fn text(&mut self, column: Column) -> Option<String> {
        let cell = self.headings.cell(column, self.row);
        if cell.is_blank() {
            return None;
        }
        match cell {
            Cell::FormulaWithoutResult => {
                self.complain(column, "", ProblemKind::FormulaWithoutResult);
                None
            }
            Cell::Error(code) => {
                let code = code.clone();
                self.complain(column, code, ProblemKind::CellError);
                None
            }
            other => {
                let raw = other.text();
                let cleaned = PersonName::clean(&raw);
                if cleaned.text.chars().count() > LONGEST {
                    self.complain(column, raw, ProblemKind::TooLong);
                    return None;
                }
                if matches!(column, Column::Name | Column::Jabatan) {
                    if cleaned.had_controls {
                        self.complain(column, raw, ProblemKind::Cleaned);
                    }
                    if cleaned.text.starts_with(['=', '+', '@']) {
                        self.complain(column, cleaned.text.clone(), ProblemKind::FormulaLikeText);
                    }
                }
                (!cleaned.text.is_empty()).then_some(cleaned.text)
            }
        }
    }

    fn number(
        &mut self,
        column: Column,
        kind: fn(domain::nip::NumberError) -> ProblemKind,
    ) -> Option<EmployeeNumber> {
        let cell = self.headings.cell(column, self.row);
        let error = match cell {
            Cell::FormulaWithoutResult | Cell::Error(_) => {
                self.text(column);
                return None;
            }
            // Programs other than Excel store 0 for a formula that nobody has computed yet.
            Cell::Number(0.0) => {
                self.complain(column, "0", ProblemKind::FormulaWithoutResult);
                return None;
            }
            // Even where the last digits happen to survive, a number cell proves that nobody can rely on them.
            Cell::Number(_) => domain::nip::NumberError::SpreadsheetNumber { text: cell.text() },
            other => match EmployeeNumber::parse(&other.text()) {
                Ok(number) => return Some(number),
                Err(error) => error,
            },
        };
        let value = cell.text();
        self.complain(column, value, kind(error));
        None
    }

    fn person(&mut self, number: EmployeeNumber) -> Outcome {
        if let Some(position) = self.text(Column::LegalPosition)
            && read::has_left(&position)
        {
            self.complain(Column::LegalPosition, position, ProblemKind::NotInService);
            return Outcome::LeftService(number);
        }
        self.compare_birth_and_sex(number);
        let details = self.details(Some(number));
        Outcome::Taken(Box::new(Line {
            row: self.row.number,
            number,
            name: details.name,
            facts: details.facts,
            unit: details.unit,
            superior: details.superior,
            says_full_time: read::says_full_time(&self.headings.cell(Column::Kind, self.row).text()),
        }))
    }

    fn compare_birth_and_sex(&mut self, number: EmployeeNumber) {
        let birth = self.headings.cell(Column::BirthDate, self.row);
        if read::date(birth).is_some_and(|date| date != number.birth_date()) {
            let shown = birth.text();
            self.complain(Column::BirthDate, shown, ProblemKind::BirthDateDiffers);
        }
        let sex = self.headings.cell(Column::Sex, self.row).text();
        if read::sex(&sex).is_some_and(|sex| sex != number.sex()) {
            self.complain(Column::Sex, sex, ProblemKind::SexDiffers);
        }
    }

    fn details(&mut self, number: Option<EmployeeNumber>) -> Details {
        let name = self.text(Column::Name);
        if name.is_none() && self.headings.cell(Column::Name, self.row).is_blank() {
            self.complain(Column::Name, "", ProblemKind::NoName);
        }
        let front = self.text(Column::FrontTitle).unwrap_or_default();
        let back = self.text(Column::BackTitle).unwrap_or_default();
        let mut facts = Facts::default();
        let kind = self.kind(number);
        facts[Field::Kind] = kind.map(|kind| kind.code().to_owned());
        facts[Field::Golongan] = self.golongan(kind.or_else(|| number.map(|n| n.usual_kind())));
        facts[Field::Jabatan] = self.text(Column::Jabatan);
        let eselon = self.eselon();
        facts[Field::Eselon] = eselon.map(|eselon| eselon.code().to_owned());
        facts[Field::JabatanKind] = self.jabatan_kind(eselon);
        facts[Field::Class] = self.parsed(Column::Class, read::class, ProblemKind::Class);
        facts[Field::Tpp] = self.parsed(Column::Tpp, read::rupiah, ProblemKind::Tpp);
        facts[Field::Pin] = self.parsed(Column::Pin, read::pin, ProblemKind::Pin);
        facts[Field::Schedule] = self.text(Column::Schedule);
        let unit = UnitText {
            opd_code: self.text(Column::OpdCode),
            opd_name: self.text(Column::OpdName),
            unit_code: self.text(Column::UnitCode),
            unit_name: self.text(Column::UnitName),
        };
        let superior = if self.headings.cell(Column::Superior, self.row).is_blank() {
            None
        } else {
            self.number(Column::Superior, ProblemKind::SuperiorNumber)
        };
        Details { name: PersonName::new(&name.unwrap_or_default(), &front, &back), facts, unit, superior }
    }

    fn parsed(
        &mut self,
        column: Column,
        parse: fn(&str) -> Option<String>,
        kind: ProblemKind,
    ) -> Option<String> {
        let text = self.text(column)?;
        let parsed = parse(&text);
        if parsed.is_none() {
            self.complain(column, text, kind);
        }
        parsed
    }

    fn kind(&mut self, number: Option<EmployeeNumber>) -> Option<EmploymentKind> {
        let stated = self.text(Column::Kind);
        let narrower = self.text(Column::CpnsPns);
        let position = self.text(Column::LegalPosition);
        let mut said = None;
        if let Some(text) = stated {
            said = read::kind(&text);
            if said.is_none() {
                self.complain(Column::Kind, text, ProblemKind::Kind);
                return None;
            }
        }
        if let Some(text) = narrower
            && let Some(kind) = read::cpns_or_pns(&text)
        {
            said = Some(kind);
        }
        // SIASN tells part-time PPPK only by their legal position in some exports.
        if position.is_some_and(|text| read::kind(&text) == Some(EmploymentKind::PppkParuhWaktu)) {
            said = Some(EmploymentKind::PppkParuhWaktu);
        }
        if let (Some(kind), Some(number)) = (said, number)
            && !number.suits(kind)
        {
            let column = if self.headings.has(Column::Kind) { Column::Kind } else { Column::CpnsPns };
            let conflict = ProblemKind::KindAndNumber { kind: kind.label(), number: number.label() };
            self.complain(column, kind.label(), conflict);
            return None;
        }
        said
    }

    fn golongan(&mut self, kind: Option<EmploymentKind>) -> Option<String> {
        let text = self.text(Column::Golongan)?;
        let ladder = kind.map_or(Ladder::Pns, Ladder::from);
        match Golongan::parse(&text, ladder) {
            Ok(golongan) => Some(golongan.code().to_owned()),
            Err(_) => {
                // Without a kind either ladder would do, so nothing can be said against a golongan of the other.
                if kind.is_some() || Golongan::parse(&text, Ladder::Pppk).is_err() {
                    self.complain(Column::Golongan, text, ProblemKind::Golongan(ladder));
                }
                None
            }
        }
    }

    fn eselon(&mut self) -> Option<Eselon> {
        let text = self.text(Column::Eselon)?;
        if read::says_no_eselon(&text) {
            return None;
        }
        let eselon = Eselon::parse(&text);
        if eselon.is_none() {
            self.complain(Column::Eselon, text, ProblemKind::Eselon);
        }
        eselon
    }

    fn jabatan_kind(&mut self, eselon: Option<Eselon>) -> Option<String> {
        let Some(text) = self.text(Column::JabatanKind) else {
            return eselon.map(|eselon| eselon.kind().code().to_owned());
        };
        let kind = JabatanKind::parse(&text, eselon);
        if kind.is_none() {
            self.complain(Column::JabatanKind, text, ProblemKind::JabatanKind);
        }
        kind.map(|kind| kind.code().to_owned())
    }
}
