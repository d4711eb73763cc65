//! Text from outside, made fit for a cell.

use std::borrow::Cow;

/// Text without the characters that XML 1.0 cannot carry or that would break a line where nobody expects it.
/// Tabs and newlines stay; other control characters become a space, so that no two words grow together.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    let bad = |c: char| (c.is_control() && c != '\t' && c != '\n') || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    if !text.contains(bad) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").chars().map(|c| if bad(c) { ' ' } else { c }).collect())
}

/// Whether a spreadsheet that reads this as plain text could take it for a formula.
/// The list is OWASP's for CSV injection: `=`, `+`, `-`, `@`, TAB, CR, and their full-width forms.
pub(crate) fn looks_like_formula(text: &str) -> bool {
    let starts = |t: &str| t.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    starts(text) || starts(text.trim_start())
}

/// The text with a leading apostrophe when it [`looks_like_formula`].
pub(crate) fn neutralise(text: &str) -> Cow<'_, str> {
    if looks_like_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_go_and_words_stay_apart() {
        assert_eq!(clean("Siti\0Aminah"), "Siti Aminah");
        assert_eq!(clean("a\r\nb"), "a\nb");
        assert_eq!(clean("a\tb"), "a\tb");
        assert!(matches!(clean("Dra. Siti Aminah, M.Pd."), Cow::Borrowed(_)));
    }

    #[test]
    fn formula_starts_are_neutralised() {
        for bad in ["=1+1", "+62812", "-2", "@SUM(A1)", "\t=1", "  =1", "\r=1", "＝1"] {
            assert!(neutralise(bad).starts_with('\''), "{bad:?}");
        }
        for good in ["", "Siti", "0812", "a=b", "1-2"] {
            assert_eq!(neutralise(good), good);
        }
    }
}
