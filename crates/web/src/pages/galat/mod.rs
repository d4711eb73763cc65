//! Pages for when something does not work: what happened, what to do, whom to ask; a code in small letters.

mod texts;

pub use texts::GalatTexts;

use askama::Template;

use crate::pages::layout::Shell;

/// An error page. Fill the frame as far as it is known; without menu if the database is down.
#[derive(Debug, Clone, Template)]
#[template(path = "galat/galat.html")]
pub struct GalatPage {
    /// The frame.
    pub shell: Shell,
    /// What happened.
    pub error: PageError,
}

/// What can happen to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageError {
    /// 400: the address or the form makes no sense.
    BadRequest {
        /// What is wrong, as a sentence.
        reason: String,
    },
    /// 403: no right to see this.
    Forbidden,
    /// 403: the form was too old or came from elsewhere.
    StaleForm,
    /// 404: nothing there.
    NotFound,
    /// 410: it was erased under the data protection law.
    Erased {
        /// When and on which legal basis, as a sentence.
        reason: String,
    },
    /// 413: the file is too large.
    TooLarge {
        /// Largest size in megabytes.
        limit_mb: u32,
    },
    /// 500: what is stored was changed behind the program.
    Altered {
        /// What, and what to do, as sentences.
        reason: String,
        /// Code that finds the log line.
        code: String,
    },
    /// 500: our fault.
    Internal {
        /// Code that finds the log line.
        code: String,
    },
    /// 503: the database does not answer.
    DatabaseDown {
        /// Code that finds the log line.
        code: String,
    },
}

impl PageError {
    /// HTTP status.
    pub const fn status(&self) -> u16 {
        match self {
            PageError::BadRequest { .. } => 400,
            PageError::Forbidden | PageError::StaleForm => 403,
            PageError::NotFound => 404,
            PageError::Erased { .. } => 410,
            PageError::TooLarge { .. } => 413,
            PageError::Altered { .. } | PageError::Internal { .. } => 500,
            PageError::DatabaseDown { .. } => 503,
        }
    }

    fn code(&self) -> Option<&str> {
        match self {
            PageError::Altered { code, .. }
            | PageError::Internal { code }
            | PageError::DatabaseDown { code } => Some(code),
            _ => None,
        }
    }
}

impl GalatPage {
    fn t(&self) -> GalatTexts {
        GalatTexts(self.shell.lang)
    }

    fn title(&self) -> &'static str {
        let t = self.t();
        match self.error {
            PageError::BadRequest { .. } => t.bad_request(),
            PageError::Forbidden => t.forbidden(),
            PageError::StaleForm => t.stale(),
            PageError::NotFound => t.not_found(),
            PageError::Erased { .. } => t.erased(),
            PageError::TooLarge { .. } => t.too_large(),
            PageError::Altered { .. } => t.altered(),
            PageError::Internal { .. } => t.internal(),
            PageError::DatabaseDown { .. } => t.database(),
        }
    }

    fn text(&self) -> String {
        let t = self.t();
        match &self.error {
            PageError::BadRequest { reason }
            | PageError::Erased { reason }
            | PageError::Altered { reason, .. } => reason.clone(),
            PageError::Forbidden => t.forbidden_text().to_owned(),
            PageError::StaleForm => t.stale_text().to_owned(),
            PageError::NotFound => t.not_found_text().to_owned(),
            PageError::TooLarge { limit_mb } => t.too_large_text(limit_mb),
            PageError::Internal { .. } => t.internal_text().to_owned(),
            PageError::DatabaseDown { .. } => t.database_text().to_owned(),
        }
    }
}
