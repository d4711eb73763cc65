//! A modifier: CPNS 80 %, pro-rata, hukuman disiplin, Plt.

use super::{
    amount::ByWho,
    base::{Base, Source, Step},
    filter::{Condition, read_where},
    measure::Phase,
    names::Names,
    rule::article,
    who_filter::WhoFilter,
};
use crate::policy::{
    source::{At, Section, Sink, say},
    text::Text,
};

/// What a modifier does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Leaves this percentage of the base and takes the rest.
    Keep(ByWho),
    /// Takes this percentage of the base.
    Cut(ByWho),
    /// Takes rupiah.
    CutRupiah(ByWho),
    /// Adds this percentage of the base.
    Add(ByWho),
    /// Adds rupiah.
    AddRupiah(ByWho),
    /// Leaves active working days of working days.
    ByWorkdays,
    /// Leaves active calendar days of calendar days.
    ByCalendarDays,
}

/// A modifier. They act one after the other, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modifier {
    /// Its code.
    pub code: Text,
    /// The policy's own words; may be empty.
    pub text: Text,
    /// Article of the regulation.
    pub article: Text,
    /// Only these people.
    pub who: WhoFilter,
    /// Only when all hold.
    pub conditions: Vec<Condition>,
    /// Acts on the full amount before components and cuts.
    pub before: bool,
    /// What it does.
    pub action: Action,
    /// On what.
    pub base: Base,
    /// Where it stands.
    pub at: At,
}

/// How a number becomes an action.
type MakeAction = fn(ByWho) -> Action;

impl Modifier {
    /// Reads one `[[modifier]]`.
    pub fn read(mut section: Section, names: &mut Names, sink: &mut Sink) -> Option<Modifier> {
        let at = section.at.clone();
        let code = section.required_text("code", sink);
        let text = section.text("text", sink).unwrap_or_default();
        let article = article(&mut section, sink);
        let who = WhoFilter::read(&mut section, sink);
        let before = match section.text("apply", sink).as_deref() {
            Some("before") => true,
            Some("after") | None => false,
            Some(other) => {
                sink.error(&at, say::unknown_name("apply", other, &["before", "after"]));
                false
            }
        };
        let phase = if before { Phase::Month } else { Phase::Score };
        let conditions = read_where(&mut section, names, phase, false, sink);
        let base = Base::read(&mut section, names, Step::Modifier, sink);
        let mut actions = Vec::new();
        let mut named = 0;
        let kinds: [(&'static str, &str, MakeAction); 5] = [
            ("keep_pct", "pct", Action::Keep),
            ("cut_pct", "pct", Action::Cut),
            ("cut_rupiah", "rupiah", Action::CutRupiah),
            ("add_pct", "pct", Action::Add),
            ("add_rupiah", "rupiah", Action::AddRupiah),
        ];
        for (key, kind, make) in kinds {
            if let Some(field) = section.get(key) {
                named += 1;
                actions.extend(ByWho::read(&field, kind, sink).map(make));
            }
        }
        if let Some(field) = section.get("prorate") {
            named += 1;
            match field.text(sink).as_deref() {
                Some("workdays") => actions.push(Action::ByWorkdays),
                Some("calendar_days") => actions.push(Action::ByCalendarDays),
                Some(other) => {
                    field.error(sink, say::unknown_name("prorate", other, &["workdays", "calendar_days"]));
                }
                None => {}
            }
        }
        section.finish(sink);
        if named != 1 {
            let keys = "keep_pct, cut_pct, cut_rupiah, add_pct, add_rupiah, prorate";
            sink.error(&at, say::exactly_one(keys, named));
        }
        let action = actions.into_iter().next()?;
        let adds = matches!(action, Action::Add(_) | Action::AddRupiah(_));
        if before && (adds || base.is_some()) {
            sink.error(
                &at,
                say::no_sense(
                    "apply = \"before\" mengubah seluruh TPP; of dan penambahan tidak dapat dipakai.",
                    "apply = \"before\" changes the whole TPP; of and additions cannot be used.",
                ),
            );
        }
        let base = base.unwrap_or_else(|| match action {
            Action::Add(_) | Action::AddRupiah(_) => Base::whole(names),
            _ => Base { name: Text::from("remaining"), source: Source::Remaining, divisor: None },
        });
        Some(Modifier {
            code: code.into(),
            text: text.into(),
            article: article.into(),
            who,
            conditions,
            before,
            action,
            base,
            at,
        })
    }
}
