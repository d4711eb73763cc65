//! What `recap` and `tpp` share: the judged month of one OPD or of all, and how a sheet becomes a file.

use std::path::Path;

use anyhow::Context;
use domain::{ids::UnitId, lang::Lang};
use print::{Dialect, FileKind, Layout};
use service::{
    Office,
    month::{MonthSheet, Wanted, load},
    progress::Progress,
    reference,
    sheets::{self, For},
};
use store::Scope;

use super::ACTOR;
use crate::{
    cli::{Format, SheetArgs},
    failure::Usage,
    output,
    progress::Bar,
};

/// How the printed forms are made: in the language of the offices.
pub const FORM: For<'static> = For { lang: Lang::Id, by: ACTOR };
/// How tables for programs are made.
pub const TABLE: For<'static> = For { lang: Lang::En, by: ACTOR };

/// The judged month of one OPD (or of the unit that was asked for).
pub struct UnitMonth {
    /// Code of the unit.
    pub code: String,
    /// Name of the unit.
    pub name: String,
    /// The month.
    pub sheet: MonthSheet,
}

/// Judges the month of what was asked for, with TPP. Without `--opd` every OPD that is not closed.
///
/// # Errors
/// A month that has not begun, a code that does not exist, an installation without any OPD.
pub async fn judge(office: &Office, args: &SheetArgs) -> anyhow::Result<Vec<UnitMonth>> {
    let units = units(office, args).await?;
    let bar = Bar::new();
    let total = units.len();
    let mut months = Vec::with_capacity(total);
    for (done, (unit, code, name)) in units.into_iter().enumerate() {
        bar.show(Progress {
            id: "Menghitung",
            en: "Judging",
            done: u64::try_from(done)?,
            total: u64::try_from(total)?,
        });
        let mut tx = office.db.begin_read(office.tenant).await?;
        let sheet = load(office, &mut tx, Wanted::month(Scope::Subtree(unit), args.month)).await?;
        months.push(UnitMonth { code, name, sheet });
    }
    Ok(months)
}

async fn units(office: &Office, args: &SheetArgs) -> anyhow::Result<Vec<(UnitId, String, String)>> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    let units = &reference.units;
    let today = units.home_zone().local(office.now()).date();
    anyhow::ensure!(
        args.month.first() <= today,
        "{} has not begun; today is {today}. Ask for a month up to {}",
        args.month,
        domain::month::Month::of(today)
    );
    let named = |u: &store::org::Unit| (u.unit_id, u.code.clone(), u.name.clone());
    if let Some(code) = &args.opd {
        let unit = units.by_code(code).with_context(|| {
            let known: Vec<&str> = units.opds().map(|u| u.code.as_str()).take(12).collect();
            format!("there is no unit with the code '{code}'; some that exist: {}", known.join(", "))
        })?;
        return Ok(vec![named(unit)]);
    }
    let open = |u: &&store::org::Unit| u.closed_on.is_none_or(|day| day > args.month.first());
    let opds: Vec<_> = units.opds().filter(open).map(named).collect();
    anyhow::ensure!(
        !opds.is_empty(),
        "there is no OPD yet; `hadir import employees FILE` makes them from a list"
    );
    Ok(opds)
}

/// All people in one sheet, for a table over several OPDs; with each the code of the OPD.
pub fn merged(months: Vec<UnitMonth>) -> Option<(MonthSheet, Vec<String>)> {
    let single = months.len() == 1;
    let mut codes = Vec::new();
    let mut all: Option<MonthSheet> = None;
    for month in months {
        codes.extend(std::iter::repeat_n(month.code, month.sheet.people.len()));
        match &mut all {
            Some(all) => all.people.extend(month.sheet.people),
            None => all = Some(month.sheet),
        }
    }
    let mut all = all?;
    if !single {
        all.unit = None;
    }
    Some((all, codes))
}

/// A layout as RFC 4180 text with the code of the OPD before each row.
///
/// # Errors
/// When the layout cannot be made into a table.
pub fn csv(layout: &impl Layout, opds: &[String]) -> anyhow::Result<Vec<u8>> {
    let plain = print::delimited(layout, Dialect::RFC4180)?;
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(plain.as_bytes());
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let first = std::iter::once("OPD").chain(opds.iter().map(String::as_str));
    for (record, opd) in reader.records().zip(first) {
        let record = record?;
        writer.write_record(std::iter::once(opd).chain(record.iter()))?;
    }
    writer.into_inner().map_err(|e| anyhow::anyhow!("{e}"))
}

/// Writes workbooks: one to the file that was named, or one for each OPD into a folder.
///
/// # Errors
/// Without `--out`, or when a file cannot be written.
pub fn workbooks(
    months: &[UnitMonth],
    args: &SheetArgs,
    kind: FileKind,
    make: impl Fn(&MonthSheet) -> Result<Vec<u8>, print::PrintError>,
) -> anyhow::Result<()> {
    let Some(out) = &args.out else {
        return Err(Usage("--format xlsx needs --out FILE (or a folder, for all OPDs)".to_owned()).into());
    };
    let folder = out.is_dir() || args.opd.is_none();
    if folder {
        std::fs::create_dir_all(out).with_context(|| format!("cannot make the folder {}", out.display()))?;
    }
    let bar = Bar::new();
    for (done, month) in months.iter().enumerate() {
        bar.show(Progress {
            id: "Menulis",
            en: "Writing",
            done: u64::try_from(done)?,
            total: u64::try_from(months.len())?,
        });
        let path = if folder { out.join(sheets::name(&month.sheet, kind, "xlsx")) } else { out.clone() };
        output::deliver(Some(&path), &make(&month.sheet)?)?;
    }
    drop(bar);
    said(out, months.len())
}

fn said(out: &Path, files: usize) -> anyhow::Result<()> {
    match files {
        1 => output::line(&format!("wrote {}", out.display())),
        n => output::line(&format!("wrote {n} workbooks to {}", out.display())),
    }
}

/// Where a text, JSON or CSV goes.
pub fn target(args: &SheetArgs) -> Option<&Path> {
    args.out.as_deref()
}

/// The format: what was asked for, else what the name of the file says, else text.
pub fn format(asked: Format, args: &SheetArgs) -> Format {
    let ending = args.out.as_ref().and_then(|p| p.extension()).and_then(|e| e.to_str());
    match (asked, ending) {
        (Format::Text, Some("xlsx")) => Format::Xlsx,
        (Format::Text, Some("csv")) => Format::Csv,
        (Format::Text, Some("json")) => Format::Json,
        (asked, _) => asked,
    }
}
