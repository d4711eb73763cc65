//! Login, logout and the choice of language.

use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::lang::{self, Lang};
use jiff::Timestamp;
use serde::Deserialize;
use service::account::{self, LoginOutcome, LoginRequest};

use super::{LoginProblem, MasukPage};
use crate::server::{
    ask::{Ask, page},
    cookie,
    fault::WebError,
    form::{Empty, Filled},
    site::Site,
};

/// Query of the login page.
#[derive(Debug, Deserialize)]
pub struct Door {
    #[serde(default)]
    lanjut: String,
}

/// The login form.
#[derive(Debug, Deserialize)]
pub struct LoginForm {
    nip: String,
    sandi: String,
    #[serde(default)]
    lanjut: String,
}

/// The language form.
#[derive(Debug, Deserialize)]
pub struct LangForm {
    bahasa: String,
    #[serde(default)]
    kembali: String,
}

/// GET /masuk
pub async fn show(ask: Ask, Query(door): Query<Door>) -> Result<Response, WebError> {
    if ask.visitor.is_some() {
        return Ok(Redirect::to(own_path(&door.lanjut)).into_response());
    }
    page(&form(&ask, String::new(), &door.lanjut, None))
}

/// POST /masuk
pub async fn enter(
    ask: Ask,
    headers: HeaderMap,
    Filled(form_): Filled<LoginForm>,
) -> Result<Response, WebError> {
    let user_agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or("");
    let request = LoginRequest { login: &form_.nip, passphrase: &form_.sandi, user_agent, ip: ask.ip };
    let problem = match account::login(&ask.site.office, request).await? {
        LoginOutcome::Welcome(entry) => {
            let next = if entry.must_change { "/sandi" } else { own_path(&form_.lanjut) };
            let cookie = cookie::set_session(&entry.token, ask.site.is_https());
            return Ok(([(header::SET_COOKIE, cookie)], Redirect::to(next)).into_response());
        }
        LoginOutcome::Wrong { left } => LoginProblem::Wrong { left },
        LoginOutcome::Locked { until } => LoginProblem::Locked { until: local_time(&ask, until) },
        LoginOutcome::Crowded { until } => LoginProblem::Crowded { until: local_time(&ask, until) },
        LoginOutcome::Closed => LoginProblem::Closed,
    };
    let status = match problem {
        LoginProblem::Crowded { .. } => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNAUTHORIZED,
    };
    let mut response = page(&form(&ask, form_.nip, &form_.lanjut, Some(problem)))?;
    *response.status_mut() = status;
    Ok(response)
}

fn local_time(ask: &Ask, at: Timestamp) -> String {
    let zone = ask.zone();
    lang::zoned_time(zone.local(at), zone)
}

/// POST /keluar
pub async fn leave(ask: Ask, headers: HeaderMap, _: Filled<Empty>) -> Result<Response, WebError> {
    let https = ask.site.is_https();
    if let Some(token) = cookie::session(&headers, https) {
        account::logout(&ask.site.office, token).await?;
    }
    Ok(([(header::SET_COOKIE, cookie::clear_session(https))], Redirect::to("/masuk")).into_response())
}

/// POST /bahasa
pub async fn language(State(_): State<Site>, Filled(form): Filled<LangForm>) -> Response {
    let lang = if form.bahasa == "en" { Lang::En } else { Lang::Id };
    ([(header::SET_COOKIE, cookie::set_lang(lang))], Redirect::to(own_path(&form.kembali))).into_response()
}

/// Only paths of this server: `//elsewhere` and full addresses lead to the start.
fn own_path(path: &str) -> &str {
    let own = path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/\\");
    if own && path.bytes().all(|b| b.is_ascii_graphic()) && path != "/masuk" { path } else { "/beranda" }
}

fn form(ask: &Ask, nip: String, next: &str, problem: Option<LoginProblem>) -> MasukPage {
    MasukPage { shell: ask.shell(None), nip, next: own_path(next).to_owned(), problem, help: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_login_one_stays_on_this_server() {
        assert_eq!(own_path("/rekap/DISDIK/2026-11/?hal=2"), "/rekap/DISDIK/2026-11/?hal=2");
        for evil in ["//evil.example", "https://evil.example", "/\\evil", "", "/a b", "/x\r\nSet-Cookie: a"] {
            assert_eq!(own_path(evil), "/beranda", "{evil}");
        }
    }
}
