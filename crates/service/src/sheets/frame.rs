//! What stands around every sheet: kop, signature, basis.

use domain::{
    lang::{self, Lang},
    zone::Zone,
};
use jiff::civil::DateTime;
use print::{Basis, Frame, Letterhead, LockState, Signature, Stamp};

use crate::month::MonthSheet;

/// For whom and in which language a sheet is made.
#[derive(Debug, Clone, Copy)]
pub struct For<'a> {
    /// Language of the headings.
    pub lang: Lang,
    /// Who asked for it.
    pub by: &'a str,
}

pub(super) fn of(sheet: &MonthSheet, wanted: &For<'_>) -> Frame {
    let reference = &sheet.reference;
    let unit = sheet.unit.and_then(|u| reference.units.get(u));
    let opd = sheet.unit.and_then(|u| reference.units.opd_of(u)).or(unit);
    let whole = opd.map(|o| o.unit_id) == sheet.unit;
    Frame {
        lang: wanted.lang,
        letterhead: Letterhead {
            pemda: reference.regency().to_owned(),
            opd: opd.map(|o| o.name.clone()).unwrap_or_default(),
            address: opd.map(|o| o.address.clone()).into_iter().filter(|a| !a.is_empty()).collect(),
        },
        unit: if whole { String::new() } else { unit.map(|u| u.name.clone()).unwrap_or_default() },
        signature: signature(sheet, wanted.lang),
        basis: basis(sheet, wanted),
        extra_legend: Vec::new(),
    }
}

/// Nothing around the table; for tables of figures that are known without the organisation.
pub(super) fn plain(wanted: &For<'_>) -> Frame {
    Frame {
        lang: wanted.lang,
        letterhead: Letterhead::default(),
        unit: String::new(),
        signature: None,
        basis: Basis {
            policy_id: String::new(),
            policy_version: String::new(),
            legal_basis: String::new(),
            lock: LockState::Draft,
            hash: String::new(),
            printed_by: wanted.by.to_owned(),
            printed_at: Stamp { at: DateTime::MIN, zone: Zone::Wib },
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
            more: Vec::new(),
        },
        extra_legend: Vec::new(),
    }
}

/// The head of the OPD signs: whoever has no superior inside it.
fn signature(sheet: &MonthSheet, lang: Lang) -> Option<Signature> {
    let opd = sheet.unit.and_then(|u| sheet.reference.units.opd_of(u))?;
    let head = sheet.people.iter().find(|p| p.unit == Some(opd.unit_id) && !p.eselon.is_empty());
    let place = sheet.reference.setting("kota");
    let date = lang::plain_date(sheet.today.max(sheet.until), lang);
    Some(Signature {
        place_date: if place.is_empty() { date } else { format!("{place}, {date}") },
        title: if opd.head_title.is_empty() {
            format!("Pimpinan {}", opd.name)
        } else {
            opd.head_title.clone()
        },
        name: head.map(|h| h.name.clone()).unwrap_or_default(),
        rank: head
            .and_then(|h| h.golongan.parse::<domain::golongan::Golongan>().ok())
            .and_then(|g| g.pangkat())
            .unwrap_or_default()
            .to_owned(),
        nip: head.map(|h| h.number.clone()).unwrap_or_default(),
    })
}

fn basis(sheet: &MonthSheet, wanted: &For<'_>) -> Basis {
    let stamp = sheet.people.iter().find_map(|p| p.tpp.as_ref()).map(|t| &t.policy);
    let zone = zone(sheet);
    Basis {
        policy_id: stamp.map(|p| p.id.to_string()).unwrap_or_default(),
        policy_version: stamp.map(|p| p.version.to_string()).unwrap_or_default(),
        legal_basis: stamp.map(|p| p.legal_basis.to_string()).unwrap_or_default(),
        lock: lock_state(sheet),
        hash: sheet
            .close
            .as_ref()
            .filter(|_| sheet.is_locked())
            .map(|c| c.digest.clone())
            .unwrap_or_default(),
        printed_by: wanted.by.to_owned(),
        printed_at: Stamp { at: zone.local(sheet.as_of), zone },
        app_version: env!("CARGO_PKG_VERSION").to_owned(),
        more: Vec::new(),
    }
}

fn zone(sheet: &MonthSheet) -> Zone {
    sheet.unit.map_or(sheet.reference.units.home_zone(), |u| sheet.reference.units.zone_of(u))
}

pub(super) fn lock_state(sheet: &MonthSheet) -> LockState {
    let zone = zone(sheet);
    match sheet.close.as_ref().filter(|_| sheet.is_locked()) {
        None => LockState::Draft,
        Some(close) => LockState::Locked {
            version: u32::try_from(close.version).unwrap_or(1),
            at: Stamp { at: zone.local(close.at), zone },
            by: close.actor.clone(),
        },
    }
}
