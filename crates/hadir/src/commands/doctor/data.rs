//! What the doctor looks at inside the database.

use domain::{
    org::Stage,
    rights::Role,
    silence::{SILENT_AFTER, is_silent},
};
use jiff::{SignedDuration, Timestamp};
use service::{Office, ServiceError, reference, rollout};
use store::{
    Db, EngineKind, ErrorKind,
    migrate::MIGRATIONS,
    terminal::{Terminal, TerminalState},
};

use super::{Check, log};
use crate::{config::Config, failure::sentence, system};

/// How far the clock may seem to go back between two machines.
const CLOCK_SLACK: SignedDuration = SignedDuration::from_mins(5);
/// Names written out before the rest is only counted.
const NAMED: usize = 5;

/// Everything; ends early where the rest cannot be known.
pub async fn look(config: &Config) -> Vec<Check> {
    let url = &config.database_url;
    if let Some(file) = system::sqlite_file(url).filter(|file| !file.exists()) {
        let finding = format!("{} does not exist yet", file.display());
        return vec![Check::periksa("database", finding).mend("hadir serve makes it at its first start.")];
    }
    match schema(url).await {
        Err(error) => vec![
            Check::gagal("database", sentence(&error)).mend("Start the database, or correct database_url."),
        ],
        Ok((database, false)) => vec![database],
        Ok((database, true)) => {
            let mut checks = vec![database];
            match inside(config).await {
                Ok(found) => checks.extend(found),
                Err(error) => checks.push(Check::gagal("data", sentence(&error))),
            }
            checks
        }
    }
}

/// Engine and migrations, without changing anything; whether the rest can be looked at.
async fn schema(url: &str) -> anyhow::Result<(Check, bool)> {
    system::wait_for_database(url, std::time::Duration::from_secs(2)).await?;
    let db = Db::connect(url).await?;
    let engine = match db.kind() {
        EngineKind::Sqlite => "SQLite",
        EngineKind::Postgres => "PostgreSQL",
    };
    let place = db.place().to_owned();
    let applied = match db.applied_migrations().await {
        Ok(applied) => applied.len(),
        // A database without the table of migrations is a fresh one.
        Err(error) if error.kind() == ErrorKind::Other => 0,
        Err(error) => return Err(error.into()),
    };
    db.close().await;
    let known = MIGRATIONS.len();
    let finding = format!("{engine} at {place}, {applied} of {known} migrations");
    Ok(match applied {
        n if n > known => {
            let mend = "Install the newer hadir that made this database.";
            (Check::gagal("database", format!("{finding}: made by a newer version")).mend(mend), false)
        }
        n if n < known => {
            (Check::periksa("database", finding).mend("hadir serve applies what is missing."), false)
        }
        _ => (Check::ok("database", finding), true),
    })
}

async fn inside(config: &Config) -> anyhow::Result<Vec<Check>> {
    let office = system::open_to_read(config).await?;
    let mut checks = vec![engine(&office.db).await?, clock(&office).await?];
    checks.extend(log::look(config, &office).await?);
    checks.push(policies(&office).await?);
    checks.push(accounts(&office).await?);
    checks.extend(terminals(&office).await?);
    checks.extend(opds(&office).await?);
    office.db.close().await;
    Ok(checks)
}

/// What the engine says of itself.
async fn engine(db: &Db) -> anyhow::Result<Check> {
    let health = store::health::check(db).await?;
    let version = health.version;
    if let Some(first) = health.damage.first() {
        let finding =
            format!("version {version} finds {} fault(s) in its file: {first}", health.damage.len());
        return Ok(
            Check::gagal("engine", finding).mend("Stop hadir, keep the file, and restore the last backup.")
        );
    }
    if let Some(lax) = health.volatile.first() {
        let finding = format!("version {version}; {lax} = off: a power cut loses punches that were answered");
        let mend = format!("Set {lax} = on in postgresql.conf and restart PostgreSQL.");
        return Ok(Check::gagal("engine", finding).mend(mend));
    }
    if db.kind() == EngineKind::Postgres && !health.row_security {
        let finding = format!("version {version}; the role bypasses row security");
        let mend = "Connect as a role that is neither superuser nor BYPASSRLS.";
        return Ok(Check::periksa("engine", finding).mend(mend));
    }
    Ok(Check::ok("engine", format!("version {version}, sound")))
}

async fn clock(office: &Office) -> Result<Check, ServiceError> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let zone = store::tenant::own(&mut tx).await?.zone;
    let now = office.now();
    let seen = store::terminal::all(&mut tx).await?.iter().map(|t| t.last_seen).max();
    let local = zone.local(now).strftime("%Y-%m-%d %H:%M").to_string();
    let finding = format!("{local} {}", zone.abbreviation());
    let logged = store::log::head(&mut tx).await?.map(|head| head.at);
    let later = |at: Option<Timestamp>| at.is_some_and(|at| at.duration_since(now) > CLOCK_SLACK);
    let mend = "Switch time synchronisation on: timedatectl set-ntp true";
    Ok(if system::lost_time(now) {
        Check::gagal("clock", format!("{finding}: the clock is years behind")).mend(mend)
    } else if later(seen) {
        Check::gagal("clock", format!("{finding}: a terminal was heard of later than now")).mend(mend)
    } else if later(logged) {
        // Either the clock is slow now, or it was fast once: the time of a log never goes back.
        Check::gagal("clock", format!("{finding}: the newest entry of the log is of a later time")).mend(mend)
    } else {
        Check::ok("clock", finding)
    })
}

