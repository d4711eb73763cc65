//! The calendar: the year, adding a day or Ramadan, one entry and revoking it.

use axum::{
    extract::Query,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{calendar::HolidayKind, rights::Right};
use jiff::civil::Date;
use serde::Deserialize;
use service::{
    Fault, ServiceError,
    calendar_admin::{self, NewDay, NewPeriod, Place},
    reference::{self, Reference},
};
use store::calendar::DayRule;

use super::{DayForm, Forms, KalenderTexts, RamadanForm, build};
use crate::{
    pages::{
        layout::{Flash, Tone},
        terminal::Choice,
    },
    server::{
        ask::{Ask, page},
        fault::WebError,
        form::Filled,
    },
};

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    tahun: String,
    unit: String,
    ok: String,
    terkunci: String,
}

/// The form of a day as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TypedDay {
    untuk: String,
    tanggal: String,
    jenis: String,
    nama: String,
    dasar: String,
    alasan: String,
}

/// The form of Ramadan as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TypedRamadan {
    untuk: String,
    dari: String,
    sampai: String,
    dasar: String,
    alasan: String,
}

/// GET /kalender
pub async fn show(ask: Ask, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    let year = match asked.tahun.trim() {
        "" => ask.today().year(),
        typed => typed.parse().map_err(|_| {
            WebError::invalid(
                "Tulis tahun dengan empat angka, misalnya 2026.",
                "Write the year with four digits, for example 2026.",
            )
        })?,
    };
    let t = KalenderTexts(ask.lang);
    let done = match (asked.ok.as_str(), asked.terkunci.parse::<usize>().unwrap_or(0)) {
        ("hari", 0) => Some(t.saved().to_owned()),
        ("hari", locked) => Some(t.saved_locked(locked)),
        ("ramadan", _) => Some(t.saved_ramadan().to_owned()),
        ("cabut", _) => Some(t.revoked().to_owned()),
        _ => None,
    };
    shown(&ask, year, &asked.unit, Forms::default(), done).await
}

/// POST /kalender/hari
pub async fn add_day(ask: Ask, Filled(typed): Filled<TypedDay>) -> Result<Response, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    let place = place(&ask, &reference, &typed.untuk)?;
    let done = match new_day(place, &typed) {
        Ok(new) => calendar_admin::add_day(office, &mut tx, new, &ask.actor()).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(added) => {
            tx.commit().await?;
            let year = day_of(&typed.tanggal).map_or_else(|_| ask.today().year(), Date::year);
            let more = format!("&ok=hari&terkunci={}", added.locked);
            Ok(Redirect::to(&(address(year, unit_code(place, &reference)) + &more)).into_response())
        }
        Err(error) if matches!(error.fault, Fault::Invalid | Fault::Conflict) => {
            tx.rollback().await?;
            let year = day_of(&typed.tanggal).map_or_else(|_| ask.today().year(), Date::year);
            let day = DayForm {
                place: typed.untuk,
                day: typed.tanggal,
                kind: typed.jenis,
                name: typed.nama,
                basis: typed.dasar,
                reason: typed.alasan,
                error: Some(error.message(ask.lang).to_owned()),
            };
            refused(&ask, year, Forms { day, ..Forms::default() }).await
        }
        Err(error) => Err(error.into()),
    }
}

