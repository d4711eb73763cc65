//! A listener with the real desk on a test database, and a client that writes bytes.

use std::{net::SocketAddr, sync::Arc};

use domain::{
    clock::FixedClock,
    ids::{EmployeeId, UnitId},
    zone::Zone,
};
use intake::{Door, Settings};
use jiff::{Timestamp, ToSpan, civil::date};
use service::{
    Office,
    office::testing::SeededEntropy,
    terminal_admin::{self, Approval},
    terminal_desk::TerminalDesk,
};
use store::{
    Db, Scope, Tx,
    employee::{self, Attribute, Employee, EmployeeNumber, NumberKind, names},
    org::{self, Unit},
    punch::{self, PunchRow},
    terminal::{self as register, Alert, Terminal},
    testing::{TENANT, clock, start},
};
use terminal::listener::{Config, Listener};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::oneshot,
    task::JoinHandle,
};
use uuid::Uuid;

/// Serial number of the terminal used most.
pub const SERIAL: &str = "BOCK200961014";
/// The root.
pub const PEMDA: UnitId = UnitId(Uuid::from_u128(1));
/// An OPD in the zone of the government, WIB.
pub const DINAS: UnitId = UnitId(Uuid::from_u128(2));
/// An OPD in WITA.
pub const BADAN: UnitId = UnitId(Uuid::from_u128(3));
/// Who acts in these tests.
pub const ACTOR: &str = "cli";

pub struct Server {
    pub office: Office,
    pub clock: Arc<FixedClock>,
    pub door: Door,
    pub address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub body: String,
}

impl Server {
    /// A listener over a database with two OPDs.
    pub async fn start(db: Db) -> Self {
        let server = Self::over(db, 1).await;
        let mut tx = server.write().await;
        let units = [
            unit(PEMDA, None, "1", false, None),
            unit(DINAS, Some(PEMDA), "1.01", true, None),
            unit(BADAN, Some(PEMDA), "1.02", true, Some(Zone::Wita)),
        ];
        org::put(&mut tx, &units).await.unwrap();
        tx.commit().await.unwrap();
        server
    }

    /// A listener over a database as it is. Another seed for another start, or its ids would be the same.
    pub async fn over(db: Db, seed: u64) -> Self {
        let clock = Arc::new(clock());
        let office = Office::new(db, clock.clone(), Arc::new(SeededEntropy::new(seed)), TENANT);
        let (door, _) = Door::open(office.db.clone(), TENANT, Settings::default());
        let desk = Arc::new(TerminalDesk::new(office.clone(), door.clone()));
        // The client speaks through a proxy, so that it can come from any address.
        let config = Config { trusted_proxies: vec!["127.0.0.1".parse().unwrap()], ..Config::default() };
        let any = "127.0.0.1:0".parse().unwrap();
        let listener = Listener::bind(any, config, desk, clock.clone()).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(listener.run(async move {
            let _ = stopped.await;
        }));
        Self { office, clock, door, address, stop, task }
    }

    /// Ends the listener.
    pub async fn stop(self) {
        let _ = self.stop.send(());
        self.task.await.unwrap();
    }

    pub async fn write(&self) -> Tx {
        self.office.db.begin_write(TENANT).await.unwrap()
    }

    pub async fn read(&self) -> Tx {
        self.office.db.begin_read(TENANT).await.unwrap()
    }

    /// Introduces the terminal and approves it for a unit.
    pub async fn approved(&self, serial: &str, unit: UnitId) -> Terminal {
        self.get(&format!("/iclock/cdata?SN={serial}&options=all&pushver=2.4.1")).await;
        let mut tx = self.write().await;
        let terminal =
            terminal_admin::approve(&self.office, &mut tx, serial, Approval::at(unit), ACTOR).await.unwrap();
        tx.commit().await.unwrap();
        // The command that follows an approval is fetched, and the terminal known to the listener.
        self.get(&format!("/iclock/getrequest?SN={serial}")).await;
        terminal
    }

    pub async fn get(&self, target: &str) -> Reply {
        self.get_from("127.0.0.1", target).await
    }

    pub async fn get_from(&self, ip: &str, target: &str) -> Reply {
        let head =
            format!("GET {target} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: {ip}\r\nConnection: close\r\n\r\n");
        self.send(head.as_bytes()).await
    }

    pub async fn post(&self, target: &str, body: impl AsRef<[u8]>) -> Reply {
        self.post_from("127.0.0.1", target, body).await
    }

