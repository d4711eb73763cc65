//! The progress of work that was started on another page.

use axum::{extract::Path, response::Response};

use crate::{
    pages::impor,
    server::{
        ask::{Ask, page},
        fault::WebError,
    },
};

/// GET /pekerjaan/{key}: only for whoever started the work.
pub async fn show(ask: Ask, Path(key): Path<String>) -> Result<Response, WebError> {
    let held = ask.site.imports.get(&key, &ask.actor(), ask.site.office.now());
    page(&impor::progress(&ask, &held.ok_or_else(WebError::not_found)?))
}
