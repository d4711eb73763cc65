//! The people, their dated facts, their leaves and the shifts of the hospital.

use domain::{
    ids::{EmployeeId, StatusId},
    month::Month,
    status::StatusCode,
};
use jiff::{
    ToSpan,
    civil::{Date, date},
};
use sim::population::{
    Person, away,
    regency::{OPDS, OpdKind},
};
use store::{
    employee::{self, Attribute, Employee, EmployeeNumber, NumberKind, names},
    roster::{self, RosterEntry},
    status::{self, PersonStatus},
};

use super::{
    Stage,
    organisation::{UnitIds, part_code},
};

/// Hospital staff turn morning, morning, late, late, night, off after night, off.
const TURN: [&str; 7] = ["P", "P", "S", "S", "M", "LJ", "L"];

pub(super) async fn seed(stage: &Stage, units: &UnitIds) -> anyhow::Result<Vec<EmployeeId>> {
    let office = &stage.office;
    let people = &stage.population.people;
    let ids: Vec<EmployeeId> = people.iter().map(|_| office.id(EmployeeId::new)).collect();
    let pairs = || people.iter().zip(&ids);
    let rows: Vec<Employee> = pairs().map(|(p, id)| master(stage, p, *id)).collect();
    let numbers: Vec<EmployeeNumber> = pairs().map(|(p, id)| number(stage, p, *id)).collect();
    let attributes: Vec<Attribute> =
        pairs().flat_map(|(p, id)| attributes(stage, p, *id, &ids, units)).collect();
    let mut tx = office.db.begin_write(office.tenant).await?;
    employee::add(&mut tx, &rows).await?;
    employee::add_numbers(&mut tx, &numbers).await?;
    employee::add_attributes(&mut tx, &attributes).await?;
    for month in [stage.last_month(), Month::of(stage.today)] {
        status::add(&mut tx, &statuses(stage, &ids, month)).await?;
        roster::add(&mut tx, &shifts(stage, &ids, month)).await?;
    }
    tx.commit().await?;
    Ok(ids)
}

fn master(stage: &Stage, person: &Person, id: EmployeeId) -> Employee {
    Employee {
        employee_id: id,
        name: person.name.clone(),
        front_title: String::new(),
        back_title: person.back_title.to_owned(),
        birth_date: Some(person.birth),
        sex: Some(if person.female { "P" } else { "L" }.to_owned()),
        created_at: stage.office.now(),
        import_id: None,
    }
}

fn number(stage: &Stage, person: &Person, id: EmployeeId) -> EmployeeNumber {
    EmployeeNumber {
        employee_id: id,
        number: person.number.clone(),
        kind: if &person.number[12..14] <= "12" { NumberKind::Nip } else { NumberKind::NiPppk },
        valid_from: date(2024, 1, 1),
        valid_until: None,
        recorded_at: stage.office.now(),
        import_id: None,
    }
}

fn attributes(
    stage: &Stage,
    person: &Person,
    id: EmployeeId,
    ids: &[EmployeeId],
    units: &UnitIds,
) -> Vec<Attribute> {
    let opd = &OPDS[person.opd];
    let unit =
        person.part.filter(|_| person.superior.is_some()).map_or(opd.code.to_owned(), |p| part_code(opd, p));
    let mut facts = vec![
        (names::KIND, person.kind.code().to_owned()),
        (names::GOLONGAN, person.golongan.to_owned()),
        (names::JABATAN, person.jabatan.clone()),
        (names::JENIS_JABATAN, person.jenis_jabatan.to_owned()),
        (names::KELAS, person.kelas.to_string()),
        (names::UNIT, units[&unit].to_string()),
    ];
    if !person.eselon.is_empty() {
        facts.push((names::ESELON, person.eselon.to_owned()));
    }
    if let Some(superior) = person.superior {
        facts.push((names::SUPERIOR, ids[superior].to_string()));
    }
    facts
        .into_iter()
        .map(|(attribute, value)| Attribute {
            employee_id: id,
            attribute: attribute.to_owned(),
            valid_from: date(2025, 1, 1),
            recorded_at: stage.office.now(),
            value: Some(value),
            source: "demo".into(),
            actor: "demo".into(),
            import_id: None,
        })
        .collect()
}

fn statuses(stage: &Stage, ids: &[EmployeeId], month: Month) -> Vec<PersonStatus> {
    let seed = stage.population.seed;
    let gone = ids.iter().enumerate().filter_map(|(i, id)| Some((id, away(seed, i, month.first())?)));
    gone.enumerate()
        .map(|(n, (id, away))| PersonStatus {
            status_id: stage.office.id(StatusId::new),
            employee_id: *id,
            first_day: away.first,
            last_day: away.last,
            code: StatusCode(away.code.to_owned()),
            part: domain::day::DayPart::Full,
            with_letter: n % 4 != 0 || away.code != "S",
            document: format!("800/{:03}/{}", n + 1, month.year()),
            note: "rekaan".into(),
            actor: "demo".into(),
            recorded_at: stage.office.now(),
            import_id: None,
            approved_at: None,
            approved_by: None,
        })
        .collect()
}

/// The shift of a hospital person on a day; `None` for everybody else.
pub(super) fn shift_of(person: &Person, index: usize, day: Date) -> Option<&'static str> {
    let rostered = OPDS[person.opd].kind == OpdKind::Hospital
        && matches!(person.part, Some(1 | 2))
        && person.superior.is_some();
    let since = date(2024, 1, 1).until(day).map_or(0, |span| span.get_days());
    let place = (usize::try_from(since).unwrap_or(0) + index * 3) % TURN.len();
    rostered.then_some(TURN[place])
}

fn shifts(stage: &Stage, ids: &[EmployeeId], month: Month) -> Vec<RosterEntry> {
    let from = month.first().saturating_sub(3.days());
    let days = || from.series(1.day()).take_while(|d| *d <= month.last());
    let people = stage.population.people.iter().zip(ids).enumerate();
    people
        .flat_map(|(i, (person, id))| {
            days().filter_map(move |day| Some((*id, day, shift_of(person, i, day)?)))
        })
        .map(|(employee_id, day, shift)| RosterEntry {
            employee_id,
            day,
            recorded_at: stage.office.now(),
            shift: shift.to_owned(),
            actor: "demo".into(),
            import_id: None,
        })
        .collect()
}
