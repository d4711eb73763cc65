//! Records of the form `KEY=value<TAB>Key=value`. Keys match in any case; values may hold blanks and `=`.

use crate::text;

/// The fields of one record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keyed<'a>(Vec<(&'a [u8], &'a [u8])>);

impl<'a> Keyed<'a> {
    /// Splits `line` at TABs, each field at its first `=`. Fields without `=` are dropped.
    pub fn parse(line: &'a [u8]) -> Self {
        Self::split(line, b'\t')
    }

    /// As [`Keyed::parse`] with another separator.
    pub fn split(line: &'a [u8], separator: u8) -> Self {
        let pair = |field: &'a [u8]| {
            let equals = field.iter().position(|&b| b == b'=')?;
            Some((field[..equals].trim_ascii(), field[equals + 1..].trim_ascii()))
        };
        Self(line.split(|&b| b == separator).filter_map(pair).collect())
    }

    /// The first value under `key`, as bytes.
    pub fn bytes(&self, key: &str) -> Option<&'a [u8]> {
        self.0.iter().find(|(k, _)| k.eq_ignore_ascii_case(key.as_bytes())).map(|(_, v)| *v)
    }

    /// The first value under `key`, decoded; `None` if it is missing, empty or `null`.
    pub fn text(&self, key: &str) -> Option<String> {
        let decoded = text::decode(self.bytes(key)?);
        text::present(&decoded).map(str::to_owned)
    }

    /// The value under `key` as a number.
    pub fn number<N: std::str::FromStr>(&self, key: &str) -> Option<N> {
        self.text(key)?.parse().ok()
    }

    /// All pairs in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> + '_ {
        self.0.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_case_first_wins_and_blanks_stay() {
        let keyed = Keyed::parse(b"Pin=9001\tName=TEST ONE\tpin=2\tVerify=-1\tCard=\tTMP=a=b");
        assert_eq!(keyed.text("PIN").as_deref(), Some("9001"));
        assert_eq!(keyed.text("name").as_deref(), Some("TEST ONE"));
        assert_eq!(keyed.number::<i32>("verify"), Some(-1));
        assert_eq!(keyed.text("card"), None);
        assert_eq!(keyed.bytes("tmp"), Some(&b"a=b"[..]));
    }
}
