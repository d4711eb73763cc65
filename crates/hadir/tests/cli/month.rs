//! A month from the list of employees to the last rupiah, all from the command line.

use std::str::FromStr;

use calamine::{Data, Reader, Xlsx, open_workbook};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::{
    database,
    run::{Place, Said},
};

pub const AHMAD: &str = "198003152005011001";

/// Two people, and one whose number Excel has damaged.
const LIST: &str = "NIP;NAMA;JENIS PEGAWAI;GOLONGAN;JABATAN;KELAS;KODE OPD;OPD;JADWAL;PIN;BESARAN TPP
198003152005011001;Ahmad Fauzi;PNS;III/a;Analis;7;DISDIK;Dinas Pendidikan;perpres-21-2023;1;5000000
198504122010012002;Siti Aminah;PNS;III/b;Arsiparis;7;DISDIK;Dinas Pendidikan;perpres-21-2023;2;5000000
198003152005011000;Excel Rusak;PNS;III/a;Analis;7;DISDIK;Dinas Pendidikan;perpres-21-2023;3;5000000
";

/// Ahmad is 20 minutes late on 2 June 2025 and punctual on the 3rd; on the 4th nobody saw him.
const PUNCHES: &str = "        1\t2025-06-02 07:50:00\t1\t0\t1\t0
        1\t2025-06-02 16:05:00\t1\t0\t1\t0
        1\t2025-06-03 07:20:00\t1\t0\t1\t0
        1\t2025-06-03 16:05:00\t1\t0\t1\t0
        2\t2025-06-02 07:10:00\t1\t0\t1\t0
        2\t2025-06-02 16:05:00\t1\t0\t1\t0
";

fn import(place: &Place, more: &[&str]) -> Said {
    let mut arguments = vec!["import", "employees", "list.csv", "--effective", "2025-01-01"];
    arguments.extend(more);
    place.hadir(&arguments)
}

/// A month that was imported, put in force and filled; gives the number of the import of punches.
pub fn filled(place: &Place) -> String {
    place.write("list.csv", LIST);
    import(place, &[]).ok();
    database::prepare(place);
    place.hadir(&["policy", "activate", "default-60-40", "--by", "ani", "--approved-by", "budi"]).ok();
    place.hadir(&["terminal", "approve", "TEST0001", "--unit", "DISDIK", "--group", "UTAMA"]).ok();
    place.write("1_attlog.dat", PUNCHES);
    let said = place
        .hadir(&["import", "attlog", "1_attlog.dat", "--serial", "TEST0001", "--format", "json"])
        .ok()
        .json();
    assert_eq!((said["lines"].as_u64(), said["added"].as_u64()), (Some(6), Some(6)), "{said}");
    assert_eq!(said["unmapped"].as_u64(), Some(0), "the PINs of the list are known");
    said["import"].as_str().unwrap().to_owned()
}

/// Locks the month of [`filled`], with its day reports.
pub fn lock(place: &Place) {
    place.write("lkh.csv", &format!("NIP,lkh_minutes\n{AHMAD},6000\n198504122010012002,6000\n"));
    place.hadir(&["import", "figures", "lkh.csv", "--month", "2025-06"]).ok();
    database::lock_june(place, &[AHMAD, "198504122010012002"]);
}

fn money(value: &Value) -> Decimal {
    Decimal::from_str(value.as_str().unwrap()).unwrap()
}

fn recap(place: &Place) -> Value {
    place.hadir(&["recap", "--month", "2025-06", "--opd", "DISDIK", "--format", "json"]).ok().json()
}

fn person<'a>(document: &'a Value, number: &str) -> &'a Value {
    let people = document["opds"][0]["people"].as_array().unwrap();
    people.iter().find(|p| p["number"] == number).unwrap()
}

