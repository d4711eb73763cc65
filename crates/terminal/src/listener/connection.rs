//! One connection: HTTP/1 with the settings that terminals need.

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex},
};

use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{net::TcpStream, sync::watch};

use super::{Shared, lenient::Lenient, route};
use crate::desk::IncidentKind;

/// Serves a connection to its end.
pub(super) async fn serve(
    stream: TcpStream,
    peer: SocketAddr,
    shared: Arc<Shared>,
    mut stopping: watch::Receiver<bool>,
) {
    // Without it the reply may wait for an acknowledgement that the terminal delays. Failure costs only time.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| {
        let shared = Arc::clone(&shared);
        async move { Ok::<_, std::convert::Infallible>(route::answer(&shared, peer, request).await) }
    });
    let connection = http1::Builder::new()
        // Some firmware closes its sending side right after the request and still waits for the reply.
        .half_close(true)
        // Embedded HTTP clients have been seen to look for `Content-Length` by letter case.
        .title_case_headers(true)
        .allow_multiple_spaces_in_request_line_delimiters(true)
        .ignore_invalid_headers(true)
        .auto_date_header(false)
        .max_buf_size(64 << 10)
        .timer(TokioTimer::new())
        .header_read_timeout(shared.config.head_timeout)
        .serve_connection(TokioIo::new(Lenient::new(stream)), service);
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        _ = stopping.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    match ended {
        Err(error) if error.is_parse() => {
            shared.incident(peer, None, IncidentKind::NotHttp { detail: error.to_string() }).await;
        }
        Err(error) => tracing::debug!(%peer, %error, "terminal connection ended"),
        Ok(()) => {}
    }
}

/// Counts connections, in all and by address.
#[derive(Clone)]
pub(super) struct Slots {
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
    max: usize,
    max_per_ip: usize,
}

/// A counted connection; frees its place when dropped.
pub(super) struct Slot {
    slots: Slots,
    ip: IpAddr,
}

impl Slots {
    pub(super) fn new(max: usize, max_per_ip: usize) -> Self {
        Self { taken: Arc::default(), max, max_per_ip }
    }

    /// A place for a connection from `ip`, or `None` if there is none left.
    pub(super) fn take(&self, ip: IpAddr) -> Option<Slot> {
        let mut taken = self.lock();
        let total: usize = taken.values().sum();
        let here = taken.get(&ip).copied().unwrap_or(0);
        if total >= self.max || here >= self.max_per_ip {
            return None;
        }
        taken.insert(ip, here + 1);
        Some(Slot { slots: self.clone(), ip })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.taken.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut taken = self.slots.lock();
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
    use super::*;

    #[test]
    fn places_are_given_back() {
        let slots = Slots::new(3, 2);
        let a: IpAddr = [10, 0, 0, 1].into();
        let b: IpAddr = [10, 0, 0, 2].into();
        let first = slots.take(a).unwrap();
        let _second = slots.take(a).unwrap();
        assert!(slots.take(a).is_none());
        let _third = slots.take(b).unwrap();
        assert!(slots.take(b).is_none());
        drop(first);
        assert!(slots.take(a).is_some());
    }
}
