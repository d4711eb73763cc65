//! `kill -9` of the server under load, again and again. What was promised is kept outside of it: every device writes down,
//! durably, what it is about to send and what it heard, as a device at the wall would. See `HADIR_KILLS`.

use std::{
    collections::HashMap,
    fs::File,
    io::{BufRead, BufReader, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    time::{Duration, Instant},
};

use domain::ids::TenantId;
use jiff::{ToSpan, civil::date};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use store::{
    Db, EngineKind, log,
    testing::{self, query_sql},
};

use crate::run::Place;

/// Devices that send at the same time.
const DEVICES: usize = 8;
/// Kills, unless `HADIR_KILLS` says otherwise.
const KILLS: usize = 50;
/// How long an answer may take before nobody knows.
const PATIENCE: Duration = Duration::from_secs(20);

const LIST: &str = "NIP;NAMA;JENIS PEGAWAI;GOLONGAN;JABATAN;KELAS;KODE OPD;OPD;JADWAL;PIN
198003152005011001;Ahmad Fauzi;PNS;III/a;Analis;7;DISDIK;Dinas Pendidikan;perpres-21-2023;1
198504122010012002;Siti Aminah;PNS;III/b;Arsiparis;7;DISDIK;Dinas Pendidikan;perpres-21-2023;2
";

/// What the devices remember, outside of the server: a line is on the disk before anything follows from it.
struct Ledger(Mutex<File>);

impl Ledger {
    fn write(&self, line: &str) {
        let mut file = self.0.lock().unwrap();
        writeln!(file, "{line}").unwrap();
        file.sync_data().unwrap();
    }
}

/// Where the server is at present; it has another port after each start.
#[derive(Default)]
struct Address {
    now: Mutex<(usize, String)>,
    moved: Condvar,
}

impl Address {
    fn set(&self, address: String) {
        let mut now = self.now.lock().unwrap();
        *now = (now.0 + 1, address);
        self.moved.notify_all();
    }

    /// The address after start number `before`.
    fn after(&self, before: usize) -> (usize, String) {
        let now = self.now.lock().unwrap();
        self.moved.wait_while(now, |now| now.0 <= before).unwrap().clone()
    }
}

/// A server that was started.
struct Server(Child);

impl Server {
    fn start(place: &Place, url: &str, at: &Address) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_hadir"))
            .env_clear()
            .envs([("HADIR_LISTEN", "127.0.0.1:0"), ("HADIR_TERMINAL_LISTEN", "127.0.0.1:0")])
            .args(["serve", "--database-url", url])
            .current_dir(place.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let link = lines.map(Result::unwrap).find(|line| line.contains("/siapkan/")).expect("it starts");
        at.set(link.trim().strip_prefix("http://").unwrap().split('/').next().unwrap().to_owned());
        Server(child)
    }

    fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// Sends a punch once: what was answered, or nothing when nobody knows.
fn send(address: &str, token: &str, body: &str) -> std::io::Result<(u16, Value)> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    write!(
        stream,
        "POST /api/presensi HTTP/1.1\r\nHost: hadir\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = String::new();
    std::io::Read::read_to_string(&mut stream, &mut answer)?;
    let broken = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
    let (head, said) = answer.split_once("\r\n\r\n").ok_or_else(broken)?;
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).ok_or_else(broken)?;
    Ok((status, serde_json::from_str(said).map_err(|_| broken())?))
}

fn id(number: usize) -> String {
    format!("{number:032x}")
}

fn body(number: usize) -> String {
    let at = date(2026, 10, 1).at(7, 0, 0, 0) + (number as i64 / 2).seconds();
    json!({ "id": id(number), "pin": (number % 2 + 1).to_string(), "at": format!("{at}+07:00") }).to_string()
}

/// A device: one punch after another, each until it is acknowledged.
fn device(world: &World) {
    while !world.is_over.load(Ordering::Relaxed) {
        let number = world.next.fetch_add(1, Ordering::Relaxed);
        let body = body(number);
        let mut start = 0;
        loop {
            let address;
            (start, address) = world.at.after(start.max(1) - 1);
            world.ledger.write(&format!("intent {number}"));
            match send(&address, &world.token, &body) {
                Ok((200, said)) => {
                    world.ledger.write(&format!("ok {number} {}", said["id"].as_str().unwrap()));
                    world.acknowledged.send(start).ok();
                    break;
                }
                // The server says to come again: at once is early, but nothing forbids it.
                Ok((503, _)) => {}
                Ok((status, said)) => panic!("{status}: {said}"),
                Err(_) => {
                    world.ledger.write(&format!("unknown {number}"));
                    // Wait for the next start, unless it has happened already.
                    start += 1;
                }
            }
        }
    }
}

struct World {
    at: Address,
    ledger: Ledger,
    token: String,
    next: AtomicUsize,
    is_over: AtomicBool,
    acknowledged: Sender<usize>,
}

fn kill_loop(url: &str, kills: usize) {
    let place = Place::new();
    let hadir = |arguments: &[&str]| place.run(arguments, &[("HADIR_DATABASE_URL", url)], "").ok();
    place.write("list.csv", LIST);
    hadir(&["import", "employees", "list.csv", "--effective", "2025-01-01"]);
    let made = hadir(&["device", "add", "--opd", "DISDIK", "--name", "Kios", "--format", "json"]).json();
    let (acknowledged, heard) = channel();
    let world = Arc::new(World {
        at: Address::default(),
        ledger: Ledger(Mutex::new(File::create(place.path("outside.txt")).unwrap())),
        token: made["token"].as_str().unwrap().to_owned(),
        next: AtomicUsize::new(0),
        is_over: AtomicBool::new(false),
        acknowledged,
    });
    let devices: Vec<_> = (0..DEVICES)
        .map(|_| {
            let world = Arc::clone(&world);
            std::thread::spawn(move || device(&world))
        })
        .collect();
    let recoveries = kill_again_and_again(&place, url, &world, &heard, kills);
    world.is_over.store(true, Ordering::Relaxed);
    let server = Server::start(&place, url, &world.at);
    devices.into_iter().for_each(|device| device.join().unwrap());
    let promised = promised(&std::fs::read_to_string(place.path("outside.txt")).unwrap());
    // What was acknowledged is answered the same for ever.
    let (_, address) = world.at.after(0);
    for (number, punch) in promised.iter().take(100) {
        let (status, said) = send(&address, &world.token, &body(*number)).unwrap();
        assert_eq!((status, &said["id"], &said["again"]), (200, &json!(punch), &json!(true)));
    }
    server.kill();
    tokio::runtime::Runtime::new().unwrap().block_on(compare(&place, url, &promised));
    report(recoveries, kills, promised.len());
}

/// Starts and kills; how long after each start the first punch was acknowledged.
fn kill_again_and_again(
    place: &Place,
    url: &str,
    world: &World,
    heard: &Receiver<usize>,
    kills: usize,
) -> Vec<Duration> {
    let mut rng = ChaCha8Rng::seed_from_u64(9);
    let mut recoveries = Vec::new();
    for start in 1..=kills {
        let begin = Instant::now();
        let server = Server::start(place, url, &world.at);
        // What an earlier start acknowledged does not count.
        heard.iter().find(|of| *of == start).unwrap();
        recoveries.push(begin.elapsed());
        for _ in 0..rng.random_range(0..40) {
            heard.recv().unwrap();
        }
        // Anywhere within a transaction, not only right behind an answer.
        let (since, moment) = (Instant::now(), Duration::from_micros(rng.random_range(0..3_000)));
        while since.elapsed() < moment {
            std::hint::spin_loop();
        }
        server.kill();
    }
    recoveries
}

/// The acknowledged punches of the outside ledger, by the number of the press.
fn promised(ledger: &str) -> HashMap<usize, String> {
    let mut promised = HashMap::new();
    let mut intended = std::collections::HashSet::new();
    for line in ledger.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let number: usize = words[1].parse().unwrap();
        match words[0] {
            "ok" => assert!(promised.insert(number, words[2].to_owned()).is_none(), "once is enough"),
            _ => {
                intended.insert(number);
            }
        }
    }
    assert_eq!(promised.len(), intended.len(), "every press was acknowledged in the end");
    promised
}

