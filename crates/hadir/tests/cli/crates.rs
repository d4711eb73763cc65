//! Which crate knows of which: the table of the page on architecture is that of the manifests.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Names of crates, each with those that it depends on.
type Knowledge = BTreeMap<String, BTreeSet<String>>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The dependencies among the crates of this workspace, without those of tests.
fn manifests() -> Knowledge {
    let folders = fs::read_dir(root().join("crates")).unwrap().map(|entry| entry.unwrap().path());
    let names: BTreeSet<String> =
        folders.map(|folder| folder.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    let knows = |name: &String| {
        let text = fs::read_to_string(root().join("crates").join(name).join("Cargo.toml")).unwrap();
        let manifest: toml::Table = text.parse().unwrap();
        manifest["dependencies"]
            .as_table()
            .unwrap()
            .keys()
            .filter(|key| names.contains(*key))
            .cloned()
            .collect()
    };
    names.iter().map(|name| (name.clone(), knows(name))).collect()
}

/// The rows of the table whose heading begins with crate and "knows of".
fn table() -> Knowledge {
    let page = fs::read_to_string(root().join("docs/src/architecture.md")).unwrap();
    let rows = page.lines().skip_while(|line| !line.starts_with("| crate | knows of |")).skip(2);
    let names = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<BTreeSet<_>>();
    rows.take_while(|line| line.starts_with('|'))
        .map(|line| {
            let mut cells = line.split('|').skip(1);
            let (name, knows) = (names(cells.next().unwrap()), names(cells.next().unwrap()));
            (name.into_iter().next().unwrap(), knows)
        })
        .collect()
}

#[test]
fn the_page_on_architecture_says_which_crate_knows_of_which() {
    assert_eq!(table(), manifests());
}
