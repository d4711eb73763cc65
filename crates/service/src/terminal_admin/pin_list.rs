//! Giving many PINs at once: lines of PIN and NIP, from a file or pasted from a sheet.

use std::collections::{HashMap, HashSet};

use domain::{
    ids::{DeviceGroupId, EmployeeId},
    lang::Lang,
    nip::EmployeeNumber,
};
use jiff::civil::Date;
use serde_json::json;
use store::{
    Scope, Tx, employee,
    pin_map::{self, PinOwner},
    punch,
};

use super::pin::{read_pin, taken};
use crate::{Office, ServiceError, audit, reference};

/// Most unmapped PINs looked at.
const MAX_PINS: i64 = 100_000;

/// What became of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PinListReport {
    /// PINs given to a person.
    pub mapped: usize,
    /// PINs that belonged to that person already.
    pub unchanged: usize,
    /// Stored punches that got their person by it.
    pub punches: u64,
    /// Lines that were left out.
    pub problems: Vec<PinProblem>,
}

/// A line that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinProblem {
    /// Line number, from 1.
    pub line: usize,
    /// What is wrong and what to do, in Bahasa Indonesia.
    pub id: String,
    /// The same in English.
    pub en: String,
}

impl PinProblem {
    /// What is wrong and what to do.
    pub fn sentence(&self, lang: Lang) -> &str {
        lang.pick(&self.id, &self.en)
    }
}

/// A line that can be read.
struct Entry {
    line: usize,
    pin: String,
    number: String,
}

/// Gives the PINs of a list to their people, each from its first punch on. Lines are `PIN,NIP`, separated by comma,
/// semicolon or TAB; a heading is skipped. Good lines are written, bad ones come back with a sentence.
///
/// # Errors
/// As every write; bad lines are no error.
pub async fn map_many(
    office: &Office,
    tx: &mut Tx,
    group: DeviceGroupId,
    text: &str,
    actor: &str,
) -> Result<PinListReport, ServiceError> {
    let (entries, problems) = read(text);
    let mut report = PinListReport { problems, ..PinListReport::default() };
    let numbers: Vec<String> = entries.iter().map(|entry| entry.number.clone()).collect();
    let people: HashMap<String, EmployeeId> = employee::by_numbers(tx, &numbers).await?.into_iter().collect();
    let pins: Vec<String> = entries.iter().map(|entry| entry.pin.clone()).collect();
    let mut owners: HashMap<String, Vec<PinOwner>> = HashMap::new();
    for owner in pin_map::of_pins(tx, group, &pins).await? {
        owners.entry(owner.pin.clone()).or_default().push(owner);
    }
    let names = names(tx, &owners).await?;
    let waiting = punch::unmapped(tx, MAX_PINS).await?;
    let first: HashMap<String, Date> =
        waiting.into_iter().filter(|w| w.device_group_id == group).map(|w| (w.pin, w.first.date())).collect();
    let now = office.now();
    let today = reference::current(office, tx).await?.units.home_zone().local(now).date();
    let mut new = Vec::new();
    for Entry { line, pin, number } in entries {
        let Some(&person) = people.get(&number) else {
            report.problems.push(PinProblem {
                line,
                id: format!("NIP {number} tidak ada di daftar pegawai. Impor pegawainya dahulu."),
                en: format!("NIP {number} is not in the list of employees. Import the employee first."),
            });
            continue;
        };
        let held = owners.get(&pin).map(Vec::as_slice).unwrap_or_default();
        if let Some(other) = held.iter().rev().find(|owner| owner.employee_id != person) {
            let name = names.get(&other.employee_id).map_or("", String::as_str);
            report.problems.push(problem(line, &taken(&pin, name, other.valid_from)));
            continue;
        }
        let since = first.get(&pin).map_or(today, |first| (*first).min(today));
        if pin_map::owner_on(held, since) == Some(person) {
            report.unchanged += 1;
            continue;
        }
        new.push(PinOwner {
            group_id: group,
            pin,
            valid_from: since,
            recorded_at: now,
            employee_id: person,
            valid_until: None,
            actor: actor.to_owned(),
        });
    }
    report.mapped = new.len();
    if !new.is_empty() {
        report.punches = pin_map::map(tx, &new).await?.punches;
        let pairs: Vec<_> = new.iter().map(|o| json!([o.pin, o.employee_id])).collect();
        let detail = json!({ "pins": pairs, "punches": report.punches, "left_out": report.problems.len() });
        audit::write(
            office,
            tx,
            actor,
            audit::Action::MapPins,
            audit::Subject::new("device_group", group),
            detail,
        )
        .await?;
    }
    report.problems.sort_by_key(|problem| problem.line);
    Ok(report)
}

