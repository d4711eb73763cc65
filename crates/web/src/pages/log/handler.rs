//! The page of the log, with or without login.

use axum::response::Response;
use domain::lang;
use jiff::civil::Date;
use ledger::SignedCheckpoint;
use service::transparency::{self, LogFiles, Shown};

use super::{Board, LogEnd, LogPage, Qr, Witnessed, fingerprint, witnesses};
use crate::{
    pages::{figures, layout::Section, moment::moment},
    server::{
        ask::{Ask, page},
        fault::WebError,
    },
};

/// GET /log
pub async fn show(ask: Ask) -> Result<Response, WebError> {
    let office = &ask.site.office;
    let (mut shown, mut daily) = (None, None);
    if let Some(files) = ask.site.log() {
        shown = match transparency::shown(office, files).await? {
            Some(found) => Some(end(&ask, files, found).await?),
            None => None,
        };
        daily = transparency::daily(office, files).await?;
    }
    page(&LogPage {
        shell: ask.shell(Some(Section::Log)),
        files: ask.log_address(),
        end: shown,
        stopped: office.db.sealer().and_then(|s| s.refusal()).map(|refusal| refusal.reason.clone()),
        board: daily.map(|(date, note)| board(&ask, date, &note)),
    })
}

async fn end(ask: &Ask, files: &LogFiles, shown: Shown) -> Result<LogEnd, WebError> {
    let last = transparency::last_entry(files, &shown.checkpoint).await?;
    let checkpoint = shown.checkpoint.checkpoint();
    let confirmed = transparency::cosigned(files).await?.filter(|note| !witnesses(note).is_empty());
    Ok(LogEnd {
        origin: checkpoint.origin().to_owned(),
        size: figures::count(checkpoint.size()),
        fingerprint: fingerprint(&checkpoint.root().0),
        root: checkpoint.root().to_string(),
        last: last.map(|at| moment(at, ask.zone(), ask.lang)),
        witnessed: confirmed
            .map(|note| Witnessed { size: figures::count(note.size()), names: witnesses(&note) }),
        vkey: shown.key.map(|key| key.to_string()),
    })
}

fn board(ask: &Ask, date: Date, note: &SignedCheckpoint) -> Board {
    Board {
        date: lang::long_date(date, ask.lang),
        size: figures::count(note.size()),
        fingerprint: fingerprint(&note.root().0),
        note: note.text().to_owned(),
        qr: Qr::of(note.text()),
    }
}
