//! People, their numbers and dated attributes, and who is in a subtree when.

use domain::ids::EmployeeId;
use jiff::{ToSpan, civil::date};
use store::{
    ErrorKind, Scope,
    employee::{self, Employee, names},
    people,
    testing::{TENANT, each_engine, start},
};

use crate::fixture::{BADAN, BIDANG, DINAS, PEMDA, fact, inserts, person, units};

#[tokio::test]
async fn a_subtree_holds_who_was_there_in_the_period() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        units(&mut tx).await;
        let since = date(2025, 1, 1);
        let ani = person(&mut tx, 1, "Ani", BIDANG, since).await;
        let budi = person(&mut tx, 2, "Budi", BADAN, since).await;
        let moved = fact(ani, names::UNIT, date(2026, 3, 10), &BADAN.to_string());
        employee::add_attributes(&mut tx, std::slice::from_ref(&moved)).await.unwrap();

        let (march_first, march_last) = (date(2026, 3, 1), date(2026, 3, 31));
        let april = (date(2026, 4, 1), date(2026, 4, 30));
        let who = people(&mut tx, Scope::Subtree(DINAS), march_first, march_last).await.unwrap();
        assert_eq!(who, [ani], "she left on the 10th");
        let who = people(&mut tx, Scope::Subtree(DINAS), april.0, april.1).await.unwrap();
        assert_eq!(who, [] as [EmployeeId; 0]);
        let who = people(&mut tx, Scope::Subtree(BADAN), march_first, march_last).await.unwrap();
        assert_eq!(who, [ani, budi]);
        let who = people(&mut tx, Scope::Subtree(PEMDA), march_first, march_last).await.unwrap();
        assert_eq!(who, [ani, budi]);
        let who = people(&mut tx, Scope::Subtree(BADAN), march_first, date(2026, 3, 9)).await.unwrap();
        assert_eq!(who, [budi], "the day before she came");

        let (employee, at) = (ani, moved.recorded_at);
        employee::revoke_attribute(&mut tx, employee, names::UNIT, date(2026, 3, 10), at, at).await.unwrap();
        let who = people(&mut tx, Scope::Subtree(DINAS), april.0, april.1).await.unwrap();
        assert_eq!(who, [ani], "the move was revoked");
    })
    .await;
}

#[tokio::test]
async fn a_person_comes_with_the_whole_history() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        units(&mut tx).await;
        let ani = person(&mut tx, 1, "Ani", DINAS, date(2025, 1, 1)).await;
        let facts = [
            fact(ani, names::KELAS, date(2025, 1, 1), "7"),
            fact(ani, names::KELAS, date(2026, 4, 1), "8"),
            fact(ani, names::SUPERIOR, date(2026, 1, 1), &ani.to_string()),
        ];
        employee::add_attributes(&mut tx, &facts).await.unwrap();
        let mut corrected = fact(ani, names::KELAS, date(2026, 4, 1), "9");
        corrected.recorded_at = start() + 1.hour();
        let mut ended = fact(ani, names::SUPERIOR, date(2026, 6, 1), "");
        ended.value = None;
        employee::add_attributes(&mut tx, &[corrected, ended]).await.unwrap();

        let before = tx.statements();
        let all = employee::in_subtree(&mut tx, PEMDA, date(2026, 1, 1), date(2026, 1, 31)).await.unwrap();
        assert_eq!(tx.statements() - before, 2);
        let ani = &all[0];
        assert_eq!(ani.value(names::KELAS, date(2026, 3, 31)), Some("7"));
        assert_eq!(ani.value(names::KELAS, date(2026, 4, 1)), Some("9"), "the later record counts");
        assert_eq!(ani.unit(date(2026, 1, 1)), Some(DINAS));
        assert_eq!(ani.superior(date(2026, 5, 31)), Some(ani.employee.employee_id));
        assert_eq!(ani.superior(date(2026, 6, 1)), None);
        assert_eq!(ani.number(date(2026, 1, 1)), Some("198003152005011001"));
        assert_eq!(employee::get(&mut tx, ani.employee.employee_id).await.unwrap(), *ani);
    })
    .await;
}

#[tokio::test]
async fn a_number_belongs_to_one_person() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        units(&mut tx).await;
        let ani = person(&mut tx, 1, "Ani", DINAS, date(2025, 1, 1)).await;
        let budi = person(&mut tx, 2, "Budi", DINAS, date(2025, 1, 1)).await;
        let wanted = ["198003152005011002".to_owned(), "198003152005011001".to_owned(), "1".to_owned()];
        let mut hits = employee::by_numbers(&mut tx, &wanted).await.unwrap();
        hits.sort();
        assert_eq!(hits, [(wanted[1].clone(), ani), (wanted[0].clone(), budi)]);
        let mut twin = employee::get(&mut tx, budi).await.unwrap().numbers.remove(0);
        twin.number = "198003152005011001".to_owned();
        let error = employee::add_numbers(&mut tx, &[twin]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Conflict);
    })
    .await;
}

#[tokio::test]
async fn search_takes_a_percent_sign_literally() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        units(&mut tx).await;
        for (n, name) in [(1, "Ani"), (2, "Budi"), (3, "100% Ani")] {
            person(&mut tx, n, name, DINAS, date(2025, 1, 1)).await;
        }
        let period = (date(2026, 1, 1), date(2026, 1, 31));
        let mut find = async |text: &str, page| {
            let hits = employee::search(&mut tx, Scope::Everyone, period, text, page).await.unwrap();
            (hits.iter().map(|h| h.name.clone()).collect::<Vec<_>>(), hits.first().map_or(0, |h| h.total))
        };
        assert_eq!(find("ANI", (10, 0)).await, (vec!["100% Ani".to_owned(), "Ani".to_owned()], 2));
        assert_eq!(find("ANI", (1, 1)).await, (vec!["Ani".to_owned()], 2));
        assert_eq!(find("0%", (10, 0)).await.1, 1);
        assert_eq!(find("5011002", (10, 0)).await.0, ["Budi"]);
    })
    .await;
}

#[tokio::test]
async fn thousands_of_people_are_written_in_few_statements() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        let rows: Vec<Employee> = (0..5000_u32)
            .map(|n| Employee {
                employee_id: EmployeeId(crate::fixture::id()),
                name: format!("Nama\t\"{n}\" 'kutip' \u{1f600}\0"),
                front_title: String::new(),
                back_title: String::new(),
                birth_date: None,
                sex: None,
                created_at: start(),
                import_id: None,
            })
            .collect();
        assert_eq!(employee::add(&mut tx, &rows).await.unwrap(), 5000);
        assert_eq!(tx.statements(), inserts(db.kind(), 5000));
        let person = employee::get(&mut tx, rows[4999].employee_id).await.unwrap();
        assert_eq!(person.employee.name, "Nama\t\"4999\" 'kutip' \u{1f600}\u{fffd}");
        assert_eq!(person.employee.birth_date, None);
        let renamed = Employee { name: "Baru".to_owned(), ..rows[0].clone() };
        assert_eq!(employee::change(&mut tx, std::slice::from_ref(&renamed), None).await.unwrap(), 1);
        assert_eq!(employee::get(&mut tx, renamed.employee_id).await.unwrap().employee, renamed);
    })
    .await;
}
