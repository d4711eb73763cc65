//! `hadir policy activate`: two officers put a policy in force.

use std::path::Path;

use domain::{
    ids::AccountId,
    rights::{Access, Grant, Right},
};
use jiff::civil::Date;
use serde_json::json;
use service::policy_admin::{self, Refusal};
use store::{Tx, account::Account};

use super::{people, policy_check::problem_text, policy_files};
use crate::{
    cli::{Format, PolicyActivateArgs},
    config::Config,
    failure::Said,
    output, system,
};

/// Puts the policy in force from its own effective date.
pub async fn run(config: &Config, args: &PolicyActivateArgs, format: Format) -> anyhow::Result<()> {
    let text = policy_files::find(config, &args.policy)?;
    let office = system::open_to_write(config).await?;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let today = service::reference::current(&office, &mut tx).await?.tenant.zone.local(office.now()).date();
    let first = officer(&mut tx, &args.by, today).await?;
    let second = officer(&mut tx, &args.approved_by, today).await?;
    anyhow::ensure!(
        first.account_id != second.account_id,
        "--by and --approved-by name the same account; a policy needs two different officers"
    );
    let (by, approved) = (first.account_id.to_string(), second.account_id.to_string());
    let view = match policy_admin::activate(&office, &mut tx, &text, &by, &approved).await {
        Ok(view) => view,
        Err(Refusal::Other(error)) => return Err(error.into()),
        Err(Refusal::Problems(problems)) if format == Format::Json => {
            output::json(None, &json!({ "problems": problems }))?;
            return Err(Said.into());
        }
        Err(Refusal::Problems(problems)) => {
            let file = Path::new(&args.policy);
            let lines: String = problems.iter().map(|p| problem_text(file, p)).collect();
            anyhow::bail!("the policy was not put in force:\n{}", lines.trim_end());
        }
    };
    // Somebody else may have proposed the same text before; the register names that officer, and so do we.
    let proposer = view.activated.as_ref().and_then(|(proposer, _)| AccountId::parse(proposer));
    let first = match proposer {
        Some(id) => store::account::get(&mut tx, id).await?,
        None => first,
    };
    tx.commit().await?;
    match format {
        Format::Json => output::json(
            None,
            &json!({
                "id": view.id, "version": view.version, "title": view.title, "from": view.from,
                "activated_by": first.login, "approved_by": second.login,
            }),
        ),
        _ => output::line(&format!(
            "{} version {} is in force from {}, by {} and {}.",
            view.id, view.version, view.from, first.display_name, second.display_name
        )),
    }
}

/// An account that may change rules.
async fn officer(tx: &mut Tx, login: &str, today: Date) -> anyhow::Result<Account> {
    let account = people::account(tx, login).await?;
    let grants = store::account::grants(tx, account.account_id, today).await?;
    let grants = grants.into_iter().map(|g| Grant {
        role: g.role,
        unit: g.unit_id,
        from: g.valid_from,
        until: g.valid_until,
    });
    let access = Access::new(account.employee_id, grants.collect(), today);
    anyhow::ensure!(
        access.has(Right::ManageRules),
        "the account '{login}' may not change rules; it needs the role BKPSDM"
    );
    Ok(account)
}
