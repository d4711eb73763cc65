//! What a TPP calculation says: amounts, one line per cut, and the version of the rules that made them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize, Serializer, ser::SerializeStruct};

use super::text::Text;
use crate::{
    lang::Lang,
    money::{Percent, Rupiah},
    month::Month,
    org::Stage,
};

/// Which rules made a result; stored with it so that it can be read and replayed years later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyStamp {
    /// `[policy] id`.
    pub id: Text,
    /// First 12 hex digits of the SHA-256 of the policy text.
    pub version: Text,
    /// Title for print.
    pub title: Text,
    /// Legal basis for print.
    pub legal_basis: Text,
    /// Since when the rules hold.
    pub effective_from: Date,
}

/// Whether there was something to calculate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Calculated.
    Calculated,
    /// The policy does not cover this person; everything is 0.
    NotCovered,
    /// No amount is given and the policy's table has none for this person; everything is 0.
    NoAmount,
    /// The policy is not in force in this month; everything is 0.
    NotInForce,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// A rule that fired.
    Cut,
    /// A component that was not fully earned (productivity below target, a lower predicate).
    Shortfall,
    /// "Dibatasi": what a cap, or the floor at zero, gives back. Its rupiah is negative.
    Limit,
    /// A modifier that lessens (CPNS 80 %, pro-rata, hukuman disiplin).
    Modifier,
    /// A modifier that adds (Plt). Its rupiah is what is added.
    Addition,
    /// The difference that rounding makes; either sign.
    Rounding,
    /// A correction of a locked month. Its rupiah is what is paid; negative when taken.
    Correction,
    /// Tax, BPJS and the like, after the TPP itself.
    Deduction,
}

/// What the quantity of a line counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Minutes.
    Minutes,
    /// Days.
    Days,
    /// Occurrences.
    Times,
    /// Points of 100.
    Points,
    /// Percent.
    Percent,
    /// Rupiah.
    Rupiah,
    /// A bare number of the measure.
    Number,
}

/// One step of the calculation. In `lines` a positive amount lessens the TPP.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TppLine {
    /// What it is.
    pub kind: LineKind,
    /// The day; `None` for something of the whole month.
    #[serde(default)]
    pub date: Option<Date>,
    /// Code of the rule, component, cap or modifier.
    pub code: Text,
    /// What happened: a signal (`late`, `event:apel_senin`) or a measure (`tk_days`).
    pub signal: Text,
    /// The policy's own words for it; may be empty.
    pub text: Text,
    /// Article of the regulation.
    pub article: Text,
    /// How many minutes, days, points …
    pub quantity: Decimal,
    /// … of what.
    pub unit: Unit,
    /// Percentage applied to the base, where it is one.
    #[serde(default)]
    pub pct: Option<Percent>,
    /// Name of the base: `tpp`, a component, a criterion, `daily:tpp`.
    pub base: Text,
    /// Its amount.
    pub base_amount: Rupiah,
    /// What loses the money: a component or `tpp`.
    pub target: Text,
    /// The amount.
    pub rupiah: Rupiah,
    /// Set when the OPD is not yet `berlaku` or the policy does not hold: the amount is 0 and this is what it would be.
    #[serde(default)]
    pub waived: Option<Waived>,
}

/// Why a policy does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutsidePolicy {
    /// It begins on this day.
    Before(Date),
    /// It ended with this day.
    After(Date),
}

/// A cut that was not made because the OPD, or the policy, is not in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waived {
    /// The stage of the OPD.
    pub stage: Stage,
    /// Set when the OPD is in force and the policy is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<OutsidePolicy>,
    /// What it would have cost.
    pub rupiah: Rupiah,
}

impl TppLine {
    /// The line as a sentence, for example
    /// `2 Maret 2026: terlambat 20 menit. TL1 (Pasal 5): 0,5 % × Rp2.000.000 (disiplin) = Rp10.000.`
    pub fn sentence(&self, lang: Lang) -> String {
        super::sentence::sentence(self, lang)
    }

    /// What a missing punch was counted as, for a line whose minutes stand for one: `no check-in, counted as late`.
    pub fn imputed(&self, lang: Lang) -> Option<String> {
        super::sentence::imputed(self, lang)
    }
}

