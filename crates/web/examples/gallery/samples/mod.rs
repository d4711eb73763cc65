//! Every screen with invented data. Used by the gallery and by the tests of the pages.

mod frame;
mod gate;
mod people;
pub mod rekap;

use askama::Template;
use domain::lang::Lang;

/// One rendered screen.
pub struct Screen {
    /// Name of the file.
    pub name: &'static str,
    /// The page.
    pub html: String,
}

/// All screens in one language.
pub fn all(lang: Lang) -> Result<Vec<Screen>, askama::Error> {
    let mut out = Vec::new();
    gate::add(&mut out, lang)?;
    rekap::add(&mut out, lang)?;
    Ok(out)
}

fn put(out: &mut Vec<Screen>, name: &'static str, page: &impl Template) -> Result<(), askama::Error> {
    out.push(Screen { name, html: page.render()? });
    Ok(())
}
