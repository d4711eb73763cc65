//! One person: shifts of a month, own schedule, group.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{ids::EmployeeId, rights::Right};
use jiff::civil::Date;
use serde::Deserialize;
use service::{
    Fault, ServiceError,
    roster::{self, NewShifts, PersonMonth, RosterMonth},
    work_schedule::{self, Whose},
};

use super::{
    DayChoice, HistoryLine, JadwalTexts, PersonPage,
    handler::name_of,
    unit_handler::{Done, TypedAssignment, day, flash, form, proposed, read, save, schedule_words},
};
use crate::{
    pages::{layout::Section, unit_link::link},
    server::{
        ask::{Ask, page},
        fault::WebError,
        form::Filled,
    },
};

type Address = (String, String, String);

/// The form of the group, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TypedGroup {
    regu: String,
    mulai: String,
    alasan: String,
}

/// GET /jadwal/{unit}/{month}/{person}
pub async fn show(ask: Ask, Path(at): Path<Address>, Query(done): Query<Done>) -> Result<Response, WebError> {
    let (known, id) = find(&ask, Right::SeePresence, &at).await?;
    let mut shown = view(&ask, &known, id)?;
    shown.shell.flash = flash(&ask, &done.ok);
    page(&shown)
}

/// POST /jadwal/{unit}/{month}/{person}: one field for each day of the month.
pub async fn save_shifts(
    ask: Ask,
    Path(at): Path<Address>,
    Filled(typed): Filled<BTreeMap<String, String>>,
) -> Result<Response, WebError> {
    let (known, id) = find(&ask, Right::RecordStatus, &at).await?;
    if !may_edit(&ask, &known, id) {
        return Err(WebError::forbidden());
    }
    let office = &ask.site.office;
    let of_day = |day: Date| Some((day, typed.get(&day.day().to_string())?.clone()));
    let shifts: Vec<(Date, String)> = known.month.days().filter_map(of_day).collect();
    let new = NewShifts { employee: id, month: known.month, shifts: shifts.clone() };
    let mut tx = office.db.begin_write(office.tenant).await?;
    let done = roster::save(office, &mut tx, &known, new, &ask.actor()).await;
    if done.is_ok() {
        tx.commit().await?;
    }
    answer(&ask, &at, done.map(|_| ()), &known, id, |shown, text| {
        shown.error = Some(text);
        for choice in &mut shown.days {
            if let Some((_, code)) = shifts.iter().find(|(day, _)| *day == choice.date) {
                choice.chosen.clone_from(code);
            }
        }
    })
}

/// POST /jadwal/{unit}/{month}/{person}/jadwal
pub async fn assign(
    ask: Ask,
    Path(at): Path<Address>,
    Filled(typed): Filled<TypedAssignment>,
) -> Result<Response, WebError> {
    let (known, id) = find(&ask, Right::ManageRules, &at).await?;
    if !may(&ask, Right::ManageRules, &known, id) {
        return Err(WebError::forbidden());
    }
    let done = save(&ask, Whose::Person(id), &typed).await;
    let refused = form(&ask, &known.reference, known.month, Some((&typed, String::new())));
    answer(&ask, &at, done, &known, id, |shown, text| {
        shown.assign = Some(super::AssignForm { error: Some(text), ..refused });
    })
}

/// POST /jadwal/{unit}/{month}/{person}/regu
pub async fn set_group(
    ask: Ask,
    Path(at): Path<Address>,
    Filled(typed): Filled<TypedGroup>,
) -> Result<Response, WebError> {
    let (known, id) = find(&ask, Right::RecordStatus, &at).await?;
    if !may_edit(&ask, &known, id) {
        return Err(WebError::forbidden());
    }
    let done = group(&ask, id, &typed).await;
    answer(&ask, &at, done, &known, id, |shown, text| shown.group_error = Some(text))
}

async fn group(ask: &Ask, id: EmployeeId, typed: &TypedGroup) -> Result<(), ServiceError> {
    let office = &ask.site.office;
    // People count groups from one, the cycle from zero.
    let number: i32 = typed.regu.trim().parse().unwrap_or(0);
    let mut tx = office.db.begin_write(office.tenant).await?;
    let fact = (id, number - 1, day(&typed.mulai)?);
    work_schedule::set_group(office, &mut tx, fact, &typed.alasan, &ask.actor()).await?;
    tx.commit().await?;
    Ok(())
}

