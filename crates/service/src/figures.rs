//! Import of the monthly figures that TPP policies ask for: minutes of day reports, predicates, sanctions.
//!
//! A text table with the NIP in the first column and one column per figure, named as the policy names it. All or
//! nothing. A later import of the same figure counts instead of the earlier one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{ids::EmployeeId, lang::Lang, month::Month, nip::EmployeeNumber, policy::Policy};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{
    Scope, Tx, employee,
    month_close::{self, CloseState},
    month_input::{self, MonthInput},
};

use crate::{Office, ServiceError, audit, reference};

/// Largest file, in bytes.
const MAX_BYTES: usize = 16 << 20;
/// Names of the first column, without spaces and in small letters.
const NUMBER: [&str; 4] = ["nip", "nipbaru", "nippppk", "nip/nipppk"];

/// What a file did, or why it did nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FiguresReport {
    /// People of the file.
    pub people: usize,
    /// Figures stored.
    pub stored: usize,
    /// What is wrong, by line; nothing is stored then.
    pub problems: Vec<FigureProblem>,
}

/// Something wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureProblem {
    /// The line of the file, from 1.
    pub line: u64,
    id: String,
    en: String,
}

impl FigureProblem {
    /// What is wrong and what to do.
    pub fn sentence(&self, lang: Lang) -> String {
        let what = lang.pick(&self.id, &self.en);
        format!("{} {}: {what}", lang.pick("baris", "line"), self.line)
    }
}

/// Stores the figures of a file for a month.
///
/// # Errors
/// [`crate::Fault::Invalid`] for something that is no such table, or names a figure that no policy of the month asks
/// for. What is wrong with single lines stands in the report.
pub async fn import(
    office: &Office,
    tx: &mut Tx,
    month: Month,
    bytes: &[u8],
    actor: &str,
) -> Result<FiguresReport, ServiceError> {
    let reference = reference::current(office, tx).await?;
    let holds = |p: &&Policy| {
        p.effective_from() <= month.last() && p.effective_until().is_none_or(|d| month.first() <= d)
    };
    let policies: Vec<&Policy> = reference.policies.all().iter().filter(holds).collect();
    let table = Table::read(bytes, &policies)?;
    let mut report = FiguresReport { people: table.rows.len(), ..FiguresReport::default() };
    let numbers: Vec<String> = table.rows.iter().map(|row| row.number.clone()).collect();
    let known: HashMap<String, EmployeeId> = employee::by_numbers(tx, &numbers).await?.into_iter().collect();
    let locked = locked_people(tx, &reference, month, &known).await?;
    let mut rows = Vec::new();
    let mut seen = BTreeSet::new();
    for row in &table.rows {
        let mut wrong =
            |id: String, en: String| report.problems.push(FigureProblem { line: row.line, id, en });
        let Some(id) = known.get(&row.number) else {
            wrong(
                format!("NIP {} tidak dikenal. Impor pegawainya dahulu.", row.number),
                format!("nobody has the number {}. Import the person first.", row.number),
            );
            continue;
        };
        if !seen.insert(*id) {
            wrong(format!("NIP {} ada dua kali.", row.number), format!("{} occurs twice.", row.number));
        }
        if locked.contains(id) {
            wrong(
                format!("Bulan {month} OPD pegawai ini sudah dikunci. (E-410)"),
                format!("Month {month} of this person's OPD is locked. (E-410)"),
            );
        }
        for (name, value) in &row.values {
            match policies.iter().find_map(|policy| policy.refuses_input(name, value)) {
                Some(expected) => wrong(
                    format!("{name} = \"{value}\" tidak dapat dipakai; tulis {}.", expected.0),
                    format!("{name} = \"{value}\" cannot be used; write {}.", expected.1),
                ),
                None => rows.push(MonthInput {
                    employee_id: *id,
                    month,
                    name: name.clone(),
                    recorded_at: office.now(),
                    value: value.clone(),
                    actor: actor.to_owned(),
                    import_id: None,
                }),
            }
        }
    }
    if !report.problems.is_empty() {
        return Ok(report);
    }
    report.stored = rows.len();
    month_input::add(tx, &rows).await?;
    let detail = json!({
        "people": report.people, "figures": report.stored, "sha256": hex::encode(Sha256::digest(bytes)),
    });
    audit::write(
        office,
        tx,
        actor,
        audit::Action::ImportFigures,
        audit::Subject::new("month", month),
        detail,
    )
    .await?;
    Ok(report)
}

