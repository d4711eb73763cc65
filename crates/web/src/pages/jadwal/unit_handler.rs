//! One unit in one month, and assigning it a schedule.

use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{month::Month, rights::Right};
use jiff::civil::Date;
use serde::Deserialize;
use service::{
    Fault, ServiceError,
    reference::{self, Reference},
    roster::{self, PersonMonth, RosterMonth},
    work_schedule::{self, Assignment, Whose},
};

use super::{
    AssignForm, HistoryLine, JadwalTexts, PersonLine, UnitPage,
    handler::{name_of, schedules},
};
use crate::{
    pages::{
        layout::{Flash, Section, Tone},
        reading::month_of,
        unit_link::link,
    },
    server::{
        ask::{Ask, page},
        download::{self, Kind},
        fault::WebError,
        form::Filled,
    },
};

/// What was just done, from the address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    pub(super) ok: String,
}

/// The form that assigns a schedule, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TypedAssignment {
    pub(super) jadwal: String,
    pub(super) mulai: String,
    pub(super) alasan: String,
}

/// GET /jadwal/{unit}/{month}/
pub async fn show(
    ask: Ask,
    Path((code, month)): Path<(String, String)>,
    Query(done): Query<Done>,
) -> Result<Response, WebError> {
    let known = read(&ask, Right::SeePresence, &code, &month).await?;
    let mut shown = view(&ask, &known, None)?;
    shown.shell.flash = flash(&ask, &done.ok);
    page(&shown)
}

/// GET /jadwal/{unit}/{month}/roster.csv: the month as a table that can be filled in and imported.
pub async fn table(ask: Ask, Path((code, month)): Path<(String, String)>) -> Result<Response, WebError> {
    let known = read(&ask, Right::SeePresence, &code, &month).await?;
    let days: Vec<Date> = known.month.days().collect();
    let mut text = String::from("NIP;NAMA");
    days.iter().for_each(|day| text.push_str(&format!(";{}", day.day())));
    for person in &known.people {
        // ="…" keeps Excel from turning the number into 1.98E+17.
        text.push_str(&format!("\r\n=\"{}\";{}", person.number, plain(&person.name)));
        days.iter().for_each(|day| text.push_str(&format!(";{}", person.shifts.get(day).map_or("", |s| s))));
    }
    text.push_str("\r\n");
    Ok(download::file(Kind::Text, &format!("sif-{code}-{month}.csv"), text.into_bytes()))
}

