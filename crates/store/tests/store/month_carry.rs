//! What locked months hand on, read together with the steps in the closing of a month.

use domain::month::Month;
use jiff::civil::date;
use store::{
    ErrorKind, Scope,
    month_carry::{self, MonthCarry},
    month_close::{self, CloseState, MonthClose},
    testing::{TENANT, each_engine, start},
};

use crate::fixture::{BADAN, DINAS, person, units};

#[tokio::test]
async fn rows_of_locked_months_come_with_the_steps_of_this_one() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        units(&mut tx).await;
        let ani = person(&mut tx, 1, "Ani", DINAS, date(2025, 1, 1)).await;
        let budi = person(&mut tx, 2, "Budi", BADAN, date(2025, 1, 1)).await;
        let november = Month::of(date(2026, 11, 1));
        let october = november.previous();
        let row = |employee_id, unit_id, month, version| MonthCarry {
            employee_id,
            month,
            unit_id,
            version,
            carried: "{}".to_owned(),
        };
        let rows = [
            row(ani, DINAS, october.previous(), 1),
            row(ani, DINAS, october, 1),
            row(budi, BADAN, october, 1),
        ];
        assert_eq!(month_carry::add(&mut tx, &rows).await.unwrap(), 3);
        let step = MonthClose {
            unit_id: DINAS,
            month: november,
            version: 1,
            state: CloseState::Locked,
            actor: "admin".to_owned(),
            at: start(),
            digest: "d".to_owned(),
            payload: "[]".to_owned(),
            note: "n".to_owned(),
        };
        month_close::add(&mut tx, &step).await.unwrap();
        let days = (november.first(), november.last());
        let before = tx.statements();
        let scope = Scope::Subtree(DINAS);
        let both = (Some(DINAS), november);
        let found = month_carry::of(&mut tx, scope, days, both, (october, november)).await.unwrap();
        assert_eq!(tx.statements() - before, 1);
        assert_eq!(found.carried, [rows[1].clone()], "own people, months asked for");
        assert_eq!(found.steps, month_close::history(&mut tx, DINAS, november).await.unwrap());
        assert_eq!((found.steps[0].state, found.steps[0].note.as_str()), (CloseState::Locked, "n"));

        assert_eq!(month_carry::revoke(&mut tx, DINAS, october, start()).await.unwrap(), 1);
        let nobody = (None, november);
        let found =
            month_carry::of(&mut tx, scope, days, nobody, (october.previous(), october)).await.unwrap();
        assert_eq!((found.carried, found.steps), (vec![rows[0].clone()], vec![]));
        let again = row(ani, DINAS, october, 3);
        month_carry::add(&mut tx, std::slice::from_ref(&again)).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.begin_write(TENANT).await.unwrap();
        let twice = month_carry::add(&mut tx, &[again]).await.unwrap_err();
        assert_eq!(twice.kind(), ErrorKind::Conflict);
    })
    .await;
}
