//! What an administrator gets to know.

use domain::lang::Lang;
use serde_json::json;
use service::terminal_admin::{self, AlertView, NewOwner, Since};
use store::{punch, terminal as register, testing::each_engine};

use crate::harness::{ACTOR, BADAN, DINAS, SERIAL, Server};

#[tokio::test]
async fn two_terminals_with_one_serial_number() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        server.approved(SERIAL, DINAS).await;
        let poll = format!("/iclock/getrequest?SN={SERIAL}");
        for ip in ["127.0.0.1", "10.0.0.8", "10.0.0.9", "10.0.0.8"] {
            assert_eq!(server.get_from(ip, &poll).await.status, 200);
        }
        let alerts = server.alerts().await;
        assert_eq!((alerts.len(), alerts[0].kind.as_str(), alerts[0].occurrences), (1, "address_changed", 3));
        assert_eq!(alerts[0].detail["before"], json!("10.0.0.9"));
        let text = AlertView { alert: alerts[0].clone() }.sentence(Lang::Id);
        assert!(text.contains("10.0.0.9 ke 10.0.0.8"), "{text}");
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn clocks_of_1970_and_2099() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        server.approved(SERIAL, DINAS).await;
        let ani = server.person(1, "Ani", DINAS).await;
        let group = server.terminal(SERIAL).await.group_id.unwrap();
        let mut tx = server.write().await;
        let owner = NewOwner { group, pin: "7".into(), employee: ani, since: Since::Day(jiff::civil::date(1970, 1, 1)) };
        terminal_admin::map_pin(&server.office, &mut tx, owner, ACTOR).await.unwrap();
        tx.commit().await.unwrap();
        let body = "7\t1970-01-01 00:10:00\t0\t1\n7\t2099-12-31 23:59:59\t0\t1\n7\t2026-11-20 07:00:00\t0\t1\n7\t9999-12-31 23:59:59\t0\t1\n";
        assert_eq!(server.punches(SERIAL, body).await.body, "OK: 4");
        assert_eq!(server.stored().await, 3, "all that lie within the calendar");
        assert_eq!(server.alert_kinds().await, ["quarantine", "wrong_clock"]);
        let punches = server.punches_of(ani).await;
        assert_eq!(punches.len(), 1, "only one lies within the year");
        assert_eq!(punches[0].flags, "");
        let mut tx = server.read().await;
        let all = punch::received_since(&mut tx, jiff::Timestamp::MIN, 10).await.unwrap();
        let mut flags: Vec<_> = all.iter().map(|p| (p.local_time.year(), p.flags.as_str())).collect();
        flags.sort_unstable();
        assert_eq!(flags, [(1970, "clock_past skip"), (2026, ""), (2099, "clock_future skip")]);
        drop(tx);
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_runs_ahead() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        server.approved(SERIAL, DINAS).await;
        server.pass(30);
        // It is 08:00:30; the terminal says 08:02:30.
        assert_eq!(server.punches(SERIAL, "7\t2026-11-21 08:02:30\t0\t1\n").await.body, "OK: 1");
        assert_eq!(server.terminal(SERIAL).await.drift_seconds, Some(120));
        let alerts = server.alerts().await;
        assert_eq!((alerts[0].kind.as_str(), &alerts[0].detail["seconds"]), ("drift", &json!(120)));
        // After an hour of silence the line is no measure of the clock.
        server.pass(3600);
        server.punches(SERIAL, "7\t2026-11-21 08:31:00\t0\t1\n").await;
        assert_eq!(server.terminal(SERIAL).await.drift_seconds, Some(120));
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_done_at_the_terminal() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        server.approved(SERIAL, DINAS).await;
        let codes: String = [0, 4, 6, 13, 21, 22, 23, 30, 82, 83]
            .map(|code| format!("OPLOG {code}\t1\t2026-11-21 07:30:00\t0\t0\t0\t0\n"))
            .concat();
        let old = "OPLOG 23\t1\t2020-01-01 07:30:00\t0\t0\t0\t0\n";
        let target = format!("/iclock/cdata?SN={SERIAL}&table=OPERLOG&Stamp=1");
        assert_eq!(server.post(&target, format!("{codes}{old}")).await.body, "OK: 11");
        assert_eq!(server.alert_kinds().await, ["operation"; 6]);
        assert_eq!(server.post(&target, codes).await.body, "OK: 10");
        assert!(server.alerts().await.iter().all(|a| a.occurrences == 2), "the same is not told twice");

        let info = |count| format!("/iclock/getrequest?SN={SERIAL}&INFO=Ver1,10,10,{count},10.0.0.1");
        server.get(&info(500)).await;
        server.get(&info(20)).await;
        assert!(server.alert_kinds().await.contains(&"memory_shrunk".to_owned()));
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn one_person_at_two_sites() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        let ani = server.person(1, "Ani", DINAS).await;
        let (here, there) = (server.approved("HERE", DINAS).await, server.approved("THERE", BADAN).await);
        for (terminal, pin) in [(&here, "7"), (&there, "70")] {
            let mut tx = server.write().await;
            let group = terminal.group_id.unwrap();
            let owner = NewOwner {
                group,
                pin: pin.into(),
                employee: ani,
                since: Since::Day(jiff::civil::date(2026, 1, 1)),
            };
            terminal_admin::map_pin(&server.office, &mut tx, owner, ACTOR).await.unwrap();
            tx.commit().await.unwrap();
        }
        // 07:00 WIB and 08:20 WITA are twenty minutes apart, 08:02 WITA is two.
        server.punches("HERE", "7\t2026-11-20 07:00:00\t0\t1\n").await;
        server.punches("THERE", "70\t2026-11-20 08:20:00\t0\t1\n").await;
        assert_eq!(server.alert_kinds().await, [""; 0]);
        server.punches("THERE", "70\t2026-11-20 08:02:00\t0\t1\n").await;
        let alerts = server.alerts().await;
        assert_eq!((alerts.len(), alerts[0].kind.as_str()), (1, "two_places"));
        assert_eq!(alerts[0].detail["other_terminal"], json!("HERE"));
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_changed_communication_key_is_told_until_it_is_accepted() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        let hello = |key| format!("/iclock/cdata?SN={SERIAL}&options=all&pushver=2.4.1&pushcommkey={key}");
        server.get(&hello("first")).await;
        server.approved(SERIAL, DINAS).await;
        server.get(&hello("first")).await;
        assert_eq!(server.alert_kinds().await, [""; 0]);
        server.get(&hello("second")).await;
        let alerts = server.alerts().await;
        assert_eq!(alerts[0].kind, "comm_key_changed");
        let pinned = server.terminal(SERIAL).await.comm_key_hash.unwrap();
        assert!(pinned.len() == 64 && !pinned.contains("first"));
        let mut tx = server.write().await;
        terminal_admin::acknowledge(&server.office, &mut tx, alerts[0].alert_id, ACTOR).await.unwrap();
        tx.commit().await.unwrap();
        server.get(&hello("second")).await;
        assert_eq!(server.alert_kinds().await, [""; 0]);
        assert_ne!(server.terminal(SERIAL).await.comm_key_hash.unwrap(), pinned);
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn lines_set_aside_wait_for_a_decision_and_are_shown_once() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        server.approved(SERIAL, DINAS).await;
        let body = "rubbish\t\u{0}\u{1}\n7\t2026-11-20 07:00:00\t0\t1\n0\t2026-11-20 07:00:00\t0\t1\n";
        assert_eq!(server.punches(SERIAL, body).await.body, "OK: 3");
        assert_eq!(server.punches(SERIAL, body).await.body, "OK: 3");
        let view = terminal_admin::detail(&server.office, &mut server.read().await, SERIAL).await.unwrap();
        assert_eq!(
            view.quarantine.len(),
            1,
            "the event of nobody is no question, and nothing is asked twice"
        );
        let line = &view.quarantine[0];
        assert!(line.text().starts_with("rubbish→") && line.reason(Lang::En) != line.line.reason);
        let key = (line.line.journal_id, line.line.line_no);
        let mut tx = server.write().await;
        assert!(terminal_admin::resolve_line(&server.office, &mut tx, key, " ", ACTOR).await.is_err());
        terminal_admin::resolve_line(&server.office, &mut tx, key, "bukan absen", ACTOR).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(register::quarantined(&mut server.read().await, None, 10).await.unwrap(), []);
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn two_peers_with_one_serial_number_both_work_until_a_network_is_set() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        server.approved(SERIAL, DINAS).await;
        let upload = format!("/iclock/cdata?SN={SERIAL}&table=ATTLOG&Stamp=9999");
        let (here, there) = ("127.0.0.1", "10.0.0.8");
        for (ip, line) in [(here, "1\t2026-11-20 07:00:00\n"), (there, "2\t2026-11-20 07:01:00\n")] {
            server.get_from(ip, &format!("/iclock/getrequest?SN={SERIAL}")).await;
            assert_eq!(server.post_from(ip, &upload, line).await.body, "OK: 1", "{ip}");
        }
        let both = tokio::join!(
            server.post_from(here, &upload, "3\t2026-11-20 07:02:00\n"),
            server.post_from(there, &upload, "4\t2026-11-20 07:03:00\n"),
        );
        assert_eq!(
            [both.0.body, both.1.body],
            ["OK: 1", "OK: 1"],
            "no punch is lost while nobody has decided"
        );
        assert_eq!(server.stored().await, 4);
        assert_eq!(server.alert_kinds().await, ["address_changed"]);

        let mut terminal = server.terminal(SERIAL).await;
        terminal.allowed_cidr = "127.0.0.0/8".to_owned();
        let mut tx = server.write().await;
        register::put(&mut tx, &terminal).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(server.post_from(there, &upload, "5\t2026-11-20 07:04:00\n").await.status, 403);
        assert_eq!(server.post_from(here, &upload, "6\t2026-11-20 07:05:00\n").await.body, "OK: 1");
        assert_eq!(server.stored().await, 5);
        assert!(server.alert_kinds().await.contains(&"outside_network".to_owned()));
        server.stop().await;
    })
    .await;
}
