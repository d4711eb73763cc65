//! Time, memory and rate are bounded for everybody.

use std::time::Duration;

use terminal::{
    desk::IncidentKind,
    listener::{Config, GateConfig},
};

use crate::harness::{APPROVED, Server, post};

const LINE: &str = "1\t2026-11-21 07:28:11\t0\t1\t\t0\t0\t\r\n";

fn attlog() -> String {
    format!("/iclock/cdata?SN={APPROVED}&table=ATTLOG&Stamp=9999")
}

#[tokio::test]
async fn a_head_that_never_ends_is_cut_off() {
    let server = Server::with(Config { head_timeout: Duration::from_millis(80), ..Config::default() }).await;
    for start in ["", "GET /iclock/cd", "GET /iclock/cdata?SN=1 HTTP/1.1\r\nX-Slow: "] {
        let mut client = server.connect().await;
        client.write(start).await;
        // Returns only when the server closes.
        let answer = client.rest().await;
        assert!(!String::from_utf8_lossy(&answer).contains("200 OK"));
    }
}

#[tokio::test]
async fn a_body_that_stops_is_cut_off_and_not_stored() {
    let server = Server::with(Config { body_pause: Duration::from_millis(80), ..Config::default() }).await;
    let whole = post(&attlog(), LINE.repeat(10));
    let mut client = server.connect().await;
    client.write(&whole[..whole.len() - 1]).await;
    let reply = client.reply().await.unwrap();
    assert_eq!(reply.status, 400);
    assert!(server.desk.state().uploads.is_empty());
    assert!(matches!(server.desk.state().incidents[0].kind, IncidentKind::TruncatedUpload { .. }));
}

#[tokio::test]
async fn bodies_over_the_limit_are_refused_unread() {
    let server = Server::with(Config { max_body: 1 << 20, ..Config::default() }).await;
    server.greet().await;
    let mut client = server.connect().await;
    client
        .write(format!("POST {} HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n", attlog(), (1 << 20) + 1))
        .await;
    assert_eq!(client.reply().await.unwrap().status, 413);
    let announced = Some((1 << 20) + 1);
    assert_eq!(server.desk.state().incidents[0].kind, IncidentKind::TooLarge { announced });
}

#[tokio::test]
async fn a_chunked_body_over_the_limit_is_refused() {
    let server = Server::with(Config { max_body: 64 << 10, ..Config::default() }).await;
    server.greet().await;
    let mut client = server.connect().await;
    client.write(format!("POST {} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", attlog())).await;
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
    client.try_write(&chunk).await;
    client.try_write(&chunk).await;
    assert!(!String::from_utf8_lossy(&client.rest().await).contains("200 OK"));
    assert!(server.desk.state().uploads.is_empty());
}

#[tokio::test]
async fn large_bodies_only_from_senders_already_recognised() {
    let server = Server::start().await;
    let large = LINE.repeat(10_000);
    let head = format!("POST {} HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n", attlog(), large.len());
    let mut client = server.connect().await;
    client.write(&head).await;
    assert_eq!(client.reply().await.unwrap().status, 503);
    server.greet().await;
    assert_eq!(server.post(&attlog(), &large).await.body, "OK: 10000");
}

#[tokio::test]
async fn guessing_serial_numbers_is_slowed_down() {
    let gate = GateConfig { per_ip: (10.0, 0.001), incidents: (3.0, 0.001), ..GateConfig::default() };
    let server = Server::with(Config { gate, ..Config::default() }).await;
    server.greet().await;
    let mut statuses = Vec::new();
    for number in 0..20 {
        statuses.push(server.get(&format!("/iclock/cdata?SN=GUESS{number}&options=all")).await.status);
    }
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 9);
    assert!(statuses[9..].iter().all(|status| *status == 503));
    assert_eq!(server.desk.state().pending.len(), 9);
    assert_eq!(server.desk.state().incidents.len(), 3, "incidents are limited as well");
    assert_eq!(
        server.get("/iclock/getrequest?SN=GUESS99").await.body,
        "OK",
        "polls are answered all the same"
    );
    assert_eq!(server.post(&attlog(), LINE).await.body, "OK: 1", "approved terminals are not slowed down");
}

#[tokio::test]
async fn no_more_connections_than_allowed() {
    let server = Server::with(Config { max_connections_per_ip: 2, ..Config::default() }).await;
    let mut first = server.connect().await;
    let mut second = server.connect().await;
    let poll = format!("GET /iclock/getrequest?SN={APPROVED} HTTP/1.1\r\nHost: x\r\n\r\n");
    for client in [&mut first, &mut second] {
        client.write(&poll).await;
        assert_eq!(client.reply().await.unwrap().body, "OK");
    }
    let mut third = server.connect().await;
    third.try_write(&poll).await;
    assert!(third.rest().await.is_empty());
}

#[tokio::test]
async fn the_forwarded_address_is_believed_only_from_a_trusted_proxy() {
    let poll = format!(
        "GET /iclock/getrequest?SN={APPROVED} HTTP/1.1\r\nX-Forwarded-For: 1.1.1.1, 10.9.8.7\r\n\r\n"
    );
    let peer = async |config: Config| {
        let server = Server::with(config).await;
        server.send(&poll).await;
        server.desk.state().polls[0].sender.peer.ip().to_string()
    };
    assert_eq!(peer(Config::default()).await, "127.0.0.1");
    let trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    assert_eq!(peer(Config { trusted_proxies, ..Config::default() }).await, "10.9.8.7");
}
