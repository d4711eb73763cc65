//! Comparing what people write: `III / a`, `III-A` and `IIIa` mean the same.

/// Lower-case letters and digits only.
pub fn squeeze(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_marks_and_case_do_not_matter() {
        assert!(["III / a", "III-A", "iiia"].iter().all(|text| squeeze(text) == "iiia"));
        assert_eq!(squeeze(" - "), "");
    }
}
