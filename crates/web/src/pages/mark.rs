//! The short code that stands in a cell of a month: letters first, colour only beside them.
//!
//! Codes and their meanings are those of the Excel sheets ([`print::DayMark`], [`print::standard_legend`]); the
//! screen only writes the plain present day as a dot, so that the others can be seen.

use std::borrow::Cow;

use domain::{lang::Lang, status};
use print::{DayMark, MarkColumn, standard_legend};

/// How a mark is coloured. The letters alone carry the meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkTone {
    /// Present and in order.
    Hadir,
    /// Late, early away or a punch missing.
    Late,
    /// Absent without a reason.
    Absent,
    /// Leave, sick, permission.
    Leave,
    /// On duty elsewhere, study, training.
    Duty,
    /// Not a working day.
    Free,
    /// Not over yet or no data yet.
    Open,
}

impl MarkTone {
    /// Class of the stylesheet; one letter, because a sheet holds thousands of them.
    pub const fn class(self) -> &'static str {
        match self {
            MarkTone::Hadir => "",
            MarkTone::Late => "t",
            MarkTone::Absent => "k",
            MarkTone::Leave => "c",
            MarkTone::Duty => "d",
            MarkTone::Free => "l",
            MarkTone::Open => "o",
        }
    }

    fn of_status(code: &str) -> MarkTone {
        match status::meaning(code).map(|m| m.column) {
            Some("DL" | "TB" | "DIK") => MarkTone::Duty,
            _ => MarkTone::Leave,
        }
    }
}

/// The mark of a day.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mark {
    /// The code: `•`, `TL`, `TK`, `DL`, …; empty on holidays and on days to come.
    pub text: Cow<'static, str>,
    /// Its colour.
    pub tone: MarkTone,
}

impl Mark {
    /// A mark with a fixed code.
    pub const fn fixed(text: &'static str, tone: MarkTone) -> Mark {
        Mark { text: Cow::Borrowed(text), tone }
    }

    /// A day that has not come yet.
    pub const fn to_come() -> Mark {
        Mark::fixed("", MarkTone::Open)
    }

    /// The mark of a judged day: `Mark::of(&DayMark::of(&day))`.
    pub fn of(day: &DayMark) -> Mark {
        let tone = match day.column {
            MarkColumn::Present if day.late || day.early || day.incomplete => MarkTone::Late,
            MarkColumn::Present => MarkTone::Hadir,
            MarkColumn::Absent => MarkTone::Absent,
            MarkColumn::Off => MarkTone::Free,
            MarkColumn::Pending => MarkTone::Open,
            MarkColumn::Duty | MarkColumn::Study => MarkTone::Duty,
            _ => MarkTone::of_status(&day.code),
        };
        match &*day.code {
            "H" if tone == MarkTone::Hadir => Mark::fixed("•", tone),
            "L" => Mark::fixed("", tone),
            _ => Mark { text: day.code.clone(), tone },
        }
    }
}

/// Everything that may stand in a cell, with its meaning, for the legend under a sheet.
pub fn legend(lang: Lang) -> Vec<(Mark, String)> {
    let mark = |code: String| match code.as_str() {
        "H" => Mark::fixed("•", MarkTone::Hadir),
        "TK" => Mark::fixed("TK", MarkTone::Absent),
        "L" | "O" | "LN" | "NA" => Mark { text: Cow::Owned(code), tone: MarkTone::Free },
        "?" => Mark::fixed("?", MarkTone::Open),
        known if status::meaning(known).is_some() => {
            let tone = MarkTone::of_status(known);
            Mark { text: Cow::Owned(code), tone }
        }
        _ => Mark { text: Cow::Owned(code), tone: MarkTone::Late },
    };
    standard_legend(lang).into_iter().map(|entry| (mark(entry.code), entry.meaning)).collect()
}
