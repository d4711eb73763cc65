//! Mistakes in a file are named with their place and a remedy.

use domain::{
    document::{Format, Problem},
    whatif::run,
};

fn problems(text: &str) -> Vec<Problem> {
    run(text, Format::guess(text), |_| None).map(|_| ()).unwrap_err()
}

/// Path and line of the first problem, and its message with remedy.
fn first(text: &str) -> (String, Option<usize>, String) {
    let problem = problems(text).remove(0);
    (problem.path.clone(), problem.line, problem.to_string())
}

#[test]
fn unknown_keys_are_refused_with_their_line() {
    for (text, path, line) in [
        ("month = \"2026-06\"\nbulan = 6\n[[person]]\nid = \"a\"\n", "bulan", 2),
        ("month = \"2026-06\"\n[[person]]\nid = \"a\"\nnip = \"1\"\n", "person[0].nip", 4),
        ("[calendar]\nholidays = []\n", "calendar.holidays", 2),
        (
            "[[person]]\nid = \"a\"\nstatuses = [\n  { code = \"CT\", tanggal = 2026-06-01 },\n]\n",
            "person[0].statuses[0].tanggal",
            4,
        ),
        (
            "[[person]]\nid = \"a\"\npunches = [{ at = \"2026-06-01 07:00\", key = \"in\" }]\n",
            "person[0].punches[0].key",
            3,
        ),
        (
            "[[person]]\nid = \"a\"\nevents = [{ date = 2026-06-01, kind = \"apel\", hadir = true }]\n",
            "person[0].events[0].hadir",
            3,
        ),
    ] {
        let (found, at, message) = first(text);
        assert_eq!((found.as_str(), at), (path, Some(line)), "{message}");
        assert!(message.contains("unknown field"), "{message}");
    }
}

#[test]
fn wrong_values_are_named() {
    for (text, path, says) in [
        (
            "[[person]]\nid = \"a\"\npunches = [\"kemarin\"]\n",
            "person[0].punches[0]",
            "'kemarin' is not a moment",
        ),
        (
            "[[person]]\nid = \"a\"\npunches = { 2026-06-08 = \"7 pagi\" }\n",
            "person[0].punches.2026-06-08",
            "'7' is not a time",
        ),
        ("month = \"2026-13\"\n", "month", "'2026-13' is not a month"),
        ("zone = \"WIBB\"\n", "zone", "unknown variant `WIBB`"),
        ("[[person]]\nid = \"a\"\nkind = \"honorer\"\n", "person[0].kind", "unknown variant `honorer`"),
        (
            "[[person]]\nid = \"a\"\nroster = { 2026-06-08 = 3 }\n",
            "person[0].roster.2026-06-08",
            "a shift code in quotes",
        ),
        ("policy = 3\n", "policy", "a policy is an id or path"),
    ] {
        let (found, _, message) = first(text);
        assert_eq!(found, path, "{message}");
        assert!(message.contains(says), "{message}");
    }
}

#[test]
fn contradictions_are_told_all_at_once() {
    let text = "month = \"2026-06\"\nversion = 2\npolicy = \"tidak-ada\"\n\
                [[schedules]]\ncode = \"x\"\n\
                [[person]]\nid = \"a\"\n[[person]]\nid = \"a\"\n\
                [calendar]\nperiods = [{ name = \"ramadan\", from = 2026-03-20, until = 2026-02-19 }]\n";
    let found = problems(text);
    let paths: Vec<&str> = found.iter().map(|p| p.path.as_str()).collect();
    assert_eq!(paths, ["version", "person[1].id", "calendar.periods[0]", "schedules[0].shift", "policy"]);
    assert!(found.iter().any(|p| p.remedy.contains("default-60-40")), "{found:?}");
}

