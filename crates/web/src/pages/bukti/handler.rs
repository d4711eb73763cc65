//! The receipt of one punch or recorded reason, for the person and for those who see the person's sheet.

use axum::{extract::Path, response::Response};
use domain::{
    ids::EmployeeId,
    lang::{self, Lang},
    person_name::PersonName,
    rights::Right,
    status,
};
use ledger::{Entry, Receipt};
use service::{
    ServiceError, reference,
    transparency::{self, Fact, FactKind, Proof},
};
use store::{employee, erasure::Erasure};
use uuid::Uuid;

use super::{BuktiPage, BuktiTexts, FactLine, ReceiptState, source};
use crate::{
    pages::{
        figures,
        log::{fingerprint, witnesses},
        moment::moment,
        reading,
    },
    server::{
        ask::{Ask, page},
        download::{Kind, file},
        fault::WebError,
    },
};

/// GET /bukti/{key}
pub async fn show(ask: Ask, Path(key): Path<String>) -> Result<Response, WebError> {
    let id = Uuid::parse_str(&key).map_err(|_| WebError::not_found())?;
    let (fact, person) = find(&ask, id).await?;
    let own = reading::is_own(&ask, fact.person);
    let state = state(&ask, id).await?;
    let t = BuktiTexts(ask.lang);
    let (title, lines, voided) = match &fact.kind {
        FactKind::Punch { row, terminal, voided_at } => {
            let local = row.zone.local(row.at);
            let date = lang::plain_date(local.date(), ask.lang);
            let at = format!("{date} {} {}", local.strftime("%H.%M.%S"), row.zone.abbreviation());
            let lines = vec![
                line(t.time(), at),
                line(t.place(), source(row, terminal.as_deref(), ask.lang)),
                line(t.received(), moment(row.received_at, ask.zone(), ask.lang)),
            ];
            (t.punch(), lines, voided_at.map(|at| t.voided(moment(at, ask.zone(), ask.lang))))
        }
        FactKind::Status { row, revoked_at } => {
            (t.status(), reason(row, t), revoked_at.map(|at| t.revoked(moment(at, ask.zone(), ask.lang))))
        }
    };
    page(&BuktiPage {
        shell: ask.shell(None),
        key: id.simple().to_string(),
        title: title.to_owned(),
        person,
        lines,
        voided,
        state,
        own,
    })
}

/// GET /bukti/{key}/resi
pub async fn download(ask: Ask, Path(key): Path<String>) -> Result<Response, WebError> {
    let id = Uuid::parse_str(&key).map_err(|_| WebError::not_found())?;
    let (fact, _) = find(&ask, id).await?;
    match proof(&ask, id).await? {
        Some(Proof::Receipt(receipt)) => {
            let name = format!("bukti-{}-{}.tlog-proof", fact.day, receipt.index());
            Ok(file(Kind::Text, &name, receipt.to_string().into_bytes()))
        }
        Some(Proof::Soon { .. } | Proof::Waiting) => Err(being_recorded()),
        Some(Proof::Altered { .. }) => Err(differs()),
        Some(Proof::Unknown) | None => Err(WebError::not_found()),
    }
}

/// The fact and the name of its person, if whoever asks may see both. To everybody else there is no such fact.
pub(super) async fn find(ask: &Ask, id: Uuid) -> Result<(Fact, String), WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let Some(fact) = transparency::fact(&mut tx, id).await? else {
        let erased = transparency::erased(&mut tx, id).await?;
        return Err(erased.map_or_else(WebError::not_found, |erased| gone(ask, &erased)));
    };
    let person = employee::get(&mut tx, fact.person).await?;
    let reference = reference::current(office, &mut tx).await?;
    drop(tx);
    let path = person.unit(fact.day).map(|unit| reference.units.path(unit)).unwrap_or_default();
    let own = reading::is_own(ask, fact.person);
    if !own && !ask.access().may(Right::SeePresence, &path) {
        return Err(WebError::not_found());
    }
    if !own {
        note(ask, fact.person, id).await?;
    }
    let name = person.employee;
    Ok((fact, PersonName::new(&name.name, &name.front_title, &name.back_title).full()))
}

