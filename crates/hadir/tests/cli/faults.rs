//! What lies under the server fails while people press: connections of the database, the disk, a flush.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use store::{
    Db,
    testing::{self, OwnServer, query_sql},
};

use crate::{
    kept::audit,
    run::Place,
    rush::{Rush, Server, compare},
    tracer::Tracer,
};

/// How often all connections are cut.
const CUTS: usize = 20;

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Runtime::new().unwrap()
}

/// Ends every other connection to this database, in the middle of whatever it does.
async fn cut(url: &str) {
    let db = Db::connect(url).await.unwrap();
    let mut tx = db.begin_read(domain::ids::TenantId(1)).await.unwrap();
    let sql = "SELECT pg_terminate_backend(pid)::TEXT AS value FROM pg_stat_activity /* tenant_id */
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    query_sql(&mut tx, sql).await.unwrap();
    drop(tx);
    db.close().await;
}

#[test]
fn no_promise_is_broken_when_postgresql_ends_all_connections_again_and_again() {
    let runtime = runtime();
    let database = runtime.block_on(testing::empty_postgres());
    let place = Place::new();
    let rush = Rush::open(&place, &database.url);
    let server = Server::start(&place, &database.url, &rush.world.at);
    for _ in 0..CUTS {
        rush.hear(30);
        runtime.block_on(cut(&database.url));
    }
    // The same server goes on.
    rush.hear(50);
    rush.stop();
    let promised = rush.end(&place);
    server.end();
    audit(&place, &database.url, "ledger");
    runtime.block_on(compare(&place.path(""), &database.url, &promised));
    runtime.block_on(database.finish());
}

/// The one process below `parent`, or below that.
fn child(parent: u32) -> u32 {
    let of = fs::read_to_string(format!("/proc/{parent}/task/{parent}/children")).unwrap();
    of.split_whitespace().next().unwrap().parse().unwrap()
}

/// Writes until nothing more fits.
fn fill(path: &Path) {
    let mut ballast = File::create(path).unwrap();
    let block = [0_u8; 4096];
    while ballast.write_all(&block).is_ok() {}
}

#[test]
fn a_full_disk_promises_nothing_and_when_there_is_room_again_the_server_goes_on() {
    let place = Place::new();
    let rush = Rush::open(&place, "sqlite:hadir.db");
    // A disk of its own that only this server sees, with the database on it; when it ends, what is left is carried out.
    let script = r#"mkdir disk && mount -t tmpfs -o size=24m tmpfs disk && cp -a hadir.db* ledger disk/ && "$0" "$@"
                    mkdir after && cp -a disk/. after/"#;
    let mut wrapped = Command::new("unshare");
    wrapped.args(["--user", "--map-root-user", "--mount", "--fork", "sh", "-c", script]);
    wrapped.arg(env!("CARGO_BIN_EXE_hadir"));
    let server = Server::start_in(&place, "sqlite:disk/hadir.db", &rush.world.at, wrapped);
    let process = child(child(server.id()));
    let disk = PathBuf::from(format!("/proc/{process}/cwd/disk"));
    rush.hear(100);
    for _ in 0..3 {
        fill(&disk.join("ballast"));
        rush.hear_refusals(50);
        fs::remove_file(disk.join("ballast")).unwrap();
        // What was under way is heard first.
        rush.hear(100);
    }
    rush.stop();
    let promised = rush.end(&place);
    server.stop(process);
    audit(&place, "sqlite:after/hadir.db", "after/ledger");
    runtime().block_on(compare(&place.path("after"), "sqlite:hadir.db", &promised));
}

#[test]
fn postgresql_on_a_full_disk_promises_nothing_and_when_there_is_room_again_all_goes_on() {
    let runtime = runtime();
    let postgres = OwnServer::new();
    let url = runtime.block_on(postgres.database());
    let place = Place::new();
    let rush = Rush::open(&place, &url);
    let server = Server::start(&place, &url, &rush.world.at);
    rush.hear(100);
    for _ in 0..3 {
        // Nothing that is stored can grow.
        let full =
            Tracer::begin("pwrite64,pwritev", "error=ENOSPC", &postgres.files(), &postgres.processes());
        rush.hear_refusals(50);
        full.end();
        rush.hear(100);
    }
    rush.stop();
    let promised = rush.end(&place);
    server.end();
    audit(&place, &url, "ledger");
    runtime.block_on(compare(&place.path(""), &url, &promised));
}

#[test]
fn after_a_flush_that_failed_nothing_is_signed_until_a_restart() {
    let place = Place::new();
    let rush = Rush::open(&place, "sqlite:hadir.db");
    let mut traced = Command::new("strace");
    traced.args(["-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync"]);
    traced.args(["-e", "inject=fsync,fdatasync:error=EIO:when=200..215", env!("CARGO_BIN_EXE_hadir")]);
    let server = Server::start_in(&place, "sqlite:hadir.db", &rush.world.at, traced);
    rush.hear_refusals(200);
    let heard = rush.heard.try_iter().count();
    assert!(heard > 0, "it worked before");
    rush.hear_refusals(200);
    assert_eq!(rush.heard.try_iter().count(), 0, "whether the disk keeps what it took is not known");
    let process = child(server.id());
    server.stop(process);
    rush.stop();
    let server = Server::start(&place, "sqlite:hadir.db", &rush.world.at);
    let promised = rush.end(&place);
    server.end();
    audit(&place, "sqlite:hadir.db", "ledger");
    runtime().block_on(compare(&place.path(""), "sqlite:hadir.db", &promised));
}
