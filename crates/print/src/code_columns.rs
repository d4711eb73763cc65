//! Which codes are counted together in the columns of a month matrix.

use std::collections::BTreeMap;

use domain::{lang::Lang, status};

use crate::{
    day_mark::{DayMark, MarkColumn},
    error::PrintError,
    formula::CodeList,
    legend::DAY_CODES,
};

/// The code lists behind the counting formulas of one sheet.
pub(crate) struct CodeColumns {
    /// One list for each of [`MarkColumn::COUNTED`].
    pub(crate) counted: Vec<CodeList>,
    pub(crate) late: CodeList,
    pub(crate) early: CodeList,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Counts {
    column: MarkColumn,
    late: bool,
    early: bool,
}

impl CodeColumns {
    /// The codes of these marks and the standard ones. Standard codes count even where they do not occur, so
    /// that a square corrected by hand in Excel is counted right; where both know a code, the sheet decides.
    ///
    /// # Errors
    /// [`PrintError::AmbiguousCode`] when the sheet itself uses one code in two ways.
    pub(crate) fn of<'a>(marks: impl Iterator<Item = &'a DayMark>) -> Result<CodeColumns, PrintError> {
        let mut own: BTreeMap<&str, Counts> = BTreeMap::new();
        for mark in marks {
            let counts = Counts { column: mark.column, late: mark.late, early: mark.early };
            let known = *own.entry(&mark.code).or_insert(counts);
            if known != counts {
                return Err(ambiguous(&mark.code, known, counts));
            }
        }
        let mut table: Vec<(String, Counts)> = Vec::new();
        for (code, counts) in own {
            // COUNTIF does not tell "tl" from "TL".
            match find(&table, code) {
                Some(known) if known != counts => return Err(ambiguous(code, known, counts)),
                Some(_) => {}
                None => table.push((code.to_ascii_uppercase(), counts)),
            }
        }
        for (code, column) in standard_codes() {
            if find(&table, code).is_none() {
                let late = matches!(code, "TL" | "TLP" | "TLA");
                let early = matches!(code, "PSW" | "TLP" | "TMP");
                let counts = Counts { column, late, early };
                table.push((code.to_owned(), counts));
            }
        }
        table.sort_by_key(|(code, _)| standard_codes().position(|(c, _)| c == code).unwrap_or(usize::MAX));
        let list = |wanted: &dyn Fn(&Counts) -> bool| {
            CodeList::new(table.iter().filter(|(_, c)| wanted(c)).map(|(code, _)| code.clone()).collect())
        };
        Ok(CodeColumns {
            counted: MarkColumn::COUNTED
                .into_iter()
                .map(|column| list(&|c| c.column == column))
                .collect::<Result<_, _>>()?,
            late: list(&|c| c.late)?,
            early: list(&|c| c.early)?,
        })
    }
}

fn standard_codes() -> impl Iterator<Item = (&'static str, MarkColumn)> {
    let days = DAY_CODES.iter().map(|(code, _, _, column)| (*code, *column));
    days.chain(status::dictionary().iter().map(|m| (m.code, MarkColumn::of_status(m.code))))
}

fn find(table: &[(String, Counts)], code: &str) -> Option<Counts> {
    table.iter().find(|(known, _)| known.eq_ignore_ascii_case(code)).map(|(_, counts)| *counts)
}

fn ambiguous(code: &str, first: Counts, second: Counts) -> PrintError {
    let name = |counts: Counts| match counts {
        Counts { late: true, .. } => "TL",
        Counts { early: true, .. } => "PSW",
        Counts { column: MarkColumn::Off, .. } => "off",
        Counts { column: MarkColumn::Pending, .. } => "pending",
        Counts { column, .. } => column.heading(Lang::En),
    };
    PrintError::AmbiguousCode { code: code.to_owned(), first: name(first), second: name(second) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_regency_may_use_tl_for_tugas_luar_but_not_for_both() {
        let tugas_luar = DayMark::plain("TL", MarkColumn::Duty);
        let codes = CodeColumns::of([&tugas_luar].into_iter()).unwrap();
        assert!(codes.counted[6].has("TL") && !codes.counted[0].has("TL") && !codes.late.has("TL"));

        let late = DayMark::present(true, false, false, false);
        let both = CodeColumns::of([&tugas_luar, &late].into_iter());
        assert!(matches!(both, Err(PrintError::AmbiguousCode { code, .. }) if code == "TL"));
    }

    #[test]
    fn own_codes_are_counted_beside_the_standard_ones() {
        let own = DayMark { code: "TL3".into(), late: true, ..DayMark::plain("TL3", MarkColumn::Present) };
        let codes = CodeColumns::of([&own].into_iter()).unwrap();
        assert!(codes.late.has("TL3") && codes.late.has("TLP") && codes.counted[0].has("TL3"));
        let unreadable = DayMark::plain("T*", MarkColumn::Other);
        assert!(matches!(CodeColumns::of([&unreadable].into_iter()), Err(PrintError::BadCode(_))));
    }
}
