//! Changing one's passphrase.

use axum::{
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use service::{Fault, account};

use super::SandiPage;
use crate::server::{
    ask::{Ask, page},
    cookie,
    fault::WebError,
    form::Filled,
};

/// The form.
#[derive(Debug, Deserialize)]
pub struct ChangeForm {
    lama: String,
    baru: String,
    ulangi: String,
}

/// GET /sandi
pub async fn show(ask: Ask) -> Result<Response, WebError> {
    page(&form(&ask, Vec::new())?)
}

/// POST /sandi
pub async fn change(
    ask: Ask,
    headers: HeaderMap,
    Filled(typed): Filled<ChangeForm>,
) -> Result<Response, WebError> {
    if typed.baru != typed.ulangi {
        let text = ask.lang.pick(
            "Kedua kata sandi baru tidak sama. Ketik lagi.",
            "The two new passphrases differ. Type them again.",
        );
        return refused(&ask, "ulangi", text);
    }
    let token = cookie::session(&headers, ask.site.is_https()).unwrap_or_default();
    match account::change_passphrase(&ask.site.office, token, &typed.lama, &typed.baru).await {
        Ok(()) => Ok(Redirect::to("/beranda").into_response()),
        Err(error) if error.fault == Fault::Invalid => {
            let field = if error.en.contains("old passphrase is wrong") { "lama" } else { "baru" };
            refused(&ask, field, error.message(ask.lang))
        }
        Err(error) => Err(error.into()),
    }
}

fn refused(ask: &Ask, field: &str, text: &str) -> Result<Response, WebError> {
    let mut response = page(&form(ask, vec![(field.to_owned(), text.to_owned())])?)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

fn form(ask: &Ask, errors: Vec<(String, String)>) -> Result<SandiPage, WebError> {
    Ok(SandiPage { shell: ask.shell(None), forced: ask.me()?.must_change, errors })
}
