//! A whole day as it came over the wire, uploads of a terminal and taps of a device, sent again: nothing is added.

use std::sync::Arc;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use serde_json::json;
use service::{api_device, terminal_desk::TerminalDesk};
use store::{
    log,
    testing::{TENANT, each_engine, query_sql},
};
use terminal::listener::{Config, Listener};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::fixture::World;

/// A request as it was captured.
#[derive(Clone)]
enum Captured {
    Upload(String),
    Tap(String),
}

/// The morning and the evening of 40 people at a terminal, in uploads that overlap, and 30 taps at a kiosk, some sent twice.
fn a_day() -> Vec<Captured> {
    let line = |n: usize, time: &str| format!("{}\t2026-11-02 {time}:{:02}\t255\t1\t0\t0\n", n + 1, n);
    let mut day = Vec::new();
    for (stamp, first) in (0..40).step_by(8).enumerate() {
        for time in ["07:2", "16:0"] {
            let lines: String =
                (first..first + 12).map(|n| n % 40).map(|n| line(n, &format!("{time}{}", n % 10))).collect();
            day.push(Captured::Upload(format!(
                "POST /iclock/cdata?SN=CEXX202360123&table=ATTLOG&Stamp={stamp} HTTP/1.1\r\nHost: h\r\n\
                 Connection: close\r\nContent-Length: {}\r\n\r\n{lines}",
                lines.len()
            )));
        }
    }
    for n in 0..30_u32 {
        let at = format!("2026-11-02T07:30:{:02}+07:00", n % 20);
        // Five presses come under a second id, five under their own.
        let id = if n < 25 { n } else { n - 20 } + 1;
        let tap = json!({ "id": format!("{id:032x}"), "pin": (n % 20).to_string() + "9", "at": at });
        day.push(Captured::Tap(tap.to_string()));
    }
    day
}

async fn send(world: &World, address: std::net::SocketAddr, token: &str, captured: &Captured) {
    match captured {
        Captured::Upload(bytes) => {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(bytes.as_bytes()).await.unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await.unwrap();
            assert!(answer.contains("OK"), "{answer}");
        }
        Captured::Tap(body) => {
            let request = Request::post("/api/presensi")
                .header(header::AUTHORIZATION, format!("Bearer {token}"))
                .body(Body::from(body.clone()))
                .unwrap();
            let answer = world.send(request).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        }
    }
}

/// All punches as they are stored, and the log's entries about them.
async fn facts(world: &World) -> (Vec<String>, Vec<String>) {
    let mut tx = world.office.db.begin_read(TENANT).await.unwrap();
    assert_eq!(log::check(&mut tx).await.unwrap().findings, vec![]);
    let punches =
        "SELECT pin || ' ' || local_time || ' ' || received_at || ' ' || flags || ' ' || source AS value
                   FROM punch ORDER BY punch_id";
    let entries = "SELECT CAST(seq AS TEXT) AS value FROM log_entry WHERE covers = 'punch' ORDER BY seq";
    (query_sql(&mut tx, punches).await.unwrap(), query_sql(&mut tx, entries).await.unwrap())
}

#[tokio::test]
async fn a_captured_day_sent_again_adds_nothing() {
    each_engine(async |db| {
        let (world, clock) = World::with_clock(db, 1).await;
        let mut tx = world.office.db.begin_write(TENANT).await.unwrap();
        let unit = (world.units[1], "Kios");
        let token = api_device::add(&world.office, &mut tx, unit, "test").await.unwrap().token;
        tx.commit().await.unwrap();
        let desk = Arc::new(TerminalDesk::new(world.office.clone(), world.door.clone()));
        let any = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
        let listener =
            Listener::bind(any, Config::default(), desk, Arc::clone(&world.office.clock)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let listening = tokio::spawn(listener.run(std::future::pending()));
        let day = a_day();
        for captured in &day {
            send(&world, address, &token, captured).await;
        }
        let once = facts(&world).await;
        assert_eq!(once.0.len(), 80 + 20, "each press once");
        assert_eq!(once.1.len(), once.0.len(), "each in the log");
        // Hours later, backwards, then all at once and twice.
        clock.set(world.office.now() + jiff::SignedDuration::from_hours(5));
        for captured in day.iter().rev() {
            send(&world, address, &token, captured).await;
        }
        let world = Arc::new(world);
        let all: Vec<_> = day
            .iter()
            .chain(&day)
            .cloned()
            .map(|captured| {
                let (world, token) = (Arc::clone(&world), token.clone());
                tokio::spawn(async move { send(&world, address, &token, &captured).await })
            })
            .collect();
        for one in all {
            one.await.unwrap();
        }
        assert_eq!(facts(&world).await, once);
        listening.abort();
    })
    .await;
}
