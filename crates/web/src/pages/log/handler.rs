//! The page of the log, with or without login.

use axum::response::Response;
use domain::lang;
use jiff::civil::Date;
use ledger::SignedCheckpoint;
use service::{
    ServiceError,
    transparency::{self, Comparison, LogFiles, Shown},
};

use super::{Board, Compared, LogEnd, LogPage, Qr, Witnessed, fingerprint, witnesses};
use crate::{
    pages::{figures, layout::Section, moment::moment},
    server::{
        ask::{Ask, page},
        fault::WebError,
    },
};

/// GET /log; shows whatever can be read, and says what cannot.
pub async fn show(ask: Ask) -> Result<Response, WebError> {
    let office = &ask.site.office;
    let mut damage = Damage::default();
    let (mut shown, mut daily, mut compared) = (None, None, None);
    if let Some(files) = ask.site.log() {
        if let Some(found) = damage.note(transparency::shown(office, files).await).flatten() {
            shown = Some(end(&ask, files, found, &mut damage).await);
        }
        daily = damage.note(transparency::daily(office, files).await).flatten();
        compared = damage.note(transparency::compared(files).await).flatten();
        let broken = compared.iter().flat_map(|found| found.files.iter().cloned());
        damage.0.extend(broken);
    }
    page(&LogPage {
        shell: ask.shell(Some(Section::Log)),
        address: address(&ask),
        files: ask.log_address(),
        end: shown,
        stopped: office.db.sealer().and_then(|s| s.refusal()).map(|refusal| refusal.reason.clone()),
        damage: damage.0,
        compared: compared.map(|found| seen(&ask, &found)),
        board: daily.map(|(date, note)| board(&ask, date, &note)),
    })
}

/// Where an auditor reads the log, as far as the server knows its own name.
fn address(ask: &Ask) -> String {
    let origin = ask.site.public_origin().unwrap_or("https://…");
    let path = ask.log_address().unwrap_or_default();
    format!("{origin}{}", path.trim_end_matches('/'))
}

/// What could not be read, each once.
#[derive(Default)]
struct Damage(Vec<String>);

impl Damage {
    fn note<T>(&mut self, read: Result<T, ServiceError>) -> Option<T> {
        let error = match read {
            Ok(found) => return Some(found),
            Err(error) => error,
        };
        let reason = error.source.as_ref().map_or_else(|| error.en.clone(), ToString::to_string);
        tracing::warn!(reason, "a part of the published log cannot be read");
        if !self.0.contains(&reason) {
            self.0.push(reason);
        }
        None
    }
}

async fn end(ask: &Ask, files: &LogFiles, shown: Shown, damage: &mut Damage) -> LogEnd {
    let last = damage.note(transparency::last_entry(files, &shown.checkpoint).await).flatten();
    let confirmed = damage.note(transparency::cosigned(files).await).flatten();
    let confirmed = confirmed.filter(|note| !witnesses(note).is_empty());
    let checkpoint = shown.checkpoint.checkpoint();
    LogEnd {
        origin: checkpoint.origin().to_owned(),
        size: figures::count_in(ask.lang, checkpoint.size()),
        fingerprint: fingerprint(&checkpoint.root().0),
        root: checkpoint.root().to_string(),
        last: last.map(|at| moment(at, ask.zone(), ask.lang)),
        witnessed: confirmed.map(|note| Witnessed {
            size: figures::count_in(ask.lang, note.size()),
            names: witnesses(&note),
        }),
        vkey: shown.key.map(|key| key.to_string()),
    }
}

fn seen(ask: &Ask, found: &Comparison) -> Compared {
    Compared {
        at: moment(found.at, ask.zone(), ask.lang),
        entries: figures::count_in(ask.lang, found.entries),
        findings: (!found.fits()).then(|| figures::count_in(ask.lang, found.findings)),
    }
}

fn board(ask: &Ask, date: Date, note: &SignedCheckpoint) -> Board {
    Board {
        date: lang::long_date(date, ask.lang),
        size: figures::count_in(ask.lang, note.size()),
        fingerprint: fingerprint(&note.root().0),
        note: note.text().to_owned(),
        qr: Qr::of(note.text()),
    }
}
