use std::sync::Arc;

use domain::{clock::FixedClock, zone::Zone};
use jiff::{SignedDuration, civil::datetime};
use terminal::{
    command::{Command, CommandId, Order, UserOrder},
    desk::Desk,
    handshake::Stamps,
    listener::{Config, Listener},
    memory_desk::MemoryDesk,
    pin::Pin,
    serial::Serial,
    table::attlog::AttLine,
};

use super::*;
use crate::network::{Fate, WeakNetwork, Weather};

struct Office {
    desk: Arc<MemoryDesk>,
    terminal: VirtualTerminal,
}

async fn office(profile: Profile) -> Office {
    let desk = Arc::new(MemoryDesk::new());
    let clock = FixedClock::new("2026-11-21T00:30:00Z".parse().unwrap());
    let any = "127.0.0.1:0".parse().unwrap();
    let listener =
        Listener::bind(any, Config::default(), desk.clone() as Arc<dyn Desk>, Arc::new(clock)).await.unwrap();
    let server = listener.local_addr().unwrap();
    tokio::spawn(listener.run(std::future::pending()));
    let serial = Serial::parse("BOCK200961014").unwrap();
    Office { desk, terminal: VirtualTerminal::new(profile, serial, server) }
}

impl Office {
    fn approve(&self, zone: Zone) {
        self.desk.approve(self.terminal.serial(), zone);
    }

    fn order(&self, number: u64, order: Order) {
        self.desk.order(self.terminal.serial(), Command { id: CommandId::from_number(number), order });
    }
}

fn punches(count: usize) -> Vec<AttLine> {
    let one = |n: usize| AttLine {
        pin: Pin::parse(&format!("0{}", n + 1)).unwrap(),
        local: datetime(2026, 11, 20, 7, 0, 0, 0) + SignedDuration::from_secs(n as i64),
        status: Some(255),
        verify: Some(1),
        workcode: None,
        offset: None,
    };
    (0..count).map(one).collect()
}

#[tokio::test]
async fn what_every_model_sends_arrives_as_recorded() {
    for profile in [Profile::x100c(), Profile::zam180(), Profile::legacy()] {
        let mut office = office(profile).await;
        office.approve(Zone::Wita);
        let sent = punches(1234);
        let pushed = office.terminal.push(&sent).await.unwrap();
        assert_eq!(pushed, Pushed { acknowledged: 1234, waiting: 0 });
        let state = office.desk.state();
        let arrived: Vec<_> = state.punches.iter().map(|(_, punch)| punch.clone()).collect();
        assert_eq!(arrived, sent);
        assert!(state.uploads.iter().all(|upload| upload.content.quarantined().is_empty()));
    }
}

#[tokio::test]
async fn it_keeps_everything_until_it_is_approved() {
    let mut office = office(Profile::x100c()).await;
    let refused = office.terminal.push(&punches(3)).await;
    assert!(matches!(refused, Err(LinkError::Refused { status: 403, .. })));
    assert_eq!(office.terminal.waiting(), 3);
    office.approve(Zone::Wib);
    assert_eq!(office.terminal.push(&punches(0)).await.unwrap().acknowledged, 3);
    assert_eq!(office.desk.state().punches.len(), 3);
}

#[tokio::test]
async fn its_clock_follows_the_server_and_may_drift() {
    let mut office = office(Profile::zam180()).await;
    office.approve(Zone::Wit);
    office.terminal.handshake().await.unwrap();
    assert_eq!(office.terminal.options().unwrap().time_zone, 9);
    assert_eq!(office.terminal.wall_clock(), Some(datetime(2026, 11, 21, 9, 30, 0, 0)));
    office.terminal.set_drift(SignedDuration::from_mins(-7));
    office.terminal.push(&punches(1)).await.unwrap();
    assert_eq!(office.desk.state().punches[0].1.local, datetime(2026, 11, 20, 6, 53, 0, 0));
}

