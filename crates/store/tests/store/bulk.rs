//! The two bodies of the bulk insert agree, and are fast enough to be used on every upload.

use domain::ids::EmployeeId;
use jiff::civil::date;
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use store::{
    Db,
    employee::{self, Employee},
    testing::{TENANT, postgres, sqlite, start},
};

fn people() -> impl Strategy<Value = Vec<(String, String, bool, bool)>> {
    let text = "[ -~\\t\\n\\u{0}\\u{e9}\\u{1f600}\\\\\"']{0,12}";
    prop::collection::vec((text, text, any::<bool>(), any::<bool>()), 1..20)
}

async fn through(db: &Db, rows: &[Employee]) -> Vec<Employee> {
    let mut tx = db.begin_write(TENANT).await.unwrap();
    employee::add(&mut tx, rows).await.unwrap();
    let mut back = Vec::new();
    for row in rows {
        back.push(employee::get(&mut tx, row.employee_id).await.unwrap().employee);
    }
    back
}

#[tokio::test]
async fn both_engines_store_the_same_rows() {
    let (lite, pg) = (sqlite().await, postgres().await);
    let mut runner = TestRunner::new(Config { cases: 40, ..Config::default() });
    let handle = tokio::runtime::Handle::current();
    let (one, two) = (lite.db.clone(), pg.db.clone());
    let work = tokio::task::spawn_blocking(move || {
        runner.run(&people(), |people| {
            let rows: Vec<Employee> = people
                .into_iter()
                .map(|(name, title, dated, sexed)| Employee {
                    employee_id: EmployeeId(crate::fixture::id()),
                    name,
                    front_title: title,
                    back_title: String::new(),
                    birth_date: dated.then(|| date(1980, 2, 29)),
                    sex: sexed.then(|| "P".to_owned()),
                    created_at: start(),
                    import_id: None,
                })
                .collect();
            let from_lite = handle.block_on(through(&one, &rows));
            let from_pg = handle.block_on(through(&two, &rows));
            prop_assert_eq!(&from_lite, &from_pg);
            let sent: Vec<String> = rows.iter().map(|r| r.name.replace('\0', "\u{fffd}")).collect();
            prop_assert_eq!(from_lite.into_iter().map(|r| r.name).collect::<Vec<_>>(), sent);
            Ok(())
        })
    });
    work.await.unwrap().unwrap();
    lite.finish().await;
    pg.finish().await;
}
