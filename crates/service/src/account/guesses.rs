//! Wrong passphrases that belong to no account, and how many an address may try.
//!
//! Both are kept in memory, with a bound: what an outsider types must not fill a database. A login that does not exist
//! is counted like one that does, or its answers would tell the two apart.

use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    sync::{Mutex, MutexGuard, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

/// Wrong passphrases from one address within [`WINDOW`] before it must wait. An office behind one router shares an
/// address, and only failures count.
pub(super) const PER_ADDRESS: u32 = 60;
/// The time in which they count.
pub(super) const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Most logins and most addresses remembered; about 2 MB.
const REMEMBERED: usize = 10_000;

/// Failed logins of this process.
#[derive(Debug, Default)]
pub struct Guesses(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    logins: HashMap<[u8; 32], Login>,
    addresses: HashMap<IpAddr, Address>,
}

#[derive(Debug, Clone, Copy)]
struct Login {
    failures: i64,
    locked_until: Option<Timestamp>,
    touched: Timestamp,
}

#[derive(Debug, Clone, Copy)]
struct Address {
    failures: u32,
    since: Timestamp,
}

impl Guesses {
    /// Reserves a try for an address; when it has none left, the instant of the next one.
    ///
    /// # Errors
    /// The instant from which the address may try again.
    pub(super) fn admit(&self, ip: IpAddr, now: Timestamp) -> Result<(), Timestamp> {
        let mut inner = self.lock();
        let key = neighbourhood(ip);
        // Failures of the future were counted by a clock that was set back since.
        let over = |a: &Address| now.duration_since(a.since).abs() >= WINDOW;
        make_room(&mut inner.addresses, &key, |a| a.since);
        let entry = inner.addresses.entry(key).or_insert(Address { failures: 0, since: now });
        if over(entry) {
            *entry = Address { failures: 0, since: now };
        }
        if entry.failures >= PER_ADDRESS {
            return Err(entry.since.saturating_add(WINDOW).unwrap_or(now));
        }
        entry.failures += 1;
        Ok(())
    }

    /// Gives a try back to an address: its passphrase was right.
    pub(super) fn forgive(&self, ip: IpAddr) {
        if let Some(entry) = self.lock().addresses.get_mut(&neighbourhood(ip)) {
            entry.failures = entry.failures.saturating_sub(1);
        }
    }

    /// Until when a login that does not exist rests.
    pub(super) fn resting(&self, login: &str) -> Option<Timestamp> {
        self.lock().logins.get(&key_of(login))?.locked_until
    }

    /// Counts a wrong passphrase of a login that does not exist; how many in a row. From `tries` on it rests until `until`.
    pub(super) fn note(&self, login: &str, now: Timestamp, tries: i64, until: Timestamp) -> i64 {
        let mut inner = self.lock();
        let key = key_of(login);
        make_room(&mut inner.logins, &key, |l| l.touched);
        let entry =
            inner.logins.entry(key).or_insert(Login { failures: 0, locked_until: None, touched: now });
        entry.failures += 1;
        entry.touched = now;
        if entry.failures >= tries {
            entry.locked_until = Some(until);
        }
        entry.failures
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The oldest tenth goes when the table is full.
fn make_room<K: Eq + Hash + Copy + Ord, V>(
    table: &mut HashMap<K, V>,
    wanted: &K,
    age: impl Fn(&V) -> Timestamp,
) {
    if table.len() < REMEMBERED || table.contains_key(wanted) {
        return;
    }
    let mut by_age: Vec<(Timestamp, K)> = table.iter().map(|(k, v)| (age(v), *k)).collect();
    by_age.sort_unstable();
    for (_, key) in by_age.into_iter().take(REMEMBERED / 10) {
        table.remove(&key);
    }
}

/// What was typed is not kept: some people type their passphrase into the wrong field.
fn key_of(login: &str) -> [u8; 32] {
    Sha256::digest(login.as_bytes()).into()
}

/// One customer of a provider has 2^64 addresses of IPv6.
fn neighbourhood(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((u128::from(v6) & (u128::MAX << 64)).into()),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + seconds).unwrap()
    }

    #[test]
    fn an_address_has_a_number_of_failures_in_a_time() {
        let guesses = Guesses::default();
        let ip: IpAddr = "2001:db8::1".parse().unwrap();
        let neighbour: IpAddr = "2001:db8::2".parse().unwrap();
        for _ in 0..PER_ADDRESS {
            assert_eq!(guesses.admit(ip, at(0)), Ok(()));
        }
        assert_eq!(guesses.admit(neighbour, at(60)), Err(at(900)), "the same network");
        assert_eq!(guesses.admit("2001:db8:0:1::1".parse().unwrap(), at(60)), Ok(()));
        guesses.forgive(ip);
        assert_eq!(guesses.admit(ip, at(60)), Ok(()), "a right passphrase costs nothing");
        assert_eq!(guesses.admit(ip, at(900)), Ok(()), "later");
        for _ in 1..PER_ADDRESS {
            assert_eq!(guesses.admit(ip, at(900)), Ok(()));
        }
        assert_eq!(guesses.admit(ip, at(900)), Err(at(1_800)));
        assert_eq!(guesses.admit(ip, at(-7_200)), Ok(()), "the clock was set back");
    }

    #[test]
    fn the_memory_is_bounded() {
        let guesses = Guesses::default();
        for n in 0..(REMEMBERED as u32 + 500) {
            let _ = guesses.admit(IpAddr::V4(n.into()), at(i64::from(n)));
            guesses.note(&n.to_string(), at(i64::from(n)), 5, at(i64::from(n) + 900));
        }
        let inner = guesses.lock();
        assert!(inner.addresses.len() <= REMEMBERED && inner.logins.len() <= REMEMBERED);
        assert!(inner.addresses.contains_key(&IpAddr::V4((REMEMBERED as u32).into())), "the newest stay");
    }
}
