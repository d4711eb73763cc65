//! The short code that stands in a cell of a month: letters first, colour only beside them.

use std::borrow::Cow;

use domain::{
    day::{DayCode, DayResult},
    lang::Lang,
    status,
};

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
    /// On duty elsewhere, training.
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
}

/// The mark of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The code: `•`, `TL`, `TK`, `DL`, …; empty on free days and days without data.
    pub text: Cow<'static, str>,
    /// Its colour.
    pub tone: MarkTone,
}

impl Mark {
    /// A mark with a fixed code.
    pub const fn fixed(text: &'static str, tone: MarkTone) -> Mark {
        Mark { text: Cow::Borrowed(text), tone }
    }

    /// The mark of a judged day. Of several findings the heavier one is shown; late and early together are both shown.
    pub fn of(day: &DayResult) -> Mark {
        match &day.code {
            DayCode::Hadir => Mark::of_presence(day),
            DayCode::SetengahHari => Mark::fixed("½", MarkTone::Late),
            DayCode::Tk => Mark::fixed("TK", MarkTone::Absent),
            DayCode::Libur => Mark::fixed("", MarkTone::Free),
            DayCode::Lepas => Mark::fixed("L", MarkTone::Free),
            DayCode::LepasJaga => Mark::fixed("LJ", MarkTone::Free),
            DayCode::Status(code) => Mark { text: Cow::Owned(code.0.clone()), tone: status_tone(code.as_str()) },
            DayCode::Belum | DayCode::TanpaJadwal => Mark::fixed("", MarkTone::Open),
        }
    }

    fn of_presence(day: &DayResult) -> Mark {
        let text = match (day.missing_in, day.missing_out, day.late_minutes > 0, day.early_minutes > 0) {
            (true, _, _, _) => "TM",
            (_, true, true, _) => "TL TP",
            (_, true, _, _) => "TP",
            (_, _, true, true) => "TL PSW",
            (_, _, true, _) => "TL",
            (_, _, _, true) => "PSW",
            _ => return Mark::fixed("•", MarkTone::Hadir),
        };
        Mark::fixed(text, MarkTone::Late)
    }
}

fn status_tone(code: &str) -> MarkTone {
    match status::meaning(code).map(|m| m.column) {
        Some("DL" | "TB" | "DIK") => MarkTone::Duty,
        _ => MarkTone::Leave,
    }
}

/// Code, words and colour of everything that may stand in a cell, for the legend under a sheet.
pub fn legend(lang: Lang) -> Vec<(Mark, &'static str)> {
    let fixed = |text, tone, id, en| (Mark::fixed(text, tone), lang.pick(id, en));
    let mut lines = vec![
        fixed("•", MarkTone::Hadir, "Hadir tepat waktu", "Present, on time"),
        fixed("TL", MarkTone::Late, "Terlambat", "Late"),
        fixed("PSW", MarkTone::Late, "Pulang sebelum waktu", "Left early"),
        fixed("TM", MarkTone::Late, "Tidak presensi masuk", "No check-in"),
        fixed("TP", MarkTone::Late, "Tidak presensi pulang", "No check-out"),
        fixed("½", MarkTone::Late, "Setengah hari", "Half a day"),
        fixed("TK", MarkTone::Absent, "Tanpa keterangan", "Absent without notice"),
        fixed("L", MarkTone::Free, "Libur menurut jadwal kerja", "Day off in the roster"),
        fixed("LJ", MarkTone::Free, "Lepas jaga", "Off after night duty"),
    ];
    lines.extend(status::dictionary().iter().map(|m| {
        (Mark { text: Cow::Borrowed(m.code), tone: status_tone(m.code) }, lang.pick(m.id, m.en))
    }));
    lines
}
