//! The import against both engines: written, compared again, taken back.

use std::sync::{Arc, Mutex};

use domain::{
    ids::{DeviceGroupId, EmployeeId, PunchId, RecordId, UnitId},
    org::Stage,
    zone::Zone,
};
use jiff::{SignedDuration, civil::date};
use store::{
    Db, Scope,
    employee::{self, Attribute, names},
    org, pin_map,
    punch::{self, PunchRow, PunchSource},
    terminal::{self, Group},
};
use uuid::Uuid;

use super::{Request, apply, dry_run, undo::undo};
use crate::{Fault, Office, office::testing::SeededEntropy, progress::silent};

const FIRST: &str = "NIP;NAMA;GELAR BELAKANG;KODE OPD;OPD;UNOR NAMA;GOLONGAN;KELAS;TPP;PIN;NIP ATASAN\n\
    198003152005011001;Budi Santoso;S.E.;1.01;Dinas Pendidikan;;III/a;9;3.500.000;1;\n\
    199912312024052010;Siti Aminah;;1.01;Dinas Pendidikan;SDN 1 Maju;III/a;8;;2;198003152005011001\n\
    198807072023212005;Ani;;1.01;Dinas Pendidikan;SDN 1 Maju;IX;7;;3;198003152005011001\n";

struct Ground {
    office: Office,
    clock: Arc<domain::clock::FixedClock>,
}

impl Ground {
    async fn new(db: Db) -> Ground {
        let clock = Arc::new(store::testing::clock());
        let entropy = Arc::new(SeededEntropy::new(7));
        let office = Office::new(db, clock.clone(), entropy, store::testing::TENANT);
        let ground = Ground { office, clock };
        let mut tx = ground.office.db.begin_write(ground.office.tenant).await.unwrap();
        let unit = |n: u128, parent: Option<u128>, code: &str, name: &str, is_opd| org::Unit {
            unit_id: UnitId(Uuid::from_u128(n)),
            parent_id: parent.map(|p| UnitId(Uuid::from_u128(p))),
            code: code.to_owned(),
            name: name.to_owned(),
            kind: "dinas".to_owned(),
            is_opd,
            zone: None,
            address: String::new(),
            phone: String::new(),
            head_title: String::new(),
            sort_order: 0,
            closed_on: None,
            created_at: ground.office.now(),
        };
        let units =
            [unit(1, None, "0", "Pemerintah", false), unit(10, Some(1), "1.01", "Dinas Pendidikan", true)];
        org::put(&mut tx, &units).await.unwrap();
        tx.commit().await.unwrap();
        ground
    }

    fn later(&self) {
        self.clock.advance(SignedDuration::from_hours(1));
    }

    async fn import(&self, text: &str) -> super::Applied {
        self.later();
        apply(&self.office, &request(text), &silent).await.unwrap_or_else(|e| panic!("{e:?}"))
    }

    async fn preview(&self, text: &str) -> super::Preview {
        dry_run(&self.office, &request(text), &silent).await.unwrap_or_else(|e| panic!("{e:?}"))
    }

    async fn people(&self) -> Vec<employee::Person> {
        let mut tx = self.office.db.begin_read(self.office.tenant).await.unwrap();
        let day = date(2026, 11, 21);
        employee::load(&mut tx, Scope::Everyone, day, day).await.unwrap()
    }

    async fn value(&self, name: &str, attribute: &str, day: jiff::civil::Date) -> Option<String> {
        let people = self.people().await;
        let person = people.iter().find(|p| p.employee.name == name)?;
        person.value(attribute, day).map(str::to_owned)
    }

    async fn units(&self) -> Vec<(String, String)> {
        let mut tx = self.office.db.begin_read(self.office.tenant).await.unwrap();
        org::tree(&mut tx).await.unwrap().into_iter().map(|unit| (unit.code, unit.name)).collect()
    }

