//! The start page: each role finds what it has to do.

use axum::response::{IntoResponse, Redirect, Response};
use domain::{
    lang::{self, Lang},
    month::Month,
    rights::{Right, Role},
};
use service::{
    home::{self, OpdClosing, OpenWork},
    reference,
};
use store::{audit::AuditFilter, month_close::CloseState};

use super::{
    AdminOpdHome, Alert, AuditorHome, BkpsdmHome, PimpinanHome, Pipeline, PipelineStep, SistemHome, Task,
    TaskKind, UnitMonth, UnitRate, register,
};
use crate::{
    pages::{
        figures::{percent, size},
        layout::{Section, Tone},
    },
    server::{
        ask::{Ask, page},
        fault::WebError,
    },
};

/// Changes shown to the auditor.
const CHANGES: i64 = 50;

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
    let clerk = home::clerk(office, &mut tx, &reference, unit.unit_id).await?;
    let lock_by = home::lock_by(clerk.month);
    Ok(AdminOpdHome {
        shell: ask.shell(Some(Section::Beranda)),
        unit: unit.name.clone(),
        stage: clerk.stage,
        today: clerk.today,
        counts: clerk.counts,
        tasks: tasks(clerk.work, &format!("/rekap/{}/{}/", unit.code, clerk.month)),
        month: clerk.month,
        lock_by,
        days_left: clerk.today.until(lock_by).map_or(0, |span| span.get_days()),
    })
}

fn tasks(work: OpenWork, sheet: &str) -> Vec<Task> {
    let task = |kind, count, href: &str| Task { kind, count, href: href.to_owned() };
    vec![
        task(TaskKind::AbsentUnexplained, work.unexplained, sheet),
        task(TaskKind::MissingPunch, work.missing_punches, sheet),
        task(TaskKind::UnmappedPin, work.unmapped_pins, "/terminal"),
        task(TaskKind::NoSchedule, work.without_schedule, sheet),
        task(TaskKind::TerminalSilent, work.silent_terminals, "/terminal"),
    ]
}

async fn bkpsdm(ask: &Ask) -> Result<BkpsdmHome, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    let progress = home::closing_progress(office, &mut tx, &reference).await?;
    let pending = store::terminal::pending_count(&mut tx).await?;
    Ok(BkpsdmHome {
        shell: ask.shell(Some(Section::Beranda)),
        month: progress.month,
        tpp_ready: progress.all_verified(),
        pipeline: Pipeline {
            open: size(progress.open()),
            locked: size(progress.in_state(CloseState::Locked)),
            verified: size(progress.in_state(CloseState::Verified)),
        },
        in_force: (size(progress.opds.len()), size(reference.units.opds().count())),
        units: progress.opds.into_iter().map(|opd| unit_month(opd, ask.lang)).collect(),
        pending_terminals: u32::try_from(pending).unwrap_or(0),
    })
}

fn unit_month(opd: OpdClosing, lang: Lang) -> UnitMonth {
    UnitMonth {
        step: match opd.state {
            Some(CloseState::Locked) => PipelineStep::Locked,
            Some(CloseState::Verified) => PipelineStep::Verified,
            Some(CloseState::Reopened) | None => PipelineStep::Open,
        },
        key: opd.code,
        name: opd.name,
        since: lang::plain_date(opd.since, lang),
        late: opd.late,
    }
}

async fn pimpinan(ask: &Ask) -> Result<PimpinanHome, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    let presence = home::presence(office, &mut tx, &reference).await?;
    let with_data = presence.opds.iter().filter(|opd| opd.counts.is_some()).count();
    let all_opds = presence.opds.len();
    let rate = |opd: home::OpdPresence| UnitRate { key: opd.code, name: opd.name, counts: opd.counts };
    Ok(PimpinanHome {
        shell: ask.shell(Some(Section::Beranda)),
        today: presence.today,
        counts: (presence.all.present > 0).then_some(presence.all),
        yesterday: percent(presence.yesterday.present, presence.yesterday.due),
        first_data: presence.opens.map(lang::clock_time),
        alerts: alerts(ask.lang, &presence.silent_terminals),
        units: presence.opds.into_iter().map(rate).collect(),
        with_data: (size(with_data), size(all_opds)),
    })
}

fn alerts(lang: Lang, silent: &[String]) -> Vec<Alert> {
    if silent.is_empty() {
        return Vec::new();
    }
    let title = match lang {
        Lang::Id => format!("{} terminal belum mengirim data.", silent.len()),
        Lang::En => format!("{} terminals have sent nothing.", silent.len()),
    };
    let text =
        lang.pick("Bukan tidak hadir: datanya belum sampai. ", "Not absent: the data has not arrived. ");
    vec![Alert { tone: Tone::Warn, title, text: format!("{text}{}", silent.join(", ")) }]
}

async fn auditor(ask: &Ask) -> Result<AuditorHome, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let entries = store::audit::list(&mut tx, AuditFilter::default(), CHANGES).await?;
    let changes = register::lines(ask, &mut tx, &entries).await?;
    let typed = home::typed_reasons(&mut tx, Month::of(ask.today())).await?;
    let scope = ask.lang.pick("Seluruh OPD", "All OPDs").to_owned();
    Ok(AuditorHome { shell: ask.shell(Some(Section::Beranda)), scope, changes, typed })
}

async fn sistem(ask: &Ask) -> Result<SistemHome, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let health = home::terminal_health(office, &mut tx).await?;
    Ok(SistemHome {
        shell: ask.shell(Some(Section::Beranda)),
        alive: (size(health.alive), size(health.approved)),
        pending: size(health.pending),
        quarantine: size(health.quarantine),
    })
}
