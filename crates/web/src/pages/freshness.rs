//! Up to when the data of a page reaches.

use domain::lang;
use service::month::MonthSheet;

use crate::{pages::layout::Freshness, server::ask::Ask};

/// How fresh the data is, and which terminals are silent.
pub(crate) fn freshness(ask: &Ask, sheet: &MonthSheet) -> Option<Freshness> {
    let zone = sheet.unit.map_or(sheet.reference.units.home_zone(), |u| sheet.reference.units.zone_of(u));
    let until = sheet.data_until.map(|at| lang::zoned_time(zone.local(at), zone))?;
    let silent = &sheet.silent_terminals;
    let missing = (!silent.is_empty()).then(|| match ask.lang {
        lang::Lang::Id => format!("Belum ada kabar dari {}.", silent.join(", ")),
        lang::Lang::En => format!("Nothing heard from {}.", silent.join(", ")),
    });
    Some(Freshness { until, missing })
}
