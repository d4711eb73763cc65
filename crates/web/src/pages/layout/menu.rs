//! The menu: a section is shown to whoever holds its right somewhere.

use domain::{
    lang::Lang,
    rights::{Access, Right},
};

use super::FrameTexts;
use crate::pages::markup::{Icon, Markup};

/// A part of the product with its own entry in the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// What there is to do.
    Beranda,
    /// The day list.
    HariIni,
    /// The month sheet.
    Rekap,
    /// Tambahan penghasilan.
    Tpp,
    /// Rollout over the OPDs.
    Cakupan,
    /// Terminals.
    Terminal,
    /// Import of employees.
    Pegawai,
    /// Policies.
    Aturan,
    /// Schedules and shifts.
    Jadwal,
    /// Holidays and Ramadan.
    Kalender,
    /// Accounts and their roles.
    Akun,
    /// One's own card.
    Kartu,
    /// The transparency log.
    Log,
}

/// An entry of the menu, ready to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuItem {
    /// Address.
    pub href: &'static str,
    /// Words.
    pub label: &'static str,
    /// Drawing.
    pub icon: Markup,
    /// Whether this page belongs to it.
    pub current: bool,
}

impl Section {
    /// All sections in menu order.
    pub const ALL: [Section; 13] = [
        Section::Beranda,
        Section::HariIni,
        Section::Rekap,
        Section::Tpp,
        Section::Cakupan,
        Section::Terminal,
        Section::Pegawai,
        Section::Aturan,
        Section::Jadwal,
        Section::Kalender,
        Section::Akun,
        Section::Kartu,
        Section::Log,
    ];

    /// The right that opens the section; `None` is open to everybody who is logged in.
    pub const fn right(self) -> Option<Right> {
        match self {
            Section::Beranda | Section::Kalender | Section::Log => None,
            Section::HariIni | Section::Rekap | Section::Jadwal => Some(Right::SeePresence),
            Section::Tpp => Some(Right::SeeTpp),
            Section::Cakupan => Some(Right::SeeRollout),
            Section::Terminal => Some(Right::SeeTerminals),
            Section::Pegawai => Some(Right::ManageEmployees),
            Section::Aturan => Some(Right::SeeRules),
            Section::Akun => Some(Right::ManageAccounts),
            Section::Kartu => Some(Right::SeeOwn),
        }
    }

    /// The sections somebody may open.
    pub fn visible(access: &Access) -> Vec<Section> {
        Section::ALL.into_iter().filter(|s| s.right().is_none_or(|right| access.has(right))).collect()
    }

    /// Address of the section.
    pub const fn href(self) -> &'static str {
        match self {
            Section::Beranda => "/beranda",
            Section::HariIni => "/hari-ini",
            Section::Rekap => "/rekap",
            Section::Tpp => "/tpp",
            Section::Cakupan => "/cakupan",
            Section::Terminal => "/terminal",
            Section::Pegawai => "/pegawai/impor",
            Section::Aturan => "/aturan",
            Section::Jadwal => "/jadwal",
            Section::Kalender => "/kalender",
            Section::Akun => "/akun",
            Section::Kartu => "/kartu",
            Section::Log => "/log",
        }
    }

    pub(super) fn item(self, lang: Lang, current: bool) -> MenuItem {
        let t = FrameTexts(lang);
        let (label, icon) = match self {
            Section::Beranda => (t.home(), Icon::Home),
            Section::HariIni => (t.today(), Icon::Clock),
            Section::Rekap => (t.recap(), Icon::Grid),
            Section::Tpp => (t.tpp(), Icon::Money),
            Section::Cakupan => (t.rollout(), Icon::Flag),
            Section::Terminal => (t.terminals(), Icon::Terminal),
            Section::Pegawai => (t.employees(), Icon::People),
            Section::Aturan => (t.rules(), Icon::Book),
            Section::Jadwal => (t.schedules(), Icon::Shifts),
            Section::Kalender => (t.calendar(), Icon::Calendar),
            Section::Akun => (t.accounts(), Icon::Key),
            Section::Kartu => (t.card(), Icon::Person),
            Section::Log => (t.log(), Icon::Lock),
        };
        MenuItem { href: self.href(), label, icon: icon.svg(), current }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::rights::{Grant, Role};
    use jiff::civil::date;

    fn sections(role: Role) -> Vec<Section> {
        let grant = Grant { role, unit: None, from: date(2026, 1, 1), until: None };
        Section::visible(&Access::new(None, vec![grant], date(2026, 11, 2)))
    }

    #[test]
    fn the_menu_follows_the_rights() {
        assert_eq!(
            sections(Role::Pegawai),
            [Section::Beranda, Section::Kalender, Section::Kartu, Section::Log]
        );
        let operator = sections(Role::Sistem);
        assert!(operator.contains(&Section::Terminal));
        assert!(!operator.contains(&Section::Rekap), "machines, not people");
        assert!(!sections(Role::Pimpinan).contains(&Section::Tpp));
        assert_eq!(sections(Role::Bkpsdm), Section::ALL);
    }
}
