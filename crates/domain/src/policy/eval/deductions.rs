//! Deductions: tax, BPJS and the like.

use rust_decimal::Decimal;

use super::{
    bases::Bases,
    ledger::{Pricing, base_line},
    matching::Matcher,
};
use crate::{
    money::{Percent, Rupiah},
    policy::{
        input::PersonMonth,
        result::{LineKind, TppLine},
        rules::deduction::Rate,
    },
};

/// The deductions from the TPP before tax, never more than it.
pub fn deduct(pricing: &Pricing, bases: &Bases, person: &PersonMonth) -> Vec<TppLine> {
    let matcher = Matcher { person, measures: &pricing.policy.measures };
    let rounding = &pricing.policy.header.rounding;
    let mut left = bases.earned;
    let mut lines = Vec::new();
    for deduction in &pricing.policy.deductions {
        let holds = deduction.who.takes(pricing.who)
            && deduction.conditions.iter().all(|condition| matcher.holds(condition, None, pricing.values));
        if !holds {
            continue;
        }
        let mut base_amount = bases.amount(&deduction.base, pricing.values);
        if let Some(ceiling) = deduction.ceiling {
            let first = deduction.counted_first.and_then(|id| pricing.values.number(id)).unwrap_or_default();
            base_amount = ((base_amount + first).min(ceiling) - first).max(Decimal::ZERO);
        }
        let (pct, amount) = match &deduction.rate {
            Rate::Pct(pct) => {
                let pct = pct.of(pricing.who);
                (Some(Percent(pct)), base_amount * pct / Decimal::ONE_HUNDRED)
            }
            Rate::Rupiah(rupiah) => (None, rupiah.of(pricing.who)),
        };
        let amount = rounding.amount(amount).min(left);
        if amount <= Decimal::ZERO {
            continue;
        }
        left -= amount;
        let (code, text, article) = (&deduction.code, &deduction.text, &deduction.article);
        let line = base_line(LineKind::Deduction, code, text, article, &deduction.base, base_amount);
        lines.push(TppLine { pct, rupiah: Rupiah(amount), ..line });
    }
    lines
}
