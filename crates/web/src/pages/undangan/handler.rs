//! The link of an account: showing the form, and setting the passphrase.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use service::{Fault, account};

use super::{InvitationForm, UndanganPage, UndanganTexts};
use crate::server::{
    ask::{Ask, page},
    fault::WebError,
    form::Filled,
};

/// The form as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    sandi: String,
    ulangi: String,
}

/// GET /undangan/{token}
pub async fn show(ask: Ask, Path(token): Path<String>) -> Result<Response, WebError> {
    shown(&ask, token, None).await
}

/// POST /undangan/{token}
pub async fn accept(
    ask: Ask,
    Path(token): Path<String>,
    Filled(typed): Filled<Typed>,
) -> Result<Response, WebError> {
    if typed.sandi != typed.ulangi {
        let text = UndanganTexts(ask.lang).differ().to_owned();
        return shown(&ask, token, Some(("ulangi".to_owned(), text))).await;
    }
    match account::accept(&ask.site.office, &token, &typed.sandi).await {
        Ok(()) => Ok(Redirect::to("/masuk").into_response()),
        Err(error) if matches!(error.fault, Fault::Invalid | Fault::Conflict) => {
            let text = error.message(ask.lang).to_owned();
            shown(&ask, token, Some(("sandi".to_owned(), text))).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The form as long as the link works, else the way on.
async fn shown(ask: &Ask, token: String, error: Option<(String, String)>) -> Result<Response, WebError> {
    let invited = account::invitation(&ask.site.office, &token).await?;
    let status = match (&invited, &error) {
        (None, _) => StatusCode::GONE,
        (Some(_), Some(_)) => StatusCode::UNPROCESSABLE_ENTITY,
        (Some(_), None) => StatusCode::OK,
    };
    let form = invited.map(|i| InvitationForm { token, name: i.name, login: i.login, error });
    let mut response = page(&UndanganPage { shell: ask.shell(None), form })?;
    *response.status_mut() = status;
    Ok(response)
}
