//! The machines on the walls: installed, told whose finger is whose, and set running.

use std::{collections::HashMap, net::SocketAddr};

use anyhow::Context;
use domain::{
    calendar::Calendar,
    ids::{DeviceGroupId, EmployeeId, TerminalId},
    org::Stage as Rollout,
    zone::Zone,
};
use jiff::{
    SignedDuration,
    civil::{Date, DateTime, date},
};
use sim::{
    population::regency::OPDS,
    terminal::{Profile, VirtualTerminal},
};
use store::{
    pin_map::{self, PinOwner},
    terminal::{self as rows, Group, Terminal, TerminalState},
};
use terminal::{pin::Pin, serial::Serial, table::attlog::AttLine};
use tokio::{
    sync::{mpsc, watch},
    task::JoinHandle,
};

use super::{Stage, history, organisation::UnitIds};

/// The OPD whose terminal went silent this morning, and the one whose new terminal waits for approval.
const SILENT: &str = "DISKOP";
const WAITING: &str = "KESBANGPOL";
/// How often the crowd at the terminals moves on.
const STEP: std::time::Duration = std::time::Duration::from_secs(3);

/// A terminal with the people who use it.
pub(super) struct Machine {
    device: VirtualTerminal,
    opd: usize,
    approved: bool,
    silent: bool,
}

/// Puts a terminal into every OPD that is past pendataan, and one more that nobody has approved yet.
pub(super) async fn install(
    stage: &Stage,
    units: &UnitIds,
    people: &[EmployeeId],
    server: SocketAddr,
) -> anyhow::Result<Vec<Machine>> {
    let office = &stage.office;
    let mut machines = Vec::new();
    let mut tx = office.db.begin_write(office.tenant).await?;
    for (opd, plan) in OPDS.iter().enumerate() {
        let approved = plan.stage != Rollout::Pendataan;
        if !approved && plan.code != WAITING {
            continue;
        }
        let serial = format!("CONT2023{:05}", 60_101 + opd * 17);
        let face = opd % 3 == 2;
        let profile = if face { Profile::zam180() } else { Profile::x100c() };
        let mut device = VirtualTerminal::new(profile, Serial::parse(&serial)?, server);
        for person in stage.population.people.iter().filter(|p| p.opd == opd) {
            device.enrol(Pin::parse(&person.pin.to_string())?, &person.name);
        }
        if approved {
            let group = office.id(DeviceGroupId::new);
            rows::put_groups(
                &mut tx,
                &[Group {
                    group_id: group,
                    code: plan.code.into(),
                    name: plan.name.into(),
                    created_at: office.now(),
                }],
            )
            .await?;
            let name = format!("Lobi {}", plan.name);
            rows::put(&mut tx, &row(stage, &serial, name, units[plan.code], group)).await?;
            pin_map::map(&mut tx, &owners(stage, opd, group, people)).await?;
        }
        machines.push(Machine { device, opd, approved, silent: plan.code == SILENT });
    }
    tx.commit().await?;
    Ok(machines)
}

fn row(
    stage: &Stage,
    serial: &str,
    name: String,
    unit: domain::ids::UnitId,
    group: DeviceGroupId,
) -> Terminal {
    let now = stage.office.now();
    Terminal {
        state: TerminalState::Approved,
        name,
        unit_id: Some(unit),
        group_id: Some(group),
        approved_at: Some(now),
        approved_by: Some("demo".into()),
        ..Terminal::met(stage.office.id(TerminalId::new), serial, Zone::Wib, now)
    }
}

/// Everybody's finger is known but that of the newest person of one OPD, so that there is a PIN to map.
fn owners(stage: &Stage, opd: usize, group: DeviceGroupId, people: &[EmployeeId]) -> Vec<PinOwner> {
    let mine = stage.population.people.iter().zip(people).filter(|(p, _)| p.opd == opd);
    let skip = usize::from(OPDS[opd].code == "DISDIK");
    let mine: Vec<_> = mine.collect();
    let known = mine.len() - skip.min(mine.len());
    mine.into_iter()
        .take(known)
        .map(|(person, id)| PinOwner {
            group_id: group,
            pin: person.pin.to_string(),
            valid_from: date(2025, 1, 1),
            recorded_at: stage.office.now(),
            employee_id: *id,
            valid_until: None,
            actor: "demo".into(),
        })
        .collect()
}