/// The database after it all, against the outside ledger.
async fn compare(place: &Place, url: &str, promised: &HashMap<usize, String>) {
    let file = url.strip_prefix("sqlite:").map(|name| format!("sqlite:{}", place.path(name).display()));
    let db = Db::connect(file.as_deref().unwrap_or(url)).await.unwrap();
    let mut tx = db.begin_read(TenantId(1)).await.unwrap();
    // Straight from the table: the punches of PINs that belong to nobody count, too.
    let rows = match tx.kind() {
        EngineKind::Sqlite => {
            let sql = "SELECT LOWER(HEX(punch_id)) || ' ' || pin || ' ' || local_time AS value FROM punch";
            query_sql(&mut tx, sql).await
        }
        EngineKind::Postgres => {
            let sql = "SELECT ENCODE(punch_id, 'hex') || ' ' || pin || ' ' || local_time AS value FROM punch";
            query_sql(&mut tx, sql).await
        }
    };
    let split = |row: String| row.split_once(' ').map(|(id, press)| (id.to_owned(), press.to_owned()));
    let stored: HashMap<String, String> = rows.unwrap().into_iter().filter_map(split).collect();
    for (number, punch) in promised {
        let said: Value = serde_json::from_str(&body(*number)).unwrap();
        let expected = format!("{} {}", said["pin"].as_str().unwrap(), &said["at"].as_str().unwrap()[..19]);
        assert_eq!(
            stored.get(&punch.replace('-', "")),
            Some(&expected.replace('T', " ")),
            "an acknowledged punch is lost"
        );
    }
    assert_eq!(stored.len(), promised.len(), "one for each press, none twice");
    assert_eq!(log::check(&mut tx).await.unwrap().findings, vec![]);
    drop(tx);
    db.close().await;
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
