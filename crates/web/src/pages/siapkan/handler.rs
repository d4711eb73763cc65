//! The first run: the form behind the one-time link.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::zone::Zone;
use serde::Deserialize;
use service::{
    Fault,
    account::{self, FirstAdmin, SetupForm as Setup, SetupState},
};

use super::{SetupForm, SetupLink, SiapkanPage};
use crate::server::{
    ask::{Ask, page},
    fault::WebError,
    form::Filled,
};

/// The form as typed.
#[derive(Debug, Deserialize)]
pub struct Typed {
    pemda: String,
    zona: String,
    nama: String,
    nip: String,
    sandi: String,
    ulangi: String,
}

/// GET /siapkan/{token}
pub async fn show(ask: Ask, Path(token): Path<String>) -> Result<Response, WebError> {
    let link = state(&ask, &token).await?;
    shown(&ask, link)
}

/// POST /siapkan/{token}
pub async fn complete(
    ask: Ask,
    Path(token): Path<String>,
    Filled(typed): Filled<Typed>,
) -> Result<Response, WebError> {
    let link = state(&ask, &token).await?;
    if !matches!(link, SetupLink::Valid { .. }) {
        return shown(&ask, link);
    }
    let zone = Zone::parse(&typed.zona).unwrap_or_default();
    if typed.sandi != typed.ulangi {
        let text = ask
            .lang
            .pick("Kedua kata sandi tidak sama. Ketik lagi.", "The two passphrases differ. Type them again.");
        return refused(&ask, token, &typed, zone, ("ulangi", text));
    }
    let admin =
        FirstAdmin { login: typed.nip.clone(), name: typed.nama.clone(), passphrase: typed.sandi.clone() };
    let form = Setup { regency: typed.pemda.clone(), province: String::new(), zone, admin };
    match account::complete(&ask.site.office, &token, form).await {
        Ok(()) => {
            ask.site.forget_banner();
            Ok(Redirect::to("/masuk").into_response())
        }
        Err(error) if error.fault == Fault::Invalid => {
            refused(&ask, token, &typed, zone, ("sandi", error.message(ask.lang)))
        }
        Err(error) if error.fault == Fault::Conflict => {
            let link = state(&ask, &token).await?;
            shown(&ask, link)
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether the link may be used now.
async fn state(ask: &Ask, token: &str) -> Result<SetupLink, WebError> {
    Ok(match account::setup_state(&ask.site.office, token).await? {
        SetupState::Open => SetupLink::Valid { token: token.to_owned() },
        SetupState::Over => SetupLink::Expired,
        SetupState::Done => SetupLink::Used,
    })
}

/// The empty form as long as the link works, else the way on.
fn shown(ask: &Ask, link: SetupLink) -> Result<Response, WebError> {
    let status = if matches!(link, SetupLink::Valid { .. }) { StatusCode::OK } else { StatusCode::GONE };
    let mut response = page(&SiapkanPage { shell: ask.shell(None), link, form: SetupForm::default() })?;
    *response.status_mut() = status;
    Ok(response)
}

fn refused(
    ask: &Ask,
    token: String,
    typed: &Typed,
    zone: Zone,
    error: (&str, &str),
) -> Result<Response, WebError> {
    let form = SetupForm {
        regency: typed.pemda.clone(),
        zone,
        name: typed.nama.clone(),
        nip: typed.nip.clone(),
        errors: vec![(error.0.to_owned(), error.1.to_owned())],
    };
    let mut response = page(&SiapkanPage { shell: ask.shell(None), link: SetupLink::Valid { token }, form })?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}
