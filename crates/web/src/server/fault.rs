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
pub struct WebError {
    error: ServiceError,
    special: Option<Special>,
}

/// What only exists between browser and server.
#[derive(Debug, Clone, Copy)]
enum Special {
    /// A form of another session.
    Stale,
    /// A request of more than so many megabytes.
    TooLarge(u32),
    /// Something that was erased by law.
    Erased,
}

/// What the guard finds in the answer of a failed handler.
#[derive(Debug, Clone)]
pub(super) struct Failed(pub(super) std::sync::Arc<WebError>);

impl WebError {
    /// Not allowed.
    pub fn forbidden() -> WebError {
        ServiceError::forbidden().into()
    }

    /// No such page or thing.
    pub fn not_found() -> WebError {
        ServiceError::not_found("Halaman ini tidak ada.", "This page does not exist.").into()
    }

    /// A form that came from elsewhere or from a session that is over.
    pub fn stale_form() -> WebError {
        WebError { error: ServiceError::forbidden(), special: Some(Special::Stale) }
    }

    /// Something that was erased under the data protection law; the sentences say when and why.
    pub fn erased(id: impl Into<String>, en: impl Into<String>) -> WebError {
        WebError { error: ServiceError::not_found(id, en), special: Some(Special::Erased) }
    }

    /// A file or form of more than `limit_mb` megabytes.
    pub fn too_large(limit_mb: u32) -> WebError {
        let error = ServiceError::invalid(
            format!("Kiriman lebih besar dari {limit_mb} MB."),
            format!("The request is larger than {limit_mb} MB."),
        );
        WebError { error, special: Some(Special::TooLarge(limit_mb)) }
    }

    /// An address or form that makes no sense.
    pub fn invalid(id: impl Into<String>, en: impl Into<String>) -> WebError {
        ServiceError::invalid(id, en).into()
    }

    /// The error behind it.
    pub fn service(&self) -> &ServiceError {
        &self.error
    }
}

/// The page and status of an error; what lies behind it goes to the log under `code`.
pub(super) fn page_of(web: &WebError, lang: Lang, code: String) -> (StatusCode, PageError) {
    match web.special {
        Some(Special::Stale) => return (StatusCode::FORBIDDEN, PageError::StaleForm),
        Some(Special::TooLarge(limit_mb)) => {
            return (StatusCode::PAYLOAD_TOO_LARGE, PageError::TooLarge { limit_mb });
        }
        Some(Special::Erased) => {
            let reason = web.error.message(lang).to_owned();
            return (StatusCode::GONE, PageError::Erased { reason });
        }
        None => {}
    }
    let error = &web.error;
    let reason = || error.message(lang).to_owned();
    match error.fault {
        Fault::Invalid => (StatusCode::UNPROCESSABLE_ENTITY, PageError::BadRequest { reason: reason() }),
        Fault::Conflict => (StatusCode::CONFLICT, PageError::BadRequest { reason: reason() }),
        Fault::Forbidden => (StatusCode::FORBIDDEN, PageError::Forbidden),
        Fault::NotFound => (StatusCode::NOT_FOUND, PageError::NotFound),
        Fault::Unavailable => {
            tracing::error!(code, %error, source = ?error.source, "the database is not available");
            (StatusCode::SERVICE_UNAVAILABLE, PageError::DatabaseDown { code })
        }
        Fault::Altered => {
            tracing::error!(code, %error, "something stored was changed behind the program");
            (StatusCode::INTERNAL_SERVER_ERROR, PageError::Altered { reason: reason(), code })
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
        response.extensions_mut().insert(Failed(std::sync::Arc::new(self)));
        response
    }
}

impl From<ServiceError> for WebError {
    fn from(error: ServiceError) -> Self {
        WebError { error, special: None }
    }
}

impl From<store::StoreError> for WebError {
    fn from(error: store::StoreError) -> Self {
        ServiceError::from(error).into()
    }
}

impl From<askama::Error> for WebError {
    fn from(error: askama::Error) -> Self {
        ServiceError::internal(error).into()
    }
}

impl From<print::PrintError> for WebError {
    fn from(error: print::PrintError) -> Self {
        ServiceError::internal(error).into()
    }
}
