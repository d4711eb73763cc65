//! Reading a body whole, or not at all.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Duration, Instant, timeout, timeout_at},
};

use super::Config;

/// Memory is accounted in pieces of this many bytes.
const UNIT: usize = 64 << 10;

/// Time before the slowest allowed rate counts.
const RATE_GRACE: Duration = Duration::from_secs(60);

/// A whole body, with its share of the memory budget.
pub(super) struct Received {
    pub(super) bytes: Bytes,
    _permit: Option<OwnedSemaphorePermit>,
}

/// Why there is no whole body.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum BodyError {
    /// Over the limit.
    TooLarge,
    /// The connection broke, or was too slow.
    Truncated {
        /// Bytes that did arrive.
        received: usize,
    },
    /// The memory budget stayed used up.
    Busy,
}

/// Pieces of budget for `bytes`.
pub(super) fn units(bytes: usize) -> usize {
    bytes.div_ceil(UNIT)
}

/// Reads `body` of at most `limit` bytes.
pub(super) async fn read(
    mut body: Incoming,
    limit: usize,
    config: &Config,
    budget: &Arc<Semaphore>,
) -> Result<Received, BodyError> {
    let announced = body.size_hint().exact().map(|n| usize::try_from(n).unwrap_or(usize::MAX));
    if announced == Some(0) {
        return Ok(Received { bytes: Bytes::new(), _permit: None });
    }
    if announced.is_some_and(|n| n > limit) {
        return Err(BodyError::TooLarge);
    }
    let expected = announced.unwrap_or(limit);
    let wanted = u32::try_from(units(expected)).unwrap_or(u32::MAX);
    let permit = timeout(config.body_pause, Arc::clone(budget).acquire_many_owned(wanted))
        .await
        .ok()
        .and_then(Result::ok)
        .ok_or(BodyError::Busy)?;

    let start = Instant::now();
    let mut bytes = BytesMut::with_capacity(expected.min(UNIT));
    loop {
        let earned = Duration::from_secs(bytes.len() as u64 / config.body_rate.max(1));
        let deadline = (Instant::now() + config.body_pause).min(start + RATE_GRACE + earned);
        let frame = match timeout_at(deadline, body.frame()).await {
            Ok(Some(Ok(frame))) => frame,
            Ok(None) => break,
            Ok(Some(Err(_))) | Err(_) => return Err(BodyError::Truncated { received: bytes.len() }),
        };
        let Ok(data) = frame.into_data() else { continue };
        if bytes.len() + data.len() > limit {
            return Err(BodyError::TooLarge);
        }
        bytes.extend_from_slice(&data);
    }
    if announced.is_some_and(|n| n != bytes.len()) {
        return Err(BodyError::Truncated { received: bytes.len() });
    }
    Ok(Received { bytes: bytes.freeze(), _permit: Some(permit) })
}
