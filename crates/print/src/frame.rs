//! What stands around a table: letterhead, signature, basis.

use domain::{
    lang::{self, Lang},
    zone::Zone,
};
use jiff::civil::DateTime;

use crate::legend::LegendEntry;

/// Everything around the table of a printed form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Language of headings and labels.
    pub lang: Lang,
    /// The kop.
    pub letterhead: Letterhead,
    /// The unit the table is about: `Bidang SMP`; empty when it is the whole OPD.
    pub unit: String,
    /// Who signs; `None` leaves the block out.
    pub signature: Option<Signature>,
    /// What the figures rest on (sheet "Dasar").
    pub basis: Basis,
    /// Codes explained on sheet "Keterangan", besides those of [`crate::standard_legend`].
    pub extra_legend: Vec<LegendEntry>,
}

/// The kop of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letterhead {
    /// `Pemerintah Kabupaten Contoh`; printed in capitals.
    pub pemda: String,
    /// `Dinas Pendidikan`; printed in capitals.
    pub opd: String,
    /// Address, telephone, site; usually one line.
    pub address: Vec<String>,
}

/// The signature block, bottom right.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signature {
    /// `Kota Contoh, 1 Desember 2026`.
    pub place_date: String,
    /// `Kepala Dinas Pendidikan`.
    pub title: String,
    /// Name with academic titles.
    pub name: String,
    /// `Pembina Utama Muda`; empty leaves the line out.
    pub rank: String,
    /// 18 digits; empty leaves the line out.
    pub nip: String,
}

/// A wall-clock moment with its zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Wall-clock time in `zone`.
    pub at: DateTime,
    /// WIB, WITA or WIT.
    pub zone: Zone,
}

impl Stamp {
    /// `2 Desember 2026 07.30 WIB`.
    pub fn text(&self, lang: Lang) -> String {
        format!("{} {}", lang::plain_date(self.at.date(), lang), lang::zoned_time(self.at, self.zone))
    }
}

/// Whether the figures may still move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LockState {
    /// The month is open; the form says so on every page.
    Draft,
    /// Closed as the given version.
    Locked {
        /// 1 for the first closing, 2 after a reopening, …
        version: u32,
        /// When.
        at: Stamp,
        /// Who: name and NIP or account.
        by: String,
    },
}

/// What the figures rest on: printed on sheet "Dasar".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// Identifier of the policy: `tpp-contoh`; empty when none applies.
    pub policy_id: String,
    /// Version or date in force.
    pub policy_version: String,
    /// `Perbup Contoh 7/2026`.
    pub legal_basis: String,
    /// Open or closed.
    pub lock: LockState,
    /// Hash of the month's results (hex); empty while the month is open.
    pub hash: String,
    /// Who asked for the file.
    pub printed_by: String,
    /// When.
    pub printed_at: Stamp,
    /// Version of the program: `0.1.0`.
    pub app_version: String,
    /// More lines of label and text, for example the stage of the OPD.
    pub more: Vec<(String, String)>,
}

impl Frame {
    /// The line under a title: unit and period.
    pub(crate) fn subtitle(&self, period: &str) -> String {
        let label = self.lang.pick("Periode", "Period");
        let unit = if self.unit.is_empty() { &self.letterhead.opd } else { &self.unit };
        format!("{}: {unit}     {label}: {period}", self.lang.pick("Unit Kerja", "Unit"))
    }
}
