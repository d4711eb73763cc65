//! The list of accounts.

use std::sync::Arc;

use axum::{extract::Query, response::Response};
use serde::Deserialize;
use service::{
    account_admin::{self, Manager, PER_PAGE},
    reference::{self, Reference},
};
use store::Tx;

use super::{AkunPage, build};
use crate::{
    pages::{layout::Section, people_list::PageNumbers},
    server::{
        ask::{Ask, page},
        fault::WebError,
    },
};

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    cari: String,
    hal: String,
}

/// GET /akun
pub async fn show(ask: Ask, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let (manager, reference) = manager(&ask, &mut tx).await?;
    let search: String = asked.cari.trim().chars().filter(|c| !c.is_control()).take(120).collect();
    let mut at = asked.hal.trim().parse().unwrap_or(1).max(1);
    let mut found = account_admin::list(&mut tx, &manager, &search, at).await?;
    if found.lines.is_empty() && at > 1 {
        at = 1;
        found = account_admin::list(&mut tx, &manager, &search, at).await?;
    }
    page(&AkunPage {
        shell: ask.shell(Some(Section::Akun)),
        search,
        rows: found.lines.iter().map(|line| build::row(&ask, &manager, &reference, line)).collect(),
        pages: PageNumbers { page: at, of: found.total.div_ceil(PER_PAGE).max(1), people: found.total },
    })
}

/// Whoever asks, as manager of accounts.
pub(super) async fn manager(ask: &Ask, tx: &mut Tx) -> Result<(Manager, Arc<Reference>), WebError> {
    let reference = reference::current(&ask.site.office, tx).await?;
    Ok((Manager::new(ask.me()?, Arc::clone(&reference), ask.today()), reference))
}
