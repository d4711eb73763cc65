//! Forms that prove to come from our own page.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};
use serde::{Deserialize, de::DeserializeOwned};

use super::{ask::Ask, fault::WebError};

/// A filled form. Behind a session its hidden token must be the session's.
pub struct Filled<T>(pub T);

#[derive(Deserialize)]
struct Token {
    #[serde(default)]
    csrf: String,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Filled<T> {
    type Rejection = WebError;

    async fn from_request(request: Request, state: &S) -> Result<Self, WebError> {
        let expected =
            request.extensions().get::<Ask>().and_then(|ask| ask.visitor.as_ref()).map(|v| v.csrf.clone());
        let bytes = Bytes::from_request(request, state).await.map_err(|_| unreadable())?;
        if let Some(expected) = expected {
            let token: Token = serde_urlencoded::from_bytes(&bytes).map_err(|_| unreadable())?;
            if token.csrf != expected {
                return Err(WebError::stale_form());
            }
        }
        serde_urlencoded::from_bytes(&bytes).map(Filled).map_err(|_| unreadable())
    }
}

fn unreadable() -> WebError {
    WebError::invalid(
        "Isian formulir tidak terbaca. Muat ulang halaman, lalu isi lagi.",
        "The form could not be read. Reload the page and fill it in again.",
    )
}
