//! Small pieces of ready HTML: icons and the hidden anti-forgery field.

use std::fmt;

/// HTML that is inserted as it is. Made only inside this crate, from constants or from text that was escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Markup(String);

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Markup {}

/// The hidden field that every form which changes something carries; nothing when there is no session yet.
pub fn csrf_field(token: &str) -> Markup {
    if token.is_empty() {
        return Markup(String::new());
    }
    let token: String = token.chars().filter(char::is_ascii_alphanumeric).collect();
    Markup(format!(r#"<input type="hidden" name="csrf" value="{token}">"#))
}

/// A line drawing of 24 x 24 that only decorates: words always stand beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// A house.
    Home,
    /// A clock face.
    Clock,
    /// A sheet with rows and columns.
    Grid,
    /// A sheet of a calendar.
    Calendar,
    /// Bars of shifts.
    Shifts,
    /// Coins.
    Money,
    /// A person.
    Person,
    /// Several persons.
    People,
    /// A fingerprint terminal.
    Terminal,
    /// A flag on the way.
    Flag,
    /// A book of rules.
    Book,
    /// Three lines.
    Menu,
    /// A padlock.
    Lock,
    /// A key.
    Key,
    /// An arrow into a tray.
    Download,
    /// A printer.
    Print,
}

impl Icon {
    /// The drawing; its size and colour come from the stylesheet.
    pub fn svg(self) -> Markup {
        let path = match self {
            Icon::Home => r#"<path d="m4 11 8-7 8 7v9h-6v-6h-4v6H4z"/>"#,
            Icon::Clock => r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>"#,
            Icon::Grid => r#"<path d="M3.5 4.5h17v15h-17zM3.5 9.5h17M9 4.5v15M14.5 9.5v10M3.5 14.5h17"/>"#,
            Icon::Calendar => {
                r#"<path d="M4 5.5h16v14H4zM4 10h16M8 3v4M16 3v4M8 14h.01M12 14h.01M16 14h.01"/>"#
            }
            Icon::Shifts => r#"<path d="M3.5 6h8v3h-8zM9 11h8v3H9zM14 16h6.5v3H14z"/>"#,
            Icon::Money => {
                r#"<path d="M3 6.5h18v11H3z"/><circle cx="12" cy="12" r="2.5"/><path d="M6.5 12h.01M17.5 12h.01"/>"#
            }
            Icon::Person => {
                r#"<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c1-4 4-6 7.5-6s6.5 2 7.5 6"/>"#
            }
            Icon::People => {
                r#"<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19.5c.8-3.5 3.400-5.200 6.5-5.200s5.700 1.700 6.5 5.200M15.5 5.300a3.5 3.5 0 0 1 0 6.400M18 14.800c1.800.8 3 2.300 3.5 4.700"/>"#
            }
            Icon::Terminal => {
                r#"<rect x="5" y="3" width="14" height="18" rx="2"/><path d="M8.5 6.5h7v4h-7zM9 17.5v-1a3 3 0 0 1 6 0v1M12 17v1"/>"#
            }
            Icon::Flag => r#"<path d="M6 21V4M6 4.5h11l-2.5 3.750L17 12H6"/>"#,
            Icon::Book => {
                r#"<path d="M12 6.5C10 4.800 7 4.5 4 5v14c3-.5 6-.2 8 1.5 2-1.700 5-2 8-1.5V5c-3-.5-6-.2-8 1.5zM12 6.5v14"/>"#
            }
            Icon::Menu => r#"<path d="M4 7h16M4 12h16M4 17h16"/>"#,
            Icon::Lock => {
                r#"<rect x="5" y="11" width="14" height="9.5" rx="1.5"/><path d="M8.5 11V7.5a3.5 3.5 0 0 1 7 0V11"/>"#
            }
            Icon::Key => {
                r#"<circle cx="8" cy="15.5" r="4.5"/><path d="M11.500 12.500 20 4M16 8l3 3M13.500 10.500l2 2"/>"#
            }
            Icon::Download => r#"<path d="M12 4v11M7.5 10.5 12 15l4.5-4.5M4.5 19.5h15"/>"#,
            Icon::Print => r#"<path d="M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6.5H7z"/>"#,
        };
        Markup(format!(r#"<svg class="ic" viewBox="0 0 24 24" aria-hidden="true">{path}</svg>"#))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_cannot_break_out_of_its_field() {
        assert_eq!(csrf_field("").to_string(), "");
        let field = csrf_field(r#"ab"><script>1"#).to_string();
        assert_eq!(field, r#"<input type="hidden" name="csrf" value="abscript1">"#);
    }
}
