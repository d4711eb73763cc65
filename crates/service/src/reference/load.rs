//! Reading the reference data from the database.

use std::{collections::HashMap, sync::Arc};

use domain::{
    calendar::{Holiday, Layer, Level, Period, Withdrawal},
    dated::Timeline,
    document::Format,
    ids::UnitId,
    policy::{Policy, PolicySet},
    schedule::{Schedule, builtin},
};
use jiff::{Timestamp, civil::Date};
use store::{
    Tx,
    calendar::{DayRule, HolidayRow, PeriodRow},
    org, outage, policy, schedule, setting, tenant, tpp_amount,
};

use super::{Reference, Units, calendars::Calendars, schedules::Schedules};
use crate::ServiceError;

pub(super) async fn all(tx: &mut Tx, epoch: String) -> Result<Reference, ServiceError> {
    let tenant = tenant::own(tx).await?;
    let units = Units::new(org::tree(tx).await?, tenant.zone);
    let mut stages = HashMap::new();
    for record in org::stages(tx).await? {
        stages.entry(record.unit_id).or_insert_with(Timeline::default).set(record.since, record.stage);
    }
    let days = store::calendar::days(tx, Date::MIN, Date::MAX).await?;
    let periods = store::calendar::periods(tx, Date::MIN, Date::MAX).await?;
    Ok(Reference {
        units,
        stages,
        calendars: layers(days, periods),
        schedules: schedules(tx).await?,
        policies: policies(tx).await?,
        amounts: tpp_amount::until(tx, Date::MAX).await?,
        outages: outage::between(tx, Timestamp::MIN, Timestamp::MAX).await?,
        settings: setting::all(tx).await?.into_iter().collect(),
        tenant,
        epoch,
    })
}

/// The rows as layers; those of the country amend the national layer that ships.
fn layers(days: Vec<HolidayRow>, periods: Vec<PeriodRow>) -> Calendars {
    let mut wide: Vec<Layer> =
        [Level::National, Level::Province, Level::Regency].map(|level| Layer::empty(level, "")).into();
    let mut of_unit: HashMap<UnitId, Layer> = HashMap::new();
    let mut layer = |level: Level, unit: Option<UnitId>, change: &dyn Fn(&mut Layer)| match unit {
        Some(unit) => change(of_unit.entry(unit).or_insert_with(|| Layer::empty(Level::Unit, ""))),
        None => {
            if let Some(layer) = wide.iter_mut().find(|l| l.level == level) {
                change(layer);
            }
        }
    };
    for row in &days {
        layer(row.layer, row.unit_id, &|layer| match row.kind {
            DayRule::Free(kind) => layer.days.push(Holiday {
                date: row.day,
                kind,
                name: row.name.clone(),
                certainty: domain::calendar::Certainty::High,
            }),
            DayRule::Withdrawn => {
                layer.withdrawals.push(Withdrawal { date: row.day, reason: row.name.clone() });
            }
        });
    }
    for row in &periods {
        layer(row.layer, row.unit_id, &|layer| {
            layer.periods.push(Period { name: row.kind.clone(), from: row.first_day, until: row.last_day });
        });
    }
    Calendars::new(wide, of_unit)
}

/// The schedules that ship, overruled by those of the tenant.
async fn schedules(tx: &mut Tx) -> Result<Schedules, ServiceError> {
    let mut by_code: HashMap<String, Timeline<Arc<Schedule>>> = HashMap::new();
    for code in builtin::codes() {
        if let Some(schedule) = builtin::get(code) {
            by_code.insert(code.to_owned(), Timeline::always(Arc::new(schedule)));
        }
    }
    for row in schedule::all(tx).await? {
        let read = Schedule::read(&row.spec, Format::guess(&row.spec))
            .map_err(|problems| ServiceError::internal(format!("schedule {}: {problems:?}", row.code)))?;
        by_code.entry(row.code).or_default().set(row.valid_from, Arc::new(read));
    }
    let mut of_unit: HashMap<UnitId, Timeline<String>> = HashMap::new();
    for row in schedule::of_units(tx).await? {
        of_unit.entry(row.unit_id).or_default().set(row.valid_from, row.schedule_code);
    }
    Ok(Schedules::new(by_code, of_unit))
}

/// All active policies. They were checked when they were activated, so a problem here is a fault of ours.
async fn policies(tx: &mut Tx) -> Result<PolicySet, ServiceError> {
    let mut active = Vec::new();
    for row in policy::all(tx).await? {
        if row.activated_at.is_none() || row.withdrawn_at.is_some() {
            continue;
        }
        let checked = Policy::parse(&row.text).map_err(|problems| {
            ServiceError::internal(format!("policy {} {}: {problems:?}", row.policy_id, row.version))
        })?;
        active.push(checked.policy);
    }
    PolicySet::new(active)
        .map_err(|problems| ServiceError::internal(format!("active policies: {problems:?}")))
}