#[tokio::test]
async fn commands_are_carried_out_and_reported() {
    let mut office = office(Profile::x100c()).await;
    office.approve(Zone::Wib);
    office.terminal.enrol(Pin::parse("7").unwrap(), "Budi");
    office.terminal.operate(21, datetime(2026, 11, 20, 7, 0, 0, 0));
    office.terminal.push(&punches(10)).await.unwrap();
    let (from, to) = (datetime(2026, 11, 20, 7, 0, 2, 0), datetime(2026, 11, 20, 7, 0, 5, 0));
    let user = UserOrder {
        pin: Pin::parse("0701").unwrap(),
        name: "Siti".into(),
        privilege: 0,
        card: String::new(),
    };
    office.order(1, Order::UpdateUser(user));
    office.order(2, Order::CountPunches { from, to });
    office.order(3, Order::QueryPunches { from, to });
    office.order(4, Order::DeleteUser { pin: Pin::parse("99").unwrap() });
    assert_eq!(office.terminal.poll().await.unwrap().len(), 4);
    assert_eq!(office.terminal.users()[&Pin::parse("0701").unwrap()], "Siti");
    let state = office.desk.state();
    let codes: Vec<_> = state.results.iter().map(|(_, r)| (r.id.as_str().to_owned(), r.code)).collect();
    assert_eq!(codes, [("1".into(), 0), ("2".into(), 0), ("3".into(), 0), ("4".into(), -10)]);
    assert_eq!(state.results[1].1.detail("AttlogSum"), Some("4"));
    assert_eq!(state.punches.len(), 10, "queried punches are duplicates");
    assert_eq!(state.uploads.last().unwrap().content.lines(), 4);
    assert_eq!(state.polls[0].info.as_ref().unwrap().punches, Some(10));
}

#[tokio::test]
async fn stamp_zero_makes_it_upload_everything_again() {
    let mut office = office(Profile::x100c()).await;
    office.approve(Zone::Wib);
    office.terminal.push(&punches(5)).await.unwrap();
    let serial = office.terminal.serial().clone();
    office.desk.state().terminals.get_mut(&serial).unwrap().stamps = Stamps::everything();
    office.order(1, Order::Recheck);
    office.terminal.poll().await.unwrap();
    let state = office.desk.state();
    assert_eq!(state.uploads.iter().filter(|u| u.content.lines() == 5).count(), 2);
    assert_eq!(state.punches.len(), 5);
}

#[tokio::test]
async fn running_on_its_own_it_uploads_and_ends_with_its_source() {
    let office = office(Profile::zam180()).await;
    office.approve(Zone::Wib);
    let (source, punches_to_come) = tokio::sync::mpsc::channel(4);
    let running = tokio::spawn(office.terminal.run(punches_to_come));
    source.send(punches(2)).await.unwrap();
    source.send(punches(4)).await.unwrap();
    // A third message is taken only after the second was uploaded.
    source.send(Vec::new()).await.unwrap();
    drop(source);
    running.await.unwrap();
    assert_eq!(office.desk.state().punches.len(), 4);
}

#[tokio::test]
async fn running_on_its_own_through_cuts_and_lost_answers_it_keeps_what_was_not_acknowledged() {
    let mut office = office(Profile::zam180()).await;
    office.approve(Zone::Wib);
    let network = WeakNetwork::start(office.terminal.server, Weather::storm(), 11).await.unwrap();
    office.terminal.server = network.address();
    let (source, punches_to_come) = tokio::sync::mpsc::channel(1);
    let running = tokio::spawn(office.terminal.run(punches_to_come));
    let all = punches(60);
    for some in all.chunks(3) {
        source.send(some.to_vec()).await.unwrap();
    }
    // Each message wakes it, as the next finger does, long before the server's delay after an error.
    while office.desk.state().punches.len() < all.len()
        || !Fate::CUTS.iter().all(|f| network.fates().contains(f))
    {
        source.send(Vec::new()).await.unwrap();
    }
    drop(source);
    running.await.unwrap();
    let state = office.desk.state();
    let mut arrived: Vec<_> = state.punches.iter().map(|(_, punch)| punch.clone()).collect();
    arrived.sort_by_key(|punch| punch.local);
    assert_eq!(arrived, all, "nothing lost, nothing double");
    let lines: usize = state.uploads.iter().map(|upload| upload.content.lines()).sum();
    assert!(lines > all.len(), "what was stored and not acknowledged came again");
}
