//! A person's name with academic titles before (gelar depan) and after it (gelar belakang).

use serde::{Deserialize, Serialize};

/// A name and its titles, kept apart so that lists can be sorted by the name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct PersonName {
    /// The name without titles.
    pub name: String,
    /// Titles before the name: `Dr. Ir.`; empty if none.
    #[serde(default)]
    pub front: String,
    /// Titles after the name: `S.E., M.M.`; empty if none.
    #[serde(default)]
    pub back: String,
}

/// What [`PersonName::clean`] had to remove from a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    /// The text that is left.
    pub text: String,
    /// Whether a tab, NUL or other control or invisible character was removed. Runs of plain spaces do not count.
    pub had_controls: bool,
}

impl PersonName {
    /// A name from three cells. Titles repeated in the name itself, stray commas and dashes for "none" are dropped.
    pub fn new(name: &str, front: &str, back: &str) -> PersonName {
        let front = title(front);
        let back = title(back);
        let mut name = Self::clean(name).text;
        if !front.is_empty()
            && let Some(rest) = name.strip_prefix(front.as_str()).filter(|rest| rest.starts_with(' '))
        {
            name = rest.trim().to_owned();
        }
        if !back.is_empty()
            && let Some(rest) = name.strip_suffix(back.as_str()).filter(|rest| rest.ends_with([' ', ',']))
        {
            name = rest.trim_end_matches([' ', ',']).to_owned();
        }
        PersonName { name, front, back }
    }

    /// `Dr. Ir. Siti Aminah, S.E., M.M.`
    pub fn full(&self) -> String {
        let mut out = String::with_capacity(self.front.len() + self.name.len() + self.back.len() + 3);
        if !self.front.is_empty() {
            out.push_str(&self.front);
            out.push(' ');
        }
        out.push_str(&self.name);
        if !self.back.is_empty() {
            out.push_str(", ");
            out.push_str(&self.back);
        }
        out
    }

    /// What lists are sorted by: the name in lower case.
    pub fn sort_key(&self) -> String {
        self.name.to_lowercase()
    }

    /// Removes tabs, NULs and other control or invisible characters and folds runs of spaces to one.
    pub fn clean(text: &str) -> Cleaned {
        let trimmed = text.trim();
        let unwanted = |c: char| {
            c.is_control()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
        };
        let had_controls = trimmed.chars().any(unwanted);
        let spaced: String = trimmed.chars().map(|c| if unwanted(c) { ' ' } else { c }).collect();
        Cleaned { text: spaced.split_whitespace().collect::<Vec<_>>().join(" "), had_controls }
    }
}

fn title(text: &str) -> String {
    let text = PersonName::clean(text).text;
    let text = text.trim_matches([',', ' ', '-', '\'']);
    if text == "." { String::new() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_stand_around_the_name() {
        assert_eq!(
            PersonName::new("Siti Aminah", "Dr. Ir.", "S.E., M.M.").full(),
            "Dr. Ir. Siti Aminah, S.E., M.M."
        );
        assert_eq!(PersonName::new("  Budi   Santoso ", "-", "").full(), "Budi Santoso");
        assert_eq!(PersonName::new("Budi Santoso", "", ", S.Kom").full(), "Budi Santoso, S.Kom");
    }

    #[test]
    fn titles_already_in_the_name_are_not_doubled() {
        assert_eq!(
            PersonName::new("Dr. Rina Wulandari, M.Si", "Dr.", "M.Si").full(),
            "Dr. Rina Wulandari, M.Si"
        );
        assert_eq!(PersonName::new("Drajat", "Dr", "").full(), "Dr Drajat");
    }

    #[test]
    fn tabs_and_nuls_are_removed_and_reported() {
        let cleaned = PersonName::clean("Budi\t\u{0}Santoso\u{200b} ");
        assert_eq!((cleaned.text.as_str(), cleaned.had_controls), ("Budi Santoso", true));
        assert!(!PersonName::clean(" Budi  Santoso ").had_controls);
        assert_eq!(PersonName::clean("=HYPERLINK(\"x\")").text, "=HYPERLINK(\"x\")");
    }
}
