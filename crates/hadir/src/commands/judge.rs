//! `hadir judge`: what would follow if; no database, no clock.

use std::{
    io::Read,
    path::{Path, PathBuf},
};

use anyhow::Context;
use domain::{
    document::{Format as Notation, Problem},
    whatif,
};
use serde_json::json;

use super::policy_files;
use crate::{
    cli::{Format, JudgeArgs},
    config::Config,
    failure::Said,
    output,
};

/// Judges the file and prints the answer as JSON.
pub fn run(config: &Config, args: &JudgeArgs, format: Format) -> anyhow::Result<()> {
    if !matches!(format, Format::Text | Format::Json) {
        return Err(output::no_format("judge", format, "json"));
    }
    let text = read(&args.file)?;
    let beside = args.file.parent().map(Path::to_path_buf).unwrap_or_default();
    let load = |name: &str| policy_text(config, &beside, name);
    match whatif::run(&text, Notation::guess(&text), load) {
        Ok(answer) => output::json(None, &answer),
        Err(problems) => Err(refuse(&args.file, &problems, format)?),
    }
}

/// The text of a file; `-` is standard input.
///
/// # Errors
/// A file that cannot be read or is not UTF-8.
pub fn read(file: &Path) -> anyhow::Result<String> {
    if file.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).context("cannot read standard input")?;
        return Ok(text);
    }
    std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

/// A policy by path beside the judge file or here, or by id in the configured folder; shipped ones are found anyway.
fn policy_text(config: &Config, beside: &Path, name: &str) -> Option<String> {
    let places: [PathBuf; 2] = [beside.join(name), PathBuf::from(name)];
    let file = places.into_iter().find(|path| path.is_file());
    file.and_then(|path| std::fs::read_to_string(path).ok()).or_else(|| policy_files::own(config, name))
}

fn refuse(file: &Path, problems: &[Problem], format: Format) -> anyhow::Result<anyhow::Error> {
    if format == Format::Json {
        output::json(None, &json!({ "problems": problems }))?;
        return Ok(Said.into());
    }
    let lines: Vec<String> = problems.iter().map(|p| format!("\n  {p}")).collect();
    let count = problems.len();
    Ok(anyhow::anyhow!("{}: {count} problem(s), nothing was judged:{}", file.display(), lines.concat()))
}
