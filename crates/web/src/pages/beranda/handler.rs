//! The start page: each role finds what it has to do.

use axum::response::{IntoResponse, Redirect, Response};
use domain::{
    ids::UnitId,
    month::Month,
    org::Stage,
    rights::{Right, Role},
    silence::is_silent,
};
use jiff::{ToSpan, civil::Date};
use service::{
    month::{MonthSheet, ProblemKind, Wanted, load},
    reference,
};
use store::{Scope, audit::AuditFilter, month_close::CloseState, terminal::TerminalState};

use super::{
    AdminOpdHome, Alert, AuditorHome, BkpsdmHome, PimpinanHome, Pipeline, PipelineStep, SistemHome, Task,
    TaskKind, UnitMonth, UnitRate, register,
};
use crate::{
    pages::{
        hari_ini::handler::counts,
        layout::{Section, Tone},
        rekap::build,
    },
    server::{
        ask::{Ask, page},
        fault::WebError,
    },
};

/// Day of the next month by which a month is to be locked.
const LOCK_DAY: i64 = 5;

/// GET /
pub async fn root(ask: Ask) -> Redirect {
    Redirect::to(if ask.visitor.is_some() { "/beranda" } else { "/masuk" })
}

/// GET /beranda
pub async fn show(ask: Ask) -> Result<Response, WebError> {
    let access = ask.access();
    if access.is(Role::Bkpsdm) {
        page(&bkpsdm(&ask).await?)
    } else if access.is(Role::Pimpinan) {
        page(&pimpinan(&ask).await?)
    } else if access.is(Role::Auditor) {
        page(&auditor(&ask).await?)
    } else if access.is(Role::AdminOpd) {
        page(&admin_opd(&ask).await?)
    } else if access.is(Role::Sistem) {
        page(&sistem(&ask).await?)
    } else if access.is(Role::Atasan) {
        Ok(Redirect::to("/hari-ini").into_response())
    } else {
        Ok(Redirect::to("/kartu").into_response())
    }
}

async fn admin_opd(ask: &Ask) -> Result<AdminOpdHome, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    let unit = ask.first_unit(&reference, Right::LockMonth)?;
    let today = build::today(&reference, unit.unit_id, office.now());
    let month = next_to_lock(&mut tx, unit.unit_id, today).await?;
    let sheet = load(office, &mut tx, Wanted::month(Scope::Subtree(unit.unit_id), month)).await?;
    let day = load(office, &mut tx, Wanted::day(Scope::Subtree(unit.unit_id), today)).await?;
    let unmapped = store::punch::unmapped(&mut tx, 500).await?;
    let groups = store::terminal::all(&mut tx).await?;
    let mine = |group| {
        groups.iter().any(|t| {
            t.group_id == Some(group)
                && t.unit_id.is_some_and(|u| reference.units.path(u).contains(&unit.unit_id))
        })
    };
    let pins = unmapped.iter().filter(|u| mine(u.device_group_id)).count();
    let lock_by = month.next().first().saturating_add((LOCK_DAY - 1).days());
    let begun = day.people.iter().filter_map(|p| p.day(today)).any(|d| d.planned.is_some());
    Ok(AdminOpdHome {
        shell: ask.shell(Some(Section::Beranda)),
        unit: unit.name.clone(),
        stage: reference.stage(unit.unit_id, today),
        today,
        counts: begun.then(|| counts(day.people.iter().filter_map(|p| p.day(today)))),
        tasks: tasks(&sheet, pins),
        month,
        lock_by,
        days_left: today.until(lock_by).map_or(0, |span| span.get_days()),
    })
}

/// Last month as long as it is not locked, then this one.
async fn next_to_lock(tx: &mut store::Tx, unit: UnitId, today: Date) -> Result<Month, WebError> {
    let this = Month::of(today);
    let last = store::month_close::history(tx, unit, this.previous()).await?.pop();
    let open = last.is_none_or(|l| l.state == CloseState::Reopened);
    Ok(if open { this.previous() } else { this })
}

fn tasks(sheet: &MonthSheet, pins: usize) -> Vec<Task> {
    let problems = sheet.problems();
    let count = |wanted: fn(&ProblemKind) -> bool| problems.iter().filter(|p| wanted(&p.kind)).count();
    let code = sheet.unit.and_then(|u| sheet.reference.units.get(u)).map_or("", |u| u.code.as_str());
    let href = format!("/rekap/{code}/{}/", sheet.month);
    let task = |kind, count, href: &str| Task { kind, count, href: href.to_owned() };
    vec![
        task(TaskKind::AbsentUnexplained, count(|k| matches!(k, ProblemKind::UnexplainedAbsence(_))), &href),
        task(TaskKind::MissingPunch, count(|k| matches!(k, ProblemKind::MissingPunch(_))), &href),
        task(TaskKind::UnmappedPin, pins, "/terminal"),
        task(TaskKind::NoSchedule, count(|k| matches!(k, ProblemKind::NoSchedule)), &href),
        task(TaskKind::TerminalSilent, sheet.silent_terminals.len(), "/terminal"),
    ]
}

