//! Cell addresses in A1 notation.

use rust_xlsxwriter::{ColNum, RowNum};

/// `A`, `B`, …, `AA` for a column counted from 0.
pub(crate) fn column_letters(column: ColNum) -> String {
    let mut rest = u32::from(column) + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// `B7` for row 6, column 1, both counted from 0.
pub(crate) fn cell(row: RowNum, column: ColNum) -> String {
    format!("{}{}", column_letters(column), row + 1)
}

/// `B7:D9`.
pub(crate) fn range(first_row: RowNum, first_col: ColNum, last_row: RowNum, last_col: ColNum) -> String {
    format!("{}:{}", cell(first_row, first_col), cell(last_row, last_col))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_follow_excel() {
        let shown: Vec<_> = [0, 25, 26, 51, 52, 701, 702, 16383].into_iter().map(column_letters).collect();
        assert_eq!(shown, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
        assert_eq!(range(6, 1, 8, 3), "B7:D9");
    }
}