/// What is left of an erased fact: that its entry is in the log.
fn gone(ask: &Ask, (index, erasure): &(u64, Erasure)) -> WebError {
    let at = |lang| moment(erasure.at, ask.zone(), lang);
    WebError::erased(
        format!(
            "Data ini dihapus pada {} ({}). Entri log nomor {index} tetap ada; resi yang Anda simpan tetap berlaku.",
            at(Lang::Id),
            erasure.legal_basis
        ),
        format!(
            "It was erased on {} ({}). Entry {index} of the log remains; a receipt that you kept still holds.",
            at(Lang::En),
            erasure.legal_basis
        ),
    )
}

async fn note(ask: &Ask, person: EmployeeId, id: Uuid) -> Result<(), WebError> {
    reading::note_person(ask, person, serde_json::json!({ "receipt": id.simple().to_string() })).await
}

async fn proof(ask: &Ask, id: Uuid) -> Result<Option<Proof>, WebError> {
    let Some(files) = ask.site.log() else { return Ok(None) };
    Ok(Some(transparency::receipt(&ask.site.office, files, *id.as_bytes()).await?))
}

/// Said while there is no proof yet.
pub(super) fn being_recorded() -> WebError {
    let text = |lang| BuktiTexts(lang).being_recorded();
    ServiceError::conflict(text(Lang::Id), text(Lang::En)).into()
}

/// Said instead of handing out a proof of what was changed behind the program.
pub(super) fn differs() -> WebError {
    let text = |lang| BuktiTexts(lang).differs_text();
    ServiceError::conflict(text(Lang::Id), text(Lang::En)).into()
}

async fn state(ask: &Ask, id: Uuid) -> Result<ReceiptState, WebError> {
    let Some(files) = ask.site.log() else { return Ok(ReceiptState::None) };
    if !transparency::is_as_logged(&ask.site.office, files, *id.as_bytes()).await? {
        return Ok(ReceiptState::Differs);
    }
    Ok(progress(ask, proof(ask, id).await?))
}

fn progress(ask: &Ask, proof: Option<Proof>) -> ReceiptState {
    let is_stopped = ask.site.office.db.sealer().is_none_or(|sealer| sealer.refusal().is_some());
    match proof {
        Some(Proof::Receipt(receipt)) => ReceiptState::Proven {
            number: receipt.index(),
            size: figures::count(receipt.checkpoint().size()),
            code: code(&receipt),
            fingerprint: fingerprint(&receipt.checkpoint().root().0),
            witnesses: witnesses(receipt.checkpoint()),
        },
        Some(Proof::Soon { index }) if is_stopped => ReceiptState::Stopped { number: index },
        Some(Proof::Soon { index }) => ReceiptState::Soon { number: index },
        Some(Proof::Waiting) => ReceiptState::Waiting,
        Some(Proof::Altered { .. } | Proof::Unknown) => ReceiptState::Differs,
        None => ReceiptState::None,
    }
}

/// The first digits of what the entry commits to.
fn code(receipt: &Receipt) -> String {
    let entry = receipt.extra().and_then(|bytes| Entry::parse(bytes).ok());
    entry.map(|entry| fingerprint(&entry.commitment().0)).unwrap_or_default()
}

fn line(label: &str, value: String) -> FactLine {
    FactLine { label: label.to_owned(), value }
}

fn reason(row: &store::status::PersonStatus, t: BuktiTexts) -> Vec<FactLine> {
    let lang = t.0;
    let meaning = status::meaning(row.code.as_str()).map_or("", |m| lang.pick(m.id, m.en));
    let days = match (row.first_day, row.last_day) {
        (first, last) if first == last => lang::plain_date(first, lang),
        (first, last) => format!("{} – {}", lang::plain_date(first, lang), lang::plain_date(last, lang)),
    };
    let mut lines = vec![line(t.code(), format!("{} {meaning}", row.code.as_str())), line(t.days(), days)];
    if !row.document.is_empty() {
        lines.push(line(t.document(), row.document.clone()));
    }
    lines
}
