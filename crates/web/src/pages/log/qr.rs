//! A text as QR code.

use fast_qr::{ECL, QRBuilder};

/// Light modules around the code, as ISO/IEC 18004 asks.
const QUIET: usize = 4;

/// A QR code as the path of a drawing whose unit is one module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    /// Modules on a side, without the quiet zone.
    pub size: usize,
    /// One rectangle for each run of dark modules.
    pub path: String,
}

impl Qr {
    /// The code of `text`; `None` when it is too long for any.
    pub fn of(text: &str) -> Option<Qr> {
        let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
        let dark = |row: usize, column: usize| column < code.size && code[row][column].value();
        let mut path = String::new();
        for row in 0..code.size {
            let mut begin = None;
            for column in 0..=code.size {
                match (begin, dark(row, column)) {
                    (None, true) => begin = Some(column),
                    (Some(from), false) => {
                        path.push_str(&format!("M{from} {row}h{}v1H{from}z", column - from));
                        begin = None;
                    }
                    _ => {}
                }
            }
        }
        Some(Qr { size: code.size, path })
    }

    /// The code as a file of its own, for screens and for paper.
    pub fn svg(&self) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{}\"><rect x=\"-{QUIET}\" y=\"-{QUIET}\" \
             width=\"100%\" height=\"100%\" fill=\"#fff\"/><path d=\"{}\"/></svg>\n",
            self.view_box(),
            self.path
        )
    }

    /// The part of the plane that the drawing shows.
    pub fn view_box(&self) -> String {
        let side = self.size + 2 * QUIET;
        format!("-{QUIET} -{QUIET} {side} {side}")
    }
}

#[cfg(test)]
mod tests {
    use rqrr::{Grid, SimpleGrid};

    use super::*;

    /// The module at a place, read from the path: rectangles `M{x} {y}h{width}v1H{x}z`.
    fn is_dark(path: &str, x: usize, y: usize) -> bool {
        path.split('M').skip(1).any(|run| {
            let (place, width) = run.split_once('h').unwrap();
            let (from, row) = place.split_once(' ').unwrap();
            let width: usize = width.split('v').next().unwrap().parse().unwrap();
            let from: usize = from.parse().unwrap();
            row.parse::<usize>() == Ok(y) && (from..from + width).contains(&x)
        })
    }

    #[test]
    fn a_scanner_reads_the_text_that_was_drawn() {
        let note =
            "hadir.contoh.go.id/log/1\n128734\nn5ezE4ZJsZr4rS0cH3b7u2W3a8m6D0pVtq1J9yQbXoA=\n\n— a b+/=\n";
        let qr = Qr::of(note).unwrap();
        let grid = SimpleGrid::from_func(qr.size, |x, y| is_dark(&qr.path, x, y));
        assert_eq!(Grid::new(grid).decode().unwrap().1, note);
        assert_eq!(Qr::of(&"x".repeat(3_000)), None);
        assert!(qr.view_box().starts_with("-4 -4 "));
        assert!(qr.svg().contains(&qr.path) && qr.svg().contains(&qr.view_box()));
    }
}
