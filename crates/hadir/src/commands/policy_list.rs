//! `hadir policy list`: what is in force, what ships, and the files of the configured folder.

use domain::policy::{Policy, SHIPPED};
use serde::Serialize;
use service::{actors::Actors, policy_admin};
use store::Tx;

use super::policy_files;
use crate::{cli::Format, config::Config, output, system};

/// A policy in the list.
#[derive(Debug, Serialize)]
struct Line {
    /// `active`, `proposed` (waits for the second officer), `shipped` or `own`.
    state: &'static str,
    id: String,
    version: String,
    title: String,
    legal_basis: String,
    evidence: String,
    effective_from: String,
    effective_until: Option<String>,
    /// Logins of the two officers; only of active ones.
    activated_by: Option<String>,
    approved_by: Option<String>,
    /// Why it cannot be used; only of own files.
    problem: Option<String>,
}

impl Line {
    fn of(state: &'static str, policy: &Policy) -> Line {
        Line {
            state,
            id: policy.id().to_owned(),
            version: policy.version().to_owned(),
            title: policy.title().to_owned(),
            legal_basis: policy.legal_basis().to_owned(),
            evidence: policy.evidence().to_owned(),
            effective_from: policy.effective_from().to_string(),
            effective_until: policy.effective_until().map(|d| d.to_string()),
            activated_by: None,
            approved_by: None,
            problem: None,
        }
    }

    fn unusable(name: String, problem: String) -> Line {
        let none = String::new;
        Line {
            state: "own",
            id: name,
            version: none(),
            title: none(),
            legal_basis: none(),
            evidence: none(),
            effective_from: none(),
            effective_until: None,
            activated_by: None,
            approved_by: None,
            problem: Some(problem),
        }
    }

    fn cells(&self) -> [String; 10] {
        let optional = |text: &Option<String>| text.clone().unwrap_or_default();
        [
            self.state.to_owned(),
            self.id.clone(),
            self.version.clone(),
            self.effective_from.clone(),
            optional(&self.effective_until),
            self.title.clone(),
            self.legal_basis.clone(),
            optional(&self.activated_by),
            optional(&self.approved_by),
            optional(&self.problem),
        ]
    }
}

/// The headings of the CSV.
const HEADINGS: [&str; 10] = [
    "state",
    "id",
    "version",
    "effective_from",
    "effective_until",
    "title",
    "legal_basis",
    "activated_by",
    "approved_by",
    "problem",
];

/// Prints the list.
pub async fn run(config: &Config, format: Format) -> anyhow::Result<()> {
    let office = system::open_to_read(config).await?;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let mut lines = recorded(&mut tx).await?;
    lines.extend(shipped());
    lines.extend(own(config)?);
    match format {
        Format::Json => output::json(None, &lines),
        Format::Csv => output::csv(None, &HEADINGS, lines.iter().map(Line::cells)),
        Format::Text => output::deliver(None, text(&lines).as_bytes()),
        Format::Xlsx => Err(output::no_format("policy list", format, "text, json or csv")),
    }
}

async fn recorded(tx: &mut Tx) -> anyhow::Result<Vec<Line>> {
    let mut lines = Vec::new();
    let actors = Actors::read(tx).await?;
    for view in policy_admin::recorded(tx).await? {
        let Ok(checked) = Policy::parse(&view.text) else { continue };
        let state = if view.activated.is_some() { "active" } else { "proposed" };
        let mut line = Line::of(state, &checked.policy);
        if let Some((first, second)) = view.activated {
            line.activated_by = Some(actors.login(&first));
            line.approved_by = Some(actors.login(&second));
        }
        lines.push(line);
    }
    Ok(lines)
}

fn shipped() -> Vec<Line> {
    let parsed = SHIPPED.iter().filter_map(|p| Policy::parse(p.text).ok());
    parsed.map(|checked| Line::of("shipped", &checked.policy)).collect()
}

fn own(config: &Config) -> anyhow::Result<Vec<Line>> {
    let files = policy_files::all_own(config)?.into_iter();
    Ok(files
        .map(|file| match Policy::parse(&file.text) {
            Ok(checked) => Line::of("own", &checked.policy),
            Err(problems) => {
                let advice =
                    format!("{} problem(s): hadir policy check {}", problems.len(), file.path.display());
                Line::unusable(file.name, advice)
            }
        })
        .collect())
}

fn text(lines: &[Line]) -> String {
    let mut rows = vec![["STATE", "ID", "VERSION", "FROM", "TITLE"].map(str::to_owned).to_vec()];
    rows.extend(lines.iter().map(|line| {
        let last = line.problem.clone().unwrap_or_else(|| line.title.clone());
        vec![line.state.to_owned(), line.id.clone(), line.version.clone(), line.effective_from.clone(), last]
    }));
    output::columns(&rows)
}
