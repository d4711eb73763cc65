//! Making an account, and the page that shows its link once.

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use serde::Deserialize;
use service::{
    Fault,
    account::INVITATION_LASTS,
    account_admin::{self, NewPerson},
};

use super::{
    CreatePage, LinkPage, RoleFields,
    fields::{self, TypedRole},
    handler::manager,
};
use crate::{
    pages::{layout::Section, moment::moment},
    server::{
        ask::{Ask, page},
        fault::WebError,
        form::Filled,
    },
};

/// The form as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    masuk: String,
    nama: String,
    #[serde(flatten)]
    role: TypedRole,
}

/// GET /akun/baru
pub async fn show(ask: Ask) -> Result<Response, WebError> {
    shown(&ask, Typed::default(), None).await
}

/// POST /akun/baru
pub async fn create(
    ask: Ask,
    headers: HeaderMap,
    Filled(typed): Filled<Typed>,
) -> Result<Response, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let (manager, reference) = manager(&ask, &mut tx).await?;
    let done = match fields::grant(&ask, &reference, &typed.role)? {
        Ok(grant) => {
            let new = NewPerson { login: typed.masuk.clone(), name: typed.nama.clone(), grant };
            account_admin::create(office, &mut tx, &manager, new).await
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(created) => {
            tx.commit().await?;
            let key = created.account.0.simple().to_string();
            link_page(&ask, &headers, (key, created.name, created.login), &created.token)
        }
        Err(error) if matches!(error.fault, Fault::Invalid | Fault::Conflict) => {
            tx.rollback().await?;
            let text = error.message(ask.lang).to_owned();
            let mut response = shown(&ask, typed, Some(text)).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(error) => Err(error.into()),
    }
}

/// The link, in the answer itself and nowhere else: not in an address, not in a cache.
pub(super) fn link_page(
    ask: &Ask,
    headers: &HeaderMap,
    (key, name, login): (String, String, String),
    token: &str,
) -> Result<Response, WebError> {
    let host = headers.get(header::HOST).and_then(|v| v.to_str().ok()).unwrap_or("localhost");
    let origin = ask.site.public_origin().map_or_else(|| format!("http://{host}"), str::to_owned);
    let now = ask.site.office.now();
    let until = now.saturating_add(INVITATION_LASTS).unwrap_or(now);
    page(&LinkPage {
        shell: ask.shell(Some(Section::Akun)),
        key,
        name,
        login,
        link: format!("{origin}/undangan/{token}"),
        until: moment(until, ask.zone(), ask.lang),
    })
}

async fn shown(ask: &Ask, typed: Typed, error: Option<String>) -> Result<Response, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let (manager, _) = manager(ask, &mut tx).await?;
    page(&CreatePage {
        shell: ask.shell(Some(Section::Akun)),
        login: typed.masuk,
        name: typed.nama,
        fields: RoleFields::new(&manager, typed.role),
        error,
    })
}
