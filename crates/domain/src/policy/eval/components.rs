//! How each component is earned, once its cuts are known.

use rust_decimal::Decimal;

use super::{
    hits::Hit,
    ledger::{Ledger, Pricing, limit_line},
    matching::Matcher,
    standing::Standing,
};
use crate::{
    money::{Percent, Rupiah},
    policy::{
        input::PersonMonth,
        result::{ComponentResult, LineKind, TppLine, Unit},
        rules::{
            base::Target,
            component::{Component, Mode},
        },
        text::Text,
    },
};

/// Settles every component: shortfalls, scales, the floor at zero, and rules that take everything.
pub fn settle(
    pricing: &Pricing,
    person: &PersonMonth,
    zero: &[Hit],
    standing: Standing,
    ledger: &mut Ledger,
) -> Vec<ComponentResult> {
    let mut results = Vec::with_capacity(pricing.policy.components.len());
    for (i, component) in pricing.policy.components.iter().enumerate() {
        let amount = pricing.bases.components[i];
        let target = Target::Component(i);
        if component.mode != Mode::Points {
            shortfall(pricing, person, component, amount, standing, target, ledger);
        }
        floor(pricing, target, amount, ledger);
        if component.mode == Mode::Points && !component.bands.is_empty() {
            scale(pricing, component, amount, standing, target, ledger);
        }
        take_all(pricing, zero, target, amount, ledger);
        let cut = ledger.cut_from(target);
        let earned = amount - cut;
        let score = if amount.is_zero() { Decimal::ZERO } else { earned * Decimal::ONE_HUNDRED / amount };
        results.push(ComponentResult {
            id: component.id.clone(),
            name: component.name.clone(),
            amount: Rupiah(amount),
            score: Percent(score.round_dp(8).normalize()),
            cut: Rupiah(cut),
            earned: Rupiah(earned),
        });
    }
    results
}

/// Nothing falls below zero: what was cut beyond the amount is given back.
pub fn floor(pricing: &Pricing, target: Target, amount: Decimal, ledger: &mut Ledger) {
    let excess = ledger.cut_from(target) - amount;
    if excess <= Decimal::ZERO {
        return;
    }
    let name = pricing.target_name(target);
    let line =
        limit_line(&Text::from("BATAS-100"), &Text::default(), &Text::default(), name.clone(), name, amount);
    ledger.give_back(excess, target, line);
}

/// Rules that take everything that is left of a target.
pub fn take_all(pricing: &Pricing, zero: &[Hit], target: Target, amount: Decimal, ledger: &mut Ledger) {
    for hit in zero.iter().filter(|hit| pricing.policy.rules[hit.rule].target == target) {
        let left = (amount - ledger.cut_from(target)).max(Decimal::ZERO);
        let mut line = pricing.line(hit);
        line.rupiah = Rupiah(left);
        line.base_amount = Rupiah(left);
        line.base = Text::from("remaining");
        ledger.push(line, hit.standing, target, Some(hit.rule));
    }
}

fn shortfall(
    pricing: &Pricing,
    person: &PersonMonth,
    component: &Component,
    amount: Decimal,
    standing: Standing,
    target: Target,
    ledger: &mut Ledger,
) {
    let values = pricing.values;
    let measures = &pricing.policy.measures;
    let (paid, signal, quantity, unit) = match &component.mode {
        Mode::Cuts | Mode::Points => return,
        Mode::Ratio { measure, target, cap } => {
            let Some(reached) = values.number(*measure) else { return };
            // Without a target nothing can be missed.
            let value = values.divisor(target).map_or(Decimal::ONE_HUNDRED, |target| {
                reached.max(Decimal::ZERO) * Decimal::ONE_HUNDRED / target
            });
            let of = &measures[*measure];
            (component.paid_for(value.min(*cap)), of.name.clone(), reached, of.unit)
        }
        Mode::Bands(measure) => {
            let of = &measures[*measure];
            match (values.number(*measure), values.word(*measure)) {
                (Some(value), _) => (component.paid_for(value), of.name.clone(), value, of.unit),
                (_, Some(word)) => {
                    let named = Text::from(format!("{}: {word}", of.name));
                    (component.paid_for_word(word), named, Decimal::ONE, Unit::Times)
                }
                _ => return,
            }
        }
        Mode::AllOrNothing(conditions) => {
            let matcher = Matcher { person, measures };
            // A value that nobody gave is not a failure of the employee.
            let known = conditions
                .iter()
                .all(|c| values.number(c.measure).is_some() || values.word(c.measure).is_some());
            if !known || conditions.iter().all(|condition| matcher.holds(condition, None, values)) {
                return;
            }
            let name = measures[conditions[0].measure].name.clone();
            (Decimal::ZERO, name, Decimal::ONE, Unit::Times)
        }
    };
    if paid == Decimal::ONE_HUNDRED {
        return;
    }
    let lost = Decimal::ONE_HUNDRED - paid;
    let line = line(pricing, component, amount, lost, signal, quantity, unit);
    ledger.push(line, standing, target, None);
}

/// A points score goes through its scale; the line is the difference to the points themselves.
fn scale(
    pricing: &Pricing,
    component: &Component,
    amount: Decimal,
    standing: Standing,
    target: Target,
    ledger: &mut Ledger,
) {
    if amount.is_zero() {
        return;
    }
    let cut = ledger.cut_from(target);
    let score = ((amount - cut) * Decimal::ONE_HUNDRED / amount).round_dp(6);
    let lost = score - component.paid_for(score);
    if lost.is_zero() {
        return;
    }
    let signal = Text::from(format!("score:{}", component.id));
    let line = line(pricing, component, amount, lost, signal, score, Unit::Points);
    ledger.push(line, standing, target, None);
}

fn line(
    pricing: &Pricing,
    component: &Component,
    amount: Decimal,
    lost: Decimal,
    signal: Text,
    quantity: Decimal,
    unit: Unit,
) -> TppLine {
    TppLine {
        kind: LineKind::Shortfall,
        date: None,
        code: component.id.clone(),
        signal,
        text: component.name.clone(),
        article: component.article.clone(),
        quantity: quantity.round_dp(8),
        unit,
        pct: Some(Percent(lost.round_dp(8).normalize())),
        base: component.id.clone(),
        base_amount: Rupiah(amount),
        target: component.id.clone(),
        rupiah: Rupiah(pricing.policy.header.rounding.line(amount * lost / Decimal::ONE_HUNDRED)),
        waived: None,
    }
}
