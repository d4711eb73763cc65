//! Imports as the pages show them.

use domain::{lang::Lang, nip::EmployeeNumber, zone::Zone};
use service::{
    actors::Actors,
    employee_import::{
        apply::Summary,
        facts::Field,
        plan::{Changed, Plan},
        problem::{Problem, Severity},
    },
    progress::Progress,
};
use store::import::FileImport;

use super::{
    BadRow, ChangedField, ImporTexts, ImportLine, ImportState, PreviewPage, PreviewRow, ResultPage,
    shelf::{Held, Step, Task},
};
use crate::{
    pages::{
        kemajuan::{JobState, KemajuanPage},
        layout::Section,
        moment::moment,
    },
    server::ask::Ask,
};

/// Most people shown of each list of a preview.
const SHOWN: usize = 50;
/// Most refused rows shown; the workbook has all of them.
const SHOWN_BAD: usize = 200;
/// Longest value of a cell shown, in characters.
const SHOWN_CHARS: usize = 60;

/// What a file would do.
pub(super) fn preview(ask: &Ask, held: &Held, found: &service::employee_import::Preview) -> PreviewPage {
    let plan = &found.plan;
    let headings = &found.sheet.headings;
    let problems = |wanted: fn(Severity) -> bool| {
        let rows = plan.problems.iter().filter(move |p| wanted(p.severity()));
        rows.take(SHOWN_BAD).map(|p| bad(p, ask.lang)).collect::<Vec<_>>()
    };
    let notes = plan.problems.iter().filter(|p| p.severity() != Severity::Row).count();
    PreviewPage {
        shell: ask.shell(Some(Section::Pegawai)),
        key: held.key.clone(),
        file: held.name.clone(),
        read: count(found.sheet.rows.len()),
        same: count(plan.same),
        added: (count(plan.added.len()), plan.added.iter().take(SHOWN).map(|a| added(a, plan)).collect()),
        changed: (
            count(plan.changed.len()),
            plan.changed.iter().take(SHOWN).map(|c| changed(c, plan, ask.lang)).collect(),
        ),
        left: (
            count(plan.missing.len()),
            plan.missing
                .iter()
                .take(SHOWN)
                .map(|m| PreviewRow {
                    line: 0,
                    name: m.name.clone(),
                    nip: printed(&m.number),
                    unit: m.unit.clone().unwrap_or_default(),
                    changes: Vec::new(),
                })
                .collect(),
        ),
        bad: (count(plan.refused_rows.len()), problems(|s| s == Severity::Row)),
        notes: (count(notes), problems(|s| s != Severity::Row)),
        new_units: plan.new_units.iter().map(|u| u.name.clone()).collect(),
        unused: headings.private.iter().chain(&headings.unused).cloned().collect(),
    }
}

fn added(new: &service::employee_import::plan::Added, plan: &Plan) -> PreviewRow {
    let unit = new.facts[Field::Unit].as_deref();
    PreviewRow {
        line: new.row,
        name: new.name.full(),
        nip: new.number.printed(),
        unit: unit.map(|u| plan.names.show(Field::Unit, u)).unwrap_or_default(),
        changes: Vec::new(),
    }
}

fn changed(known: &Changed, plan: &Plan, lang: Lang) -> PreviewRow {
    let t = ImporTexts(lang);
    let renamed = known.new_name.as_ref().map(|new| ChangedField {
        field: t.name_field().to_owned(),
        before: known.name.full(),
        after: new.full(),
    });
    let facts = known.changes.iter().map(|c| ChangedField {
        field: c.field.label(lang).to_owned(),
        before: c.from.as_deref().map(|v| plan.names.show(c.field, v)).unwrap_or_default(),
        after: plan.names.show(c.field, &c.to),
    });
    let moved = known.changes.iter().find(|c| c.field == Field::Unit);
    PreviewRow {
        line: known.row,
        name: known.name.full(),
        nip: known.number.printed(),
        unit: moved.map(|c| plan.names.show(Field::Unit, &c.to)).unwrap_or_default(),
        changes: renamed.into_iter().chain(facts).collect(),
    }
}