async fn bkpsdm(ask: &Ask) -> Result<BkpsdmHome, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    let today = reference.units.home_zone().local(office.now()).date();
    let month = Month::of(today).previous();
    let states = store::month_close::states(&mut tx, month).await?;
    let pending = store::terminal::pending_count(&mut tx).await?;
    let deadline = month.next().first().saturating_add((LOCK_DAY - 1).days());
    let mut pipeline = Pipeline::default();
    let mut units: Vec<UnitMonth> = Vec::new();
    let in_force: Vec<_> = reference
        .units
        .opds()
        .filter(|o| reference.stage(o.unit_id, month.last()) == Stage::Berlaku)
        .collect();
    for opd in &in_force {
        let close = states.iter().find(|s| s.unit_id == opd.unit_id);
        let step = match close.map(|c| c.state) {
            Some(CloseState::Locked) => PipelineStep::Locked,
            Some(CloseState::Verified) => PipelineStep::Verified,
            _ => PipelineStep::Open,
        };
        match step {
            PipelineStep::Open => pipeline.open += 1,
            PipelineStep::Locked => pipeline.locked += 1,
            PipelineStep::Verified | PipelineStep::Paid => pipeline.verified += 1,
        }
        let zone = reference.units.zone_of(opd.unit_id);
        let since = close.map(|c| domain::lang::plain_date(zone.local(c.at).date(), ask.lang));
        units.push(UnitMonth {
            key: opd.code.clone(),
            name: opd.name.clone(),
            step,
            since: since.unwrap_or_else(|| domain::lang::plain_date(deadline, ask.lang)),
            problems: 0,
            late: step == PipelineStep::Open && today > deadline,
        });
    }
    units.sort_by_key(|u| u.step != PipelineStep::Open);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(BkpsdmHome {
        shell: ask.shell(Some(Section::Beranda)),
        month,
        tpp_ready: pipeline.open == 0 && pipeline.locked == 0 && !in_force.is_empty(),
        pipeline,
        units,
        in_force: (count(in_force.len()), count(reference.units.opds().count())),
        pending_terminals: u32::try_from(pending).unwrap_or(0),
    })
}

async fn pimpinan(ask: &Ask) -> Result<PimpinanHome, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    let today = reference.units.home_zone().local(office.now()).date();
    let sheet = load(office, &mut tx, Wanted::day(Scope::Everyone, today)).await?;
    let before =
        load(office, &mut tx, Wanted::day(Scope::Everyone, today.yesterday().unwrap_or(today))).await?;
    let rate = |sheet: &MonthSheet| counts(sheet.people.iter().flat_map(|p| &p.days)).rate();
    let opd_of =
        |p: &service::month::PersonSheet| p.unit.and_then(|u| reference.units.opd_of(u)).map(|o| o.unit_id);
    let mut units: Vec<UnitRate> = Vec::new();
    let mut with_data = 0;
    let in_force: Vec<_> =
        reference.units.opds().filter(|o| reference.stage(o.unit_id, today) != Stage::Pendataan).collect();
    for opd in &in_force {
        let mine = sheet.people.iter().filter(|p| opd_of(p) == Some(opd.unit_id)).flat_map(|p| &p.days);
        let c = counts(mine);
        let known = c.present > 0;
        with_data += u32::from(known);
        units.push(UnitRate { key: opd.code.clone(), name: opd.name.clone(), counts: known.then_some(c) });
    }
    units.sort_by_key(|u| u.counts.map_or(u32::MAX, |c| c.present * 1000 / c.due.max(1)));
    let all = counts(sheet.people.iter().flat_map(|p| &p.days));
    Ok(PimpinanHome {
        shell: ask.shell(Some(Section::Beranda)),
        today,
        counts: (all.present > 0).then_some(all),
        yesterday: rate(&before),
        first_data: "07.00".into(),
        alerts: alerts(ask, &sheet),
        units,
        with_data: (with_data, u32::try_from(in_force.len()).unwrap_or(0)),
    })
}

fn alerts(ask: &Ask, sheet: &MonthSheet) -> Vec<Alert> {
    let silent = &sheet.silent_terminals;
    if silent.is_empty() {
        return Vec::new();
    }
    let title = match ask.lang {
        domain::lang::Lang::Id => format!("{} terminal belum mengirim data.", silent.len()),
        domain::lang::Lang::En => format!("{} terminals have sent nothing.", silent.len()),
    };
    let text =
        ask.lang.pick("Bukan tidak hadir: datanya belum sampai. ", "Not absent: the data has not arrived. ");
    vec![Alert { tone: Tone::Warn, title, text: format!("{text}{}", silent.join(", ")), href: None }]
}

async fn auditor(ask: &Ask) -> Result<AuditorHome, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let entries = store::audit::list(&mut tx, AuditFilter::default(), 50).await?;
    let changes = register::lines(ask, &mut tx, &entries).await?;
    let month = Month::of(ask.today());
    let typed = register::typed(&mut tx, month).await?;
    let scope = ask.lang.pick("Seluruh OPD", "All OPDs").to_owned();
    Ok(AuditorHome { shell: ask.shell(Some(Section::Beranda)), scope, changes, typed })
}

async fn sistem(ask: &Ask) -> Result<SistemHome, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let terminals = store::terminal::all(&mut tx).await?;
    let quarantine = store::terminal::quarantined(&mut tx, None, 1000).await?.len();
    let approved: Vec<_> = terminals.iter().filter(|t| t.state == TerminalState::Approved).collect();
    let now = office.now();
    let alive = approved.iter().filter(|t| !is_silent(t.last_seen, now)).count();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(SistemHome {
        shell: ask.shell(Some(Section::Beranda)),
        alive: (count(alive), count(approved.len())),
        pending: count(terminals.iter().filter(|t| t.state == TerminalState::Pending).count()),
        quarantine: count(quarantine),
        checks: Vec::new(),
    })
}
