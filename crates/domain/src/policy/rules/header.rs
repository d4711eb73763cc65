//! `[policy]`: what the policy is, when it holds and whom it covers.

use jiff::civil::Date;

use super::{rounding::Rounding, who_filter::WhoFilter};
use crate::policy::{
    source::{At, Section, Sink, say},
    text::Text,
};

/// The head of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Its id, the same over all versions of a text.
    pub id: Text,
    /// Title for print.
    pub title: Text,
    /// Legal basis for print.
    pub legal_basis: Text,
    /// How well the legal basis is known.
    pub evidence: Text,
    /// First day.
    pub effective_from: Date,
    /// Last day, included.
    pub effective_until: Option<Date>,
    /// The policy that this one replaces from its first day on.
    pub replaces: Option<Text>,
    /// Whether a wage is cut (PPPK Paruh Waktu) instead of the TPP.
    pub wage: bool,
    /// Rounding.
    pub rounding: Rounding,
    /// Months between work and payment.
    pub paid_months_after: u8,
    /// Criteria that the amount is made of.
    pub criteria: Vec<Text>,
    /// Whom it covers.
    pub applies_to: WhoFilter,
    /// Where it stands.
    pub at: At,
}

impl Header {
    /// Reads `[policy]` and `[applies_to]`.
    pub fn read(root: &mut Section, sink: &mut Sink) -> Option<Header> {
        let applies_to = match root.section("applies_to", sink) {
            Some(mut section) => {
                let who = WhoFilter::read(&mut section, sink);
                section.finish(sink);
                who
            }
            None => WhoFilter::default(),
        };
        let Some(mut section) = root.section("policy", sink) else {
            sink.error(&root.at, say::missing_key("[policy]"));
            return None;
        };
        let at = section.at.clone();
        let id = section.required_text("id", sink);
        let title = section.required_text("title", sink);
        let legal_basis = section.required_text("legal_basis", sink);
        let evidence = section.text("evidence", sink).unwrap_or_default();
        let from = section.get("effective_from");
        if from.is_none() {
            sink.error(&at, say::missing_key("effective_from"));
        }
        let effective_from = from.and_then(|field| field.date(sink));
        let effective_until = section.get("effective_until").and_then(|field| field.date(sink));
        if let (Some(from), Some(until)) = (effective_from, effective_until)
            && until < from
        {
            sink.error(&at, say::ends_before_it_starts());
        }
        let replaces = section.text("replaces", sink).map(Text::from);
        let wage = match section.text("pay", sink).as_deref() {
            None | Some("tpp") => false,
            Some("upah") => true,
            Some(other) => {
                sink.error(&at, say::unknown_name("pay", other, &["tpp", "upah"]));
                false
            }
        };
        let rounding = Rounding::read(&mut section, sink);
        let paid =
            section.decimal("paid_months_after", sink).map(|n| u8::try_from(n).ok().filter(|n| *n <= 12));
        if paid == Some(None) {
            sink.error(&at, say::out_of_range("paid_months_after", "0-12"));
        }
        let criteria = section.texts("criteria", sink).into_iter().map(Text::from).collect();
        section.finish(sink);
        Some(Header {
            id: id.into(),
            title: title.into(),
            legal_basis: legal_basis.into(),
            evidence: evidence.into(),
            effective_from: effective_from?,
            effective_until,
            replaces,
            wage,
            rounding,
            paid_months_after: paid.flatten().unwrap_or(1),
            criteria,
            applies_to,
            at,
        })
    }

    /// Whether the policy is in force on a date.
    pub fn in_force(&self, date: Date) -> bool {
        self.effective_from <= date && self.effective_until.is_none_or(|until| date <= until)
    }
}
