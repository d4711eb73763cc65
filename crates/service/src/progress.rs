//! How far a long piece of work is, for the terminal and the browser.

use domain::lang::Lang;

/// A state of a long piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done, in Bahasa Indonesia.
    pub id: &'static str,
    /// What is being done, in English.
    pub en: &'static str,
    /// Units done.
    pub done: u64,
    /// Units in all; 0 if not known.
    pub total: u64,
}

impl Progress {
    /// What is being done.
    pub fn label(&self, lang: Lang) -> &'static str {
        lang.pick(self.id, self.en)
    }
}

/// Something that is told how far the work is.
pub type Report<'a> = &'a (dyn Fn(Progress) + Send + Sync);

/// For callers who do not want to know.
pub fn silent(_: Progress) {}
