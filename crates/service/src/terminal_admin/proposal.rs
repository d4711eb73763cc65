//! Whose PIN it may be: by number, or by the name that the terminal shows.

use domain::ids::EmployeeId;
use jiff::civil::Date;
use store::employee::Person;

/// Shortest name, in letters, that is matched; shorter ones fit too many people.
const MIN_NAME: usize = 5;
/// Shortest start of a name that is matched when the terminal has cut the rest off.
const MIN_START: usize = 10;
/// Shortest end of a NIP that is taken for it.
const MIN_DIGITS: usize = 6;

/// Somebody who may own a PIN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The person.
    pub employee: EmployeeId,
    /// NIP or NI PPPK; empty if none.
    pub number: String,
    /// Name without titles.
    pub name: String,
    /// Why.
    pub basis: Basis,
}

/// Why somebody is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The PIN, or the name on the terminal, is (the end of) the number.
    Number,
    /// The name on the terminal is the person's.
    Name,
}

/// The people who may be proposed.
pub(super) struct Candidates(Vec<Candidate>);

struct Candidate {
    employee: EmployeeId,
    number: String,
    name: String,
    letters: String,
}

impl Candidates {
    pub(super) fn new(people: Vec<Person>, day: Date) -> Self {
        let candidate = |person: Person| Candidate {
            employee: person.employee.employee_id,
            number: person.number(day).unwrap_or_default().to_owned(),
            letters: letters(&person.employee.name),
            name: person.employee.name,
        };
        Self(people.into_iter().map(candidate).collect())
    }

    /// The one person who fits; nobody when two do.
    pub(super) fn propose(&self, pin: &str, device_name: &str) -> Option<Proposal> {
        let digits = |text: &str| {
            let plain: String = text.chars().filter(char::is_ascii_digit).collect();
            (plain.len() >= MIN_DIGITS && plain.len() * 2 > text.len()).then_some(plain)
        };
        let by_number = [pin, device_name]
            .into_iter()
            .filter_map(digits)
            .find_map(|digits| self.only(|c| c.number.ends_with(&digits)));
        if let Some(found) = by_number {
            return Some(found.proposal(Basis::Number));
        }
        let shown = letters(device_name.split(',').next().unwrap_or_default());
        if shown.len() < MIN_NAME {
            return None;
        }
        self.only(|c| c.letters == shown)
            .or_else(|| self.only(|c| shown.len() >= MIN_START && c.letters.starts_with(&shown)))
            .or_else(|| self.only(|c| c.letters.len() >= MIN_START && shown.starts_with(&c.letters)))
            .map(|found| found.proposal(Basis::Name))
    }

    fn only(&self, fits: impl Fn(&Candidate) -> bool) -> Option<&Candidate> {
        let mut found = self.0.iter().filter(|candidate| fits(candidate));
        found.next().filter(|_| found.next().is_none())
    }
}

impl Candidate {
    fn proposal(&self, basis: Basis) -> Proposal {
        Proposal { employee: self.employee, number: self.number.clone(), name: self.name.clone(), basis }
    }
}

/// Letters only, in upper case: terminals drop dots, apostrophes and blanks as they like.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn candidates() -> Candidates {
        let one = |n: u128, number: &str, name: &str| Candidate {
            employee: EmployeeId(Uuid::from_u128(n)),
            number: number.into(),
            letters: letters(name),
            name: name.into(),
        };
        Candidates(vec![
            one(1, "198003152005011001", "Siti Nurhaliza"),
            one(2, "198504122010012002", "Ahmad Fauzi Ramadhan Syahputra"),
            one(3, "199001012015031003", "Budi Santoso"),
            one(4, "199102022016041004", "Budi Santoso"),
        ])
    }

    fn found(pin: &str, name: &str) -> Option<(u128, Basis)> {
        candidates().propose(pin, name).map(|p| (p.employee.0.as_u128(), p.basis))
    }

    #[test]
    fn by_number() {
        assert_eq!(found("198003152005011001", ""), Some((1, Basis::Number)));
        assert_eq!(found("005011001", ""), Some((1, Basis::Number)), "old firmware has nine digits");
        assert_eq!(found("7", "199102022016041004"), Some((4, Basis::Number)));
        assert_eq!(found("1001", ""), None, "too short to be sure");
    }

    #[test]
    fn by_name_when_only_one_fits() {
        assert_eq!(found("7", "SITI NURHALIZA, S.E."), Some((1, Basis::Name)));
        assert_eq!(found("7", "Ahmad Fauzi Ramadhan Sy"), Some((2, Basis::Name)), "cut off by the terminal");
        assert_eq!(found("7", "Budi Santoso"), None, "two people");
        assert_eq!(found("7", "Siti"), None, "too short");
        assert_eq!(found("7", ""), None);
    }
}
