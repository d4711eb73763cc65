//! Accepting browsers, with bounds for those that hold a connection without using it.

use std::{
    collections::HashMap,
    convert::Infallible,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
    time::timeout,
};
use tower::ServiceExt;

/// What one may hold, and for how long.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Time for the head of a request; also for an idle connection.
    pub head: Duration,
    /// Connections in all.
    pub most: usize,
    /// Connections of one address. An office behind one router shares it; proxies that are trusted are not counted.
    pub most_of_one: usize,
    /// Time for requests under way when the server stops.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { head: Duration::from_secs(30), most: 4096, most_of_one: 512, grace: Duration::from_secs(20) }
    }
}

/// Serves `app` until `shutdown` is done; requests under way are answered.
pub(super) async fn serve(
    app: Router,
    listener: TcpListener,
    limits: Limits,
    proxies: &[IpAddr],
    shutdown: impl Future<Output = ()>,
) {
    let (stop, stopping) = watch::channel(false);
    let places = Places { limits, taken: Arc::default() };
    let mut connections = JoinSet::new();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            () = &mut shutdown => break,
            Some(_) = connections.join_next(), if !connections.is_empty() => continue,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                let Some(place) = places.take(peer.ip(), proxies.contains(&peer.ip())) else {
                    tracing::warn!(%peer, "too many connections");
                    continue;
                };
                let connection = converse(app.clone(), stream, peer, limits, stopping.clone());
                connections.spawn(async move {
                    connection.await;
                    drop(place);
                });
            }
            Err(error) => {
                // Out of file descriptors and the like: wait for connections to end instead of spinning.
                tracing::error!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        }
    }
    drop(listener);
    stop.send_replace(true);
    let all = async { while connections.join_next().await.is_some() {} };
    if timeout(limits.grace, all).await.is_err() {
        connections.shutdown().await;
    }
}

/// One connection to its end.
async fn converse(
    app: Router,
    stream: TcpStream,
    peer: SocketAddr,
    limits: Limits,
    mut stopping: watch::Receiver<bool>,
) {
    // Failure costs only time.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let app = app.clone();
        async move { Ok::<_, Infallible>(app.oneshot(request).await.unwrap_or_else(|never| match never {})) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        _ = stopping.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%peer, %error, "a connection ended");
    }
}

/// Counts connections, in all and by address.
#[derive(Clone)]
struct Places {
    limits: Limits,
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// A counted connection; frees its place when dropped.
struct Place {
    places: Places,
    ip: IpAddr,
}

impl Places {
    fn take(&self, ip: IpAddr, is_proxy: bool) -> Option<Place> {
        let mut taken = self.lock();
        let here = taken.get(&ip).copied().unwrap_or(0);
        let is_full = taken.values().sum::<usize>() >= self.limits.most;
        if is_full || (!is_proxy && here >= self.limits.most_of_one) {
            return None;
        }
        taken.insert(ip, here + 1);
        Some(Place { places: self.clone(), ip })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.lock();
        if let Some(count) = taken.get_mut(&self.ip) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.ip);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::{extract::DefaultBodyLimit, middleware::from_fn, routing::post};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;
    use crate::server::drain;

    async fn started(limits: Limits) -> SocketAddr {
        let app = Router::new()
            .route("/", post(|body: String| async move { body.len().to_string() }))
            .layer(DefaultBodyLimit::max(1 << 20))
            .layer(from_fn(drain::to_the_end));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { serve(app, listener, limits, &[], std::future::pending()).await });
        address
    }

    /// What comes back for `sent`, until the server closes.
    async fn answer(address: SocketAddr, sent: &str) -> String {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(sent.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    #[tokio::test]
    async fn who_does_not_finish_a_request_is_let_go() {
        let address = started(Limits { head: Duration::from_millis(20), ..Limits::default() }).await;
        assert_eq!(answer(address, "").await, "", "idle");
        assert!(!answer(address, "GET / HTTP/1.1\r\nX: ").await.contains("200"));
        let whole = "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc";
        let said = answer(address, whole).await;
        assert!(said.starts_with("HTTP/1.1 200") && said.ends_with('3'), "{said}");
    }

    #[test]
    fn places_are_counted_and_given_back() {
        let places =
            Places { limits: Limits { most: 3, most_of_one: 2, ..Limits::default() }, taken: Arc::default() };
        let (one, proxy) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        let first = places.take(one, false).unwrap();
        let _second = places.take(one, false).unwrap();
        assert!(places.take(one, false).is_none(), "too many of one");
        let _third = places.take(proxy, true).unwrap();
        assert!(places.take(proxy, true).is_none(), "too many in all");
        drop(first);
        assert!(places.take(one, false).is_some());
    }
}
