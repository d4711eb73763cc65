//! A morning rush at a server that is disturbed: devices at the wall that keep what was promised outside of it. Every device
//! writes down, durably, what it is about to send and what it heard.

use std::{
    collections::HashMap,
    fs::File,
    io::{BufRead, BufReader, ErrorKind, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread::JoinHandle,
    time::Duration,
};

use domain::ids::TenantId;
use jiff::{ToSpan, civil::date};
use serde_json::{Value, json};
use store::{Db, EngineKind, log, testing::query_sql};

use crate::run::Place;

/// Devices that send at the same time.
const DEVICES: usize = 8;
/// Devices that ask once more in the end, so many that the server answers them in batches.
const ASKING: usize = 64;
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
pub struct Address {
    now: Mutex<(usize, String)>,
    moved: Condvar,
}

impl Address {
    pub fn set(&self, address: String) {
        let mut now = self.now.lock().unwrap();
        *now = (now.0 + 1, address);
        self.moved.notify_all();
    }

    /// The address after start number `before`.
    pub fn after(&self, before: usize) -> (usize, String) {
        let now = self.now.lock().unwrap();
        self.moved.wait_while(now, |now| now.0 <= before).unwrap().clone()
    }
}

/// A server that was started.
pub struct Server(Child);

impl Server {
    /// Starts the server itself.
    pub fn start(place: &Place, url: &str, at: &Address) -> Server {
        Server::start_in(place, url, at, Command::new(env!("CARGO_BIN_EXE_hadir")))
    }

    /// Starts it by a command that wants only its arguments: the server, or what runs it.
    pub fn start_in(place: &Place, url: &str, at: &Address, mut command: Command) -> Server {
        let said = File::options().create(true).append(true).open(place.path("server.log")).unwrap();
        let mut child = command
            .env_clear()
            .envs([("HADIR_LISTEN", "127.0.0.1:0"), ("HADIR_TERMINAL_LISTEN", "127.0.0.1:0")])
            // The cluster of the tests flushes nothing.
            .env("HADIR_VOLATILE_DATABASE", "true")
            // Beside a SQLite database it finds the folder itself.
            .envs(url.starts_with("postgres").then_some(("HADIR_LEDGER_DIR", "ledger")))
            .args(["serve", "--database-url", url])
            .current_dir(place.path(""))
            .stdout(Stdio::piped())
            .stderr(said)
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let link = lines.map(Result::unwrap).find(|line| line.contains("/siapkan/")).expect("it starts");
        at.set(link.trim().strip_prefix("http://").unwrap().split('/').next().unwrap().to_owned());
        Server(child)
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    /// The process.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Asks it to stop, and waits: all that it stored is published.
    pub fn end(self) {
        let process = self.id();
        self.stop(process);
    }

    /// Asks the process of the server to stop, and waits for what runs it.
    pub fn stop(mut self, process: u32) {
        Command::new("kill").args(["-TERM", &process.to_string()]).status().unwrap();
        self.0.wait().unwrap();
    }
}

/// Sends a punch once: what was answered, or nothing when nobody knows.
fn send(address: &str, token: &str, body: &str) -> std::io::Result<(u16, Value)> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    stream.write_all(request(token, body).as_bytes())?;
    let mut answer = String::new();
    std::io::Read::read_to_string(&mut stream, &mut answer)?;
    let broken = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
    let (head, said) = answer.split_once("\r\n\r\n").ok_or_else(broken)?;
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).ok_or_else(broken)?;
    Ok((status, serde_json::from_str(said).map_err(|_| broken())?))
}

/// The body of a page that anybody may read.
pub fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: hadir\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    std::io::Read::read_to_string(&mut stream, &mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    body.to_owned()
}

