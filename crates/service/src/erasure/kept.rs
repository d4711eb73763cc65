//! What must be kept: evidence of pay, as long as the archive schedule says.

use domain::month::Month;
use jiff::{Span, civil::Date};
use store::{employee::Person, erasure::Sheet};

use crate::{ServiceError, reference::Reference};

/// A month of which nothing may be erased yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kept {
    /// The month.
    pub month: Month,
    /// Why.
    pub why: Why,
}

/// Why a month is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It was locked with this person in it.
    Locked,
    /// The OPD of the person was in force: TPP was cut by these facts, or will be.
    InForce,
}

/// What decides whether a month is kept.
pub(super) struct Keep<'r> {
    /// Units and their stages.
    pub reference: &'r Reference,
    /// Today, at the seat of the government.
    pub today: Date,
    /// Years after its month for which evidence is kept.
    pub years: u16,
}

impl Keep<'_> {
    /// The months that are kept, oldest first.
    pub(super) fn of(&self, person: &Person, sheets: &[Sheet], months: &[Month]) -> Vec<Kept> {
        let locked = sheets.iter().map(|sheet| Kept { month: sheet.month, why: Why::Locked });
        let in_force = months.iter().filter(|month| self.is_in_force(person, **month));
        let in_force = in_force.map(|month| Kept { month: *month, why: Why::InForce });
        let mut kept: Vec<Kept> = locked.chain(in_force).filter(|kept| self.is_recent(kept.month)).collect();
        kept.sort_unstable();
        kept.dedup_by_key(|kept| kept.month);
        kept
    }

    fn is_recent(&self, month: Month) -> bool {
        month.last().saturating_add(Span::new().years(i64::from(self.years))) >= self.today
    }

    fn is_in_force(&self, person: &Person, month: Month) -> bool {
        month
            .days()
            .any(|day| person.unit(day).is_some_and(|unit| self.reference.stage(unit, day).cuts_apply()))
    }
}

/// The refusal that names the months; `None` when nothing is kept.
pub(super) fn refusal(kept: &[Kept], years: u16) -> Option<ServiceError> {
    let (first, last) = (kept.first()?, kept.last()?);
    let list = |why: Why| {
        let months: Vec<String> =
            kept.iter().filter(|kept| kept.why == why).map(|kept| kept.month.to_string()).collect();
        if months.is_empty() { "-".to_owned() } else { months.join(", ") }
    };
    let free = last.month.last().saturating_add(Span::new().years(i64::from(years)));
    let (locked, in_force) = (list(Why::Locked), list(Why::InForce));
    Some(ServiceError::conflict(
        format!(
            "Belum boleh dihapus: bukti pembayaran TPP disimpan {years} tahun menurut jadwal retensi arsip (JRA); UU 27/2022 Pasal 42 \
             mengakhiri pemrosesan baru setelah masa retensi. Rekap terkunci: {locked}. Bulan saat OPD berlaku: {in_force}. \
             Semuanya (dari {}) bebas setelah {free}.",
            first.month
        ),
        format!(
            "It must be kept: evidence of TPP payments is kept for {years} years by the archive schedule (JRA), and UU 27/2022 \
             article 42 ends processing only when the retention is over. Locked months: {locked}. Months in which the OPD was in \
             force: {in_force}. All of it (from {} on) is free after {free}.",
            first.month
        ),
    ))
}