#[test]
fn a_dry_run_tells_everything_and_changes_nothing() {
    let place = Place::new();
    place.write("list.csv", LIST);
    for _ in 0..2 {
        let said = import(&place, &["--dry-run", "--format", "json", "--bad-rows", "bad.xlsx"]).ok().json();
        assert_eq!(said["added"].as_array().unwrap().len(), 2, "{said}");
        assert_eq!(said["refused_rows"], serde_json::json!([4]));
        let problem = &said["problems"][0];
        assert_eq!(problem["row"], 4);
        assert!(!problem["sentence"].as_str().unwrap().is_empty());
        assert!(!problem["remedy"].as_str().unwrap().is_empty());
        assert_eq!(said["import"], Value::Null);
    }
    let mut book: Xlsx<_> = open_workbook(place.path("bad.xlsx")).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    assert!(sheet.used_cells().any(|(_, _, cell)| *cell == Data::String("198003152005011000".into())));
    let rows = import(&place, &["--dry-run", "--format", "csv"]).ok().csv();
    assert_eq!(rows[0][..4], ["what", "row", "number", "name"]);
    let kinds: Vec<&str> = rows[1..].iter().map(|r| r[0].as_str()).collect();
    assert_eq!((kinds.iter().filter(|k| **k == "added").count(), kinds.contains(&"refused")), (2, true));
    let text = import(&place, &["--dry-run"]).ok();
    assert!(text.out.contains("Nothing was written"), "{}", text.out);
    assert_eq!(text.err, "", "no progress bar where standard error is no terminal");
    let refused = import(&place, &["--all-or-nothing"]);
    assert!(refused.code == 1 && refused.err.contains("1 row"), "{refused:?}");
}

#[test]
fn an_import_can_be_taken_back_and_made_again() {
    let place = Place::new();
    place.write("list.csv", LIST);
    for _ in 0..2 {
        let said = import(&place, &["--format", "json"]).ok().json();
        assert_eq!(said["added"].as_array().unwrap().len(), 2);
        let id = said["import"].as_str().unwrap().to_owned();
        let listed = place.hadir(&["import", "list", "--format", "csv"]).ok().csv();
        assert!(listed.iter().any(|row| row[0] == id && row[1] == "employees"), "{listed:?}");
        let undone = place.hadir(&["import", "undo", &id, "--format", "json"]).ok().json();
        assert_eq!(undone["people"], 2);
        let again = place.hadir(&["import", "undo", &id]);
        assert!(again.code == 1 && again.err.contains("undone already"), "{again:?}");
    }
    let said = place.hadir(&["import", "undo", "7"]);
    assert!(said.code == 1 && said.err.contains("hadir import list"), "{said:?}");
}

#[test]
fn a_month_is_judged_paid_and_explained() {
    let place = Place::new();
    let punches = filled(&place);

    let sheet = recap(&place);
    let ahmad = person(&sheet, AHMAD);
    assert_eq!(
        (ahmad["totals"]["present"].as_u64(), ahmad["totals"]["late_minutes"].as_i64()),
        (Some(2), Some(20))
    );
    assert_eq!((ahmad["days"].as_array().unwrap().len(), &ahmad["days"][3]["code"]), (30, &"tk".into()));
    assert_eq!(ahmad["stage"], "berlaku");
    assert!(sheet["opds"][0]["open_matters"].as_array().unwrap().iter().any(|m| m["blocks"] == true));

    let pay = place.hadir(&["tpp", "--month", "2025-06", "--opd", "DISDIK", "--format", "json"]).ok().json();
    let tpp = &person(&pay, AHMAD)["tpp"];
    assert_eq!(money(&tpp["gross"]), Decimal::from(5_000_000));
    let lines = tpp["lines"].as_array().unwrap();
    assert_eq!(lines.iter().map(|l| money(&l["rupiah"])).sum::<Decimal>(), money(&tpp["total_cut"]));

    let day = place.hadir(&["explain", AHMAD, "--date", "2025-06-02", "--format", "json"]).ok().json();
    let line = &day["lines"][0];
    assert_eq!((line["code"].as_str(), line["pct"].as_str()), (Some("TL1"), Some("0.5")));
    assert_eq!(money(&line["rupiah"]), Decimal::from(10_000));
    assert!(line["article"].as_str().unwrap().contains("Kepmendagri"));
    let counted = day["punches"].as_array().unwrap().iter().filter(|p| p["used"] == true).count();
    assert_eq!((counted, day["policy"]["id"].as_str()), (2, Some("default-60-40")));
    let text = place.hadir(&["explain", "19800315 200501 1 001", "--date", "2025-06-02"]).ok().out;
    assert!(text.contains("20 min late") && text.contains("Rp10.000") && text.contains("TL1"), "{text}");

    place.hadir(&["import", "undo", &punches]).ok();
    assert_eq!(person(&recap(&place), AHMAD)["totals"]["present"], 0);
}

