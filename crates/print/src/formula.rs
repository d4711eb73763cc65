//! Live formulas, told apart from where they will stand.

use std::sync::Arc;

use rust_xlsxwriter::{ColNum, RowNum};

use crate::{address, error::PrintError, expr::Expr};

/// A formula of a table.
#[derive(Debug, Clone)]
pub(crate) enum Formula {
    /// How often one of the codes stands in these columns of the same row.
    CountInRow { first: ColNum, last: ColNum, codes: CodeList },
    /// How often one of the codes stands in this column of the body.
    CountInColumn(CodeList),
    /// How many numbers stand in this column of the body.
    CountNumbers,
    /// The sum of this column over the body.
    SumColumn,
    /// An expression over cells of the same row; its column 0 is the given sheet column.
    Row(Arc<Expr>, ColNum),
}

/// Where a formula stands: its row and column, and the first and last row of the body. Counted from 0.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) row: RowNum,
    pub(crate) col: ColNum,
    pub(crate) first_row: RowNum,
    pub(crate) last_row: RowNum,
}

impl Formula {
    /// The formula as Excel writes it, without the leading `=`.
    pub(crate) fn text(&self, at: Place) -> String {
        let column = || address::range(at.first_row, at.col, at.last_row, at.col);
        match self {
            Formula::CountInRow { first, last, codes } => {
                codes.count(&address::range(at.row, *first, at.row, *last))
            }
            Formula::CountInColumn(codes) => codes.count(&column()),
            Formula::CountNumbers => format!("COUNT({})", column()),
            Formula::SumColumn => format!("SUM({})", column()),
            Formula::Row(expr, first) => {
                expr.a1(&|i| address::cell(at.row, first + ColNum::try_from(i).unwrap_or(0)))
            }
        }
    }
}

/// Codes that are counted together, such as `H`, `TL` and `PSW`. Case does not matter, as in Excel.
#[derive(Debug, Clone)]
pub(crate) struct CodeList {
    codes: Arc<[String]>,
    /// `"H"` or `{"H","TL"}`.
    criteria: Arc<str>,
}

impl CodeList {
    /// A list of at least one code.
    pub(crate) fn new(codes: Vec<String>) -> Result<CodeList, PrintError> {
        for code in &codes {
            check_code(code)?;
        }
        let quoted: Vec<String> = codes.iter().map(|c| format!("\"{c}\"")).collect();
        let criteria = match quoted.as_slice() {
            [] => return Err(PrintError::BadCode(String::new())),
            [one] => one.clone(),
            many => format!("{{{}}}", many.join(",")),
        };
        Ok(CodeList { codes: codes.into(), criteria: criteria.into() })
    }

    /// Whether the code is one of the list.
    pub(crate) fn has(&self, code: &str) -> bool {
        self.codes.iter().any(|c| c.eq_ignore_ascii_case(code))
    }

    /// SUMPRODUCT and not SUM, because LibreOffice spreads an inline list only there.
    fn count(&self, range: &str) -> String {
        if self.codes.len() == 1 {
            format!("COUNTIF({range},{})", self.criteria)
        } else {
            format!("SUMPRODUCT(COUNTIF({range},{}))", self.criteria)
        }
    }
}

/// `COUNTIF` reads `*`, `?`, `~`, `<`, `=` as patterns and digits as numbers, so codes hold none of them.
fn check_code(code: &str) -> Result<(), PrintError> {
    let good = code.len() <= 12
        && code.starts_with(|c: char| c.is_ascii_alphabetic())
        && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '/');
    if good { Ok(()) } else { Err(PrintError::BadCode(code.to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(codes: &[&str]) -> Result<CodeList, PrintError> {
        CodeList::new(codes.iter().map(|c| (*c).to_owned()).collect())
    }

    #[test]
    fn formulas_name_the_right_cells() {
        let at = Place { row: 8, col: 35, first_row: 8, last_row: 10 };
        let absent = list(&["TK"]).unwrap();
        let present = list(&["H", "TL"]).unwrap();
        assert_eq!(
            Formula::CountInRow { first: 4, last: 34, codes: absent }.text(at),
            "COUNTIF(E9:AI9,\"TK\")"
        );
        assert_eq!(Formula::CountInColumn(present).text(at), "SUMPRODUCT(COUNTIF(AJ9:AJ11,{\"H\",\"TL\"}))");
        assert_eq!(Formula::SumColumn.text(at), "SUM(AJ9:AJ11)");
    }

    #[test]
    fn codes_that_countif_would_misread_are_refused() {
        for bad in ["", "*", "T?", "=H", "<3", "12", "A B", "H\"", "ABCDEFGHIJKLM"] {
            assert!(matches!(list(&[bad]), Err(PrintError::BadCode(_))), "{bad:?}");
        }
        assert!(list(&[]).is_err());
        assert!(list(&["TL/PSW"]).unwrap().has("tl/psw"));
    }
}
