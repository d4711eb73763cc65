//! The networks from which a terminal may come.

use std::net::IpAddr;

/// Whether `ip` lies in one of the networks of `list`, which blanks or commas separate; an empty list allows all. An entry
/// is an address or `address/bits`. What cannot be read allows nobody.
pub fn allows(list: &str, ip: IpAddr) -> bool {
    let mut entries = entries(list).peekable();
    let ip = ip.to_canonical();
    entries.peek().is_none() || entries.any(|entry| parse(entry).is_some_and(|network| contains(network, ip)))
}

/// The first entry of `list` that is no network.
///
/// # Errors
/// That entry.
pub fn check(list: &str) -> Result<(), String> {
    entries(list).find(|entry| parse(entry).is_none()).map_or(Ok(()), |entry| Err(entry.to_owned()))
}

fn entries(list: &str) -> impl Iterator<Item = &str> {
    list.split([' ', ',', '\t', '\n']).filter(|entry| !entry.is_empty())
}

fn parse(entry: &str) -> Option<(IpAddr, u32)> {
    let (address, bits) = entry.split_once('/').map_or((entry, None), |(a, b)| (a, Some(b)));
    let address = address.parse::<IpAddr>().ok()?.to_canonical();
    let width = if address.is_ipv4() { 32 } else { 128 };
    let bits = bits.map_or(Some(width), |bits| bits.parse().ok())?;
    (bits <= width).then_some((address, bits))
}

fn contains((network, bits): (IpAddr, u32), ip: IpAddr) -> bool {
    match (network, ip) {
        (IpAddr::V4(a), IpAddr::V4(b)) => equal_head(a.to_bits().into(), b.to_bits().into(), 32, bits),
        (IpAddr::V6(a), IpAddr::V6(b)) => equal_head(a.to_bits(), b.to_bits(), 128, bits),
        _ => false,
    }
}

fn equal_head(a: u128, b: u128, width: u32, bits: u32) -> bool {
    (a ^ b).checked_shr(width - bits).unwrap_or(0) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn networks() {
        for (list, address, allowed) in [
            ("", "203.0.113.9", true),
            ("  ", "203.0.113.9", true),
            ("10.1.0.0/16", "10.1.200.3", true),
            ("10.1.0.0/16", "10.2.0.1", false),
            ("10.1.0.7 10.2.0.0/24", "10.2.0.255", true),
            ("10.1.0.7", "10.1.0.7", true),
            ("10.1.0.7", "10.1.0.8", false),
            ("10.1.0.7", "::ffff:10.1.0.7", true),
            ("0.0.0.0/0", "198.51.100.1", true),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("2001:db8::/32", "2001:db8:9::1", true),
            ("2001:db8::/32", "2001:db9::1", false),
            ("nonsense", "10.1.0.7", false),
            ("10.1.0.0/33", "10.1.0.7", false),
        ] {
            assert_eq!(allows(list, ip(address)), allowed, "{address} in '{list}'");
        }
    }

    #[test]
    fn a_mistake_is_named() {
        assert_eq!(check("10.0.0.0/8, 10.1.2.3"), Ok(()));
        assert_eq!(check("10.0.0.0/8 10.1.2"), Err("10.1.2".to_owned()));
    }
}
