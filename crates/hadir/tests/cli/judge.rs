//! `hadir judge` on the examples of the repository and on broken files.

use crate::run::{Place, repository};

#[test]
fn the_examples_are_judged_without_a_database() {
    let place = Place::new();
    for name in ["minimal", "hospital", "own-rules"] {
        let file = repository(&format!("examples/judge/{name}.toml"));
        let answer = place.hadir(&["judge", file.to_str().unwrap()]).ok().json();
        assert_eq!(answer["version"], 1, "{name}");
        assert!(!answer["persons"][0]["days"].as_array().unwrap().is_empty(), "{name}");
    }
    assert!(!place.path("hadir.db").exists());
}

#[test]
fn the_minimal_example_gives_the_pay_of_the_reference() {
    let text = std::fs::read_to_string(repository("examples/judge/minimal.toml")).unwrap();
    let answer = Place::new().run(&["judge", "-"], &[], &text).ok().json();
    let tpp = &answer["persons"][0]["tpp"][0];
    assert_eq!(tpp["gross"].as_str().unwrap(), "5000000");
    let earned: rust_decimal::Decimal = tpp["earned"].as_str().unwrap().parse().unwrap();
    assert_eq!(earned, rust_decimal::Decimal::from(4_610_000));
}

#[test]
fn a_policy_beside_the_file_is_found() {
    let place = Place::new();
    let policy = domain::policy::shipped("default-60-40").unwrap().text;
    place.write("own.toml", policy);
    let file =
        "month = '2026-06'\npolicy = 'own.toml'\n[[person]]\nid = 'andi'\ntpp = 5000000\nfill = 'on_time'\n";
    place.write("what-if.toml", file);
    let answer = place.hadir(&["judge", "what-if.toml"]).ok().json();
    assert_eq!(answer["persons"][0]["tpp"][0]["policy"]["id"], "default-60-40");
}

#[test]
fn a_mistake_is_named_with_its_line() {
    let place = Place::new();
    place.write("broken.toml", "month = '2026-06'\n[[person]]\nid = 'andi'\ntp = 5000000\n");
    let said = place.hadir(&["judge", "broken.toml"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("line 4") && said.err.contains("person[0]"), "{}", said.err);
    assert_eq!(said.out, "");
    let said = place.hadir(&["judge", "broken.toml", "--format", "json"]);
    assert_eq!((said.code, said.json()["problems"][0]["line"].as_i64()), (1, Some(4)));
}
