//! The JSON door for devices: each press once, answered when it is durable, refused in words.

mod clocks;

use std::sync::Arc;

use async_trait::async_trait;
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::{clock::FixedClock, ids::PunchId};
use intake::{Door, Settings, Work};
use jiff::SignedDuration;
use serde_json::{Value, json};
use service::{api_device, terminal_admin};
use store::{
    Db, EngineKind, StoreError, Tx, log,
    testing::{TENANT, each_engine, query_sql, run_sql},
};
use tokio::sync::Notify;
use web::server::{Site, SiteSettings, app};

use crate::fixture::{Answer, World};

/// A world with a device.
struct Kiosk {
    world: World,
    clock: Arc<FixedClock>,
    token: String,
    serial: String,
}

impl Kiosk {
    async fn new(db: Db) -> Kiosk {
        let (world, clock) = World::with_clock(db, 1).await;
        let mut tx = world.office.db.begin_write(TENANT).await.unwrap();
        let unit = (world.units[1], "Kios lobi");
        let made = api_device::add(&world.office, &mut tx, unit, "test").await.unwrap();
        tx.commit().await.unwrap();
        Kiosk { world, clock, token: made.token, serial: made.terminal.serial }
    }

    /// The same world behind another door.
    fn behind(mut self, settings: Settings) -> Kiosk {
        let (door, _) = Door::open(self.world.office.db.clone(), TENANT, settings);
        self.world.router = app(Site::new(self.world.office.clone(), door.clone(), SiteSettings::default()));
        self.world.door = door;
        self
    }

    async fn send(&self, token: &str, body: String) -> Answer {
        let request = Request::post("/api/presensi")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body))
            .unwrap();
        self.world.send(request).await
    }

    async fn press(&self, id: u128, pin: &str, at: &str) -> Answer {
        let body =
            json!({ "id": format!("{:032x}", id + 1), "pin": pin, "at": format!("2026-11-03T{at}+07:00") });
        self.send(&self.token, body.to_string()).await
    }

    async fn later(&self, seconds: i64) {
        self.clock.set(self.world.office.now() + SignedDuration::from_secs(seconds));
    }

    /// Stored punches as `pin local_time direction`, after a look at the log.
    async fn punches(&self) -> Vec<String> {
        let mut tx = self.world.office.db.begin_read(TENANT).await.unwrap();
        assert_eq!(log::check(&mut tx).await.unwrap().findings, vec![]);
        let sql =
            "SELECT pin || ' ' || SUBSTR(local_time, 12) || ' ' || direction AS value FROM punch ORDER BY 1";
        query_sql(&mut tx, sql).await.unwrap()
    }
}

fn json(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap_or_else(|e| panic!("{e}: {}", answer.text()))
}

#[tokio::test]
async fn a_press_sent_again_gets_the_same_answer_and_never_becomes_a_check_out() {
    each_engine(async |db| {
        let kiosk = Kiosk::new(db).await;
        let first = kiosk.press(1, "0701", "07:29:58").await;
        assert_eq!(first.status, StatusCode::OK, "{}", first.text());
        let mut first = json(&first);
        let id = first["id"].as_str().unwrap().replace('-', "");
        assert_eq!(first["receipt"], format!("/bukti/{id}"));
        assert_eq!((&first["again"], &first["received_at"]), (&json!(false), &json!("2026-11-03T01:30:00Z")));
        // The answer was lost; nine hours later, at the end of work, the kiosk tries again.
        kiosk.later(9 * 3600).await;
        let again = json(&kiosk.press(1, "0701", "07:29:58").await);
        let shifted = json(&kiosk.press(1, "0701", "16:31:00").await);
        // Under another name it is the same press, too.
        let renamed = json(&kiosk.press(2, "0701", "07:29:58").await);
        first["again"] = json!(true);
        assert_eq!((&again, &shifted, &renamed), (&first, &first, &first));
        assert_eq!(kiosk.punches().await, ["0701 07:29:58 unknown"]);
        let id = PunchId::parse(first["id"].as_str().unwrap()).unwrap();
        let mut tx = kiosk.world.office.db.begin_read(TENANT).await.unwrap();
        let entries = "SELECT hex(subject) AS value FROM log_entry WHERE covers = 'punch'";
        let entries = match tx.kind() {
            EngineKind::Sqlite => query_sql(&mut tx, entries).await.unwrap(),
            EngineKind::Postgres => {
                let entries = "SELECT encode(subject, 'hex') AS value FROM log_entry WHERE covers = 'punch'";
                query_sql(&mut tx, entries).await.unwrap()
            }
        };
        let entries: Vec<String> = entries.iter().map(|entry| entry.to_lowercase()).collect();
        assert_eq!(entries, [id.0.simple().to_string()], "what is answered is in the log");
    })
    .await;
}

