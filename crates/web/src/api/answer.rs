//! How a program is told what went wrong: a word it can act on and a sentence for its log, in both languages.

use axum::{
    Json,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use intake::IntakeError;
use serde::Serialize;
use service::{Fault, ServiceError};
use store::ErrorKind;

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Refused {
    #[serde(skip)]
    status: StatusCode,
    /// Seconds after which to try again, if that helps.
    #[serde(skip)]
    retry_after: Option<u16>,
    error: &'static str,
    pesan: String,
    message: String,
}

impl Refused {
    /// A refusal that trying again does not change.
    pub(crate) fn new(
        (status, error): (StatusCode, &'static str),
        pesan: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self { status, retry_after: None, error, pesan: pesan.into(), message: message.into() }
    }

    /// One that passes.
    fn for_now(seconds: u16, error: &'static str, pesan: impl Into<String>, message: String) -> Self {
        let at = (StatusCode::SERVICE_UNAVAILABLE, error);
        Self { retry_after: Some(seconds), ..Self::new(at, pesan, message) }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let (status, retry_after) = (self.status, self.retry_after);
        let mut response = (status, Json(self)).into_response();
        let headers = response.headers_mut();
        if let Some(seconds) = retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            let name: HeaderName = header::WWW_AUTHENTICATE;
            headers.insert(name, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl From<ServiceError> for Refused {
    fn from(error: ServiceError) -> Self {
        let at = match error.fault {
            Fault::Invalid => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            Fault::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
            Fault::NotFound => (StatusCode::NOT_FOUND, "not_found"),
            Fault::Conflict => (StatusCode::CONFLICT, "conflict"),
            Fault::Unavailable => {
                tracing::error!(%error, source = ?error.source, "a device cannot be served");
                return Self::for_now(5, "unavailable", error.id, error.en);
            }
            Fault::Internal | Fault::Altered => {
                tracing::error!(%error, source = ?error.source, "a request of a device failed");
                (StatusCode::INTERNAL_SERVER_ERROR, "internal")
            }
        };
        Self::new(at, error.id, error.en)
    }
}

impl From<IntakeError> for Refused {
    fn from(error: IntakeError) -> Self {
        let message = error.to_string();
        match error {
            IntakeError::Full => Self::for_now(
                1,
                "full",
                "Terlalu banyak presensi menunggu; coba lagi satu detik lagi.",
                message,
            ),
            IntakeError::Stopping => {
                Self::for_now(1, "stopping", "Server sedang berhenti; coba lagi sebentar lagi.", message)
            }
            IntakeError::Store(error) => {
                let (id, en) = (error.text(domain::lang::Lang::Id), error.text(domain::lang::Lang::En));
                match error.kind() {
                    ErrorKind::Unavailable | ErrorKind::Conflict => Self::for_now(5, "unavailable", id, en),
                    ErrorKind::Full => Self::for_now(60, "disk_full", id, en),
                    ErrorKind::Refused => Self::for_now(60, "not_signed", id, en),
                    _ => Self::from(ServiceError::internal(error)),
                }
            }
        }
    }
}
