//! Clock times within a working day.

use serde::{Deserialize, Serialize};

use crate::schedule::DayTime;

/// From one clock time of a working day to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayTimeRange {
    /// Begin.
    pub from: DayTime,
    /// End.
    pub until: DayTime,
}
