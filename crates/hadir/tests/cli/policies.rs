//! `hadir policy check`, `list` and `activate`.

use crate::run::{Place, repository};

#[test]
fn every_shipped_policy_passes() {
    let place = Place::new();
    for entry in std::fs::read_dir(repository("policies")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "toml") {
            let said = place.hadir(&["policy", "check", path.to_str().unwrap()]).ok();
            assert!(said.out.contains("can be used: 0 error(s)"), "{path:?}: {}", said.out);
        }
    }
}

#[test]
fn a_broken_policy_is_explained_with_line_column_and_remedy() {
    let place = Place::new();
    let sound = domain::policy::shipped("default-60-40").unwrap().text;
    // Two bands that both hold 31 minutes.
    let broken = sound.replacen("code = \"TL1\", min = 1, max = 30", "code = \"TL1\", min = 1, max = 31", 1);
    assert_ne!(sound, broken);
    let at = 1 + broken.lines().position(|l| l.contains("max = 31")).unwrap();
    place.write("broken.toml", &broken);
    let said = place.hadir(&["policy", "check", "broken.toml"]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.out.contains("remedy:") && said.out.contains("cannot be used"), "{}", said.out);
    let report = place.hadir(&["policy", "check", "broken.toml", "--format", "json"]);
    assert_eq!((report.code, report.json()["usable"].as_bool()), (1, Some(false)));
    let document = report.json();
    let problem = &document["problems"][0];
    let line = usize::try_from(problem["line"].as_u64().unwrap()).unwrap();
    assert!((at..=at + 1).contains(&line), "line {line}, the bands stand on {at}");
    assert!(problem["column"].as_u64().unwrap() > 0 && !problem["remedy_en"].as_str().unwrap().is_empty());
    let rows = place.hadir(&["policy", "check", "broken.toml", "--format", "csv"]).csv();
    assert_eq!(rows[0][..3], ["line", "column", "severity"]);
    assert_eq!(rows[1][0], line.to_string());
}

#[test]
fn the_list_names_what_ships_and_own_files() {
    let place = Place::new();
    place.hadir(&["setup"]).ok();
    let own = place.path("own");
    std::fs::create_dir(&own).unwrap();
    std::fs::write(own.join("bad.toml"), "[policy]\nid = 3\n").unwrap();
    let variables = [("HADIR_POLICY_DIR", own.to_str().unwrap())];
    let said = place.run(&["policy", "list", "--format", "json"], &variables, "").ok().json();
    let of = |state: &str| said.as_array().unwrap().iter().filter(|p| p["state"] == state).count();
    assert_eq!((of("active"), of("own")), (0, 1));
    assert!(of("shipped") >= 6);
    let rows = place.hadir(&["policy", "list", "--format", "csv"]).ok().csv();
    assert_eq!(rows[0][..2], ["state", "id"]);
}

#[test]
fn activation_needs_accounts_that_exist() {
    let place = Place::new();
    let said = place.hadir(&["policy", "activate", "default-60-40", "--by", "ani", "--approved-by", "budi"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("'ani'"), "{}", said.err);
    let said = place.hadir(&["policy", "activate", "nothing", "--by", "ani", "--approved-by", "budi"]);
    assert!(said.code == 1 && said.err.contains("hadir policy list"), "{said:?}");
}