/// The people whose OPD has locked the month.
async fn locked_people(
    tx: &mut Tx,
    reference: &reference::Reference,
    month: Month,
    known: &HashMap<String, EmployeeId>,
) -> Result<BTreeSet<EmployeeId>, ServiceError> {
    let closes = month_close::states(tx, month).await?;
    let locked: BTreeSet<_> =
        closes.iter().filter(|c| c.state != CloseState::Reopened).map(|c| c.unit_id).collect();
    if locked.is_empty() {
        return Ok(BTreeSet::new());
    }
    let ids: Vec<EmployeeId> = known.values().copied().collect();
    let people = employee::load(tx, Scope::People(&ids), month.first(), month.last()).await?;
    let in_locked = people.iter().filter(|person| {
        let opd = person.unit(month.last()).and_then(|unit| reference.units.opd_of(unit));
        opd.is_some_and(|opd| locked.contains(&opd.unit_id))
    });
    Ok(in_locked.map(|person| person.employee.employee_id).collect())
}

struct Table {
    rows: Vec<TableRow>,
}

struct TableRow {
    line: u64,
    number: String,
    values: BTreeMap<String, String>,
}

impl Table {
    fn read(bytes: &[u8], policies: &[&Policy]) -> Result<Table, ServiceError> {
        let text = std::str::from_utf8(bytes).ok().filter(|_| bytes.len() <= MAX_BYTES).ok_or_else(|| {
            ServiceError::invalid(
                "Berkas ini bukan tabel teks (CSV UTF-8, paling besar 16 MB). Di Excel: Simpan Sebagai, CSV UTF-8.",
                "This is no text table (CSV, UTF-8, at most 16 MB). In Excel: Save As, CSV UTF-8.",
            )
        })?;
        let text = text.trim_start_matches('\u{feff}');
        let first = text.lines().next().unwrap_or("");
        let delimiter = [';', '\t', ','].into_iter().max_by_key(|c| first.matches(*c).count()).unwrap_or(',');
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(u8::try_from(delimiter).unwrap_or(b','))
            .trim(csv::Trim::All)
            .flexible(true)
            .from_reader(text.as_bytes());
        let unreadable = |error: csv::Error| {
            ServiceError::invalid(
                format!("Tabel tidak terbaca: {error}"),
                format!("Unreadable table: {error}"),
            )
        };
        let heads: Vec<String> = reader.headers().map_err(unreadable)?.iter().map(str::to_owned).collect();
        columns(&heads, policies)?;
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(unreadable)?;
            let line = record.position().map_or(0, csv::Position::line);
            let written = record.get(0).unwrap_or("");
            if written.is_empty() {
                continue;
            }
            let number = EmployeeNumber::parse(written).map_or(written.to_owned(), |n| n.as_str().to_owned());
            let cells = heads.iter().zip(record.iter()).skip(1).filter(|(_, value)| !value.is_empty());
            let values = cells.map(|(name, value)| (name.clone(), with_point(value))).collect();
            rows.push(TableRow { line, number, values });
        }
        Ok(Table { rows })
    }
}

/// A decimal comma becomes a point; words stay as they are.
fn with_point(value: &str) -> String {
    let pointed = value.replace(',', ".");
    if pointed.parse::<rust_decimal::Decimal>().is_ok() { pointed } else { value.to_owned() }
}

/// The first column is the NIP, every other one a figure that some policy asks for.
fn columns(heads: &[String], policies: &[&Policy]) -> Result<(), ServiceError> {
    let asked: BTreeSet<&str> = policies.iter().flat_map(|p| p.inputs()).collect();
    let list = asked.iter().copied().collect::<Vec<_>>().join(", ");
    let number = heads.first().map(|h| h.to_lowercase().replace([' ', '.'], "")).unwrap_or_default();
    if !NUMBER.contains(&number.as_str()) || heads.len() < 2 {
        return Err(ServiceError::invalid(
            format!("Kolom pertama harus \"NIP\", lalu kolom angka: {list}."),
            format!("The first column must be \"NIP\", followed by the figures: {list}."),
        ));
    }
    match heads[1..].iter().find(|head| !asked.contains(head.as_str())) {
        Some(head) => Err(ServiceError::invalid(
            format!("Tidak ada aturan TPP bulan ini yang meminta \"{head}\". Yang diminta: {list}."),
            format!("No TPP policy of this month asks for \"{head}\". They ask for: {list}."),
        )),
        None => Ok(()),
    }
}