#[test]
fn every_machine_output_of_a_month_can_be_read() {
    let place = Place::new();
    filled(&place);
    for command in ["recap", "tpp"] {
        for opd in [&["--opd", "disdik"][..], &[]] {
            let mut arguments = vec![command, "--month", "2025-06", "--format", "csv"];
            arguments.extend(opd);
            let rows = place.hadir(&arguments).ok().csv();
            assert_eq!(rows.len(), 3, "{command}");
            assert_eq!((rows[0][0].as_str(), rows[1][0].as_str()), ("OPD", "DISDIK"));
            assert!(rows.iter().any(|row| row.contains(&AHMAD.to_owned())), "{rows:?}");
        }
        place.hadir(&[command, "--month", "2025-06", "--opd", "DISDIK", "--out", "sheet.xlsx"]).ok();
        let mut book: Xlsx<_> = open_workbook(place.path("sheet.xlsx")).unwrap();
        let sheet = book.worksheet_range_at(0).unwrap().unwrap();
        assert!(sheet.used_cells().any(|(_, _, cell)| *cell == Data::String(AHMAD.into())), "NIP is text");
        let folder = format!("all-{command}");
        place.hadir(&[command, "--month", "2025-06", "--format", "xlsx", "--out", &folder]).ok();
        assert_eq!(std::fs::read_dir(place.path(&folder)).unwrap().count(), 1);
        let said = place.hadir(&[command, "--month", "2025-06", "--format", "xlsx"]);
        assert!(said.code == 2 && said.err.contains("--out"), "{said:?}");
        let text = place.hadir(&[command, "--month", "2025-06"]).ok().out;
        assert!(text.contains("Ahmad Fauzi"), "{text}");
    }
    let rows = place.hadir(&["explain", AHMAD, "--date", "2025-06-02", "--format", "csv"]).ok().csv();
    assert_eq!((rows[0][0].as_str(), rows[1][0].as_str()), ("code", "TL1"));
    let rows = place.hadir(&["terminal", "list", "--format", "csv"]).ok().csv();
    assert_eq!((rows[1][0].as_str(), rows[1][1].as_str()), ("TEST0001", "approved"));
}

#[test]
fn what_cannot_be_answered_is_refused_with_a_sentence() {
    let place = Place::new();
    filled(&place);
    for (arguments, words) in [
        (&["recap", "--month", "2999-01"][..], "has not begun"),
        (&["tpp", "--month", "2999-01", "--opd", "DISDIK"], "has not begun"),
        (&["recap", "--month", "2025-06", "--opd", "NIHIL"], "DISDIK"),
        (&["explain", AHMAD, "--date", "2999-01-01"], "future"),
        (&["explain", "123", "--date", "2025-06-02"], "'123'"),
        (&["explain", "199001012015031003", "--date", "2025-06-02"], "nobody has the number"),
        (&["import", "attlog", "1_attlog.dat", "--serial", "TEST0001"], "was imported"),
        (&["import", "employees", "nowhere.xlsx"], "nowhere.xlsx"),
        (&["terminal", "map", "TEST0001", "1", "198504122010012002"], "Ahmad"),
    ] {
        let said = place.hadir(arguments);
        assert_eq!(said.code, 1, "{arguments:?}: {said:?}");
        assert!(said.err.contains(words), "{arguments:?}: {}", said.err);
    }
}

#[test]
fn a_policy_needs_two_officers_who_may() {
    let place = Place::new();
    place.write("list.csv", LIST);
    import(&place, &[]).ok();
    database::prepare(&place);
    let activate = |by, approved| {
        place.hadir(&["policy", "activate", "default-60-40", "--by", by, "--approved-by", approved])
    };
    for (by, approved, words) in [("ani", "ANI", "same account"), ("ani", "citra", "BKPSDM")] {
        let said = activate(by, approved);
        assert!(said.code == 1 && said.err.contains(words), "{said:?}");
    }
    activate("ani", "budi").ok();
    let said = activate("ani", "budi");
    assert!(said.code == 1 && said.err.contains("in force already"), "{said:?}");
    let list = place.hadir(&["policy", "list", "--format", "json"]).ok().json();
    let active = list.as_array().unwrap().iter().find(|p| p["state"] == "active").unwrap();
    assert_eq!((&active["activated_by"], &active["approved_by"]), (&"ani".into(), &"budi".into()));
}
