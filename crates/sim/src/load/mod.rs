//! HTTP load that does not wait for the server: when each request is due is fixed beforehand, and its latency counts from
//! then, not from when a connection became free. A server that stalls therefore shows every request that it would have
//! kept waiting (no coordinated omission).

mod arrivals;
mod connection;
mod run;
mod tally;
#[cfg(test)]
mod tests;

pub use arrivals::{Curve, arrivals};
pub use run::{Load, Requests};
pub use tally::{Fate, Sample, Tally, quantile};