/// POST /kalender/ramadan
pub async fn add_ramadan(ask: Ask, Filled(typed): Filled<TypedRamadan>) -> Result<Response, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    let place = place(&ask, &reference, &typed.untuk)?;
    let new = match (day_of(&typed.dari), day_of(&typed.sampai)) {
        (Ok(first), Ok(last)) => {
            Ok(NewPeriod { place, first, last, basis: typed.dasar.clone(), reason: typed.alasan.clone() })
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    let done = match new {
        Ok(new) => calendar_admin::add_period(office, &mut tx, new, &ask.actor()).await,
        Err(error) => Err(error),
    };
    let year = day_of(&typed.dari).map_or_else(|_| ask.today().year(), Date::year);
    match done {
        Ok(_) => {
            tx.commit().await?;
            Ok(Redirect::to(&(address(year, unit_code(place, &reference)) + "&ok=ramadan")).into_response())
        }
        Err(error) if matches!(error.fault, Fault::Invalid | Fault::Conflict) => {
            tx.rollback().await?;
            let ramadan = RamadanForm {
                place: typed.untuk,
                first: typed.dari,
                last: typed.sampai,
                basis: typed.dasar,
                reason: typed.alasan,
                error: Some(error.message(ask.lang).to_owned()),
            };
            refused(&ask, year, Forms { ramadan, ..Forms::default() }).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The address of a year, for everybody or for a unit.
pub(super) fn address(year: i16, unit: Option<&str>) -> String {
    let fields = [("tahun", year.to_string()), ("unit", unit.unwrap_or_default().to_owned())];
    let query = serde_urlencoded::to_string(fields).unwrap_or_default();
    format!("/kalender?{query}")
}

async fn shown(
    ask: &Ask,
    year: i16,
    unit: &str,
    typed: Forms,
    done: Option<String>,
) -> Result<Response, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    let unit = match unit.trim() {
        "" => None,
        code => Some(reference.units.by_code(code).ok_or_else(WebError::not_found)?),
    };
    let view = calendar_admin::year(office, &mut tx, year, unit.map(|u| u.unit_id)).await?;
    let mut shown = build::page(ask, &view, unit);
    shown.shell.flash = done.map(|text| Flash { tone: Tone::Good, text });
    let places = places(ask, &reference);
    if !places.is_empty() {
        let usual = |typed: &str| match (typed, unit) {
            ("", Some(unit)) => format!("unit:{}", unit.code),
            ("", None) => Place::Regency.code(&reference.units),
            (typed, _) => typed.to_owned(),
        };
        let day = DayForm { place: usual(&typed.day.place), ..typed.day };
        let ramadan = RamadanForm { place: usual(&typed.ramadan.place), ..typed.ramadan };
        shown.forms = Some(Forms { places, day, ramadan });
    }
    page(&shown)
}

async fn refused(ask: &Ask, year: i16, typed: Forms) -> Result<Response, WebError> {
    let year = if (2000..=2100).contains(&year) { year } else { ask.today().year() };
    let mut response = shown(ask, year, "", typed, None).await?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

fn new_day(place: Place, typed: &TypedDay) -> Result<NewDay, ServiceError> {
    let rule = match typed.jenis.as_str() {
        "libur" => DayRule::Free(HolidayKind::Libur),
        "cuti_bersama" => DayRule::Free(HolidayKind::CutiBersama),
        "masuk" => DayRule::Withdrawn,
        _ => {
            return Err(ServiceError::invalid(
                "Pilih jenis hari dari daftar.",
                "Choose a kind from the list.",
            ));
        }
    };
    Ok(NewDay {
        place,
        day: day_of(&typed.tanggal)?,
        rule,
        name: typed.nama.clone(),
        basis: typed.dasar.clone(),
        reason: typed.alasan.clone(),
    })
}

fn day_of(typed: &str) -> Result<Date, ServiceError> {
    typed.trim().parse().map_err(|_| {
        ServiceError::invalid(
            "Tanggal tidak terbaca. Tulis sebagai tahun-bulan-tanggal, misalnya 2026-11-16.",
            "The date could not be read. Write it as year-month-day, for example 2026-11-16.",
        )
    })
}

pub(super) fn unit_code(place: Place, reference: &Reference) -> Option<&str> {
    place.unit().and_then(|u| reference.units.get(u)).map(|u| u.code.as_str())
}

/// The chosen place, if it may be changed.
fn place(ask: &Ask, reference: &Reference, code: &str) -> Result<Place, WebError> {
    let place = Place::parse(code, &reference.units).ok_or_else(|| {
        WebError::invalid("Pilih untuk siapa hari ini berlaku.", "Choose for whom it holds.")
    })?;
    if may_change(ask, reference, place) { Ok(place) } else { Err(WebError::forbidden()) }
}

pub(super) fn may_change(ask: &Ask, reference: &Reference, place: Place) -> bool {
    match place.unit() {
        Some(unit) => ask.access().may(Right::ManageRules, &reference.units.path(unit)),
        None => ask.reaches_all(reference, Right::ManageRules),
    }
}

/// The places that whoever asks may change.
fn places(ask: &Ask, reference: &Reference) -> Vec<Choice> {
    let units = &reference.units;
    let wide = [Place::Regency, Place::Province, Place::National].into_iter();
    let single = units.iter().filter(|u| u.parent_id.is_some()).map(|u| Place::Unit(u.unit_id));
    let choice = |p: Place| Choice { key: p.code(units), label: p.label(units, ask.lang) };
    wide.chain(single).filter(|p| may_change(ask, reference, *p)).map(choice).collect()
}
