//! Forms with a file that prove to come from our own page.

use std::collections::BTreeMap;

use axum::{
    extract::{FromRequest, Multipart, Request, multipart::MultipartError},
    http::StatusCode,
};

use super::{LIMIT_MB, ask::Ask, fault::WebError};

/// A form with one file.
#[derive(Debug, Default)]
pub struct Uploaded {
    /// Name of the file as the browser tells it; for display only.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The other fields.
    pub fields: BTreeMap<String, String>,
}

impl<S: Send + Sync> FromRequest<S> for Uploaded {
    type Rejection = WebError;

    async fn from_request(request: Request, state: &S) -> Result<Self, WebError> {
        let expected =
            request.extensions().get::<Ask>().and_then(|ask| ask.visitor.as_ref()).map(|v| v.csrf.clone());
        let mut parts = Multipart::from_request(request, state).await.map_err(|_| unreadable())?;
        let mut uploaded = Uploaded::default();
        while let Some(field) = parts.next_field().await.map_err(|e| refused(&e))? {
            let name = field.name().unwrap_or_default().to_owned();
            if name == "berkas" {
                uploaded.name = field.file_name().unwrap_or_default().chars().take(120).collect();
                uploaded.bytes = field.bytes().await.map_err(|e| refused(&e))?.to_vec();
            } else {
                uploaded.fields.insert(name, field.text().await.map_err(|e| refused(&e))?);
            }
        }
        if uploaded.fields.get("csrf") != expected.as_ref() {
            return Err(WebError::stale_form());
        }
        if uploaded.bytes.is_empty() {
            return Err(WebError::invalid("Pilih berkasnya dulu.", "Choose the file first."));
        }
        Ok(uploaded)
    }
}

fn refused(error: &MultipartError) -> WebError {
    if error.status() != StatusCode::PAYLOAD_TOO_LARGE {
        return unreadable();
    }
    WebError::too_large(LIMIT_MB)
}

fn unreadable() -> WebError {
    WebError::invalid(
        "Berkas tidak diterima dengan utuh. Coba unggah sekali lagi.",
        "The file did not arrive whole. Try to upload it once more.",
    )
}
