//! Every screen with invented data. Used by the gallery and by the tests of the pages.

mod akun;
mod aturan;
mod beranda;
mod cakupan;
mod frame;
mod gate;
mod hari_ini;
mod impor;
mod jadwal;
mod kalender;
mod kartu;
mod log;
mod people;
pub mod rekap;
mod terminal;
mod tpp;
mod trouble;

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
    beranda::add(&mut out, lang)?;
    hari_ini::add(&mut out, lang)?;
    rekap::add(&mut out, lang)?;
    tpp::add(&mut out, lang)?;
    jadwal::add(&mut out, lang)?;
    kalender::add(&mut out, lang)?;
    kartu::add(&mut out, lang)?;
    log::add(&mut out, lang)?;
    terminal::add(&mut out, lang)?;
    cakupan::add(&mut out, lang)?;
    impor::add(&mut out, lang)?;
    aturan::add(&mut out, lang)?;
    akun::add(&mut out, lang)?;
    trouble::add(&mut out, lang)?;
    Ok(out)
}

fn put(out: &mut Vec<Screen>, name: &'static str, page: &impl Template) -> Result<(), askama::Error> {
    out.push(Screen { name, html: page.render()? });
    Ok(())
}
