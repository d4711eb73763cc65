//! The list of units with their schedules.

use axum::response::Response;
use domain::{month::Month, rights::Right};
use service::{
    reference::{self, Reference},
    work_schedule,
};

use super::{JadwalPage, ScheduleLine, UnitLine};
use crate::{
    pages::layout::Section,
    server::{
        ask::{Ask, page},
        fault::WebError,
    },
};

/// GET /jadwal
pub async fn list(ask: Ask) -> Result<Response, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    let today = ask.today();
    let units = ask.units(&reference, Right::SeePresence).into_iter().map(|unit| {
        let followed = work_schedule::followed(&reference, unit.unit_id, today);
        UnitLine {
            code: unit.code.clone(),
            name: unit.name.clone(),
            schedule: followed.as_ref().map(|f| name_of(&reference, &f.code, today)),
            since: followed.as_ref().map(|f| f.since),
            follows: followed
                .filter(|f| f.from_unit != unit.unit_id)
                .map(|f| reference.units.name(f.from_unit).to_owned()),
        }
    });
    let units = units.collect();
    page(&JadwalPage {
        shell: ask.shell(Some(Section::Jadwal)),
        month: Month::of(today).to_string(),
        schedules: schedules(&reference, today),
        units,
    })
}

/// The schedules that can be assigned on a day.
pub(super) fn schedules(reference: &Reference, day: jiff::civil::Date) -> Vec<ScheduleLine> {
    let codes = reference.schedule_codes().into_iter();
    codes
        .filter_map(|(code, name)| {
            let schedule = reference.schedule(&code, day)?;
            let roster = schedule.kind == domain::schedule::ScheduleKind::Roster;
            Some(ScheduleLine { code, name, basis: schedule.legal_basis.clone(), roster })
        })
        .collect()
}

/// The name of a schedule, or its code when it has none.
pub(super) fn name_of(reference: &Reference, code: &str, day: jiff::civil::Date) -> String {
    match reference.schedule(code, day) {
        Some(schedule) if !schedule.name.is_empty() => schedule.name.clone(),
        _ => code.to_owned(),
    }
}
