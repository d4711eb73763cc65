//! One finding of the doctor.

use serde::Serialize;

/// How it stands. The words are those of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Fine.
    Ok,
    /// Works, but somebody should look.
    Periksa,
    /// Does not work.
    Gagal,
}

impl State {
    /// The code in JSON and CSV.
    pub const fn code(self) -> &'static str {
        match self {
            State::Ok => "ok",
            State::Periksa => "periksa",
            State::Gagal => "gagal",
        }
    }
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// How it stands.
    pub state: State,
    /// What was looked at, as a stable name.
    pub name: &'static str,
    /// What was found, as a sentence.
    pub finding: String,
    /// What mends it, a command where there is one; empty when nothing is wrong.
    pub mend: String,
}

impl Check {
    /// A finding that is fine.
    pub fn ok(name: &'static str, finding: impl Into<String>) -> Check {
        Check { state: State::Ok, name, finding: finding.into(), mend: String::new() }
    }

    /// A finding to look at.
    pub fn periksa(name: &'static str, finding: impl Into<String>) -> Check {
        Check { state: State::Periksa, ..Check::ok(name, finding) }
    }

    /// A finding that stops work.
    pub fn gagal(name: &'static str, finding: impl Into<String>) -> Check {
        Check { state: State::Gagal, ..Check::ok(name, finding) }
    }

    /// The same with what mends it.
    #[must_use]
    pub fn mend(mut self, mend: impl Into<String>) -> Check {
        self.mend = mend.into();
        self
    }

    /// Two lines for people.
    pub fn text(&self) -> String {
        let mark = match self.state {
            State::Ok => "[OK]",
            State::Periksa => "[PERIKSA]",
            State::Gagal => "[GAGAL]",
        };
        let mend = if self.mend.is_empty() { String::new() } else { format!("{:<11}-> {}\n", "", self.mend) };
        format!("{mark:<10} {}: {}\n{mend}", self.name, self.finding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_names_its_remedy_on_the_next_line() {
        let check = Check::periksa("policies", "none is active").mend("hadir policy activate …");
        assert_eq!(
            check.text(),
            "[PERIKSA]  policies: none is active\n           -> hadir policy activate …\n"
        );
        assert_eq!(Check::ok("x", "y").text(), "[OK]       x: y\n");
    }
}
