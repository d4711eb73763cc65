//! Calendar, schedules and rosters from the command line.

use serde_json::json;

use crate::run::Place;

const AHMAD: &str = "198003152005011001";
const LIST: &str = "NIP;NAMA;JENIS PEGAWAI;KODE OPD;OPD
198003152005011001;Ahmad Fauzi;PNS;RSUD;RSUD Contoh
198504122010012002;Siti Aminah;PNS;RSUD;RSUD Contoh
";

fn hospital() -> Place {
    let place = Place::new();
    place.write("list.csv", LIST);
    place.hadir(&["import", "employees", "list.csv", "--effective", "2026-01-01"]).ok();
    place
}

#[test]
fn a_regional_holiday_is_added_listed_and_revoked() {
    let place = Place::new();
    place.hadir(&["setup"]).ok();
    let why = ["--basis", "Kep 12/2026", "--reason", "Hari jadi ke-60", "--format", "json"];
    let mut add = vec!["calendar", "add", "2026-03-25", "--name", "Hari jadi"];
    add.extend(why);
    let entry = place.hadir(&add).ok().json()["entry"].as_str().unwrap().to_owned();
    assert_eq!(place.hadir(&add).code, 1, "a second time");
    let list = || place.hadir(&["calendar", "list", "--year", "2026", "--format", "csv"]).ok().csv();
    let line = ["2026-03-25", "2026-03-25", "libur", "Hari jadi", "regency", "Kep 12/2026", &entry];
    assert!(list().iter().any(|row| row == &line), "{:?}", list());
    let gone = place.hadir(&["calendar", "revoke", &entry, "--reason", "salah tanggal", "--format", "json"]);
    assert_eq!(gone.ok().json()["name"], json!("Hari jadi"));
    assert!(!list().iter().any(|row| row[6] == entry));
    let mut nowhere = add.clone();
    nowhere.extend(["--for", "unit:NADA"]);
    assert!(place.hadir(&nowhere).err.contains("unit:CODE"));
}

#[test]
fn a_roster_is_imported_looked_at_first_and_taken_back() {
    let place = hospital();
    let assign = ["schedule", "assign", "rs-3-shift", "--unit", "RSUD", "--from", "2026-12-01"];
    let mut assign = assign.to_vec();
    assign.extend(["--reason", "SK Direktur 12"]);
    place.hadir(&assign).ok();
    let list = place.hadir(&["schedule", "list", "--format", "json"]).ok().json();
    let line = list.as_array().unwrap().iter().find(|l| l["unit"] == "RSUD").unwrap().clone();
    assert_eq!((&line["schedule"], &line["from_unit"]), (&json!(""), &json!("")), "not yet today");

    place.write("sif.csv", &format!("NIP;1;2\n{AHMAD};M;LJ\n198504122010012002;X;P\n"));
    let import = |more: &[&str]| {
        let mut arguments = vec!["import", "roster", "sif.csv", "--unit", "RSUD", "--month", "2026-12"];
        arguments.extend(more);
        arguments.extend(["--format", "json"]);
        place.hadir(&arguments).ok().json()
    };
    let look = import(&["--dry-run"]);
    assert_eq!((look["import"].is_null(), look["changes"].as_array().unwrap().len()), (true, 3));
    assert_eq!(look["problems"][0]["value"], json!("X"));
    let done = import(&[]);
    let id = done["import"].as_str().unwrap();
    assert_eq!(import(&["--dry-run"])["same"], json!(3));
    assert_eq!(place.hadir(&["import", "undo", id, "--format", "json"]).ok().json()["shifts"], json!(3));
    assert_eq!(import(&["--dry-run"])["same"], json!(0));
}

#[test]
fn a_person_joins_a_group_only_under_a_rotating_schedule() {
    let place = hospital();
    let group = ["schedule", "group", AHMAD, "2", "--from", "2026-12-01", "--reason", "Mutasi regu"];
    assert!(place.hadir(&group).err.contains("does not rotate"));
    let own = ["schedule", "assign", "damkar-24-48", "--person", AHMAD, "--from", "2026-12-01"];
    let mut own = own.to_vec();
    own.extend(["--reason", "Mutasi ke damkar"]);
    place.hadir(&own).ok();
    place.hadir(&group).ok();
    let neither = ["schedule", "assign", "damkar-24-48", "--from", "2026-12-01", "--reason", "tanpa siapa"];
    assert_eq!(place.hadir(&neither).code, 2, "a unit or a person");
}
