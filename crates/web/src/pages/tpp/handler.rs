//! The pay list and the explanation of every rupiah.

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use domain::{ids::EmployeeId, month::Month, rights::Right};
use serde::Deserialize;
use service::{audit::Action, month::MonthSheet, reference, sheets};

use super::build;
use crate::{
    pages::reading::{self, chosen_month, month_of},
    server::{
        ask::{Ask, page},
        download::{self, Kind},
        fault::WebError,
    },
};

/// What the filter form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Choice {
    opd: String,
    bulan: String,
    pub(super) cari: String,
    pub(super) hal: String,
}

/// GET /tpp
pub async fn choose(ask: Ask, Query(choice): Query<Choice>) -> Result<Response, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    let unit = match choice.opd.as_str() {
        "" => ask.first_unit(&reference, Right::SeeTpp)?,
        code => ask.unit(&reference, Right::SeeTpp, code)?,
    };
    let last = Month::of(reference.units.today(Some(unit.unit_id), office.now())).previous();
    let month = chosen_month(&choice.bulan, last)?;
    let query = if choice.cari.is_empty() {
        String::new()
    } else {
        format!("?{}", serde_urlencoded::to_string([("cari", &choice.cari)]).unwrap_or_default())
    };
    Ok(Redirect::to(&format!("/tpp/{}/{month}/{query}", unit.code)).into_response())
}

/// GET /tpp/{unit}/{month}/
pub async fn list(
    ask: Ask,
    Path((unit, month)): Path<(String, String)>,
    Query(choice): Query<Choice>,
) -> Result<Response, WebError> {
    let sheet = read(&ask, &unit, &month).await?;
    page(&build::list(&ask, &sheet, &choice)?)
}

/// GET …/x7.xlsx
pub async fn download(ask: Ask, Path((unit, month)): Path<(String, String)>) -> Result<Response, WebError> {
    let sheet = read(&ask, &unit, &month).await?;
    let wanted = sheets::For { lang: ask.lang, by: &ask.me()?.name };
    let bytes = print::tpp_list(&sheets::pay_list(&sheet, &wanted))?;
    Ok(download::file(Kind::Xlsx, &sheets::name(&sheet, print::FileKind::TppList, "xlsx"), bytes))
}

/// GET /tpp/{unit}/{month}/{person}
pub async fn explain(
    ask: Ask,
    Path((unit, month, person)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let person = EmployeeId::parse(&person).ok_or_else(WebError::not_found)?;
    let own = reading::is_own(&ask, person);
    let sheet = if own { read_own(&ask, person, &month).await? } else { read(&ask, &unit, &month).await? };
    let found = sheet.person(person).ok_or_else(WebError::not_found)?;
    if own {
        reading::refuse_stranger(&sheet.reference, &unit, found.unit)?;
    }
    page(&build::explain(&ask, &sheet, found, &unit)?)
}

/// Reads and judges the month of a unit; who looked is noted.
async fn read(ask: &Ask, unit: &str, month: &str) -> Result<MonthSheet, WebError> {
    let month = month_of(month)?;
    let sheet = reading::unit_month(ask, Right::SeeTpp, unit, month).await?;
    refuse_future(&sheet)?;
    let detail = serde_json::json!({ "month": month.to_string(), "people": sheet.people.len() });
    let unit = sheet.unit.ok_or_else(WebError::not_found)?;
    reading::note_unit(ask, Action::ReadTpp, unit, detail).await?;
    Ok(sheet)
}

/// One's own pay; a locked month is read from its OPD, so that it shows what was locked.
async fn read_own(ask: &Ask, person: EmployeeId, month: &str) -> Result<MonthSheet, WebError> {
    let sheet = reading::person_month(ask, person, month_of(month)?).await?;
    refuse_future(&sheet)?;
    Ok(sheet)
}

fn refuse_future(sheet: &MonthSheet) -> Result<(), WebError> {
    if sheet.month <= Month::of(sheet.today) {
        return Ok(());
    }
    Err(WebError::invalid(
        "Bulan itu belum dimulai, jadi belum ada TPP yang dapat dihitung.",
        "That month has not begun, so there is no TPP to compute yet.",
    ))
}
