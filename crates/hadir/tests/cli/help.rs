//! Every command explains itself, and the command line is checked before anything is touched.

use crate::run::Place;

/// Every level of the command line.
const COMMANDS: &[&[&str]] = &[
    &[],
    &["serve"],
    &["demo"],
    &["setup"],
    &["account"],
    &["account", "add"],
    &["calendar"],
    &["calendar", "list"],
    &["calendar", "add"],
    &["calendar", "ramadan"],
    &["calendar", "revoke"],
    &["import"],
    &["import", "employees"],
    &["import", "attlog"],
    &["import", "roster"],
    &["import", "figures"],
    &["import", "undo"],
    &["import", "list"],
    &["schedule"],
    &["schedule", "list"],
    &["schedule", "assign"],
    &["schedule", "group"],
    &["terminal"],
    &["terminal", "list"],
    &["terminal", "approve"],
    &["terminal", "map"],
    &["device"],
    &["device", "add"],
    &["device", "revoke"],
    &["policy"],
    &["policy", "check"],
    &["policy", "activate"],
    &["policy", "list"],
    &["recap"],
    &["tpp"],
    &["explain"],
    &["judge"],
    &["doctor"],
    &["erase"],
    &["log"],
    &["log", "receipt"],
    &["log", "reingest"],
    &["log", "disaster"],
    &["log", "rotate-key"],
    &["log", "lost"],
    &["log", "mail"],
    &["verify"],
    &["verify", "log"],
    &["verify", "receipt"],
    &["verify", "recap"],
    &["verify", "facts"],
    &["bench"],
    &["bench", "import"],
    &["bench", "intake"],
    &["bench", "judge"],
    &["bench", "log"],
    &["bench", "terminal"],
    &["bench", "page"],
];

#[test]
fn every_command_has_help_with_a_line_for_each_option() {
    let place = Place::new();
    for command in COMMANDS {
        let mut arguments = command.to_vec();
        arguments.push("--help");
        let said = place.hadir(&arguments).ok();
        assert!(said.out.contains("Usage: hadir"), "{command:?}: {}", said.out);
        assert!(said.out.contains("--format <FORMAT>"), "{command:?}");
        let lines: Vec<&str> = said.out.lines().map(str::trim).collect();
        for (line, next) in lines.iter().zip(lines.iter().skip(1).chain(std::iter::once(&""))) {
            let is_option = line.starts_with("--") || line.starts_with("-h,");
            assert!(!is_option || line.contains("  ") || !next.is_empty(), "{command:?}: {line}");
        }
    }
    assert!(!place.path("hadir.db").exists(), "help opens no database");
}

#[test]
fn a_wrong_command_line_is_exit_code_2_and_says_what_is_wrong() {
    let place = Place::new();
    for (arguments, word) in [
        (&["recap"][..], "--month"),
        (&["recap", "--month", "2026-13"], "YYYY-MM"),
        (&["explain", "198003152005011001"], "--date"),
        (&["terminal", "approve", "X"], "--unit"),
        (&["terminal", "approve", "X", "--unit", "A", "--zone", "UTC"], "WITA"),
        (&["policy", "activate", "default-60-40", "--by", "a"], "--approved-by"),
        (&["frobnicate"], "frobnicate"),
        (&["judge", "x.toml", "--format", "xlsx"], "xlsx"),
    ] {
        let said = place.hadir(arguments);
        assert_eq!(said.code, 2, "{arguments:?}: {said:?}");
        assert!(said.err.contains(word), "{arguments:?}: {}", said.err);
    }
    assert!(!place.path("hadir.db").exists());
}
