//! The same person at two sites within minutes: one of the two punches was made by somebody else.

use std::collections::HashMap;

use domain::ids::{EmployeeId, TerminalId, UnitId};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{
    Result, Scope, Tx,
    punch::{self, PunchRow},
    terminal::{self as register, Terminal},
};

use super::{TerminalDesk, alert::AlertKind};

/// Nobody gets from one site to another within this time.
const TRAVEL: SignedDuration = SignedDuration::from_mins(5);
/// Uploads above this are a backlog, whose comparison would cost too much while the terminal waits.
pub(super) const MAX_PUNCHES: usize = 500;
/// As [`MAX_PUNCHES`]: the span compared.
const MAX_SPAN: SignedDuration = SignedDuration::from_hours(36);

impl TerminalDesk {
    /// Compares the punches of an upload, already stored, with those of other sites.
    pub(super) async fn watch_places(
        &self,
        tx: &mut Tx,
        terminal: &Terminal,
        punches: &[PunchRow],
        now: Timestamp,
    ) -> Result<()> {
        let Some(home) = terminal.unit_id else { return Ok(()) };
        let counted: Vec<&PunchRow> = punches
            .iter()
            .filter(|p| p.employee_id.is_some() && !p.has_flag(super::punch_row::SKIP))
            .collect();
        let (Some(first), Some(last)) =
            (counted.iter().map(|p| p.at).min(), counted.iter().map(|p| p.at).max())
        else {
            return Ok(());
        };
        if counted.len() > MAX_PUNCHES || last.duration_since(first) > MAX_SPAN {
            return Ok(());
        }
        let mut people: Vec<EmployeeId> = counted.iter().filter_map(|p| p.employee_id).collect();
        people.sort_unstable();
        people.dedup();
        let (Ok(from), Ok(until)) = (first.checked_sub(TRAVEL), last.checked_add(TRAVEL)) else {
            return Ok(());
        };
        let around = punch::of(tx, Scope::People(&people), from, until).await?;
        let pairs = elsewhere(&counted, &around, terminal.terminal_id);
        if pairs.is_empty() {
            return Ok(());
        }
        let all = register::all(tx).await?;
        let sites: HashMap<TerminalId, UnitId> =
            all.iter().filter_map(|t| Some((t.terminal_id, t.unit_id?))).collect();
        for (here, there) in pairs {
            let Some(other) = there.terminal_id else { continue };
            if sites.get(&other).is_none_or(|site| *site == home) {
                continue;
            }
            let Some(person) = here.employee_id else { continue };
            let serial = all.iter().find(|t| t.terminal_id == other).map(|t| t.serial.as_str());
            let detail = json!({
                "employee": person, "pin": here.pin, "local_time": here.local_time.to_string(),
                "other_terminal": serial, "other_time": there.local_time.to_string(),
            });
            let which = format!("{person}:{}", here.local_time.date());
            self.raise(tx, Some(terminal), AlertKind::TwoPlaces, &which, detail, now).await?;
        }
        Ok(())
    }
}

/// Pairs of a punch of this terminal and one of the same person at another, closer than [`TRAVEL`].
fn elsewhere<'a>(
    here: &[&'a PunchRow],
    around: &'a [PunchRow],
    terminal: TerminalId,
) -> Vec<(&'a PunchRow, &'a PunchRow)> {
    let mut others: HashMap<EmployeeId, Vec<&PunchRow>> = HashMap::new();
    for punch in around.iter().filter(|p| p.terminal_id.is_some_and(|id| id != terminal)) {
        if let Some(person) = punch.employee_id {
            others.entry(person).or_default().push(punch);
        }
    }
    let close = |a: &PunchRow, b: &PunchRow| a.at.duration_since(b.at).abs() < TRAVEL;
    here.iter()
        .filter_map(|punch| {
            let list = others.get(&punch.employee_id?)?;
            list.iter().find(|other| close(punch, other)).map(|other| (*punch, *other))
        })
        .collect()
}
