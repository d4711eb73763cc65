//! How wide text prints, by reckoning: there is no font to measure with, and a row that is too low hides a name.

/// Pixels of a character of 9 point Calibri at 96 dots to the inch.
fn pixels(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 'f' | 't' | 'r' | 'I' | ' ' | '.' | ',' | '\'' | ':' | ';' | '/' | '(' | ')'
        | '-' => 3.5,
        'm' | 'w' | 'M' | 'W' => 9.8,
        'A'..='Z' => 7.2,
        _ => 6.1,
    }
}

/// How many lines a text takes when wrapped at words into a column of `width` characters.
pub(super) fn wrapped_lines(text: &str, width: f64, bold: bool) -> usize {
    let weight = if bold { 1.05 } else { 1.0 };
    let measure = |word: &str| word.chars().map(pixels).sum::<f64>() * weight;
    let room = (width * 7.0).max(10.0);
    let mut lines = 0;
    for paragraph in text.split('\n') {
        lines += 1;
        let mut used = 0.0;
        for word in paragraph.split_whitespace() {
            let mut length = measure(word);
            let gap = if used > 0.0 { 3.0 } else { 0.0 };
            if used > 0.0 && used + gap + length > room {
                lines += 1;
                used = 0.0;
            }
            while length > room {
                lines += 1;
                length -= room;
            }
            used += gap + length;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The breaks LibreOffice made with Carlito, which has the metrics of Calibri.
    #[test]
    fn lines_are_those_that_were_seen_in_print() {
        assert_eq!(wrapped_lines("", 20.0, false), 1);
        assert_eq!(wrapped_lines("Drs. H. Ahmad Fauzan Rahmatullah, M.Pd.", 34.0, true), 1);
        assert_eq!(wrapped_lines("Drs. H. Ahmad Fauzan Rahmatullah, M.Pd.", 25.0, false), 2);
        assert_eq!(wrapped_lines("I Gusti Ngurah Bagus Oka Wibawa Adnyana, S.Kom., M.T.I.", 36.0, false), 2);
        assert_eq!(wrapped_lines("Maria Goreti Wulandari Situmorang, S.Pd.SD.", 36.0, false), 1);
        assert_eq!(wrapped_lines(&"x".repeat(50), 20.0, false), 3);
        assert_eq!(wrapped_lines("1\nMg", 2.7, true), 2);
    }
}
