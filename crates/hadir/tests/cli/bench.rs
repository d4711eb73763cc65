//! The benches run and prove what they claim; no figure is asserted, since machines differ.

use crate::run::Place;

fn figure<'a>(report: &'a serde_json::Value, name: &str, unit: &str) -> &'a serde_json::Value {
    let all = report["figures"].as_array().unwrap();
    all.iter().find(|f| f["name"] == name && f["unit"] == unit).unwrap_or_else(|| panic!("{name}: {report}"))
}

#[test]
fn judging_is_measured_beside_its_target_and_peer() {
    let reports =
        Place::new().hadir(&["bench", "judge", "--largest", "1200", "--format", "json"]).ok().json();
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
    let reports = Place::new().hadir(&["bench", "import", "--people", "300", "--format", "json"]).ok().json();
    assert!(
        (figure(&reports[0], "people", "people")["value"].as_f64().unwrap() - 300.0).abs() < f64::EPSILON
    );
    assert!(figure(&reports[0], "import", "statements")["value"].as_f64().unwrap() < 60.0);
    assert_eq!(figure(&reports[0], "import", "s_wall")["beside"]["name"], "target");
}

#[test]
fn an_upload_is_stored_once() {
    let reports =
        Place::new().hadir(&["bench", "terminal", "--lines", "600", "--format", "json"]).ok().json();
    let rows = |name| figure(&reports[0], name, "rows")["value"].as_f64().unwrap();
    assert!((rows("rows_after_first_upload") - 600.0).abs() < f64::EPSILON);
    assert!(rows("rows_added_by_second_upload").abs() < f64::EPSILON);
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
