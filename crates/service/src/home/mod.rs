//! What each role should know or do first: the figures of the start pages.

mod clerk;
mod closing_progress;
mod presence;
mod terminals;
mod typed;

pub use clerk::{Clerk, OpenWork, clerk};
pub use closing_progress::{ClosingProgress, OpdClosing, closing_progress};
pub use presence::{OpdPresence, Presence, presence};
pub use terminals::{TerminalHealth, terminal_health};
pub use typed::{TypedReasons, typed_reasons};

use domain::month::Month;
use jiff::{ToSpan, civil::Date};

/// Day of the next month by which a month is to be locked.
const LOCK_DAY: i64 = 5;

/// The last day on which a month is locked in time.
pub fn lock_by(month: Month) -> Date {
    month.next().first().saturating_add((LOCK_DAY - 1).days())
}
