//! Writing an import: everything in one transaction, under one import id.

use domain::{
    ids::{DeviceGroupId, ImportId, UnitId},
    lang::Lang,
    nip::{EmployeeNumber, Sex},
    person_name::PersonName,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{
    Tx,
    employee::{self, Attribute, Employee, NumberKind},
    employee_import::{PinBatch, assign_pins},
    import::{self, FileImport},
    org,
    pin_map::PinOwner,
    terminal::{self, Group},
};

use super::{
    facts::{Facts, Field},
    new_units,
    plan::Plan,
    run::{self, ATTRIBUTES, Preview, Request},
};
use crate::{
    Office, ServiceError,
    audit::{self, Action, Subject},
    progress::{Progress, Report},
    reference,
};

/// From so many new people on, the database counts its tables anew before the import ends.
const MANY: usize = 1_000;

/// The kind under which imports of employees are registered.
pub const KIND: &str = "employees";

/// People whose facts are written between two reports of progress.
const STEP: usize = 5_000;

/// What an import did.
#[derive(Debug, Clone)]
pub struct Applied {
    /// Its id, for [`super::undo::undo`].
    pub import_id: ImportId,
    /// The file and the plan that was carried out.
    pub preview: Preview,
}

/// What the register remembers of an import.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The day from which the values hold.
    pub effective: Date,
    /// New people.
    pub added: usize,
    /// People with changes.
    pub changed: usize,
    /// People without a change.
    pub same: usize,
    /// People who were not in the file.
    pub missing: usize,
    /// Rows refused.
    pub refused: usize,
    /// Units made, parents first.
    pub units: Vec<UnitId>,
    /// PINs given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pins: Option<PinSummary>,
}

/// What the register remembers of the PINs of an import.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PinSummary {
    /// Group of terminals.
    pub group: DeviceGroupId,
    /// How many.
    pub given: usize,
    /// The owners that were ended by it: PIN, first day, instant of recording (microseconds), person, last day.
    pub ended: Vec<EndedOwner>,
}

/// An owner of a PIN that an import has ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EndedOwner {
    pin: String,
    valid_from: Date,
    recorded_at: Timestamp,
    employee: domain::ids::EmployeeId,
    valid_until: Option<Date>,
    actor: String,
}

impl EndedOwner {
    fn of(owner: PinOwner) -> Self {
        let PinOwner { pin, valid_from, recorded_at, employee_id, valid_until, actor, .. } = owner;
        Self { pin, valid_from, recorded_at, employee: employee_id, valid_until, actor }
    }

    pub(super) fn restored(self, group_id: DeviceGroupId) -> PinOwner {
        let Self { pin, valid_from, recorded_at, employee, valid_until, actor } = self;
        PinOwner { group_id, pin, valid_from, recorded_at, employee_id: employee, valid_until, actor }
    }
}

/// Imports a file. It is read and compared again inside the transaction that writes, so that nothing which changed since
/// the dry run is overwritten unseen.
///
/// # Errors
/// As [`run::dry_run`]; [`crate::Fault::Invalid`] when rows are refused and the request wants all or nothing. Whenever
/// this fails nothing was written.
pub async fn apply(
    office: &Office,
    request: &Request<'_>,
    report: Report<'_>,
) -> Result<Applied, ServiceError> {
    let sheet = run::read(request)?;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let preview = run::compare(office, &mut tx, sheet, request, report).await?;
    let refused = preview.plan.refused_rows.len();
    if request.all_or_nothing && refused > 0 {
        return Err(ServiceError::invalid(
            format!("{refused} baris salah; tidak ada yang diimpor. Perbaiki dahulu, lalu ulangi."),
            format!("{refused} rows are wrong; nothing was imported. Correct them and try again."),
        ));
    }
    let now = office.now();
    let mut writing = Writing { office, tx, request, now, import_id: office.id(ImportId::new), report };
    writing.write(&preview).await?;
    if preview.plan.added.len() >= MANY {
        store::employee_import::refresh_statistics(&mut writing.tx).await?;
    }
    let import_id = writing.import_id;
    writing.tx.commit().await?;
    Ok(Applied { import_id, preview })
}

