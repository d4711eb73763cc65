//! Who comes with tokens that nobody has: counted by address, so that guessing is seen in the server's log.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

/// Wrong tokens of one address within [`WITHIN`] that are worth a line.
const MANY: u32 = 100;
/// How long wrong tokens are counted together.
const WITHIN: SignedDuration = SignedDuration::from_mins(1);
/// Addresses that are counted at once; beyond it the counting begins anew.
const MOST: usize = 10_000;

/// Wrong tokens of the last minute.
#[derive(Debug, Default)]
pub(crate) struct Strangers(Mutex<HashMap<IpAddr, (Timestamp, u32)>>);

impl Strangers {
    /// Counts a wrong token. `true` once for each minute in which an address brought too many.
    pub(crate) fn note(&self, ip: IpAddr, now: Timestamp) -> bool {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.len() >= MOST && !counted.contains_key(&ip) {
            counted.clear();
        }
        let (since, count) = counted.entry(ip).or_insert((now, 0));
        // A clock that was set back begins anew, too.
        let age = now.duration_since(*since);
        if age.is_negative() || age >= WITHIN {
            (*since, *count) = (now, 0);
        }
        *count = count.saturating_add(1);
        *count == MANY
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    #[test]
    fn the_hundredth_wrong_token_of_an_address_in_a_minute_is_told_once() {
        let (strangers, start) = (Strangers::default(), Timestamp::UNIX_EPOCH);
        let told = |host: u8, second: i64, times: u32| {
            let (ip, at) = (Ipv4Addr::new(10, 0, 0, host).into(), start + SignedDuration::from_secs(second));
            (0..times).filter(|_| strangers.note(ip, at)).count()
        };
        assert_eq!([told(1, 0, 99), told(2, 0, 99), told(1, 59, 500)], [0, 0, 1]);
        assert_eq!([told(2, 60, 99), told(2, 61, 1)], [0, 1], "another minute");
    }
}