fn bad(problem: &Problem, lang: Lang) -> BadRow {
    let mut value: String =
        problem.value.chars().take(SHOWN_CHARS).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if problem.value.chars().nth(SHOWN_CHARS).is_some() {
        value.push('…');
    }
    BadRow {
        line: problem.row,
        value,
        problem: format!("{}: {} {}", problem.column, problem.sentence(lang), problem.remedy(lang)),
    }
}

fn printed(number: &str) -> String {
    EmployeeNumber::parse(number).map_or_else(|_| number.to_owned(), |n| n.printed())
}

/// How far the work on a file is.
pub(crate) fn progress(ask: &Ask, held: &Held) -> KemajuanPage {
    let back = "/pegawai/impor".to_owned();
    let t = ImporTexts(ask.lang);
    let state = match &held.step {
        Step::Busy(_, None) => JobState::Waiting,
        Step::Busy(_, Some(progress)) => running(progress, ask.lang),
        Step::Read(_) => JobState::Done { href: format!("{back}/{}", held.key) },
        Step::Applied(import) => JobState::Done { href: format!("{back}/{import}") },
        Step::Refused(error) => JobState::Failed { reason: error.message(ask.lang).to_owned(), href: back },
    };
    let mut title = match held.step {
        Step::Busy(Task::Apply, _) | Step::Applied(_) => t.applying(&held.name),
        _ => t.reading(&held.name),
    };
    if let Step::Busy(_, Some(progress)) = &held.step {
        title = format!("{title} · {}", progress.label(ask.lang));
    }
    KemajuanPage { shell: ask.shell(Some(Section::Pegawai)), title, state }
}

fn running(progress: &Progress, lang: Lang) -> JobState {
    let unit = ImporTexts(lang).rows().to_owned();
    let total = Some(progress.total).filter(|n| *n > 0);
    JobState::Running { done: progress.done, total, unit }
}

/// A file that waits, as a line of the history.
pub(super) fn waiting(ask: &Ask, held: &Held, zone: Zone) -> Option<ImportLine> {
    let (state, counts) = match &held.step {
        Step::Busy(..) => (ImportState::Running, (0, 0, 0, 0)),
        Step::Read(found) => {
            let p = &found.plan;
            let n = (p.added.len(), p.changed.len(), p.missing.len(), p.refused_rows.len());
            (ImportState::Preview, (count(n.0), count(n.1), count(n.2), count(n.3)))
        }
        Step::Refused(_) | Step::Applied(_) => return None,
    };
    Some(ImportLine {
        key: held.key.clone(),
        at: moment(held.touched, zone, ask.lang),
        by: ask.visitor.as_ref().map(|v| v.name.clone()).unwrap_or_default(),
        file: held.name.clone(),
        counts,
        state,
    })
}

/// An import of the register as a line of the history.
pub(super) fn done(
    ask: &Ask,
    (import, summary): &(FileImport, Option<Summary>),
    is_newest: bool,
    actors: &Actors,
    zone: Zone,
) -> ImportLine {
    let counts = summary
        .as_ref()
        .map_or((0, 0, 0, 0), |s| (count(s.added), count(s.changed), count(s.missing), count(s.refused)));
    let state = match import.undone_at {
        Some(_) => ImportState::Undone,
        None => ImportState::Applied { may_undo: is_newest },
    };
    ImportLine {
        key: import.import_id.to_string(),
        at: moment(import.imported_at, zone, ask.lang),
        by: actors.name(&import.actor),
        file: import.file_name.clone(),
        counts,
        state,
    }
}

/// What an import did.
pub(super) fn result(ask: &Ask, line: ImportLine, summary: Option<&Summary>) -> ResultPage {
    let effective = summary.map(|s| domain::lang::plain_date(s.effective, ask.lang));
    ResultPage {
        shell: ask.shell(Some(Section::Pegawai)),
        import: line,
        effective: effective.unwrap_or_default(),
        same: summary.map_or(0, |s| count(s.same)),
        units: summary.map_or(0, |s| count(s.units.len())),
        pins: summary.and_then(|s| s.pins.as_ref()).map_or(0, |p| count(p.given)),
    }
}

/// A number for the page.
pub(super) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
