//! Rates for senders that are not approved, so that guessing serial numbers does not fill the database.

use std::{collections::HashMap, hash::Hash, net::IpAddr};

use tokio::time::Instant;

use crate::serial::Serial;

/// How many requests are let through: a burst, then a steady rate per second.
#[derive(Debug, Clone)]
pub struct GateConfig {
    /// Burst and rate of one address, over all its serial numbers that are not approved.
    pub per_ip: (f64, f64),
    /// Burst and rate of one serial number.
    pub per_serial: (f64, f64),
    /// Burst and rate of incidents reported to the desk for one address.
    pub incidents: (f64, f64),
    /// Most entries remembered of each kind.
    pub max_entries: usize,
}

impl Default for GateConfig {
    fn default() -> Self {
        Self { per_ip: (200.0, 5.0), per_serial: (20.0, 0.5), incidents: (20.0, 0.05), max_entries: 10_000 }
    }
}

/// The state of all rates.
pub(super) struct Gate {
    config: GateConfig,
    recognised: HashMap<(Serial, IpAddr), ()>,
    ips: HashMap<IpAddr, Bucket>,
    serials: HashMap<Serial, Bucket>,
    incidents: HashMap<IpAddr, Bucket>,
}

#[derive(Clone, Copy)]
struct Bucket {
    tokens: f64,
    at: Instant,
}

impl Gate {
    pub(super) fn new(config: GateConfig) -> Self {
        Self {
            config,
            recognised: HashMap::new(),
            ips: HashMap::new(),
            serials: HashMap::new(),
            incidents: HashMap::new(),
        }
    }

    /// Whether the desk served this terminal at this address before.
    pub(super) fn is_recognised(&self, serial: &Serial, ip: IpAddr) -> bool {
        self.recognised.contains_key(&(serial.clone(), ip))
    }

    /// Whether a request may go to the desk. Recognised terminals always may.
    pub(super) fn admit(&mut self, serial: &Serial, ip: IpAddr, now: Instant) -> bool {
        if self.is_recognised(serial, ip) {
            return true;
        }
        let max = self.config.max_entries;
        take(&mut self.ips, ip, self.config.per_ip, max, now)
            && take(&mut self.serials, serial.clone(), self.config.per_serial, max, now)
    }

    /// Whether an incident of this address should be reported.
    pub(super) fn admit_incident(&mut self, ip: IpAddr, now: Instant) -> bool {
        take(&mut self.incidents, ip, self.config.incidents, self.config.max_entries, now)
    }

    /// Remembers what the desk said of a terminal.
    pub(super) fn learn(&mut self, serial: &Serial, ip: IpAddr, recognised: bool) {
        let key = (serial.clone(), ip);
        if !recognised {
            self.recognised.remove(&key);
            return;
        }
        if self.recognised.len() >= self.config.max_entries {
            self.recognised.clear();
        }
        self.recognised.insert(key, ());
    }
}

fn take<K: Hash + Eq>(
    buckets: &mut HashMap<K, Bucket>,
    key: K,
    (burst, rate): (f64, f64),
    max: usize,
    now: Instant,
) -> bool {
    let tokens =
        |b: &Bucket| (b.tokens + now.saturating_duration_since(b.at).as_secs_f64() * rate).min(burst);
    if buckets.len() >= max && !buckets.contains_key(&key) {
        buckets.retain(|_, bucket| tokens(bucket) < burst);
        if buckets.len() >= max {
            // Everybody at once: forgetting is the lesser evil, memory stays bounded.
            buckets.clear();
        }
    }
    let bucket = buckets.entry(key).or_insert(Bucket { tokens: burst, at: now });
    let left = tokens(bucket);
    let admitted = left >= 1.0;
    *bucket = Bucket { tokens: if admitted { left - 1.0 } else { left }, at: now };
    admitted
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn gate() -> Gate {
        Gate::new(GateConfig {
            per_ip: (5.0, 1.0),
            per_serial: (2.0, 0.5),
            incidents: (1.0, 0.01),
            max_entries: 10,
        })
    }

    fn serial(number: usize) -> Serial {
        Serial::parse(&format!("SN{number}")).unwrap()
    }

    const IP: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));

    #[test]
    fn burst_then_rate() {
        let (mut gate, start) = (gate(), Instant::now());
        assert!(gate.admit(&serial(1), IP, start));
        assert!(gate.admit(&serial(1), IP, start));
        assert!(!gate.admit(&serial(1), IP, start));
        assert!(gate.admit(&serial(1), IP, start + Duration::from_secs(2)));
    }

    #[test]
    fn many_serials_from_one_address() {
        let (mut gate, start) = (gate(), Instant::now());
        let admitted = (0..20).filter(|&n| gate.admit(&serial(n), IP, start)).count();
        assert_eq!(admitted, 5);
    }

    #[test]
    fn recognised_terminals_pass_until_they_are_not() {
        let (mut gate, start) = (gate(), Instant::now());
        gate.learn(&serial(1), IP, true);
        assert!((0..100).all(|_| gate.admit(&serial(1), IP, start)));
        gate.learn(&serial(1), IP, false);
        assert_eq!((0..100).filter(|_| gate.admit(&serial(1), IP, start)).count(), 2);
    }

    #[test]
    fn memory_is_bounded() {
        let (mut gate, start) = (gate(), Instant::now());
        for n in 0..1000u32 {
            let ip = IpAddr::from(n.to_be_bytes());
            gate.admit(&serial(n as usize), ip, start);
            gate.learn(&serial(n as usize), ip, true);
        }
        assert!(gate.ips.len() <= 10 && gate.serials.len() <= 10 && gate.recognised.len() <= 10);
    }
}
