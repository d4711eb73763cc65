//! Amounts, policies, monthly figures and the closing of months.

use domain::{ids::ImportId, month::Month};
use jiff::{ToSpan, civil::date};
use store::{
    ErrorKind, Scope,
    month_close::{self, CloseState, MonthClose},
    month_input::{self, MonthInput},
    policy::{self, PolicyRow},
    testing::{TENANT, each_engine, start},
    tpp_amount::{self, TppAmount},
};

use crate::fixture::{BADAN, DINAS, id, person, record_id, units};

fn november() -> Month {
    Month::of(date(2026, 11, 1))
}

#[tokio::test]
async fn amounts_are_exact() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        units(&mut tx).await;
        let amount = TppAmount {
            amount_id: record_id(),
            valid_from: date(2026, 1, 1),
            kelas: Some(7),
            jabatan: None,
            unit_id: Some(DINAS),
            amount: "4999999.000000000000000001".parse().unwrap(),
            legal_basis: "Perbup 7/2022 Pasal 4".to_owned(),
            actor: "cli".to_owned(),
            recorded_at: start(),
            import_id: Some(ImportId(id())),
        };
        tpp_amount::add(&mut tx, std::slice::from_ref(&amount)).await.unwrap();
        assert_eq!(tpp_amount::until(&mut tx, date(2025, 12, 31)).await.unwrap(), []);
        assert_eq!(
            tpp_amount::until(&mut tx, date(2026, 1, 1)).await.unwrap(),
            std::slice::from_ref(&amount)
        );
        tpp_amount::withdraw(&mut tx, amount.amount_id, start()).await.unwrap();
        assert_eq!(tpp_amount::until(&mut tx, date(2026, 1, 1)).await.unwrap(), []);
    })
    .await;
}

fn version(version: &str, from: jiff::civil::Date) -> PolicyRow {
    PolicyRow {
        policy_id: "kab-contoh".to_owned(),
        version: version.to_owned(),
        text: "name = 'x' # \u{2014}\n".to_owned(),
        sha256: "ab".to_owned(),
        effective_from: from,
        effective_until: None,
        recorded_at: start(),
        recorded_by: "cli".to_owned(),
        activated_at: None,
        activated_by: None,
        second_approver: None,
        withdrawn_at: None,
    }
}

#[tokio::test]
async fn a_policy_applies_once_it_is_active() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        let both = [version("1", date(2026, 1, 1)), version("2", date(2026, 7, 1))];
        policy::add(&mut tx, &both).await.unwrap();
        assert_eq!(policy::active_on(&mut tx, date(2026, 8, 1)).await.unwrap(), []);
        for (n, at) in [("1", start()), ("2", start() + 1.hour())] {
            policy::activate(&mut tx, ("kab-contoh", n), "a", Some("b"), at).await.unwrap();
        }
        let active = policy::active_on(&mut tx, date(2026, 8, 1)).await.unwrap();
        assert_eq!(active.iter().map(|p| p.version.as_str()).collect::<Vec<_>>(), ["2", "1"]);
        assert_eq!(policy::active_on(&mut tx, date(2026, 6, 30)).await.unwrap()[0].version, "1");
        policy::withdraw(&mut tx, "kab-contoh", "2", start()).await.unwrap();
        assert_eq!(policy::active_on(&mut tx, date(2026, 8, 1)).await.unwrap().len(), 1);
        let twice = policy::activate(&mut tx, ("kab-contoh", "1"), "a", None, start()).await.unwrap_err();
        assert_eq!(twice.kind(), ErrorKind::NotFound);
        assert_eq!(
            policy::get(&mut tx, "kab-contoh", "1").await.unwrap().second_approver.as_deref(),
            Some("b")
        );
        assert_eq!(policy::add(&mut tx, &both[..1]).await.unwrap_err().kind(), ErrorKind::Conflict);
    })
    .await;
}

#[tokio::test]
async fn of_monthly_figures_the_latest_counts() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        units(&mut tx).await;
        let ani = person(&mut tx, 1, "Ani", DINAS, date(2025, 1, 1)).await;
        let input = |name: &str, value: &str, hours: i64| MonthInput {
            employee_id: ani,
            month: november(),
            name: name.to_owned(),
            recorded_at: start() + hours.hours(),
            value: value.to_owned(),
            actor: "cli".to_owned(),
            import_id: None,
        };
        let all = [input("lkh_days", "19", 0), input("skp", "Baik", 0), input("lkh_days", "20", 1)];
        month_input::add(&mut tx, &all).await.unwrap();
        let scope = Scope::Subtree(DINAS);
        let counted = month_input::of(&mut tx, scope, november()).await.unwrap();
        assert_eq!(counted, [all[2].clone(), all[1].clone()]);
        assert_eq!(month_input::of(&mut tx, scope, november().previous()).await.unwrap(), []);
        assert_eq!(month_input::of(&mut tx, Scope::Subtree(BADAN), november()).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn closing_is_a_chain_of_versions() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        units(&mut tx).await;
        let step = |version: i64, state: CloseState, payload: &str| MonthClose {
            unit_id: DINAS,
            month: november(),
            version,
            state,
            actor: "cli".to_owned(),
            at: start() + version.hours(),
            digest: "d".to_owned(),
            payload: payload.to_owned(),
            note: String::new(),
        };
        month_close::add(&mut tx, &step(1, CloseState::Locked, "{\"days\":1}")).await.unwrap();
        month_close::add(&mut tx, &step(2, CloseState::Reopened, "")).await.unwrap();
        let states = month_close::states(&mut tx, november()).await.unwrap();
        assert_eq!((states.len(), states[0].state), (1, CloseState::Reopened));
        assert_eq!(month_close::history(&mut tx, DINAS, november()).await.unwrap().len(), 2);
        let locked = month_close::locked(&mut tx, DINAS, november()).await.unwrap().unwrap();
        assert_eq!(locked, step(1, CloseState::Locked, "{\"days\":1}"));
        tx.commit().await.unwrap();
        let mut tx = db.begin_write(TENANT).await.unwrap();
        let late = month_close::add(&mut tx, &step(2, CloseState::Locked, "{}")).await.unwrap_err();
        assert_eq!(late.kind(), ErrorKind::Conflict, "somebody was faster");
    })
    .await;
}
