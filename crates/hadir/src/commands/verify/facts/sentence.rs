//! Each finding as a sentence for an auditor.

use std::{
    collections::HashMap,
    mem::{Discriminant, discriminant},
};

use domain::ids::EmployeeId;
use jiff::Timestamp;
use serde_json::Value;
use store::log::{Finding, Place};

use super::{people::person_of, published::Published};

/// A finding in words.
pub(super) struct Said {
    /// Its kind and table, of which there may be many.
    pub(super) kind: (Discriminant<Finding>, &'static str),
    /// Whose row it is, as far as the row says; empty for nobody's.
    pub(super) whose: String,
    /// The sentence.
    pub(super) text: String,
}

/// What is needed to say it.
pub(super) struct Words {
    /// The people.
    pub(super) people: HashMap<EmployeeId, String>,
    /// The published entries of those that were removed.
    pub(super) published: Published,
    /// Whether there are any removed ones.
    pub(super) are_removed: bool,
}

impl Words {
    /// The finding in words.
    pub(super) fn sentence(&self, finding: &Finding) -> Said {
        let (table, whose) = match finding {
            Finding::NotLogged { table, now, .. } => (*table, self.whose(now)),
            Finding::Changed { table, fit, .. } => (*table, self.whose(&fit.now)),
            Finding::Gone { table, .. } => (*table, String::new()),
            Finding::Owner { counted, .. } => ("punch", self.person(*counted)),
            _ => ("", String::new()),
        };
        let kind = (discriminant(finding), table);
        Said { kind, whose, text: self.text(finding) }
    }

    fn whose(&self, row: &str) -> String {
        person_of(row).map_or_else(
            || field(row, "pin").map(|pin| format!("PIN {pin}")).unwrap_or_default(),
            |id| self.person(Some(id)),
        )
    }

    fn person(&self, id: Option<EmployeeId>) -> String {
        let Some(id) = id else { return "nobody".to_owned() };
        let name = self.people.get(&id).cloned();
        format!("person {}", name.unwrap_or_else(|| id.0.simple().to_string()))
    }

    /// A row by its table and name, with what of it helps to find it: `punch 019a… (PIN 7, 2026-11-03 07:20:05)`.
    fn row(&self, table: &str, row: &str, now: &str) -> String {
        let of = person_of(now).and_then(|id| self.people.get(&id).cloned());
        let pin = field(now, "pin").map(|pin| format!("PIN {pin}"));
        let days = ["local_time", "day", "month", "first_day", "valid_from"];
        let day = days.iter().find_map(|name| field(now, name));
        let about: Vec<String> = of.into_iter().chain(pin).chain(day).collect();
        match about.is_empty() {
            true => format!("{table} {row}"),
            false => format!("{table} {row} ({})", about.join("; ")),
        }
    }

    fn removed(&self, first: Place, count: u64) -> String {
        let entry = self.published.get(&(first.generation, first.index));
        let entries = if count == 1 {
            format!("entry {first} was")
        } else {
            format!("{count} entries from {first} on were")
        };
        match entry {
            Some(entry) => format!(
                "{entries} removed from the database; the published log has it: a {}, entered at {}",
                entry.kind().code(),
                at(&entry.at())
            ),
            None => format!(
                "{entries} removed from the database; it is not in the published files here, ask mirrors"
            ),
        }
    }

    fn text(&self, finding: &Finding) -> String {
        match finding {
            Finding::End { generation, flaw } => {
                format!("the end of log {generation} in the database is not as it was signed: {flaw}")
            }
            Finding::Removed { first, count } => self.removed(*first, *count),
            Finding::NotLogged { table, row, now } if self.are_removed => format!(
                "{} has no entry in the database: its entry is among those that were removed, or it never had one; it is {now}",
                self.row(table, row, now)
            ),
            Finding::Tree { entries, signed } => {
                format!(
                    "the {entries} entries in the database do not give the log of {signed} entries that was signed"
                )
            }
            Finding::NotLogged { table, row, now } => {
                format!("{} was never logged; it is {now}", self.row(table, row, now))
            }
            Finding::Changed { table, row, fit } => format!(
                "{} is not what entry {} of {} commits to: logged was the commitment {}, the row now gives {}; it is now {}",
                self.row(table, row, &fit.now),
                fit.entry,
                at(&fit.at),
                fit.committed,
                fit.found,
                fit.now
            ),
            Finding::Gone { table, row, entry } => {
                format!("{table} {row} of entry {entry} is gone, and no erasure names it")
            }
            Finding::Misfiled { table, row, entry, names, before } => format!(
                "entry {entry} is filed under {table} {row}, but was made for another row: it names {} before it, here it is {}",
                earlier(*names, entry.generation),
                earlier(*before, entry.generation)
            ),
            Finding::Silenced { table, row, entry } => format!(
                "the salt of entry {entry} ({table} {row}) was taken away, and neither an erasure nor a restore names it"
            ),
            Finding::Sheet { unit, month, version, logged, found } => format!(
                "month_close: what was locked for {month} of unit {} (version {version}) was altered: logged was the digest {logged}, now it is {found}",
                unit.0.simple()
            ),
            Finding::Owner { punch, pin, local_time, counted, holder } => format!(
                "punch {} (PIN {pin}; {}) counts for {}, but its PIN belonged to {} on that day",
                punch.0.simple(),
                local_time.strftime("%Y-%m-%d %H:%M:%S"),
                self.person(*counted),
                self.person(*holder)
            ),
            Finding::Readings { from, until, logged, found } => format!(
                "readings of people's data from {} to {}: {logged} were logged, {found} are there or they differ",
                at(from),
                at(until)
            ),
        }
    }
}

fn at(at: &Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// A text of a row.
fn field(row: &str, name: &str) -> Option<String> {
    let row: Value = serde_json::from_str(row).ok()?;
    row.get(name)?.as_str().map(str::to_owned)
}

/// An entry of the same log.
fn earlier(index: Option<u64>, generation: i64) -> String {
    index.map_or_else(|| "none".to_owned(), |index| format!("entry {}", Place { generation, index }))
}
