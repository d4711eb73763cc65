//! Importing a roster from XLSX or CSV by NIP: look first, write only what was understood, undo as any import.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::{
    ids::{EmployeeId, ImportId, UnitId},
    lang::Lang,
    month::Month,
    nip::EmployeeNumber,
};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use store::{
    Tx,
    import::{self, FileImport},
    roster::{self, RosterEntry},
};

use super::{RosterMonth, known_code, table};
use crate::{Office, ServiceError, audit, locked::refuse_locked_month, reference};

/// The kind under which imports of rosters are registered.
pub const KIND: &str = "roster";

/// A file to be imported.
#[derive(Debug, Clone, Copy)]
pub struct RosterFile<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// What a file would do.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Shifts that differ from what is known.
    pub changes: Vec<Change>,
    /// Shifts that are known already.
    pub same: usize,
    /// Cells and rows that are left out.
    pub problems: Vec<Problem>,
}

/// A shift that the file sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The person.
    pub employee: EmployeeId,
    /// Name.
    pub name: String,
    /// NIP or NI PPPK.
    pub number: String,
    /// The day.
    pub day: Date,
    /// What the roster said before.
    pub from: Option<String>,
    /// What it says then.
    pub to: String,
}

/// Why something is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Row of the file.
    pub row: u32,
    /// The day or column.
    pub column: String,
    /// What stands there.
    pub value: String,
    id: String,
    en: String,
}

impl Problem {
    /// The sentence for a person.
    pub fn sentence(&self, lang: Lang) -> &str {
        lang.pick(&self.id, &self.en)
    }
}

impl Plan {
    /// How many people it changes.
    pub fn people(&self) -> usize {
        self.changes.iter().map(|c| c.employee).collect::<HashSet<_>>().len()
    }

    /// The changes as a file that can be imported again: what a preview hands to the next step.
    pub fn as_csv(&self) -> String {
        let lines = self.changes.iter().map(|c| format!("{};{};{}\n", c.number, c.day, c.to));
        std::iter::once("NIP;TANGGAL;SHIFT\n".to_owned()).chain(lines).collect()
    }
}

/// Says what a file would do to the month, and changes nothing. Nobody may plan for `own`, the person who asks.
///
/// # Errors
/// [`crate::Fault::Invalid`] for a file that cannot be read.
pub fn plan(
    known: &RosterMonth,
    own: Option<EmployeeId>,
    file: RosterFile<'_>,
) -> Result<Plan, ServiceError> {
    let said = table::read(file.bytes, known.month).map_err(|error| {
        use crate::employee_import::sheet::FileError;
        match error {
            FileError::NoHeadings { seen } => ServiceError::invalid(
                format!("Judul kolom tidak ditemukan. Perlu NIP dan tanggal 1, 2, 3, …; atau NIP, TANGGAL, SHIFT. Yang terbaca: {}.", seen.join(", ")),
                format!("No headings found. Wanted: NIP and the days 1, 2, 3, …; or NIP, TANGGAL, SHIFT. Found: {}.", seen.join(", ")),
            ),
            other => ServiceError::invalid(other.sentence(Lang::Id), other.sentence(Lang::En)),
        }
    })?;
    let people: HashMap<&str, &super::PersonMonth> =
        known.people.iter().map(|p| (p.number.as_str(), p)).collect();
    let mut plan = Plan::default();
    let mut seen: BTreeMap<(EmployeeId, Date), u32> = BTreeMap::new();
    let mut bad_rows: HashSet<u32> = HashSet::new();
    for cell in said {
        let mut refuse = |column: &str, value: &str, id: String, en: String| {
            let (column, value) = (column.to_owned(), value.to_owned());
            plan.problems.push(Problem { row: cell.row, column, value, id, en });
        };
        let number = match EmployeeNumber::parse(&cell.number) {
            Ok(number) => number,
            Err(error) => {
                // One sentence for the row, not one for each of its 31 days.
                if bad_rows.insert(cell.row) {
                    let say = |lang| format!("{} {}", error.sentence(lang), error.remedy(lang));
                    refuse("NIP", &cell.number, say(Lang::Id), say(Lang::En));
                }
                continue;
            }
        };
        let Some(person) = people.get(number.as_str()) else {
            if bad_rows.insert(cell.row) {
                refuse(
                    "NIP",
                    &cell.number,
                    "NIP ini bukan pegawai unit ini pada bulan itu. Pilih unit yang benar.".into(),
                    "This number is nobody of this unit in that month. Choose the right unit.".into(),
                );
            }
            continue;
        };
        if own == Some(person.id) {
            if bad_rows.insert(cell.row) {
                refuse(
                    "NIP",
                    &cell.number,
                    "Jadwal sendiri tidak boleh diubah sendiri. Minta petugas lain.".into(),
                    "Nobody changes the own roster. Ask another officer.".into(),
                );
            }
            continue;
        }
        let Some(day) = cell.day else {
            refuse(
                "TANGGAL",
                &cell.column,
                format!("Tanggal ini bukan hari di bulan {}.", known.month),
                format!("This is no day of {}.", known.month),
            );
            continue;
        };
        let schedule = person.schedule(day);
        let Some(code) = schedule.and_then(|s| known_code(s, &cell.code)) else {
            let list =
                schedule.map(|s| super::codes(s).into_iter().map(|(c, _)| c).collect::<Vec<_>>().join(", "));
            let (id, en) = match list {
                Some(list) => (
                    format!("Kode sif ini tidak ada di jadwal pegawai. Yang ada: {list}."),
                    format!("The person's schedule has no such shift. It has: {list}."),
                ),
                None => (
                    "Pegawai ini belum punya jadwal pada tanggal itu. Pasang jadwalnya dulu.".into(),
                    "This person has no schedule on that day. Assign one first.".into(),
                ),
            };
            refuse(&cell.column, &cell.code, id, en);
            continue;
        };
        if let Some(row) = seen.insert((person.id, day), cell.row) {
            refuse(
                &cell.column,
                &cell.code,
                format!("Hari ini sudah diisi di baris {row}."),
                format!("This day is filled in row {row} already."),
            );
            continue;
        }
        let from = person.shifts.get(&day).cloned();
        if from.as_deref() == Some(code.as_str()) {
            plan.same += 1;
            continue;
        }
        let (name, number) = (person.name.clone(), person.number.clone());
        plan.changes.push(Change { employee: person.id, name, number, day, from, to: code });
    }
    Ok(plan)
}