/// POST /jadwal/{unit}/{month}/tetapkan
pub async fn assign(
    ask: Ask,
    Path((code, month)): Path<(String, String)>,
    Filled(typed): Filled<TypedAssignment>,
) -> Result<Response, WebError> {
    let known = read(&ask, Right::ManageRules, &code, &month).await?;
    match save(&ask, Whose::Unit(known.unit), &typed).await {
        Ok(()) => Ok(Redirect::to(&format!("/jadwal/{code}/{month}/?ok=simpan")).into_response()),
        Err(error) if matches!(error.fault, Fault::Invalid | Fault::Conflict) => {
            let text = error.message(ask.lang).to_owned();
            let mut response = page(&view(&ask, &known, Some((&typed, text)))?)?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(error) => Err(error.into()),
    }
}

/// Assigns what was typed, in a transaction of its own.
pub(super) async fn save(ask: &Ask, whose: Whose, typed: &TypedAssignment) -> Result<(), ServiceError> {
    let office = &ask.site.office;
    let code = Some(typed.jadwal.trim().to_owned()).filter(|code| !code.is_empty());
    let new = Assignment { whose, code, from: day(&typed.mulai)?, reason: typed.alasan.clone() };
    let mut tx = office.db.begin_write(office.tenant).await?;
    work_schedule::assign(office, &mut tx, new, &ask.actor()).await?;
    tx.commit().await?;
    Ok(())
}

/// The month of a unit where the right holds.
pub(super) async fn read(ask: &Ask, right: Right, code: &str, month: &str) -> Result<RosterMonth, WebError> {
    let month = month_of(month)?;
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    let unit = ask.unit(&reference, right, code)?.unit_id;
    Ok(roster::load(office, &mut tx, unit, month).await?)
}

/// The page of a unit; `typed` is a refused assignment with the reason.
pub(super) fn view(
    ask: &Ask,
    known: &RosterMonth,
    typed: Option<(&TypedAssignment, String)>,
) -> Result<UnitPage, WebError> {
    let reference = &known.reference;
    let unit = reference.units.get(known.unit).ok_or_else(WebError::not_found)?;
    let path = reference.units.path(known.unit);
    let last = known.month.last();
    let assigned = reference.assigned_schedules(known.unit);
    let history = assigned.entries().iter().rev();
    let form = ask.access().may(Right::ManageRules, &path).then(|| form(ask, reference, known.month, typed));
    Ok(UnitPage {
        shell: ask.shell(Some(Section::Jadwal)),
        unit: link(unit),
        month: known.month,
        follows: work_schedule::followed(reference, known.unit, last)
            .map(|f| name_of(reference, &f.code, last)),
        history: history
            .map(|(since, code)| HistoryLine { what: name_of(reference, code, last), since: *since })
            .collect(),
        people: known.people.iter().map(|p| line(p, known.month, JadwalTexts(ask.lang))).collect(),
        assign: form,
        may_import: ask.access().may(Right::RecordStatus, &path),
        import_error: None,
    })
}

/// The form that assigns, empty or as it was refused.
pub(super) fn form(
    ask: &Ask,
    reference: &Reference,
    month: Month,
    typed: Option<(&TypedAssignment, String)>,
) -> AssignForm {
    let schedules = schedules(reference, month.last());
    match typed {
        None => AssignForm { schedules, from: proposed(ask, month), ..AssignForm::default() },
        Some((typed, error)) => AssignForm {
            schedules,
            code: typed.jadwal.clone(),
            from: typed.mulai.clone(),
            reason: typed.alasan.clone(),
            error: Some(error),
        },
    }
}

/// The first day of the month shown, but not before today.
pub(super) fn proposed(ask: &Ask, month: Month) -> String {
    month.first().max(ask.today()).to_string()
}

pub(super) fn day(typed: &str) -> Result<Date, ServiceError> {
    let sensible = |day: &Date| (2000..=2100).contains(&day.year());
    typed.trim().parse().ok().filter(sensible).ok_or_else(|| {
        ServiceError::invalid(
            "Tanggal tidak terbaca. Tulis sebagai tahun-bulan-tanggal, misalnya 2026-11-16.",
            "The date could not be read. Write it as year-month-day, for example 2026-11-16.",
        )
    })
}

/// The sentence after something was done.
pub(super) fn flash(ask: &Ask, done: &str) -> Option<Flash> {
    let t = JadwalTexts(ask.lang);
    let text = match (done, done.parse::<usize>()) {
        ("simpan", _) => t.saved().to_owned(),
        (_, Ok(count)) => t.imported(count),
        _ => return None,
    };
    Some(Flash { tone: Tone::Good, text })
}

/// The schedule of a person in words: `Damkar 24/48, Regu 2`.
pub(super) fn schedule_words(person: &PersonMonth, day: Date, t: JadwalTexts) -> String {
    let Some(schedule) = person.schedule(day) else { return t.none().to_owned() };
    let name = if schedule.name.is_empty() { &schedule.code } else { &schedule.name };
    match &schedule.cycle {
        Some(_) => format!("{name}, {}", t.group_n(person.offset(day) + 1)),
        None => name.clone(),
    }
}

fn line(person: &PersonMonth, month: Month, t: JadwalTexts) -> PersonLine {
    PersonLine {
        key: person.id.0.simple().to_string(),
        name: person.name.clone(),
        schedule: schedule_words(person, month.last(), t),
        codes: month.days().map(|day| shown_code(person.code(day))).collect(),
    }
}

fn shown_code(code: Option<&str>) -> String {
    match code {
        Some("") => "L".to_owned(),
        other => other.unwrap_or_default().to_owned(),
    }
}

/// A name that no spreadsheet takes for a formula or for two cells.
fn plain(name: &str) -> String {
    let name: String =
        name.chars().map(|c| if c == ';' || c == '"' || c.is_control() { ' ' } else { c }).collect();
    if name.starts_with(['=', '+', '-', '@']) { format!("'{name}") } else { name }
}
