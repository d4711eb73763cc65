//! Shipped schedules, the file format and its error messages.

use domain::{
    document::Format,
    schedule::{Schedule, builtin},
};
use jiff::civil::Weekday;

const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// Net minutes per weekday, in ordinary weeks or in Ramadan.
fn minutes(code: &str, ramadan: bool) -> Vec<i64> {
    let schedule = builtin::get(code).unwrap();
    let shifts = if ramadan { &schedule.overlays[0].shifts } else { &schedule.shifts };
    let of = |day: &Weekday| shifts.iter().filter(|s| s.worked_on(*day)).map(|s| s.net_minutes()).sum();
    WEEK.iter().map(of).collect()
}

#[test]
fn weekly_minutes_are_those_of_the_law() {
    assert_eq!(minutes("perpres-21-2023", false), [450, 450, 450, 450, 450, 0, 0]);
    assert_eq!(minutes("perpres-21-2023", true), [390, 390, 390, 390, 390, 0, 0]);
    for (code, ramadan, total) in [
        ("perpres-21-2023", false, 2250),
        ("perpres-21-2023", true, 1950),
        ("perpres-21-2023-6", false, 2250),
        ("perpres-21-2023-6", true, 1950),
        ("perpres-21-2023-6-menpan", false, 2250),
        ("perpres-21-2023-6-menpan", true, 1980),
    ] {
        assert_eq!(minutes(code, ramadan).iter().sum::<i64>(), total, "{code} {ramadan}");
    }
    let shift = |code: &str| builtin::get("rs-3-shift").unwrap().shift(code).unwrap().net_minutes();
    assert_eq!([shift("P"), shift("S"), shift("M")], [420, 420, 600]);
}

#[test]
fn a_schedule_survives_toml_and_json() {
    for code in builtin::codes() {
        let schedule = builtin::get(code).unwrap();
        let toml = toml::to_string(&schedule).unwrap();
        assert_eq!(Schedule::read(&toml, Format::Toml).unwrap(), schedule, "{code}\n{toml}");
        let json = serde_json::to_string(&schedule).unwrap();
        assert_eq!(Schedule::read(&json, Format::guess(&json)).unwrap(), schedule, "{code}");
    }
}

#[test]
fn required_minutes_can_be_set_and_days_read_in_indonesian() {
    let text = "code = \"x\"\n[[shift]]\ncode = \"A\"\ndays = [\"senin\", \"jumat\"]\nstart = 07:30\nend = \"16.00\"\nrequired_minutes = 400\n";
    let schedule = Schedule::read(text, Format::Toml).unwrap();
    assert_eq!(schedule.shifts[0].net_minutes(), 400);
    assert!(schedule.shifts[0].worked_on(Weekday::Friday));
}

/// The path, line and message of the first problem.
fn first_problem(text: &str) -> (String, Option<usize>, String) {
    let problem = Schedule::read(text, Format::Toml).unwrap_err().remove(0);
    (problem.path, problem.line, problem.message)
}

#[test]
fn mistakes_are_named_with_their_place() {
    let shift =
        "code = \"x\"\n[[shift]]\ncode = \"A\"\ndays = [\"mon\"]\nstart = \"07:30\"\nend = \"16:00\"\n";
    let (path, line, message) = first_problem(&format!("{shift}istirahat = 60\n"));
    assert_eq!((path.as_str(), line), ("shift[0].istirahat", Some(7)));
    assert!(message.contains("unknown field `istirahat`"), "{message}");

    let (path, line, message) = first_problem(&shift.replace("07:30", "7 pagi"));
    assert_eq!((path.as_str(), line), ("shift[0].start", Some(5)));
    assert!(message.contains("'7 pagi' is not a time"), "{message}");

    let (path, line, message) = first_problem(&shift.replace("\"mon\"", "\"monntag\""));
    assert_eq!((path.as_str(), line), ("shift[0].days[0]", Some(4)));
    assert!(message.contains("monntag"), "{message}");

    let (_, line, message) = first_problem("code = \"x\n");
    assert_eq!(line, Some(1));
    assert!(message.starts_with("not valid TOML"), "{message}");

    for (more, path) in [
        ("rest = { from = \"17:00\", until = \"18:00\" }\n", "shift[0].rest"),
        ("on_time_until = \"07:00\"\n", "shift[0].on_time_until"),
        ("in_window = { from = \"09:00\", until = \"08:00\" }\n", "shift[0].in_window"),
        ("out_window = { from = \"12:00\", until = \"15:00\" }\n", "shift[0].out_window"),
        ("[[shift]]\ncode = \"A\"\nstart = \"08:00\"\nend = \"09:00\"\n", "shift[1].code"),
        ("[rules]\npunches = \"last_in_window\"\n", "shift[0]"),
        ("[rules]\nduplicate_minutes = -1\n", "rules.duplicate_minutes"),
        ("[rules]\nhalf_day_below_minutes = 60\nabsent_below_minutes = 120\n", "rules.absent_below_minutes"),
        ("[[overlay]]\nname = \"r\"\n", "overlay[0]"),
        ("[cycle]\nanchor = 2026-01-01\nshifts = [\"A\"]\n", "cycle"),
    ] {
        assert_eq!(first_problem(&format!("{shift}{more}")).0, path, "{more}");
    }
    assert_eq!(first_problem("code = \"x\"\n").0, "shift");
}

#[test]
fn json_mistakes_are_named_too() {
    let problem = Schedule::read("{\"code\": \"x\", \"shift\": [{\"code\": \"A\"}]}", Format::Json)
        .unwrap_err()
        .remove(0);
    assert_eq!(problem.path, "shift[0]");
    assert!(problem.message.contains("missing field `start`"));
    let broken = Schedule::read("{\"code\": ", Format::Json).unwrap_err().remove(0);
    assert!(broken.to_string().starts_with("line 1: not valid JSON"));
}
