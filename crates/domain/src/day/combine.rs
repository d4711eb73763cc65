//! The shifts of one date put together into one judged day.

use jiff::civil::{Date, DateTime};

use super::{
    DayCode, DayResult, Gap, PlannedDay, Reason, ShiftResult,
    assign::Offered,
    measure::{Measured, measure},
    slot::Slot,
};

/// Judges the shifts of `date`, of which there is at least one, and adds them up.
pub(super) fn combine(
    date: Date,
    mine: &[(Slot<'_>, Offered<'_>)],
    gaps: &[Gap],
    as_of: DateTime,
    reasons: Vec<Reason>,
) -> DayResult {
    let planned = planned_of(mine.iter().map(|(slot, _)| slot));
    let mut day = DayResult { planned, reasons, ..DayResult::blank(date, DayCode::Belum) };
    if let [(slot, punches)] = mine {
        add(&mut day, measure(slot, punches, gaps, as_of));
        return day;
    }
    let measured = mine.iter().map(|(slot, punches)| (slot, measure(slot, punches, gaps, as_of)));
    let measured: Vec<(&Slot<'_>, Measured)> = measured.collect();
    let code = headline(&measured);
    day.shifts = measured.iter().map(|(slot, m)| shift_result(slot, m)).collect();
    for (slot, mut part) in measured {
        if part.code == DayCode::Tk && code != DayCode::Tk {
            day.reasons.push(Reason::ShiftAbsent { shift: slot.planned.shift.code.clone() });
            part.missing_in = true;
            part.missing_out = true;
        }
        add(&mut day, part);
    }
    day.code = code;
    day
}

/// The hours of all shifts as one: from the first start to the last end.
pub(super) fn planned_of<'a, 's: 'a>(slots: impl Iterator<Item = &'a Slot<'s>>) -> Option<PlannedDay> {
    slots.map(Slot::to_planned_day).reduce(|mut all, next| {
        all.shift = format!("{}+{}", all.shift, next.shift);
        all.end = all.end.max(next.end);
        all.window_from = all.window_from.min(next.window_from);
        all.window_until = all.window_until.max(next.window_until);
        all.leave_from = all.leave_from.max(next.leave_from);
        all.required_minutes += next.required_minutes;
        all.ramadan |= next.ramadan;
        all
    })
}

/// Present in one shift is present; absent in all is absent; else nothing is decided yet.
fn headline(measured: &[(&Slot<'_>, Measured)]) -> DayCode {
    let has = |code: &DayCode| measured.iter().any(|(_, m)| m.code == *code);
    let order = [DayCode::Hadir, DayCode::SetengahHari, DayCode::Belum, DayCode::Tk];
    order.into_iter().find(has).unwrap_or(DayCode::Belum)
}

fn shift_result(slot: &Slot<'_>, part: &Measured) -> ShiftResult {
    ShiftResult {
        code: part.code.clone(),
        planned: slot.to_planned_day(),
        check_in: part.check_in,
        check_out: part.check_out,
        late_minutes: part.late,
        early_minutes: part.early,
        worked_minutes: part.worked,
    }
}

fn add(day: &mut DayResult, part: Measured) {
    day.code = part.code;
    if day.check_in.is_none() {
        day.check_in = part.check_in;
        day.in_place = part.in_place;
    }
    if part.check_out.is_some() {
        day.check_out = part.check_out;
        day.out_place = part.out_place;
    }
    day.late_minutes += part.late;
    day.early_minutes += part.early;
    day.break_late_minutes += part.break_late;
    day.missing_break |= part.missing_break;
    day.missing_in |= part.missing_in;
    day.missing_out |= part.missing_out;
    day.worked_minutes += part.worked;
    extend(&mut day.used, part.used);
    extend(&mut day.ignored, part.ignored);
    extend(&mut day.reasons, part.reasons);
}

/// Appends, taking the other list as it is where there is nothing to append to.
fn extend<T>(list: &mut Vec<T>, mut more: Vec<T>) {
    if list.is_empty() {
        *list = more;
    } else {
        list.append(&mut more);
    }
}
