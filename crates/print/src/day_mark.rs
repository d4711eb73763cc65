//! One day of one person as a code in a square.

use std::borrow::Cow;

use domain::{
    day::{DayCode, DayResult},
    lang::Lang,
    status::{self, StatusCode},
};

use crate::table::Tone;

/// The column of the month's totals in which a day counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkColumn {
    /// H.
    Present,
    /// S.
    Sick,
    /// I.
    Permission,
    /// C.
    Leave,
    /// TB.
    Study,
    /// TK.
    Absent,
    /// DL.
    Duty,
    /// Diklat, dispensasi, alasan teknis and the like.
    Other,
    /// Not a working day.
    Off,
    /// Not yet known; counted nowhere.
    Pending,
}

impl MarkColumn {
    /// The counted columns in the order of the form.
    pub const COUNTED: [MarkColumn; 8] = [
        MarkColumn::Present,
        MarkColumn::Sick,
        MarkColumn::Permission,
        MarkColumn::Leave,
        MarkColumn::Study,
        MarkColumn::Absent,
        MarkColumn::Duty,
        MarkColumn::Other,
    ];

    /// The heading: `H`, `S`, …; empty for days that are not counted.
    pub const fn heading(self, lang: Lang) -> &'static str {
        match self {
            MarkColumn::Present => "H",
            MarkColumn::Sick => "S",
            MarkColumn::Permission => "I",
            MarkColumn::Leave => "C",
            MarkColumn::Study => "TB",
            MarkColumn::Absent => "TK",
            MarkColumn::Duty => "DL",
            MarkColumn::Other => match lang {
                Lang::Id => "Lain",
                Lang::En => "Other",
            },
            MarkColumn::Off | MarkColumn::Pending => "",
        }
    }

    /// The column of a status code; codes that the dictionary does not know count as other.
    pub fn of_status(code: &str) -> MarkColumn {
        match status::meaning(code).map(|m| m.column) {
            Some("S") => MarkColumn::Sick,
            Some("I") => MarkColumn::Permission,
            Some("C") => MarkColumn::Leave,
            Some("TB") => MarkColumn::Study,
            Some("DL") => MarkColumn::Duty,
            _ => MarkColumn::Other,
        }
    }
}

/// A day as it stands in the month matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayMark {
    /// The printed code: 1 to 12 letters, digits or `/`; at most three print well.
    pub code: Cow<'static, str>,
    /// Where it counts.
    pub column: MarkColumn,
    /// Counts as late.
    pub late: bool,
    /// Counts as left early.
    pub early: bool,
    /// A punch is missing.
    pub incomplete: bool,
}

impl DayMark {
    /// A mark without lateness.
    pub const fn plain(code: &'static str, column: MarkColumn) -> DayMark {
        DayMark { code: Cow::Borrowed(code), column, late: false, early: false, incomplete: false }
    }

    /// A status such as `DL`, counted in `column` (a regency's own dictionary may differ from the default).
    pub fn status(code: &StatusCode, column: MarkColumn) -> DayMark {
        let code = match status::meaning(code.as_str()) {
            Some(known) => Cow::Borrowed(known.code),
            None => Cow::Owned(code.as_str().to_owned()),
        };
        DayMark { code, column, late: false, early: false, incomplete: false }
    }

    /// The mark of a judged day.
    pub fn of(day: &DayResult) -> DayMark {
        match &day.code {
            DayCode::Hadir => came(day),
            // What is late or missing on a half day is what costs, so the square says that.
            DayCode::SetengahHari => match came(day) {
                mark if mark.code == "H" => DayMark { code: Cow::Borrowed("SH"), incomplete: true, ..mark },
                mark => mark,
            },
            DayCode::Tk => DayMark::plain("TK", MarkColumn::Absent),
            DayCode::Libur => DayMark::plain("L", MarkColumn::Off),
            DayCode::Lepas => DayMark::plain("O", MarkColumn::Off),
            DayCode::LepasJaga => DayMark::plain("LN", MarkColumn::Off),
            // Leave over a weekend or a holiday takes no working day; sheets count by code, so it must not stand there.
            DayCode::Status(_) if !day.required => DayMark::plain("L", MarkColumn::Off),
            DayCode::Status(code) => DayMark::status(code, MarkColumn::of_status(code.as_str())),
            DayCode::Belum => DayMark::plain("?", MarkColumn::Pending),
            DayCode::TanpaJadwal => DayMark::plain("NA", MarkColumn::Off),
        }
    }

