//! The one error of this crate: what kind of trouble, what to tell the person, and what to log.

use domain::lang::Lang;
use store::{ErrorKind, StoreError};

/// The kind of trouble, independent of HTTP or the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The input cannot be used; the message says why and what to do.
    Invalid,
    /// Not allowed.
    Forbidden,
    /// No such thing.
    NotFound,
    /// The state does not allow it now (locked month, policy already active).
    Conflict,
    /// The database cannot be reached or is full; nothing was changed.
    Unavailable,
    /// Something stored is not what the log says any more: it was changed behind the program.
    Altered,
    /// A fault of ours.
    Internal,
}

/// The input that an error is about, so that a form can show it where it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Kind of a status.
    Code,
    /// First day.
    From,
    /// Last day.
    Until,
    /// Number of a letter.
    Document,
    /// Reason in words.
    Note,
}

/// An error of a use case, with a sentence for the person in both languages.
#[derive(Debug, thiserror::Error)]
#[error("{fault:?}: {en}")]
pub struct ServiceError {
    /// The kind.
    pub fault: Fault,
    /// For the person, in Bahasa Indonesia.
    pub id: String,
    /// For the person, in English.
    pub en: String,
    /// The input it is about, if it is about one.
    pub field: Option<Field>,
    /// What lies behind it; for the log only.
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl ServiceError {
    /// An error with its two sentences.
    pub fn new(fault: Fault, id: impl Into<String>, en: impl Into<String>) -> Self {
        Self { fault, id: id.into(), en: en.into(), field: None, source: None }
    }

    /// The same error, about an input.
    #[must_use]
    pub fn at(mut self, field: Field) -> Self {
        self.field = Some(field);
        self
    }

    /// Unusable input.
    pub fn invalid(id: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(Fault::Invalid, id, en)
    }

    /// Something that does not exist.
    pub fn not_found(id: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(Fault::NotFound, id, en)
    }

    /// Something the present state does not allow.
    pub fn conflict(id: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(Fault::Conflict, id, en)
    }

    /// Something the account may not do.
    pub fn forbidden() -> Self {
        Self::new(
            Fault::Forbidden,
            "Anda tidak berwenang melakukan ini. Hubungi admin OPD bila menurut Anda seharusnya boleh.",
            "You are not allowed to do this. Ask your OPD's administrator if you think you should be.",
        )
    }

    /// Something that was changed behind the program; the sentences say what, and how to find out more.
    pub fn altered(id: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(Fault::Altered, id, en)
    }

    /// A fault of ours, with its cause for the log.
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self {
            fault: Fault::Internal,
            id: "Terjadi kesalahan di sistem kami, bukan pada Anda. Tidak ada data yang berubah.".into(),
            en: "Something went wrong in our system, not on your side. No data was changed.".into(),
            field: None,
            source: Some(source.into()),
        }
    }

    /// The sentence for the person.
    pub fn message(&self, lang: Lang) -> &str {
        lang.pick(&self.id, &self.en)
    }
}

impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> Self {
        let fault = match error.kind() {
            ErrorKind::Unavailable | ErrorKind::Full => Fault::Unavailable,
            ErrorKind::Conflict => Fault::Conflict,
            ErrorKind::NotFound => Fault::NotFound,
            _ => Fault::Internal,
        };
        Self {
            fault,
            id: error.text(Lang::Id),
            en: error.text(Lang::En),
            field: None,
            source: Some(Box::new(error)),
        }
    }
}
