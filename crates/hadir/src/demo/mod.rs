//! `hadir demo`: an invented regency with live virtual terminals, in a database that goes away with the process.

mod accounts;
mod clock;
mod employees;
mod history;
mod organisation;
mod pay;
mod terminals;

use std::{path::PathBuf, sync::Arc};

use anyhow::Context;
use domain::{clock::Clock, month::Month};
use service::Office;
use sim::population::Population;
use store::Db;
use tokio::{sync::watch, task::JoinHandle};

use crate::{
    cli::DemoArgs,
    ledger_folder::LedgerFolder,
    serve::{self, Addresses, Interrupt, PublishedLog, Server},
    system::{OsEntropy, SystemClock, TENANT, private_folder},
};

/// Everything the parts of the demo share.
struct Stage {
    office: Office,
    population: Population,
    today: jiff::civil::Date,
}

impl Stage {
    /// The last full month before today.
    fn last_month(&self) -> Month {
        Month::of(self.today).previous()
    }
}

/// Seeds the regency, lets the terminals upload what they hold, and serves until Ctrl-C.
///
/// # Errors
/// When a port is taken or the database cannot be made; the sentence says which.
pub async fn run(args: DemoArgs) -> anyhow::Result<()> {
    let mut interrupt = Interrupt::listen()?;
    let place = Place::new(args.keep.clone())?;
    let (stop, stopping) = watch::channel(false);
    let opened = tokio::select! {
        opened = open(&args, &place, stopping) => Some(opened?),
        () = interrupt.heard() => None,
    };
    // Stopped while it was being filled: the folder goes with `place`.
    let Some(opened) = opened else { return Ok(()) };
    print_welcome(&opened.stage, &format!("http://{}", opened.server.pages), &opened.accounts, &place);
    interrupt.heard().await;
    say("\nStopping …");
    stop.send_replace(true);
    for task in opened.machines {
        task.await.ok();
    }
    opened.server.finished().await;
    opened.stage.office.db.close().await;
    Ok(())
}

/// The demo with its doors open.
struct Opened {
    stage: Stage,
    accounts: Vec<accounts::DemoAccount>,
    server: Server,
    machines: Vec<JoinHandle<()>>,
}

/// Seeds, serves, and lets the terminals talk.
async fn open(args: &DemoArgs, place: &Place, stopping: watch::Receiver<bool>) -> anyhow::Result<Opened> {
    let clock: Arc<dyn Clock> = Arc::new(clock::DemoClock::new(SystemClock));
    let db = Db::connect(&format!("sqlite:{}", place.file().display()))
        .await
        .context("cannot make the demo database")?;
    let db = db.sealed_by(LedgerFolder::at(place.ledger()).sealer(Arc::clone(&clock))?);
    db.migrate(clock.as_ref()).await?;
    let office = Office::new(db, clock, Arc::new(OsEntropy), TENANT);
    let today = domain::zone::Zone::Wib.local(office.now()).date();
    let stage = Stage { population: Population::draw(args.seed, args.people), office, today };

    say(&format!("Preparing Kabupaten Contoh: 40 OPD, {} invented employees …", args.people));
    let units = organisation::seed(&stage).await?;
    let people = employees::seed(&stage, &units).await?;
    pay::seed(&stage, &people).await?;
    let accounts = accounts::seed(&stage, &units, &people).await?;

    let addresses = Addresses {
        pages: args.listen,
        terminals: args.terminal_listen,
        public_url: None,
        trusted_proxies: Vec::new(),
    };
    let files = LedgerFolder::at(place.ledger()).files(TENANT);
    let log = PublishedLog { files, witnesses: None, mail: None };
    let server = serve::start(&stage.office, addresses, log, stopping.clone()).await?;
    let installed = terminals::install(&stage, &units, &people, server.terminals).await?;
    say("The terminals upload the last full month and this one up to now …");
    let machines = terminals::upload_and_run(&stage, installed, stopping).await?;
    pay::close_some_books(&stage, &units).await?;
    Ok(Opened { stage, accounts, server, machines })
}

/// Where the database lies: a folder that is removed at the end, or one to keep.
enum Place {
    Temporary(tempfile::TempDir),
    Kept(PathBuf),
}

impl Place {
    fn new(keep: Option<PathBuf>) -> anyhow::Result<Place> {
        let Some(folder) = keep else { return Ok(Place::Temporary(tempfile::tempdir()?)) };
        private_folder(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let place = Place::Kept(folder);
        anyhow::ensure!(
            !place.file().exists(),
            "{} exists already; the demo always starts afresh. Name another folder, or serve it with \
             `hadir serve --database-url sqlite:{}`",
            place.file().display(),
            place.file().display()
        );
        Ok(place)
    }

    fn file(&self) -> PathBuf {
        self.folder().join("demo.db")
    }

    /// What becomes of it.
    fn end(&self) -> String {
        let file = self.file();
        let file = file.display();
        match self {
            Place::Temporary(_) => {
                format!("Its database is {file}; Ctrl-C ends the demo and leaves nothing behind.")
            }
            Place::Kept(_) => format!("Its database is {file}; Ctrl-C ends the demo and leaves it there."),
        }
    }

    /// Where `hadir serve` looks for it beside the file.
    fn ledger(&self) -> PathBuf {
        self.folder().join("ledger")
    }

    fn folder(&self) -> &std::path::Path {
        match self {
            Place::Temporary(folder) => folder.path(),
            Place::Kept(folder) => folder,
        }
    }
}

#[expect(clippy::print_stdout, reason = "the demo talks to the person who started it")]
fn say(text: &str) {
    println!("{text}");
}

fn print_welcome(stage: &Stage, url: &str, accounts: &[accounts::DemoAccount], place: &Place) {
    let now = domain::zone::Zone::Wib.local(stage.office.now());
    say(&format!("\nKabupaten Contoh is open. All people are invented.\n\n  {url}\n"));
    say(&format!("  {:<22} {:<20} {:<28} try", "role", "NIP / login", "passphrase"));
    for account in accounts {
        say(&format!(
            "  {:<22} {:<20} {:<28} {}",
            account.role, account.login, account.passphrase, account.hint
        ));
    }
    say(&format!(
        "\nThe demo's clock shows {} {}; it runs on from there, and the terminals go on punching.\n{}",
        domain::lang::long_date(now.date(), domain::lang::Lang::En),
        domain::lang::zoned_time(now, domain::zone::Zone::Wib),
        place.end()
    ));
}
