//! One account: looking at it, and what is changed about it.

use axum::{
    extract::{Path, Query},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use domain::ids::{AccountId, RecordId};
use serde::Deserialize;
use service::{Fault, ServiceError, account_admin};
use store::Tx;

use super::{
    AkunTexts, Problem, RoleFields, Spot, build,
    create_handler::link_page,
    fields::{self, TypedRole},
    handler::manager,
};
use crate::{
    pages::layout::{Flash, Tone},
    server::{
        ask::{Ask, page},
        fault::WebError,
        form::{Empty, Filled},
    },
};

/// What was just done, in the address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    ok: String,
}

/// A form with a reason.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TypedReason {
    alasan: String,
}

/// The form that takes a role.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TypedTake {
    peran: String,
    alasan: String,
}

/// GET /akun/{key}
pub async fn show(
    ask: Ask,
    Path(key): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let t = AkunTexts(ask.lang);
    let done = match asked.ok.as_str() {
        "kunci" => Some(t.done_locked()),
        "buka" => Some(t.done_unlocked()),
        "sesi" => Some(t.done_sessions()),
        "peran" => Some(t.done_given()),
        "cabut" => Some(t.done_taken()),
        _ => None,
    };
    shown(&ask, account(&key)?, TypedRole::default(), None, done).await
}

/// POST /akun/{key}/kunci
pub async fn lock(
    ask: Ask,
    Path(key): Path<String>,
    Filled(typed): Filled<TypedReason>,
) -> Result<Response, WebError> {
    let (id, mut tx) = begin(&ask, &key).await?;
    let (manager, _) = manager(&ask, &mut tx).await?;
    let done = account_admin::lock(&ask.site.office, &mut tx, &manager, id, &typed.alasan).await;
    end(&ask, tx, id, done, "kunci", (Spot::State, typed.alasan)).await
}

/// POST /akun/{key}/buka
pub async fn unlock(
    ask: Ask,
    Path(key): Path<String>,
    Filled(typed): Filled<TypedReason>,
) -> Result<Response, WebError> {
    let (id, mut tx) = begin(&ask, &key).await?;
    let (manager, _) = manager(&ask, &mut tx).await?;
    let done = account_admin::unlock(&ask.site.office, &mut tx, &manager, id, &typed.alasan).await;
    end(&ask, tx, id, done, "buka", (Spot::State, typed.alasan)).await
}

/// POST /akun/{key}/sesi
pub async fn end_sessions(ask: Ask, Path(key): Path<String>, _: Filled<Empty>) -> Result<Response, WebError> {
    let (id, mut tx) = begin(&ask, &key).await?;
    let (manager, _) = manager(&ask, &mut tx).await?;
    let done = account_admin::end_sessions(&ask.site.office, &mut tx, &manager, id).await.map(|_| ());
    end(&ask, tx, id, done, "sesi", (Spot::State, String::new())).await
}

/// POST /akun/{key}/tautan
pub async fn new_link(
    ask: Ask,
    Path(key): Path<String>,
    headers: HeaderMap,
    _: Filled<Empty>,
) -> Result<Response, WebError> {
    let (id, mut tx) = begin(&ask, &key).await?;
    let (manager, _) = manager(&ask, &mut tx).await?;
    match account_admin::new_link(&ask.site.office, &mut tx, &manager, id).await {
        Ok((token, found)) => {
            tx.commit().await?;
            link_page(&ask, &headers, (key, found.display_name, found.login), &token)
        }
        Err(error) => end(&ask, tx, id, Err(error), "", (Spot::State, String::new())).await,
    }
}

/// POST /akun/{key}/peran
pub async fn give_role(
    ask: Ask,
    Path(key): Path<String>,
    Filled(typed): Filled<TypedRole>,
) -> Result<Response, WebError> {
    let (id, mut tx) = begin(&ask, &key).await?;
    let (manager, reference) = manager(&ask, &mut tx).await?;
    let done = match fields::grant(&ask, &reference, &typed)? {
        Ok(grant) => account_admin::give_role(&ask.site.office, &mut tx, &manager, id, grant).await,
        Err(error) if manager.is_me(id) => {
            tracing::debug!(%error, "a role for oneself");
            Err(ServiceError::forbidden())
        }
        Err(error) => Err(error),
    };
    match refusal(&ask, &done, Spot::Give, String::new()) {
        Some(problem) => {
            tx.rollback().await?;
            unprocessable(shown(&ask, id, typed, Some(problem), None).await?)
        }
        None => end(&ask, tx, id, done, "peran", (Spot::Give, String::new())).await,
    }
}

/// POST /akun/{key}/cabut
pub async fn take_role(
    ask: Ask,
    Path(key): Path<String>,
    Filled(typed): Filled<TypedTake>,
) -> Result<Response, WebError> {
    let (id, mut tx) = begin(&ask, &key).await?;
    let (manager, _) = manager(&ask, &mut tx).await?;
    let grant = RecordId::parse(&typed.peran).ok_or_else(WebError::not_found)?;
    let done =
        account_admin::take_role(&ask.site.office, &mut tx, &manager, (id, grant), &typed.alasan).await;
    end(&ask, tx, id, done, "cabut", (Spot::Take(typed.peran), typed.alasan)).await
}

async fn begin(ask: &Ask, key: &str) -> Result<(AccountId, Tx), WebError> {
    let office = &ask.site.office;
    Ok((account(key)?, office.db.begin_write(office.tenant).await?))
}

/// Makes it durable and goes back to the account, or shows at the form what is wrong.
async fn end(
    ask: &Ask,
    tx: Tx,
    id: AccountId,
    done: Result<(), ServiceError>,
    word: &str,
    (spot, reason): (Spot, String),
) -> Result<Response, WebError> {
    if let Some(problem) = refusal(ask, &done, spot, reason) {
        tx.rollback().await?;
        return unprocessable(shown(ask, id, TypedRole::default(), Some(problem), None).await?);
    }
    done?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("/akun/{}?ok={word}", id.0.simple())).into_response())
}

/// What the form says about it, if a person can mend it there.
fn refusal(ask: &Ask, done: &Result<(), ServiceError>, spot: Spot, reason: String) -> Option<Problem> {
    let error = done.as_ref().err().filter(|e| matches!(e.fault, Fault::Invalid | Fault::Conflict))?;
    Some(Problem { spot, text: error.message(ask.lang).to_owned(), reason })
}

async fn shown(
    ask: &Ask,
    id: AccountId,
    typed: TypedRole,
    problem: Option<Problem>,
    done: Option<&str>,
) -> Result<Response, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let (manager, reference) = manager(ask, &mut tx).await?;
    let entry = account_admin::find(office, &mut tx, &manager, id).await?;
    let fields = RoleFields::new(&manager, typed);
    let mut shown = build::detail(ask, &manager, &reference, &entry, fields);
    shown.problem = problem;
    shown.shell.flash = done.map(|text| Flash { tone: Tone::Good, text: text.to_owned() });
    page(&shown)
}

fn unprocessable(mut response: Response) -> Result<Response, WebError> {
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

fn account(key: &str) -> Result<AccountId, WebError> {
    AccountId::parse(key).ok_or_else(WebError::not_found)
}
