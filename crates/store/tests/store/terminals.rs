//! The register of terminals, commands, alerts and lines set aside.

use domain::ids::TerminalId;
use jiff::ToSpan;
use serde_json::json;
use store::{
    ErrorKind, punch,
    terminal::{
        self, Command, CommandState, NewAlert, QuarantinedLine, TerminalState, quarantine, resolve_quarantine,
    },
    testing::{TENANT, each_engine, start},
};

use crate::fixture::{TERMINAL, id, punch as at, record_id, terminal as register, terminal_row};

#[tokio::test]
async fn a_serial_number_is_met_once() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        register(&mut tx).await;
        let mut second = terminal_row(TerminalId(id()), "BOCK200961014");
        second.state = TerminalState::Pending;
        let known = terminal::meet(&mut tx, &second).await.unwrap();
        assert_eq!((known.terminal_id, known.state), (TERMINAL, TerminalState::Approved));
        second.serial = "NEW1".to_owned();
        assert_eq!(terminal::meet(&mut tx, &second).await.unwrap(), second);
        assert_eq!(terminal::pending_count(&mut tx).await.unwrap(), 1);
        second.state = TerminalState::Approved;
        second.options = json!({"~DeviceName": "X100-C"});
        second.drift_seconds = Some(-90);
        terminal::put(&mut tx, &second).await.unwrap();
        assert_eq!(terminal::get(&mut tx, second.terminal_id).await.unwrap(), second);
        assert_eq!(terminal::by_serial(&mut tx, "NEW1").await.unwrap(), Some(second.clone()));
        assert_eq!(terminal::all(&mut tx).await.unwrap().len(), 2);
        second.serial = "BOCK200961014".to_owned();
        assert_eq!(terminal::put(&mut tx, &second).await.unwrap_err().kind(), ErrorKind::Conflict);
    })
    .await;
}

#[tokio::test]
async fn contact_moves_backwards_only_when_the_clock_was_set_back() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        register(&mut tx).await;
        terminal::touch(&mut tx, TERMINAL, start() + 10.minutes(), "b").await.unwrap();
        terminal::touch(&mut tx, TERMINAL, start(), "a").await.unwrap();
        let row = terminal::get(&mut tx, TERMINAL).await.unwrap();
        assert_eq!((row.last_seen, row.last_ip.as_str()), (start() + 10.minutes(), "b"), "noted late");
        terminal::touch(&mut tx, TERMINAL, start() + 8_760.hours(), "c").await.unwrap();
        terminal::touch(&mut tx, TERMINAL, start(), "a").await.unwrap();
        let row = terminal::get(&mut tx, TERMINAL).await.unwrap();
        assert_eq!((row.last_seen, row.last_ip.as_str()), (start(), "a"), "it was no time of ours");
        terminal::set_stamp(&mut tx, TERMINAL, "ATTLOG", "1").await.unwrap();
        terminal::set_stamp(&mut tx, TERMINAL, "ATTLOG", "0").await.unwrap();
        assert_eq!(terminal::stamps(&mut tx, TERMINAL).await.unwrap(), [("ATTLOG".into(), "0".into())]);
        assert_eq!(terminal::groups(&mut tx).await.unwrap()[0].code, "A");
    })
    .await;
}

