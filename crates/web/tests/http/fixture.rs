//! Two OPDs with a few people, one judged month, and an account per role; the real router on top.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::{
    clock::FixedClock,
    ids::{AccountId, DeviceGroupId, EmployeeId, PunchId, TerminalId, UnitId},
    org::Stage,
    rights::Role,
    zone::Zone,
};
use http_body_util::BodyExt;
use intake::{Door, Settings};
use jiff::civil::{Date, date};
use service::{
    Office,
    account::{NewAccount, add, grant},
    office::testing::SeededEntropy,
    policy_admin, reference,
};
use store::{
    Db,
    employee::{self, Attribute, Employee, EmployeeNumber, NumberKind, names},
    month_input::{self, MonthInput},
    org::{self, StageRecord, Unit},
    punch::{self, PunchRow, PunchSource},
    schedule::{self, UnitSchedule},
    terminal::{self, Group, Terminal, TerminalState},
    testing::TENANT,
};
use tower::ServiceExt;
use web::server::{Site, SiteSettings, app};

pub const PASSPHRASE: &str = "kopi-hujan-sawah-biru";

/// A running installation in memory of a test.
pub struct World {
    pub office: Office,
    pub router: Router,
    pub door: Door,
    pub units: Vec<UnitId>,
    pub people: Vec<EmployeeId>,
    pub terminal: TerminalId,
    pub group: DeviceGroupId,
}

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|v| v.to_str().ok()).unwrap_or("")
    }
}

/// A browser with a session.
pub struct Browser<'w> {
    world: &'w World,
    cookie: String,
    pub csrf: String,
}

impl World {
    /// `people` persons in the first OPD (in force), one in the second (pendataan). It is Tuesday, 3 November 2026.
    pub async fn new(db: Db, people: usize) -> World {
        Self::with_clock(db, people).await.0
    }

    /// [`World::new`] and its clock.
    pub async fn with_clock(db: Db, people: usize) -> (World, Arc<FixedClock>) {
        let clock = Arc::new(store::testing::clock());
        clock.set(Zone::Wib.instant(date(2026, 11, 3).at(8, 30, 0, 0)).unwrap());
        let office = Office::new(db, clock.clone(), Arc::new(SeededEntropy::new(7)), TENANT);
        let (door, _) = Door::open(office.db.clone(), TENANT, Settings::default());
        let site = Site::new(office.clone(), door.clone(), SiteSettings::default());
        let mut world = World {
            terminal: office.id(TerminalId::new),
            group: office.id(DeviceGroupId::new),
            router: app(site),
            door,
            office,
            units: Vec::new(),
            people: Vec::new(),
        };
        world.organise().await;
        world.employ(people).await;
        (world, clock)
    }

    async fn organise(&mut self) {
        let office = &self.office;
        let ids: Vec<UnitId> = (0..3).map(|_| office.id(UnitId::new)).collect();
        let unit = |n: usize, code: &str, name: &str| Unit {
            unit_id: ids[n],
            parent_id: (n > 0).then_some(ids[0]),
            code: code.into(),
            name: name.into(),
            kind: "dinas".into(),
            is_opd: n > 0,
            zone: None,
            address: String::new(),
            phone: String::new(),
            head_title: String::new(),
            sort_order: n as i64,
            closed_on: None,
            created_at: office.now(),
        };
        let units = [
            unit(0, "PEMDA", "Pemda"),
            unit(1, "DISDIK", "Dinas Pendidikan"),
            unit(2, "DINSOS", "Dinas Sosial"),
        ];
        let stage = |n: usize, stage| StageRecord {
            unit_id: ids[n],
            since: date(2026, 1, 1),
            recorded_at: office.now(),
            stage,
            note: String::new(),
            actor: "test".into(),
        };
        let schedule = UnitSchedule {
            unit_id: ids[0],
            valid_from: date(2024, 1, 1),
            recorded_at: office.now(),
            schedule_code: domain::schedule::builtin::DEFAULT.into(),
            actor: "test".into(),
        };
        let mut tx = office.db.begin_write(TENANT).await.unwrap();
        org::put(&mut tx, &units).await.unwrap();
        org::add_stages(&mut tx, &[stage(1, Stage::Berlaku), stage(2, Stage::Pendataan)]).await.unwrap();
        schedule::assign(&mut tx, &[schedule]).await.unwrap();
        let group = Group {
            group_id: self.group,
            code: "DISDIK".into(),
            name: "Disdik".into(),
            created_at: office.now(),
        };
        terminal::put_groups(&mut tx, &[group]).await.unwrap();
        terminal::put(&mut tx, &self.terminal_row(ids[1])).await.unwrap();
        let policy = domain::policy::shipped("default-60-40").unwrap().text;
        policy_admin::activate(office, &mut tx, policy, "a", "b").await.unwrap();
        reference::moved(office, &mut tx, "test").await.unwrap();
        tx.commit().await.unwrap();
        self.units = ids;
    }

