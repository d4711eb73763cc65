//! Logins, roles, sessions, links, settings and the audit trail.

use domain::{
    ids::{AccountId, TenantId},
    rights::Role,
};
use jiff::{ToSpan, civil::date};
use serde_json::json;
use store::{
    ErrorKind, Tx,
    account::{self, Account, Grant},
    audit::{self, AuditEntry, AuditFilter},
    session::{self, LinkPurpose, OneTimeLink, Session},
    setting,
    testing::{TENANT, each_engine, start},
};

use crate::fixture::{DINAS, id, record_id, units};

fn login(name: &str) -> Account {
    Account {
        account_id: AccountId(id()),
        employee_id: None,
        login: name.to_owned(),
        display_name: name.to_owned(),
        password_hash: None,
        must_change: false,
        failed_count: 0,
        locked_until: None,
        lang: "id".to_owned(),
        disabled_at: None,
        created_at: start(),
        last_login_at: None,
    }
}

async fn added(tx: &mut Tx, name: &str) -> Account {
    let account = login(name);
    assert_eq!(account::add(tx, std::slice::from_ref(&account)).await.unwrap(), 1);
    account
}

#[tokio::test]
async fn failures_count_until_a_login() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        let ani = added(&mut tx, "ani").await.account_id;
        assert_eq!(account::note_failure(&mut tx, ani).await.unwrap(), 1);
        assert_eq!(account::note_failure(&mut tx, ani).await.unwrap(), 2);
        let until = start() + 15.minutes();
        account::lock(&mut tx, ani, until).await.unwrap();
        let locked = account::by_login(&mut tx, "ani").await.unwrap().unwrap();
        assert_eq!((locked.failed_count, locked.locked_until), (2, Some(until)));
        account::set_password(&mut tx, ani, "$argon2id$…", true).await.unwrap();
        account::note_login(&mut tx, ani, until).await.unwrap();
        let open = account::get(&mut tx, ani).await.unwrap();
        assert_eq!((open.failed_count, open.locked_until, open.last_login_at), (0, None, Some(until)));
        assert!(open.must_change);
        let nobody = account::set_lang(&mut tx, AccountId(id()), "en").await.unwrap_err();
        assert_eq!(nobody.kind(), ErrorKind::NotFound);
    })
    .await;
}

#[tokio::test]
async fn a_login_is_taken_once() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        added(&mut tx, "ani").await;
        let error = account::add(&mut tx, &[login("ani")]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Conflict);
    })
    .await;
}

#[tokio::test]
async fn a_role_holds_between_its_days() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        units(&mut tx).await;
        let ani = added(&mut tx, "ani").await.account_id;
        let plh = Grant {
            grant_id: record_id(),
            account_id: ani,
            role: Role::AdminOpd,
            unit_id: Some(DINAS),
            valid_from: date(2026, 11, 1),
            valid_until: Some(date(2026, 11, 10)),
            granted_by: "cli".to_owned(),
            recorded_at: start(),
        };
        account::grant(&mut tx, std::slice::from_ref(&plh)).await.unwrap();
        let mut on = async |day| account::grants(&mut tx, ani, date(2026, 11, day)).await.unwrap();
        assert_eq!(on(10).await, std::slice::from_ref(&plh));
        assert_eq!(on(11).await, []);
        account::revoke_grant(&mut tx, plh.grant_id, "cli", start()).await.unwrap();
        assert_eq!(account::all_grants(&mut tx).await.unwrap(), []);
        let again = account::revoke_grant(&mut tx, plh.grant_id, "cli", start()).await.unwrap_err();
        assert_eq!(again.kind(), ErrorKind::NotFound);
    })
    .await;
}

