//! The month sheet: showing it, downloading it, closing it.

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use domain::{ids::UnitId, month::Month, rights::Right};
use serde::Deserialize;
use service::{
    audit, closing,
    month::{MonthSheet, Wanted, load_with},
    reference, sheets,
};
use store::Scope;

use super::build;
use crate::{
    pages::masuk::handler::Empty,
    server::{
        ask::{Ask, page},
        download::{self, Kind},
        fault::WebError,
        form::Filled,
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
    let newest = Month::of(build::today(&reference, unit.unit_id, office.now()));
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

/// The month in an address.
///
/// # Errors
/// A sentence when it is none.
pub fn month_of(text: &str) -> Result<Month, WebError> {
    text.parse().map_err(|_| {
        let text: String = text.chars().take(40).collect();
        WebError::invalid(
            format!("Bulan \"{text}\" tidak dikenal. Tulis sebagai tahun-bulan, misalnya 2026-11."),
            format!("There is no month \"{text}\". Write it as year-month, for example 2026-11."),
        )
    })
}

/// The month of a filter form; `usual` when none was chosen.
///
/// # Errors
/// As [`month_of`]: another month than the one asked for is never shown silently.
pub fn chosen_month(text: &str, usual: Month) -> Result<Month, WebError> {
    if text.trim().is_empty() { Ok(usual) } else { month_of(text) }
}

/// Reads and judges the month of a unit; who looked is noted.
async fn read(ask: &Ask, unit: &str, month: &str) -> Result<MonthSheet, WebError> {
    let office = &ask.site.office;
    let month = month_of(month)?;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    let unit = ask.unit(&reference, Right::SeePresence, unit)?.unit_id;
    let sheet = load_with(office, &mut tx, reference, Wanted::month(Scope::Subtree(unit), month)).await?;
    drop(tx);
    let mut tx = office.db.begin_write(office.tenant).await?;
    let detail = serde_json::json!({ "month": month.to_string(), "people": sheet.people.len() });
    audit::write(office, &mut tx, &ask.actor(), "month.read", audit::Subject::new("unit", unit), detail)
        .await?;
    tx.commit().await?;
    Ok(sheet)
}

async fn target(ask: &Ask, right: Right, unit: &str, month: &str) -> Result<(UnitId, Month), WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    Ok((ask.unit(&reference, right, unit)?.unit_id, month_of(month)?))
}
