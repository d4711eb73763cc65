use std::{
    io::{Read, Write},
    net::TcpListener,
    sync::Arc,
    time::Duration,
};

use super::{connection::Head, *};

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn the_same_seed_gives_the_same_times_within_the_run() {
    for curve in [Curve::Steady, Curve::MorningRush] {
        let times = arrivals(curve, 500.0, SECOND * 10, 7);
        assert_eq!(times, arrivals(curve, 500.0, SECOND * 10, 7));
        assert_ne!(times, arrivals(curve, 500.0, SECOND * 10, 8));
        assert_eq!(times.len(), 5_000);
        assert!(times.is_sorted() && times.iter().all(|at| *at <= SECOND * 10));
    }
}

#[test]
fn a_rush_has_a_peak_before_its_end_and_a_steady_load_has_none() {
    let busiest = |curve| {
        let times = arrivals(curve, 1_000.0, SECOND * 30, 1);
        let count = |second: u64| times.iter().filter(|at| at.as_secs() == second).count();
        (0..30).map(|second| (count(second), second)).max().unwrap()
    };
    let (most, second) = busiest(Curve::MorningRush);
    assert!((2_900..3_700).contains(&most) && (17..23).contains(&second), "{most} in second {second}");
    assert!(busiest(Curve::Steady).0 < 1_150);
}

#[test]
fn heads_are_read_when_they_are_complete() {
    let whole = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 12\r\nConnection: close\r\n\r\nabc";
    let head = Head { status: 503, end: whole.len() - 3, body: 12, stays: false };
    assert_eq!(Head::parse(whole).unwrap(), Some(head));
    assert_eq!(Head::parse(&whole[..40]).unwrap(), None);
    assert!(Head::parse(b"SMTP\r\n\r\n").is_err());
}

#[test]
fn quantiles_are_values_that_occur() {
    let all: Vec<Duration> = (1..=100).map(Duration::from_millis).collect();
    let at = |share| quantile(&all, share).as_millis();
    assert_eq!((at(0.0), at(0.5), at(0.99), at(0.999), at(1.0)), (1, 50, 99, 100, 100));
    assert_eq!(quantile(&[], 0.5), Duration::ZERO);
}

/// A server on one connection that answers each request, every third one with 503.
fn server() -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut byte = [0; 1];
        for n in 1.. {
            if stream.read_exact(&mut byte).is_err() {
                return;
            }
            let status = if n % 3 == 0 { "503 Busy" } else { "200 OK" };
            write!(stream, "HTTP/1.1 {status}\r\ncontent-length: 2\r\n\r\nok").unwrap();
        }
    });
    address
}

/// Sends `count` requests over one connection, all of them due at the same instant.
fn all_at_once(count: usize, patience: Option<Duration>) -> Tally {
    let load = Load {
        server: server(),
        connections: 1,
        threads: 1,
        sources: Vec::new(),
        patience,
        answer_within: SECOND * 60,
    };
    load.run(vec![Duration::ZERO; count], Arc::new(|_, out: &mut Vec<u8>| out.push(b'x'))).unwrap()
}

#[test]
fn who_waits_for_those_before_has_their_latency_and_the_own() {
    let tally = all_at_once(300, None);
    assert_eq!((tally.answered(200), tally.answered(503)), (200, 100));
    // All were due at once and the server took them one after another. Counted from when each was sent, the latencies would
    // be those of single exchanges, in no order; counted from when it was due, each contains all before it.
    let latencies: Vec<Duration> = tally.samples.iter().map(|sample| sample.latency).collect();
    assert!(latencies.is_sorted(), "{latencies:?}");
    assert!(tally.elapsed >= latencies[299], "the run is as long as the last of them waited");
    // What the server took begins when each was sent, after the one before it was answered.
    let sent: Vec<Duration> = tally.samples.iter().map(|sample| sample.sent).collect();
    assert!(sent.is_sorted() && sent[299] >= latencies[298], "{sent:?}");
    let alone: Duration = tally.services(|_| true).iter().sum();
    assert!(alone <= latencies[299], "one after another they took no longer than the last of them waited");
}

#[test]
fn who_has_no_patience_leaves_requests_unsent_and_counts_them() {
    let unsent = |tally: &Tally| tally.count(|sample| sample.fate == Fate::Unsent);
    let hasty = all_at_once(4, Some(Duration::ZERO));
    assert_eq!((hasty.samples.len(), unsent(&hasty)), (4, 4));
    let patient = all_at_once(4, Some(SECOND * 3_600));
    assert_eq!((patient.answered(200), patient.answered(503), unsent(&patient)), (3, 1, 0));
}
