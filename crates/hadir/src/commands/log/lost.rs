//! `hadir log lost`: the entries that were taken over after a restore.

use std::{collections::HashMap, fs, path::Path};

use anyhow::Context;
use ledger::{Entry, Opening};
use serde::Serialize;

use crate::{
    cli::{Format, LogLostArgs},
    config::Config,
    output, system,
};

/// An entry whose fact the database does not have.
#[derive(Debug, Serialize)]
struct Lost {
    index: u64,
    kind: &'static str,
    at: String,
    /// What it commits to, if somebody kept that.
    fact: Option<String>,
}

/// Lists them.
pub async fn run(config: &Config, args: &LogLostArgs, format: Format) -> anyhow::Result<()> {
    let kept = args.openings.as_deref().map(openings).transpose()?.unwrap_or_default();
    let office = system::open_to_read(config).await?;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let rows = store::log::taken_over(&mut tx).await?;
    drop(tx);
    office.db.close().await;
    let read = |(index, entry): (u64, Vec<u8>)| {
        let entry = Entry::parse(&entry)?;
        let fits = |opening: &&Opening| opening.check(&entry).is_ok();
        let fact = kept.get(&index).into_iter().flatten().find(fits).map(|opening| opening.payload.clone());
        Ok(Lost { index, kind: entry.kind().code(), at: entry.at().to_string(), fact })
    };
    let lost = rows.into_iter().map(read).collect::<anyhow::Result<Vec<_>>>()?;
    match format {
        Format::Text => text(&lost),
        Format::Json => output::json(None, &lost),
        Format::Csv => {
            let rows = lost.iter().map(|l| {
                [l.index.to_string(), l.kind.to_owned(), l.at.clone(), l.fact.clone().unwrap_or_default()]
            });
            output::csv(None, &["index", "kind", "at", "fact"], rows)
        }
        Format::Xlsx => Err(output::no_format("log lost", format, "text, json or csv")),
    }
}

fn text(lost: &[Lost]) -> anyhow::Result<()> {
    for Lost { index, kind, at, fact } in lost {
        let fact = fact.as_deref().unwrap_or("lost");
        output::line(&format!("{index:>9}  {kind:<12} {at}  {fact}"))?;
    }
    let opened = lost.iter().filter(|lost| lost.fact.is_some()).count();
    output::line(&format!("{} entries, {opened} of them opened by what people kept", lost.len()))
}

/// The openings in a folder by the index of their entry; other files are passed over.
fn openings(folder: &Path) -> anyhow::Result<HashMap<u64, Vec<Opening>>> {
    let mut found: HashMap<u64, Vec<Opening>> = HashMap::new();
    let unreadable = || format!("cannot read {}", folder.display());
    for file in fs::read_dir(folder).with_context(unreadable)? {
        let text = fs::read_to_string(file.with_context(unreadable)?.path()).unwrap_or_default();
        if let Ok(opening) = Opening::parse(&text) {
            found.entry(opening.index).or_default().push(opening);
        }
    }
    Ok(found)
}