#[tokio::test]
async fn a_command_goes_out_until_it_is_answered() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        register(&mut tx).await;
        let command = |name: &str, minutes: i64| Command {
            command_id: name.to_owned(),
            terminal_id: TERMINAL,
            body: "CHECK".to_owned(),
            state: CommandState::Pending,
            queued_at: start() + minutes.minutes(),
            queued_by: "cli".to_owned(),
            sent_at: None,
            done_at: None,
            return_code: None,
            result: None,
        };
        for (name, minutes) in [("B", 1), ("A", 0)] {
            terminal::queue(&mut tx, &command(name, minutes)).await.unwrap();
        }
        let due = terminal::pending(&mut tx, TERMINAL, start()..=start(), 10).await.unwrap();
        assert_eq!(due.iter().map(|c| c.command_id.as_str()).collect::<Vec<_>>(), ["A", "B"]);
        let sent = ["A".to_owned(), "B".to_owned()];
        assert_eq!(terminal::mark_sent(&mut tx, &sent, start()).await.unwrap(), 2);
        assert_eq!(terminal::pending(&mut tx, TERMINAL, start()..=start(), 10).await.unwrap(), []);
        let (later, before) = (start() + 1.second(), start() - 2.hours());
        assert_eq!(terminal::pending(&mut tx, TERMINAL, later..=later, 10).await.unwrap().len(), 2);
        let set_back = terminal::pending(&mut tx, TERMINAL, before..=before, 10).await.unwrap();
        assert_eq!(set_back.len(), 2, "the clock was set back since they were handed out");
        let answer = (-1002, "unknown");
        assert!(terminal::finish_command(&mut tx, TERMINAL, "A", answer, start()).await.unwrap());
        assert!(!terminal::finish_command(&mut tx, TERMINAL, "A", (0, ""), start()).await.unwrap());
        assert!(!terminal::finish_command(&mut tx, TerminalId(id()), "B", (0, ""), start()).await.unwrap());
        let recent = terminal::recent_commands(&mut tx, TERMINAL, 10).await.unwrap();
        assert_eq!((recent[1].state, recent[1].return_code), (CommandState::Failed, Some(-1002)));
    })
    .await;
}

#[tokio::test]
async fn an_alert_counts_while_it_is_open() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        register(&mut tx).await;
        let alert = |minutes: i64| NewAlert {
            alert_id: record_id(),
            terminal_id: Some(TERMINAL),
            kind: "drift".to_owned(),
            dedupe_key: "drift:BOCK".to_owned(),
            detail: json!({"seconds": minutes}),
            at: start() + minutes.minutes(),
        };
        for minutes in 0..3 {
            terminal::raise(&mut tx, &alert(minutes)).await.unwrap();
        }
        let open = terminal::open_alerts(&mut tx).await.unwrap();
        assert_eq!((open.len(), open[0].occurrences, open[0].last_at), (1, 3, start() + 2.minutes()));
        assert_eq!((open[0].raised_at, &open[0].detail), (start(), &json!({"seconds": 2})));
        terminal::acknowledge(&mut tx, open[0].alert_id, "cli", start()).await.unwrap();
        assert_eq!(terminal::open_alerts(&mut tx).await.unwrap(), []);
        terminal::raise(&mut tx, &alert(9)).await.unwrap();
        assert_eq!(terminal::open_alerts(&mut tx).await.unwrap()[0].occurrences, 1);
    })
    .await;
}

#[tokio::test]
async fn a_line_set_aside_waits_for_a_decision() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        register(&mut tx).await;
        let journal_id = record_id();
        let line = |line_no| QuarantinedLine {
            journal_id,
            line_no,
            terminal_id: TERMINAL,
            raw: vec![0, 255, 9],
            reason: "no time".to_owned(),
            recorded_at: start(),
        };
        assert_eq!(quarantine(&mut tx, &[line(1), line(2)]).await.unwrap(), 2);
        assert_eq!(terminal::quarantined(&mut tx, None, 10).await.unwrap(), [line(1), line(2)]);
        resolve_quarantine(&mut tx, (journal_id, 1), "dropped by cli", start()).await.unwrap();
        assert_eq!(terminal::quarantined(&mut tx, Some(TERMINAL), 10).await.unwrap(), [line(2)]);
        assert_eq!(terminal::quarantined(&mut tx, Some(TerminalId(id())), 10).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn the_newest_punch_of_each_terminal_is_one_question() {
    each_engine(async |db| {
        let mut tx = db.begin_write(TENANT).await.unwrap();
        register(&mut tx).await;
        let rows = [7, 8].map(|hour| at("1", jiff::civil::date(2026, 11, 2).at(hour, 0, 0, 0)));
        punch::insert_batch(&mut tx, &rows).await.unwrap();
        let latest = punch::latest(&mut tx, start()).await.unwrap();
        assert_eq!((latest.len(), latest[0].punches, latest[0].last_at), (1, 2, rows[1].at));
        assert_eq!(punch::latest(&mut tx, start() + 1.second()).await.unwrap(), []);
        assert_eq!(punch::received_since(&mut tx, start() - 1.second(), 1).await.unwrap().len(), 1);
    })
    .await;
}
