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

    /// The part of the plane that the drawing shows.
    pub fn view_box(&self) -> String {
        let side = self.size + 2 * QUIET;
        format!("-{QUIET} -{QUIET} {side} {side}")
    }
}