/// Writes a plan under an import that can be undone.
///
/// # Errors
/// [`crate::Fault::Conflict`] when the month is locked.
pub async fn apply(
    office: &Office,
    tx: &mut Tx,
    known: &RosterMonth,
    (plan, file): (&Plan, RosterFile<'_>),
    actor: &str,
) -> Result<ImportId, ServiceError> {
    refuse_locked_month(tx, &known.reference, known.unit, known.month).await?;
    let now = office.now();
    let id = office.id(ImportId::new);
    let summary = serde_json::json!({
        "month": known.month, "unit": known.unit.to_string(), "people": plan.people(),
        "changed": plan.changes.len(), "same": plan.same, "refused": plan.problems.len(),
    });
    let record = FileImport {
        import_id: id,
        kind: KIND.to_owned(),
        file_name: file.name.to_owned(),
        sha256: hex::encode(Sha256::digest(file.bytes)),
        actor: actor.to_owned(),
        imported_at: now,
        summary: summary.clone(),
        undone_at: None,
        undone_by: None,
    };
    import::add(tx, &record).await?;
    let rows: Vec<RosterEntry> = plan
        .changes
        .iter()
        .map(|change| RosterEntry {
            employee_id: change.employee,
            day: change.day,
            recorded_at: now,
            shift: change.to.clone(),
            actor: actor.to_owned(),
            import_id: Some(id),
        })
        .collect();
    roster::add(tx, &rows).await?;
    audit::write(office, tx, actor, audit::Action::ImportRoster, audit::Subject::new("import", id), summary)
        .await?;
    Ok(id)
}

/// Takes an import of shifts back: what the roster said before counts again. How many shifts.
///
/// # Errors
/// [`crate::Fault::NotFound`] when there is no such import of shifts, or it was undone; [`crate::Fault::Conflict`] when the
/// month is locked.
pub async fn undo(office: &Office, tx: &mut Tx, id: ImportId, actor: &str) -> Result<u64, ServiceError> {
    let found = import::recent(tx, Some(KIND), i64::MAX).await?.into_iter().find(|file| file.import_id == id);
    let file = found.ok_or_else(|| {
        ServiceError::not_found("Impor sif ini tidak ada.", "There is no such import of shifts.")
    })?;
    let text = |key: &str| file.summary.get(key).and_then(|v| v.as_str()).unwrap_or_default();
    let (unit, month) = (UnitId::parse(text("unit")), text("month").parse::<Month>());
    if let (Some(unit), Ok(month)) = (unit, month) {
        let reference = reference::current(office, tx).await?;
        refuse_locked_month(tx, &reference, unit, month).await?;
    }
    let undone = import::undo(tx, id, actor, office.now()).await?;
    let detail = serde_json::json!({ "shifts": undone.facts });
    audit::write(office, tx, actor, audit::Action::UndoRoster, audit::Subject::new("import", id), detail)
        .await?;
    Ok(undone.facts)
}
