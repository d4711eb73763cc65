//! Clocks that are wrong: of the device, by days; of the server, set between presses.

use axum::http::StatusCode;
use jiff::SignedDuration;
use serde_json::Value;
use store::{
    punch,
    testing::{TENANT, each_engine},
};

use super::{Kiosk, json};

const YEAR: i64 = 365 * 24 * 3_600;

impl Kiosk {
    /// Presses by a clock of its own; what is answered.
    async fn press_at(&self, id: u128, at: &str) -> Value {
        let body = json!({ "id": format!("{id:032x}"), "pin": "7", "at": format!("{at}+07:00") });
        let answer = self.send(&self.token, body.to_string()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        json(&answer)
    }

    /// `local_time flags` of each punch.
    async fn flags(&self) -> Vec<String> {
        let mut tx = self.world.office.db.begin_read(TENANT).await.unwrap();
        let rows = punch::received_since(&mut tx, jiff::Timestamp::MIN, 100).await.unwrap();
        let mut all: Vec<_> = rows.iter().map(|p| format!("{} {}", p.local_time, p.flags)).collect();
        all.sort();
        all
    }
}

#[tokio::test]
async fn what_a_device_with_a_wrong_clock_says_is_kept_as_its_claim() {
    each_engine(async |db| {
        let kiosk = Kiosk::new(db).await;
        let claims = [
            ("1970-01-01T07:00:00", "clock_past skip"),
            ("2026-09-01T07:30:00", "old"),
            // As from a queue that was offline for days.
            ("2026-10-31T07:30:00", ""),
            ("2026-11-03T08:34:00", ""),
            ("2026-11-03T10:30:00", "clock_future"),
            ("2026-11-06T07:30:00", "clock_future skip"),
            ("2099-12-31T23:59:59", "clock_future skip"),
        ];
        for (n, (at, _)) in (1..).zip(claims) {
            let taken = kiosk.press_at(n, at).await;
            assert_eq!(taken["received_at"], "2026-11-03T01:30:00Z", "by our clock");
        }
        assert_eq!(kiosk.flags().await, claims.map(|(at, flags)| format!("{at} {flags}")));
        assert_eq!(kiosk.punches().await.len(), claims.len(), "and the log fits");
    })
    .await;
}

#[tokio::test]
async fn the_clock_of_the_server_is_set_between_presses() {
    each_engine(async |db| {
        let kiosk = Kiosk::new(db).await;
        let first = kiosk.press_at(1, "2026-11-03T08:30:00").await;
        let mut again = first.clone();
        again["again"] = json!(true);
        for (id, at, set) in [
            (2, "2026-11-03T08:31:00", -2 * 3_600),
            (3, "2026-11-03T08:32:00", YEAR),
            (4, "2026-11-03T08:33:00", -YEAR + 2 * 3_600 + 180),
        ] {
            kiosk.clock.advance(SignedDuration::from_secs(set));
            assert_eq!(kiosk.press_at(id, at).await["again"], false);
            assert_eq!(
                kiosk.press_at(1, "2026-11-03T08:30:00").await,
                again,
                "the same answer, its time too"
            );
        }
        assert_eq!(
            kiosk.flags().await,
            [
                "2026-11-03T08:30:00 ",
                "2026-11-03T08:31:00 clock_future",
                "2026-11-03T08:32:00 old",
                "2026-11-03T08:33:00 "
            ]
        );
        assert_eq!(kiosk.punches().await.len(), 4, "and the log fits");
        // The device counts as heard of now, and not until next year.
        let seen = async || {
            let mut tx = kiosk.world.office.db.begin_read(TENANT).await.unwrap();
            store::terminal::by_serial(&mut tx, &kiosk.serial).await.unwrap().unwrap().last_seen
        };
        while seen().await != kiosk.world.office.now() {
            tokio::task::yield_now().await;
        }
    })
    .await;
}
