//! Replies as terminals expect them: short text, its length, and the time.

use bytes::Bytes;
use domain::clock::Clock;
use http::{HeaderValue, Response, StatusCode, header};
use http_body_util::Full;
use jiff::{Timestamp, fmt::rfc2822::DateTimePrinter};

/// A reply.
pub(super) type Reply = Response<Full<Bytes>>;

/// A reply of plain text. The `Date` comes from the clock of the program, because terminals set theirs by it.
pub(super) fn text(status: StatusCode, body: impl Into<Bytes>, clock: &dyn Clock) -> Reply {
    let mut reply = Response::new(Full::new(body.into()));
    *reply.status_mut() = status;
    let headers = reply.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain"));
    if let Some(date) = date(clock.now()) {
        headers.insert(header::DATE, date);
    }
    if status == StatusCode::SERVICE_UNAVAILABLE {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    if !status.is_success() {
        // The rest of a body that was not read must not be taken for the next request.
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    reply
}

/// `Sat, 21 Nov 2026 00:28:11 GMT`.
fn date(at: Timestamp) -> Option<HeaderValue> {
    let text = DateTimePrinter::new().timestamp_to_rfc9110_string(&at).ok()?;
    HeaderValue::from_str(&text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_in_the_form_of_http() {
        let at = Timestamp::from_second(1_795_220_891).unwrap();
        assert_eq!(date(at).unwrap(), "Sat, 21 Nov 2026 00:28:11 GMT");
    }
}
