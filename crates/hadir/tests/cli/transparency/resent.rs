//! After a restore to an older state a terminal brings back what the backup did not have yet.

use jiff::{ToSpan, civil::date};
use sim::{
    network::{WeakNetwork, Weather},
    terminal::{Profile, VirtualTerminal},
};
use terminal::{pin::Pin, serial::Serial, table::attlog::AttLine};

use super::{
    files::{back_up, restore},
    server::{Server, import},
};
use crate::{database, run::Place};

const SERIAL: &str = "BOCK200961014";

fn punches(from: i64, count: i64) -> Vec<AttLine> {
    let one = |n: i64| AttLine {
        pin: Pin::parse("1").unwrap(),
        local: date(2025, 6, 2).at(7, 0, 0, 0) + n.minutes(),
        status: Some(255),
        verify: Some(1),
        workcode: None,
        offset: None,
    };
    (from..from + count).map(one).collect()
}

/// How many punches are stored, and how many different ones.
fn stored(place: &Place) -> (usize, usize) {
    let mut times =
        database::asked(place, "SELECT local_time AS value FROM punch /* tenant_id */ ORDER BY 1");
    let all = times.len();
    times.dedup();
    (all, times.len())
}

#[test]
fn a_terminal_that_is_asked_after_a_restore_sends_everything_again_and_nothing_is_lost_or_doubled() {
    let place = Place::new();
    import(&place, "198003152005011001");
    database::prepare(&place);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = Server::start(&place);
    // Its cable, which leads to the server wherever that is.
    let calm = Weather { delay: 0..=0, lost: 0, cut_request: 0, lost_answer: 0, cut_answer: 0 };
    let to = |server: &Server| server.terminals.parse().unwrap();
    let cable = runtime.block_on(WeakNetwork::start(to(&server), calm, 1)).unwrap();
    let mut terminal =
        VirtualTerminal::new(Profile::x100c(), Serial::parse(SERIAL).unwrap(), cable.address());
    runtime.block_on(terminal.handshake()).ok();
    place.hadir(&["terminal", "approve", SERIAL, "--unit", "DISDIK"]).ok();
    runtime.block_on(terminal.push(&punches(0, 3))).unwrap();
    server.stop();
    back_up(&place);

    let server = Server::start(&place);
    cable.lead_to(to(&server));
    assert_eq!(runtime.block_on(terminal.push(&punches(3, 5))).unwrap().acknowledged, 5);
    server.stop();
    assert_eq!(stored(&place), (8, 8));
    restore(&place);
    assert_eq!(stored(&place), (3, 3), "five are gone, and the terminal believes that they are safe");

    let say = ["log", "reingest", "--reason", "cadangan dipulihkan", "--by", "ani"];
    let done = place.hadir(&[&say[..], &["--confirm", "hadir.local/log/1", "--format", "json"]].concat());
    let asked = &done.ok().json()["terminals"];
    let asked = asked.as_array().unwrap().iter().find(|asked| asked["serial"] == SERIAL).unwrap();
    assert!(asked["problem"].is_null(), "{asked}");
    let server = Server::start(&place);
    cable.lead_to(to(&server));
    assert!(!runtime.block_on(terminal.poll()).unwrap().is_empty(), "it hears that it shall");
    runtime.block_on(terminal.upload()).unwrap();
    server.stop();
    assert_eq!(stored(&place), (8, 8), "all are back, none twice");
    place.hadir(&["verify", "facts"]).ok();
}
