//! One entry of the calendar: looking at it, and revoking it.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{calendar::HolidayKind, ids::RecordId};
use serde::Deserialize;
use service::{
    Fault,
    actors::Actors,
    calendar_admin::{self, Entry},
    reference,
};
use store::calendar::DayRule;

use super::{
    EntryPage, KalenderTexts,
    handler::{address, may_change, unit_code},
};
use crate::{
    pages::{layout::Section, moment::moment},
    server::{
        ask::{Ask, page},
        fault::WebError,
        form::Filled,
    },
};

/// The form that revokes, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TypedReason {
    alasan: String,
}

/// GET /kalender/{key}
pub async fn show(ask: Ask, Path(key): Path<String>) -> Result<Response, WebError> {
    page(&entry_page(&ask, record(&key)?, String::new(), None).await?)
}

/// POST /kalender/{key}/cabut
pub async fn revoke(
    ask: Ask,
    Path(key): Path<String>,
    Filled(typed): Filled<TypedReason>,
) -> Result<Response, WebError> {
    let id = record(&key)?;
    let office = &ask.site.office;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    let found = calendar_admin::find(&mut tx, id).await?;
    if !may_change(&ask, &reference, found.place()) {
        return Err(WebError::forbidden());
    }
    match calendar_admin::revoke(office, &mut tx, id, &typed.alasan, &ask.actor()).await {
        Ok(entry) => {
            tx.commit().await?;
            let back = address(entry.days().0.year(), unit_code(entry.place(), &reference));
            Ok(Redirect::to(&(back + "&ok=cabut")).into_response())
        }
        Err(error) if error.fault == Fault::Invalid => {
            tx.rollback().await?;
            let text = error.message(ask.lang).to_owned();
            let mut response = page(&entry_page(&ask, id, typed.alasan, Some(text)).await?)?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(error) => Err(error.into()),
    }
}

async fn entry_page(
    ask: &Ask,
    id: RecordId,
    reason: String,
    error: Option<String>,
) -> Result<EntryPage, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    let found = calendar_admin::find(&mut tx, id).await?;
    let actors = Actors::read(&mut tx).await?;
    let t = KalenderTexts(ask.lang);
    let (source, actor, at) = match &found {
        Entry::Day(row) => (&row.source, &row.actor, row.recorded_at),
        Entry::Period(row) => (&row.source, &row.actor, row.recorded_at),
    };
    let kind = match &found {
        Entry::Day(row) => match row.kind {
            DayRule::Free(HolidayKind::Libur) => t.holiday(),
            DayRule::Free(HolidayKind::CutiBersama) => t.shared(),
            DayRule::Withdrawn => t.working(),
        },
        Entry::Period(_) => t.ramadan(),
    };
    let say = |day| domain::lang::long_date(day, ask.lang);
    let (first, last) = found.days();
    let days = if first == last { say(first) } else { format!("{} – {}", say(first), say(last)) };
    Ok(EntryPage {
        shell: ask.shell(Some(Section::Kalender)),
        key: id.0.simple().to_string(),
        name: found.name().to_owned(),
        back: address(first.year(), unit_code(found.place(), &reference)),
        facts: vec![
            (t.date(), days),
            (t.kind(), kind.to_owned()),
            (t.place(), found.place().label(&reference.units, ask.lang)),
            (t.basis(), source.clone()),
            (t.recorded(), format!("{} · {}", moment(at, ask.zone(), ask.lang), actors.name(actor))),
        ],
        may_revoke: may_change(ask, &reference, found.place()),
        reason,
        error,
    })
}

fn record(key: &str) -> Result<RecordId, WebError> {
    RecordId::parse(key).ok_or_else(WebError::not_found)
}
