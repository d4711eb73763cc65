//! Modifiers: CPNS 80 %, pro-rata, hukuman disiplin, Plt.

use rust_decimal::Decimal;

use super::{
    bases::Bases,
    ledger::{Pricing, base_line},
    matching::Matcher,
    measures::Values,
};
use crate::{
    money::{Percent, Rupiah},
    policy::{
        document::Policy,
        input::{PersonMonth, Who},
        result::{LineKind, TppLine},
        rules::modifier::{Action, Modifier},
    },
};

/// What a modifier makes.
pub enum Effect {
    /// Something is taken.
    Taken(TppLine),
    /// Something is added.
    Added(TppLine),
}

/// The modifiers that hold for a person, before or after the components.
pub fn active<'p>(
    policy: &'p Policy,
    person: &PersonMonth,
    who: &Who,
    values: &Values,
    before: bool,
) -> Vec<&'p Modifier> {
    let matcher = Matcher { person, measures: &policy.measures };
    let holds = |modifier: &&Modifier| {
        modifier.before == before
            && modifier.who.takes(who)
            && modifier.conditions.iter().all(|condition| matcher.holds(condition, None, values))
    };
    policy.modifiers.iter().filter(holds).collect()
}

/// The part of the month in which the post was held, in percent.
fn active_share(action: &Action, person: &PersonMonth) -> Decimal {
    let (active, all) = match action {
        Action::ByWorkdays => (person.active_working_days, person.working_days),
        _ => (person.active_calendar_days, u32::try_from(person.month.last().day()).unwrap_or(31)),
    };
    match active {
        Some(active) if active < all => Decimal::from(active) * Decimal::ONE_HUNDRED / Decimal::from(all),
        _ => Decimal::ONE_HUNDRED,
    }
}

/// The percentage that a lessening modifier takes.
fn taken_pct(modifier: &Modifier, who: &Who, person: &PersonMonth) -> Option<Decimal> {
    match &modifier.action {
        Action::Keep(keep) => Some(Decimal::ONE_HUNDRED - keep.find(who)?),
        Action::Cut(cut) => Some(cut.of(who)),
        Action::ByWorkdays | Action::ByCalendarDays => {
            Some(Decimal::ONE_HUNDRED - active_share(&modifier.action, person))
        }
        Action::CutRupiah(_) | Action::Add(_) | Action::AddRupiah(_) => None,
    }
}

/// What a modifier does to what is left (`remaining` of the bases).
pub fn effect(pricing: &Pricing, bases: &Bases, modifier: &Modifier, person: &PersonMonth) -> Option<Effect> {
    let rounding = &pricing.policy.header.rounding;
    let who = pricing.who;
    let Modifier { code, text, article, base, .. } = modifier;
    let make = |kind| base_line(kind, code, text, article, base, bases.amount(base, pricing.values));
    let (mut line, amount) = match (&modifier.action, taken_pct(modifier, who, person)) {
        (_, Some(pct)) => {
            let mut line = make(LineKind::Modifier);
            line.pct = Some(Percent(pct.round_dp(8).normalize()));
            (line, bases.percent(base, pct, pricing.values))
        }
        (Action::CutRupiah(rupiah), _) => (make(LineKind::Modifier), rupiah.of(who)),
        (Action::Add(pct), _) => {
            let mut line = make(LineKind::Addition);
            let pct = pct.of(who);
            line.pct = Some(Percent(pct));
            (line, bases.percent(base, pct, pricing.values))
        }
        (Action::AddRupiah(rupiah), _) => (make(LineKind::Addition), rupiah.of(who)),
        _ => return None,
    };
    line.target = pricing.policy.whole.clone();
    if line.kind == LineKind::Addition {
        line.rupiah = Rupiah(rounding.amount(amount));
        return (amount > Decimal::ZERO).then_some(Effect::Added(line));
    }
    line.rupiah = Rupiah(rounding.line(amount).min(bases.remaining));
    (amount > Decimal::ZERO).then_some(Effect::Taken(line))
}
