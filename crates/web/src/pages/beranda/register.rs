//! The register of who did or saw what, in words.

use std::collections::{BTreeMap, HashMap};

use domain::{
    ids::{EmployeeId, UnitId},
    lang::Lang,
    month::Month,
};
use service::{actors::Actors, reference};
use store::{Scope, Tx, audit::AuditEntry};

use super::{ChangeLine, TypedByAdmin};
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

/// Who typed in how many reasons this month, most first; those without a letter are counted apart.
pub(super) async fn typed(tx: &mut Tx, month: Month) -> Result<Vec<TypedByAdmin>, WebError> {
    let rows = store::status::of(tx, Scope::Everyone, month.first(), month.last()).await?;
    let mut by_actor: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for row in rows {
        let (first, last) = (row.first_day.max(month.first()), row.last_day.min(month.last()));
        let days = u32::try_from(first.until(last).map_or(0, |span| span.get_days()) + 1).unwrap_or(0);
        let counted = by_actor.entry(row.actor).or_default();
        counted.0 += days;
        counted.1 += if row.document.is_empty() { days } else { 0 };
    }
    let actors = Actors::among(tx, &by_actor.keys().map(String::as_str).collect::<Vec<_>>()).await?;
    let line = |(actor, (days, without_document)): (String, _)| TypedByAdmin {
        name: actors.name(&actor),
        unit: String::new(),
        days,
        without_document,
    };
    let mut typed: Vec<TypedByAdmin> = by_actor.into_iter().map(line).collect();
    typed.sort_by_key(|t| std::cmp::Reverse(t.days));
    Ok(typed)
}

/// An action in words; an unknown one keeps its code.
fn action(code: &str, lang: Lang) -> String {
    let words = match code {
        "month.read" => lang.pick("Melihat rekap bulan", "Read a month sheet"),
        "day.read" => lang.pick("Melihat daftar hadir", "Read a day list"),
        "tpp.read" => lang.pick("Melihat daftar TPP", "Read a pay list"),
        "employee.read" => lang.pick("Melihat data pegawai", "Read a person's data"),
        "month.close" => {
            lang.pick("Mengunci, memverifikasi atau membuka rekap", "Locked, verified or reopened a month")
        }
        "status.record" => lang.pick("Mencatat keterangan", "Recorded a reason"),
        "status.revoke" => lang.pick("Mencabut keterangan", "Revoked a reason"),
        "policy.propose" => lang.pick("Mengusulkan kebijakan TPP", "Proposed a TPP policy"),
        "policy.activate" => lang.pick("Memberlakukan kebijakan TPP", "Put a TPP policy in force"),
        "account.create" => lang.pick("Membuat akun", "Made an account"),
        "account.grant" => lang.pick("Memberi peran", "Granted a role"),
        "account.locked" => {
            lang.pick("Akun terkunci karena salah sandi", "Account locked by wrong passphrases")
        }
        "account.passphrase" => lang.pick("Mengganti kata sandi", "Changed a passphrase"),
        other => other,
    };
    words.to_owned()
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
        assert_eq!(action("terminal.approve", Lang::Id), "terminal.approve");
    }
}