#[test]
fn problems_of_persons_are_told_all_at_once() {
    let text = "month = \"2026-06\"\n\
        [[person]]\nid = \"a\"\nschedule = \"kantor\"\ntpp = \"banyak\"\n\
        [[person]]\nid = \"b\"\nstatuses = [{ code = \"CT\" }, { code = \"DL\", from = 2026-06-09, until = 2026-06-08 }]\n";
    let paths: Vec<String> = problems(text).into_iter().map(|p| p.path).collect();
    assert_eq!(
        paths,
        ["person[0].schedule", "person[0].tpp", "person[1].statuses[0]", "person[1].statuses[1].until"]
    );
}

#[test]
fn the_days_must_be_said_once_and_be_bearable() {
    let person = "[[person]]\nid = \"a\"\n";
    for (head, says) in [
        ("", "which month is to be judged is not said"),
        ("month = \"2026-06\"\nfrom = 2026-06-01\n", "either month, or from and until"),
        ("from = 2026-06-01\n", "`until` is missing"),
        ("from = 2026-06-02\nuntil = 2026-06-01\n", "lies before"),
        ("from = 1926-06-02\nuntil = 2026-06-01\n", "more than 1200 days"),
    ] {
        let (_, _, message) = first(&format!("{head}{person}"));
        assert!(message.contains(says), "{message}");
    }
    let (_, _, message) = first(&format!("{person}absent = [2026-06-01, 2026-07-01]\n"));
    assert!(message.contains("several months, from 2026-06 to 2026-07"), "{message}");
    assert!(first("month = \"2026-06\"\n").2.contains("nobody is to be judged"));
}

#[test]
fn mistakes_inside_a_policy_are_told_with_its_path() {
    let text = "month = \"2026-06\"\npolicy_text = '''\n[policy]\nid = \"p\"\n'''\n[[person]]\nid = \"a\"\n";
    let found = problems(text);
    assert!(found.iter().all(|p| p.path.starts_with("policy_text")), "{found:?}");
    assert!(!found.is_empty());
    let both = format!("policy = \"default-60-40\"\n{text}");
    assert_eq!(first(&both).0, "policy_text");
}

#[test]
fn text_that_is_neither_toml_nor_json_is_refused() {
    assert!(first("month = \n").2.starts_with("line 1: not valid TOML"));
    assert!(first("{\"month\": }").2.starts_with("line 1: not valid JSON"));
}

#[test]
fn every_mistake_of_shape_is_named_in_one_pass() {
    let text = "month = \"2026-13\"\nbulan = 6\nzone = \"WIBB\"\n\n[[person]]\nid = \"a\"\nnip = \"1\"\npunches = [\"kemarin\", \"2026-06-01 07:00\", \"lusa\"]\n\n[[person]]\nname = \"b\"\n\n[[person]]\nid = \"c\"\nkelas = \"tujuh\"\n";
    let found: Vec<(String, Option<usize>)> = problems(text).into_iter().map(|p| (p.path, p.line)).collect();
    for (path, line) in [
        ("month", 1),
        ("bulan", 2),
        ("zone", 3),
        ("person[0].nip", 7),
        ("person[0].punches[0]", 8),
        ("person[0].punches[2]", 8),
        ("person[1]", 10),
        ("person[2].kelas", 15),
    ] {
        let is_there = found.iter().any(|(p, l)| p.starts_with(path) && *l == Some(line));
        assert!(is_there, "{path} on line {line} in {found:?}");
    }
}

#[test]
fn mistakes_of_the_setup_do_not_hide_those_of_persons() {
    let text = "month = \"2026-06\"\n[[schedules]]\ncode = \"X\"\n[[person]]\nid = \"a\"\nschedule = \"tak-ada\"\n[[person]]\nid = \"a\"\n";
    let found = problems(text);
    assert!(found.iter().any(|p| p.message.contains("used twice")), "{found:#?}");
    assert!(found.iter().any(|p| p.message.contains("no schedule is called")), "{found:#?}");
}

#[test]
fn every_broken_line_of_the_notation_is_named() {
    let lines: Vec<_> = problems("month = \nzone = \"WIB\"\nas_of = = 3\n").iter().map(|p| p.line).collect();
    assert!(lines.contains(&Some(1)) && lines.contains(&Some(3)), "{lines:?}");
}