    async fn punch_owner(&self, punch: PunchId) -> Option<EmployeeId> {
        let mut tx = self.office.db.begin_read(self.office.tenant).await.unwrap();
        let all = punch::received_since(&mut tx, jiff::Timestamp::UNIX_EPOCH, 100).await.unwrap();
        all.into_iter().find(|row| row.punch_id == punch).and_then(|row| row.employee_id)
    }
}

fn request(text: &str) -> Request<'_> {
    Request::new("pegawai.csv", text.as_bytes(), date(2026, 11, 1), "cli")
}

#[tokio::test]
async fn an_import_writes_what_the_dry_run_said() {
    store::testing::each_engine(async |db| {
        let ground = Ground::new(db).await;
        let said = ground.preview(FIRST).await.plan;
        assert!(ground.people().await.is_empty(), "a dry run writes nothing");
        assert_eq!((said.added.len(), said.new_units.len()), (3, 1));

        let reports = Mutex::new(Vec::new());
        let watch = |progress: crate::progress::Progress| reports.lock().unwrap().push(progress);
        let applied = apply(&ground.office, &request(FIRST), &watch).await.unwrap();
        assert_eq!(applied.preview.plan.added.len(), 3);
        let last = *reports.lock().unwrap().last().unwrap();
        assert_eq!((last.done, last.total), (3, 3));

        let people = ground.people().await;
        let day = date(2026, 11, 1);
        let siti = people.iter().find(|p| p.employee.name == "Siti Aminah").unwrap();
        let budi = people.iter().find(|p| p.employee.name == "Budi Santoso").unwrap();
        assert_eq!(siti.number(day), Some("199912312024052010"));
        assert_eq!(siti.employee.birth_date, Some(date(1999, 12, 31)));
        assert_eq!(siti.employee.sex.as_deref(), Some("P"));
        assert_eq!(siti.superior(day), Some(budi.employee.employee_id));
        assert_eq!(siti.value(names::KIND, day), Some("pns"));
        assert_eq!(budi.value(names::TPP, day), Some("3500000"));
        assert_eq!(budi.employee.back_title, "S.E.");
        assert_eq!(siti.value(names::UNIT, date(2026, 10, 31)), None);
        assert!(ground.units().await.contains(&("1.01.01".to_owned(), "SDN 1 Maju".to_owned())));

        let again = ground.preview(FIRST).await.plan;
        assert!(again.is_empty() && again.new_units.is_empty(), "{again:?}");
        assert_eq!(again.same, 3);
    })
    .await;
}

#[tokio::test]
async fn changes_hold_from_the_effective_day_and_undo_brings_the_old_back() {
    store::testing::each_engine(async |db| {
        let ground = Ground::new(db).await;
        ground.import(FIRST).await;
        let promoted = FIRST
            .replace("Siti Aminah;;", "Siti Aminah;S.Pd.;")
            .replace("SDN 1 Maju;III/a;8", "SDN 1 Maju;III/b;8");
        ground.later();
        let mut request = request(&promoted);
        request.effective = date(2026, 12, 1);
        let applied = apply(&ground.office, &request, &silent).await.unwrap();
        assert_eq!((applied.preview.plan.changed.len(), applied.preview.plan.same), (1, 2));
        let golongan = async |day| ground.value("Siti Aminah", names::GOLONGAN, day).await;
        assert_eq!(golongan(date(2026, 11, 30)).await.as_deref(), Some("III/a"));
        assert_eq!(golongan(date(2026, 12, 1)).await.as_deref(), Some("III/b"));

        ground.later();
        undo(&ground.office, applied.import_id, "cli").await.unwrap();
        assert_eq!(golongan(date(2026, 12, 1)).await.as_deref(), Some("III/a"));
        let siti = ground.people().await.into_iter().find(|p| p.employee.name == "Siti Aminah").unwrap();
        assert_eq!(siti.employee.back_title, "");
        let twice = undo(&ground.office, applied.import_id, "cli").await.unwrap_err();
        assert_eq!((twice.fault, twice.id.as_str()), (Fault::Conflict, "Impor ini sudah dibatalkan."));
    })
    .await;
}

