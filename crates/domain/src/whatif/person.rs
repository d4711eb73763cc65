//! One person of a judge file: days and TPP.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{
    file::{Person, ScheduleUse, StatusEntry},
    fill,
    output::{DayOutput, PersonOutput},
    setup::Setup,
};
use crate::{
    dated::Timeline,
    day::{DayResult, PersonFacts, StatusFact, judge_range},
    document::Problem,
    month::Month,
    policy::{EventDuty, InputValue, Period, PersonMonth, TppResult, Who, evaluate},
    recap::Totals,
    schedule::{DayPlan, Schedule},
    status,
};

/// Judges one person; `path` is where the person stands in the file.
pub(super) fn judge(
    person: &Person,
    setup: &Setup<'_>,
    warnings: &mut Vec<Problem>,
    path: &str,
) -> Result<PersonOutput, Vec<Problem>> {
    let mut problems = Vec::new();
    let schedules = schedules(person, setup, path, &mut problems);
    let statuses = statuses(person, path, &mut problems, warnings);
    let money = Money::read(person, path, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let own = person.punches.to_punches(setup.file.zone);
    let gaps: Vec<_> = setup.file.gaps.iter().chain(&person.gaps).cloned().collect();
    let offset = Timeline::always(person.cycle_offset);
    let facts = PersonFacts {
        employed_from: person.employed_from,
        employed_until: person.employed_until,
        schedules: &schedules,
        roster: &person.roster,
        cycle_offset: &offset,
        calendar: &setup.calendar,
        punches: &own,
        statuses: &statuses,
        gaps: &gaps,
        as_of: setup.as_of,
    };
    let dates = setup.range.from.series(jiff::Span::new().days(1)).take_while(|d| *d <= setup.range.until);
    let invented = fill::invented(person, &facts, dates);
    let punches: Vec<_> = own.iter().cloned().chain(invented).collect();
    let facts = PersonFacts { punches: &punches, ..facts };
    let days = judge_range(&facts, setup.range.from, setup.range.until);
    let tpp = setup.range.months().map(|month| pay(person, setup, &facts, &money, month, &days)).collect();
    Ok(PersonOutput {
        id: person.id.clone(),
        name: person.name.clone(),
        totals: Totals::of(&days),
        days: days.into_iter().map(DayOutput::of).collect(),
        tpp,
    })
}

fn schedules(
    person: &Person,
    setup: &Setup<'_>,
    path: &str,
    problems: &mut Vec<Problem>,
) -> Timeline<Arc<Schedule>> {
    let mut timeline = Timeline::default();
    let mut set = |since: Date, code: &str, path: &str| match setup.schedule(code, path) {
        Ok(schedule) => timeline.set(since, schedule),
        Err(problem) => problems.push(problem),
    };
    match &person.schedule {
        None => set(Date::MIN, &setup.file.schedule, "schedule"),
        Some(ScheduleUse::Always(code)) => set(Date::MIN, code, &format!("{path}.schedule")),
        Some(ScheduleUse::Since(codes)) => {
            for (since, code) in codes {
                set(*since, code, &format!("{path}.schedule.{since}"));
            }
        }
    }
    timeline
}

fn statuses(
    person: &Person,
    path: &str,
    problems: &mut Vec<Problem>,
    warnings: &mut Vec<Problem>,
) -> Vec<StatusFact> {
    let mut facts = Vec::new();
    for (i, entry) in person.statuses.iter().enumerate() {
        let path = format!("{path}.statuses[{i}]");
        let (from, until) = match (entry.date, entry.from, entry.until) {
            (Some(date), None, None) => (date, date),
            (None, Some(from), Some(until)) if from <= until => (from, until),
            (None, Some(from), Some(until)) => {
                problems.push(Problem::at(format!("{path}.until"), format!("{until} lies before {from}")));
                continue;
            }
            _ => {
                problems.push(Problem::at(path, "a status needs either date, or from and until"));
                continue;
            }
        };
        let StatusEntry { code, part, document, rank, punches_expected, .. } = entry.clone();
        if status::meaning(code.as_str()).is_none() {
            let known: Vec<&str> = status::dictionary().iter().map(|m| m.code).collect();
            let message = format!("the code '{}' is not in the dictionary; it ranks last", code.as_str());
            let remedy = format!("known are {}", known.join(", "));
            warnings.push(Problem::at(format!("{path}.code"), message).remedy(remedy));
        }
        facts.push(StatusFact { code, from, until, part, document, rank, punches_expected });
    }
    facts
}

/// The numbers of a person.
struct Money {
    amounts: BTreeMap<String, Decimal>,
    salary: Option<Decimal>,
    year_to_date: BTreeMap<String, Decimal>,
    spells: BTreeMap<String, Decimal>,
}

impl Money {
    fn read(person: &Person, path: &str, problems: &mut Vec<Problem>) -> Money {
        let mut number = |value: &InputValue, path: String| match value {
            InputValue::Number(number) => Some(*number),
            _ => {
                let problem = Problem::at(path, "a number is needed here");
                problems.push(problem.remedy("write rupiah without dots: 5000000"));
                None
            }
        };
        let mut table = |values: &BTreeMap<String, InputValue>, name: &str| -> BTreeMap<String, Decimal> {
            let read = |(key, value): (&String, &InputValue)| {
                Some((key.clone(), number(value, format!("{path}.{name}.{key}"))?))
            };
            values.iter().filter_map(read).collect()
        };
        let mut amounts = table(&person.amounts, "amounts");
        let year_to_date = table(&person.year_to_date, "year_to_date");
        let spells = table(&person.spells, "spells");
        let whole = person.tpp.as_ref().and_then(|v| number(v, format!("{path}.tpp")));
        let salary = person.salary.as_ref().and_then(|v| number(v, format!("{path}.salary")));
        if whole.is_some() && !amounts.is_empty() {
            problems.push(Problem::at(format!("{path}.tpp"), "give either tpp or amounts, not both"));
        }
        amounts.extend(whole.map(|tpp| ("tpp".to_owned(), tpp)));
        for (name, amount) in
            amounts.iter().filter(|(_, amount)| amount.is_sign_negative() && !amount.is_zero())
        {
            problems
                .push(Problem::at(format!("{path}.{name}"), format!("{amount} rupiah is less than nothing")));
        }
        Money { amounts, salary, year_to_date, spells }
    }
}

fn pay(
    person: &Person,
    setup: &Setup<'_>,
    facts: &PersonFacts<'_>,
    money: &Money,
    month: Month,
    days: &[DayResult],
) -> TppResult {
    let required = |date: &Date| {
        let schedule = facts.schedules.on(*date);
        schedule.and_then(|s| match s.plan(*date, facts.calendar, facts.roster, facts.offset_on(*date)) {
            DayPlan::Work { shifts, .. } => Some(shifts.iter().map(|s| s.shift.net_minutes()).sum::<i64>()),
            _ => None,
        })
    };
    let employed = |d: &Date| {
        facts.employed_from.is_none_or(|from| from <= *d) && facts.employed_until.is_none_or(|u| *d <= u)
    };
    let working: Vec<(Date, i64)> = month.days().filter_map(|d| Some((d, required(&d)?))).collect();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut input = PersonMonth::new(month, who(person), count(working.len()));
    input.work_minutes = u32::try_from(working.iter().map(|(_, m)| m).sum::<i64>()).unwrap_or(u32::MAX);
    let calendar_days = month.days().filter(employed).count();
    if calendar_days < month.days().count() {
        input.active_calendar_days = Some(count(calendar_days));
        input.active_working_days = Some(count(working.iter().filter(|(d, _)| employed(d)).count()));
    }
    input.days = days.iter().filter(|d| month.contains(d.date)).cloned().collect();
    if let Some(stage) = person.stage.or(setup.file.stage) {
        input.stage = Timeline::always(stage);
    }
    input.events = events(person, setup);
    let periods = setup.calendar.periods().iter();
    input.periods = periods.map(|p| Period { name: p.name.clone(), from: p.from, until: p.until }).collect();
    input.amounts.clone_from(&money.amounts);
    input.inputs.clone_from(&person.inputs);
    input.year_to_date.clone_from(&money.year_to_date);
    input.spells.clone_from(&money.spells);
    input.salary = money.salary;
    input.corrections.clone_from(&person.corrections);
    evaluate(setup.policies.of(person.policy.as_deref()), &input)
}

/// The person's own events, and the common ones with whether the person was there.
fn events(person: &Person, setup: &Setup<'_>) -> Vec<EventDuty> {
    let common = setup.file.events.iter().cloned().map(|event| {
        let attended = event.attended.or(Some(!person.missed.contains(&event.date)));
        EventDuty { attended, ..event }
    });
    common.chain(person.events.iter().cloned()).collect()
}

fn who(person: &Person) -> Who {
    Who {
        employment: person.kind,
        golongan: person.golongan.clone(),
        kelas: person.kelas,
        jabatan: person.jabatan.clone(),
        jenis_jabatan: person.jenis_jabatan.clone(),
        eselon: person.eselon.clone(),
        opd: person.opd.clone(),
        attributes: person.attributes.clone(),
    }
}
