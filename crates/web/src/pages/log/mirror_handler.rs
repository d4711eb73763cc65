//! The published files of the log for mirrors, at the paths of c2sp.org/tlog-tiles, and the key to check them with.
//!
//! The files may be copied by anybody: they hold no personal data. A path is never handed to the file system: it is read as
//! the number of a tile, and the number names the file.

use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use ledger::{
    read::Fetch,
    tiles::{CHECKPOINT, COSIGNED, MAX_BUNDLE, Tile},
};
use service::{
    ServiceError,
    transparency::{self, LogFiles},
};

use crate::server::{ask::Ask, fault::WebError};

/// A full tile of a numbered log never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// A partial tile never changes either, but is soon replaced by a fuller one. And at the address without a number another
/// log begins when this one is given up.
const AN_HOUR: &str = "public, max-age=3600";
/// The end that stands for a day changes at midnight, the key whenever its operators change it.
const A_MINUTE: &str = "public, max-age=60";
/// The checkpoint changes with every punch.
const A_SECOND: &str = "public, max-age=1";

/// The path of the key, beside those of the specification.
const VKEY: &str = "vkey";

const TEXT: &str = "text/plain; charset=utf-8";
const BYTES: &str = "application/octet-stream";

/// GET /log/{tenant}/checkpoint
pub async fn checkpoint(ask: Ask, Path(tenant): Path<String>) -> Result<Response, WebError> {
    published(&ask, log_of(&ask, &tenant), AN_HOUR, CHECKPOINT).await
}

/// GET /log/{tenant}/checkpoint.cosigned
pub async fn cosigned(ask: Ask, Path(tenant): Path<String>) -> Result<Response, WebError> {
    published(&ask, log_of(&ask, &tenant), AN_HOUR, COSIGNED).await
}

/// GET /log/{tenant}/tile/{*rest}
pub async fn tile(ask: Ask, Path((tenant, rest)): Path<(String, String)>) -> Result<Response, WebError> {
    published(&ask, log_of(&ask, &tenant), AN_HOUR, &format!("tile/{rest}")).await
}

/// GET /log/{tenant}/vkey
pub async fn vkey(ask: Ask, Path(tenant): Path<String>) -> Result<Response, WebError> {
    published(&ask, log_of(&ask, &tenant), AN_HOUR, VKEY).await
}

/// GET /log/{tenant}/{generation}/{*rest}: the same files of one log of the tenant by its number, also of one that was given up.
pub async fn numbered(
    ask: Ask,
    Path((tenant, generation, rest)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let number =
        generation.parse().ok().filter(|number: &i64| *number > 0 && number.to_string() == generation);
    let files = log_of(&ask, &tenant).zip(number).map(|(files, number)| files.generation(number));
    published(&ask, files.as_ref(), FOR_EVER, &rest).await
}

/// A published file by its path in the log; `full` says how long a full tile may be kept.
async fn published(
    ask: &Ask,
    files: Option<&LogFiles>,
    full: &'static str,
    path: &str,
) -> Result<Response, WebError> {
    let Some(files) = files else { return Ok(nothing()) };
    let (bytes, kind, kept) = match path {
        CHECKPOINT => {
            let shown = transparency::shown(&ask.site.office, files).await?;
            (shown.map(|shown| shown.checkpoint.text().to_owned().into_bytes()), TEXT, A_SECOND)
        }
        COSIGNED => {
            let note = transparency::cosigned(files).await?;
            (note.map(|note| note.text().to_owned().into_bytes()), TEXT, A_SECOND)
        }
        VKEY => {
            let shown = transparency::shown(&ask.site.office, files).await?;
            let key = shown.and_then(|shown| shown.key);
            (key.map(|key| format!("{key}\n").into_bytes()), TEXT, A_MINUTE)
        }
        path => {
            let Some(tile) = Tile::parse(path) else { return Ok(nothing()) };
            let place = files.fetch();
            let read = tokio::task::spawn_blocking(move || place.fetch(&tile.path(), MAX_BUNDLE));
            let bytes = read.await.map_err(ServiceError::internal)?.map_err(ServiceError::internal)?;
            (bytes, BYTES, if tile.is_full() { full } else { AN_HOUR })
        }
    };
    Ok(bytes.map_or_else(nothing, |bytes| file(bytes, kind, kept)))
}

/// GET /log/{tenant}/harian: the end of the log that stands for today.
pub async fn day(ask: Ask, Path(tenant): Path<String>) -> Result<Response, WebError> {
    let Some(files) = log_of(&ask, &tenant) else { return Ok(nothing()) };
    let daily = transparency::daily(&ask.site.office, files).await?;
    Ok(daily.map_or_else(nothing, |(_, note)| file(note.text().to_owned().into_bytes(), TEXT, A_MINUTE)))
}

/// The log of the tenant with this number, if it is ours and published from here.
pub(super) fn log_of<'a>(ask: &'a Ask, tenant: &str) -> Option<&'a LogFiles> {
    (tenant == ask.site.office.tenant.0.to_string()).then(|| ask.site.log()).flatten()
}

fn nothing() -> Response {
    (StatusCode::NOT_FOUND, "There is no such file in this log.\n").into_response()
}

fn file(bytes: Vec<u8>, content_type: &'static str, kept: &'static str) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    response
}
