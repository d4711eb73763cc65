//! From bytes to a plan against the database: what both the dry run and the import itself begin with.

use domain::ids::{DeviceGroupId, EmployeeId};
use jiff::civil::Date;
use store::{
    Tx,
    employee::{self, names},
    org, pin_map, terminal,
};

use super::{
    current::{Current, Person, Unit},
    facts::{Facts, Field},
    heading::Column,
    plan::{Expected, Options, Plan, plan},
    sheet::{self, Sheet},
    units::NewUnits,
};
use crate::{
    Office, ServiceError,
    progress::{Progress, Report},
    reference,
};

/// What to import and how.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// Name of the file as it came.
    pub file_name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// The day from which the values hold.
    pub effective: Date,
    /// What to do about unknown units.
    pub new_units: NewUnits,
    /// Who is reported as missing when not in the file.
    pub expected: Expected,
    /// Group of terminals whose PINs the file holds; `None` if there is at most one.
    pub device_group: Option<DeviceGroupId>,
    /// Whether one refused row refuses the whole file.
    pub all_or_nothing: bool,
    /// Who imports: an account id, or `cli`.
    pub actor: &'a str,
}

impl<'a> Request<'a> {
    /// A request with the usual choices: unknown units are made, refused rows are left out.
    pub fn new(file_name: &'a str, bytes: &'a [u8], effective: Date, actor: &'a str) -> Self {
        let (new_units, expected) = (NewUnits::default(), Expected::default());
        let (device_group, all_or_nothing) = (None, false);
        Self { file_name, bytes, effective, new_units, expected, device_group, all_or_nothing, actor }
    }
}

/// A file that was read and compared.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The file.
    pub sheet: Sheet,
    /// What importing it would do.
    pub plan: Plan,
    /// The group its PINs belong to; `None` if it has no PINs, or no group exists yet.
    pub group: Option<DeviceGroupId>,
}

/// Says what importing a file would do, and changes nothing.
///
/// # Errors
/// [`crate::Fault::Invalid`] when the file cannot be read, or has PINs and it is not clear for which terminals.
pub async fn dry_run(
    office: &Office,
    request: &Request<'_>,
    report: Report<'_>,
) -> Result<Preview, ServiceError> {
    let sheet = read(request)?;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let preview = compare(office, &mut tx, sheet, request, report).await?;
    tx.rollback().await?;
    Ok(preview)
}

pub(super) fn read(request: &Request<'_>) -> Result<Sheet, ServiceError> {
    sheet::read(request.bytes).map_err(|error| {
        let (id, en) = (error.sentence(domain::lang::Lang::Id), error.sentence(domain::lang::Lang::En));
        ServiceError::invalid(id, en)
    })
}

pub(super) async fn compare(
    office: &Office,
    tx: &mut Tx,
    sheet: Sheet,
    request: &Request<'_>,
    report: Report<'_>,
) -> Result<Preview, ServiceError> {
    report(Progress { id: "Membaca data yang ada", en: "Reading what is known", done: 0, total: 0 });
    let group = match sheet.headings.has(Column::Pin) {
        true => device_group(tx, request.device_group).await?,
        false => None,
    };
    let current = current(tx, request.effective, group).await?;
    let options =
        Options { effective: request.effective, new_units: request.new_units, expected: request.expected };
    let mut new_id = || office.id(EmployeeId::new).0;
    let plan = plan(&sheet, &current, &options, &mut new_id, report);
    Ok(Preview { sheet, plan, group })
}

/// The group that PINs belong to: the chosen one, or the only one.
async fn device_group(
    tx: &mut Tx,
    chosen: Option<DeviceGroupId>,
) -> Result<Option<DeviceGroupId>, ServiceError> {
    let groups = terminal::groups(tx).await?;
    match (chosen, groups.as_slice()) {
        (Some(chosen), groups) if groups.iter().any(|group| group.group_id == chosen) => Ok(Some(chosen)),
        (Some(_), _) => Err(ServiceError::not_found(
            "Kelompok mesin yang dipilih tidak ada.",
            "The chosen group of terminals does not exist.",
        )),
        (None, []) => Ok(None),
        (None, [only]) => Ok(Some(only.group_id)),
        (None, _) => Err(ServiceError::invalid(
            "Berkas memuat PIN, padahal ada beberapa kelompok mesin. Pilih kelompok mesin yang memakai PIN ini.",
            "The file holds PINs, but there are several groups of terminals. Choose the group these PINs belong to.",
        )),
    }
}

/// What is known on `day`.
async fn current(tx: &mut Tx, day: Date, group: Option<DeviceGroupId>) -> Result<Current, ServiceError> {
    let tree = org::tree(tx).await?;
    let open = tree.into_iter().filter(|unit| unit.closed_on.is_none_or(|closed| closed > day));
    let units = open
        .map(|unit| Unit {
            id: unit.unit_id,
            parent: unit.parent_id,
            code: Some(unit.code),
            name: unit.name,
            is_opd: unit.is_opd,
        })
        .collect();
    let mut people: Vec<Person> = Vec::new();
    for known in employee::load(tx, store::Scope::Everyone, day, day).await? {
        let Some(number) = known.number(day) else { continue };
        let mut facts = Facts::default();
        for (field, attribute) in ATTRIBUTES {
            facts[field] = known.value(attribute, day).map(str::to_owned);
        }
        let number = number.to_owned();
        let in_service = !reference::ended(known.value(names::POSITION_STATE, day));
        let e = known.employee;
        let name = domain::person_name::PersonName { name: e.name, front: e.front_title, back: e.back_title };
        people.push(Person { id: e.employee_id, number, name, facts, in_service });
    }
    if let Some(group) = group {
        let mut pins = std::collections::HashMap::new();
        for owner in pin_map::all(tx).await? {
            let holds = owner.valid_from <= day && owner.valid_until.is_none_or(|until| day <= until);
            if owner.group_id == group && holds {
                pins.insert(owner.employee_id, owner.pin);
            }
        }
        for person in &mut people {
            person.facts[Field::Pin] = pins.remove(&person.id);
        }
    }
    let schedules = super::schedules::codes(tx).await?;
    Ok(Current { people, units, schedules })
}

/// The attribute under which each field is stored; PINs are stored elsewhere.
pub(super) const ATTRIBUTES: [(Field, &str); 10] = [
    (Field::Kind, names::KIND),
    (Field::Golongan, names::GOLONGAN),
    (Field::Jabatan, names::JABATAN),
    (Field::JabatanKind, names::JENIS_JABATAN),
    (Field::Eselon, names::ESELON),
    (Field::Class, names::KELAS),
    (Field::Unit, names::UNIT),
    (Field::Superior, names::SUPERIOR),
    (Field::Schedule, names::SCHEDULE),
    (Field::Tpp, names::TPP),
];
