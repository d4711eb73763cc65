//! What firmware does to HTTP, and that it is served all the same.

use crate::harness::{APPROVED, Server, post};

const LINE: &str = "1\t2026-11-21 07:28:11\t0\t1\t\t0\t0\t\r\n";

fn attlog() -> String {
    format!("/iclock/cdata?SN={APPROVED}&table=ATTLOG&Stamp=9999")
}

#[tokio::test]
async fn request_lines_of_all_kinds() {
    let server = Server::start().await;
    let heads = [
        format!("GET /iclock/getrequest?SN={APPROVED} HTTP/1.0\r\n\r\n"),
        format!("GET /iclock/getrequest?SN={APPROVED} HTTP/1.1\r\n\r\n"),
        format!("GET /iclock/getrequest?SN={APPROVED} HTTP/1.1\nHost: x\n\n"),
        format!("GET /iclock/getrequest?SN={APPROVED} HTTP/1.1\r\nHost: x\r\nConnection: starting\r\n\r\n"),
        format!("get /iclock/getrequest?SN={APPROVED} HTTP/1.1\r\nHost: x\r\n\r\n"),
        format!("GET //iclock/getrequest?SN={APPROVED} HTTP/1.1\r\nHost: x\r\n\r\n"),
        format!("GET /iclock/getrequest.aspx?sn={APPROVED} HTTP/1.1\r\nHost: x\r\n\r\n"),
        format!("GET /ICLOCK/GetRequest/?Sn={APPROVED}&SN=OTHER HTTP/1.1\r\nHost: x\r\n\r\n"),
        format!("GET http://10.0.0.5:8081/iclock/getrequest?SN={APPROVED} HTTP/1.1\r\nHost: x\r\n\r\n"),
        format!("GET /iclock/getrequest?SN={APPROVED}&INFO={{a|b}}é HTTP/1.1\r\nHost: x\r\n\r\n"),
        format!(
            "GET /iclock/getrequest?SN={APPROVED}&INFO=Ver 2.0.12-20110317,5,\"x\",\t# HTTP/1.1\r\nHost: x\r\n\r\n"
        ),
        format!("GET /iclock/getrequest?SN={APPROVED} HTTP/1.1\r\nHost : x\r\nX-Odd\t: y\r\n\r\n"),
        format!("\r\nGET  /iclock/getrequest?SN={APPROVED}  http/1.1\r\nHost: x\r\n\r\n"),
    ];
    for head in heads {
        let reply = server.send(&head).await;
        assert_eq!((reply.status, reply.body.as_str()), (200, "OK"), "{head:?}");
        assert_eq!(reply.header("content-length"), Some("2"));
        assert!(reply.header("date").is_some() && reply.header("location").is_none());
    }
    let state = server.desk.state();
    assert!(state.polls.iter().all(|poll| poll.sender.serial.as_str() == APPROVED));
    let infos: Vec<_> = state.polls.iter().filter_map(|p| p.info.as_ref()?.firmware.clone()).collect();
    assert_eq!(infos, ["{a|b}é", "Ver 2.0.12-20110317"]);
}

#[tokio::test]
async fn bytes_outside_utf8_in_the_target() {
    let server = Server::start().await;
    let mut head = format!("GET /iclock/getrequest?SN={APPROVED}&INFO=").into_bytes();
    head.extend([0xD5, 0xC5]);
    head.extend(b" HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_eq!(server.send(head).await.body, "OK");
    assert_eq!(server.desk.state().polls[0].info.as_ref().unwrap().firmware.as_deref(), Some("张"));
}

#[tokio::test]
async fn any_content_type_is_bytes() {
    let server = Server::start().await;
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/push;charset=UTF-8",
        "multipart/form-data",
        "",
    ] {
        let head = format!(
            "POST {} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{LINE}",
            attlog(),
            LINE.len()
        );
        assert_eq!(server.send(head).await.body, "OK: 1", "{kind}");
    }
    assert!(server.desk.state().uploads.iter().all(|upload| upload.journal == LINE.as_bytes()));
}

#[tokio::test]
async fn repeated_equal_lengths_and_chunks_and_continue() {
    let server = Server::start().await;
    server.greet().await;
    let length = LINE.len();
    let doubled = format!(
        "POST {} HTTP/1.1\r\nContent-Length: {length}\r\nContent-Length: {length}\r\n\r\n{LINE}",
        attlog()
    );
    assert_eq!(server.send(doubled).await.body, "OK: 1");
    let chunked = format!(
        "POST {} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n{length:x}\r\n{LINE}\r\n0\r\n\r\n",
        attlog()
    );
    assert_eq!(server.send(chunked).await.body, "OK: 1");
    let mut client = server.connect().await;
    let head =
        format!("POST {} HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: {length}\r\n\r\n", attlog());
    client.write(format!("{head}{LINE}")).await;
    let everything = async {
        client.half_close().await;
        client.rest().await
    };
    assert!(String::from_utf8(everything.await).unwrap().ends_with("OK: 1"));
}

#[tokio::test]
async fn clients_that_close_their_sending_side_get_their_reply() {
    let server = Server::start().await;
    for round in 0..40 {
        let mut client = server.connect().await;
        match round % 3 {
            0 => client.write(format!("GET /iclock/getrequest?SN={APPROVED} HTTP/1.0\r\n\r\n")).await,
            1 => {
                client
                    .write(format!("GET /iclock/cdata?SN={APPROVED}&options=all HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .await
            }
            _ => client.write(post(&attlog(), LINE)).await,
        }
        client.half_close().await;
        let reply = client.reply().await.unwrap_or_else(|| panic!("round {round} got no reply"));
        assert_eq!(reply.status, 200);
    }
}

#[tokio::test]
async fn several_requests_on_one_connection() {
    let server = Server::start().await;
    let mut client = server.connect().await;
    let poll = format!("GET /iclock/getrequest?SN={APPROVED}&INFO=a b HTTP/1.1\r\nHost: x\r\n\r\n");
    let mut bytes = poll.clone().into_bytes();
    bytes.extend(post(&attlog(), LINE));
    bytes.extend(poll.as_bytes());
    client.write(bytes).await;
    let mut bodies = Vec::new();
    for _ in 0..3 {
        bodies.push(client.reply().await.unwrap().body);
    }
    assert_eq!(bodies, ["OK", "OK: 1", "OK"]);
}

#[tokio::test]
async fn sixteen_megabytes_and_the_next_request_behind_them() {
    let server = Server::start().await;
    server.greet().await;
    let mut body = Vec::with_capacity(17 << 20);
    let mut number = 0u32;
    while body.len() < 16 << 20 {
        let (hour, minute, second) = (number / 3600 % 24, number / 60 % 60, number % 60);
        let day = number / 86_400 + 1;
        body.extend(
            format!("{number}\t2026-10-{day:02} {hour:02}:{minute:02}:{second:02}\t255\t1\t\t0\t0\t\r\n")
                .bytes(),
        );
        number += 1;
    }
    let mut bytes = post(&attlog(), &body);
    bytes.extend(format!("GET /iclock/getrequest?SN={APPROVED} HTTP/1.1\r\nHost: x\r\n\r\n").bytes());
    let mut client = server.connect().await;
    client.write(bytes).await;
    // PIN 0 in the first line is nobody's; it is acknowledged like the others.
    assert_eq!(client.reply().await.unwrap().body, format!("OK: {number}"));
    assert_eq!(client.reply().await.unwrap().body, "OK");
    let state = server.desk.state();
    assert_eq!(state.punches.len(), number as usize - 1);
    assert_eq!(state.uploads[0].size, body.len());
}
