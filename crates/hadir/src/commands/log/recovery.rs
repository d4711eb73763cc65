//! What both ways on after a restore have in common: the evidence, who decides, and the confirmation.

use anyhow::bail;
use service::{
    Office,
    transparency::{self, Decision, Doubt, LogFiles, Recovered},
};

use crate::{
    cli::LogRecoveryArgs, commands::people, config::Config, failure::Usage, ledger_folder::LedgerFolder,
    output, system,
};

/// An open office, the published files, and why the log may not be signed.
pub struct Case {
    /// The office; it may sign.
    pub office: Office,
    /// The files of the log that goes on or is given up.
    pub files: LogFiles,
    /// The evidence.
    pub doubt: Doubt,
    /// Who decides, and why.
    pub decision: Decision,
}

/// Shows the evidence and asks for the confirmation.
///
/// # Errors
/// When the log is in order, nobody of that name has an account, or the confirmation is missing.
pub async fn open(config: &Config, args: &LogRecoveryArgs) -> anyhow::Result<Case> {
    let office = system::open_to_mend(config).await?;
    let files = transparency::current(&office, &LedgerFolder::of(config).files(office.tenant)).await?;
    let Some(doubt) = system::doubt(config, &office).await? else {
        bail!("the log is in order; there is nothing to recover");
    };
    let actor = decider(&office, &args.by).await?;
    let mark = files.high_water().read()?;
    let name = mark.as_ref().map_or("?", |mark| mark.checkpoint().origin());
    if args.confirm.as_deref() != Some(name) {
        output::line(&format!("NOT SIGNED {doubt}"))?;
        let wrong = wrong_name(args);
        let help =
            format!("{wrong}nothing was changed; stop the server, then say --confirm '{name}' to do it");
        return Err(Usage(help).into());
    }
    Ok(Case { office, files, doubt, decision: Decision { reason: args.reason.clone(), actor } })
}

/// What to say of a `--confirm` that is not the name of the log.
pub(super) fn wrong_name(args: &LogRecoveryArgs) -> String {
    let wrong = args.confirm.as_ref();
    wrong.map_or_else(String::new, |wrong| format!("--confirm '{wrong}' is not the name of this log; "))
}

/// The login of the account; a database that came back without any account believes the name.
pub(super) async fn decider(office: &Office, by: &str) -> anyhow::Result<String> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    if store::account::all(&mut tx).await?.is_empty() {
        return Ok(by.to_owned());
    }
    Ok(people::account(&mut tx, by).await?.login)
}

/// What was done, for people.
pub fn sentence(done: &Recovered) -> String {
    let took = done.taken_over.map_or_else(String::new, |(from, until)| {
        format!(
            "entries {from} to {} were taken over from the published files; what they commit to is lost\n",
            until - 1
        )
    });
    format!(
        "{took}{} goes on; entry {} says what happened. {} entries were lost with the database, {} punches that had waited are entered.",
        done.origin, done.entry, done.lost, done.waited
    )
}
