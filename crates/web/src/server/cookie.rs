//! The two cookies: the session and the chosen language.

use axum::http::{HeaderMap, HeaderValue, header};
use domain::lang::Lang;

/// Name of the session cookie. `__Host-` binds it to this host over HTTPS; plain HTTP is for loopback only.
pub fn session_name(https: bool) -> &'static str {
    if https { "__Host-hadir" } else { "hadir" }
}

const LANG: &str = "hadir-bahasa";

/// A `Set-Cookie` value that stores the session token.
pub fn set_session(token: &str, https: bool) -> HeaderValue {
    let secure = if https { "; Secure" } else { "" };
    value(&format!("{}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=43200{secure}", session_name(https)))
}

/// A `Set-Cookie` value that forgets the session.
pub fn clear_session(https: bool) -> HeaderValue {
    let secure = if https { "; Secure" } else { "" };
    value(&format!("{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}", session_name(https)))
}

/// A `Set-Cookie` value that remembers the language for a year.
pub fn set_lang(lang: Lang) -> HeaderValue {
    value(&format!("{LANG}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000", lang.code()))
}

/// The session token that came with a request.
pub fn session(headers: &HeaderMap, https: bool) -> Option<&str> {
    read(headers, session_name(https))
}

/// The language that came with a request.
pub fn lang(headers: &HeaderMap) -> Lang {
    match read(headers, LANG) {
        Some("en") => Lang::En,
        _ => Lang::Id,
    }
}

fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

fn read<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; hadir=tok; hadir-bahasa=en"));
        assert_eq!(session(&headers, false), Some("tok"));
        assert_eq!(session(&headers, true), None);
        assert_eq!(lang(&headers), Lang::En);
        assert!(set_session("x", true).to_str().unwrap().starts_with("__Host-hadir=x; Path=/; HttpOnly"));
    }
}
