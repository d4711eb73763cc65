//! A day of an invented office whose terminals and kiosks talk through a weak network to a server that is killed meanwhile.
//! What was stored and what was judged are compared with what people did.

mod senders;
mod truth;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{database, run::Place};
use senders::{Senders, Server};
use truth::{DAY, Day, Truth, plan};

/// Puts the office in force, with everybody's PIN known in the group of all devices.
fn office(place: &Place, truth: &Truth) {
    place.write("list.csv", &truth.list());
    let import = ["import", "employees", "list.csv", "--effective", "2025-06-01", "--format", "json"];
    let said = place.hadir(&import).ok().json();
    assert_eq!(said["added"].as_array().unwrap().len(), truth.people.len(), "{}", said["problems"]);
    database::prepare(place);
}

/// Every stored punch in the form of [`Truth::presses`], and how many there are.
fn stored(place: &Place) -> (BTreeSet<String>, usize) {
    let rows = database::asked(place, "SELECT pin || ' ' || local_time AS value FROM punch /* tenant_id */");
    let count = rows.len();
    (rows.into_iter().collect(), count)
}

#[test]
fn through_a_weak_network_and_a_killed_server_everything_arrives_once_and_is_judged_as_it_was() {
    let place = Place::new();
    let truth = Truth::with_everything();
    office(&place, &truth);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = Server::start(&place);
    let (server, fates) = runtime.block_on(async {
        let senders = Senders::start(&place, &server, &truth).await;
        senders.until_half_is_acknowledged().await;
        server.kill();
        let server = Server::start(&place);
        senders.lead_to(&server);
        (server, senders.finish().await)
    });
    server.kill();
    assert!(
        sim::network::Fate::CUTS.iter().all(|fate| fates.contains(fate)),
        "seed {}: {fates:?}",
        truth.seed
    );

    let (presses, (stored, count)) = (truth.presses(), stored(&place));
    let lost: Vec<_> = presses.difference(&stored).collect();
    let invented: Vec<_> = stored.difference(&presses).collect();
    assert_eq!((lost.len(), invented.len(), count), (0, 0, presses.len()), "{lost:?} {invented:?}");
    database::away(&place, &truth.away());
    judged(&place, &truth);
}

/// Compares the day in the recap with what people did.
fn judged(place: &Place, truth: &Truth) {
    let recap = ["recap", "--month", "2025-06", "--opd", "DISDIK", "--format", "json"];
    let recap = place.hadir(&recap).ok().json();
    let people = recap["opds"][0]["people"].as_array().unwrap();
    assert_eq!(people.len(), truth.people.len());
    let wrong = |day: &&Day| {
        let person = people.iter().find(|person| person["number"] == *day.number).unwrap();
        let judged = &person["days"][usize::try_from(DAY.day() - 1).unwrap()];
        (verdict(judged) != expected(day)).then(|| format!("{day:?}\n  {judged}\n"))
    };
    let wrong: Vec<String> = truth.people.iter().filter_map(|day| wrong(&day)).collect();
    assert!(wrong.is_empty(), "{} of {}: {}", wrong.len(), people.len(), wrong.concat());
}

/// What a day comes to: the code of its reason, and for who was there the minutes too late; `None` for no arrival.
type Verdict = (String, Option<i64>);

fn verdict(judged: &Value) -> Verdict {
    let arrived = judged["check_in"].is_string() && judged["missing_in"] == false;
    let late = judged["late_minutes"].as_i64().unwrap();
    let code = judged["code"].get("status").unwrap_or(&judged["code"]);
    (code.as_str().unwrap().to_uppercase(), arrived.then_some(late))
}

fn expected(day: &Day) -> Verdict {
    let start = plan().start;
    match (&day.away, day.presses.first()) {
        (Some(away), _) => (away.code.to_owned(), None),
        (None, None) => ("TK".to_owned(), None),
        (None, Some(first)) if first.hour() < 12 => {
            let late = (*first - start).total(jiff::Unit::Minute).unwrap().floor().max(0.0);
            ("HADIR".to_owned(), Some(late as i64))
        }
        (None, Some(_)) => ("HADIR".to_owned(), None),
    }
}
