//! Queries of terminals.

use percent_encoding::percent_decode;

use crate::text;

/// Most pairs read of one query.
const MAX_PAIRS: usize = 100;

/// The pairs of a query: keys match in any case and the first of two equal keys wins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, Vec<u8>)>);

impl Query {
    /// Splits at `&` (and at stray further `?`); percent escapes are decoded and anything odd is kept as it is. `+` stays `+`:
    /// firmware escapes blanks as `%20`, and versions contain plus signs.
    pub fn parse(query: &[u8]) -> Self {
        let pair = |part: &[u8]| {
            let split = part.iter().position(|&b| b == b'=');
            let (key, value) = split.map_or((part, &[][..]), |at| (&part[..at], &part[at + 1..]));
            let key = text::decode(&percent_decode(key).collect::<Vec<u8>>()).trim().to_ascii_lowercase();
            (!key.is_empty()).then(|| (key, percent_decode(value).collect()))
        };
        let parts = query.split(|&b| b == b'&' || b == b'?');
        Self(parts.take(MAX_PAIRS).filter_map(pair).collect())
    }

    /// The value under `key` as bytes.
    pub fn bytes(&self, key: &str) -> Option<&[u8]> {
        self.0.iter().find(|(k, _)| k.eq_ignore_ascii_case(key)).map(|(_, v)| v.as_slice())
    }

    /// The value under `key` as clean text of at most 256 characters; `None` if it is missing or empty.
    pub fn text(&self, key: &str) -> Option<String> {
        let cleaned = text::clean(&text::decode(self.bytes(key)?));
        (!cleaned.is_empty()).then(|| cleaned.chars().take(256).collect())
    }

    /// Whether `key` occurs, with or without a value.
    pub fn has(&self, key: &str) -> bool {
        self.bytes(key).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_real_handshake() {
        let query = Query::parse(
            b"SN=BOCK200961014&options=all&language=69&pushver=2.4.0&DeviceType=middle%20east&PushOptionsFlag=1",
        );
        assert_eq!(query.text("sn").as_deref(), Some("BOCK200961014"));
        assert_eq!(query.text("DEVICETYPE").as_deref(), Some("middle east"));
    }

    #[test]
    fn raw_blanks_duplicates_and_broken_escapes() {
        let query = Query::parse(b"SN=1&sn=2&INFO=Ver 2.0.12,5&x=%zz&y=%&=3&flag&v=a+b");
        assert_eq!(query.text("SN").as_deref(), Some("1"));
        assert_eq!(query.text("info").as_deref(), Some("Ver 2.0.12,5"));
        assert_eq!(query.text("x").as_deref(), Some("%zz"));
        assert_eq!(query.text("v").as_deref(), Some("a+b"));
        assert!(query.has("flag") && query.text("flag").is_none());
    }

    proptest::proptest! {
        #[test]
        fn never_panics(target in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
            let found = crate::request::Target::parse(&target);
            found.query.text("sn");
        }
    }
}
