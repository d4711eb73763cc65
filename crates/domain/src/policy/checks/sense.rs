//! Combinations that each read well but mean nothing together.

use crate::policy::{
    document::Policy,
    rules::{
        amount::Meaning,
        base::{Source, Target},
        component::Mode,
        day_switches::Missing,
        signal::Signal,
    },
    source::{At, Sink, say},
    text::Text,
};

pub(super) fn check(policy: &Policy, root: &At, sink: &mut Sink) {
    if policy.components.is_empty() && policy.rules.is_empty() {
        let (id, en) = ("Kebijakan ini tidak memuat satu aturan pun.", "This policy contains no rule.");
        sink.error(root, say::no_sense(id, en));
    }
    rules(policy, sink);
    switches(policy, root, sink);
    caps(policy, sink);
}

fn rules(policy: &Policy, sink: &mut Sink) {
    for rule in &policy.rules {
        if rule.size.meaning == Meaning::Points {
            let ok = match rule.base.source {
                Source::Component(component) => policy.components[component].mode == Mode::Points,
                _ => false,
            };
            if !ok {
                sink.error(
                    &rule.at,
                    say::no_sense(
                        "points memerlukan of = komponen dengan mode = \"points\".",
                        "points needs of = a component with mode = \"points\".",
                    ),
                );
            }
        }
        let scaled = match rule.target {
            Target::Component(component) => {
                let component = &policy.components[component];
                component.mode == Mode::Points && !component.bands.is_empty()
            }
            Target::Whole => false,
        };
        if scaled && !matches!(rule.size.meaning, Meaning::Points | Meaning::Zero) {
            sink.error(
                &rule.at,
                say::no_sense(
                    "Komponen dengan tingkat nilai hanya menerima points atau zero.",
                    "A component whose score goes through bands takes points or zero only.",
                ),
            );
        }
        if !matches!(rule.signal, Signal::Event(_)) && !rule.parts.is_empty() {
            let (id, en) = ("parts hanya untuk event:.", "parts is for event: rules only.");
            sink.error(&rule.at, say::no_sense(id, en));
        }
        if matches!(rule.signal, Signal::Status | Signal::PartialStatus) && rule.filter.status.is_empty() {
            sink.error(&rule.at, say::missing_key("status"));
        }
    }
}

fn switches(policy: &Policy, root: &At, sink: &mut Sink) {
    let sides = [
        (policy.day.missing_in, Signal::Late, Signal::MissingIn, "missing_in"),
        (policy.day.missing_out, Signal::Early, Signal::MissingOut, "missing_out"),
    ];
    for (missing, minutes, own, name) in sides {
        let bands = policy.rules.iter().any(|rule| rule.signal == minutes && rule.size.every.is_none());
        if missing == Missing::TopBand && !bands {
            sink.error(
                root,
                say::no_sense(
                    &format!("{name} = \"top_band\" memerlukan aturan bertingkat."),
                    &format!("{name} = \"top_band\" needs banded rules."),
                ),
            );
        }
        let owned = policy.rules.iter().find(|rule| rule.signal == own);
        if let (Some(rule), true) = (owned, missing != Missing::OwnRule) {
            sink.error(
                &rule.at,
                say::no_sense(
                    &format!("Aturan ini tidak pernah berlaku: [day] {name} sudah memindahkannya."),
                    &format!("This rule never fires: [day] {name} sends the case elsewhere."),
                ),
            );
        }
        if owned.is_none() && missing == Missing::OwnRule && bands {
            let code = Text::from(name);
            sink.warn(root, say::gap(&code, name, "[day]"));
        }
    }
}

fn caps(policy: &Policy, sink: &mut Sink) {
    for cap in &policy.caps {
        for signal in &cap.signals {
            if !policy.rules.iter().any(|rule| rule.signal_name == *signal) {
                let known: Vec<&str> = policy.rules.iter().map(|rule| rule.signal_name.as_str()).collect();
                sink.error(&cap.at, say::unknown_name("signal", signal, &known));
            }
        }
    }
}