async fn policies(office: &Office) -> Result<Check, ServiceError> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = match reference::current(office, &mut tx).await {
        Ok(reference) => reference,
        Err(error) => {
            let finding = error.source.as_ref().map_or_else(|| error.en.clone(), ToString::to_string);
            return Ok(Check::gagal("policies", format!("the rules in force cannot be read: {finding}"))
                .mend("Check each with `hadir policy check`, and activate a corrected version."));
        }
    };
    let today = reference.tenant.zone.local(office.now()).date();
    let in_force = |p: &&domain::policy::Policy| {
        p.effective_from() <= today && p.effective_until().is_none_or(|until| today <= until)
    };
    let ids: Vec<&str> = reference.policies.all().iter().filter(in_force).map(|p| p.id()).collect();
    let mend = "hadir policy activate default-60-40 --by LOGIN --approved-by LOGIN";
    Ok(if ids.is_empty() {
        Check::periksa("policies", "none is in force today; no TPP is calculated").mend(mend)
    } else {
        Check::ok("policies", format!("in force today and valid: {}", ids.join(", ")))
    })
}

async fn accounts(office: &Office) -> Result<Check, ServiceError> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let accounts = store::account::all(&mut tx).await?;
    let active = accounts.iter().filter(|a| a.disabled_at.is_none()).count();
    Ok(if active == 0 {
        Check::periksa("accounts", "nobody can log in yet").mend("hadir setup")
    } else {
        Check::ok("accounts", format!("{active} can log in"))
    })
}

async fn terminals(office: &Office) -> Result<Vec<Check>, ServiceError> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let all = store::terminal::all(&mut tx).await?;
    let approved = all.iter().filter(|t| t.state == TerminalState::Approved);
    let silent = |t: &&Terminal| is_silent(t.last_seen, office.now());
    let quiet: Vec<&str> = approved.clone().filter(silent).map(|t| t.serial.as_str()).collect();
    let pending = all
        .iter()
        .filter(|t| t.state == TerminalState::Pending)
        .map(|t| t.serial.as_str())
        .collect::<Vec<_>>();
    let mut checks = vec![match (approved.count(), quiet.len()) {
        (0, _) => Check::periksa("terminals", "none is approved")
            .mend("Enter this server in the ADMS menu of a terminal, then: hadir terminal list"),
        (n, 0) => {
            let minutes = SILENT_AFTER.as_mins();
            Check::ok("terminals", format!("{n} approved, all heard of within {minutes} minutes"))
        }
        (n, q) => Check::periksa("terminals", format!("{q} of {n} approved are silent: {}", named(&quiet)))
            .mend("Check power and network there; hadir terminal list shows since when."),
    }];
    if let Some(first) = pending.first() {
        let finding = format!("{} wait for approval: {}", pending.len(), named(&pending));
        let mend = format!("hadir terminal approve {first} --unit CODE");
        checks.push(Check::periksa("terminals_pending", finding).mend(mend));
    }
    Ok(checks)
}

async fn opds(office: &Office) -> Result<Vec<Check>, ServiceError> {
    let tracker = rollout::tracker(office).await?;
    if tracker.is_empty() {
        return Ok(vec![
            Check::periksa("opds", "there is none yet").mend("hadir import employees FILE --dry-run"),
        ]);
    }
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    let today = reference.tenant.zone.local(office.now()).date();
    let grants = store::account::all_grants(&mut tx).await?;
    let holds = |g: &&store::account::Grant| {
        g.role == Role::AdminOpd && g.valid_from <= today && g.valid_until.is_none_or(|d| today <= d)
    };
    let admins: Vec<_> = grants.iter().filter(holds).map(|g| g.unit_id).collect();
    let in_use: Vec<_> = tracker.iter().filter(|o| o.stage.is_some_and(|s| s != Stage::Pendataan)).collect();
    let without = |lacks: &dyn Fn(&rollout::OpdState) -> bool| -> Vec<&str> {
        in_use.iter().filter(|o| lacks(o)).map(|o| o.facts.code.as_str()).collect()
    };
    let no_admin = without(&|o| {
        let path = reference.units.path(o.facts.unit);
        !admins.iter().any(|unit| unit.is_none_or(|unit| path.contains(&unit)))
    });
    let no_terminal = without(&|o| o.facts.terminals == 0);
    let sum = |part: fn(&rollout::OpdFacts) -> usize| -> usize {
        tracker.iter().map(|o| o.facts.people.saturating_sub(part(&o.facts))).sum()
    };
    let count = |name, number: usize, what: &str, mend: &str| match number {
        0 => Check::ok(name, format!("everybody has {what}")),
        1 => Check::periksa(name, format!("1 person without {what}")).mend(mend),
        n => Check::periksa(name, format!("{n} people without {what}")).mend(mend),
    };
    let codes = |name, codes: &[&str], what: &str, mend: &str| match codes.len() {
        0 => Check::ok(name, format!("every OPD in trial or in force has {what}")),
        n => Check::periksa(name, format!("{n} OPD without {what}: {}", named(codes))).mend(mend),
    };
    Ok(vec![
        codes(
            "opd_admins",
            &no_admin,
            "an administrator",
            "Run `hadir account add NIP --role admin_opd --unit CODE`.",
        ),
        codes("opd_terminals", &no_terminal, "a terminal", "hadir terminal approve SERIAL --unit CODE"),
        count(
            "superiors",
            sum(|f| f.with_superior),
            "a superior",
            "Add the column NIP ATASAN and import again: hadir import employees FILE",
        ),
        count(
            "pins",
            sum(|f| f.with_pin),
            "a PIN",
            "Add the column PIN and import again, or: hadir terminal map SERIAL PIN NIP",
        ),
        count(
            "schedules",
            sum(|f| f.with_schedule),
            "a schedule",
            "Assign one to the OPD, or add the column JADWAL and import again.",
        ),
    ])
}

fn named(names: &[&str]) -> String {
    let shown = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(NAMED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
