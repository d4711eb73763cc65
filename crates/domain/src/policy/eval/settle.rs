//! The order of the calculation: amount, rules, caps, components, whole, modifiers, corrections, deductions.

use rust_decimal::Decimal;

use super::{
    amounts::Amounts,
    bases::Bases,
    bounded, caps, carry, components, deductions, empty,
    facts::{Fact, facts},
    hits::{self, Counts, Hit},
    ledger::{Ledger, Pricing, base_line},
    measures::{Late, Values},
    modifiers::{self, Effect},
    standing::Standing,
};
use crate::{
    money::Rupiah,
    policy::{
        document::Policy,
        input::{PersonMonth, Who},
        result::{Carry, LineKind, TppLine, TppResult, Unit},
        rules::{
            amount::Meaning,
            base::{Base, Source, Target},
            measure::Phase,
            rounding,
        },
        text::Text,
    },
};

/// Calculates for a covered person with an amount.
pub fn settle(policy: &Policy, person: &PersonMonth, who: &Who, mut amounts: Amounts) -> TppResult {
    let facts = facts(policy, person, who);
    let mut values = Values::of_month(policy, person, &facts);
    let mut counts = Counts::default();
    let standing = month_standing(policy, person, &facts);
    let mut found = hits::daily(policy, person, &facts, &values, &mut counts);
    hits::replace(policy, &mut found);
    let fired = hits::fired(policy, &found);
    values.compute(policy, person, &facts, Phase::Hits, &Late { hits: &fired, scores: &[] });
    found.extend(hits::monthly(policy, person, who, standing, &values));
    hits::replace(policy, &mut found);

    let mut result = empty(policy, person);
    result.amounts = amounts.named(policy);
    let gross = amounts.whole;
    let mut ledger = Ledger::default();
    before(policy, person, who, &values, &mut amounts, &mut ledger);
    let mut bases = Bases::new(policy, &amounts);

    let (zero, priced): (Vec<Hit>, Vec<Hit>) =
        found.into_iter().partition(|hit| policy.rules[hit.rule].size.meaning == Meaning::Zero);
    let pricing = Pricing { policy, who, facts: &facts, values: &values, bases: &bases };
    for hit in &priced {
        let rule = &policy.rules[hit.rule];
        ledger.push(pricing.line(hit), hit.standing, rule.target, Some(hit.rule));
    }
    caps::apply(&pricing, &mut ledger);
    result.components = components::settle(&pricing, person, &zero, standing, &mut ledger);

    // `before` modifiers have already been taken from the whole; they are no part of what the rest may lose.
    let taken_before = gross - amounts.whole;
    let lost: Decimal = result.components.iter().map(|c| c.cut.0).sum();
    let left = amounts.whole - lost;
    components::floor(&pricing, Target::Whole, left + taken_before, &mut ledger);
    components::take_all(&pricing, &zero, Target::Whole, left + taken_before, &mut ledger);
    let whole_cut = ledger.cut_from(Target::Whole) - taken_before;
    let remaining = left - whole_cut;

    let mut scores: Vec<Decimal> = result.components.iter().map(|c| c.score.0).collect();
    let full = amounts.whole;
    scores.push(if full.is_zero() { Decimal::ZERO } else { remaining * Decimal::ONE_HUNDRED / full });
    let missing = std::mem::take(&mut values.missing);
    values.compute(policy, person, &facts, Phase::Score, &Late { hits: &fired, scores: &scores });
    bases.remaining = remaining;
    let pricing = Pricing { policy, who, facts: &facts, values: &values, bases: &bases };
    let mut remaining_bases = bases.clone();
    for modifier in modifiers::active(policy, person, who, &values, false) {
        match modifiers::effect(&pricing, &remaining_bases, modifier, person) {
            Some(Effect::Taken(line)) => {
                remaining_bases.remaining -= line.rupiah.0;
                ledger.push(line, Standing::IN_FORCE, Target::Whole, None);
            }
            Some(Effect::Added(line)) => result.additions.push(line),
            None => {}
        }
    }
    round_total(policy, remaining_bases.remaining, &mut ledger);

    result.gross = Rupiah(gross);
    result.lines = ledger.entries.into_iter().map(|entry| entry.line).collect();
    result.total_cut = sum(&result.lines);
    result.total_added = sum(&result.additions);
    correct(person, &mut result);
    remaining_bases.earned = result.earned.0;
    result.deductions = deductions::deduct(&pricing, &remaining_bases, person);
    result.total_deducted = sum(&result.deductions);
    result.net = Rupiah(result.earned.0 - result.total_deducted.0);
    result.missing_inputs = missing;
    let Carry { counters, spells } = carry::handed_on(policy, &facts, &values, counts);
    (result.counters, result.spells) = (counters, spells);
    tidy(&mut result);
    result
}

