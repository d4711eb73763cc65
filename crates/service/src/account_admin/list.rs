//! The list of accounts, and one of them.

use std::collections::HashMap;

use domain::ids::AccountId;
use store::{
    Tx,
    account::{self, Account, Grant, Listed},
    session::{self, Session},
};

use super::Manager;
use crate::{Office, ServiceError};

/// Accounts of one page.
pub const PER_PAGE: usize = 50;

/// One account of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountLine {
    /// The account.
    pub account: Listed,
    /// Its roles, also future and past ones.
    pub grants: Vec<Grant>,
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountList {
    /// The accounts.
    pub lines: Vec<AccountLine>,
    /// How many there are in all.
    pub total: usize,
}

/// One account with everything the manager may know.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountEntry {
    /// The account.
    pub account: Account,
    /// Its roles, also future and past ones.
    pub grants: Vec<Grant>,
    /// Where it is logged in.
    pub sessions: Vec<Session>,
}

/// Page `page` (from 1) of the accounts whose name or login contains `search`. Two statements.
///
/// # Errors
/// As every read.
pub async fn list(
    tx: &mut Tx,
    manager: &Manager,
    search: &str,
    page: usize,
) -> Result<AccountList, ServiceError> {
    let units: Vec<_> = manager.units().map(|u| u.unit_id).collect();
    let within = (!manager.reaches(None)).then_some((units.as_slice(), manager.today));
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let first = page.saturating_sub(1).saturating_mul(PER_PAGE);
    let found = account::search(tx, search, within, (number(PER_PAGE), number(first))).await?;
    let total = found.first().map_or(0, |a| usize::try_from(a.total).unwrap_or(0));
    let ids: Vec<AccountId> = found.iter().map(|a| a.account_id).collect();
    let mut grants: HashMap<AccountId, Vec<Grant>> = HashMap::new();
    for grant in account::grants_of(tx, &ids).await? {
        grants.entry(grant.account_id).or_default().push(grant);
    }
    let line = |account: Listed| AccountLine {
        grants: grants.remove(&account.account_id).unwrap_or_default(),
        account,
    };
    Ok(AccountList { lines: found.into_iter().map(line).collect(), total })
}

/// One account.
///
/// # Errors
/// [`crate::Fault::NotFound`] when there is none, [`crate::Fault::Forbidden`] when it is out of reach.
pub async fn find(
    office: &Office,
    tx: &mut Tx,
    manager: &Manager,
    id: AccountId,
) -> Result<AccountEntry, ServiceError> {
    let (account, grants) = manager.account(tx, id).await?;
    let sessions = session::of_account(tx, id, office.now()).await?;
    Ok(AccountEntry { account, grants, sessions })
}
