//! Whether cuts apply on a day, and if not, why: the OPD is not in force yet, or the policy is not.

use jiff::civil::Date;

use crate::{
    money::Rupiah,
    org::Stage,
    policy::{
        input::PersonMonth,
        result::{OutsidePolicy, Waived},
        rules::header::Header,
    },
};

/// Whether cuts apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Stage of the OPD.
    pub stage: Stage,
    /// Set where the policy does not hold.
    pub outside: Option<OutsidePolicy>,
}

impl Standing {
    /// Cuts apply.
    pub const IN_FORCE: Standing = Standing { stage: Stage::Berlaku, outside: None };

    /// That of one day. A date without a stage counts as `berlaku`.
    pub fn on(header: &Header, person: &PersonMonth, date: Date) -> Standing {
        let outside = if date < header.effective_from {
            Some(OutsidePolicy::Before(header.effective_from))
        } else {
            header.effective_until.filter(|until| *until < date).map(OutsidePolicy::After)
        };
        Standing { stage: person.stage.on(date).copied().unwrap_or(Stage::Berlaku), outside }
    }

    /// Whether cuts apply.
    pub fn cuts_apply(self) -> bool {
        self.stage.cuts_apply() && self.outside.is_none()
    }

    /// What holds for two days together: the lower stage, and either reason of the policy.
    pub fn and(self, other: Standing) -> Standing {
        Standing { stage: self.stage.min(other.stage), outside: self.outside.or(other.outside) }
    }

    /// The note on a line that is not cut. The stage of the OPD is named first: it is what the OPD can change.
    pub fn waived(self, rupiah: Rupiah) -> Option<Waived> {
        let outside = self.outside.filter(|_| self.stage.cuts_apply());
        (!self.cuts_apply()).then_some(Waived { stage: self.stage, policy: outside, rupiah })
    }
}
