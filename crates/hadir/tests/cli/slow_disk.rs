//! A disk that takes half a minute for a flush, in the middle of a rush that is more than the server lets wait.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
};

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpSocket,
    task::JoinSet,
};

use crate::{
    run::Place,
    rush::{Rush, Server, body, compare, request},
    tracer::Tracer,
};

/// Presses at the same time: more than may wait, fewer than the connections of the server.
const FLOOD: usize = 2_300;
/// Addresses that they come from, because the connections of one are bounded.
const SOURCES: usize = 8;

/// Makes every flush of a process take half a minute.
fn slow(process: u32) -> Tracer {
    Tracer::begin("fsync,fdatasync", "delay_exit=30000000", &[], &[process])
}

/// Presses once; the status, when to come again, and what was said.
async fn press(server: SocketAddr, source: u8, request: String) -> io::Result<(u16, Option<String>, Value)> {
    let socket = TcpSocket::new_v4()?;
    socket.bind((Ipv4Addr::new(127, 0, 1, source), 0).into())?;
    let mut stream = socket.connect(server).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let (head, said) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let again = head
        .lines()
        .find_map(|line| line.to_ascii_lowercase().strip_prefix("retry-after: ").map(str::to_owned));
    Ok((status, again, serde_json::from_str(said).unwrap()))
}

/// Presses all at once while the disk is slow, and lets it be fast again as soon as somebody is refused.
async fn flood(rush: &Rush, slow: Tracer) -> Vec<usize> {
    let server = rush.world.at.after(0).1.parse().unwrap();
    let mut pressing = JoinSet::new();
    for number in rush.world.intend(FLOOD) {
        let request = request(&rush.world.token, &body(number));
        let source = u8::try_from(number % SOURCES).unwrap() + 1;
        pressing.spawn(async move { (number, press(server, source, request).await) });
    }
    let (mut slow, mut refused) = (Some(slow), Vec::new());
    while let Some(answered) = pressing.join_next().await {
        match answered.unwrap() {
            (number, Ok((200, _, said))) => rush.world.promise(number, said["id"].as_str().unwrap()),
            (number, Ok((503, again, said))) => {
                assert_eq!((again.as_deref(), said["error"].as_str()), (Some("1"), Some("full")));
                refused.push(number);
                if let Some(slow) = slow.take() {
                    // Who is refused does not wait for the disk as the others do.
                    assert!(pressing.len() > FLOOD / 2, "only {} still wait", pressing.len());
                    slow.end();
                }
            }
            // On a machine that is slow itself, some are not heard before the server loses its patience.
            (number, Err(_)) => refused.push(number),
            (_, strange) => panic!("{strange:?}"),
        }
    }
    assert!(slow.is_none(), "there were more than may wait");
    refused
}

#[test]
fn while_flushes_hang_nothing_is_lost_and_who_cannot_wait_is_told_at_once() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let place = Place::new();
    let rush = Rush::open(&place, "sqlite:hadir.db");
    let server = Server::start(&place, "sqlite:hadir.db", &rush.world.at);
    rush.hear(50);
    let refused = runtime.block_on(flood(&rush, slow(server.id())));
    // The disk is as it was, and so is the server: whoever was refused comes again.
    std::thread::scope(|scope| {
        for some in refused.chunks(refused.len().div_ceil(32).max(1)) {
            scope.spawn(|| some.iter().for_each(|number| rush.world.press(*number)));
        }
    });
    rush.hear(50);
    rush.stop();
    let promised = rush.end(&place);
    assert!(promised.len() > FLOOD);
    server.kill();
    runtime.block_on(compare(&place.path(""), "sqlite:hadir.db", &promised));
}
