//! Reading the rest of a request that was answered before its end.
//!
//! A browser reads the answer only when it has sent everything. When the server closes the connection before, the person
//! sees "connection reset" instead of the sentence that the file is too large.

use std::{
    io,
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
use tokio::time::{Instant, Sleep};

/// Most bytes read and thrown away; a larger request is cut.
const MOST: usize = 128 << 20;
/// Longest time for that.
const LONGEST: Duration = Duration::from_secs(30);

/// Longest pause at the begin of a request; who sends nothing for longer gets an error instead of holding a connection.
const PAUSE: Duration = Duration::from_secs(30);
/// Bytes that must come in a second, on the average behind that pause: less than the slowest mobile network brings, and too
/// much for somebody who wants to hold thousands of connections.
const SLOWEST: usize = 500;

/// Answers, but not before the request is at its end.
pub async fn to_the_end(request: Request, next: Next) -> Response {
    patient(request, next, PAUSE).await
}

async fn patient(request: Request, next: Next, pause: Duration) -> Response {
    // Who waits for permission before sending has sent nothing yet.
    let waits = request.headers().contains_key(header::EXPECT);
    let (parts, body) = request.into_parts();
    if body.is_end_stream() {
        return next.run(Request::from_parts(parts, body)).await;
    }
    let paced = Paced { body, pause, since: Instant::now(), bytes: 0, deadline: None };
    let shared = Shared(Arc::new(Mutex::new(paced)));
    let mut rest = shared.clone();
    let response = next.run(Request::from_parts(parts, Body::new(shared))).await;
    if waits {
        return response;
    }
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
struct Shared(Arc<Mutex<Paced>>);

/// A body with the time that its sender may take for it.
struct Paced {
    body: Body,
    pause: Duration,
    since: Instant,
    bytes: usize,
    /// Made when the sender is first waited for.
    deadline: Option<Pin<Box<Sleep>>>,
}

impl Paced {
    /// Until when more must come.
    fn until(&self) -> Instant {
        let earned = u64::try_from(self.bytes / SLOWEST).unwrap_or(u64::MAX);
        // Far ahead of what a body may hold, so nothing overflows.
        self.since + self.pause + Duration::from_secs(earned.min(1 << 20))
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Paced> {
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
        let mut paced = self.lock();
        if let Poll::Ready(frame) = Pin::new(&mut paced.body).poll_frame(cx) {
            if let Some(Ok(frame)) = &frame {
                paced.bytes += frame.data_ref().map_or(0, Bytes::len);
            }
            return Poll::Ready(frame);
        }
        let until = paced.until();
        let deadline = paced.deadline.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(until)));
        if deadline.deadline() != until {
            deadline.as_mut().reset(until);
        }
        if deadline.as_mut().poll(cx).is_pending() {
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(axum::Error::new(io::Error::from(io::ErrorKind::TimedOut)))))
    }

    fn is_end_stream(&self) -> bool {
        self.lock().body.is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.lock().body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use axum::{Router, http::StatusCode, middleware::from_fn, routing::post};
    use tower::ServiceExt;

    use super::*;

    /// A body whose sender has fallen asleep.
    struct Never;

    impl HttpBody for Never {
        type Data = Bytes;
        type Error = axum::Error;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<http_body::Frame<Bytes>, axum::Error>>> {
            Poll::Pending
        }
    }

    /// A body that brings so many bytes every twenty milliseconds, so often.
    struct Dripping {
        bytes: usize,
        left: usize,
        sleep: Pin<Box<Sleep>>,
    }

    const DRIP: Duration = Duration::from_millis(20);

    impl HttpBody for Dripping {
        type Data = Bytes;
        type Error = axum::Error;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            cx: &mut Context<'_>,
        ) -> Poll<Option<Result<http_body::Frame<Bytes>, axum::Error>>> {
            if self.left == 0 {
                return Poll::Ready(None);
            }
            std::task::ready!(self.sleep.as_mut().poll(cx));
            self.left -= 1;
            self.sleep.as_mut().reset(Instant::now() + DRIP);
            Poll::Ready(Some(Ok(http_body::Frame::data(vec![b'x'; self.bytes].into()))))
        }
    }

    #[tokio::test]
    async fn a_body_that_drips_is_given_up_and_one_of_a_slow_network_is_not() {
        let short = |request, next| patient(request, next, DRIP * 5);
        let app = Router::new().route("/", post(|body: String| async move { body })).layer(from_fn(short));
        for (bytes, left, expected) in [(1, usize::MAX, StatusCode::BAD_REQUEST), (5_000, 12, StatusCode::OK)]
        {
            let body = Dripping { bytes, left, sleep: Box::pin(tokio::time::sleep(DRIP)) };
            let request = Request::post("/").body(Body::new(body)).unwrap();
            assert_eq!(app.clone().oneshot(request).await.unwrap().status(), expected);
        }
    }

    #[tokio::test]
    async fn a_body_that_stops_coming_is_given_up() {
        let short = |request, next| patient(request, next, Duration::from_millis(20));
        let app = Router::new().route("/", post(|body: String| async move { body })).layer(from_fn(short));
        let answer = app.oneshot(Request::post("/").body(Body::new(Never)).unwrap()).await.unwrap();
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    }
}
