//! Faults of networks, terminals and the database: nothing is stored half, nothing is acknowledged that is not stored.

use terminal::desk::IncidentKind;

use crate::harness::{APPROVED, Server, post, serial};

const LINE: &str = "1\t2026-11-21 07:28:11\t0\t1\t\t0\t0\t\r\n";

fn attlog() -> String {
    format!("/iclock/cdata?SN={APPROVED}&table=ATTLOG&Stamp=9999")
}

fn kinds(server: &Server) -> Vec<IncidentKind> {
    server.desk.state().incidents.iter().map(|incident| incident.kind.clone()).collect()
}

#[tokio::test]
async fn an_upload_without_length_is_an_alert_and_not_ok() {
    let server = Server::start().await;
    let mut client = server.connect().await;
    client.write(format!("POST {} HTTP/1.1\r\nHost: x\r\n\r\n{LINE}", attlog())).await;
    let reply = client.reply().await.unwrap();
    assert_eq!(reply.status, 411);
    assert!(!reply.body.contains("OK"));
    let reply = server.post(&attlog(), "").await;
    assert_eq!(reply.status, 400);
    let empty = |without_length| IncidentKind::EmptyUpload { table: "ATTLOG".into(), without_length };
    assert_eq!(kinds(&server)[..2], [empty(true), empty(false)]);
    assert!(server.desk.state().uploads.is_empty());
    assert_eq!(server.desk.state().incidents[0].serial, Some(serial(APPROVED)));
}

#[tokio::test]
async fn a_connection_lost_in_the_middle_stores_nothing() {
    let server = Server::start().await;
    let whole = post(&attlog(), LINE.repeat(100));
    // Lost with a clean half-close: the reply says that it must be sent again.
    let mut client = server.connect().await;
    client.write(&whole[..whole.len() - 500]).await;
    client.half_close().await;
    let answer = String::from_utf8(client.rest().await).unwrap();
    assert!(!answer.contains("OK"), "{answer}");
    // Killed outright.
    let mut client = server.connect().await;
    client.write(&whole[..whole.len() / 2]).await;
    drop(client);
    // The terminal comes again with everything.
    assert_eq!(server.send(&whole).await.body, "OK: 100");
    let state = server.desk.state();
    assert_eq!((state.uploads.len(), state.punches.len()), (1, 1));
    let announced = Some((LINE.len() * 100) as u64);
    let received = LINE.len() * 100 - 500;
    assert_eq!(state.incidents[0].kind, IncidentKind::TruncatedUpload { received, announced });
}

#[tokio::test]
async fn a_database_that_is_down_is_an_error_and_loses_nothing() {
    let server = Server::start().await;
    server.greet().await;
    server.desk.state().unavailable = true;
    for reply in [
        server.post(&attlog(), LINE).await,
        server.get(&format!("/iclock/cdata?SN={APPROVED}&options=all")).await,
        server.get(&format!("/iclock/getrequest?SN={APPROVED}")).await,
        server.post(&format!("/iclock/devicecmd?SN={APPROVED}"), "ID=1&Return=0&CMD=DATA").await,
    ] {
        assert_eq!((reply.status, reply.header("content-type")), (500, Some("text/plain")));
        assert!(!reply.body.starts_with("OK"));
    }
    server.desk.state().unavailable = false;
    assert_eq!(server.post(&attlog(), LINE).await.body, "OK: 1");
}

#[tokio::test]
async fn bytes_that_are_not_http_are_reported() {
    let server = Server::start().await;
    for rubbish in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\n"[..],
        b"GET /only-two\r\n\r\n",
        b"\x00\xff\r\n\r\n",
    ] {
        let mut client = server.connect().await;
        client.write(rubbish).await;
        client.half_close().await;
        assert!(!String::from_utf8_lossy(&client.rest().await).contains("200 OK"));
    }
    // Incidents are noted after the connection ended: wait for the tasks by stopping the listener.
    let desk = server.desk.clone();
    server.stop().await;
    let state = desk.state();
    assert_eq!(state.incidents.len(), 3);
    assert!(state.incidents.iter().all(|i| matches!(i.kind, IncidentKind::NotHttp { .. })));
}

#[tokio::test]
async fn conflicting_lengths_store_nothing() {
    let server = Server::start().await;
    let head = format!("POST {} HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 40\r\n\r\n{LINE}", attlog());
    let mut client = server.connect().await;
    client.write(head).await;
    client.half_close().await;
    assert!(String::from_utf8(client.rest().await).unwrap().starts_with("HTTP/1.1 400"));
    assert!(server.desk.state().uploads.is_empty());
}

#[tokio::test]
async fn serial_numbers_that_cannot_be() {
    let server = Server::start().await;
    for target in
        ["/iclock/cdata", "/iclock/cdata?SN=", "/iclock/cdata?SN=a%0Ab", "/iclock/cdata?SN=../../etc/passwd"]
    {
        assert_eq!(server.get(target).await.status, 400, "{target}");
    }
    assert!(kinds(&server).iter().all(|kind| matches!(kind, IncidentKind::BadSerial { .. })));
    assert!(server.desk.state().pending.is_empty());
}

#[tokio::test]
async fn wrong_clocks_nuls_and_formulas_are_taken() {
    let server = Server::start().await;
    let body = "1\t1970-01-01 00:03:00\t0\t1\n2\t2099-12-31 23:59:59\t0\t1\n=1+1\t2026-11-21 07:00:00\t0\t1\n3\u{0}\t2026-11-21 07:00:00\n";
    assert_eq!(server.post(&attlog(), body).await.body, "OK: 4");
    let state = server.desk.state();
    assert_eq!(state.punches.len(), 2);
    assert_eq!(state.uploads[0].content.quarantined().len(), 2);
    assert_eq!(state.uploads[0].journal, body.as_bytes());
}

#[tokio::test]
async fn stopping_lets_the_request_under_way_finish() {
    let server = Server::start().await;
    let mut client = server.connect().await;
    let whole = post(&attlog(), LINE);
    client.write(&whole[..whole.len() - 10]).await;
    // The head must have arrived before the listener stops, or the connection is idle and closed at once.
    server.greet().await;
    let stopping = tokio::spawn(server.stop());
    client.write(&whole[whole.len() - 10..]).await;
    let answer = client.rest().await;
    stopping.await.unwrap();
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.is_empty() || answer.ends_with("OK: 1"), "{answer}");
}