    pub fn terminal_row(&self, unit: UnitId) -> Terminal {
        let now = self.office.now();
        Terminal {
            state: TerminalState::Approved,
            name: "Lobi".into(),
            unit_id: Some(unit),
            group_id: Some(self.group),
            approved_at: Some(now),
            approved_by: Some("test".into()),
            ..Terminal::met(self.terminal, "CEXX202360123", Zone::Wib, now)
        }
    }

    async fn employ(&mut self, count: usize) {
        let ids: Vec<EmployeeId> = (0..=count).map(|_| self.office.id(EmployeeId::new)).collect();
        let now = self.office.now();
        let rows: Vec<Employee> = ids
            .iter()
            .enumerate()
            .map(|(n, id)| Employee {
                employee_id: *id,
                name: format!("Pegawai {n:03}"),
                front_title: String::new(),
                back_title: "S.E.".into(),
                birth_date: None,
                sex: None,
                created_at: now,
                import_id: None,
            })
            .collect();
        let numbers: Vec<EmployeeNumber> = ids
            .iter()
            .enumerate()
            .map(|(n, id)| EmployeeNumber {
                employee_id: *id,
                number: number(n),
                kind: NumberKind::Nip,
                valid_from: date(2025, 1, 1),
                valid_until: None,
                recorded_at: now,
                import_id: None,
            })
            .collect();
        let facts: Vec<Attribute> =
            ids.iter().enumerate().flat_map(|(n, id)| self.facts(*id, n == count)).collect();
        let mut tx = self.office.db.begin_write(TENANT).await.unwrap();
        employee::add(&mut tx, &rows).await.unwrap();
        employee::add_numbers(&mut tx, &numbers).await.unwrap();
        employee::add_attributes(&mut tx, &facts).await.unwrap();
        tx.commit().await.unwrap();
        self.people = ids;
    }

    fn facts(&self, id: EmployeeId, elsewhere: bool) -> Vec<Attribute> {
        let unit = if elsewhere { self.units[2] } else { self.units[1] };
        let fact = |attribute: &str, value: &str| Attribute {
            employee_id: id,
            attribute: attribute.into(),
            valid_from: date(2025, 1, 1),
            recorded_at: self.office.now(),
            value: Some(value.into()),
            source: "test".into(),
            actor: "test".into(),
            import_id: None,
        };
        vec![
            fact(names::KIND, "pns"),
            fact(names::GOLONGAN, "III/a"),
            fact(names::KELAS, "7"),
            fact(names::JABATAN, "Analis"),
            fact(names::TPP, "5000000"),
            fact(names::UNIT, &unit.to_string()),
        ]
    }

    /// A punch of a person at a local time such as `2026-10-01 07:20:00`.
    pub fn punch_row(&self, person: usize, time: &str) -> PunchRow {
        let local: jiff::civil::DateTime = time.parse().unwrap();
        PunchRow {
            employee_id: Some(self.people[person]),
            source: PunchSource::Terminal,
            terminal_id: Some(self.terminal),
            device_group_id: Some(self.group),
            pin: (100 + person).to_string(),
            status: "255".into(),
            verify: "1".into(),
            ..PunchRow::bare(self.office.id(PunchId::new), Zone::Wib, local, self.office.now()).unwrap()
        }
    }

