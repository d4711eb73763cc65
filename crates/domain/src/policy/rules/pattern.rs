//! Names with wildcards, ranges and exceptions: `C*`, `III/c..IV/b`, `!RSUD*`.

use crate::policy::source::{Section, Sink};

/// One way to match a name. Letters' case does not matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    /// The name itself and everything below it: `III` takes `III/a`, `II` takes `II.b`.
    Exact(String),
    /// Everything that begins so.
    Prefix(String),
    /// From … to …, both included, by rank (class number, golongan, eselon).
    Between(u32, u32),
}

/// A list of patterns, some of which may be exceptions. The empty list takes everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Patterns {
    wanted: Vec<Pattern>,
    unwanted: Vec<Pattern>,
}

impl Pattern {
    /// Reads one pattern (without a leading `!`).
    pub fn parse(text: &str) -> Pattern {
        if let Some((low, high)) = text.split_once("..")
            && let (Some((low, _)), Some((_, high))) = (rank(low), rank(high))
        {
            return Pattern::Between(low, high);
        }
        match text.strip_suffix('*') {
            Some(start) => Pattern::Prefix(start.to_owned()),
            None => Pattern::Exact(text.to_owned()),
        }
    }

    /// Whether a name is taken.
    pub fn takes(&self, name: &str) -> bool {
        match self {
            Pattern::Exact(own) => below(name, own),
            Pattern::Prefix(start) => starts_with(name, start),
            Pattern::Between(low, high) => rank(name).is_some_and(|(r, _)| (*low..=*high).contains(&r)),
        }
    }

    /// Whether some name may be taken by both. `true` when it cannot be told.
    pub fn may_meet(&self, other: &Pattern) -> bool {
        match (self, other) {
            (Pattern::Exact(a), Pattern::Exact(b)) => below(a, b) || below(b, a),
            (Pattern::Exact(a), Pattern::Prefix(b)) | (Pattern::Prefix(b), Pattern::Exact(a)) => {
                starts_with(a, b) || starts_with(b, a)
            }
            (Pattern::Prefix(a), Pattern::Prefix(b)) => starts_with(a, b) || starts_with(b, a),
            (Pattern::Between(a, b), Pattern::Between(c, d)) => a <= d && c <= b,
            (Pattern::Between(a, b), Pattern::Exact(e)) | (Pattern::Exact(e), Pattern::Between(a, b)) => {
                rank(e).is_none_or(|(low, high)| *a <= high && low <= *b)
            }
            (Pattern::Between(..), Pattern::Prefix(_)) | (Pattern::Prefix(_), Pattern::Between(..)) => true,
        }
    }

    /// Whether everything the other takes is taken. `false` when it cannot be told.
    fn covers(&self, other: &Pattern) -> bool {
        match (self, other) {
            (Pattern::Exact(a), Pattern::Exact(b)) => below(b, a),
            (Pattern::Prefix(a), Pattern::Exact(b) | Pattern::Prefix(b)) => starts_with(b, a),
            (Pattern::Between(a, b), Pattern::Between(c, d)) => a <= c && d <= b,
            (Pattern::Between(a, b), Pattern::Exact(e)) => rank(e).is_some_and(|(c, d)| *a <= c && d <= *b),
            _ => false,
        }
    }
}

impl Patterns {
    /// From texts; a leading `!` makes an exception.
    pub fn new<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> Patterns {
        let mut all = Patterns::default();
        for text in texts {
            match text.as_ref().trim().strip_prefix('!') {
                Some(exception) => all.unwanted.push(Pattern::parse(exception.trim())),
                None => all.wanted.push(Pattern::parse(text.as_ref().trim())),
            }
        }
        all
    }

