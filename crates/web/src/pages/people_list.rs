//! Lists of people: what is searched for, and which page of how many.

use service::month::PersonSheet;

/// Which page of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageNumbers {
    /// This page, from 1.
    pub page: usize,
    /// How many there are.
    pub of: usize,
    /// People in all.
    pub people: usize,
}

/// Whether a name or number holds what is searched for.
pub(crate) fn matches(person: &PersonSheet, search: &str) -> bool {
    let wanted = search.trim().to_lowercase();
    let digits: String = wanted.chars().filter(char::is_ascii_digit).collect();
    wanted.is_empty()
        || person.name.to_lowercase().contains(&wanted)
        || (!digits.is_empty() && !wanted.contains(char::is_alphabetic) && person.number.contains(&digits))
}

/// A link to a page of the list that one stands on; of `choices` those that say something are kept.
pub(crate) fn paged(choices: &[(&str, &str)], page: usize) -> String {
    let page = page.to_string();
    let number = [("hal", page.as_str())];
    let kept =
        choices.iter().chain(number.iter().filter(|_| page != "1")).filter(|(_, value)| !value.is_empty());
    match serde_urlencoded::to_string(kept.collect::<Vec<_>>()).unwrap_or_default() {
        query if query.is_empty() => "./".to_owned(),
        query => format!("./?{query}"),
    }
}