    /// Everybody of the first OPD came on time on every working day of October 2026 and reported on it.
    pub async fn fill_october(&self) {
        let calendar = domain::calendar::Calendar::national();
        let week = domain::calendar::WorkWeek::FIVE_DAYS;
        let month: domain::month::Month = "2026-10".parse().unwrap();
        let days: Vec<Date> = month.days().filter(|d| calendar.is_working(*d, week)).collect();
        let mut rows = Vec::new();
        for person in 0..self.people.len() - 1 {
            for day in &days {
                rows.push(self.punch_row(person, &format!("{day} 07:20:00")));
                rows.push(self.punch_row(person, &format!("{day} 16:35:00")));
            }
        }
        let mut tx = self.office.db.begin_write(TENANT).await.unwrap();
        punch::insert_batch(&mut tx, &rows).await.unwrap();
        month_input::add(&mut tx, &self.reports(month)).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// The minutes of the day reports that the policy asks for, all reached.
    fn reports(&self, month: domain::month::Month) -> Vec<MonthInput> {
        let report = |id: &EmployeeId| MonthInput {
            employee_id: *id,
            month,
            name: "lkh_minutes".into(),
            recorded_at: self.office.now(),
            value: "6250".into(),
            actor: "test".into(),
            import_id: None,
        };
        self.people.iter().map(report).collect()
    }

    /// An account with a role; `login` is also its name.
    pub async fn account(
        &self,
        login: &str,
        role: Role,
        unit: Option<UnitId>,
        employee: Option<EmployeeId>,
    ) -> AccountId {
        let mut tx = self.office.db.begin_write(TENANT).await.unwrap();
        let new = NewAccount {
            employee,
            login: login.into(),
            name: login.into(),
            passphrase: PASSPHRASE.into(),
            must_change: false,
        };
        let id = add(&self.office, &mut tx, new, "test").await.unwrap();
        grant(&self.office, &mut tx, (id, role, unit), date(2026, 1, 1), "test").await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// Posts a form as our own page would.
    pub async fn post(&self, path: &str, cookie: &str, form: &str) -> Answer {
        let request = Request::post(path)
            .header(header::HOST, "hadir.test")
            .header(header::ORIGIN, "http://hadir.test")
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form.to_owned()))
            .unwrap();
        self.send(request).await
    }

    pub async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.send(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
    }

    /// Logs in and reads the token of the forms.
    pub async fn enter(&self, login: &str) -> Browser<'_> {
        let answer = self.post("/masuk", "", &format!("nip={login}&sandi={PASSPHRASE}")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let set = answer.headers.get(header::SET_COOKIE).unwrap().to_str().unwrap();
        let cookie = set.split(';').next().unwrap().to_owned();
        let page = self.get("/sandi", &cookie).await.text();
        let at = page.find("name=\"csrf\" value=\"").unwrap() + "name=\"csrf\" value=\"".len();
        let csrf = page[at..].split('"').next().unwrap().to_owned();
        Browser { world: self, cookie, csrf }
    }
}

impl Browser<'_> {
    /// The cookie of the session.
    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.world.get(path, &self.cookie).await
    }

    pub async fn post(&self, path: &str, form: &str) -> Answer {
        self.world.post(path, &self.cookie, &format!("csrf={}&{form}", self.csrf)).await
    }

    pub async fn post_raw(&self, path: &str, form: &str) -> Answer {
        self.world.post(path, &self.cookie, form).await
    }

    /// Uploads a file with other fields, as the form of our own page would.
    pub async fn upload(&self, path: &str, (name, bytes): (&str, &[u8]), fields: &[(&str, &str)]) -> Answer {
        let mut body = Vec::new();
        for (field, value) in [("csrf", self.csrf.as_str())].iter().chain(fields) {
            let part =
                format!("--tepi\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head =
            format!("--tepi\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--tepi--\r\n");
        self.upload_raw(path, "http://hadir.test", body).await
    }

    /// Sends a multipart body as a page of `origin` would.
    pub async fn upload_raw(&self, path: &str, origin: &str, body: Vec<u8>) -> Answer {
        let request = Request::post(path)
            .header(header::HOST, "hadir.test")
            .header(header::ORIGIN, origin)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=tepi")
            .body(Body::from(body))
            .unwrap();
        self.world.send(request).await
    }
}

/// The invented NIP of person `n`.
pub fn number(n: usize) -> String {
    format!("1985{:02}{:02}2010011{:03}", n % 12 + 1, n % 27 + 1, n % 998 + 1)
}
