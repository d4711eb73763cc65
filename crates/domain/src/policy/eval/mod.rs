//! Applying a checked policy to one person and month.

mod amounts;
mod bases;
mod caps;
mod carry;
mod components;
mod deductions;
mod facts;
mod hits;
mod ledger;
mod matching;
mod measures;
mod modifiers;
mod plan;
mod settle;
mod standing;

pub use carry::{LookBack, carry};
pub(super) use plan::Plan;

use rust_decimal::Decimal;

use super::{
    document::Policy,
    input::PersonMonth,
    result::{Bilingual, Carry, Outcome, TppResult},
    text::Text,
};
use crate::money::Rupiah;

/// Calculates the TPP of one person and month. Pure: the same policy and input give the same result.
///
/// A person the policy does not cover, a month it is not in force in, and a person without an amount get a
/// result of 0 with an [`Outcome`] and a reason, never an error.
pub fn evaluate(policy: &Policy, person: &PersonMonth) -> TppResult {
    let refuse = |outcome, id: &str, en: &str| {
        let mut result = empty(policy, person);
        result.outcome = outcome;
        result.reason = Bilingual { id: Text::from(id), en: Text::from(en) };
        result
    };
    let Some(who) = person.who.on(person.month.last()) else {
        return refuse(
            Outcome::NotCovered,
            "Data kepegawaian pada bulan ini belum ada.",
            "No employment data for this month.",
        );
    };
    if !policy.header.in_force(person.month.last()) && !policy.header.in_force(person.month.first()) {
        return refuse(
            Outcome::NotInForce,
            "Kebijakan tidak berlaku pada bulan ini.",
            "The policy is not in force in this month.",
        );
    }
    if !policy.header.applies_to.takes(who) {
        return refuse(
            Outcome::NotCovered,
            "Kebijakan ini tidak berlaku bagi pegawai dengan status, golongan, jabatan atau OPD tersebut.",
            "The policy does not cover this kind of employment, golongan, jabatan or OPD.",
        );
    }
    let Some(amounts) = amounts::Amounts::find(policy, person, who) else {
        let mut result = refuse(
            Outcome::NoAmount,
            "Besaran TPP pegawai ini belum ditetapkan.",
            "No TPP amount is set for this person.",
        );
        // The days count towards the year whether or not anything is paid for them.
        let Carry { counters, spells } = carry(policy, person);
        (result.counters, result.spells) = (counters, spells);
        return result;
    };
    settle::settle(policy, person, who, amounts)
}

/// A result of zero.
fn empty(policy: &Policy, person: &PersonMonth) -> TppResult {
    let mut paid_in = person.month;
    for _ in 0..policy.header.paid_months_after {
        paid_in = paid_in.next();
    }
    TppResult {
        policy: policy.stamp(),
        month: person.month,
        paid_in,
        outcome: Outcome::Calculated,
        reason: Bilingual::default(),
        amounts: Default::default(),
        gross: Rupiah::ZERO,
        components: Vec::new(),
        lines: Vec::new(),
        total_cut: Rupiah::ZERO,
        additions: Vec::new(),
        total_added: Rupiah::ZERO,
        corrections: Vec::new(),
        total_corrections: Rupiah::ZERO,
        earned: Rupiah::ZERO,
        deductions: Vec::new(),
        total_deducted: Rupiah::ZERO,
        net: Rupiah::ZERO,
        carried_forward: Rupiah::ZERO,
        missing_inputs: Vec::new(),
        counters: Default::default(),
        spells: Default::default(),
    }
}

/// The largest number of a calculation: far above any budget, and small enough that products cannot overflow.
const LIMIT: Decimal = Decimal::from_parts(3_567_587_328, 232, 0, false, 0);

/// A number from outside, kept within what can be calculated with.
fn bounded(value: Decimal) -> Decimal {
    value.clamp(-LIMIT, LIMIT)
}

/// `value` as a decimal.
fn number(value: i64) -> Decimal {
    Decimal::from(value)
}
