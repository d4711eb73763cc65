//! The month sheet: showing it, downloading it, closing it.

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use domain::{ids::UnitId, month::Month, rights::Right};
use serde::Deserialize;
use service::{audit::Action, closing, month::MonthSheet, reference, sheets};

use super::build;
use crate::{
    pages::reading::{self, chosen_month, month_of},
    server::{
        ask::{Ask, page},
        download::{self, Kind},
        fault::WebError,
        form::{Empty, Filled},
    },
};

/// What the filter form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Choice {
    opd: String,
    bulan: String,
    pub(super) cari: String,
    pub(super) tampil: String,
    pub(super) hal: String,
}

/// GET /rekap: leads to the sheet that was chosen, or to one's own of this month.
pub async fn choose(ask: Ask, Query(choice): Query<Choice>) -> Result<Response, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    let unit = match choice.opd.as_str() {
        "" => ask.first_unit(&reference, Right::SeePresence)?,
        code => ask.unit(&reference, Right::SeePresence, code)?,
    };
    let newest = Month::of(reference.units.today(Some(unit.unit_id), office.now()));
    let month = chosen_month(&choice.bulan, newest)?;
    let query = if choice.cari.is_empty() && choice.tampil.is_empty() {
        String::new()
    } else {
        let pairs = [("cari", choice.cari.as_str()), ("tampil", choice.tampil.as_str())];
        format!("?{}", serde_urlencoded::to_string(pairs).unwrap_or_default())
    };
    Ok(Redirect::to(&format!("/rekap/{}/{month}/{query}", unit.code)).into_response())
}

/// GET /rekap/{unit}/{month}/
pub async fn show(
    ask: Ask,
    Path((unit, month)): Path<(String, String)>,
    Query(choice): Query<Choice>,
) -> Result<Response, WebError> {
    let sheet = read(&ask, &unit, &month).await?;
    page(&build::page(&ask, &sheet, &choice))
}

/// GET …/x2.xlsx
pub async fn matrix(ask: Ask, Path((unit, month)): Path<(String, String)>) -> Result<Response, WebError> {
    let sheet = read(&ask, &unit, &month).await?;
    let wanted = sheets::For { lang: ask.lang, by: &ask.me()?.name };
    let bytes = print::month_matrix(&sheets::month_matrix(&sheet, &wanted))?;
    Ok(download::file(Kind::Xlsx, &sheets::name(&sheet, print::FileKind::MonthMatrix, "xlsx"), bytes))
}

/// GET …/x3.xlsx
pub async fn recap(ask: Ask, Path((unit, month)): Path<(String, String)>) -> Result<Response, WebError> {
    let sheet = read(&ask, &unit, &month).await?;
    let wanted = sheets::For { lang: ask.lang, by: &ask.me()?.name };
    let bytes = print::attendance_recap(&sheets::attendance_recap(&sheet, &wanted))?;
    Ok(download::file(Kind::Xlsx, &sheets::name(&sheet, print::FileKind::AttendanceRecap, "xlsx"), bytes))
}

/// POST …/kunci
pub async fn lock(
    ask: Ask,
    Path((unit, month)): Path<(String, String)>,
    _: Filled<Empty>,
) -> Result<Response, WebError> {
    let (opd, month) = target(&ask, Right::LockMonth, &unit, &month).await?;
    closing::lock(&ask.site.office, opd, month, &ask.actor()).await?;
    Ok(back(&unit, month))
}

/// POST …/verifikasi
pub async fn verify(
    ask: Ask,
    Path((unit, month)): Path<(String, String)>,
    _: Filled<Empty>,
) -> Result<Response, WebError> {
    let (opd, month) = target(&ask, Right::VerifyMonth, &unit, &month).await?;
    closing::verify(&ask.site.office, opd, month, &ask.actor()).await?;
    Ok(back(&unit, month))
}

/// Why a month is opened again.
#[derive(Debug, Deserialize)]
pub struct Reason {
    alasan: String,
}

/// POST …/buka
pub async fn reopen(
    ask: Ask,
    Path((unit, month)): Path<(String, String)>,
    Filled(form): Filled<Reason>,
) -> Result<Response, WebError> {
    let (opd, month) = target(&ask, Right::VerifyMonth, &unit, &month).await?;
    closing::reopen(&ask.site.office, opd, month, &form.alasan, &ask.actor()).await?;
    Ok(back(&unit, month))
}

fn back(unit: &str, month: Month) -> Response {
    Redirect::to(&format!("/rekap/{unit}/{month}/")).into_response()
}

/// Reads and judges the month of a unit; who looked is noted.
async fn read(ask: &Ask, unit: &str, month: &str) -> Result<MonthSheet, WebError> {
    let month = month_of(month)?;
    let sheet = reading::unit_month(ask, Right::SeePresence, unit, month).await?;
    let detail = serde_json::json!({ "month": month.to_string(), "people": sheet.people.len() });
    let unit = sheet.unit.ok_or_else(WebError::not_found)?;
    reading::note_unit(ask, Action::ReadMonth, unit, detail).await?;
    Ok(sheet)
}

async fn target(ask: &Ask, right: Right, unit: &str, month: &str) -> Result<(UnitId, Month), WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    Ok((ask.unit(&reference, right, unit)?.unit_id, month_of(month)?))
}