async fn find(ask: &Ask, right: Right, at: &Address) -> Result<(RosterMonth, EmployeeId), WebError> {
    let id = EmployeeId::parse(&at.2).ok_or_else(WebError::not_found)?;
    let known = read(ask, right, &at.0, &at.1).await?;
    person(&known, id)?;
    Ok((known, id))
}

fn person(known: &RosterMonth, id: EmployeeId) -> Result<&PersonMonth, WebError> {
    known.people.iter().find(|p| p.id == id).ok_or_else(WebError::not_found)
}

fn may_edit(ask: &Ask, known: &RosterMonth, id: EmployeeId) -> bool {
    may(ask, Right::RecordStatus, known, id)
}

/// Nobody changes the own shifts, and the right must hold where the person is.
fn may(ask: &Ask, right: Right, known: &RosterMonth, id: EmployeeId) -> bool {
    let unit = known.people.iter().find(|p| p.id == id).and_then(|p| p.unit).unwrap_or(known.unit);
    ask.access().may_change(right, &known.reference.units.path(unit), id)
}

fn answer(
    ask: &Ask,
    at: &Address,
    done: Result<(), ServiceError>,
    known: &RosterMonth,
    id: EmployeeId,
    refuse: impl FnOnce(&mut PersonPage, String),
) -> Result<Response, WebError> {
    match done {
        Ok(()) => {
            let (unit, month) = (&at.0, &at.1);
            Ok(Redirect::to(&format!("/jadwal/{unit}/{month}/{}?ok=simpan", id.0.simple())).into_response())
        }
        Err(error) if matches!(error.fault, Fault::Invalid | Fault::Conflict) => {
            let mut shown = view(ask, known, id)?;
            refuse(&mut shown, error.message(ask.lang).to_owned());
            let mut response = page(&shown)?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(error) => Err(error.into()),
    }
}

fn view(ask: &Ask, known: &RosterMonth, id: EmployeeId) -> Result<PersonPage, WebError> {
    let person = person(known, id)?;
    let reference = &known.reference;
    let unit = reference.units.get(known.unit).ok_or_else(WebError::not_found)?;
    let (last, t) = (known.month.last(), JadwalTexts(ask.lang));
    let groups = person.schedule(last).and_then(|s| s.cycle.as_ref()).map(|c| c.groups());
    let now = usize::try_from(person.offset(last) + 1).unwrap_or(1);
    Ok(PersonPage {
        shell: ask.shell(Some(Section::Jadwal)),
        unit: link(unit),
        month: known.month,
        key: id.0.simple().to_string(),
        name: person.name.clone(),
        nip: domain::nip::printed(&person.number),
        schedule: schedule_words(person, last, t),
        days: known.month.days().map(|day| choice(person, day)).collect(),
        may_edit: may_edit(ask, known, id),
        error: None,
        history: history(known, person, t),
        assign: may(ask, Right::ManageRules, known, id).then(|| form(ask, reference, known.month, None)),
        groups: groups.map(|of| (of, now)),
        group_error: None,
        from: proposed(ask, known.month),
    })
}

fn choice(person: &PersonMonth, date: Date) -> DayChoice {
    let schedule = person.schedule(date);
    let cycle = schedule.and_then(|s| s.cycle.as_ref()).and_then(|c| c.on(date, person.offset(date)));
    DayChoice {
        date,
        codes: schedule.map(|s| roster::codes(s)).unwrap_or_default(),
        chosen: match person.shifts.get(&date).map(String::as_str) {
            Some("") => "L".to_owned(),
            other => other.unwrap_or_default().to_owned(),
        },
        otherwise: cycle.unwrap_or_default().to_owned(),
    }
}

/// Own schedules and groups, newest first.
fn history(known: &RosterMonth, person: &PersonMonth, t: JadwalTexts) -> Vec<HistoryLine> {
    let last = known.month.last();
    let own = person.own.entries().iter().map(|(since, code)| HistoryLine {
        what: match code {
            Some(code) => name_of(&known.reference, code, last),
            None => t.follows_unit().to_owned(),
        },
        since: *since,
    });
    let groups = person.groups.entries().iter().filter_map(|(since, offset)| {
        let offset: i32 = offset.as_deref()?.parse().ok()?;
        Some(HistoryLine { what: t.group_n(offset + 1), since: *since })
    });
    let mut lines: Vec<HistoryLine> = own.chain(groups).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.since));
    lines
}
