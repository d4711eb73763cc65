//! Importing the shifts of a unit: look at what the file would do, then apply exactly that.
//!
//! Nothing is kept between the two steps: the preview carries the understood changes, and applying reads and checks
//! them again as if they were a file.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{lang::Lang, rights::Right};
use serde::Deserialize;
use service::{
    Fault, ServiceError,
    roster::{
        RosterMonth,
        import::{self, Change, Plan, RosterFile},
    },
};

use super::{
    PreviewPage, ProblemLine,
    unit_handler::{read, view},
};
use crate::{
    pages::{layout::Section, unit_link::link},
    server::{
        ask::{Ask, page},
        fault::WebError,
        form::Filled,
        upload::Uploaded,
    },
};

/// Most problems shown; the counts are of all.
const SHOWN: usize = 200;

/// The changes of a preview, sent back.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Confirmed {
    berkas: String,
    tabel: String,
}

/// POST /jadwal/{unit}/{month}/impor
pub async fn look(
    ask: Ask,
    Path((code, month)): Path<(String, String)>,
    uploaded: Uploaded,
) -> Result<Response, WebError> {
    let known = read(&ask, Right::RecordStatus, &code, &month).await?;
    let file = RosterFile { name: &uploaded.name, bytes: &uploaded.bytes };
    match import::plan(&known, ask.me()?.employee, file) {
        Ok(plan) => page(&preview(&ask, &known, &plan, &uploaded.name)?),
        Err(error) => refused(&ask, &known, error),
    }
}

/// POST /jadwal/{unit}/{month}/terapkan
pub async fn apply(
    ask: Ask,
    Path((code, month)): Path<(String, String)>,
    Filled(typed): Filled<Confirmed>,
) -> Result<Response, WebError> {
    let known = read(&ask, Right::RecordStatus, &code, &month).await?;
    let name: String = typed.berkas.chars().filter(|c| !c.is_control()).take(120).collect();
    let file = RosterFile { name: &name, bytes: typed.tabel.as_bytes() };
    let done = write(&ask, &known, file).await;
    match done {
        Ok(count) => Ok(Redirect::to(&format!("/jadwal/{code}/{month}/?ok={count}")).into_response()),
        Err(error) => refused(&ask, &known, error),
    }
}

async fn write(ask: &Ask, known: &RosterMonth, file: RosterFile<'_>) -> Result<usize, ServiceError> {
    let office = &ask.site.office;
    let own = ask.visitor.as_ref().and_then(|v| v.employee);
    let plan = import::plan(known, own, file)?;
    if plan.changes.is_empty() {
        return Ok(0);
    }
    let mut tx = office.db.begin_write(office.tenant).await?;
    import::apply(office, &mut tx, known, (&plan, file), &ask.actor()).await?;
    tx.commit().await?;
    Ok(plan.changes.len())
}

fn refused(ask: &Ask, known: &RosterMonth, error: ServiceError) -> Result<Response, WebError> {
    if !matches!(error.fault, Fault::Invalid | Fault::Conflict) {
        return Err(error.into());
    }
    let mut shown = view(ask, known, None)?;
    shown.import_error = Some(error.message(ask.lang).to_owned());
    let mut response = page(&shown)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

fn preview(ask: &Ask, known: &RosterMonth, plan: &Plan, file: &str) -> Result<PreviewPage, WebError> {
    let unit = known.reference.units.get(known.unit).ok_or_else(WebError::not_found)?;
    Ok(PreviewPage {
        shell: ask.shell(Some(Section::Jadwal)),
        unit: link(unit),
        month: known.month,
        file: file.to_owned(),
        counts: [plan.people(), plan.changes.len(), plan.same, plan.problems.len()],
        changes: by_person(&plan.changes),
        problems: plan.problems.iter().take(SHOWN).map(|p| problem(p, ask.lang)).collect(),
        table: plan.as_csv(),
    })
}

fn problem(problem: &import::Problem, lang: Lang) -> ProblemLine {
    let value: String = problem.value.chars().filter(|c| !c.is_control()).take(60).collect();
    ProblemLine {
        row: problem.row,
        value: format!("{}: {value}", problem.column),
        problem: problem.sentence(lang).to_owned(),
    }
}

/// `3: P → M, 4: S`, one line for each person.
fn by_person(changes: &[Change]) -> Vec<(String, String)> {
    let mut lines: Vec<(String, String)> = Vec::new();
    for change in changes {
        let step = match &change.from {
            Some(from) => format!("{}: {from} → {}", change.day.day(), change.to),
            None => format!("{}: {}", change.day.day(), change.to),
        };
        match lines.last_mut().filter(|(name, _)| *name == change.name) {
            Some((_, steps)) => {
                steps.push_str(", ");
                steps.push_str(&step);
            }
            None => lines.push((change.name.clone(), step)),
        }
    }
    lines
}
