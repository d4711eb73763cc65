//! Forms that prove to come from our own page.

use axum::extract::{FromRequest, Request};
use http_body_util::BodyExt;
use serde::{Deserialize, de::DeserializeOwned};

use super::{ask::Ask, fault::WebError};

/// Largest form without a file, in megabytes: a list of ten thousand PINs pasted into a field is a third of it.
const LIMIT_MB: u32 = 1;
const LIMIT: usize = 1 << 20;

/// A filled form. Behind a session its hidden token must be the session's.
pub struct Filled<T>(pub T);

/// A form without fields of its own.
#[derive(Debug, Deserialize)]
pub struct Empty {}

#[derive(Deserialize)]
struct Token {
    #[serde(default)]
    csrf: String,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Filled<T> {
    type Rejection = WebError;

    async fn from_request(request: Request, _: &S) -> Result<Self, WebError> {
        let expected =
            request.extensions().get::<Ask>().and_then(|ask| ask.visitor.as_ref()).map(|v| v.csrf.clone());
        let body = axum::body::Body::new(http_body_util::Limited::new(request.into_body(), LIMIT));
        let bytes = body.collect().await.map_err(|error| refused(&error))?.to_bytes();
        if let Some(expected) = expected {
            let token: Token = serde_urlencoded::from_bytes(&bytes).map_err(|_| unreadable())?;
            if token.csrf != expected {
                return Err(WebError::stale_form());
            }
        }
        serde_urlencoded::from_bytes(&bytes).map(Filled).map_err(|_| unreadable())
    }
}

fn refused(error: &(dyn std::error::Error + 'static)) -> WebError {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<http_body_util::LengthLimitError>() {
            return WebError::too_large(LIMIT_MB);
        }
        cause = error.source();
    }
    unreadable()
}

fn unreadable() -> WebError {
    WebError::invalid(
        "Isian formulir tidak terbaca. Muat ulang halaman, lalu isi lagi.",
        "The form could not be read. Reload the page and fill it in again.",
    )
}
