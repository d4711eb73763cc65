//! `hadir policy check`: every mistake of a policy file with line, column and remedy.

use std::path::Path;

use domain::{
    lang::Lang,
    policy::{self, Problem, Report, Severity},
};

use super::judge::read;
use crate::{cli::Format, failure::Said, output};

/// Checks the file; errors end with exit code 1, doubts do not.
pub fn run(file: &Path, format: Format) -> anyhow::Result<()> {
    let report = policy::check(&read(file)?);
    match format {
        Format::Text => output::deliver(None, text(file, &report).as_bytes())?,
        Format::Json => output::json(None, &report)?,
        Format::Csv => {
            let headings = ["line", "column", "severity", "code", "path", "message", "remedy"];
            output::csv(None, &headings, report.problems.iter().map(cells))?;
        }
        Format::Xlsx => return Err(output::no_format("policy check", format, "text, json or csv")),
    }
    if report.errors() > 0 { Err(Said.into()) } else { Ok(()) }
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn cells(p: &Problem) -> [String; 7] {
    [
        p.line.to_string(),
        p.column.to_string(),
        word(p.severity).to_owned(),
        p.code.to_owned(),
        p.path.clone(),
        p.en.clone(),
        p.remedy_en.clone(),
    ]
}

/// `file:12:3: error: rule[2].pct: … ` and below it the remedy, as compilers write it.
pub fn problem_text(file: &Path, p: &Problem) -> String {
    let (line, column, severity) = (p.line, p.column, word(p.severity));
    let (message, remedy) = (p.message(Lang::En), p.remedy(Lang::En));
    format!("{}:{line}:{column}: {severity}: {}: {message}\n    remedy: {remedy}\n", file.display(), p.path)
}

fn text(file: &Path, report: &Report) -> String {
    let mut out: String = report.problems.iter().map(|p| problem_text(file, p)).collect();
    let name = match (&report.id, &report.title) {
        (Some(id), Some(title)) => format!("{id} ({title})"),
        (Some(id), None) => id.clone(),
        _ => file.display().to_string(),
    };
    let errors = report.errors();
    let doubts = report.problems.len() - errors;
    let verdict = if report.usable { "can be used" } else { "cannot be used" };
    let since = report.effective_from.map(|d| format!(", in force from {d}")).unwrap_or_default();
    let version = &report.version;
    out.push_str(&format!(
        "{name} {verdict}: {errors} error(s), {doubts} warning(s); version {version}{since}\n"
    ));
    out
}
