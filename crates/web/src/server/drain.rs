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
use tokio::time::Sleep;

/// Most bytes read and thrown away; a larger request is cut.
const MOST: usize = 128 << 20;
/// Longest time for that.
const LONGEST: Duration = Duration::from_secs(30);

/// Longest pause within a request; who sends nothing for longer gets an error instead of holding a connection.
const PAUSE: Duration = Duration::from_secs(30);

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
    let shared = Shared(Arc::new(Mutex::new(Paced { body, pause, deadline: None })));
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

/// A body with the end of the pause that its sender may make.
struct Paced {
    body: Body,
    pause: Duration,
    deadline: Option<Pin<Box<Sleep>>>,
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
        let Paced { body, pause, deadline } = &mut *paced;
        if let Poll::Ready(frame) = Pin::new(body).poll_frame(cx) {
            *deadline = None;
            return Poll::Ready(frame);
        }
        let deadline = deadline.get_or_insert_with(|| Box::pin(tokio::time::sleep(*pause)));
        let is_over = deadline.is_elapsed() || deadline.as_mut().poll(cx).is_ready();
        if !is_over {
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

    #[tokio::test]
    async fn a_body_that_stops_coming_is_given_up() {
        let short = |request, next| patient(request, next, Duration::from_millis(20));
        let app = Router::new().route("/", post(|body: String| async move { body })).layer(from_fn(short));
        let answer = app.oneshot(Request::post("/").body(Body::new(Never)).unwrap()).await.unwrap();
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    }
}
