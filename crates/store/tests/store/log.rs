//! The transparency log beside the rows it covers.

use std::sync::Arc;

use jiff::{
    Timestamp, ToSpan,
    civil::{date, datetime},
};
use ledger::{Edge, Entry, EntryKind, SignedCheckpoint, leaf_hash};
use store::{
    Db, ErrorKind,
    audit::{self, AuditEntry, AuditFilter},
    log::{self, Finding, Unproved},
    punch, status,
    testing::{TENANT, each_engine, run_sql, sealer, sqlite, start},
};

use crate::{
    fixture::{DINAS, inserts, person, punch as at, record_id, terminal},
    statuses::leave_of,
};

/// A person with a number and a unit, two punches, a leave that is taken back, and a deed: twelve entries with those of the
/// key and of four units.
async fn month(db: &Db) {
    let mut tx = db.begin_write(TENANT).await.unwrap();
    terminal(&mut tx).await;
    let budi = person(&mut tx, 1, "Budi", DINAS, date(2026, 1, 1)).await;
    let rows = [at("1", datetime(2026, 11, 2, 7, 0, 0, 0)), at("2", datetime(2026, 11, 2, 7, 1, 0, 0))];
    assert_eq!(punch::insert_batch(&mut tx, &rows).await.unwrap(), 2);
    let leave = leave_of(budi);
    status::add(&mut tx, std::slice::from_ref(&leave)).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = db.begin_write(TENANT).await.unwrap();
    status::revoke(&mut tx, leave.status_id, "admin", start()).await.unwrap();
    audit::write(&mut tx, &[deed("status.revoke")]).await.unwrap();
    tx.commit().await.unwrap();
}

fn deed(action: &str) -> AuditEntry {
    AuditEntry {
        audit_id: record_id(),
        at: start(),
        actor: "admin".into(),
        action: action.into(),
        subject_kind: "employee".into(),
        subject_id: "x".into(),
        detail: serde_json::json!({ "nama": "Budi \"B\"" }),
        ip: String::new(),
    }
}

async fn kinds(db: &Db) -> Vec<EntryKind> {
    let mut tx = db.begin_read(TENANT).await.unwrap();
    let rows = log::entries(&mut tx, 0, 100).await.unwrap();
    assert!(rows.iter().enumerate().all(|(n, row)| row.seq == i64::try_from(n).unwrap()));
    rows.iter().map(|row| Entry::parse(&row.entry).unwrap().kind()).collect()
}

#[tokio::test]
async fn every_covered_row_and_every_change_of_one_has_an_entry() {
    each_engine(async |db| {
        month(&db).await;
        use EntryKind::{Correction, Decision, Key, Person, Punch, Rule};
        assert_eq!(kinds(&db).await[..5], [Key, Rule, Rule, Rule, Rule], "the units");
        assert_eq!(kinds(&db).await[5..], [Person, Person, Punch, Punch, Correction, Correction, Decision]);
        let mut tx = db.begin_read(TENANT).await.unwrap();
        let rows = log::entries(&mut tx, 0, 100).await.unwrap();
        let mut edge = Edge::new();
        for row in &rows {
            edge.append(leaf_hash(&row.entry)).unwrap();
        }
        let head = log::head(&mut tx).await.unwrap().unwrap();
        assert_eq!((head.origin.as_str(), &head.edge), ("hadir.test/log/1", &edge));
        let key = sealer().vkey(&head.origin).unwrap().parse().unwrap();
        let checkpoint = SignedCheckpoint::parse(&head.checkpoint).unwrap();
        assert_eq!(checkpoint.verify(&[key]).unwrap().root(), edge.root());
        let named: Vec<Option<u64>> =
            rows.iter().map(|row| Entry::parse(&row.entry).unwrap().refers_to()).collect();
        assert_eq!(
            named,
            [[None; 10].as_slice(), &[Some(9), None]].concat(),
            "the revocation names the leave"
        );
        let checked = log::check(&mut tx).await.unwrap();
        assert_eq!((checked.entries, checked.rows, checked.findings), (12, 10, vec![]));
    })
    .await;
}

