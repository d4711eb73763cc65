//! A whole policy: reading it, checking it, and the version that results carry.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{
    checks,
    result::PolicyStamp,
    rules::{
        amount_table::AmountRow, cap::Cap, component::Component, day_switches::DaySwitches,
        deduction::Deduction, header::Header, measure::Measure, modifier::Modifier, names::Names, rule::Rule,
    },
    source::{Problem, Section, Severity, Sink, open},
    text::Text,
};

/// A policy that has been checked and can be evaluated.
#[derive(Debug, Clone)]
pub struct Policy {
    pub(super) header: Header,
    pub(super) version: Text,
    pub(super) whole: Text,
    pub(super) amounts: Vec<AmountRow>,
    pub(super) day: DaySwitches,
    pub(super) measures: Vec<Measure>,
    pub(super) components: Vec<Component>,
    pub(super) rules: Vec<Rule>,
    pub(super) caps: Vec<Cap>,
    pub(super) modifiers: Vec<Modifier>,
    pub(super) deductions: Vec<Deduction>,
    pub(super) plan: super::eval::Plan,
}

/// A policy with the doubts that do not prevent its use.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The policy.
    pub policy: Policy,
    /// Warnings, in the order of the text.
    pub warnings: Vec<Problem>,
}

/// What a check found.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Whether the policy can be used.
    pub usable: bool,
    /// Id, when it could be read.
    pub id: Option<String>,
    /// Title, when it could be read.
    pub title: Option<String>,
    /// Version of the text.
    pub version: String,
    /// First day, when it could be read.
    pub effective_from: Option<jiff::civil::Date>,
    /// Errors and warnings in the order of the text.
    pub problems: Vec<Problem>,
}

impl Report {
    /// How many problems prevent use.
    pub fn errors(&self) -> usize {
        self.problems.iter().filter(|p| p.severity == Severity::Error).count()
    }
}

/// The version of a policy text: the first 12 hex digits of the SHA-256 of its canonical form (no byte order
/// mark, `\n` line ends, no spaces at line ends, no empty lines at the end).
pub fn version_of(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut hash = Sha256::new();
    for line in text.trim_end().lines() {
        hash.update(line.trim_end().as_bytes());
        hash.update(b"\n");
    }
    let mut version = hex::encode(hash.finalize());
    version.truncate(12);
    version
}

/// Checks a policy text and says everything that is wrong with it.
pub fn check(text: &str) -> Report {
    let version = version_of(text);
    match Policy::parse(text) {
        Ok(Checked { policy, warnings }) => Report {
            usable: true,
            id: Some(policy.header.id.to_string()),
            title: Some(policy.header.title.to_string()),
            version,
            effective_from: Some(policy.header.effective_from),
            problems: warnings,
        },
        Err(problems) => {
            Report { usable: false, id: None, title: None, version, effective_from: None, problems }
        }
    }
}

impl Policy {
    /// Reads and checks a policy.
    ///
    /// # Errors
    /// All problems of the text, in its order, when at least one of them is an error.
    pub fn parse(text: &str) -> Result<Checked, Vec<Problem>> {
        // A byte order mark is blanked rather than cut off so that positions stay those of the file.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut sink = Sink::new(text);
        let policy = read(text, &mut sink);
        match policy {
            Some(policy) if sink.usable() => Ok(Checked { policy, warnings: sink.finish() }),
            _ => Err(sink.finish()),
        }
    }

    /// Id of the policy.
    pub fn id(&self) -> &str {
        &self.header.id
    }

    /// Title for print.
    pub fn title(&self) -> &str {
        &self.header.title
    }

    /// Legal basis for print.
    pub fn legal_basis(&self) -> &str {
        &self.header.legal_basis
    }

    /// How well the legal basis is known; may be empty.
    pub fn evidence(&self) -> &str {
        &self.header.evidence
    }

    /// Version of the text, see [`version_of`].
    pub fn version(&self) -> &str {
        &self.version
    }

    /// First day.
    pub fn effective_from(&self) -> jiff::civil::Date {
        self.header.effective_from
    }

    /// Last day, included; `None` while open.
    pub fn effective_until(&self) -> Option<jiff::civil::Date> {
        self.header.effective_until
    }

    /// Whether the policy covers a person (at any time).
    pub fn covers(&self, who: &super::Who) -> bool {
        self.header.applies_to.takes(who)
    }

    /// Names of the inputs that must come from outside.
    pub fn inputs(&self) -> Vec<&str> {
        use super::rules::measure::Kind;
        self.measures.iter().filter(|m| matches!(m.kind, Kind::Input(..))).map(|m| m.name.as_str()).collect()
    }

