//! Imports and their undoing.

use domain::ids::{EmployeeId, ImportId};
use jiff::{ToSpan, civil::date};
use serde_json::json;
use store::{
    ErrorKind, Scope,
    employee::{self, Employee, names},
    import::{self, FileImport, Undone},
    people, punch,
    punch::PunchSource,
    testing::{TENANT, each_engine, start},
};

use crate::fixture::{DINAS, TERMINAL, fact, id, person, punch as at, terminal};

fn file(import_id: ImportId, kind: &str) -> FileImport {
    FileImport {
        import_id,
        kind: kind.to_owned(),
        file_name: "data asn.xlsx".to_owned(),
        sha256: "00ff".to_owned(),
        actor: "cli".to_owned(),
        imported_at: start(),
        summary: json!({}),
        undone_at: None,
        undone_by: None,
    }
}

#[tokio::test]
async fn undoing_an_import_brings_back_what_was() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        terminal(&mut tx).await;
        let since = date(2025, 1, 1);
        let ani = person(&mut tx, 1, "Ani", DINAS, since).await;
        let before = employee::get(&mut tx, ani).await.unwrap();

        let import = ImportId(id());
        import::add(&mut tx, &file(import, "employees")).await.unwrap();
        let renamed = Employee { name: "Ani Baru".to_owned(), ..before.employee.clone() };
        employee::change(&mut tx, &[renamed], Some(import)).await.unwrap();
        let mut kelas = fact(ani, names::KELAS, since, "8");
        kelas.import_id = Some(import);
        let new =
            Employee { employee_id: EmployeeId(id()), import_id: Some(import), ..before.employee.clone() };
        employee::add(&mut tx, std::slice::from_ref(&new)).await.unwrap();
        let mut number = before.numbers[0].clone();
        number.employee_id = new.employee_id;
        number.number = "199001012024221001".to_owned();
        number.import_id = Some(import);
        employee::add_numbers(&mut tx, std::slice::from_ref(&number)).await.unwrap();
        employee::add_attributes(&mut tx, &[kelas]).await.unwrap();
        import::set_summary(&mut tx, import, &json!({"added": 1})).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = db.begin_write(TENANT).await.unwrap();
        assert_eq!(people(&mut tx, Scope::Everyone, since, since).await.unwrap().len(), 2);
        let listed = import::recent(&mut tx, Some("employees"), 5).await.unwrap();
        assert_eq!((listed.len(), &listed[0].summary), (1, &json!({"added": 1})));
        assert!(import::by_sha256(&mut tx, "00ff").await.unwrap().is_some());
        let undone = import::undo(&mut tx, import, "cli", start() + 1.hour()).await.unwrap();
        assert_eq!(undone, Undone { people: 1, restored: 1, numbers: 1, facts: 1, punches: 0 });
        assert_eq!(employee::get(&mut tx, ani).await.unwrap(), before);
        assert_eq!(people(&mut tx, Scope::Everyone, since, since).await.unwrap(), [ani]);
        assert_eq!(employee::by_number(&mut tx, &number.number).await.unwrap(), None);
        assert_eq!(import::by_sha256(&mut tx, "00ff").await.unwrap(), None);
        let again = import::undo(&mut tx, import, "cli", start()).await.unwrap_err();
        assert_eq!(again.kind(), ErrorKind::NotFound);
        number.recorded_at = start() + 2.hours();
        let back = Employee { employee_id: EmployeeId(id()), ..new };
        employee::add(&mut tx, std::slice::from_ref(&back)).await.unwrap();
        number.employee_id = back.employee_id;
        employee::add_numbers(&mut tx, &[number]).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_file_of_punches_may_be_undone_and_imported_again() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        terminal(&mut tx).await;
        let first = ImportId(id());
        let second = ImportId(id());
        let rows = |import: ImportId| {
            [2_i8, 3].map(|day| {
                let mut row = at("7", date(2026, 11, day).at(7, 0, 0, 0));
                row.source = PunchSource::File;
                row.terminal_id = Some(TERMINAL);
                row.import_id = Some(import);
                row
            })
        };
        for import in [first, second] {
            import::add(&mut tx, &file(import, "attlog")).await.unwrap();
        }
        assert_eq!(punch::insert_batch(&mut tx, &rows(first)).await.unwrap(), 2);
        assert_eq!(punch::insert_batch(&mut tx, &rows(second)).await.unwrap(), 0);
        assert_eq!(import::undo(&mut tx, first, "cli", start()).await.unwrap().punches, 2);
        assert_eq!(punch::unmapped(&mut tx, 5).await.unwrap(), []);
        assert_eq!(punch::insert_batch(&mut tx, &rows(second)).await.unwrap(), 2);
        assert_eq!(punch::unmapped(&mut tx, 5).await.unwrap()[0].punches, 2);
    })
    .await;
}
