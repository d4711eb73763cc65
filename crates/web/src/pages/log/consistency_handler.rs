//! What a browser asks that remembers an older end of the log.

use axum::{
    Json,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use service::transparency;

use super::mirror_handler::log_of;
use crate::server::{ask::Ask, fault::WebError};

/// The size that is remembered.
#[derive(Debug, Deserialize)]
pub struct Remembered {
    dari: Option<String>,
}

/// The answer; the proof is that of RFC 6962, section 2.1.2, in base64.
#[derive(Debug, Serialize)]
struct Answer {
    /// The key of the log; `None` before the first publication, or when this server has another one.
    vkey: Option<String>,
    /// The newest signed checkpoint; `None` before the first publication.
    checkpoint: Option<String>,
    /// The size that was asked from.
    from: u64,
    /// Proof from there; empty when the log has not grown since.
    proof: Vec<String>,
}

/// GET /log/{tenant}/konsistensi
pub async fn show(
    ask: Ask,
    Path(tenant): Path<String>,
    Query(remembered): Query<Remembered>,
) -> Result<Response, WebError> {
    let Some(files) = log_of(&ask, &tenant) else { return Ok(StatusCode::NOT_FOUND.into_response()) };
    let from: u64 = remembered.dari.as_deref().unwrap_or("0").parse().map_err(|_| {
        WebError::invalid("Ukuran log yang diingat bukan angka.", "The remembered size is not a number.")
    })?;
    let grown = transparency::grown(&ask.site.office, files, from).await?;
    let answer = match grown {
        None => Answer { vkey: None, checkpoint: None, from, proof: Vec::new() },
        Some(grown) => Answer {
            vkey: grown.shown.key.map(|key| key.to_string()),
            checkpoint: Some(grown.shown.checkpoint.text().to_owned()),
            from,
            proof: grown.proof.iter().map(ToString::to_string).collect(),
        },
    };
    Ok(Json(answer).into_response())
}
