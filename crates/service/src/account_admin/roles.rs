//! Giving and taking roles.

use domain::{
    ids::{AccountId, RecordId},
    rights::Role,
};
use store::{Tx, account, account::Grant};

use super::Manager;
use crate::{
    Office, ServiceError,
    account::{NewGrant, grant_between},
    audit::{self, Action, Subject},
    reason::checked_reason,
};

/// Gives a role.
///
/// # Errors
/// [`crate::Fault::Forbidden`] for one's own account, one out of reach, or a unit out of reach; [`crate::Fault::Invalid`]
/// for days or a unit that cannot be; [`crate::Fault::Conflict`] when the account holds the role in that time.
pub async fn give_role(
    office: &Office,
    tx: &mut Tx,
    manager: &Manager,
    id: AccountId,
    new: NewGrant,
) -> Result<(), ServiceError> {
    let (found, grants) = manager.other(tx, id).await?;
    let new = checked(manager, new, found.employee_id.is_some())?;
    if grants.iter().any(|held| is_same(held, &new)) {
        return Err(ServiceError::conflict(
            "Akun ini sudah memegang peran itu pada unit dan waktu yang sama. Cabut dahulu bila tanggalnya berubah.",
            "The account holds that role on that unit in that time already. Revoke it first to change its days.",
        ));
    }
    grant_between(office, tx, id, new, &manager.actor()).await
}

/// Takes a role back; it ends at once.
///
/// # Errors
/// [`crate::Fault::Forbidden`] for one's own account or one out of reach, [`crate::Fault::NotFound`] when the account does
/// not hold it, [`crate::Fault::Invalid`] without a reason.
pub async fn take_role(
    office: &Office,
    tx: &mut Tx,
    manager: &Manager,
    (id, grant): (AccountId, RecordId),
    reason: &str,
) -> Result<(), ServiceError> {
    let (_, grants) = manager.other(tx, id).await?;
    let reason = checked_reason(reason)?;
    let held = grants.iter().find(|g| g.grant_id == grant).ok_or_else(|| {
        ServiceError::not_found("Peran ini sudah dicabut.", "This role was revoked already.")
    })?;
    account::revoke_grant(tx, grant, &manager.actor(), office.now()).await?;
    let detail = serde_json::json!({
        "role": held.role.code(),
        "unit": held.unit_id.map(|u| u.to_string()),
        "reason": reason,
    });
    let about = Subject::new("account", id);
    audit::write(office, tx, &manager.actor(), Action::RevokeRole, about, detail).await
}

/// The grant if it can be: within reach, in days that follow one another, on a unit where the role needs one.
pub(super) fn checked(manager: &Manager, new: NewGrant, is_employee: bool) -> Result<NewGrant, ServiceError> {
    if new.role == Role::Pegawai && !is_employee {
        return Err(ServiceError::invalid(
            "Peran Pegawai hanya untuk akun milik pegawai. Pilih peran lain.",
            "The role Pegawai is for accounts of employees only. Choose another role.",
        ));
    }
    if new.unit.is_none() && matches!(new.role, Role::AdminOpd | Role::Atasan) {
        return Err(ServiceError::invalid(
            "Peran ini berlaku pada satu unit. Pilih unitnya.",
            "This role holds on one unit. Choose the unit.",
        ));
    }
    if !manager.reaches(new.unit) {
        return Err(ServiceError::forbidden());
    }
    if new.from < manager.today {
        return Err(ServiceError::invalid(
            "Peran berlaku paling awal hari ini.",
            "A role holds from today at the earliest.",
        ));
    }
    if new.until.is_some_and(|until| until < new.from) {
        return Err(ServiceError::invalid(
            "Hari terakhir peran lebih awal dari hari pertamanya.",
            "The last day of the role is before its first.",
        ));
    }
    let reason = checked_reason(&new.reason)?;
    Ok(NewGrant { reason, ..new })
}

fn is_same(held: &Grant, new: &NewGrant) -> bool {
    held.role == new.role
        && held.unit_id == new.unit
        && new.until.is_none_or(|until| held.valid_from <= until)
        && held.valid_until.is_none_or(|until| new.from <= until)
}
