//! The register of who did or saw what, in words.

use std::collections::HashMap;

use domain::{
    ids::{EmployeeId, UnitId},
    lang::Lang,
};
use service::{actors::Actors, audit::Action, reference};
use store::{Scope, Tx, audit::AuditEntry};

use super::ChangeLine;
use crate::{
    pages::moment::moment,
    server::{ask::Ask, fault::WebError},
};

/// The newest entries as lines for the auditor.
pub(super) async fn lines(
    ask: &Ask,
    tx: &mut Tx,
    entries: &[AuditEntry],
) -> Result<Vec<ChangeLine>, WebError> {
    let reference = reference::current(&ask.site.office, tx).await?;
    let people: Vec<EmployeeId> = entries
        .iter()
        .filter(|e| e.subject_kind == "employee")
        .filter_map(|e| EmployeeId::parse(&e.subject_id))
        .collect();
    let today = ask.today();
    let people = store::employee::load(tx, Scope::People(&people), today, today).await?;
    let names: HashMap<String, String> =
        people.into_iter().map(|p| (p.employee.employee_id.to_string(), p.employee.name)).collect();
    let actors = Actors::read(tx).await?;
    let line = |e: &AuditEntry| {
        let unit = UnitId::parse(&e.subject_id)
            .map(|u| reference.units.name(u).to_owned())
            .filter(|n| !n.is_empty());
        ChangeLine {
            at: moment(e.at, ask.zone(), ask.lang),
            by: actors.name(&e.actor),
            subject: names.get(&e.subject_id).cloned().or(unit).unwrap_or_else(|| actors.name(&e.subject_id)),
            what: action(&e.action, ask.lang),
            why: detail(&e.detail),
        }
    };
    Ok(entries.iter().map(line).collect())
}

/// An action in words; an unknown one keeps its code.
fn action(code: &str, lang: Lang) -> String {
    Action::parse(code).map_or(code, |action| action.text(lang)).to_owned()
}

/// The parts of a detail, without braces and quotes.
fn detail(value: &serde_json::Value) -> String {
    let Some(parts) = value.as_object() else { return String::new() };
    let shown = parts.iter().filter(|(_, v)| !v.is_null() && v.as_str() != Some("")).map(|(key, v)| {
        let text: String = v.as_str().map_or_else(|| v.to_string(), str::to_owned).chars().take(40).collect();
        format!("{key}: {text}")
    });
    shown.collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_read_without_braces() {
        let value = serde_json::json!({ "month": "2026-10", "people": 3, "note": "" });
        assert_eq!(detail(&value), "month: 2026-10 · people: 3");
        assert_eq!(action("month.read", Lang::En), "Read a month sheet");
        assert_eq!(action("older.word", Lang::Id), "older.word");
    }
}