#[tokio::test]
async fn a_punch_that_is_known_needs_no_second_entry() {
    each_engine(async |db| {
        month(&db).await;
        let mut tx = db.begin_write(TENANT).await.unwrap();
        let again = [at("1", datetime(2026, 11, 2, 7, 0, 0, 0))];
        assert_eq!(punch::insert_batch(&mut tx, &again).await.unwrap(), 0);
        tx.commit().await.unwrap();
        assert_eq!(kinds(&db).await.len(), 12);
    })
    .await;
}

#[tokio::test]
async fn adding_costs_two_statements_and_the_insert() {
    each_engine(async |db| {
        month(&db).await;
        for count in [1_i64, 500] {
            let rows: Vec<_> = (0..count)
                .map(|n| at("7", datetime(2026, 11, 4, 7, 0, 0, 0) + (count + n).seconds()))
                .collect();
            let before = db.statements();
            let mut tx = db.begin_write(TENANT).await.unwrap();
            punch::insert_batch(&mut tx, &rows).await.unwrap();
            let own = tx.statements();
            tx.commit().await.unwrap();
            let entries = inserts(db.kind(), u64::try_from(count).unwrap());
            assert_eq!(db.statements() - before - own, 2 + entries, "the end, the entries, the new end");
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_covered_is_written_without_somebody_who_signs() {
    let test = sqlite().await;
    let unsigned = Db::connect(&test.url).await.unwrap();
    let mut tx = unsigned.begin_write(TENANT).await.unwrap();
    audit::write(&mut tx, &[deed("x")]).await.unwrap();
    assert_eq!(tx.commit().await.unwrap_err().kind(), ErrorKind::Refused);
    let doubtful = sealer();
    let signed = unsigned.sealed_by(Arc::clone(&doubtful));
    doubtful.refuse("the log is shorter than its witnesses remember");
    let mut tx = signed.begin_write(TENANT).await.unwrap();
    audit::write(&mut tx, &[deed("x")]).await.unwrap();
    let error = tx.commit().await.unwrap_err();
    assert!(error.kind() == ErrorKind::Refused && error.to_string().contains("witnesses"), "{error}");
    let mut tx = signed.begin_read(TENANT).await.unwrap();
    assert!(audit::list(&mut tx, audit::AuditFilter::default(), 10).await.unwrap().is_empty());
    drop(tx);
    signed.close().await;
    test.finish().await;
}

#[tokio::test]
async fn punches_wait_while_nobody_may_sign_and_are_entered_later() {
    each_engine(async |db| {
        month(&db).await;
        let doubtful = sealer();
        doubtful.refuse("the database was set back");
        let unsigned = db.clone().sealed_by(doubtful);
        for minute in [0, 1] {
            let mut tx = unsigned.begin_write(TENANT).await.unwrap();
            let press = [at("1", datetime(2026, 11, 5, 7, minute, 0, 0))];
            assert_eq!(punch::insert_batch(&mut tx, &press).await.unwrap(), 1);
            tx.commit().await.unwrap();
        }
        let mut tx = unsigned.begin_write(TENANT).await.unwrap();
        punch::insert_batch(&mut tx, &[at("1", datetime(2026, 11, 5, 7, 2, 0, 0))]).await.unwrap();
        audit::write(&mut tx, &[deed("punch.manual")]).await.unwrap();
        let refused = tx.commit().await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Refused, "what somebody decides does not wait");

        let mut tx = db.begin_read(TENANT).await.unwrap();
        let checked = log::check(&mut tx).await.unwrap();
        assert_eq!((checked.entries, checked.waiting, checked.findings), (12, 2, vec![]));
        drop(tx);
        let mut tx = db.begin_write(TENANT).await.unwrap();
        let moved = log::enter_waiting(&mut tx, Timestamp::MIN, Unproved::Stay).await.unwrap().unwrap();
        assert_eq!(moved.rows, 2);
        assert_eq!(log::enter_waiting(&mut tx, moved.until, Unproved::Stay).await.unwrap(), None);
        tx.commit().await.unwrap();
        assert_eq!(kinds(&db).await[12..], [EntryKind::Punch, EntryKind::Punch]);
        let mut tx = db.begin_read(TENANT).await.unwrap();
        let checked = log::check(&mut tx).await.unwrap();
        assert_eq!((checked.waiting, checked.rows, checked.findings), (0, 12, vec![]));
    })
    .await;
}

#[tokio::test]
async fn a_punch_that_somebody_else_lets_wait_stays_found_and_is_named_where_it_is_entered_all_the_same() {
    each_engine(async |db| {
        month(&db).await;
        let change = "UPDATE punch SET local_time = '2026-11-02 06:30:00' WHERE pin = '2';
            INSERT INTO log_waiting (tenant_id, at, covers, subject, payload)
              SELECT tenant_id, 7, 'punch', punch_id, origin FROM punch WHERE pin = '2'";
        let mut tx = db.begin_write(TENANT).await.unwrap();
        run_sql(&mut tx, change).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.begin_read(TENANT).await.unwrap();
        let checked = log::check(&mut tx).await.unwrap();
        assert_eq!((checked.waiting, checked.findings.len()), (0, 1), "{checked:?}");
        drop(tx);
        let mut tx = db.begin_write(TENANT).await.unwrap();
        let moved = log::enter_waiting(&mut tx, Timestamp::MIN, Unproved::Stay).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.begin_read(TENANT).await.unwrap();
        assert_eq!(
            (moved.rows, log::waiting(&mut tx).await.unwrap()),
            (0, 1),
            "an ordinary start lets it lie"
        );
        assert_eq!(log::check(&mut tx).await.unwrap().findings.len(), 1);
        drop(tx);
        // Where a key is lost, nobody can prove anything, and no punch is given up.
        let mut tx = db.begin_write(TENANT).await.unwrap();
        let moved = log::enter_waiting(&mut tx, Timestamp::MIN, Unproved::Enter).await.unwrap().unwrap();
        assert_eq!(moved.rows, 1);
        tx.commit().await.unwrap();
        assert_eq!(kinds(&db).await[12..], [EntryKind::Decision, EntryKind::Punch]);
        let mut tx = db.begin_read(TENANT).await.unwrap();
        let deed = audit::list(&mut tx, audit::AuditFilter::default(), 10).await.unwrap();
        assert!(deed.iter().any(|deed| deed.action == "log.unproved"), "{deed:?}");
    })
    .await;
}

#[tokio::test]
async fn nothing_is_signed_on_top_of_an_end_that_was_not_signed() {
    each_engine(async |db| {
        month(&db).await;
        let db = db.clone().sealed_by(sealer());
        let before = log::head(&mut db.begin_read(TENANT).await.unwrap()).await.unwrap().unwrap();
        // The tree of another history, with the signature of the true one.
        let mut other = Edge::new();
        for entry in 0..12_u8 {
            other.append(leaf_hash(&[entry])).unwrap();
        }
        let change = match db.kind() {
            store::EngineKind::Sqlite => {
                format!("UPDATE log_head SET edge = x'{}'", hex::encode(other.to_bytes()))
            }
            store::EngineKind::Postgres => {
                format!("UPDATE log_head SET edge = decode('{}', 'hex')", hex::encode(other.to_bytes()))
            }
        };
        let mut tx = db.begin_write(TENANT).await.unwrap();
        run_sql(&mut tx, &change).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = db.begin_write(TENANT).await.unwrap();
        punch::insert_batch(&mut tx, &[at("1", datetime(2026, 11, 5, 7, 0, 0, 0))]).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.begin_write(TENANT).await.unwrap();
        audit::write(&mut tx, &[deed("x")]).await.unwrap();
        assert_eq!(tx.commit().await.unwrap_err().kind(), ErrorKind::Refused);
        let mut tx = db.begin_read(TENANT).await.unwrap();
        let after = log::head(&mut tx).await.unwrap().unwrap();
        assert_eq!((after.checkpoint, log::waiting(&mut tx).await.unwrap()), (before.checkpoint, 1));
    })
    .await;
}

#[tokio::test]
async fn what_an_administrator_changes_behind_the_program_is_found() {
    type Expected = fn(&Finding) -> bool;
    let cases: [(&str, Expected); 18] = [
        ("UPDATE org_unit SET is_opd = NOT is_opd WHERE is_opd", |f| {
            matches!(f, Finding::Changed { table: "org_unit", .. })
        }),
        ("UPDATE punch SET local_time = '2026-11-02 09:30:00' WHERE pin = '2'", |f| {
            matches!(f, Finding::Changed { table: "punch", fit, .. }
                if fit.entry.index == 8 && fit.committed != fit.found && fit.now.contains("09:30:00"))
        }),
        ("UPDATE punch SET voided_at = 5 WHERE pin = '2'", |f| {
            matches!(f, Finding::Changed { table: "punch", .. })
        }),
        (
            "UPDATE employee_attribute SET value = '00000000-0000-0000-0000-000000000004' WHERE attribute = 'unit'",
            |f| matches!(f, Finding::Changed { table: "employee_attribute", fit, .. } if fit.entry.index == 6),
        ),
        ("UPDATE employee_attribute SET ref_id = employee_id", |f| {
            matches!(f, Finding::Changed { table: "employee_attribute", .. })
        }),
        (
            "INSERT INTO employee_attribute (tenant_id, employee_id, attribute, valid_from, recorded_at, value, source, actor)
             SELECT tenant_id, employee_id, 'tpp', valid_from, recorded_at, '99000000', source, actor FROM employee_attribute",
            |f| matches!(f, Finding::NotLogged { table: "employee_attribute", now, .. } if now.contains("99000000")),
        ),
        ("DELETE FROM employee_number", |f| {
            matches!(f, Finding::Gone { table: "employee_number", entry, .. } if entry.index == 5)
        }),
        ("DELETE FROM punch WHERE pin = '2'", |f| matches!(f, Finding::Gone { table: "punch", .. })),
        (
            "INSERT INTO punch SELECT tenant_id, origin, origin, employee_id, at, '2026-11-02 07:09:00', zone,
               received_at, source, terminal_id, device_group_id, pin, status, verify, workcode, direction, place,
               flags, journal_id, import_id, voided_at, voided_by FROM punch WHERE pin = '2'",
            |f| matches!(f, Finding::NotLogged { table: "punch", now, .. } if now.contains("07:09:00")),
        ),
        ("UPDATE punch SET employee_id = (SELECT employee_id FROM employee) WHERE pin = '2'", |f| {
            matches!(f, Finding::Owner { counted: Some(_), holder: None, .. })
        }),
        ("UPDATE person_status SET revoked_at = NULL", |f| {
            matches!(f, Finding::Changed { table: "person_status", .. })
        }),
        ("DELETE FROM audit", |f| matches!(f, Finding::Gone { table: "audit", .. })),
        ("DELETE FROM log_entry WHERE seq = 8", |f| matches!(f, Finding::NotLogged { table: "punch", .. })),
        ("DELETE FROM log_entry WHERE seq = 11", |f| matches!(f, Finding::Tree { entries: 11, signed: 12 })),
        // The revocation is taken away, and its entry hidden behind that of another row or given to nobody.
        (
            "UPDATE person_status SET revoked_at = NULL, revoked_by = NULL;
             UPDATE log_entry SET covers = 'audit', subject = (SELECT subject FROM log_entry WHERE seq = 11) WHERE seq = 10",
            |f| matches!(f, Finding::Misfiled { entry, names: Some(9), before: None, .. } if entry.index == 10),
        ),
        (
            "DELETE FROM punch WHERE pin = '1';
             UPDATE log_entry SET subject = (SELECT subject FROM log_entry WHERE seq = 8) WHERE seq = 7",
            |f| matches!(f, Finding::Misfiled { entry, names: None, before: Some(7), .. } if entry.index == 8),
        ),
        (
            "UPDATE person_status SET revoked_at = NULL, revoked_by = NULL;
             UPDATE log_entry SET covers = '', salt = NULL WHERE seq = 10",
            |f| matches!(f, Finding::Silenced { entry, .. } if entry.index == 10),
        ),
        ("UPDATE log_entry SET covers = 'nothing' WHERE seq = 11", |f| {
            matches!(f, Finding::NotLogged { table: "audit", .. })
        }),
    ];
    each_engine(async |db| {
        month(&db).await;
        for (sql, expected) in cases {
            let mut tx = db.begin_write(TENANT).await.unwrap();
            run_sql(&mut tx, sql).await.unwrap();
            let checked = log::check(&mut tx).await.unwrap();
            assert!(checked.findings.iter().any(expected), "{sql}: {checked:?}");
            tx.rollback().await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn an_end_that_was_edited_hides_nothing_and_is_computed_anew_from_the_entries() {
    each_engine(async |db| {
        month(&db).await;
        let head = log::head(&mut db.begin_read(TENANT).await.unwrap()).await.unwrap().unwrap();
        let signed = SignedCheckpoint::parse(&head.checkpoint).unwrap();
        for edit in [
            "edge = SUBSTR(edge, 1, 1)",
            "size = size - 1",
            "origin = 'hadir.test/log/1/2', generation = 2, first = 3",
            "generation = 2",
            "first = 2",
            "checkpoint = 'x'",
            "checkpoint = REPLACE(checkpoint, 'hadir.test/log/1', 'hadir.test/log/1/2')",
            "checkpoint = SUBSTR(checkpoint, 1, LENGTH(checkpoint) - 9) || 'AAAAAAA=' || SUBSTR(checkpoint, LENGTH(checkpoint), 1)",
            "at = 9999999999999999",
        ] {
            let mut tx = db.begin_write(TENANT).await.unwrap();
            let change = format!("UPDATE log_head SET {edit}; UPDATE punch SET local_time = '2026-11-02 09:30:00' WHERE pin = '2'");
            run_sql(&mut tx, &change).await.unwrap();
            let findings = log::check(&mut tx).await.unwrap().findings;
            let is_named = findings.iter().any(|f| matches!(f, Finding::End { generation: 1 | 2, .. }));
            assert!(is_named || edit.starts_with("at"), "{edit}: {findings:?}");
            assert!(findings.iter().any(|f| matches!(f, Finding::Changed { table: "punch", .. })), "{edit}: {findings:?}");
            assert!(log::rebuild_end(&mut tx, &signed).await.unwrap(), "{edit}");
            assert_eq!(log::head(&mut tx).await.unwrap().as_ref(), Some(&head), "{edit}");
            tx.rollback().await.unwrap();
        }
        // Entries that are not those which were signed are not made to be.
        let mut tx = db.begin_write(TENANT).await.unwrap();
        run_sql(&mut tx, "DELETE FROM log_entry WHERE seq = 11").await.unwrap();
        assert!(!log::rebuild_end(&mut tx, &signed).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn the_number_and_the_time_of_a_log_are_not_taken_from_whoever_edits_them() {
    each_engine(async |db| {
        month(&db).await;
        let db = db.clone().sealed_by(sealer());
        for (edit, undo) in [
            ("generation = 2", "generation = 1"),
            ("first = 4", "first = 0"),
            ("at = at + 86400000000", "at = at - 86400000000"),
        ] {
            let fresh = db.clone().sealed_by(sealer());
            let mut tx = fresh.begin_write(TENANT).await.unwrap();
            audit::write(&mut tx, &[deed("x")]).await.unwrap();
            tx.commit().await.unwrap();
            let mut tx = fresh.begin_write(TENANT).await.unwrap();
            run_sql(&mut tx, &format!("UPDATE log_head SET {edit}")).await.unwrap();
            tx.commit().await.unwrap();
            let mut tx = fresh.begin_write(TENANT).await.unwrap();
            audit::write(&mut tx, &[deed("x")]).await.unwrap();
            assert_eq!(tx.commit().await.unwrap_err().kind(), ErrorKind::Refused, "{edit}");
            let mut tx = db.begin_write(TENANT).await.unwrap();
            run_sql(&mut tx, &format!("UPDATE log_head SET {undo}")).await.unwrap();
            tx.commit().await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn two_who_add_at_once_make_one_line() {
    each_engine(async |db| {
        month(&db).await;
        let add = async |n: i64| {
            for turn in 0..5 {
                let mut tx = db.begin_write(TENANT).await.unwrap();
                let when = datetime(2026, 11, 5, 7, 0, 0, 0) + (n * 100 + turn).seconds();
                punch::insert_batch(&mut tx, &[at("9", when)]).await.unwrap();
                tx.commit().await.unwrap();
            }
        };
        tokio::join!(add(1), add(2), add(3), add(4));
        let mut tx = db.begin_read(TENANT).await.unwrap();
        let checked = log::check(&mut tx).await.unwrap();
        assert_eq!((checked.entries, checked.findings), (32, vec![]));
    })
    .await;
}

#[tokio::test]
async fn readings_under_a_clock_that_was_set_back_are_no_tampering() {
    each_engine(async |db| {
        month(&db).await;
        let at = |minutes: i64| start() + minutes.minutes();
        let read = |minutes: i64| AuditEntry { at: at(minutes), ..deed("employee.read") };
        let mut tx = db.begin_write(TENANT).await.unwrap();
        audit::write(&mut tx, &[read(0)]).await.unwrap();
        log::digest_reads(&mut tx, record_id(), at(60), at(65)).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        // Two hours back: this reading would lie in the time that the digest speaks of.
        let mut tx = db.begin_write(TENANT).await.unwrap();
        audit::write(&mut tx, &[read(-60)]).await.unwrap();
        assert_eq!(log::digest_reads(&mut tx, record_id(), at(-60), at(-55)).await.unwrap(), None);
        tx.commit().await.unwrap();
        let mut tx = db.begin_write(TENANT).await.unwrap();
        assert_eq!(log::check(&mut tx).await.unwrap().findings, vec![]);
        let late = audit::list(&mut tx, AuditFilter::default(), 100).await.unwrap();
        let late = late.iter().find(|entry| entry.detail["clock"] == at(-60).to_string()).unwrap();
        assert_eq!(late.at, at(60) + 1.microsecond(), "behind the digest, with what the clock showed");
        // When the time has come again, it is entered like any other.
        let deed = log::digest_reads(&mut tx, record_id(), at(70), at(75)).await.unwrap().unwrap();
        assert_eq!(deed.detail["count"], 1);
        tx.commit().await.unwrap();
        assert_eq!(log::check(&mut db.begin_read(TENANT).await.unwrap()).await.unwrap().findings, vec![]);
    })
    .await;
}

#[tokio::test]
async fn readings_are_logged_together_and_cannot_be_taken_back() {
    each_engine(async |db| {
        month(&db).await;
        let mut tx = db.begin_write(TENANT).await.unwrap();
        let read = |n: i64| AuditEntry { at: start() + n.seconds(), ..deed("employee.read") };
        audit::write(&mut tx, &[read(1), read(2)]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(kinds(&db).await.len(), 12, "no entry for each");
        let until = |n: i64| start() + n.seconds();
        let mut tx = db.begin_write(TENANT).await.unwrap();
        let deed = log::digest_reads(&mut tx, record_id(), until(10), until(70)).await.unwrap().unwrap();
        assert_eq!(deed.detail["count"], 2);
        assert_eq!(log::digest_reads(&mut tx, record_id(), until(20), until(80)).await.unwrap(), None);
        audit::write(&mut tx, &[read(30)]).await.unwrap();
        log::digest_reads(&mut tx, record_id(), until(40), until(100)).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.begin_write(TENANT).await.unwrap();
        let checked = log::check(&mut tx).await.unwrap();
        assert_eq!((checked.entries, checked.findings), (14, vec![]));
        run_sql(&mut tx, "DELETE FROM audit WHERE action = 'employee.read' AND at = (SELECT MIN(at) FROM audit WHERE action = 'employee.read')")
            .await
            .unwrap();
        let checked = log::check(&mut tx).await.unwrap();
        assert!(
            matches!(checked.findings.as_slice(), [Finding::Readings { logged: 2, found: 1, .. }]),
            "{checked:?}"
        );
    })
    .await;
}
