//! What the doctor looks at about the transparency log. Witnesses are not asked: `hadir log` does that.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
};

use jiff::{SignedDuration, tz::TimeZone};
use service::{
    Office,
    transparency::{LogFiles, compared, current, damaged_checkpoint, doubt},
};

use super::Check;
use crate::{config::Config, ledger_folder::LedgerFolder, system, witnessing};

/// A comparison that is older was missed at least twice.
const COMPARED_WITHIN: SignedDuration = SignedDuration::from_hours(72);
/// A running server publishes within a second; this much may be under way.
const UNDER_WAY: u64 = 20_000;

/// Everything about the log.
///
/// # Errors
/// When the database cannot be read.
pub async fn look(config: &Config, office: &Office) -> anyhow::Result<Vec<Check>> {
    let folder = LedgerFolder::of(config);
    let files = current(office, &folder.files(office.tenant)).await?;
    let mut checks = vec![signing(office, &files).await?, comparison(office, &files).await];
    checks.push(witnesses(config, &files));
    checks.push(key(&folder.key_file()));
    checks.extend(disk(config, folder.path()));
    Ok(checks)
}

async fn signing(office: &Office, files: &LogFiles) -> anyhow::Result<Check> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let size = store::log::stated(&mut tx).await?.map_or(0, |head| head.size.max(0).unsigned_abs());
    let waiting = store::log::waiting(&mut tx).await?;
    drop(tx);
    let published = ledger::read::published(&files.fetch()).map_or(0, |end| end.size());
    let finding = format!("{size} entries, {published} published, {waiting} punches wait");
    if let Some(doubt) = doubt(office, files).await? {
        let mend = "hadir log names the ways on; then \"When the database was set back\" in docs/src/transparency-log.md";
        return Ok(Check::gagal("log", format!("{finding}; it may not be signed: {doubt}")).mend(mend));
    }
    if let Some(damaged) = damaged_checkpoint(office, files).await {
        let mend = "hadir serve writes it anew from what was signed.";
        return Ok(Check::gagal("log", format!("{finding}; damaged: {damaged}")).mend(mend));
    }
    Ok(if waiting > 0 {
        Check::periksa("log", finding).mend("hadir serve enters what waits at its next start.")
    } else if size.saturating_sub(published) > UNDER_WAY {
        Check::periksa("log", finding).mend("hadir serve publishes; its lines say what hinders it.")
    } else {
        Check::ok("log", finding)
    })
}

async fn comparison(office: &Office, files: &LogFiles) -> Check {
    const NAME: &str = "log_compared";
    let found = match compared(files).await {
        Ok(Some(found)) => found,
        Ok(None) => {
            let mend = "hadir serve does it at night; at once: hadir verify facts";
            return Check::periksa(NAME, "the database was not compared with its log yet").mend(mend);
        }
        Err(error) => {
            let why = error.source.as_ref().map_or_else(|| error.en.clone(), ToString::to_string);
            let mend = format!("rm {}; the next night writes it anew.", files.compared().display());
            return Check::periksa(NAME, format!("the last comparison cannot be read: {why}")).mend(mend);
        }
    };
    let at = found.at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M UTC").to_string();
    if !found.fits() {
        let finding = format!("{at}: the database is NOT as it was logged, {} findings", found.findings);
        return Check::gagal(NAME, finding).mend("hadir verify facts");
    }
    if let Some(first) = found.files.first() {
        let finding = format!("{at}: {} published files are damaged: {first}", found.files.len());
        let mend = "hadir verify log LEDGER/1 names all; delete them and copy them back from a mirror";
        return Check::gagal(NAME, finding).mend(mend);
    }
    let finding = format!("{at}: the database is as it was logged, {} entries", found.entries);
    match office.now().duration_since(found.at).abs() > COMPARED_WITHIN {
        true => Check::periksa(NAME, finding).mend("It is old. At once: hadir verify facts"),
        false => Check::ok(NAME, finding),
    }
}

fn witnesses(config: &Config, files: &LogFiles) -> Check {
    const NAME: &str = "log_witnesses";
    let mend = "docs/src/transparency-log.md, \"Witnesses\"";
    match witnessing::Witnesses::of(config) {
        Err(error) => Check::gagal(NAME, format!("{error:#}")).mend(mend),
        Ok(None) => Check::periksa(NAME, "nobody else confirms the log").mend(mend),
        Ok(Some(witnesses)) => {
            let names: Vec<&str> = witnesses.policy.witnesses().iter().map(|w| w.name.as_str()).collect();
            let cosigned = ledger::read::cosigned(&files.fetch()).ok().flatten();
            let published = ledger::read::published(&files.fetch()).ok();
            let logs = witnesses.policy.logs();
            if !logs.is_empty() && published.is_some_and(|note| note.verify(logs).is_err()) {
                let finding =
                    "the policy names the key of another log, so nobody who uses it can confirm this one";
                return Check::gagal(NAME, finding)
                    .mend("Put the key that `hadir log` shows into its line 'log'.");
            }
            let finding = |how: &str| format!("{how} by {}", names.join(", "));
            match cosigned {
                Some(note) => Check::ok(NAME, finding(&format!("{} entries confirmed", note.size()))),
                None => Check::periksa(NAME, finding("nothing confirmed yet")).mend("hadir log"),
            }
        }
    }
}

fn key(file: &Path) -> Check {
    const NAME: &str = "log_key";
    let shown = file.display();
    match fs::metadata(file) {
        Err(error) => {
            let mend = "hadir serve makes one at its first start; if there was one, bring it back.";
            Check::periksa(NAME, format!("{shown}: {error}")).mend(mend)
        }
        Ok(meta) if meta.permissions().mode() & 0o077 != 0 => {
            let mode = meta.permissions().mode() & 0o777;
            Check::gagal(NAME, format!("{shown} can be read by others (mode {mode:o})"))
                .mend(format!("chmod 600 {shown}; if somebody may have read it: hadir log rotate-key"))
        }
        Ok(_) => Check::ok(NAME, format!("{shown}, readable by its owner only")),
    }
}

/// Whether the memory of the log lies apart from the database; `None` for PostgreSQL, whose disk is not known here.
fn disk(config: &Config, folder: &Path) -> Option<Check> {
    let database = fs::metadata(system::sqlite_file(&config.database_url)?).ok()?.dev();
    let is_same = fs::metadata(folder).ok()?.dev() == database;
    let shown = folder.display();
    Some(if is_same {
        let finding = format!("{shown} lies on the disk of the database: a restore may set both back");
        Check::periksa("log_disk", finding).mend("Move it to another disk: ledger_dir")
    } else {
        Check::ok("log_disk", format!("{shown} lies on another disk than the database"))
    })
}
