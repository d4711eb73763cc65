//! Reading the rest of a request that was answered before its end.
//!
//! A browser reads the answer only when it has sent everything. When the server closes the connection before, the person
//! sees "connection reset" instead of the sentence that the file is too large.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::Request,
    http::header,
    middleware::Next,
    response::Response,
};
use http_body_util::BodyExt;

/// Most bytes read and thrown away; a larger request is cut.
const MOST: usize = 128 << 20;
/// Longest time for that.
const LONGEST: Duration = Duration::from_secs(30);

/// Answers, but not before the request is at its end.
pub async fn to_the_end(request: Request, next: Next) -> Response {
    // Who waits for permission before sending has sent nothing yet.
    if request.headers().contains_key(header::EXPECT) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    if body.is_end_stream() {
        return next.run(Request::from_parts(parts, body)).await;
    }
    let shared = Shared(Arc::new(Mutex::new(body)));
    let mut rest = shared.clone();
    let response = next.run(Request::from_parts(parts, Body::new(shared))).await;
    let read = async {
        let mut thrown = 0;
        while let Some(Ok(frame)) = rest.frame().await {
            thrown += frame.data_ref().map_or(0, Bytes::len);
            if thrown > MOST {
                break;
            }
        }
    };
    // Whether it came to its end or not, the answer is sent.
    let _ = tokio::time::timeout(LONGEST, read).await;
    response
}

/// A body that can be read on after its reader was dropped.
#[derive(Clone)]
struct Shared(Arc<Mutex<Body>>);

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Body> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HttpBody for Shared {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut *self.lock()).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.lock().is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.lock().size_hint()
    }
}
