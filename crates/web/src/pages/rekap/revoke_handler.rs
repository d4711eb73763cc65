//! Taking a recorded reason back: a wrong leave or duty does not stay because nobody can remove it.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::ids::StatusId;
use serde::Deserialize;
use service::{Fault, ServiceError, status_entry};

use super::{
    day_build,
    day_handler::{Address, address, read, target},
};
use crate::server::{
    ask::{Ask, page},
    fault::WebError,
    form::Filled,
};

/// The form as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    isian: String,
    alasan: String,
}

/// POST /rekap/{unit}/{month}/{person}/{day}/cabut
pub async fn revoke(
    ask: Ask,
    Path(path): Path<Address>,
    Filled(typed): Filled<Typed>,
) -> Result<Response, WebError> {
    let target = target(path)?;
    let sheet = read(&ask, &target).await?;
    if !day_build::may_write(&ask, &sheet, &target) {
        return Err(WebError::forbidden());
    }
    let statuses = sheet.person(target.person).map_or(&[][..], |p| &p.statuses);
    let wanted = StatusId::parse(&typed.isian);
    // Only what this very person's sheet shows: the id comes from a form.
    let shown = statuses.iter().find(|s| Some(s.status_id) == wanted).ok_or_else(|| {
        ServiceError::conflict("Keterangan ini sudah dicabut.", "This reason was revoked already.")
    });
    let done = match shown {
        Ok(status) => {
            let office = &ask.site.office;
            let mut tx = office.db.begin_write(office.tenant).await?;
            let done =
                status_entry::revoke(office, &mut tx, status.status_id, &typed.alasan, &ask.actor()).await;
            if done.is_ok() {
                tx.commit().await?;
            }
            done.map(|_| ())
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&address(&target, &sheet)).into_response()),
        Err(error) if matches!(error.fault, Fault::Invalid | Fault::Conflict) => {
            let mut shown = day_build::page(&ask, &sheet, &target, None)?;
            shown.revoke_error = Some(error.message(ask.lang).to_owned());
            let mut response = page(&shown)?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(error) => Err(error.into()),
    }
}
