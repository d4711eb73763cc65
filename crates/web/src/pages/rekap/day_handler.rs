//! One day of one person: the drawer behind a cell, and the form that records a reason.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{day::DayPart, ids::EmployeeId, month::Month};
use jiff::civil::Date;
use serde::Deserialize;
use service::{
    Fault, Field, ServiceError,
    month::MonthSheet,
    reference,
    status_entry::{self, NewStatus},
};

use super::day_build;
use crate::{
    pages::reading::{self, month_of},
    server::{
        ask::{Ask, page},
        fault::WebError,
        form::Filled,
    },
};

/// Unit, month, person and day.
pub(super) type Address = (String, String, String, i8);

/// The form as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub(super) kode: String,
    pub(super) dari: String,
    pub(super) sampai: String,
    pub(super) surat: String,
    pub(super) catatan: String,
}

/// What an address points at.
pub(super) struct Target {
    pub unit: String,
    pub person: EmployeeId,
    pub date: Date,
}

/// GET /rekap/{unit}/{month}/{person}/{day}
pub async fn show(ask: Ask, Path(path): Path<Address>) -> Result<Response, WebError> {
    let target = target(path)?;
    let sheet = read(&ask, &target).await?;
    page(&day_build::page(&ask, &sheet, &target, None)?)
}

/// POST /rekap/{unit}/{month}/{person}/{day}
pub async fn record(
    ask: Ask,
    Path(path): Path<Address>,
    Filled(typed): Filled<Typed>,
) -> Result<Response, WebError> {
    let target = target(path)?;
    let sheet = read(&ask, &target).await?;
    if !day_build::may_write(&ask, &sheet, &target) {
        return Err(WebError::forbidden());
    }
    let new = match entry(&target, &typed) {
        Ok(new) => new,
        Err(mistakes) => return refused(&ask, &sheet, &target, &typed, &mistakes),
    };
    let office = &ask.site.office;
    let mut tx = office.db.begin_write(office.tenant).await?;
    match status_entry::record(office, &mut tx, new, &ask.actor()).await {
        Ok(_) => {
            tx.commit().await?;
            Ok(Redirect::to(&address(&target, &sheet)).into_response())
        }
        Err(error) if matches!(error.fault, Fault::Invalid | Fault::Conflict) => {
            drop(tx);
            refused(&ask, &sheet, &target, &typed, &[error])
        }
        Err(error) => Err(error.into()),
    }
}

/// The form again as it was filled in, each mistake at its field.
fn refused(
    ask: &Ask,
    sheet: &MonthSheet,
    target: &Target,
    typed: &Typed,
    mistakes: &[ServiceError],
) -> Result<Response, WebError> {
    let errors = mistakes
        .iter()
        .map(|error| (field_name(error.field).to_owned(), error.message(ask.lang).to_owned()))
        .collect();
    let mut response = page(&day_build::page(ask, sheet, target, Some((typed, errors)))?)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

pub(super) fn target((unit, month, person, day): Address) -> Result<Target, WebError> {
    let month = month_of(&month)?;
    let person = EmployeeId::parse(&person).ok_or_else(WebError::not_found)?;
    let date = Date::new(month.year(), month.number(), day).map_err(|_| WebError::not_found())?;
    Ok(Target { unit, person, date })
}

/// The address of the day itself.
pub(super) fn address(target: &Target, sheet: &MonthSheet) -> String {
    let Target { unit, person, date } = target;
    format!("/rekap/{unit}/{}/{}/{}", sheet.month, person.0.simple(), date.day())
}

/// The whole month of the person, because the cost of a day can depend on the days before it.
pub(super) async fn read(ask: &Ask, target: &Target) -> Result<MonthSheet, WebError> {
    let month = Month::of(target.date);
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    let career = store::employee::get(&mut tx, target.person).await?;
    drop(tx);
    // Who moved within the month stands in the sheets of both units. Asked before the right, so that nobody learns
    // from the answer where somebody works.
    reading::refuse_stranger(&reference, &target.unit, month.days().filter_map(|day| career.unit(day)))?;
    let sheet = reading::person_month(ask, target.person, month).await?;
    reading::note_person(ask, target.person, serde_json::json!({ "date": target.date.to_string() })).await?;
    Ok(sheet)
}

/// What the form says, or every date in it that cannot be read.
fn entry(target: &Target, typed: &Typed) -> Result<NewStatus, Vec<ServiceError>> {
    let date = |text: &str, field: Field| {
        text.trim().parse::<Date>().map_err(|_| {
            ServiceError::invalid(
                "Tanggal tidak terbaca. Tulis sebagai tahun-bulan-tanggal, misalnya 2026-11-16.",
                "The date could not be read. Write it as year-month-day, for example 2026-11-16.",
            )
            .at(field)
        })
    };
    let (first, last) = match (date(&typed.dari, Field::From), date(&typed.sampai, Field::Until)) {
        (Ok(first), Ok(last)) => (first, last),
        (first, last) => return Err([first.err(), last.err()].into_iter().flatten().collect()),
    };
    Ok(NewStatus {
        employee: target.person,
        code: typed.kode.trim().to_owned(),
        first,
        last,
        part: DayPart::Full,
        with_letter: !typed.surat.trim().is_empty(),
        document: typed.surat.clone(),
        note: typed.catatan.clone(),
    })
}

/// The field of the form; what concerns none of them stands at the first.
fn field_name(field: Option<Field>) -> &'static str {
    match field {
        Some(Field::Code) | None => "kode",
        Some(Field::From) => "dari",
        Some(Field::Until) => "sampai",
        Some(Field::Document) => "surat",
        Some(Field::Note) => "catatan",
    }
}