    /// Reads a key that holds one pattern or a list of patterns.
    pub fn read(section: &mut Section, key: &'static str, sink: &mut Sink) -> Patterns {
        Patterns::new(section.texts(key, sink))
    }

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty() && self.unwanted.is_empty()
    }

    /// Whether a name is taken; an unknown name only when no name is asked for.
    pub fn take(&self, name: Option<&str>) -> bool {
        match name {
            Some(name) => {
                (self.wanted.is_empty() || self.wanted.iter().any(|p| p.takes(name)))
                    && !self.unwanted.iter().any(|p| p.takes(name))
            }
            None => self.wanted.is_empty(),
        }
    }

    /// Whether no name can be taken by both.
    pub fn disjoint(&self, other: &Patterns) -> bool {
        let excluded = |wanted: &[Pattern], by: &[Pattern]| {
            !wanted.is_empty() && wanted.iter().all(|w| by.iter().any(|u| u.covers(w)))
        };
        let apart = !self.wanted.is_empty()
            && !other.wanted.is_empty()
            && !self.wanted.iter().any(|a| other.wanted.iter().any(|b| a.may_meet(b)));
        apart || excluded(&self.wanted, &other.unwanted) || excluded(&other.wanted, &self.unwanted)
    }
}

fn starts_with(name: &str, start: &str) -> bool {
    name.len() >= start.len() && name.as_bytes()[..start.len()].eq_ignore_ascii_case(start.as_bytes())
}

fn below(name: &str, own: &str) -> bool {
    starts_with(name, own) && (name.len() == own.len() || matches!(name.as_bytes()[own.len()], b'/' | b'.'))
}

/// The lowest and highest rank of a name: `8` is 80..=80, `III/b` is 32..=32, `III` is 30..=39.
fn rank(name: &str) -> Option<(u32, u32)> {
    let name = name.trim();
    if let Ok(number) = name.parse::<u32>() {
        return (number < 10_000).then_some((number * 10, number * 10));
    }
    let (roman, letter) = name.split_once(['/', '.']).map_or((name, ""), |(r, l)| (r, l));
    let base = from_roman(roman)? * 10;
    match letter.to_ascii_lowercase().as_bytes() {
        [] => Some((base, base + 9)),
        [l @ b'a'..=b'i'] => Some((base + u32::from(l - b'a') + 1, base + u32::from(l - b'a') + 1)),
        _ => None,
    }
}

fn from_roman(text: &str) -> Option<u32> {
    let digit = |c: char| match c.to_ascii_uppercase() {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        _ => None,
    };
    let digits: Vec<u32> = text.chars().map(digit).collect::<Option<_>>()?;
    let mut sum = 0_i64;
    for (i, value) in digits.iter().enumerate() {
        let subtract = digits.get(i + 1).is_some_and(|next| next > value);
        sum += if subtract { -i64::from(*value) } else { i64::from(*value) };
    }
    let sum = u32::try_from(sum).ok()?;
    (!digits.is_empty()).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(pattern: &str, name: &str) -> bool {
        Patterns::new([pattern]).take(Some(name))
    }

    #[test]
    fn names_wildcards_ranges_and_exceptions() {
        assert!(takes("III", "III/b") && takes("II", "II.b") && !takes("II", "III/a"));
        assert!(takes("C*", "CAP") && takes("c*", "CT") && !takes("C*", "DL"));
        assert!(takes("III/c..IV/b", "III/d") && takes("III/c..IV/b", "IV/b"));
        assert!(!takes("III/c..IV/b", "III/b") && !takes("III/c..IV/b", "IV/c"));
        assert!(takes("III..IV", "IV/e") && takes("8..10", "9") && !takes("8..10", "11"));
        assert!(takes("IX..XI", "X") && !takes("IX..XI", "VIII") && !takes("IX..XI", "XII"));
        assert!(takes("!RSUD*", "DINKES") && !takes("!RSUD*", "RSUD-A"));
    }

    #[test]
    fn disjoint_only_when_it_is_certain() {
        let disjoint = |a: &[&str], b: &[&str]| Patterns::new(a).disjoint(&Patterns::new(b));
        assert!(disjoint(&["II"], &["III"]));
        assert!(!disjoint(&["II"], &["II.a"]));
        assert!(disjoint(&["1..7"], &["8..17"]));
        assert!(!disjoint(&["1..8"], &["8"]));
        assert!(disjoint(&["RSUD*"], &["!RSUD*"]));
        assert!(!disjoint(&[], &["III"]));
    }
}
