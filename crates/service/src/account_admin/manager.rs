//! How far the right to manage accounts reaches.

use std::sync::Arc;

use domain::{
    ids::{AccountId, UnitId},
    rights::{Access, Reach, Right},
};
use jiff::civil::Date;
use store::{Tx, account, account::Grant};

use crate::{ServiceError, account::Visitor, reference::Reference};

/// Somebody who manages accounts.
#[derive(Debug, Clone)]
pub struct Manager {
    account: AccountId,
    access: Access,
    reference: Arc<Reference>,
    /// Today at the seat of the government.
    pub today: Date,
}

impl Manager {
    /// A visitor as manager of accounts.
    pub fn new(visitor: &Visitor, reference: Arc<Reference>, today: Date) -> Manager {
        Manager { account: visitor.account, access: visitor.access.clone(), reference, today }
    }

    /// The actor for registers.
    pub fn actor(&self) -> String {
        self.account.to_string()
    }

    /// Whether this is the manager's own account.
    pub fn is_me(&self, account: AccountId) -> bool {
        self.account == account
    }

    /// Whether roles on this unit may be given and taken; `None` is the whole government.
    pub fn reaches(&self, unit: Option<UnitId>) -> bool {
        match unit {
            Some(unit) => self.access.may(Right::ManageAccounts, &self.reference.units.path(unit)),
            None => match self.access.reach(Right::ManageAccounts) {
                Reach::Everything => true,
                Reach::Nothing => false,
                Reach::Units(granted) => {
                    let mut roots = self.reference.units.iter().filter(|u| u.parent_id.is_none()).peekable();
                    roots.peek().is_some() && roots.all(|root| granted.contains(&root.unit_id))
                }
            },
        }
    }

    /// The units on which roles may be given, in the order of the tree.
    pub fn units(&self) -> impl Iterator<Item = &store::org::Unit> {
        self.reference.units.iter().filter(|u| self.reaches(Some(u.unit_id)))
    }

    /// An account that may be changed, with its roles.
    ///
    /// # Errors
    /// [`crate::Fault::NotFound`] when there is none, [`crate::Fault::Forbidden`] when it is out of reach.
    pub(super) async fn account(
        &self,
        tx: &mut Tx,
        id: AccountId,
    ) -> Result<(account::Account, Vec<Grant>), ServiceError> {
        let found = account::get(tx, id).await?;
        let grants = account::grants_of(tx, &[id]).await?;
        if self.may_see(&grants) { Ok((found, grants)) } else { Err(ServiceError::forbidden()) }
    }

    /// As [`Manager::account`], but not one's own.
    ///
    /// # Errors
    /// [`crate::Fault::Forbidden`] also for the manager's own account.
    pub(super) async fn other(
        &self,
        tx: &mut Tx,
        id: AccountId,
    ) -> Result<(account::Account, Vec<Grant>), ServiceError> {
        if self.is_me(id) {
            return Err(ServiceError::forbidden());
        }
        self.account(tx, id).await
    }

    /// Whoever manages a part of the tree manages accounts whose roles all lie in it.
    fn may_see(&self, grants: &[Grant]) -> bool {
        let mut open = grants.iter().filter(|g| g.valid_until.is_none_or(|day| day >= self.today)).peekable();
        self.reaches(None)
            || open.peek().is_some() && open.all(|g| g.unit_id.is_some() && self.reaches(g.unit_id))
    }
}