/// Names of all who own one of these PINs.
async fn names(
    tx: &mut Tx,
    owners: &HashMap<String, Vec<PinOwner>>,
) -> Result<HashMap<EmployeeId, String>, ServiceError> {
    let ids: HashSet<EmployeeId> = owners.values().flatten().map(|owner| owner.employee_id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<EmployeeId> = ids.into_iter().collect();
    let people = employee::load(tx, Scope::People(&ids), Date::MIN, Date::MAX).await?;
    Ok(people.into_iter().map(|p| (p.employee.employee_id, p.employee.name)).collect())
}

fn problem(line: usize, error: &ServiceError) -> PinProblem {
    PinProblem { line, id: error.id.clone(), en: error.en.clone() }
}

fn read(text: &str) -> (Vec<Entry>, Vec<PinProblem>) {
    let (mut entries, mut problems) = (Vec::<Entry>::new(), Vec::new());
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (index, row) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = index + 1;
        let fields: Vec<&str> =
            row.split(['\t', ';', ',']).map(|field| field.trim().trim_matches(['"', '\'']).trim()).collect();
        if fields.iter().all(|field| field.is_empty()) {
            continue;
        }
        let number = fields.get(1).copied().unwrap_or_default();
        if line == 1 && !number.contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let pin = match read_pin(fields[0]) {
            Ok(pin) => pin,
            Err(error) => {
                problems.push(problem(line, &error));
                continue;
            }
        };
        let number = match EmployeeNumber::parse(number) {
            Ok(number) => number.as_str().to_owned(),
            Err(error) => {
                let say = |lang| format!("{} {}", error.sentence(lang), error.remedy(lang));
                problems.push(PinProblem { line, id: say(Lang::Id), en: say(Lang::En) });
                continue;
            }
        };
        if let Some(first) = seen.insert(pin.clone(), line) {
            problems.push(PinProblem {
                line,
                id: format!("PIN {pin} sudah ada di baris {first}. Satu PIN hanya untuk satu orang."),
                en: format!("PIN {pin} stands in line {first} already. One PIN is for one person."),
            });
            continue;
        }
        entries.push(Entry { line, pin, number });
    }
    (entries, problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_headings_and_leading_zeros() {
        let text = "\u{feff}PIN;NIP\n0701;198003152005011001\n\n\"7\",\"'198504122010012002\"\r\n8\t199001012015031003\n";
        let (entries, problems) = read(text);
        let pins: Vec<_> = entries.iter().map(|e| (e.line, e.pin.as_str())).collect();
        assert_eq!(pins, [(2, "0701"), (4, "7"), (5, "8")]);
        assert_eq!(problems, []);
    }

    #[test]
    fn bad_lines_are_named() {
        let text = "1,198003152005011001\n1,198504122010012002\n0,198504122010012002\n9,1.98E+17\n10\n";
        let (entries, problems) = read(text);
        assert_eq!(entries.len(), 1);
        assert_eq!(problems.iter().map(|p| p.line).collect::<Vec<_>>(), [2, 3, 4, 5]);
        assert!(problems[0].sentence(Lang::Id).contains("baris 1"));
    }
}
