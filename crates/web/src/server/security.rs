//! Headers on every answer, and the refusal of requests that another site's page sends in our visitor's name.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::site::Site;

/// No script, style, picture or frame from anywhere but ourselves, and nothing inline.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
     frame-ancestors 'none'; base-uri 'none'";

/// Adds the security headers; personal pages are never kept by caches.
pub async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// Adds what an answer to a program needs: nobody guesses its type, and nobody keeps it.
pub async fn of_data(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Refuses a changing request that does not come from our own pages.
///
/// Browsers send `Sec-Fetch-Site` or at least `Origin` with every POST; a request with neither has no browser
/// session to abuse unless it carries a cookie, in which case it is refused too.
pub async fn same_origin(State(site): State<Site>, request: Request, next: Next) -> Response {
    let changing = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if changing && !comes_from_us(request.headers(), site.public_origin()) {
        tracing::warn!(path = request.uri().path(), "refused a request from another origin");
        return (
            StatusCode::FORBIDDEN,
            "Permintaan ini tidak datang dari halaman Hadir. Muat ulang halaman, lalu coba lagi.",
        )
            .into_response();
    }
    next.run(request).await
}

fn comes_from_us(headers: &HeaderMap, public_origin: Option<&str>) -> bool {
    let text = |name: header::HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    match headers.get("sec-fetch-site").and_then(|v| v.to_str().ok()) {
        Some("same-origin" | "none") => return true,
        Some(_) => return false,
        None => {}
    }
    match text(header::ORIGIN) {
        Some(origin) => {
            let host = text(header::HOST).unwrap_or_default();
            let same_host = origin.split_once("://").is_some_and(|(_, authority)| authority == host);
            same_host || public_origin == Some(origin)
        }
        None => !headers.contains_key(header::COOKIE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs
            .iter()
            .map(|(k, v)| (header::HeaderName::from_static(k), HeaderValue::from_static(v)))
            .collect();
        comes_from_us(&headers, Some("https://hadir.example"))
    }

    #[test]
    fn only_our_own_pages_may_change_things() {
        assert!(judged(&[("sec-fetch-site", "same-origin"), ("cookie", "a=b")]));
        assert!(judged(&[
            ("origin", "http://127.0.0.1:8080"),
            ("host", "127.0.0.1:8080"),
            ("cookie", "a=b")
        ]));
        assert!(judged(&[("origin", "https://hadir.example"), ("host", "10.0.0.1"), ("cookie", "a=b")]));
        assert!(judged(&[("host", "127.0.0.1")]), "a script without a session");
        for evil in [
            &[("sec-fetch-site", "cross-site"), ("cookie", "a=b")][..],
            &[("sec-fetch-site", "same-site"), ("cookie", "a=b")],
            &[("origin", "https://evil.example"), ("host", "127.0.0.1"), ("cookie", "a=b")],
            &[("origin", "null"), ("host", "127.0.0.1"), ("cookie", "a=b")],
            &[("cookie", "a=b")],
        ] {
            assert!(!judged(evil), "{evil:?}");
        }
    }
}
