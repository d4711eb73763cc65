//! The examples in the documentation are read by the program.

use domain::{calendar::Layer, document::Format, schedule::Schedule};

use crate::{answer, day, rupiah};

const SCHEDULES: &str = include_str!("../../../../docs/src/schedules.md");
const JUDGE_FILE: &str = include_str!("../../../../docs/src/judge-file.md");

/// The TOML blocks of a page.
fn blocks(page: &str) -> Vec<&str> {
    page.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

#[test]
fn the_calendar_and_the_schedules_of_the_page_are_sound() {
    let blocks = blocks(SCHEDULES);
    assert_eq!(blocks.len(), 3);
    let layer = Layer::read(blocks[0], Format::Toml).unwrap();
    assert_eq!((layer.days.len(), layer.withdrawals.len(), layer.periods.len()), (1, 1, 1));
    for block in &blocks[1..] {
        Schedule::read(block, Format::Toml).unwrap();
    }
}

#[test]
fn every_rule_and_shift_key_stands_on_the_page() {
    let rules = serde_json::to_value(domain::schedule::Rules::default()).unwrap();
    let optional = ["half_day_below_minutes", "absent_below_minutes", "holidays_free"];
    for key in rules.as_object().unwrap().keys().map(String::as_str).chain(optional) {
        assert!(SCHEDULES.contains(&format!("`{key}`")), "{key}");
    }
    for code in domain::schedule::builtin::codes() {
        assert!(SCHEDULES.contains(&format!("`{code}`")), "{code}");
    }
}

#[test]
fn the_judge_files_of_the_page_give_an_answer() {
    let blocks = blocks(JUDGE_FILE);
    let shortest = answer(blocks[0]);
    assert_eq!(day(&shortest, "2026-06-02").late_minutes, 20);
    assert_eq!(rupiah(shortest.persons[0].tpp[0].earned), "4630000");
    assert!(JUDGE_FILE.contains(r#""earned": "4630000""#));
    for punches in &blocks[1..] {
        let output = answer(&format!("month = \"2026-06\"\n[[person]]\nid = \"a\"\n{punches}"));
        assert_eq!(day(&output, "2026-06-08").used.len(), 2, "{punches}");
    }
}
