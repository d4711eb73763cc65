//! File, then variables, then flags; what does not exist is an error.

use crate::run::Place;

#[test]
fn the_later_source_wins() {
    let place = Place::new();
    let file = place.write("hadir.toml", "database_url = 'sqlite:file.db'\nlog = 'warn'\n");
    let config = ["--config", file.to_str().unwrap()];
    let list = |more: &[&str], variables: &[(&str, &str)]| {
        let mut arguments = vec!["setup"];
        arguments.extend(config);
        arguments.extend(more);
        place.run(&arguments, variables, "").ok();
    };
    list(&["--database-url", "sqlite:flag.db"], &[("HADIR_DATABASE_URL", "sqlite:variable.db")]);
    assert!(place.path("flag.db").exists());
    assert!(!place.path("variable.db").exists() && !place.path("file.db").exists());
    list(&[], &[("HADIR_DATABASE_URL", "sqlite:variable.db")]);
    assert!(place.path("variable.db").exists() && !place.path("file.db").exists());
}

#[test]
fn lines_that_no_terminal_shows_have_no_colours() {
    let place = Place::new();
    place.hadir(&["setup"]).ok();
    let said = place.hadir(&["terminal", "list", "--log", "debug"]).ok();
    assert!(said.err.contains("DEBUG") && !said.err.contains('\u{1b}'), "{said:?}");
}

#[test]
fn unknown_keys_are_named() {
    let place = Place::new();
    let file = place.write("hadir.toml", "lisen = '127.0.0.1:1'\n");
    let said = place.hadir(&["terminal", "list", "--config", file.to_str().unwrap()]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("lisen") && said.err.contains("hadir.toml"), "{}", said.err);
    let said = place.run(&["terminal", "list"], &[("HADIR_LISEN", "127.0.0.1:1")], "");
    assert_eq!(said.code, 1);
    assert!(said.err.contains("HADIR_LISEN") && said.err.contains("lisen"), "{}", said.err);
    let said = place.hadir(&["terminal", "list", "--config", "nowhere.toml"]);
    assert!(said.code == 1 && said.err.contains("nowhere.toml"), "{said:?}");
    assert!(!place.path("hadir.db").exists());
}

#[test]
fn a_database_that_is_down_is_told_with_a_remedy_and_no_password() {
    let place = Place::new();
    // Nothing listens on port 1 of the loopback address.
    let url = "postgres://hadir:geheim@127.0.0.1:1/hadir";
    let said = place.hadir(&["terminal", "list", "--database-url", url]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("127.0.0.1/hadir") && said.err.contains("database_url"), "{}", said.err);
    assert!(!said.err.contains("geheim"), "{}", said.err);
}

#[test]
fn a_database_that_refuses_is_told_in_the_words_of_postgresql() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let database = runtime.block_on(store::testing::empty_postgres());
    let missing = format!("{}_gone", database.url).replace("hadir@", "hadir:geheim@");
    let said = Place::at(&missing).hadir(&["log"]);
    assert!(said.code == 1 && said.err.contains("_gone\" does not exist"), "{}", said.err);
    assert!(said.err.contains("cannot open the database") && !said.err.contains("geheim"), "{}", said.err);
    runtime.block_on(database.finish());
}
