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

/// A server on one connection that answers `count` requests, the first only after `gate` let it.
fn slow_server(count: usize, gate: std::sync::mpsc::Receiver<()>) -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        for n in 0..count {
            let mut byte = [0; 1];
            stream.read_exact(&mut byte).unwrap();
            if n == 0 {
                gate.recv().unwrap();
            }
            let status = if n == 2 { "503 Busy" } else { "200 OK" };
            write!(stream, "HTTP/1.1 {status}\r\ncontent-length: 2\r\n\r\nok").unwrap();
        }
    });
    address
}

fn load(server: std::net::SocketAddr, patience: Option<Duration>) -> Load {
    Load { server, connections: 1, threads: 1, sources: Vec::new(), patience, answer_within: SECOND * 60 }
}

#[test]
fn what_a_stalled_server_kept_waiting_counts_from_when_it_was_due() {
    let (open, gate) = std::sync::mpsc::channel();
    let server = slow_server(4, gate);
    let stall = Duration::from_millis(300);
    std::thread::spawn(move || {
        std::thread::sleep(stall + Duration::from_millis(100));
        open.send(()).unwrap();
    });
    let times = [0, 1, 2, 3].map(Duration::from_millis).to_vec();
    let tally = load(server, None).run(times, Arc::new(|_, out: &mut Vec<u8>| out.push(b'x'))).unwrap();
    assert_eq!((tally.answered(200), tally.answered(503)), (3, 1));
    // The last three were answered at once after the stall, and waited through it all the same.
    assert!(tally.samples.iter().all(|sample| sample.latency > stall), "{:?}", tally.samples);
}

#[test]
fn who_has_no_patience_leaves_requests_unsent_and_counts_them() {
    let (open, gate) = std::sync::mpsc::channel();
    let server = slow_server(1, gate);
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(200));
        open.send(()).unwrap();
    });
    let times = [0, 1, 2, 3].map(Duration::from_millis).to_vec();
    let patience = Some(Duration::from_millis(20));
    let tally = load(server, patience).run(times, Arc::new(|_, out: &mut Vec<u8>| out.push(b'x'))).unwrap();
    assert_eq!((tally.answered(200), tally.count(|s| s.fate == Fate::Unsent)), (1, 3));
}
