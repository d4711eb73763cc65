//! The terminals as an operator sees and runs them: what is there, what is wrong, whose PIN it is, what may be sent.

mod approve;
mod command;
mod decide;
mod detail;
mod find;
mod list;
mod pin;
mod pin_list;
mod proposal;
mod unmapped;

pub(crate) use approve::group_of;
pub use approve::{Approval, approve, reopen, retire};
pub use command::{SafeCommand, queue};
pub use decide::{acknowledge, resolve_line};
pub use detail::{AlertView, CommandView, LineView, TerminalDetail, detail};
pub(crate) use find::by_serial;
pub use list::{TerminalLine, list};
pub use pin::{NewOwner, Since, map_pin};
pub use pin_list::{PinListReport, PinProblem, map_many};
pub use proposal::{Basis, Proposal};
pub use unmapped::{UnmappedPin, unmapped_pins};
