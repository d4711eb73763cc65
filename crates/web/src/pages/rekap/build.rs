//! From the judged month to what the sheet shows.

use domain::{day::DayCode, lang, month::Month, rights::Right};
use jiff::civil::Date;
use print::DayMark;
use service::{
    month::{MonthSheet, PersonSheet, Problem as Open, ProblemKind as OpenKind},
    sheets::cut_percent,
};
use store::month_close::CloseState;

use super::{
    Cell, DayHead, Mark, MonthState, PageNumbers, Problem, ProblemKind, ProblemLink, RekapPage, RekapRow,
    SheetActions, SheetView, Totals, handler::Choice,
};
use crate::{
    pages::{
        freshness::freshness,
        layout::Section,
        moment::moment,
        people_list::matches,
        unit_link::{link, links},
    },
    server::ask::Ask,
};

/// People on one page of the sheet.
const PER_PAGE: usize = 100;
/// Links shown for one kind of problem.
const LINKS: usize = 8;

pub(super) fn page(ask: &Ask, sheet: &MonthSheet, choice: &Choice) -> RekapPage {
    let reference = &sheet.reference;
    let unit = sheet.unit.and_then(|u| reference.units.get(u));
    let newest = Month::of(sheet.today);
    let state = state(ask, sheet, newest);
    let found: Vec<(usize, &PersonSheet)> =
        sheet.people.iter().filter(|p| matches(p, &choice.cari)).enumerate().collect();
    let pages = found.len().div_ceil(PER_PAGE).max(1);
    let at = choice.hal.parse().unwrap_or(1).clamp(1, pages);
    let shown = found.iter().skip((at - 1) * PER_PAGE).take(PER_PAGE);
    let mut shell = ask.shell(Some(Section::Rekap));
    shell.freshness = freshness(ask, sheet);
    RekapPage {
        shell,
        unit: unit.map(link).unwrap_or_else(|| super::UnitLink { key: String::new(), name: String::new() }),
        units: links(&ask.units(reference, Right::SeePresence)),
        month: sheet.month,
        newest,
        stage: sheet.unit.map_or(domain::org::Stage::Pendataan, |u| reference.stage(u, sheet.until)),
        actions: actions(ask, sheet, &state),
        problems: problems(ask, sheet, &state),
        state,
        view: if choice.tampil == "daftar" { SheetView::List } else { SheetView::Matrix },
        search: choice.cari.clone(),
        days: sheet.month.days().map(|date| DayHead { date, holiday: sheet.holiday(date) }).collect(),
        rows: shown.map(|(i, person)| row(i + 1, person, sheet)).collect(),
        pages: PageNumbers { page: at, of: pages, people: found.len() },
    }
}

fn row(number: usize, person: &PersonSheet, sheet: &MonthSheet) -> RekapRow {
    let t = person.totals();
    let cells = sheet.month.days().map(|date| cell(person, date, sheet.today)).collect();
    RekapRow {
        number,
        key: person.id.0.simple().to_string(),
        name: person.name.clone(),
        nip: person.number.clone(),
        grade: person.golongan.clone(),
        cells,
        totals: Totals {
            due: t.working_days,
            present: t.present,
            sick: t.sick,
            permission: t.permission,
            leave: t.leave,
            duty: t.duty,
            study: t.study,
            other: t.other + t.training,
            absent: t.absent,
            late: t.late_days,
            late_minutes: t.late_minutes,
            early: t.early_days,
            missing: t.missing_in + t.missing_out,
            cut: cut_percent(person).unwrap_or_default(),
        },
    }
}

fn cell(person: &PersonSheet, date: Date, today: Date) -> Cell {
    let judged = person
        .day(date)
        .filter(|d| !person.elsewhere.contains(&date) && (date <= today || d.code != DayCode::Belum));
    let Some(day) = judged else { return Cell { mark: Mark::to_come(), link: false, corrected: false } };
    let mark = Mark::of(&DayMark::of(day));
    let corrected =
        person.statuses.iter().any(|s| s.first_day <= date && date <= s.last_day && s.import_id.is_none());
    let link = !mark.text.is_empty() || !day.used.is_empty() || !day.ignored.is_empty();
    Cell { mark, link, corrected: corrected && link }
}

