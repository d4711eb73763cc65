//! The one door for punches: whatever waits is stored together, and nobody is answered before it is durable.
//!
//! Senders only authenticate and normalise. A [`Door`] passes what they bring to one writer task, which takes everything that
//! waits (there is no timer: one tap on a quiet morning, a thousand in the rush), stores it in one transaction with its
//! idempotency keys and log entries, and answers each sender after the commit. When too much waits, a sender hears so at
//! once.

mod door;
mod work;
mod writer;

pub use door::{Door, IntakeError, Settings};
pub use store::intake::{Taken, Tap};
pub use work::Work;