/// Uploads what the terminals remember, then lets them run; the tasks end when `stopping` turns true.
pub(super) async fn upload_and_run(
    stage: &Stage,
    machines: Vec<Machine>,
    stopping: watch::Receiver<bool>,
) -> anyhow::Result<Vec<JoinHandle<()>>> {
    let calendar = Calendar::national();
    let from = stage.last_month().first();
    let now = Zone::Wib.local(stage.office.now());
    let progress = indicatif::ProgressBar::new(u64::try_from(machines.len())?);
    let mut tasks = Vec::new();
    let mut crowds = HashMap::new();
    for mut machine in machines {
        let until = if machine.silent { stage.today.at(0, 0, 0, 0) } else { now };
        machine.device.record(&lines(stage, machine.opd, &calendar, from, until));
        let sent = machine.device.upload().await;
        if machine.approved {
            sent.with_context(|| format!("terminal {} could not upload", machine.device.serial()))?;
        }
        progress.inc(1);
        if machine.silent {
            continue;
        }
        let (crowd, presses) = mpsc::channel(64);
        crowds.insert(machine.opd, crowd);
        tasks.push(tokio::spawn(machine.device.run(presses)));
    }
    progress.finish_and_clear();
    silence(stage).await?;
    tasks.push(tokio::spawn(go_on(day_of(stage, &calendar), stage.office.clone(), now, crowds, stopping)));
    Ok(tasks)
}

/// The terminal that went silent was last heard of at dawn.
async fn silence(stage: &Stage) -> anyhow::Result<()> {
    let office = &stage.office;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let name = OPDS.iter().find(|o| o.code == SILENT).map_or("", |o| o.name);
    let dawn = Zone::Wib.instant(stage.today.at(4, 12, 0, 0)).unwrap_or(office.now());
    for terminal in rows::all(&mut tx).await?.into_iter().filter(|t| t.name.ends_with(name)) {
        let heard = dawn.min(office.now().saturating_sub(SignedDuration::from_mins(45)).unwrap_or(dawn));
        rows::put(&mut tx, &Terminal { last_seen: heard, ..terminal }).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn lines(stage: &Stage, opd: usize, calendar: &Calendar, from: Date, until: DateTime) -> Vec<AttLine> {
    let people = &stage.population.people;
    let mine = (0..people.len()).filter(|i| people[*i].opd == opd);
    let mut lines: Vec<AttLine> = mine
        .flat_map(|i| {
            let pin = people[i].pin;
            let presses = history::presses(&stage.population, i, calendar, from, until);
            presses.into_iter().filter_map(move |at| line(pin, at))
        })
        .collect();
    lines.sort_by_key(|l| l.local);
    lines
}

fn line(pin: u32, local: DateTime) -> Option<AttLine> {
    let pin = Pin::parse(&pin.to_string()).ok()?;
    Some(AttLine { pin, local, status: Some(255), verify: Some(1), workcode: None, offset: None })
}

/// All presses of today and tonight, by OPD.
fn day_of(stage: &Stage, calendar: &Calendar) -> Vec<(usize, AttLine)> {
    let until = stage.today.tomorrow().unwrap_or(stage.today).at(9, 0, 0, 0);
    let day = |opd| lines(stage, opd, calendar, stage.today, until).into_iter().map(move |l| (opd, l));
    let mut all: Vec<_> = (0..OPDS.len()).flat_map(day).collect();
    all.sort_by_key(|(_, l)| l.local);
    all
}

/// Lets people walk up to the terminals as the clock of the demo goes on.
async fn go_on(
    day: Vec<(usize, AttLine)>,
    office: service::Office,
    from: DateTime,
    crowds: HashMap<usize, mpsc::Sender<Vec<AttLine>>>,
    mut stopping: watch::Receiver<bool>,
) {
    let mut next = day.partition_point(|(_, l)| l.local <= from);
    loop {
        tokio::select! {
            () = tokio::time::sleep(STEP) => {}
            _ = stopping.changed() => return,
        }
        let now = Zone::Wib.local(office.now());
        while let Some((opd, line)) = day.get(next).filter(|(_, l)| l.local <= now) {
            if let Some(crowd) = crowds.get(opd) {
                crowd.send(vec![line.clone()]).await.ok();
            }
            next += 1;
        }
    }
}