struct Writing<'a> {
    office: &'a Office,
    tx: Tx,
    request: &'a Request<'a>,
    now: Timestamp,
    import_id: ImportId,
    report: Report<'a>,
}

impl Writing<'_> {
    async fn write(&mut self, preview: &Preview) -> Result<(), ServiceError> {
        let plan = &preview.plan;
        let mut summary = Summary {
            effective: self.request.effective,
            added: plan.added.len(),
            changed: plan.changed.len(),
            same: plan.same,
            missing: plan.missing.len(),
            refused: plan.refused_rows.len(),
            units: plan.new_units.iter().map(|unit| unit.id).collect(),
            pins: None,
        };
        self.register(&summary).await?;
        if !plan.new_units.is_empty() {
            let known = org::tree(&mut self.tx).await?;
            let units = new_units::stored(&plan.new_units, &known, self.now);
            org::put(&mut self.tx, &units).await?;
        }
        self.people(plan).await?;
        self.facts(plan).await?;
        if let Some(pins) = self.pins(plan, preview.group).await? {
            summary.pins = Some(pins);
            let stored = serde_json::to_value(&summary).map_err(ServiceError::internal)?;
            import::set_summary(&mut self.tx, self.import_id, &stored).await?;
        }
        self.announce(&summary).await
    }

    /// Tells the register who imported what, and other processes that units may be new.
    async fn announce(&mut self, summary: &Summary) -> Result<(), ServiceError> {
        let detail = serde_json::json!({
            "file": self.request.file_name,
            "effective": summary.effective,
            "added": summary.added,
            "changed": summary.changed,
            "refused": summary.refused,
        });
        let about = Subject::new("import", self.import_id);
        let actor = self.request.actor;
        audit::write(self.office, &mut self.tx, actor, Action::ImportEmployees, about, detail).await?;
        if !summary.units.is_empty() {
            reference::moved(self.office, &mut self.tx, actor).await?;
        }
        Ok(())
    }

    async fn register(&mut self, summary: &Summary) -> Result<(), ServiceError> {
        let file = FileImport {
            import_id: self.import_id,
            kind: KIND.to_owned(),
            file_name: self.request.file_name.to_owned(),
            sha256: hex::encode(Sha256::digest(self.request.bytes)),
            actor: self.request.actor.to_owned(),
            imported_at: self.now,
            summary: serde_json::to_value(summary).map_err(ServiceError::internal)?,
            undone_at: None,
            undone_by: None,
        };
        Ok(import::add(&mut self.tx, &file).await?)
    }

    async fn people(&mut self, plan: &Plan) -> Result<(), ServiceError> {
        let now = self.now;
        let import_id = Some(self.import_id);
        let row = |id, number: EmployeeNumber, name: &PersonName| Employee {
            employee_id: id,
            name: name.name.clone(),
            front_title: name.front.clone(),
            back_title: name.back.clone(),
            birth_date: Some(number.birth_date()),
            sex: Some(if number.sex() == Sex::Male { "L" } else { "P" }.to_owned()),
            created_at: now,
            import_id,
        };
        for part in plan.added.chunks(STEP) {
            let people: Vec<Employee> = part.iter().map(|new| row(new.id, new.number, &new.name)).collect();
            employee::add(&mut self.tx, &people).await?;
            let numbers: Vec<employee::EmployeeNumber> = part
                .iter()
                .map(|new| employee::EmployeeNumber {
                    employee_id: new.id,
                    number: new.number.as_str().to_owned(),
                    kind: match new.number {
                        EmployeeNumber::Nip(_) => NumberKind::Nip,
                        EmployeeNumber::NiPppk(_) => NumberKind::NiPppk,
                    },
                    valid_from: self.request.effective,
                    valid_until: None,
                    recorded_at: now,
                    import_id,
                })
                .collect();
            employee::add_numbers(&mut self.tx, &numbers).await?;
        }
        let renamed: Vec<Employee> = plan
            .changed
            .iter()
            .filter_map(|known| Some(row(known.id, known.number, known.new_name.as_ref()?)))
            .collect();
        if !renamed.is_empty() {
            employee::change(&mut self.tx, &renamed, import_id).await?;
        }
        Ok(())
    }

    async fn facts(&mut self, plan: &Plan) -> Result<(), ServiceError> {
        let total = (plan.added.len() + plan.changed.len()) as u64;
        let mut done = 0;
        for part in plan.added.chunks(STEP) {
            self.progress(done, total);
            let facts = part.iter().flat_map(|new| stored_facts(&new.facts).map(|(a, v)| (new.id, a, v)));
            let facts: Vec<Attribute> = facts.map(|(id, a, v)| self.fact(id, a, v)).collect();
            employee::add_attributes(&mut self.tx, &facts).await?;
            done += part.len() as u64;
        }
        for part in plan.changed.chunks(STEP) {
            self.progress(done, total);
            let mut facts = Vec::new();
            for known in part {
                for change in &known.changes {
                    let attribute = ATTRIBUTES.iter().find(|(field, _)| *field == change.field);
                    facts.extend(attribute.map(|(_, name)| self.fact(known.id, name, &change.to)));
                }
            }
            employee::add_attributes(&mut self.tx, &facts).await?;
            done += part.len() as u64;
        }
        self.progress(done, total);
        Ok(())
    }

    fn progress(&self, done: u64, total: u64) {
        (self.report)(Progress { id: "Menyimpan pegawai", en: "Saving people", done, total });
    }

    fn fact(&self, employee_id: domain::ids::EmployeeId, attribute: &str, value: &str) -> Attribute {
        Attribute {
            employee_id,
            attribute: attribute.to_owned(),
            valid_from: self.request.effective,
            recorded_at: self.now,
            value: Some(value.to_owned()),
            source: format!("{} {}", Lang::Id.pick("impor", "import"), self.request.file_name),
            actor: self.request.actor.to_owned(),
            import_id: Some(self.import_id),
        }
    }

    async fn pins(
        &mut self,
        plan: &Plan,
        group: Option<DeviceGroupId>,
    ) -> Result<Option<PinSummary>, ServiceError> {
        let mut pins: Vec<(String, domain::ids::EmployeeId)> =
            plan.added.iter().filter_map(|new| Some((new.facts[Field::Pin].clone()?, new.id))).collect();
        for known in &plan.changed {
            let change = known.changes.iter().find(|change| change.field == Field::Pin);
            pins.extend(change.map(|change| (change.to.clone(), known.id)));
        }
        if pins.is_empty() {
            return Ok(None);
        }
        let group = match group {
            Some(group) => group,
            None => self.first_group().await?,
        };
        let batch = batch(group, self.request.effective, self.now, self.request.actor);
        let ended = assign_pins(&mut self.tx, &batch, &pins).await?;
        let ended = ended.into_iter().map(EndedOwner::of).collect();
        Ok(Some(PinSummary { group, given: pins.len(), ended }))
    }

    /// Before the first terminal there is no group; the PINs of the file go to one that all terminals can share.
    async fn first_group(&mut self) -> Result<DeviceGroupId, ServiceError> {
        let group_id = self.office.id(DeviceGroupId::new);
        let (code, name) = ("UTAMA".to_owned(), "Semua mesin".to_owned());
        terminal::put_groups(&mut self.tx, &[Group { group_id, code, name, created_at: self.now }]).await?;
        Ok(group_id)
    }
}

fn stored_facts(facts: &Facts) -> impl Iterator<Item = (&'static str, &str)> {
    ATTRIBUTES.into_iter().filter_map(|(field, name)| Some((name, facts[field].as_deref()?)))
}

pub(super) fn batch(group: DeviceGroupId, since: Date, recorded_at: Timestamp, actor: &str) -> PinBatch {
    PinBatch { group, since, recorded_at, actor: actor.to_owned() }
}
