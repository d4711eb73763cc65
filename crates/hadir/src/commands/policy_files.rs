//! Where policy texts come from: files, those that ship, and the folder of the configuration.

use std::path::PathBuf;

use anyhow::Context;

use crate::config::Config;

/// A policy file of the configured folder.
#[derive(Debug, Clone)]
pub struct OwnFile {
    /// Name without `.toml`.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

/// The text of `NAME.toml` in the configured folder.
pub fn own(config: &Config, name: &str) -> Option<String> {
    let plain = !name.is_empty() && !name.contains(['/', '\\']);
    let folder = config.policy_dir.as_ref().filter(|_| plain)?;
    std::fs::read_to_string(folder.join(format!("{name}.toml"))).ok()
}

/// All policy files of the configured folder, by name.
///
/// # Errors
/// A folder or file that cannot be read.
pub fn all_own(config: &Config) -> anyhow::Result<Vec<OwnFile>> {
    let Some(folder) = &config.policy_dir else { return Ok(Vec::new()) };
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read the folder {} (policy_dir)", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        files.push(OwnFile { name, path, text });
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

/// The text of a policy named by path or id.
///
/// # Errors
/// Neither a file nor an id that is known.
pub fn find(config: &Config, named: &str) -> anyhow::Result<String> {
    if std::path::Path::new(named).is_file() {
        return std::fs::read_to_string(named).with_context(|| format!("cannot read {named}"));
    }
    let shipped = || domain::policy::shipped(named).map(|p| p.text.to_owned());
    own(config, named).or_else(shipped).with_context(|| {
        format!("'{named}' is neither a file nor the id of a policy; `hadir policy list` shows the ids")
    })
}
