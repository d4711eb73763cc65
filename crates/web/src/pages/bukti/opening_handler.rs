//! What the entry of a fact commits to, for the person alone: with the receipt it proves what was recorded.

use axum::{extract::Path, response::Response};
use service::transparency;
use uuid::Uuid;

use super::handler::{being_recorded, differs, find};
use crate::{
    pages::reading,
    server::{
        ask::Ask,
        download::{Kind, file},
        fault::WebError,
    },
};

/// GET /bukti/{key}/isi
pub async fn download(ask: Ask, Path(key): Path<String>) -> Result<Response, WebError> {
    let id = Uuid::parse_str(&key).map_err(|_| WebError::not_found())?;
    let (fact, _) = find(&ask, id).await?;
    if !reading::is_own(&ask, fact.person) {
        return Err(WebError::not_found());
    }
    let Some(files) = ask.site.log() else { return Err(WebError::not_found()) };
    let (office, subject) = (&ask.site.office, *id.as_bytes());
    let opening = transparency::opening(office, subject).await?;
    let is_as_logged = transparency::is_as_logged(office, files, subject).await?;
    match opening.filter(|_| is_as_logged) {
        Some(opening) => {
            let name = format!("bukti-{}-{}.isi", fact.day, opening.index);
            Ok(file(Kind::Text, &name, opening.to_string().into_bytes()))
        }
        // Not changed, but not in the log yet.
        None if is_as_logged => Err(being_recorded()),
        None => Err(differs()),
    }
}
