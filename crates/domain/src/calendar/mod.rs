//! Holidays, named periods and working days.
//!
//! A calendar is made of layers: national, province, regency, unit. A lower layer may add a day, withdraw one
//! ("libur, tetap masuk") and redate a named period such as Ramadan.

mod layer;
mod merged;
mod national;
mod work_week;

pub use layer::{Certainty, Decree, Holiday, HolidayKind, Layer, Level, Period, RAMADAN, Withdrawal};
pub use merged::{Calendar, DayMark};
pub use national::national;
pub use work_week::{WorkWeek, follows_free_run, precedes_free_run};
