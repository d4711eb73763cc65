//! The first working day after holidays and the last before them.

/// How far is looked beyond the judged dates; the longest holidays so far (Idulfitri 2025) were 11 free days.
pub(super) const LOOK: i64 = 14;

/// Free days in a row that make a run.
const RUN: usize = 3;

/// What a date is, for runs of free days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayKind {
    Work,
    Free,
    Holiday,
    Unknown,
}

/// Whether `index` follows a run of free days with a holiday among them. A roster's own free days are no holidays.
pub(super) fn comes_after(kinds: &[DayKind], index: usize) -> bool {
    is_run(kinds[..index].iter().rev())
}

/// Whether such a run follows `index`.
pub(super) fn comes_before(kinds: &[DayKind], index: usize) -> bool {
    is_run(kinds[index + 1..].iter())
}

fn is_run<'a>(kinds: impl Iterator<Item = &'a DayKind>) -> bool {
    let run: Vec<_> = kinds.take_while(|k| matches!(k, DayKind::Free | DayKind::Holiday)).collect();
    run.len() >= RUN && run.iter().any(|k| **k == DayKind::Holiday)
}
