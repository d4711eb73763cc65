//! `hadir bench page`: the month page of an OPD, asked in process as a browser would.

use std::net::SocketAddr;

use anyhow::Context;
use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{Request, StatusCode, header},
};
use domain::{
    calendar::{Calendar, WorkWeek},
    ids::PunchId,
    rights::Role,
    zone::Zone,
};
use http_body_util::BodyExt;
use intake::{Door, Settings};
use jiff::civil::date;
use service::{
    account::{self, LoginOutcome, LoginRequest, NewAccount, passphrase},
    policy_admin,
};
use sim::population::{Plan, Population, happening};
use store::{
    Db, Scope,
    punch::{self, PunchRow, PunchSource},
};
use tower::ServiceExt;
use web::server::{Site, SiteSettings, app, cookie};

use super::{
    judge_month::MONTH,
    office::{ACTOR, BenchDatabase, BenchOffice, OPD, databases},
    report::{Report, cpu_time},
};
use crate::cli::BenchPageArgs;

/// Bytes that the page of 100 people may have, compressed.
const SIZE_TARGET: f64 = 60_000.0;
/// SQL statements that the page may need, whatever the number of people.
const STATEMENT_TARGET: f64 = 10.0;
/// The login of the bench.
const LOGIN: &str = "bench";

/// Measures on a temporary SQLite database, and on PostgreSQL if a URL is given.
///
/// # Errors
/// When the page is not answered.
pub async fn run(args: &BenchPageArgs, url: Option<&str>) -> anyhow::Result<Vec<Report>> {
    let folder = tempfile::tempdir()?;
    let mut reports = Vec::new();
    for BenchDatabase { engine, db, .. } in databases(folder.path(), url).await? {
        reports.push(measure(db, engine, args).await?);
    }
    Ok(reports)
}

async fn measure(db: Db, engine: &'static str, args: &BenchPageArgs) -> anyhow::Result<Report> {
    let population = Population::draw(args.seed, usize::try_from(args.people)?);
    let bench = BenchOffice::make(db, population.people.len(), args.seed).await?;
    punches(&bench, &population).await?;
    let token = enter(&bench).await?;
    let (door, _) = Door::open(bench.office.db.clone(), bench.office.tenant, Settings::default());
    let site = app(Site::new(bench.office.clone(), door, SiteSettings::default()));
    let mut report = Report::new("page", engine, args.seed);
    report.add("people", f64::from(args.people), "people");
    let path = format!("/rekap/{OPD}/{MONTH}/");
    // The first request reads the reference data that later ones find in memory.
    let cold = ask(&bench, &site, &path, &token).await?;
    let warm = ask(&bench, &site, &path, &token).await?;
    report.compare("month_page_gzip", warm.bytes, "bytes", ("target", SIZE_TARGET));
    report.compare("month_page", warm.statements, "statements", ("target", STATEMENT_TARGET));
    report.add("month_page_first_request", cold.statements, "statements");
    report.add("month_page", warm.cpu, "s_cpu");
    let book = ask(&bench, &site, &format!("{path}x2.xlsx"), &token).await?;
    report.add("month_matrix_download", book.statements, "statements");
    report.add("month_matrix_download", book.cpu, "s_cpu");
    report.add("month_matrix_download", book.bytes, "bytes");
    bench.office.db.close().await;
    Ok(report)
}

/// What a request cost.
struct Cost {
    bytes: f64,
    statements: f64,
    cpu: f64,
}

async fn ask(bench: &BenchOffice, site: &Router, path: &str, token: &str) -> anyhow::Result<Cost> {
    let mut request = Request::get(path)
        .header(header::COOKIE, format!("{}={token}", cookie::session_name(false)))
        .header(header::ACCEPT_ENCODING, "gzip")
        .body(Body::empty())?;
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1))));
    let (statements, cpu) = (bench.office.db.statements(), cpu_time());
    let response = site.clone().oneshot(request).await?;
    let status = response.status();
    let bytes = response.into_body().collect().await?.to_bytes();
    anyhow::ensure!(status == StatusCode::OK, "{path} answered {status}");
    let count = |n: u64| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    Ok(Cost {
        bytes: count(u64::try_from(bytes.len())?),
        statements: count(bench.office.db.statements() - statements),
        cpu: (cpu_time() - cpu).as_secs_f64(),
    })
}

/// A month of presses of everybody, and the default policy.
async fn punches(bench: &BenchOffice, population: &Population) -> anyhow::Result<()> {
    let office = &bench.office;
    let month: domain::month::Month = MONTH.parse()?;
    let calendar = Calendar::national();
    let mut tx = office.db.begin_write(office.tenant).await?;
    let known = store::employee::load(&mut tx, Scope::Everyone, month.first(), month.last()).await?;
    let mut rows = Vec::new();
    for (index, person) in population.people.iter().enumerate() {
        let id = known.iter().find(|k| k.number(month.last()) == Some(person.number.as_str()));
        let Some(id) = id.map(|k| k.employee.employee_id) else { continue };
        for day in month.days().filter(|d| calendar.is_working(*d, WorkWeek::FIVE_DAYS)) {
            let plan = Plan { start: day.at(7, 30, 0, 0), end: day.at(16, 0, 0, 0) };
            for local in happening(population.seed, index, person, plan).presses {
                let bare = PunchRow::bare(office.id(PunchId::new), Zone::Wib, local, office.now());
                rows.push(PunchRow {
                    employee_id: Some(id),
                    source: PunchSource::Terminal,
                    device_group_id: Some(bench.group),
                    pin: (index + 1).to_string(),
                    ..bare.context("a time that no clock shows")?
                });
            }
        }
    }
    punch::insert_batch(&mut tx, &rows).await?;
    let text = domain::policy::shipped("default-60-40").map(|p| p.text).unwrap_or_default();
    if let Err(refusal) = policy_admin::activate(office, &mut tx, text, ACTOR, "bench-2").await {
        anyhow::bail!("the default policy is not accepted: {refusal:?}");
    }
    tx.commit().await?;
    Ok(())
}

/// Makes an account and logs in.
async fn enter(bench: &BenchOffice) -> anyhow::Result<String> {
    let office = &bench.office;
    let passphrase = passphrase::generate(office);
    let mut tx = office.db.begin_write(office.tenant).await?;
    let new = NewAccount {
        employee: None,
        login: LOGIN.into(),
        name: "Bench".into(),
        passphrase: passphrase.clone(),
        must_change: false,
    };
    let id = account::add(office, &mut tx, new, ACTOR).await?;
    account::grant(office, &mut tx, (id, Role::Bkpsdm, None), date(2026, 1, 1), ACTOR).await?;
    tx.commit().await?;
    let request = LoginRequest {
        login: LOGIN,
        passphrase: &passphrase,
        user_agent: "bench",
        ip: std::net::Ipv4Addr::LOCALHOST.into(),
    };
    match account::login(office, request).await? {
        LoginOutcome::Welcome(entry) => Ok(entry.token),
        other => anyhow::bail!("the bench could not log in: {other:?}"),
    }
}