impl Drop for Server {
    /// A test that fails leaves no server behind.
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// What a device writes to say this once.
pub fn request(token: &str, body: &str) -> String {
    format!(
        "POST /api/presensi HTTP/1.1\r\nHost: hadir\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn id(number: usize) -> String {
    format!("{:032x}", number + 1)
}

/// What press number `number` is.
pub fn body(number: usize) -> String {
    let at = date(2026, 10, 1).at(7, 0, 0, 0) + (number as i64 / 2).seconds();
    json!({ "id": id(number), "pin": (number % 2 + 1).to_string(), "at": format!("{at}+07:00") }).to_string()
}

/// A device: one punch after another.
fn device(world: &World) {
    while !world.is_over.load(Ordering::Relaxed) && !world.is_strange.load(Ordering::Relaxed) {
        let number = world.next.fetch_add(1, Ordering::Relaxed);
        world.ledger.write(&format!("intent {number}"));
        world.press(number);
    }
}

/// The server's surroundings.
pub struct World {
    pub at: Address,
    pub token: String,
    ledger: Ledger,
    next: AtomicUsize,
    is_over: AtomicBool,
    is_strange: AtomicBool,
    refused: Sender<()>,
    acknowledged: Sender<usize>,
}

impl World {
    /// So many new presses, written down as intended.
    pub fn intend(&self, count: usize) -> Vec<usize> {
        let first = self.next.fetch_add(count, Ordering::Relaxed);
        let numbers: Vec<usize> = (first..first + count).collect();
        let lines: Vec<String> = numbers.iter().map(|number| format!("intent {number}")).collect();
        self.ledger.write(&lines.join("\n"));
        numbers
    }

    /// Writes down that a press was acknowledged as this punch.
    pub fn promise(&self, number: usize, punch: &str) {
        self.ledger.write(&format!("ok {number} {punch}"));
    }

    /// Sends a press that is intended until it is acknowledged.
    pub fn press(&self, number: usize) {
        let body = body(number);
        let mut start = 0;
        loop {
            let address;
            (start, address) = self.at.after(start.max(1) - 1);
            match send(&address, &self.token, &body) {
                Ok((200, said)) => {
                    self.promise(number, said["id"].as_str().unwrap());
                    self.acknowledged.send(start).ok();
                    break;
                }
                // The server says to come again: at once is early, but nothing forbids it.
                Ok((503 | 507, _)) => {
                    self.refused.send(()).ok();
                }
                Ok((status, said)) => {
                    self.ledger.write(&format!("strange {number} {status} {said}"));
                    self.is_strange.store(true, Ordering::Relaxed);
                    return;
                }
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                    self.ledger.write(&format!("unknown {number}"));
                }
                Err(_) => {
                    self.ledger.write(&format!("unknown {number}"));
                    // Wait for the next start, unless it has happened already.
                    start += 1;
                }
            }
        }
    }
}

/// Devices that send until they are told that it is over.
pub struct Rush {
    pub world: Arc<World>,
    /// The start at which each punch was acknowledged.
    pub heard: Receiver<usize>,
    refusals: Receiver<()>,
    devices: Vec<JoinHandle<()>>,
    folder: PathBuf,
}

impl Rush {
    /// Makes people and a device in an empty database; the devices begin with the first server.
    pub fn open(place: &Place, url: &str) -> Rush {
        let hadir = |arguments: &[&str]| place.run(arguments, &[("HADIR_DATABASE_URL", url)], "").ok();
        place.write("list.csv", LIST);
        hadir(&["import", "employees", "list.csv", "--effective", "2025-01-01"]);
        // The PINs of an import before the first terminal are in a group that all can share.
        let add =
            ["device", "add", "--opd", "DISDIK", "--name", "Kios", "--group", "UTAMA", "--format", "json"];
        let made = hadir(&add).json();
        assert_eq!(made["group"], json!({ "code": "UTAMA", "pins": 2 }));
        let (acknowledged, heard) = channel();
        let (refused, refusals) = channel();
        let world = Arc::new(World {
            at: Address::default(),
            ledger: Ledger(Mutex::new(File::create(place.path("outside.txt")).unwrap())),
            token: made["token"].as_str().unwrap().to_owned(),
            next: AtomicUsize::new(0),
            is_over: AtomicBool::new(false),
            is_strange: AtomicBool::new(false),
            refused,
            acknowledged,
        });
        let device = |_| {
            let world = Arc::clone(&world);
            std::thread::spawn(move || device(&world))
        };
        let devices = (0..DEVICES).map(device).collect();
        Rush { world, heard, refusals, devices, folder: place.path("") }
    }

    /// Waits until so many more punches are acknowledged.
    pub fn hear(&self, count: usize) {
        self.wait(&self.heard, count);
    }

    /// Waits until the server said so many more times to come again.
    pub fn hear_refusals(&self, count: usize) {
        self.refusals.try_iter().for_each(drop);
        self.wait(&self.refusals, count);
    }

    fn wait<T>(&self, news: &Receiver<T>, count: usize) {
        for _ in 0..count {
            while news.recv_timeout(Duration::from_millis(100)).is_err() {
                self.nothing_strange();
            }
        }
    }

    /// Fails when a device heard what no device should hear.
    fn nothing_strange(&self) {
        let is_strange = self.world.is_strange.load(Ordering::Relaxed);
        let said = |name| std::fs::read_to_string(self.folder.join(name)).unwrap_or_default();
        let tail = |text: String| text.lines().rev().take(20).collect::<Vec<_>>().join("\n");
        assert!(!is_strange, "{}\n{}", tail(said("outside.txt")), tail(said("server.log")));
    }

    /// Tells the devices that it is over. The server must be there until [`Rush::end`].
    pub fn stop(&self) {
        self.world.is_over.store(true, Ordering::Relaxed);
    }

    /// Waits for the devices; what was promised, each of it answered the same once more.
    pub fn end(self, place: &Place) -> HashMap<usize, String> {
        self.devices.into_iter().for_each(|device| device.join().unwrap());
        let promised = promised(&std::fs::read_to_string(place.path("outside.txt")).unwrap());
        let (_, address) = self.world.at.after(0);
        let (all, next) = (promised.iter().collect::<Vec<_>>(), AtomicUsize::new(0));
        let ask = || {
            while let Some((number, punch)) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                let (status, said) = send(&address, &self.world.token, &body(**number)).unwrap();
                assert_eq!((status, &said["id"], &said["again"]), (200, &json!(punch), &json!(true)));
            }
        };
        std::thread::scope(|scope| (0..ASKING).for_each(|_| drop(scope.spawn(ask))));
        promised
    }
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

/// The database after it all, against what was promised.
pub async fn compare(folder: &Path, url: &str, promised: &HashMap<usize, String>) {
    let file = url.strip_prefix("sqlite:").map(|name| format!("sqlite:{}", folder.join(name).display()));
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
    assert_eq!(store::punch::unmapped(&mut tx, 10).await.unwrap(), [], "both PINs were imported");
    assert_eq!(log::check(&mut tx).await.unwrap().findings, vec![]);
    drop(tx);
    db.close().await;
}
