//! The proof that a browser demands for what it remembers.

use axum::http::{StatusCode, header};
use ledger::{Hash, SignedCheckpoint, read::check_consistency};
use serde_json::{Value, json};
use store::testing::{each_engine, sqlite};

use super::{LogWorld, key, said};

impl LogWorld {
    async fn from(&self, size: u64) -> Value {
        let answer = self.get(&format!("/log/1/konsistensi?dari={size}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        assert_eq!(said(&answer, header::CACHE_CONTROL), "no-store");
        serde_json::from_slice(&answer.body).unwrap()
    }
}

#[tokio::test]
async fn every_end_of_the_log_is_proved_to_be_a_beginning_of_the_newest() {
    each_engine(async |db| {
        let log = LogWorld::new(db, 1).await;
        let silent = json!({ "vkey": null, "checkpoint": null, "from": 5, "proof": [] });
        assert_eq!(log.from(5).await, silent, "nothing is published");
        let mut ends = Vec::new();
        for count in [1, 7, 250, 300] {
            log.deeds(count).await;
            ends.push(log.publish().await);
        }
        let newest = ends.last().unwrap();
        for end in &ends {
            let answer = log.from(end.size()).await;
            assert_eq!(answer["vkey"], key().to_string());
            let shown = SignedCheckpoint::parse(answer["checkpoint"].as_str().unwrap()).unwrap();
            assert_eq!(shown.verify(&[key()]).unwrap(), newest.checkpoint());
            let proof = answer["proof"].as_array().unwrap().iter();
            let proof: Vec<Hash> = proof.map(|h| Hash::parse_hash(h.as_str().unwrap()).unwrap()).collect();
            assert_eq!(proof.is_empty(), end.size() == newest.size());
            check_consistency(&proof, end.checkpoint(), shown.checkpoint()).unwrap();
        }
        // Who claims to remember more hears the truth and judges for themself.
        for size in [0, newest.size() + 1, u64::MAX] {
            let answer = log.from(size).await;
            assert_eq!((&answer["from"], &answer["proof"]), (&json!(size), &json!([])));
            assert_eq!(answer["checkpoint"], newest.text());
        }
    })
    .await;
}

#[tokio::test]
async fn a_size_that_is_none_is_refused_and_another_log_is_not_here() {
    let test = sqlite().await;
    let log = LogWorld::new(test.db.clone(), 1).await;
    log.deeds(3).await;
    log.publish().await;
    for size in ["-1", "x", "1.5", "18446744073709551616", "%00", "1%20", ""] {
        let answer = log.get(&format!("/log/1/konsistensi?dari={size}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{size}");
    }
    assert_eq!(log.get("/log/1/konsistensi").await.status, StatusCode::OK, "a first visit");
    assert_eq!(log.get("/log/2/konsistensi?dari=1").await.status, StatusCode::NOT_FOUND);
    test.finish().await;
}
