//! A rule: what happened, what it costs, and the article that says so.

use rust_decimal::Decimal;

use super::{
    amount::{Meaning, Size},
    base::{Base, Step, Target},
    filter::Filter,
    measure::{MeasureId, Phase},
    names::Names,
    range::Range,
    signal::{self, Signal},
};
use crate::policy::{
    result::Unit,
    source::{At, Section, Sink, say},
    text::Text,
};

/// Over what occurrences are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NthIn {
    /// The days in a row (a spell of illness).
    Spell,
    /// The month.
    Month,
    /// The calendar year.
    Year,
}

/// Only the n-th to m-th occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nth {
    /// From … to …
    pub range: Range,
    /// … counted over this.
    pub over: NthIn,
}

/// What a rule counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountsAs {
    /// The signal's own quantity: minutes, or 1 for a day or an occurrence.
    Own,
    /// The minutes that the day requires.
    RequiredMinutes,
    /// A fixed number of minutes.
    Minutes(Decimal),
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its code, unique in the policy.
    pub code: Text,
    /// The policy's own words; may be empty.
    pub text: Text,
    /// Article of the regulation.
    pub article: Text,
    /// What it looks at.
    pub signal: Signal,
    /// Name of the signal in results.
    pub signal_name: Text,
    /// What the quantity counts.
    pub unit: Unit,
    /// Only quantities in here.
    pub range: Range,
    /// Only such cases.
    pub filter: Filter,
    /// Only some occurrences.
    pub nth: Option<Nth>,
    /// Quantity that is charged.
    pub counts_as: CountsAs,
    /// How much.
    pub size: Size,
    /// Of what.
    pub base: Base,
    /// What loses it.
    pub target: Target,
    /// Shares of sub-events in percent.
    pub parts: Vec<(String, Decimal)>,
    /// May fire beside another rule of its group.
    pub additional: bool,
    /// Rules that do not fire where this one does.
    pub instead_of: Vec<usize>,
    /// Where it stands.
    pub at: At,
}

impl Rule {
    /// The measure of a month rule.
    pub fn measure(&self) -> Option<MeasureId> {
        match self.signal {
            Signal::Measure(id) => Some(id),
            _ => None,
        }
    }

    /// Whether the rule belongs to days.
    pub fn is_daily(&self) -> bool {
        self.signal.is_daily()
    }

    /// Reads one `[[rule]]`.
    pub fn read(mut section: Section, names: &mut Names, sink: &mut Sink) -> Option<Rule> {
        let at = section.at.clone();
        let code = section.required_text("code", sink);
        let text = section.text("text", sink).unwrap_or_default();
        let article = article(&mut section, sink);
        let signal = read_signal(&mut section, names, sink);
        let daily = signal.as_ref().is_none_or(|(signal, _)| signal.is_daily());
        let phase = if daily { Phase::Month } else { Phase::Hits };
        let whole = match &signal {
            Some((Signal::Measure(id), _)) => names.measures.all[*id].whole,
            _ => true,
        };
        let mut range = Range::read(&mut section, whole, sink);
        let filter = Filter::read(&mut section, names, phase, daily, sink);
        let nth = read_nth(&mut section, sink);
        let counts_as = read_counts_as(&mut section, sink);
        let size = Size::read(&mut section, sink);
        let base = Base::read(&mut section, names, Step::Rule, sink);
        let target = Target::read(&mut section, names, sink);
        let parts = read_parts(&mut section, sink);
        let additional = section.flag("additional", sink);
        let instead_of = read_instead_of(&mut section, names, sink);
        let has_of = section.get("of").is_some();
        section.finish(sink);

        let ((signal, signal_name), size) = (signal?, size?);
        let unit = match (&signal, counts_as) {
            (Signal::Measure(id), _) => names.measures.all[*id].unit,
            (_, CountsAs::RequiredMinutes | CountsAs::Minutes(_)) => Unit::Minutes,
            _ => signal.unit(),
        };
        check_kind(&at, &signal, &filter, nth, sink);
        if range.is_open() {
            range = match signal {
                Signal::Measure(_) => Range::positive(),
                _ if signal.is_minutes() => Range::at_least(Decimal::ONE),
                _ => range,
            };
        } else if signal.is_minutes() && range.low.is_none() {
            range.low = Some((Decimal::ONE, true));
        }
        let needs_base = matches!(size.meaning, Meaning::Pct | Meaning::Points);
        if base.is_none() && needs_base && !has_of {
            sink.error(&at, say::missing_key("of"));
        }
        let base = base.unwrap_or_else(|| Base::whole(names));
        let target = target.unwrap_or_else(|| base.target());
        Some(Rule {
            code: code.into(),
            text: text.into(),
            article: article.into(),
            signal,
            signal_name,
            unit,
            range,
            filter,
            nth,
            counts_as,
            size,
            base,
            target,
            parts,
            additional,
            instead_of,
            at,
        })
    }
}

/// Reads the obligatory article.
pub fn article(section: &mut Section, sink: &mut Sink) -> String {
    match section.text("article", sink) {
        Some(text) if !text.is_empty() => text,
        _ => {
            sink.error(&section.at, say::missing_article());
            String::new()
        }
    }
}

