//! Working days, layers, periods and runs of free days.

use domain::{
    calendar::{Calendar, HolidayKind, Layer, Level, RAMADAN, WorkWeek},
    document::Format,
    month::Month,
};

use crate::support::day;

const FIVE: WorkWeek = WorkWeek::FIVE_DAYS;
const SIX: WorkWeek = WorkWeek::SIX_DAYS;

#[test]
fn effective_working_days_of_2025_and_2026() {
    let calendar = Calendar::national();
    for (year, week, months, total) in [
        (2025, FIVE, [19, 20, 19, 16, 17, 18, 23, 20, 21, 23, 20, 21], 237),
        (2025, SIX, [23, 24, 23, 20, 22, 22, 27, 25, 25, 27, 25, 25], 288),
        (2026, FIVE, [20, 18, 17, 21, 16, 20, 23, 19, 22, 22, 21, 21], 240),
        (2026, SIX, [25, 22, 20, 25, 21, 24, 27, 24, 26, 27, 25, 25], 291),
    ] {
        let counted: Vec<i64> = (1..=12)
            .map(|m| format!("{year}-{m:02}").parse::<Month>().unwrap())
            .map(|m| calendar.working_days_of(m, week))
            .collect();
        assert_eq!(counted, months, "{year}");
        assert_eq!(counted.iter().sum::<i64>(), total, "{year}");
        assert_eq!(
            calendar.working_days(day(&format!("{year}-01-01")), day(&format!("{year}-12-31")), week),
            total
        );
    }
}

#[test]
fn a_term_in_working_days_skips_holidays() {
    let calendar = Calendar::national();
    let seventh = |from: &str| calendar.nth_working_day_after(day(from), 7, FIVE).unwrap();
    assert_eq!(seventh("2026-03-09"), day("2026-03-25"));
    assert_eq!(seventh("2026-07-01"), day("2026-07-10"));
    assert_eq!(calendar.nth_working_day_after(day("2026-03-09"), 0, FIVE), Some(day("2026-03-09")));
    assert_eq!(calendar.nth_working_day_after(day("2026-03-09"), 1, WorkWeek::of([])), None);
    // Leave from 17 to 25 March 2026 costs two working days.
    assert_eq!(calendar.working_days(day("2026-03-17"), day("2026-03-25"), FIVE), 2);
}

#[test]
fn a_lower_layer_adds_and_withdraws() {
    let bali =
        Layer::empty(Level::Province, "Bali").with_day(day("2026-06-17"), HolidayKind::Libur, "Galungan");
    let unit = Layer::empty(Level::Unit, "RSUD")
        .without_day(day("2026-02-16"), "tetap melayani")
        .without_day(day("2026-06-17"), "tetap melayani");
    let calendar = Calendar::national_with([&unit, &bali]);
    assert!(calendar.is_working(day("2026-02-16"), FIVE));
    assert!(
        calendar.is_working(day("2026-06-17"), FIVE),
        "the unit stands below the province, whatever the order"
    );
    assert!(!calendar.is_working(day("2026-02-17"), FIVE));
    let mark = calendar.mark(day("2026-02-16")).unwrap();
    assert_eq!(mark.withdrawn, Some((Level::Unit, "tetap melayani".to_owned())));
    let bali_only = Calendar::national_with([&bali]);
    assert_eq!(bali_only.holiday(day("2026-06-17")).unwrap().name, "Galungan");
    assert_eq!(bali_only.holidays(day("2026-06-01"), day("2026-06-30")).count(), 3);
}

#[test]
fn a_lower_layer_may_add_a_day_again_that_was_withdrawn_above() {
    let province = Layer::empty(Level::Province, "").without_day(day("2026-02-16"), "");
    let regency =
        Layer::empty(Level::Regency, "").with_day(day("2026-02-16"), HolidayKind::Libur, "Hari jadi");
    let calendar = Calendar::national_with([&province, &regency]);
    assert_eq!(calendar.holiday(day("2026-02-16")).unwrap().name, "Hari jadi");
}

#[test]
fn ramadan_is_a_dated_period_that_a_lower_layer_may_redate() {
    let national =
        Layer::empty(Level::National, "").with_period(RAMADAN, day("2026-02-19"), day("2026-03-20"));
    let regency = Layer::empty(Level::Regency, "").with_period(RAMADAN, day("2026-02-18"), day("2026-03-19"));
    let calendar = Calendar::national_with([&national]);
    assert!(!calendar.in_period(RAMADAN, day("2026-02-18")));
    assert!(calendar.in_period(RAMADAN, day("2026-03-20")));
    let local = Calendar::national_with([&national, &regency]);
    assert!(local.in_period(RAMADAN, day("2026-02-18")));
    assert!(!local.in_period(RAMADAN, day("2026-03-20")));
}

#[test]
fn first_and_last_day_around_holidays() {
    let calendar = Calendar::national();
    // 18 to 24 March 2026 are free.
    assert!(calendar.is_first_after_run(day("2026-03-25"), 3, FIVE));
    assert!(calendar.is_last_before_run(day("2026-03-17"), 3, FIVE));
    // An ordinary weekend is no run of three.
    assert!(!calendar.is_first_after_run(day("2026-03-09"), 3, FIVE));
    assert!(!calendar.is_last_before_run(day("2026-03-06"), 3, FIVE));
    // Friday 16 January 2026 is free: with the weekend a run of three for five days, not for six.
    assert!(calendar.is_first_after_run(day("2026-01-19"), 3, FIVE));
    assert!(!calendar.is_first_after_run(day("2026-01-19"), 3, SIX));
}

#[test]
fn unknown_years_are_known_to_be_unknown() {
    let calendar = Calendar::national();
    assert!(calendar.knows(2025) && calendar.knows(2026));
    assert!(!calendar.knows(2027));
}

#[test]
fn a_layer_file_is_read_strictly() {
    let text = "level = \"regency\"\nname = \"Contoh\"\n[[day]]\ndate = 2026-06-21\nname = \"Hari jadi\"\n[[withdraw]]\ndate = \"2026-02-16\"\n";
    let layer = Layer::read(text, Format::Toml).unwrap();
    assert_eq!(layer.days[0].date, day("2026-06-21"), "a date may stand without quotes");
    let problems =
        Layer::read("level = \"regency\"\n[[day]]\ndate = 2026-06-21\nnama = \"x\"\n", Format::Toml)
            .unwrap_err();
    assert!(problems.iter().any(|p| (p.path.as_str(), p.line) == ("day[0].nama", Some(4))), "{problems:?}");
    let backwards =
        "level = \"unit\"\n[[period]]\nname = \"ramadan\"\nfrom = 2026-03-20\nuntil = 2026-02-19\n";
    assert!(Layer::read(backwards, Format::Toml).unwrap_err()[0].message.contains("before it begins"));
}
