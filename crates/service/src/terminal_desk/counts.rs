//! How many punches a terminal holds and how many of them are here.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::terminal::Terminal;
use terminal::device_info::DeviceInfo;

/// The counters of a terminal; stored in [`Terminal::info`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// What it last said of itself.
    pub device: Option<DeviceInfo>,
    /// When it said so.
    pub device_at: Option<Timestamp>,
    /// Lines of its punch table that are stored here, those set aside included.
    pub stored: i64,
}

impl Counts {
    /// The counters of a terminal.
    pub fn of(terminal: &Terminal) -> Self {
        serde_json::from_value(terminal.info.clone()).unwrap_or_default()
    }

    /// Writes them to the terminal.
    pub(crate) fn keep(&self, terminal: &mut Terminal) {
        if let Ok(value) = serde_json::to_value(self) {
            terminal.info = value;
        }
    }

    /// Punches that the terminal holds and that are not here yet; `None` as long as it has not told a count. At 0 also
    /// when more are here than there, because somebody deleted them in the terminal.
    pub fn backlog(&self) -> Option<i64> {
        let held = self.device.as_ref()?.punches?;
        Some((i64::from(held) - self.stored).max(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_backlog_needs_a_count_and_is_never_negative() {
        let told =
            |punches| Some(DeviceInfo { punches, firmware: Some("x".into()), ..DeviceInfo::default() });
        let counts = |device, stored| Counts { device, device_at: None, stored };
        assert_eq!(counts(None, 5).backlog(), None);
        assert_eq!(counts(told(None), 5).backlog(), None);
        assert_eq!(counts(told(Some(16)), 5).backlog(), Some(11));
        assert_eq!(counts(told(Some(3)), 5).backlog(), Some(0));
    }
}
