//! A small invented OPD in a database, for the benches that need one.

use std::{path::Path, sync::Arc};

use anyhow::Context;
use domain::{
    clock::FixedClock,
    ids::{DeviceGroupId, TenantId, UnitId},
    org::Stage,
    zone::Zone,
};
use jiff::civil::date;
use service::{
    Office,
    employee_import::{self, Request},
    progress::silent,
};
use sim::population::Population;
use store::{
    Db,
    org::{self, StageRecord, Unit},
    schedule::{self, UnitSchedule},
    tenant::{self, Tenant},
    terminal::{self, Group},
};

use crate::{
    ledger_folder::LedgerFolder,
    system::{self, OsEntropy, SystemClock},
};

/// Code of the OPD.
pub const OPD: &str = "BENCH";
/// Who did what in the register.
pub const ACTOR: &str = "bench";
/// The moment at which the benches take place: the day after the month they measure.
const NOW: &str = "2026-11-01T02:00:00Z";

/// The OPD with its people, each with a PIN from 1 on.
pub struct BenchOffice {
    /// Surroundings of the use cases; its clock stands still.
    pub office: Office,
    /// The OPD.
    pub opd: UnitId,
    /// The group of its terminals.
    pub group: DeviceGroupId,
}

impl BenchOffice {
    /// Makes the OPD with its people in an empty database.
    ///
    /// # Errors
    /// When the database holds a regional government already: a bench must not mix with real data.
    pub async fn make(db: Db, people: usize, seed: u64) -> anyhow::Result<BenchOffice> {
        let bench = BenchOffice::without_people(db).await?;
        let list = employee_list(&Population::draw(seed, people));
        let request = Request::new("bench.csv", list.as_bytes(), date(2026, 1, 1), ACTOR);
        let applied = employee_import::apply(&bench.office, &request, &silent).await?;
        let added = applied.preview.plan.added.len();
        anyhow::ensure!(added == people, "only {added} of {people} invented people could be imported");
        Ok(bench)
    }

    /// Makes the OPD in an empty database, with nobody in it.
    ///
    /// # Errors
    /// As [`BenchOffice::make`].
    pub async fn without_people(db: Db) -> anyhow::Result<BenchOffice> {
        let clock = Arc::new(FixedClock::new(NOW.parse()?));
        db.migrate(clock.as_ref()).await?;
        anyhow::ensure!(
            tenant::all(&db).await?.is_empty(),
            "the database {} is in use; the bench writes invented data, so give it an empty database",
            db.place()
        );
        let office = Office::new(db, clock, Arc::new(OsEntropy), TenantId(1));
        let (opd, group) = frame(&office).await?;
        Ok(BenchOffice { office, opd, group })
    }
}

/// A database to measure on.
pub struct BenchDatabase {
    /// Name of its engine.
    pub engine: &'static str,
    /// The database.
    pub db: Db,
    /// Where its log is published.
    pub ledger: LedgerFolder,
}

/// A new SQLite database in `folder`, and the PostgreSQL database of `url` if it is one.
///
/// # Errors
/// When one cannot be opened.
pub async fn databases(folder: &Path, url: Option<&str>) -> anyhow::Result<Vec<BenchDatabase>> {
    let file = format!("sqlite:{}", folder.join("bench.db").display());
    let mut databases = vec![database(folder, "sqlite", &file).await?];
    if let Some(url) = url.filter(|url| system::is_postgres(url)) {
        databases.push(database(folder, "postgres", url).await?);
    }
    Ok(databases)
}

async fn database(folder: &Path, engine: &'static str, url: &str) -> anyhow::Result<BenchDatabase> {
    let ledger = LedgerFolder::at(folder.join(format!("ledger-{engine}")));
    let db = Db::connect(url).await?.sealed_by(ledger.sealer(Arc::new(SystemClock))?);
    Ok(BenchDatabase { engine, db, ledger })
}

/// The government, the OPD in force with a schedule, and a group of terminals.
async fn frame(office: &Office) -> anyhow::Result<(UnitId, DeviceGroupId)> {
    let mut tx = office.db.begin_write(office.tenant).await?;
    let government = Tenant {
        tenant_id: office.tenant,
        slug: "bench".into(),
        name: "Pemerintah Kabupaten Contoh".into(),
        province: "Provinsi Contoh".into(),
        zone: Zone::Wib,
        demo: true,
        created_at: office.now(),
    };
    tenant::create(&mut tx, &government).await?;
    let root = office.id(UnitId::new);
    let opd = office.id(UnitId::new);
    let units = [
        unit(office, root, None, "PEMDA", "Pemerintah Kabupaten Contoh"),
        Unit { is_opd: true, ..unit(office, opd, Some(root), OPD, "Dinas Pengukuran") },
    ];
    org::put(&mut tx, &units).await?;
    let stage = StageRecord {
        unit_id: opd,
        since: date(2026, 1, 1),
        recorded_at: office.now(),
        stage: Stage::Berlaku,
        note: String::new(),
        actor: ACTOR.into(),
    };
    org::add_stages(&mut tx, &[stage]).await?;
    let follows = UnitSchedule {
        unit_id: root,
        valid_from: date(2025, 1, 1),
        recorded_at: office.now(),
        schedule_code: domain::schedule::builtin::DEFAULT.into(),
        actor: ACTOR.into(),
    };
    schedule::assign(&mut tx, &[follows]).await?;
    let group = office.id(DeviceGroupId::new);
    let row = Group { group_id: group, code: OPD.into(), name: OPD.into(), created_at: office.now() };
    terminal::put_groups(&mut tx, &[row]).await?;
    tx.commit().await.context("cannot write the invented OPD")?;
    Ok((opd, group))
}

fn unit(office: &Office, unit_id: UnitId, parent_id: Option<UnitId>, code: &str, name: &str) -> Unit {
    Unit { parent_id, ..Unit::new(unit_id, code, name, office.now()) }
}

/// A list as an OPD would send it; PINs count from 1.
fn employee_list(population: &Population) -> String {
    let mut list =
        String::from("NIP;NAMA;JENIS PEGAWAI;GOLONGAN;JABATAN;KELAS JABATAN;KODE OPD;PIN;BESARAN TPP\n");
    for (pin, p) in (1..).zip(&population.people) {
        let (number, name, kind, post) = (&p.number, &p.name, p.kind.label(), &p.jabatan);
        list.push_str(&format!(
            "{number};{name};{kind};{};{post};{};{OPD};{pin};5000000\n",
            p.golongan, p.kelas
        ));
    }
    list
}
