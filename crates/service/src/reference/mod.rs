//! What seldom changes and every judgement needs: the tree, stages, calendars, schedules and policies.
//!
//! It is read in a handful of statements and kept in memory; each request asks the database for one number, the
//! epoch, and reads again when it has moved. Whoever changes any of it calls [`moved`] in the same transaction.

mod calendars;
mod load;
mod schedules;
mod units;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use domain::{
    calendar::Calendar,
    dated::Timeline,
    ids::{TenantId, UnitId},
    org::Stage,
    policy::PolicySet,
    schedule::Schedule,
};
use jiff::civil::Date;
use store::{Tx, outage::Outage, setting, tenant::Tenant, tpp_amount::TppAmount};

pub use units::Units;

use crate::{Office, ServiceError};

/// Name of the setting that counts changes.
const EPOCH: &str = "reference_epoch";

/// The reference data of one tenant at one epoch.
#[derive(Debug)]
pub struct Reference {
    /// The regional government.
    pub tenant: Tenant,
    /// The organisation.
    pub units: Units,
    /// Active policies.
    pub policies: PolicySet,
    /// Basic TPP amounts that came with no policy file.
    pub amounts: Vec<TppAmount>,
    /// Declared outages.
    pub outages: Vec<Outage>,
    /// Free settings: kop lines, signatories.
    pub settings: HashMap<String, String>,
    stages: HashMap<UnitId, Timeline<Stage>>,
    calendars: calendars::Calendars,
    schedules: schedules::Schedules,
    epoch: String,
}

impl Reference {
    /// The stages of the OPD that `unit` belongs to; empty when it never had one.
    pub fn stages(&self, unit: UnitId) -> Timeline<Stage> {
        let opd = self.units.opd_of(unit).map(|u| u.unit_id);
        opd.and_then(|opd| self.stages.get(&opd)).cloned().unwrap_or_default()
    }

    /// The stage of the OPD of `unit` on a day; an OPD without a record is in pendataan.
    pub fn stage(&self, unit: UnitId, day: Date) -> Stage {
        self.stages(unit).on(day).copied().unwrap_or(Stage::Pendataan)
    }

    /// The calendar of a unit, all layers merged.
    pub fn calendar(&self, unit: UnitId) -> Arc<Calendar> {
        self.calendars.of(&self.units.path(unit))
    }

    /// The calendar of a unit, or without one the calendar that holds for everybody.
    pub fn calendar_at(&self, unit: Option<UnitId>) -> Arc<Calendar> {
        self.calendars.of(&unit.map(|unit| self.units.path(unit)).unwrap_or_default())
    }

    /// The schedules of somebody who is in `units` and has personal schedules `own` since the given dates.
    pub fn schedule_of(
        &self,
        units: &Timeline<Option<UnitId>>,
        own: &Timeline<Option<String>>,
    ) -> Timeline<Arc<Schedule>> {
        self.schedules.of(&self.units, units, own)
    }

    /// Codes and names of all schedules that can be assigned.
    pub fn schedule_codes(&self) -> Vec<(String, String)> {
        self.schedules.codes()
    }

    /// The codes of the schedules assigned to this very unit, since when.
    pub fn assigned_schedules(&self, unit: UnitId) -> Timeline<String> {
        self.schedules.assigned(unit)
    }

    /// The schedule of a code as it holds on a day.
    pub fn schedule(&self, code: &str, day: Date) -> Option<Arc<Schedule>> {
        self.schedules.version(code, day)
    }

    /// A setting, or an empty text.
    pub fn setting(&self, key: &str) -> &str {
        self.settings.get(key).map_or("", String::as_str)
    }

    /// Name of the regional government.
    pub fn regency(&self) -> &str {
        &self.tenant.name
    }
}

/// Keeps the newest [`Reference`] of each tenant.
#[derive(Debug, Default)]
pub struct ReferenceCache(Mutex<HashMap<TenantId, Arc<Reference>>>);

impl ReferenceCache {
    fn get(&self, tenant: TenantId) -> Option<Arc<Reference>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get(&tenant).cloned()
    }

    fn put(&self, reference: &Arc<Reference>) {
        let mut kept = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        kept.insert(reference.tenant.tenant_id, Arc::clone(reference));
    }
}

/// The reference data as of this transaction: one statement while nothing has changed.
///
/// # Errors
/// When the database cannot be read or holds a schedule or policy that this version cannot.
pub async fn current(office: &Office, tx: &mut Tx) -> Result<Arc<Reference>, ServiceError> {
    let epoch = setting::get(tx, EPOCH).await?.unwrap_or_default();
    if let Some(kept) = office.reference.get(office.tenant).filter(|kept| kept.epoch == epoch) {
        return Ok(kept);
    }
    let fresh = Arc::new(load::all(tx, epoch).await?);
    office.reference.put(&fresh);
    Ok(fresh)
}

/// Says that reference data has changed in this transaction.
///
/// # Errors
/// As every write.
pub async fn moved(office: &Office, tx: &mut Tx, actor: &str) -> Result<(), ServiceError> {
    let mark = hex::encode(office.random::<8>());
    setting::set(tx, EPOCH, &mark, actor, office.now()).await?;
    Ok(())
}

/// Whether a stored marker of an employee stands for "no longer employed".
pub(crate) fn ended(state: Option<&str>) -> bool {
    matches!(state, Some("berhenti" | "pensiun" | "meninggal" | "pindah" | "nonaktif"))
}
