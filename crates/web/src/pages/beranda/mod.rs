//! The start page: what this person should do or know first. One page per role.

mod admin_opd;
mod auditor;
mod bkpsdm;
pub mod handler;
mod pimpinan;
mod register;
mod sistem;
mod texts;

pub use admin_opd::{AdminOpdHome, Task, TaskKind};
pub use auditor::{AuditorHome, ChangeLine, TypedByAdmin};
pub use bkpsdm::{BkpsdmHome, Pipeline, PipelineStep, UnitMonth};
pub use pimpinan::{Alert, PimpinanHome, UnitRate};
pub use sistem::{SistemHome, SystemCheck};
pub use texts::BerandaTexts;

/// Counts of one day. What has no data yet is never counted as absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DayCounts {
    /// People who must be present that day.
    pub due: u32,
    /// Present so far.
    pub present: u32,
    /// Of those present, late.
    pub late: u32,
    /// On duty elsewhere, study, training.
    pub duty: u32,
    /// Leave, sick, permission.
    pub leave: u32,
    /// Without notice. Zero until the day is judged.
    pub absent: u32,
    /// No data yet.
    pub unknown: u32,
}

impl DayCounts {
    /// Present of those who must be, in percent with one decimal: `92,4`; `None` while nobody is due.
    pub fn rate(&self) -> Option<String> {
        percent(self.present, self.due)
    }
}

/// `part` of `whole` in percent with one decimal, rounded half up: `92,4`.
pub(crate) fn percent(part: u32, whole: u32) -> Option<String> {
    if whole == 0 {
        return None;
    }
    let (part, whole) = (u64::from(part), u64::from(whole));
    let tenths = (part * 2000 + whole) / (2 * whole);
    Some(format!("{},{}", tenths / 10, tenths % 10))
}

/// A number with dots between thousands: `4.318`.
pub(crate) fn count(number: impl Into<u64>) -> String {
    domain::money::grouped(rust_decimal::Decimal::from(number.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_rounded_half_up_to_one_decimal() {
        assert_eq!(percent(4318, 4673).as_deref(), Some("92,4"));
        assert_eq!(percent(1, 2000).as_deref(), Some("0,1"));
        assert_eq!(percent(3, 3).as_deref(), Some("100,0"));
        assert_eq!(percent(0, 0), None);
        assert_eq!(count(4318_u32), "4.318");
    }
}
