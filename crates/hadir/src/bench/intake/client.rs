//! The devices that send: every request another press of an invented person.

use std::{
    io::Write,
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
    time::Duration,
};

use jiff::{ToSpan, civil::DateTime};
use sim::load::{Curve, Fate, Load, Requests, Tally, arrivals};

use super::{super::report::float, server::Running};
use crate::cli::BenchIntakeArgs;

/// Addresses of this machine from which the connections come: the server bounds those of one.
const SOURCES: u8 = 8;
/// Most connections, in all; the server accepts a few more.
pub const MOST_CONNECTIONS: usize = 3_072;

/// What one request says.
pub struct Said {
    /// Which device.
    pub device: usize,
    /// As a UUID of version 7: a time, then random digits; the same for the same number.
    pub id: String,
    /// From 1.
    pub pin: String,
    /// In WIB.
    pub at: String,
}

impl Said {
    /// The body of its request.
    pub fn json(&self) -> String {
        format!(r#"{{"id":"{}","pin":"{}","at":"{}"}}"#, self.id, self.pin, self.at)
    }
}

/// Presses of one second, at most.
const A_SECOND: usize = 1_000;
/// From one press to the next so many people are passed over, so that neighbours are nobody's neighbours in the tables.
const STRIDES: [usize; 2] = [7_919, 7_907];

/// Presses, numbered: no two have the same device, PIN and second.
#[derive(Clone)]
pub struct Body {
    begin: DateTime,
    a_second: usize,
    stride: usize,
    devices: usize,
    people: usize,
    seed: u64,
}

impl Body {
    /// Presses of the morning some days ago.
    pub fn days_ago(running: &Running, days: i64, seed: u64) -> Body {
        let today = domain::zone::Zone::Wib.local(running.office.now()).date();
        let begin = today.saturating_sub(days.days()).at(0, 0, 0, 0);
        let (devices, people) = (running.devices.len(), running.people);
        Body {
            begin,
            // After so many presses a person comes to the same device again.
            a_second: A_SECOND.min(devices / common(devices, people) * people),
            stride: if people.is_multiple_of(STRIDES[0]) { STRIDES[1] } else { STRIDES[0] },
            devices,
            people,
            seed: mix(seed ^ days.unsigned_abs()),
        }
    }

    /// The press with this number.
    pub fn of(&self, number: usize) -> Said {
        let wide = u64::try_from(number).unwrap_or(0);
        let (high, low) = (mix(self.seed ^ wide), mix(self.seed.rotate_left(32) ^ wide));
        let second = i64::try_from(number / self.a_second).unwrap_or(0);
        let at = self.begin.saturating_add(second.seconds());
        Said {
            device: number % self.devices,
            id: format!("{wide:012x}7{:03x}{:016x}", high & 0xfff, low >> 2 | 1 << 63),
            pin: (number * self.stride % self.people + 1).to_string(),
            at: format!("{at}+07:00"),
        }
    }
}

/// Greatest common divisor.
fn common(a: usize, b: usize) -> usize {
    if b == 0 { a } else { common(b, a % b) }
}

/// A number that looks random (splitmix64).
fn mix(n: u64) -> u64 {
    let n = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}

/// What was accepted in a second of a run that was planned to take `length`.
pub fn goodput(tally: &Tally, length: Duration) -> f64 {
    float(tally.answered(200)) / tally.elapsed.max(length).as_secs_f64()
}

/// All devices together.
pub struct Client {
    load: Load,
    body: Body,
    tokens: Arc<[String]>,
    seed: u64,
    /// Number of the next press.
    next: usize,
    /// Presses answered with 200.
    pub accepted: usize,
    /// Presses of broken connections.
    pub unknown: usize,
    /// Most that was accepted in a second, on the average of a run and whatever the latency.
    pub peak: f64,
}

impl Client {
    /// The devices of a running server.
    pub fn new(running: &Running, args: &BenchIntakeArgs) -> Client {
        let sources = (1..=SOURCES).map(|n| IpAddr::V4(Ipv4Addr::new(127, 0, 0, n))).collect();
        let load = Load {
            server: running.server.pages,
            connections: 256,
            threads: 1,
            sources,
            patience: None,
            answer_within: Duration::from_secs(60),
        };
        let tokens = running.devices.iter().map(|(_, token)| token.clone()).collect();
        let body = Body::days_ago(running, 1, args.seed);
        Client { load, body, tokens, seed: args.seed, next: 0, accepted: 0, unknown: 0, peak: 0.0 }
    }

    /// Sends for `length` at `rate` requests a second, from so many connections; with patience, what finds none free is
    /// left out.
    ///
    /// # Errors
    /// When connections cannot be made or a punch is refused for another reason than a full door.
    pub async fn send(
        &mut self,
        (curve, rate): (Curve, f64),
        length: Duration,
        connections: usize,
        patience: Option<Duration>,
    ) -> anyhow::Result<Tally> {
        self.seed = mix(self.seed);
        let times = arrivals(curve, rate, length, self.seed);
        let requests = self.requests();
        self.next += times.len();
        let load = Load { connections, patience, ..self.load.clone() };
        let tally = tokio::task::spawn_blocking(move || load.run(times, requests)).await??;
        self.accepted += tally.answered(200);
        self.peak = self.peak.max(goodput(&tally, length));
        self.unknown += tally.count(|sample| sample.fate == Fate::Broken);
        let strange = |fate: Fate| matches!(fate, Fate::Answered(status) if status != 200 && status != 503);
        if let Some(sample) = tally.samples.iter().find(|sample| strange(sample.fate)) {
            anyhow::bail!("a punch was answered with {:?}", sample.fate);
        }
        Ok(tally)
    }

    fn requests(&self) -> Requests {
        let (first, body, tokens) = (self.next, self.body.clone(), Arc::clone(&self.tokens));
        Arc::new(move |number, out: &mut Vec<u8>| {
            let said = body.of(first + number);
            let json = said.json();
            // Writing to memory does not fail.
            let _ = write!(
                out,
                "POST /api/presensi HTTP/1.1\r\nHost: hadir\r\nAuthorization: Bearer {}\r\n\
                 Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{json}",
                tokens[said.device],
                json.len()
            );
        })
    }
}