fn read_signal(section: &mut Section, names: &mut Names, sink: &mut Sink) -> Option<(Signal, Text)> {
    let Some(field) = section.get("on") else {
        sink.error(&section.at, say::missing_key("on"));
        return None;
    };
    let name = field.text(sink)?;
    if let Some(signal) = Signal::parse(&name) {
        return Some((signal, Text::from(name)));
    }
    if names.measure(&name).is_none() {
        let mut known: Vec<&str> = signal::NAMES.iter().map(|(name, _)| *name).collect();
        known.push("event:NAME");
        known.extend(names.measures.all.iter().map(|m| m.name.as_str()));
        known.extend(super::measure_names::BUILTINS.iter().map(|(name, ..)| *name));
        field.error(sink, say::unknown_name("signal", &name, &known));
        return None;
    }
    let id = names.measure_at(&name, Phase::Hits, &field.at, sink)?;
    if names.measures.all[id].is_word() {
        field.error(
            sink,
            say::no_sense(
                "Ukuran berupa kata diperiksa dengan on = \"month\" dan where = { … }.",
                "A measure that is a word is asked with on = \"month\" and where = { … }.",
            ),
        );
    }
    Some((Signal::Measure(id), Text::from(name)))
}

fn check_kind(at: &At, signal: &Signal, filter: &Filter, nth: Option<Nth>, sink: &mut Sink) {
    if !signal.is_daily() && filter.asks_for_a_day() {
        sink.error(
            at,
            say::no_sense(
                "Aturan bulanan tidak mengenal hari, tempat, giliran atau status; buatlah [[measure]] dengan count.",
                "A month rule knows no weekday, place, shift or status; make a [[measure]] with count.",
            ),
        );
    }
    if !signal.is_daily() && nth.is_some() {
        let (id, en) = ("nth hanya untuk aturan harian.", "nth is for day rules only.");
        sink.error(at, say::no_sense(id, en));
    }
    if matches!(signal, Signal::Month) && filter.conditions.is_empty() && filter.who.is_empty() {
        sink.error(
            at,
            say::no_sense(
                "on = \"month\" tanpa where akan mengenai semua orang setiap bulan.",
                "on = \"month\" without where would take everybody every month.",
            ),
        );
    }
}

fn read_nth(section: &mut Section, sink: &mut Sink) -> Option<Nth> {
    let over = match section.text("nth_in", sink).as_deref() {
        None | Some("month") => NthIn::Month,
        Some("year") => NthIn::Year,
        Some("spell") => NthIn::Spell,
        Some(other) => {
            sink.error(&section.at, say::unknown_name("nth_in", other, &["spell", "month", "year"]));
            NthIn::Month
        }
    };
    let field = section.get("nth")?;
    let range = if field.is_section() {
        let mut table = field.section(sink)?;
        let range = Range::read(&mut table, true, sink);
        table.finish(sink);
        range
    } else {
        let numbers: Vec<Decimal> = field.items().iter().filter_map(|item| item.decimal(sink)).collect();
        match numbers.as_slice() {
            [one] => Range::between(*one, *one),
            [from, to] => Range::between(*from, *to),
            _ => {
                field.error(sink, say::wrong_kind("[first, last] or { min = first }", "this"));
                return None;
            }
        }
    };
    Some(Nth { range, over })
}

fn read_counts_as(section: &mut Section, sink: &mut Sink) -> CountsAs {
    let Some(field) = section.get("counts_as") else { return CountsAs::Own };
    if field.is_number() {
        return field.decimal(sink).map_or(CountsAs::Own, CountsAs::Minutes);
    }
    match field.text(sink).as_deref() {
        Some("required_minutes") => CountsAs::RequiredMinutes,
        Some(other) => {
            field.error(
                sink,
                say::unknown_name("counts_as", other, &["required_minutes", "a number of minutes"]),
            );
            CountsAs::Own
        }
        None => CountsAs::Own,
    }
}

fn read_parts(section: &mut Section, sink: &mut Sink) -> Vec<(String, Decimal)> {
    let Some(table) = section.section("parts", sink) else { return Vec::new() };
    let at = table.at.clone();
    let parts: Vec<(String, Decimal)> =
        table.entries().into_iter().filter_map(|(name, field)| Some((name, field.decimal(sink)?))).collect();
    let sum: Decimal = parts.iter().map(|(_, share)| share).sum();
    if sum != Decimal::ONE_HUNDRED {
        sink.error(&at, say::weights("parts", &sum.normalize().to_string()));
    }
    parts
}

fn read_instead_of(section: &mut Section, names: &Names, sink: &mut Sink) -> Vec<usize> {
    let items = section.get("instead_of").map(|f| f.items()).unwrap_or_default();
    let mut found = Vec::new();
    for item in items {
        let Some(code) = item.text(sink) else { continue };
        match names.rule(&code) {
            Some(rule) => found.push(rule),
            None => {
                let known: Vec<&str> = names.rules.iter().map(Text::as_str).collect();
                item.error(sink, say::unknown_name("rule", &code, &known));
            }
        }
    }
    found
}