    /// A day of presence. A side with a missing punch shows that instead of its minutes (a day of several shifts
    /// may have both); the flags say what the code says, because sheets count by code.
    pub const fn present(late: bool, early: bool, missing_in: bool, missing_out: bool) -> DayMark {
        let (code, late, early) = match (missing_in, missing_out, late, early) {
            (true, _, _, true) => ("TMP", false, true),
            (true, _, _, false) => ("TAM", false, false),
            (false, true, true, _) => ("TLA", true, false),
            (false, true, false, _) => ("TAP", false, false),
            (false, false, true, true) => ("TLP", true, true),
            (false, false, true, false) => ("TL", true, false),
            (false, false, false, true) => ("PSW", false, true),
            (false, false, false, false) => ("H", false, false),
        };
        let incomplete = missing_in || missing_out;
        DayMark { code: Cow::Borrowed(code), column: MarkColumn::Present, late, early, incomplete }
    }

    /// The colour that goes with the code.
    pub(crate) fn tone(&self) -> Tone {
        match self.column {
            MarkColumn::Absent => Tone::Red,
            MarkColumn::Off => Tone::Grey,
            MarkColumn::Pending => Tone::Faint,
            MarkColumn::Present if self.late || self.early || self.incomplete => Tone::Amber,
            MarkColumn::Present => Tone::Plain,
            _ => Tone::Blue,
        }
    }
}

fn came(day: &DayResult) -> DayMark {
    DayMark::present(day.late_minutes > 0, day.early_minutes > 0, day.missing_in, day.missing_out)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn leave_over_a_free_day_is_not_counted() {
        let mut day = DayResult::blank(date(2026, 11, 7), DayCode::Status(StatusCode("CT".to_owned())));
        assert_eq!(DayMark::of(&day).column, MarkColumn::Leave);
        day.required = false;
        assert_eq!(DayMark::of(&day), DayMark::plain("L", MarkColumn::Off));
    }

    #[test]
    fn a_half_day_says_what_is_wrong_with_it() {
        let mut day = DayResult::blank(date(2026, 11, 3), DayCode::SetengahHari);
        assert_eq!(DayMark::of(&day).code, "SH");
        day.late_minutes = 5;
        assert_eq!(DayMark::of(&day), DayMark::present(true, false, false, false));
    }

    /// Sheets count by code, so one code may not be late on one day and on time on another.
    #[test]
    fn a_code_says_the_same_as_its_flags() {
        let mut meaning = std::collections::HashMap::new();
        for bits in 0..16_u8 {
            let bit = |n: u8| bits >> n & 1 == 1;
            let mark = DayMark::present(bit(0), bit(1), bit(2), bit(3));
            let flags = (mark.late, mark.early);
            assert_eq!(*meaning.entry(mark.code).or_insert(flags), flags);
        }
    }

    #[test]
    fn every_kind_of_presence_has_its_code() {
        let code = |l, e, i, o| DayMark::present(l, e, i, o).code.into_owned();
        assert_eq!(code(false, false, false, false), "H");
        assert_eq!(code(true, false, false, false), "TL");
        assert_eq!(code(false, true, false, false), "PSW");
        assert_eq!(code(true, true, false, false), "TLP");
        assert_eq!(code(true, false, false, true), "TLA");
        assert_eq!(code(false, true, true, false), "TMP");
        assert_eq!(code(true, false, true, false), "TAM");
    }

    #[test]
    fn statuses_count_where_the_dictionary_says() {
        let column = |code: &str| MarkColumn::of_status(code);
        assert_eq!(column("CM"), MarkColumn::Leave);
        assert_eq!(column("ST"), MarkColumn::Sick);
        assert_eq!(column("TD"), MarkColumn::Duty);
        assert_eq!(column("DIK"), MarkColumn::Other);
        assert_eq!(column("XYZ"), MarkColumn::Other);
    }
}
