//! Errors on their way to the visitor: a page with a clear sentence, and a short code that is also in the log.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::lang::Lang;
use service::{Fault, ServiceError};

use crate::pages::galat::PageError;

/// An error of a handler. The guard turns it into a page in the frame of the visitor.
#[derive(Debug)]
pub struct WebError(ServiceError);

/// What the guard finds in the answer of a failed handler.
#[derive(Debug, Clone)]
pub(super) struct Failed(pub(super) std::sync::Arc<ServiceError>);

impl WebError {
    /// Not allowed.
    pub fn forbidden() -> WebError {
        WebError(ServiceError::forbidden())
    }

    /// No such page or thing.
    pub fn not_found() -> WebError {
        WebError(ServiceError::not_found("Halaman ini tidak ada.", "This page does not exist."))
    }

    /// A form that came from elsewhere or from a session that is over.
    pub fn stale_form() -> WebError {
        WebError(ServiceError::new(Fault::Forbidden, STALE, STALE))
    }

    /// An address or form that makes no sense.
    pub fn invalid(id: impl Into<String>, en: impl Into<String>) -> WebError {
        WebError(ServiceError::invalid(id, en))
    }

    /// The error behind it.
    pub fn service(&self) -> &ServiceError {
        &self.0
    }
}

const STALE: &str = "stale form";

/// The page and status of an error; what lies behind it goes to the log under `code`.
pub(super) fn page_of(error: &ServiceError, lang: Lang, code: String) -> (StatusCode, PageError) {
    let reason = || error.message(lang).to_owned();
    match error.fault {
        Fault::Invalid => (StatusCode::UNPROCESSABLE_ENTITY, PageError::BadRequest { reason: reason() }),
        Fault::Conflict => (StatusCode::CONFLICT, PageError::BadRequest { reason: reason() }),
        Fault::Forbidden if error.en == STALE => (StatusCode::FORBIDDEN, PageError::StaleForm),
        Fault::Forbidden => (StatusCode::FORBIDDEN, PageError::Forbidden),
        Fault::NotFound => (StatusCode::NOT_FOUND, PageError::NotFound),
        Fault::Unavailable => {
            tracing::error!(code, %error, source = ?error.source, "the database is not available");
            (StatusCode::SERVICE_UNAVAILABLE, PageError::DatabaseDown { code })
        }
        Fault::Internal => {
            tracing::error!(code, %error, source = ?error.source, "a request failed");
            (StatusCode::INTERNAL_SERVER_ERROR, PageError::Internal { code })
        }
    }
}

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(Failed(std::sync::Arc::new(self.0)));
        response
    }
}

impl From<ServiceError> for WebError {
    fn from(error: ServiceError) -> Self {
        WebError(error)
    }
}

impl From<store::StoreError> for WebError {
    fn from(error: store::StoreError) -> Self {
        WebError(error.into())
    }
}

impl From<askama::Error> for WebError {
    fn from(error: askama::Error) -> Self {
        WebError(ServiceError::internal(error))
    }
}

impl From<print::PrintError> for WebError {
    fn from(error: print::PrintError) -> Self {
        WebError(ServiceError::internal(error))
    }
}
