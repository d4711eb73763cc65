//! The tree, its stages and schedules.

use std::collections::HashMap;

use domain::{ids::UnitId, org::Stage as Rollout, zone::Zone};
use jiff::{ToSpan, civil::date};
use sim::population::regency::{OPDS, Opd, OpdKind};
use store::{
    org::{self, StageRecord, Unit},
    schedule::{self, UnitSchedule},
    tenant::{self, Tenant},
};

use super::Stage;

/// Units by code.
pub(super) type UnitIds = HashMap<String, UnitId>;

/// Code of a part of an OPD.
pub(super) fn part_code(opd: &Opd, part: usize) -> String {
    format!("{}-{}", opd.code, opd.kind.parts()[part].0)
}

pub(super) async fn seed(stage: &Stage) -> anyhow::Result<UnitIds> {
    let office = &stage.office;
    let mut tx = office.db.begin_write(office.tenant).await?;
    tenant::create(&mut tx, &tenant_row(stage)).await?;
    let root = office.id(UnitId::new);
    let mut units = vec![Unit {
        is_opd: false,
        head_title: "Bupati".into(),
        ..unit(stage, root, None, "CONTOH", "Pemerintah Kabupaten Contoh")
    }];
    for (index, opd) in OPDS.iter().enumerate() {
        let id = office.id(UnitId::new);
        units.push(Unit {
            kind: kind(opd.kind).into(),
            head_title: sim::population::head_of(index),
            ..unit(stage, id, Some(root), opd.code, opd.name)
        });
        for (part, (_, name)) in opd.kind.parts().iter().enumerate() {
            let below = unit(stage, office.id(UnitId::new), Some(id), &part_code(opd, part), name);
            units.push(Unit { is_opd: false, kind: "bidang".into(), ..below });
        }
    }
    for (order, unit) in units.iter_mut().enumerate() {
        unit.sort_order = i64::try_from(order)?;
    }
    org::put(&mut tx, &units).await?;
    let ids: UnitIds = units.iter().map(|u| (u.code.clone(), u.unit_id)).collect();
    org::add_stages(&mut tx, &stages(stage, &ids)).await?;
    schedule::assign(&mut tx, &schedules(stage, &ids, root)).await?;
    store::setting::set(&mut tx, "kota", "Kota Contoh", "demo", office.now()).await?;
    tx.commit().await?;
    Ok(ids)
}

fn tenant_row(stage: &Stage) -> Tenant {
    Tenant {
        tenant_id: stage.office.tenant,
        slug: "kab-contoh".into(),
        name: "Kabupaten Contoh".into(),
        province: "Provinsi Contoh".into(),
        zone: Zone::Wib,
        demo: true,
        created_at: stage.office.now(),
    }
}

fn unit(stage: &Stage, unit_id: UnitId, parent_id: Option<UnitId>, code: &str, name: &str) -> Unit {
    Unit {
        parent_id,
        kind: "pemda".into(),
        is_opd: true,
        address: "Kompleks Perkantoran Pemkab Contoh".into(),
        ..Unit::new(unit_id, code, name, stage.office.now())
    }
}

fn kind(kind: OpdKind) -> &'static str {
    match kind {
        OpdKind::Secretariat => "sekretariat",
        OpdKind::Dinas => "dinas",
        OpdKind::Badan => "badan",
        OpdKind::Kecamatan => "kecamatan",
        OpdKind::Hospital => "rumah sakit",
    }
}

/// Offices in force are so since the first day of which the demo has punches: a day in force without any is a day absent. The
/// others stand where they stand.
fn stages(stage: &Stage, ids: &UnitIds) -> Vec<StageRecord> {
    let first = stage.last_month().first();
    let path = |rollout| match rollout {
        Rollout::Berlaku => vec![(Rollout::Pendataan, 4), (Rollout::UjiCoba, 2), (Rollout::Berlaku, 0)],
        Rollout::UjiCoba => vec![(Rollout::Pendataan, 4), (Rollout::UjiCoba, 1)],
        Rollout::Pendataan => vec![(Rollout::Pendataan, 2)],
    };
    OPDS.iter()
        .flat_map(|opd| path(opd.stage).into_iter().map(move |step| (opd, step)))
        .map(|(opd, (rollout, months))| StageRecord {
            unit_id: ids[opd.code],
            since: first.saturating_sub(months.months()),
            recorded_at: stage.office.now(),
            stage: rollout,
            note: "Surat Edaran Sekda (rekaan)".into(),
            actor: "demo".into(),
        })
        .collect()
}

fn schedules(stage: &Stage, ids: &UnitIds, root: UnitId) -> Vec<UnitSchedule> {
    let row = |unit_id, code: &str| UnitSchedule {
        unit_id,
        valid_from: date(2024, 1, 1),
        recorded_at: stage.office.now(),
        schedule_code: code.to_owned(),
        actor: "demo".into(),
    };
    let hospital = OPDS.iter().filter(|o| o.kind == OpdKind::Hospital);
    let shifts =
        hospital.flat_map(|o| [part_code(o, 1), part_code(o, 2)]).map(|code| row(ids[&code], "rs-3-shift"));
    std::iter::once(row(root, domain::schedule::builtin::DEFAULT)).chain(shifts).collect()
}
