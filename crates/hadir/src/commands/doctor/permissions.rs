//! Whether others on this machine can read a SQLite database, which holds everything about everybody.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use super::Check;
use crate::{config::Config, system};

/// Who may read the files of the database, and who may put others into their place.
pub fn look(config: &Config) -> Option<Check> {
    let file = system::sqlite_file(&config.database_url).filter(|file| file.exists())?;
    Some(of_file(file))
}

fn of_file(file: &Path) -> Check {
    const NAME: &str = "permissions";
    let beside = |end: &str| PathBuf::from(format!("{}{end}", file.display()));
    let files = [file.to_owned(), beside("-wal"), beside("-shm")];
    let open: Vec<String> =
        files.iter().filter(|file| mode(file) & 0o077 != 0).map(|file| file.display().to_string()).collect();
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // In a folder such as /tmp nobody may take away what is another's.
    let is_shared = mode(folder) & 0o022 != 0 && mode(folder) & 0o1000 == 0;
    let mut mend: Vec<String> = Vec::new();
    if !open.is_empty() {
        mend.push(format!("chmod 600 {}", open.join(" ")));
    }
    if is_shared {
        mend.push(format!("chmod 700 {}", folder.display()));
    }
    if mend.is_empty() {
        return Check::ok(NAME, format!("only its owner reads {}", file.display()));
    }
    let finding = format!("others on this machine can get at {}", file.display());
    Check::periksa(NAME, finding).mend(mend.join(" && "))
}

/// The bits, none for what is not there.
fn mode(path: &Path) -> u32 {
    fs::metadata(path).map_or(0, |meta| meta.permissions().mode() & 0o7777)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::doctor::State;

    #[tokio::test]
    async fn a_database_is_made_for_its_owner_only_and_one_that_is_open_to_others_is_named() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("data");
        system::private_folder(&folder).unwrap();
        let file = folder.join("hadir.db");
        let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        let db = store::Db::connect(&format!("sqlite:{}", file.display())).await.unwrap();
        let modes = ["", "-wal", "-shm"].map(|end| mode(&folder.join(format!("hadir.db{end}"))));
        assert_eq!((mode(&folder), modes), (0o700, [0o600; 3]));
        assert_eq!(of_file(&file).state, State::Ok);
        set(&file, 0o644);
        set(&folder, 0o777);
        let found = of_file(&file);
        assert_eq!(found.state, State::Periksa);
        assert_eq!(found.mend, format!("chmod 600 {} && chmod 700 {}", file.display(), folder.display()));
        db.close().await;
    }
}