#[tokio::test]
async fn sessions_end_by_time_and_by_hand() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        let ani = added(&mut tx, "ani").await.account_id;
        let session = |token: u8| Session {
            token_hash: vec![token; 32],
            account_id: ani,
            created_at: start(),
            expires_at: start() + 1.hour(),
            last_seen_at: start(),
            user_agent: "Firefox".to_owned(),
            ip: "10.0.0.1".to_owned(),
        };
        for token in 1..=3 {
            session::begin(&mut tx, &session(token)).await.unwrap();
        }
        assert_eq!(session::get(&mut tx, &[1; 32], start()).await.unwrap(), Some(session(1)));
        assert_eq!(session::get(&mut tx, &[1; 32], start() + 1.hour()).await.unwrap(), None);
        session::extend(&mut tx, &[1; 32], start() + 1.minute(), start() + 2.hours()).await.unwrap();
        assert!(session::get(&mut tx, &[1; 32], start() + 1.hour()).await.unwrap().is_some());
        assert_eq!(session::revoke_all(&mut tx, ani, Some(&[1; 32]), start()).await.unwrap(), 2);
        assert_eq!(session::of_account(&mut tx, ani, start()).await.unwrap().len(), 1);
        session::revoke(&mut tx, &[1; 32], start()).await.unwrap();
        assert_eq!(session::get(&mut tx, &[1; 32], start()).await.unwrap(), None);
        assert_eq!(session::sweep(&mut tx, start() + 24.hours()).await.unwrap(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_link_works_once() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        let link = OneTimeLink {
            token_hash: vec![9; 32],
            purpose: LinkPurpose::Setup,
            account_id: None,
            created_at: start(),
            created_by: "cli".to_owned(),
            expires_at: start() + 1.hour(),
        };
        session::add_link(&mut tx, &link).await.unwrap();
        let setup = LinkPurpose::Setup;
        assert_eq!(session::use_link(&mut tx, &[9; 32], setup, start() + 2.hours()).await.unwrap(), None);
        let other = session::use_link(&mut tx, &[9; 32], LinkPurpose::Activate, start()).await.unwrap();
        assert_eq!(other, None, "a link opens only what it was made for");
        assert!(session::peek_link(&mut tx, &[9; 32], start()).await.unwrap().is_some());
        assert_eq!(session::use_link(&mut tx, &[9; 32], setup, start()).await.unwrap(), Some(link));
        assert_eq!(session::use_link(&mut tx, &[9; 32], setup, start()).await.unwrap(), None);
        assert_eq!(session::peek_link(&mut tx, &[9; 32], start()).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn settings_keep_the_last_value() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        assert_eq!(setting::get(&mut tx, "kop").await.unwrap(), None);
        setting::set(&mut tx, "kop", "A", "cli", start()).await.unwrap();
        setting::set(&mut tx, "kop", "B", "cli", start()).await.unwrap();
        assert_eq!(setting::get(&mut tx, "kop").await.unwrap().as_deref(), Some("B"));
        assert_eq!(setting::all(&mut tx).await.unwrap(), [("kop".to_owned(), "B".to_owned())]);
        assert_eq!(tx.tenant(), TenantId(1));
    })
    .await;
}

#[tokio::test]
async fn the_audit_trail_is_listed_newest_first() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        let entry = |minutes: i64, actor: &str, subject: &str| AuditEntry {
            audit_id: record_id(),
            at: start() + minutes.minutes(),
            actor: actor.to_owned(),
            action: "employee.read".to_owned(),
            subject_kind: "employee".to_owned(),
            subject_id: subject.to_owned(),
            detail: json!({"fields": ["nip"], "why": "\"kutip\""}),
            ip: "::1".to_owned(),
        };
        let all = [entry(0, "a", "x"), entry(1, "b", "x"), entry(2, "a", "y")];
        assert_eq!(audit::write(&mut tx, &all).await.unwrap(), 3);
        let list = audit::list(&mut tx, AuditFilter::default(), 2).await.unwrap();
        assert_eq!(list, [all[2].clone(), all[1].clone()]);
        let about = AuditFilter { subject: Some(("employee", "x")), ..AuditFilter::default() };
        assert_eq!(audit::list(&mut tx, about, 9).await.unwrap().len(), 2);
        let page = AuditFilter { actor: Some("a"), before: Some(all[2].at), ..AuditFilter::default() };
        assert_eq!(audit::list(&mut tx, page, 9).await.unwrap(), [all[0].clone()]);
    })
    .await;
}
