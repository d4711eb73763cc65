//! `kill -9` of the server, or of the database server, under load, again and again. See `HADIR_KILLS`.

use std::time::{Duration, Instant};

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use store::testing::{self, OwnServer};

use crate::{
    kept::{Kept, audit},
    run::Place,
    rush::{Rush, Server, compare},
};

/// Kills, unless `HADIR_KILLS` says otherwise.
const KILLS: usize = 50;
/// Between so many kills somebody outside keeps the end of the log and a receipt.
const KEEP_EVERY: usize = 5;

fn kill_loop(url: &str, kills: usize) {
    let place = Place::new();
    let rush = Rush::open(&place, url);
    let mut kept = Kept::new(&place, url);
    let recoveries = kill_again_and_again(&place, url, &rush, &mut kept, kills);
    rush.stop();
    let server = Server::start(&place, url, &rush.world.at);
    let promised = rush.end(&place);
    server.end();
    kept.verify();
    tokio::runtime::Runtime::new().unwrap().block_on(compare(&place.path(""), url, &promised));
    report(recoveries, kills, promised.len());
}

/// Starts and kills; how long after each start the first punch was acknowledged.
fn kill_again_and_again(
    place: &Place,
    url: &str,
    rush: &Rush,
    kept: &mut Kept<'_>,
    kills: usize,
) -> Vec<Duration> {
    let mut rng = ChaCha8Rng::seed_from_u64(9);
    let mut recoveries = Vec::new();
    for start in 1..=kills {
        let begin = Instant::now();
        let server = Server::start(place, url, &rush.world.at);
        // What an earlier start acknowledged does not count.
        rush.heard.iter().find(|of| *of == start).unwrap();
        recoveries.push(begin.elapsed());
        if start % KEEP_EVERY == 0 {
            kept.keep(&rush.world.at);
        }
        rush.hear(rng.random_range(0..40));
        // Anywhere within a transaction, not only right behind an answer.
        let (since, moment) = (Instant::now(), Duration::from_micros(rng.random_range(0..3_000)));
        while since.elapsed() < moment {
            std::hint::spin_loop();
        }
        server.kill();
    }
    recoveries
}

#[expect(clippy::print_stdout, reason = "the figures of the run")]
fn report(mut recoveries: Vec<Duration>, kills: usize, punches: usize) {
    recoveries.sort_unstable();
    let at = |share: usize| recoveries[(recoveries.len() * share).div_ceil(100).max(1) - 1];
    println!(
        "{kills} kills, {punches} punches acknowledged, 0 lost, 0 double; first punch after a start p50 {:?}, p99 {:?}",
        at(50),
        at(99)
    );
}

fn kills() -> usize {
    std::env::var("HADIR_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(KILLS)
}

#[test]
fn no_promise_is_broken_when_the_server_on_sqlite_is_killed() {
    kill_loop("sqlite:hadir.db", kills());
}

#[test]
fn no_promise_is_broken_when_the_server_on_postgresql_is_killed() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let database = runtime.block_on(testing::empty_postgres());
    kill_loop(&database.url, kills());
    runtime.block_on(database.finish());
}

/// Kills of PostgreSQL itself.
const DATABASE_KILLS: usize = 4;

#[test]
fn no_promise_is_broken_when_postgresql_itself_is_killed() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let postgres = OwnServer::new();
    let url = runtime.block_on(postgres.database());
    let place = Place::new();
    let rush = Rush::open(&place, &url);
    let server = Server::start(&place, &url, &rush.world.at);
    for kill in 1..=DATABASE_KILLS {
        rush.hear(30);
        postgres.kill();
        if kill == DATABASE_KILLS {
            // It says so for as long as it lasts.
            rush.hear_refusals(1);
        }
        postgres.start();
    }
    // The same server goes on.
    rush.hear(30);
    rush.stop();
    let promised = rush.end(&place);
    server.end();
    audit(&place, &url, "ledger");
    runtime.block_on(compare(&place.path(""), &url, &promised));
}