/// Drops zeros behind the comma, which multiplication leaves, so that results are equal when their texts are.
fn tidy(result: &mut TppResult) {
    let totals = [
        &mut result.gross,
        &mut result.total_cut,
        &mut result.total_added,
        &mut result.total_corrections,
        &mut result.earned,
        &mut result.total_deducted,
        &mut result.net,
        &mut result.carried_forward,
    ];
    let components = result.components.iter_mut().flat_map(|c| [&mut c.amount, &mut c.cut, &mut c.earned]);
    for amount in totals.into_iter().chain(result.amounts.values_mut()).chain(components) {
        amount.0 = amount.0.normalize();
    }
}

/// Month rules and shortfalls cut only when every day of the month is in force.
fn month_standing(policy: &Policy, person: &PersonMonth, facts: &[Fact]) -> Standing {
    let on = |date| Standing::on(&policy.header, person, date);
    let ends = on(person.month.first()).and(on(person.month.last()));
    facts.iter().fold(ends, |all, fact| all.and(fact.standing))
}

/// Modifiers that change the full amount.
fn before(
    policy: &Policy,
    person: &PersonMonth,
    who: &Who,
    values: &Values,
    amounts: &mut Amounts,
    ledger: &mut Ledger,
) {
    for modifier in modifiers::active(policy, person, who, values, true) {
        let bases = Bases::new(policy, amounts);
        let pricing = Pricing { policy, who, facts: &[], values, bases: &bases };
        let Some(Effect::Taken(line)) = modifiers::effect(&pricing, &bases, modifier, person) else {
            continue;
        };
        if amounts.whole > Decimal::ZERO {
            let kept = amounts.whole - line.rupiah.0;
            let factor = kept / amounts.whole;
            amounts.scale(factor);
            amounts.whole = kept;
        }
        ledger.push(line, Standing::IN_FORCE, Target::Whole, None);
    }
}

/// Rounds what is left, as a line.
fn round_total(policy: &Policy, remaining: Decimal, ledger: &mut Ledger) {
    let rounding = &policy.header.rounding;
    if rounding.stage != rounding::Stage::Total || rounding.mode == rounding::Mode::None {
        return;
    }
    let difference = remaining - rounding.amount(remaining).max(Decimal::ZERO);
    if difference.is_zero() {
        return;
    }
    let base = Base { name: Text::from("remaining"), source: Source::Remaining, divisor: None };
    let code = Text::from("PEMBULATAN");
    let line = base_line(LineKind::Rounding, &code, &Text::default(), &Text::default(), &base, remaining);
    let line = TppLine { rupiah: Rupiah(difference), target: policy.whole.clone(), ..line };
    ledger.push(line, Standing::IN_FORCE, Target::Whole, None);
}

/// Settles corrections of locked months; what the month cannot bear is carried forward.
fn correct(person: &PersonMonth, result: &mut TppResult) {
    let before = result.gross.0 - result.total_cut.0 + result.total_added.0;
    let mut owed = Decimal::ZERO;
    for correction in &person.corrections {
        let rupiah = bounded(correction.rupiah);
        owed += rupiah;
        result.corrections.push(correction_line(
            "KOREKSI",
            &format!("{}: {}", correction.month, correction.reason),
            rupiah,
            before,
        ));
    }
    if before + owed < Decimal::ZERO {
        let rest = before + owed;
        result.carried_forward = Rupiah(rest);
        result.corrections.push(correction_line("SISA", "", -rest, before));
    }
    result.total_corrections = sum(&result.corrections);
    result.earned = Rupiah(before + result.total_corrections.0);
}

fn correction_line(code: &str, text: &str, rupiah: Decimal, before: Decimal) -> TppLine {
    let base = Base { name: Text::from("remaining"), source: Source::Remaining, divisor: None };
    let (code, text) = (Text::from(code), Text::from(text));
    let line = base_line(LineKind::Correction, &code, &text, &Text::default(), &base, before);
    TppLine { rupiah: Rupiah(rupiah), quantity: rupiah, unit: Unit::Rupiah, ..line }
}

fn sum(lines: &[TppLine]) -> Rupiah {
    Rupiah(lines.iter().map(|line| line.rupiah.0).sum())
}
