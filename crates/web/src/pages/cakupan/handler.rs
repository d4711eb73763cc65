//! The rollout: the tracker, one OPD, and its step to another stage.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{org::Stage, rights::Right};
use jiff::civil::Date;
use serde::Deserialize;
use service::{
    Fault, reference,
    rollout::{self, OpdState, Step},
};

use super::{CakupanPage, RolloutRow, TahapForm, TahapPage};
use crate::{
    pages::layout::Section,
    server::{
        ask::{Ask, page},
        fault::WebError,
        form::Filled,
    },
};

/// The form as typed.
#[derive(Debug, Deserialize)]
pub struct Typed {
    tahap: String,
    mulai: String,
    surat: String,
    #[serde(default)]
    tetap: String,
}

/// GET /cakupan
pub async fn show(ask: Ask) -> Result<Response, WebError> {
    let tracker = rollout::tracker(&ask.site.office).await?;
    let of = |wanted: fn(&OpdState) -> bool| {
        tracker.iter().filter(|o| wanted(o)).map(|o| o.facts.people).sum::<usize>()
    };
    let people = (count(of(|o| o.stage == Some(Stage::Berlaku))), count(of(|_| true)));
    let units = tracker.iter().map(|o| row(&ask, o)).collect();
    page(&CakupanPage { shell: ask.shell(Some(Section::Cakupan)), units, people })
}

/// GET /cakupan/{unit}
pub async fn detail(ask: Ask, Path(code): Path<String>) -> Result<Response, WebError> {
    let form = TahapForm {
        stage: Stage::Pendataan,
        from: ask.today().to_string(),
        letter: String::new(),
        error: None,
    };
    page(&view(&ask, &code, form).await?)
}

/// POST /cakupan/{unit}
pub async fn set_stage(
    ask: Ask,
    Path(code): Path<String>,
    Filled(typed): Filled<Typed>,
) -> Result<Response, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    let opd = ask.unit(&reference, Right::SetStage, &code)?.unit_id;
    drop(tx);
    let stage = Stage::parse(&typed.tahap)
        .ok_or_else(|| WebError::invalid("Pilih tahapnya.", "Choose the stage."))?;
    let since: Date = typed
        .mulai
        .parse()
        .map_err(|_| WebError::invalid("Tanggal tidak terbaca.", "The date could not be read."))?;
    let step = Step {
        opd,
        stage,
        since,
        note: &typed.surat,
        despite_lacks: typed.tetap == "ya",
        actor: &ask.actor(),
    };
    match rollout::set_stage(office, &step).await {
        Ok(()) => Ok(Redirect::to("/cakupan").into_response()),
        Err(error) if matches!(error.fault, Fault::Invalid | Fault::Conflict) => {
            let text = error.message(ask.lang).to_owned();
            let form = TahapForm { stage, from: typed.mulai, letter: typed.surat, error: Some(text) };
            let mut response = page(&view(&ask, &code, form).await?)?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(error) => Err(error.into()),
    }
}

async fn view(ask: &Ask, code: &str, mut form: TahapForm) -> Result<TahapPage, WebError> {
    let office = &ask.site.office;
    let tracker = rollout::tracker(office).await?;
    let state =
        tracker.iter().find(|o| o.facts.code.eq_ignore_ascii_case(code)).ok_or_else(WebError::not_found)?;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let records = store::org::stages(&mut tx).await?;
    let mine = records.iter().filter(|r| r.unit_id == state.facts.unit);
    if form.error.is_none() {
        form.stage = state.next_stage().unwrap_or(Stage::Berlaku);
    }
    Ok(TahapPage {
        shell: ask.shell(Some(Section::Cakupan)),
        unit: row(ask, state),
        history: mine.map(|r| (r.stage, r.since, r.note.clone())).collect(),
        form,
        may_change: ask.has(Right::SetStage),
    })
}

fn row(ask: &Ask, state: &OpdState) -> RolloutRow {
    RolloutRow {
        key: state.facts.code.clone(),
        name: state.facts.name.clone(),
        stage: state.stage,
        since: state.since,
        people: count(state.facts.people),
        lacks: state.lacks.iter().map(|l| l.sentence(ask.lang)).collect(),
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