#[tokio::test]
async fn undoing_the_first_import_leaves_nothing_and_the_file_can_come_again() {
    store::testing::each_engine(async |db| {
        let ground = Ground::new(db).await;
        let units = ground.units().await;
        let applied = ground.import(FIRST).await;
        ground.later();
        let undone = undo(&ground.office, applied.import_id, "cli").await.unwrap();
        assert_eq!((undone.people, undone.numbers), (3, 3));
        assert!(ground.people().await.is_empty());
        assert_eq!(ground.units().await, units);
        let again = ground.import(FIRST).await;
        assert_eq!(again.preview.plan.added.len(), 3);
        assert_eq!(ground.people().await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn an_import_on_which_something_was_built_is_not_undone() {
    store::testing::each_engine(async |db| {
        let ground = Ground::new(db).await;
        let applied = ground.import(FIRST).await;
        let person = applied.preview.plan.added[0].id;
        ground.later();
        let mut tx = ground.office.db.begin_write(ground.office.tenant).await.unwrap();
        let fact = Attribute {
            employee_id: person,
            attribute: names::KELAS.to_owned(),
            valid_from: date(2026, 11, 10),
            recorded_at: ground.office.now(),
            value: Some("10".to_owned()),
            source: "SK 12".to_owned(),
            actor: "cli".to_owned(),
            import_id: None,
        };
        employee::add_attributes(&mut tx, &[fact]).await.unwrap();
        tx.commit().await.unwrap();
        let refused = undo(&ground.office, applied.import_id, "cli").await.unwrap_err();
        assert_eq!(refused.fault, Fault::Conflict);
        assert!(refused.id.contains("1 data pegawai baru diubah dari sumber lain"), "{}", refused.id);
        assert_eq!(ground.people().await.len(), 3, "nothing was taken back");
    })
    .await;
}

#[tokio::test]
async fn pins_claim_stored_punches_and_give_them_back() {
    store::testing::each_engine(async |db| {
        let ground = Ground::new(db).await;
        let office = &ground.office;
        let group_id = office.id(DeviceGroupId::new);
        let mut tx = office.db.begin_write(office.tenant).await.unwrap();
        let group = Group { group_id, code: "A".into(), name: "A".into(), created_at: office.now() };
        terminal::put_groups(&mut tx, &[group]).await.unwrap();
        let punch_id = office.id(PunchId::new);
        let local = date(2026, 11, 20).at(7, 21, 0, 0);
        let row = PunchRow {
            source: PunchSource::File,
            device_group_id: Some(group_id),
            pin: "2".into(),
            status: "255".into(),
            verify: "1".into(),
            journal_id: Some(office.id(RecordId::new)),
            ..PunchRow::bare(punch_id, Zone::Wib, local, office.now()).unwrap()
        };
        punch::insert_batch(&mut tx, &[row]).await.unwrap();
        tx.commit().await.unwrap();

        let first = ground.import(FIRST).await;
        let siti = first.preview.plan.added[1].id;
        let ani = first.preview.plan.added[2].id;
        assert_eq!(ground.punch_owner(punch_id).await, Some(siti));

        let swapped =
            FIRST.replace(";2;1980", ";X;1980").replace(";3;1980", ";2;1980").replace(";X;1980", ";3;1980");
        let second = ground.import(&swapped).await;
        assert_eq!(second.preview.plan.changed.len(), 2);
        assert_eq!(ground.punch_owner(punch_id).await, Some(ani));
        assert_eq!(ground.preview(&swapped).await.plan.same, 3);

        ground.later();
        undo(office, second.import_id, "cli").await.unwrap();
        assert_eq!(ground.punch_owner(punch_id).await, Some(siti));
        assert_eq!(ground.preview(FIRST).await.plan.same, 3);
        undo(office, first.import_id, "cli").await.unwrap();
        assert_eq!(ground.punch_owner(punch_id).await, None);
        let mut tx = office.db.begin_read(office.tenant).await.unwrap();
        let open =
            pin_map::all(&mut tx).await.unwrap().into_iter().filter(|owner| owner.valid_until.is_none());
        assert_eq!(open.count(), 0);
    })
    .await;
}

#[tokio::test]
async fn refused_rows_are_left_out_or_refuse_everything() {
    store::testing::each_engine(async |db| {
        let ground = Ground::new(db).await;
        let text = format!("{FIRST}1,98702E+17;Rusak;;1.01;Dinas Pendidikan;;III/a;8;;9;\n");
        let mut strict = request(&text);
        strict.all_or_nothing = true;
        let refused = apply(&ground.office, &strict, &silent).await.unwrap_err();
        assert_eq!(refused.fault, Fault::Invalid);
        assert!(refused.id.starts_with("1 baris salah"), "{}", refused.id);
        assert!(ground.people().await.is_empty());
        let lenient = ground.import(&text).await;
        assert_eq!(lenient.preview.plan.refused_rows, [5]);
        assert_eq!(ground.people().await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn pins_need_a_group_to_belong_to() {
    store::testing::each_engine(async |db| {
        let ground = Ground::new(db).await;
        ground.import(FIRST).await;
        let mut tx = ground.office.db.begin_write(ground.office.tenant).await.unwrap();
        assert_eq!(
            terminal::groups(&mut tx).await.unwrap().len(),
            1,
            "the first import makes the first group"
        );
        let group = Group {
            group_id: ground.office.id(DeviceGroupId::new),
            code: "B".into(),
            name: "B".into(),
            created_at: ground.office.now(),
        };
        terminal::put_groups(&mut tx, &[group]).await.unwrap();
        tx.commit().await.unwrap();
        let unclear = dry_run(&ground.office, &request(FIRST), &silent).await.unwrap_err();
        assert_eq!(unclear.fault, Fault::Invalid);
        assert!(unclear.id.contains("Pilih kelompok mesin"), "{}", unclear.id);
    })
    .await;
}

#[tokio::test]
async fn a_unit_with_a_stage_survives_the_undoing_of_the_import_that_made_it() {
    store::testing::each_engine(async |db| {
        let ground = Ground::new(db).await;
        let text = "NIP;NAMA;OPD\n198003152005011001;Budi;Dinas Baru\n";
        let applied = ground.import(text).await;
        let unit_id = applied.preview.plan.new_units[0].id;
        let mut tx = ground.office.db.begin_write(ground.office.tenant).await.unwrap();
        let stage = org::StageRecord {
            unit_id,
            since: date(2026, 11, 21),
            recorded_at: ground.office.now(),
            stage: Stage::Pendataan,
            note: "SE 1".into(),
            actor: "cli".into(),
        };
        org::add_stages(&mut tx, &[stage]).await.unwrap();
        tx.commit().await.unwrap();
        ground.later();
        undo(&ground.office, applied.import_id, "cli").await.unwrap();
        assert!(ground.units().await.iter().any(|(_, name)| name == "Dinas Baru"));
    })
    .await;
}

#[tokio::test]
async fn an_import_that_fails_half_way_leaves_nothing_behind() {
    store::testing::each_engine(async |db| {
        let ground = Ground::new(db).await;
        let units = ground.units().await;
        let mut tx = ground.office.db.begin_write(ground.office.tenant).await.unwrap();
        store::testing::run_sql(&mut tx, "DROP TABLE audit").await.unwrap();
        tx.commit().await.unwrap();
        // The register is written last, after people, facts and PINs.
        let failed = apply(&ground.office, &request(FIRST), &silent).await.unwrap_err();
        assert_ne!(failed.fault, Fault::Invalid);
        assert!(ground.people().await.is_empty());
        assert_eq!(ground.units().await, units);
        assert!(super::history(&ground.office, 10).await.unwrap().is_empty());
    })
    .await;
}
