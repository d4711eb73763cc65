//! Policies: the list, one of them, the check of a file, and the two steps that put one in force.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{policy, rights::Right};
use jiff::civil::Date;
use service::policy_admin::{self, PolicyView, Refusal};

use super::{AturanPage, PolicyPage, PolicyProblem, PolicyRow, PolicyState};
use crate::{
    pages::layout::{Flash, Section, Tone},
    server::{
        ask::{Ask, page},
        download::{self, Kind},
        fault::WebError,
        form::{Empty, Filled},
        upload::Uploaded,
    },
};

/// GET /aturan
pub async fn list(ask: Ask) -> Result<Response, WebError> {
    let today = ask.today();
    let mut policies: Vec<PolicyRow> = all(&ask).await?.iter().map(|v| row(v, today)).collect();
    policies.sort_by_key(|p| p.state == PolicyState::Draft);
    page(&AturanPage {
        shell: ask.shell(Some(Section::Aturan)),
        policies,
        may_manage: ask.has(Right::ManageRules),
    })
}

/// GET /aturan/{key}, also as `.toml`.
pub async fn detail(ask: Ask, Path(key): Path<String>) -> Result<Response, WebError> {
    let (name, raw) = key.strip_suffix(".toml").map_or((key.as_str(), false), |name| (name, true));
    let found = find(&ask, name).await?;
    if raw {
        return Ok(download::file(Kind::Text, &format!("{}.toml", found.id), found.text.into_bytes()));
    }
    page(&view(&ask, &found, None))
}

/// POST /aturan/periksa: what is wrong with a file. A sound file of an officer becomes a proposal.
pub async fn check(ask: Ask, uploaded: Uploaded) -> Result<Response, WebError> {
    let Ok(text) = String::from_utf8(uploaded.bytes) else {
        return Err(WebError::invalid(
            "Berkas ini bukan teks. Kebijakan ditulis sebagai berkas TOML.",
            "This file is not text. A policy is written as a TOML file.",
        ));
    };
    let report = policy::check(&text);
    if !report.usable || !ask.has(Right::ManageRules) {
        return page(&problems(&ask, text, report.problems));
    }
    let office = &ask.site.office;
    let mut tx = office.db.begin_write(office.tenant).await?;
    match policy_admin::propose(office, &mut tx, &text, &ask.actor()).await {
        Ok(proposed) => {
            tx.commit().await?;
            Ok(Redirect::to(&format!("/aturan/{}", key(&proposed))).into_response())
        }
        Err(Refusal::Problems(found)) => page(&problems(&ask, text, found)),
        Err(Refusal::Other(error)) => Err(error.into()),
    }
}

/// POST /aturan/{key}/aktifkan: the first officer proposes a policy that ships, the second puts a proposal in force.
pub async fn activate(ask: Ask, Path(name): Path<String>, _: Filled<Empty>) -> Result<Response, WebError> {
    let found = find(&ask, &name).await?;
    let office = &ask.site.office;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let rows = store::policy::all(&mut tx).await?;
    let proposed = rows
        .iter()
        .any(|r| r.policy_id == found.id && r.version == found.version && r.withdrawn_at.is_none());
    let done = if proposed {
        policy_admin::approve(office, &mut tx, &found.id, &found.version, &ask.actor()).await
    } else {
        policy_admin::propose(office, &mut tx, &found.text, &ask.actor()).await
    };
    match done {
        Ok(now) => {
            tx.commit().await?;
            if now.activated.is_some() {
                return Ok(Redirect::to("/aturan").into_response());
            }
            let text = ask.lang.pick(
                "Diusulkan. Pejabat kedua membuka halaman ini dan memberlakukannya.",
                "Proposed. A second officer opens this page and puts it in force.",
            );
            page(&view(&ask, &now, Some(text)))
        }
        Err(Refusal::Problems(list)) => {
            let mut response = page(&problems(&ask, found.text.clone(), list))?;
            *response.status_mut() = StatusCode::CONFLICT;
            Ok(response)
        }
        Err(Refusal::Other(error)) => Err(error.into()),
    }
}

/// Recorded policies, then those that ship and were never recorded.
async fn all(ask: &Ask) -> Result<Vec<PolicyView>, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let mut views = policy_admin::recorded(&mut tx).await?;
    let known: Vec<(String, String)> = views.iter().map(|v| (v.id.clone(), v.version.clone())).collect();
    let fresh =
        policy_admin::library().into_iter().filter(|v| !known.contains(&(v.id.clone(), v.version.clone())));
    views.extend(fresh);
    Ok(views)
}

async fn find(ask: &Ask, name: &str) -> Result<PolicyView, WebError> {
    let views = all(ask).await?;
    let exact = views.iter().find(|v| key(v) == name);
    // A pay list names the policy by its id alone: then the one in force is meant.
    exact.or_else(|| views.iter().find(|v| v.id == name)).cloned().ok_or_else(WebError::not_found)
}

fn key(view: &PolicyView) -> String {
    format!("{}@{}", view.id, view.version)
}

fn row(view: &PolicyView, today: Date) -> PolicyRow {
    let state = match (&view.activated, view.until) {
        (None, _) => PolicyState::Draft,
        (Some(_), Some(until)) if until < today => PolicyState::Ended { until },
        (Some(_), _) if view.from > today => PolicyState::Planned { from: view.from },
        (Some(_), _) => PolicyState::Active { since: view.from },
    };
    PolicyRow {
        key: key(view),
        name: view.title.clone(),
        version: view.version.clone(),
        basis: view.legal_basis.clone(),
        state,
    }
}

fn view(ask: &Ask, found: &PolicyView, done: Option<&str>) -> PolicyPage {
    let today = ask.today();
    let mut shell = ask.shell(Some(Section::Aturan));
    shell.flash = done.map(|text| Flash { tone: Tone::Good, text: text.to_owned() });
    let may = ask.has(Right::ManageRules) && found.activated.is_none();
    let evidence = (!found.evidence.is_empty()).then(|| (found.evidence.clone(), String::new()));
    PolicyPage {
        shell,
        policy: Some(row(found, today)),
        problems: Vec::new(),
        says: evidence.into_iter().collect(),
        source: found.text.clone(),
        activate_from: may.then(|| found.from.to_string()),
    }
}

fn problems(ask: &Ask, source: String, found: Vec<policy::Problem>) -> PolicyPage {
    let text = |id: &str, en: &str| ask.lang.pick(id, en).to_owned();
    PolicyPage {
        shell: ask.shell(Some(Section::Aturan)),
        policy: None,
        problems: found
            .iter()
            .map(|p| PolicyProblem {
                line: p.line,
                problem: text(&p.id, &p.en),
                remedy: text(&p.remedy_id, &p.remedy_en),
            })
            .collect(),
        says: Vec::new(),
        source,
        activate_from: None,
    }
}
