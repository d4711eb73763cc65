//! The benches run and prove what they claim; no figure is asserted, since machines differ.

use crate::run::Place;

fn figure<'a>(report: &'a serde_json::Value, name: &str, unit: &str) -> &'a serde_json::Value {
    let all = report["figures"].as_array().unwrap();
    all.iter().find(|f| f["name"] == name && f["unit"] == unit).unwrap_or_else(|| panic!("{name}: {report}"))
}

/// A report whose figures can be told apart by name and unit.
fn reports(arguments: &[&str]) -> serde_json::Value {
    let reports = Place::new().hadir(&[&["bench"], arguments, &["--format", "json"]].concat()).ok().json();
    for report in reports.as_array().unwrap() {
        let mut seen = std::collections::HashSet::new();
        for figure in report["figures"].as_array().unwrap() {
            assert!(seen.insert((&figure["name"], &figure["unit"])), "twice: {figure}");
            assert!(figure["value"].as_f64().unwrap() >= 0.0, "{figure}");
        }
    }
    reports
}

/// What a figure is compared with, in order.
fn beside<'a>(report: &'a serde_json::Value, name: &str, unit: &str) -> Vec<&'a str> {
    let figure = figure(report, name, unit);
    let also = figure["also"].as_array().into_iter().flatten();
    let all = std::iter::once(&figure["beside"]).chain(also);
    all.filter_map(|beside| beside["name"].as_str()).collect()
}

#[test]
fn the_audit_of_a_log_is_measured_beside_plain_reading_and_its_receipts_are_short() {
    let reports = reports(&["log", "--entries", "70000", "--seed", "7"]);
    let report = &reports[0];
    assert_eq!((&report["engine"], &report["seed"]), (&"none".into(), &7.into()));
    let value = |name, unit| figure(report, name, unit)["value"].as_f64().unwrap();
    assert!((value("entries", "entries") - 70_000.0).abs() < f64::EPSILON);
    // A bundle and a tile for each 256 entries, each entry more than its hash.
    assert!(value("files", "files") > 2.0 * 273.0 && value("files", "bytes") > 70_000.0 * 64.0, "{report}");
    assert_eq!(beside(report, "audit", "s_wall"), ["target", "read_and_sha256"]);
    assert_eq!(beside(report, "audit", "s_cpu"), ["read_and_sha256"]);
    let longest = ["receipt_longest", "receipt_longest_1_cosignature", "receipt_longest_2_cosignatures"];
    let bytes = longest.map(|name| value(name, "bytes"));
    assert!(bytes[0] < bytes[1] && bytes[1] < bytes[2] && bytes[0] < 1_500.0, "{bytes:?}");
    longest.iter().for_each(|name| assert_eq!(beside(report, name, "bytes"), ["target"]));
}

#[test]
fn the_intake_is_measured_with_receipts_overload_and_what_the_machine_does_itself() {
    let small = ["--rate", "50", "--seconds", "1", "--overload-seconds", "1", "--devices", "4"];
    let reports = reports(&[&["intake", "--people", "20", "--seed", "5"], &small[..]].concat());
    let report = &reports[0];
    assert_eq!((&report["bench"], &report["engine"]), (&"intake".into(), &"sqlite".into()));
    assert!(report["cores"].as_u64().unwrap() >= 1 && report["seed"] == 5);
    let raw = "raw_rows_with_log_and_keys";
    let expected: [(&str, &str, &[&str]); 24] = [
        ("machine_pause_longest", "ms", &[]),
        ("machine_paused", "ratio", &[]),
        ("raw_rows_without_log_and_keys", "rows/s", &[]),
        (raw, "rows/s", &["raw_without"]),
        ("sustained", "punches/s", &["target", raw]),
        ("sustained_share_of_raw", "ratio", &["target"]),
        ("sustained_p50", "ms", &[]),
        ("sustained_p99", "ms", &["target"]),
        ("receipt_p50", "ms", &["target"]),
        ("receipt_p99", "ms", &["target"]),
        ("server_cpu", "us_cpu/punch", &[]),
        ("client_cpu", "us_cpu/punch", &[]),
        ("morning_rush_p50", "ms", &[]),
        ("morning_rush_p99", "ms", &["target"]),
        ("peak", "punches/s", &[raw]),
        ("overload_goodput", "punches/s", &["peak", "sustained"]),
        ("overload_goodput_share_of_peak", "ratio", &["target"]),
        ("overload_accepted_p99", "ms", &["target"]),
        ("overload_refused", "requests", &[]),
        ("overload_refused_p99", "ms", &["target"]),
        ("overload_never_sent", "requests", &[]),
        ("overload_memory", "MB", &["before", "samples_of_the_sender"]),
        ("normal_again", "s", &["target", "seconds_above_target"]),
        ("stored_punches", "rows", &["accepted"]),
    ];
    for (name, unit, with) in expected {
        assert_eq!(beside(report, name, unit), with, "{name}");
    }
    let stored = &figure(report, "stored_punches", "rows")["beside"]["ratio"];
    assert!(stored.as_f64().unwrap() >= 1.0, "what was accepted is stored: {report}");
}

#[test]
fn judging_is_measured_beside_its_target_and_peer() {
    let reports = reports(&["judge", "--largest", "1200"]);
    let report = &reports[0];
    let days = figure(report, "judged_days_1000_people", "days")["value"].as_f64().unwrap();
    assert!((days - 31_000.0).abs() < f64::EPSILON, "whole months");
    assert_eq!(figure(report, "judge_and_tpp_1000_people", "s_cpu")["beside"]["name"], "target");
    assert!(figure(report, "linearity_1200_people", "s_cpu")["beside"]["ratio"].as_f64().unwrap() > 0.0);
    assert_eq!(figure(report, "month_matrix_sql_statements", "statements")["beside"]["name"], "horilla");
    assert!(report["cores"].as_u64().unwrap() >= 1 && report["optimised"].is_boolean());
}

#[test]
fn a_workbook_is_imported_whole_with_few_statements() {
    let reports = reports(&["import", "--people", "300"]);
    assert!(
        (figure(&reports[0], "people", "people")["value"].as_f64().unwrap() - 300.0).abs() < f64::EPSILON
    );
    assert!(figure(&reports[0], "import", "statements")["value"].as_f64().unwrap() < 60.0);
    assert_eq!(beside(&reports[0], "import", "s_wall"), ["target", "read_only"]);
}

#[test]
fn an_upload_is_stored_once() {
    let reports = reports(&["terminal", "--lines", "600"]);
    let rows = |name| figure(&reports[0], name, "rows")["value"].as_f64().unwrap();
    assert!((rows("rows_after_first_upload") - 600.0).abs() < f64::EPSILON);
    assert!(rows("rows_added_by_second_upload").abs() < f64::EPSILON);
    assert_eq!(beside(&reports[0], "first_upload", "s_wall"), ["target", "raw_insert"]);
}

#[test]
fn the_month_page_stays_small_and_asks_as_often_for_100_people_as_for_20() {
    let measure = |people: &str| {
        let arguments = ["bench", "page", "--people", people, "--format", "json"];
        let reports = Place::new().hadir(&arguments).ok().json();
        assert!(figure(&reports[0], "month_page_gzip", "bytes")["value"].as_f64().unwrap() < 60_000.0);
        let statements = figure(&reports[0], "month_page", "statements")["value"].as_f64().unwrap();
        assert!(statements < 10.0, "{statements}");
        statements
    };
    assert!((measure("20") - measure("100")).abs() < f64::EPSILON);
}