#[tokio::test]
async fn an_id_that_another_pin_has_used_is_refused_instead_of_losing_the_press() {
    each_engine(async |db| {
        let kiosk = Arc::new(Kiosk::new(db).await);
        assert_eq!(kiosk.press(1, "0701", "07:29:58").await.status, StatusCode::OK);
        let other = kiosk.press(1, "0702", "07:30:10").await;
        assert_eq!((other.status, &json(&other)["error"]), (StatusCode::CONFLICT, &json!("id_used")));
        // Both in one transaction: one is stored, and the other one hears that it was not.
        let pair = ["0703", "0704"].map(|pin| {
            let kiosk = Arc::clone(&kiosk);
            tokio::spawn(async move { kiosk.press(3, pin, "07:31:00").await.status })
        });
        let [one, two] = pair;
        let mut heard = [one.await.unwrap(), two.await.unwrap()];
        heard.sort();
        assert_eq!(heard, [StatusCode::OK, StatusCode::CONFLICT]);
        assert_eq!(kiosk.punches().await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn parallel_presses_of_one_person_are_one_punch_each_and_no_error() {
    each_engine(async |db| {
        let kiosk = Arc::new(Kiosk::new(db).await);
        let all: Vec<_> = (0..100_u128)
            .map(|n| {
                let kiosk = Arc::clone(&kiosk);
                tokio::spawn(async move { kiosk.press(n, "7", &format!("07:30:{:02}", n % 10)).await })
            })
            .collect();
        let mut new = 0;
        for one in all {
            let answer = one.await.unwrap();
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
            new += u32::from(json(&answer)["again"] == json!(false));
        }
        assert_eq!((new, kiosk.punches().await.len()), (10, 10));
    })
    .await;
}

#[tokio::test]
async fn direction_and_doubts_are_kept_and_the_device_counts_as_heard_of() {
    each_engine(async |db| {
        let kiosk = Kiosk::new(db).await;
        kiosk.later(120).await;
        let body = json!({ "id": "a".repeat(32), "pin": "7", "at": "2026-11-03T07:30:00+07:00", "direction": "out" });
        assert_eq!(kiosk.send(&kiosk.token, body.to_string()).await.status, StatusCode::OK);
        assert_eq!(kiosk.punches().await, ["7 07:30:00 out"]);
        let seen = async || {
            let mut tx = kiosk.world.office.db.begin_read(TENANT).await.unwrap();
            let terminal = store::terminal::by_serial(&mut tx, &kiosk.serial).await.unwrap().unwrap();
            terminal.last_seen
        };
        while seen().await != kiosk.world.office.now() {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_used_is_refused_in_both_languages_and_nothing_is_stored() {
    each_engine(async |db| {
        let kiosk = Kiosk::new(db).await;
        let good = json!({ "id": "a".repeat(32), "pin": "7", "at": "2026-11-03T07:30:00+07:00" });
        for (field, value, word) in [
            ("id", json!("12"), "32"),
            ("pin", json!(""), "pin"),
            ("pin", json!(701), "“pin” must be text"),
            ("pin", json!(null), "“pin” must be text"),
            ("id", json!("0".repeat(32)), "32"),
            ("direction", json!(1), "“direction” must be text"),
            ("at", json!("2026-11-03 07:30"), "RFC 3339"),
            ("direction", json!("up"), "in"),
            ("colour", json!("red"), "colour"),
        ] {
            let mut body = good.clone();
            body[field] = value;
            let answer = kiosk.send(&kiosk.token, body.to_string()).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
            let said = json(&answer);
            assert_eq!(said["error"], "invalid");
            assert!(said["message"].as_str().unwrap().contains(word), "{said}");
            assert_ne!(said["message"], said["pesan"]);
        }
        for (body, id, en) in [
            ("{", "bukan JSON yang benar (baris 1, kolom 1)", "not sound JSON"),
            ("[]", "harus satu objek JSON", "must be one JSON object"),
            ("{}", "“id” tidak ada", "“id” is missing"),
            (r#"{"id":"1","id":"2","pin":"1","at":"x"}"#, "bukan JSON yang benar", "duplicate field `id`"),
        ] {
            let answer = kiosk.send(&kiosk.token, body.into()).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
            let said = json(&answer);
            assert!(said["pesan"].as_str().unwrap().contains(id), "{said}");
            assert!(said["message"].as_str().unwrap().contains(en), "{said}");
        }
        let read = Request::get("/api/presensi").body(Body::empty()).unwrap();
        let read = kiosk.world.send(read).await;
        assert_eq!(read.status, StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(read.headers.get(header::ALLOW).unwrap(), "POST");
        let long = kiosk.send(&kiosk.token, " ".repeat(5_000)).await;
        assert_eq!(long.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(kiosk.punches().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_token_counts_until_a_second_after_the_device_is_taken_out_of_service() {
    each_engine(async |db| {
        let kiosk = Kiosk::new(db).await;
        assert_eq!(kiosk.press(1, "7", "07:30:00").await.status, StatusCode::OK);
        let office = &kiosk.world.office;
        let mut tx = office.db.begin_write(TENANT).await.unwrap();
        terminal_admin::retire(office, &mut tx, &kiosk.serial, "hilang", "test").await.unwrap();
        tx.commit().await.unwrap();
        kiosk.later(1).await;
        let refused = kiosk.press(2, "7", "07:31:00").await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
        assert_eq!(refused.headers.get(header::WWW_AUTHENTICATE).unwrap(), "Bearer");
        for token in ["", "0", &"0".repeat(64)] {
            let answer = kiosk.send(token, "{}".into()).await;
            assert_eq!(
                (answer.status, &json(&answer)["error"]),
                (StatusCode::UNAUTHORIZED, &json!("unknown_device"))
            );
        }
        assert_eq!(kiosk.punches().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_key_of_a_push_terminal_is_no_token() {
    each_engine(async |db| {
        let kiosk = Kiosk::new(db).await;
        let office = &kiosk.world.office;
        let mut tx = office.db.begin_write(TENANT).await.unwrap();
        let sum = "8d969eef6ecad3c29a3a629280e686cf0c3f5d5a86aff3ca12020c923adc6c92"; // of 123456
        let mut terminal = kiosk.world.terminal_row(kiosk.world.units[1]);
        terminal.comm_key_hash = Some(sum.into());
        store::terminal::put(&mut tx, &terminal).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(kiosk.send("123456", "{}".into()).await.status, StatusCode::UNAUTHORIZED);
    })
    .await;
}

#[tokio::test]
async fn a_device_sends_only_from_its_networks() {
    each_engine(async |db| {
        let kiosk = Kiosk::new(db).await;
        let office = &kiosk.world.office;
        let mut tx = office.db.begin_write(TENANT).await.unwrap();
        let mut terminal = store::terminal::by_serial(&mut tx, &kiosk.serial).await.unwrap().unwrap();
        terminal.allowed_cidr = "10.9.0.0/16".into();
        store::terminal::put(&mut tx, &terminal).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(kiosk.press(1, "7", "07:30:00").await.status, StatusCode::FORBIDDEN);
    })
    .await;
}

/// Says that it began, and keeps the writer until it is let go.
struct Held {
    begun: Arc<Notify>,
    go: Arc<Notify>,
}

#[async_trait]
impl Work for Held {
    type Answer = ();
    type Refusal = StoreError;

    async fn run(self, _: &mut Tx) -> Result<(), StoreError> {
        self.begun.notify_one();
        self.go.notified().await;
        Ok(())
    }
}

#[tokio::test]
async fn a_full_door_says_at_once_when_to_come_again() {
    each_engine(async |db| {
        let kiosk = Arc::new(Kiosk::new(db).await.behind(Settings { queue: 2, ..Settings::default() }));
        let (begun, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let held = Held { begun: Arc::clone(&begun), go: Arc::clone(&go) };
        let door = kiosk.world.door.clone();
        let holding = tokio::spawn(async move { door.work(held).await });
        begun.notified().await;
        let mut waiting: Vec<_> = (0..10_u128)
            .map(|n| {
                let kiosk = Arc::clone(&kiosk);
                tokio::spawn(async move { kiosk.press(n, &n.to_string(), "07:30:00").await })
            })
            .collect();
        // The writer is busy for as long as we like: two wait, and eight are answered nevertheless.
        while waiting.iter().filter(|task| task.is_finished()).count() < 8 {
            tokio::task::yield_now().await;
        }
        let refused: Vec<_> = waiting.extract_if(.., |task| task.is_finished()).collect();
        for one in refused {
            let answer = one.await.unwrap();
            assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
            assert_eq!(answer.headers.get(header::RETRY_AFTER).unwrap(), "1");
            assert_eq!(json(&answer)["error"], "full");
        }
        go.notify_one();
        holding.await.unwrap().unwrap();
        for one in waiting {
            assert_eq!(one.await.unwrap().status, StatusCode::OK);
        }
        assert_eq!(kiosk.punches().await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn without_a_database_a_device_keeps_its_punch_and_without_a_signature_the_punch_waits() {
    each_engine(async |db| {
        let kiosk = Kiosk::new(db).await;
        assert_eq!(kiosk.press(1, "7", "07:30:00").await.status, StatusCode::OK);
        // The entries cannot be written: a fault, and nothing is stored.
        let rename = async |from: &str, to: &str| {
            let mut tx = kiosk.world.office.db.begin_write(TENANT).await.unwrap();
            run_sql(&mut tx, &format!("ALTER TABLE {from} RENAME TO {to}")).await.unwrap();
            tx.commit().await.unwrap();
        };
        rename("log_entry", "log_entry_away").await;
        assert_eq!(kiosk.press(2, "7", "07:31:00").await.status, StatusCode::INTERNAL_SERVER_ERROR);
        rename("log_entry_away", "log_entry").await;
        kiosk.world.office.db.sealer().unwrap().refuse("the log went back to an older state");
        // An operator has to look at the log first; whoever comes to work meanwhile must not notice.
        let first = kiosk.press(2, "7", "07:31:00").await;
        let again = kiosk.press(2, "7", "07:31:00").await;
        assert_eq!((first.status, again.status), (StatusCode::OK, StatusCode::OK), "{}", first.text());
        assert_eq!(json(&first)["id"], json(&again)["id"], "a retry is the same punch");
        assert_eq!(kiosk.punches().await.len(), 2);
        let mut tx = kiosk.world.office.db.begin_read(TENANT).await.unwrap();
        assert_eq!(store::log::waiting(&mut tx).await.unwrap(), 1);
        drop(tx);
        kiosk.world.office.db.close().await;
        let down = kiosk.press(3, "7", "07:32:00").await;
        assert_eq!(
            (down.status, &json(&down)["error"]),
            (StatusCode::SERVICE_UNAVAILABLE, &json!("unavailable"))
        );
        kiosk.later(2).await;
        let unread = kiosk.press(3, "7", "07:32:00").await;
        assert_eq!(unread.status, StatusCode::SERVICE_UNAVAILABLE, "nobody can tell who it is");
    })
    .await;
}