fn state(ask: &Ask, sheet: &MonthSheet, newest: Month) -> MonthState {
    if sheet.month > newest {
        return MonthState::Future;
    }
    let Some(close) = &sheet.close else { return MonthState::Open };
    let zone = sheet.unit.map_or(sheet.reference.units.home_zone(), |u| sheet.reference.units.zone_of(u));
    let at = moment(close.at, zone, ask.lang);
    let version = u32::try_from(close.version).unwrap_or(1);
    let by = sheet.close_by.clone();
    match close.state {
        CloseState::Locked => MonthState::Locked { version, by, at },
        CloseState::Verified => MonthState::Verified { version, by, at },
        CloseState::Reopened => MonthState::Reopened { version, by, at, reason: close.note.clone() },
    }
}

fn actions(ask: &Ask, sheet: &MonthSheet, state: &MonthState) -> SheetActions {
    let Some(unit) = sheet.unit.filter(|u| sheet.reference.units.get(*u).is_some_and(|u| u.is_opd)) else {
        return SheetActions::default();
    };
    let path = sheet.reference.units.path(unit);
    let access = ask.access();
    let ready = !sheet.problems().iter().any(Open::blocks);
    SheetActions {
        lock: state.is_open() && ready && access.may(Right::LockMonth, &path),
        verify: matches!(state, MonthState::Locked { .. }) && access.may(Right::VerifyMonth, &path),
        reopen: matches!(state, MonthState::Locked { .. } | MonthState::Verified { .. })
            && access.may(Right::VerifyMonth, &path),
    }
}

/// Open matters by kind, each with its first places to mend.
fn problems(ask: &Ask, sheet: &MonthSheet, state: &MonthState) -> Vec<Problem> {
    if !state.is_open() {
        return Vec::new();
    }
    let mut kinds: Vec<Problem> = Vec::new();
    for open in sheet.problems() {
        let (blocks, remedy) = (open.blocks(), open.remedy(ask.lang));
        let (kind, date) = match open.kind {
            OpenKind::MonthNotOver => (ProblemKind::DaysLeft, None),
            OpenKind::UnexplainedAbsence(date) => (ProblemKind::AbsentUnexplained, Some(date)),
            OpenKind::MissingPunch(date) => (ProblemKind::MissingPunch, Some(date)),
            OpenKind::NoData(date) if date > sheet.today => continue,
            OpenKind::NoData(date) => (ProblemKind::TerminalSilent, Some(date)),
            OpenKind::NoSchedule => (ProblemKind::NoSchedule, None),
            OpenKind::NoPin => (ProblemKind::UnmappedPin, None),
            OpenKind::MissingInput(_) => (ProblemKind::MissingInput, None),
            OpenKind::NoPolicy => (ProblemKind::NoPolicy, None),
            OpenKind::NotCovered => (ProblemKind::NotCovered, None),
            OpenKind::NoKind => (ProblemKind::NoKind, None),
            OpenKind::NoAmount => (ProblemKind::NoAmount, None),
        };
        if kind == ProblemKind::UnmappedPin {
            let link = open.person.clone().map(|(_, label)| ProblemLink { label, href: "/terminal".into() });
            add(&mut kinds, (kind, blocks, remedy), link);
            continue;
        }
        let link = date.zip(open.person).map(|(date, (id, name))| ProblemLink {
            label: format!("{name}, {} {}", date.day(), &lang::month_name(date.month(), ask.lang)[..3]),
            href: format!("{}/{}", id.0.simple(), date.day()),
        });
        add(&mut kinds, (kind, blocks, remedy), link);
    }
    if let Some(left) = kinds.iter_mut().find(|p| p.kind == ProblemKind::DaysLeft) {
        let days = sheet.today.until(sheet.month.last()).map_or(0, |span| span.get_days() + 1);
        left.count = usize::try_from(days).unwrap_or(1).max(1);
    }
    kinds
}

/// One more problem of a kind; only the first ones keep their link.
fn add(
    kinds: &mut Vec<Problem>,
    (kind, blocks, remedy): (ProblemKind, bool, &str),
    link: Option<ProblemLink>,
) {
    match kinds.iter_mut().find(|p| p.kind == kind && p.blocks == blocks) {
        Some(known) => {
            known.count += 1;
            if known.links.len() < LINKS {
                known.links.extend(link);
            }
        }
        None => kinds.push(Problem {
            kind,
            blocks,
            count: 1,
            remedy: remedy.to_owned(),
            links: link.into_iter().collect(),
        }),
    }
}
