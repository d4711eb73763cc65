//! What both ways on after a restore have in common: the evidence, who decides, and the confirmation.

use anyhow::bail;
use domain::rights::Role;
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
    system::check_exists(config)?;
    let office = system::open_to_mend(config).await?;
    let files = transparency::current(&office, &LedgerFolder::of(config).files(office.tenant)).await?;
    let Some(doubt) = system::doubt(config, &office).await? else {
        if let Some(damaged) = transparency::damaged_checkpoint(&office, &files).await {
            bail!("{damaged}; nothing else is in doubt. Start hadir serve: it writes the checkpoint anew");
        }
        bail!("the log is in order; there is nothing to recover");
    };
    let actor = decider(&office, &args.by).await?;
    let name = origin(&office, &files).await?;
    if args.confirm.as_deref() != Some(name.as_str()) {
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

/// Name of the log that is in doubt: that of the database or, where it has none, of what was published.
async fn origin(office: &Office, files: &LogFiles) -> anyhow::Result<String> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let stated = store::log::stated(&mut tx).await?.map(|stated| stated.origin);
    let mark = files.high_water().read().ok().flatten().map(|mark| mark.checkpoint().origin().to_owned());
    let sealer = office.db.sealer().map(|sealer| sealer.origin(office.tenant));
    Ok(mark.or(stated).or(sealer).unwrap_or_default())
}

/// The login of an account that may decide about the log; a database that came back without any account believes the name.
pub(super) async fn decider(office: &Office, by: &str) -> anyhow::Result<String> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    if store::account::all(&mut tx).await?.is_empty() {
        return Ok(by.to_owned());
    }
    let account = people::account(&mut tx, by).await?;
    let today = office.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let grants = store::account::grants(&mut tx, account.account_id, today).await?;
    let may_decide = grants.iter().any(|grant| matches!(grant.role, Role::Bkpsdm | Role::Sistem));
    anyhow::ensure!(
        may_decide,
        "the account '{by}' may not decide about the log; it needs the role BKPSDM or Sistem"
    );
    Ok(account.login)
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