    pub async fn post_from(&self, ip: &str, target: &str, body: impl AsRef<[u8]>) -> Reply {
        let body = body.as_ref();
        let mut bytes = format!(
            "POST {target} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: {ip}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
            body.len()
        )
        .into_bytes();
        bytes.extend_from_slice(body);
        self.send(&bytes).await
    }

    /// Punches of a terminal.
    pub async fn punches(&self, serial: &str, body: &str) -> Reply {
        self.post(&format!("/iclock/cdata?SN={serial}&table=ATTLOG&Stamp=9999"), body).await
    }

    /// Writes bytes, closes the sending side and reads the whole reply.
    pub async fn send(&self, bytes: &[u8]) -> Reply {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut reply = Vec::new();
        stream.read_to_end(&mut reply).await.unwrap();
        let reply = String::from_utf8(reply).unwrap();
        let (head, body) = reply.split_once("\r\n\r\n").unwrap_or((&reply, ""));
        let status = head.split(' ').nth(1).unwrap_or("0").parse().unwrap();
        Reply { status, body: body.to_owned() }
    }

    /// Moves the clock.
    pub fn pass(&self, seconds: i64) {
        self.clock.advance(jiff::SignedDuration::from_secs(seconds));
    }

    /// How many punches are stored, of all terminals.
    pub async fn stored(&self) -> i64 {
        let mut tx = self.read().await;
        punch::latest(&mut tx, Timestamp::MIN).await.unwrap().iter().map(|l| l.punches).sum()
    }

    pub async fn terminal(&self, serial: &str) -> Terminal {
        register::by_serial(&mut self.read().await, serial).await.unwrap().unwrap()
    }

    pub async fn alerts(&self) -> Vec<Alert> {
        register::open_alerts(&mut self.read().await).await.unwrap()
    }

    /// Kinds of the open alerts, sorted.
    pub async fn alert_kinds(&self) -> Vec<String> {
        let mut kinds: Vec<String> = self.alerts().await.into_iter().map(|a| a.kind).collect();
        kinds.sort();
        kinds
    }

    /// The punches of a person, by time.
    pub async fn punches_of(&self, person: EmployeeId) -> Vec<PunchRow> {
        let mut tx = self.read().await;
        let (from, until) = (start() - (24 * 400).hours(), start() + (24 * 400).hours());
        punch::of(&mut tx, Scope::People(&[person]), from, until).await.unwrap()
    }

    /// A person of a unit with a number made from `n`.
    pub async fn person(&self, n: u32, name: &str, unit: UnitId) -> EmployeeId {
        let mut tx = self.write().await;
        let employee_id = EmployeeId(Uuid::from_u128(1000 + u128::from(n)));
        let row = Employee {
            employee_id,
            name: name.to_owned(),
            front_title: String::new(),
            back_title: String::new(),
            birth_date: None,
            sex: None,
            created_at: start(),
            import_id: None,
        };
        employee::add(&mut tx, &[row]).await.unwrap();
        let since = date(2025, 1, 1);
        let number = EmployeeNumber {
            employee_id,
            number: number(n),
            kind: NumberKind::Nip,
            valid_from: since,
            valid_until: None,
            recorded_at: start(),
            import_id: None,
        };
        employee::add_numbers(&mut tx, &[number]).await.unwrap();
        let placed = Attribute {
            employee_id,
            attribute: names::UNIT.to_owned(),
            valid_from: since,
            recorded_at: start(),
            value: Some(unit.to_string()),
            source: "SK".to_owned(),
            actor: ACTOR.to_owned(),
            import_id: None,
        };
        employee::add_attributes(&mut tx, &[placed]).await.unwrap();
        tx.commit().await.unwrap();
        employee_id
    }
}

/// The NIP of person `n`.
pub fn number(n: u32) -> String {
    format!("198003152005011{n:03}")
}

fn unit(id: UnitId, parent: Option<UnitId>, code: &str, is_opd: bool, zone: Option<Zone>) -> Unit {
    Unit {
        unit_id: id,
        parent_id: parent,
        code: code.to_owned(),
        name: format!("Unit {code}"),
        kind: "dinas".to_owned(),
        is_opd,
        zone,
        address: String::new(),
        phone: String::new(),
        head_title: "Kepala".to_owned(),
        sort_order: 0,
        closed_on: None,
        created_at: start(),
    }
}
