//! Bytes from a terminal made into text.

use std::borrow::Cow;

use encoding_rs::{GBK, WINDOWS_1252};

/// Decodes a field: UTF-8 if it is valid UTF-8, else GBK (firmware set to Chinese), else Windows-1252, which never fails.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    if let Some(text) = GBK.decode_without_bom_handling_and_without_replacement(bytes) {
        return text;
    }
    WINDOWS_1252.decode_without_bom_handling(bytes).0
}

/// A name fit for a screen and a sheet: control characters become blanks, runs of blanks become one.
///
/// A first character such as `=` is kept, since it is what the terminal holds; whoever writes a sheet must write it as text.
pub fn clean(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `None` for an empty field and for the word `null`, which some firmware writes instead.
pub fn present(text: &str) -> Option<&str> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    (!text.is_empty() && !text.eq_ignore_ascii_case("null")).then_some(text)
}

/// A work code; `None` for none and for `0`, which firmware writes for none.
pub fn workcode(text: &str) -> Option<String> {
    let code: String = clean(text).chars().take(32).collect();
    present(&code).filter(|code| *code != "0").map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_then_gbk_then_windows_1252() {
        assert_eq!(decode("Siti Nurhaliza é".as_bytes()), "Siti Nurhaliza é");
        assert_eq!(decode(&[0xD5, 0xC5, 0xC8, 0xFD]), "张三");
        assert_eq!(decode(&[b'J', 0xFF]), "Jÿ");
    }

    #[test]
    fn work_codes() {
        assert_eq!(workcode("12").as_deref(), Some("12"));
        assert_eq!(workcode("\u{1}0"), None);
        assert_eq!(workcode("\u{1}"), None);
        assert_eq!(workcode(&"x".repeat(99)).map(|code| code.len()), Some(32));
    }

    #[test]
    fn names_lose_control_characters_only() {
        assert_eq!(clean("Dr.\tBudi\0 Santoso "), "Dr. Budi Santoso");
        assert_eq!(clean("=HYPERLINK(\"x\")"), "=HYPERLINK(\"x\")");
    }
}