    /// What the input called `name` should be (in Bahasa Indonesia and English) when `value` is not that; `None` when it
    /// fits, or the policy has no such input.
    pub fn refuses_input(&self, name: &str, value: &str) -> Option<(String, String)> {
        use super::rules::measure::{InputKind, Kind};
        let kind = self.measures.iter().find_map(|m| match &m.kind {
            Kind::Input(kind, _) if m.name.as_str() == name => Some(kind),
            _ => None,
        })?;
        let both = |id: &str, en: &str| Some((id.to_owned(), en.to_owned()));
        match kind {
            InputKind::Number | InputKind::Rupiah if !is_plain_number(value) => {
                both("angka tanpa pemisah ribuan, misalnya 6250", "a number without separators, such as 6250")
            }
            InputKind::Flag if !matches!(value, "ya" | "tidak" | "true" | "false") => {
                both("ya atau tidak", "true or false")
            }
            InputKind::Words(words)
                if !words.is_empty() && !words.iter().any(|w| w.eq_ignore_ascii_case(value)) =>
            {
                both(&words.join(" / "), &words.join(" / "))
            }
            _ => None,
        }
    }

    /// Ids and names of the components in order.
    pub fn components(&self) -> Vec<(&str, &str)> {
        self.components.iter().map(|c| (c.id.as_str(), c.name.as_str())).collect()
    }

    /// What results carry to name this policy.
    pub fn stamp(&self) -> PolicyStamp {
        PolicyStamp {
            id: self.header.id.clone(),
            version: self.version.clone(),
            title: self.header.title.clone(),
            legal_basis: self.header.legal_basis.clone(),
            effective_from: self.header.effective_from,
        }
    }
}

/// Whether a text is a number that can be read in one way only: `6.250` may be six thousand or six and a quarter.
fn is_plain_number(text: &str) -> bool {
    let thousands = text.split_once('.').is_some_and(|(whole, rest)| {
        rest.len() == 3 && !whole.trim_start_matches('-').trim_start_matches('0').is_empty()
    });
    !thousands && text.parse::<rust_decimal::Decimal>().is_ok()
}

fn ids(sections: &[Section], key: &'static str) -> Vec<Text> {
    let named = |section: &Section| {
        let entry = section.entries().into_iter().find(|(name, _)| name == key);
        Text::from(entry.and_then(|(_, field)| field.as_text().map(str::trim)).unwrap_or_default())
    };
    sections.iter().map(named).collect()
}

fn read(text: &str, sink: &mut Sink) -> Option<Policy> {
    let table = open(text, sink)?;
    let mut root = Section::root(table.get_ref(), table.span());
    let header = Header::read(&mut root, sink);
    let component_sections = root.sections("component", sink);
    let rule_sections = root.sections("rule", sink);
    let rule_sections: Vec<Section> = rule_sections.into_iter().flat_map(|rule| rule.bands(sink)).collect();
    let mut names = Names {
        criteria: header.as_ref().map(|h| h.criteria.clone()).unwrap_or_default(),
        components: ids(&component_sections, "id"),
        rules: ids(&rule_sections, "code"),
        whole: Text::from(if header.as_ref().is_some_and(|h| h.wage) { "upah" } else { "tpp" }),
        ..Names::default()
    };
    names.read_inputs(&mut root, sink);
    names.read_measures(&mut root, sink);
    let day = DaySwitches::read(&mut root, sink);
    let amounts = root.sections("amount", sink);
    let amounts = amounts.into_iter().filter_map(|s| AmountRow::read(s, &names, sink)).collect();
    let expected = (component_sections.len(), rule_sections.len());
    let components: Vec<Component> =
        component_sections.into_iter().filter_map(|s| Component::read(s, &mut names, sink)).collect();
    let rules: Vec<Rule> =
        rule_sections.into_iter().filter_map(|s| Rule::read(s, &mut names, sink)).collect();
    let caps = root.sections("cap", sink);
    let caps = caps.into_iter().filter_map(|s| Cap::read(s, &mut names, sink)).collect();
    let modifiers = root.sections("modifier", sink);
    let modifiers = modifiers.into_iter().filter_map(|s| Modifier::read(s, &mut names, sink)).collect();
    let deductions = root.sections("after", sink);
    let deductions = deductions.into_iter().filter_map(|s| Deduction::read(s, &mut names, sink)).collect();
    let root_at = root.at.clone();
    root.finish(sink);
    // Indices into rules and components are only valid when every one of them could be read.
    if (components.len(), rules.len()) != expected {
        return None;
    }
    let plan = super::eval::Plan::new(&rules);
    let policy = Policy {
        header: header?,
        version: Text::from(version_of(text)),
        whole: names.whole.clone(),
        amounts,
        day,
        measures: names.measures.all,
        components,
        rules,
        caps,
        modifiers,
        deductions,
        plan,
    };
    checks::all(&policy, &root_at, sink);
    Some(policy)
}