impl Serialize for TppLine {
    /// Writes the fields and, made only now, the sentence in both languages (`text_id`, `text_en`).
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut out = s.serialize_struct("TppLine", 16)?;
        out.serialize_field("kind", &self.kind)?;
        out.serialize_field("date", &self.date)?;
        out.serialize_field("code", &self.code)?;
        out.serialize_field("signal", &self.signal)?;
        out.serialize_field("text", &self.text)?;
        out.serialize_field("article", &self.article)?;
        out.serialize_field("quantity", &self.quantity.normalize())?;
        out.serialize_field("unit", &self.unit)?;
        out.serialize_field("pct", &self.pct.map(|p| Percent(p.0.normalize())))?;
        out.serialize_field("base", &self.base)?;
        out.serialize_field("base_amount", &Rupiah(self.base_amount.0.normalize()))?;
        out.serialize_field("target", &self.target)?;
        out.serialize_field("rupiah", &Rupiah(self.rupiah.0.normalize()))?;
        out.serialize_field("waived", &self.waived)?;
        out.serialize_field("text_id", &self.sentence(Lang::Id))?;
        out.serialize_field("text_en", &self.sentence(Lang::En))?;
        out.end()
    }
}

/// One part of the TPP with its own rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComponentResult {
    /// Its id.
    pub id: Text,
    /// Its name for print.
    pub name: Text,
    /// Its full amount.
    pub amount: Rupiah,
    /// Earned part of 100 (the "nilai"), before cuts on the whole TPP.
    pub score: Percent,
    /// Cut from it.
    pub cut: Rupiah,
    /// What is left of it.
    pub earned: Rupiah,
}

/// The TPP of one person in one month.
///
/// `gross - total_cut + total_added + total_corrections = earned` (never below zero; what cannot be taken is
/// `carried_forward`), and `earned - total_deducted = net`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TppResult {
    /// The rules used.
    pub policy: PolicyStamp,
    /// The month of work.
    pub month: Month,
    /// The month of payment.
    pub paid_in: Month,
    /// Whether there was something to calculate.
    pub outcome: Outcome,
    /// Why not, when there was not, in Bahasa Indonesia and English; otherwise empty.
    pub reason: Bilingual,
    /// The full amount per criterion (or `tpp`).
    pub amounts: BTreeMap<Text, Rupiah>,
    /// The full amount.
    pub gross: Rupiah,
    /// The components in the order of the policy.
    pub components: Vec<ComponentResult>,
    /// Everything that lessens the gross amount, with the limits that give back.
    pub lines: Vec<TppLine>,
    /// Sum of `lines`.
    pub total_cut: Rupiah,
    /// Everything that adds (Plt, Plh).
    pub additions: Vec<TppLine>,
    /// Sum of `additions`.
    pub total_added: Rupiah,
    /// Corrections of locked months.
    pub corrections: Vec<TppLine>,
    /// Sum of `corrections`.
    pub total_corrections: Rupiah,
    /// TPP before tax.
    pub earned: Rupiah,
    /// Tax, BPJS and the like.
    pub deductions: Vec<TppLine>,
    /// Sum of `deductions`.
    pub total_deducted: Rupiah,
    /// What is paid out.
    pub net: Rupiah,
    /// What this month could not bear (a correction larger than the TPP); a correction of the next month.
    pub carried_forward: Rupiah,
    /// Inputs that the policy needs and nobody gave. Nothing is cut for them; the month should not be locked.
    pub missing_inputs: Vec<Text>,
    /// This month's share of every yearly counter the policy uses; the sum over the year is `year_to_date`.
    pub counters: BTreeMap<Text, Decimal>,
    /// Runs still open on the last day; `spells` of the next month.
    pub spells: BTreeMap<Text, Decimal>,
}

/// What a month hands on to later ones.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Carry {
    /// Its share of counters over the year, by measure name; added up they are `PersonMonth::year_to_date`.
    #[serde(default)]
    pub counters: BTreeMap<Text, Decimal>,
    /// Runs still open on its last day; `PersonMonth::spells` of the next month.
    #[serde(default)]
    pub spells: BTreeMap<Text, Decimal>,
}

/// A short text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Bilingual {
    /// Bahasa Indonesia.
    pub id: Text,
    /// English.
    pub en: Text,
}
