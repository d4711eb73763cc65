//! Who may do what, and where: roles are granted on a node of the organisation tree, hold for its subtree and
//! between two dates. Whatever is not granted is refused.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{EmployeeId, UnitId};

/// A role that can be granted. The direct superior answers for absences (PP 94/2021), the Inspektorat examines
/// (PP 12/2017); how the other tasks are shared is the custom of regional governments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Every employee, for their own data.
    Pegawai,
    /// Direct superior of a unit.
    Atasan,
    /// Personnel clerk of an OPD.
    AdminOpd,
    /// Personnel agency of the region.
    Bkpsdm,
    /// Bupati, Sekda, heads: read only.
    Pimpinan,
    /// Inspektorat, BPK, KPK: read only.
    Auditor,
    /// Diskominfo operator: machines, not people.
    Sistem,
}

/// Something a route or command does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Right {
    /// See one's own card and cuts.
    SeeOwn,
    /// See the presence of people: day list, month sheet, person card.
    SeePresence,
    /// See TPP amounts of people.
    SeeTpp,
    /// Record a cuti, DL, sakit, … for somebody else.
    RecordStatus,
    /// Lock the month of an OPD and send it to BKPSDM.
    LockMonth,
    /// Verify or reopen a locked month.
    VerifyMonth,
    /// Import and change employee data.
    ManageEmployees,
    /// See terminals.
    SeeTerminals,
    /// Approve, place and command terminals.
    ManageTerminals,
    /// Connect PINs with employees.
    MapPins,
    /// See how far the rollout is.
    SeeRollout,
    /// Move an OPD to another stage.
    SetStage,
    /// Read policies, calendars and schedules.
    SeeRules,
    /// Propose and activate policies, change calendars and schedules.
    ManageRules,
    /// Grant roles and reset passphrases.
    ManageAccounts,
    /// Read the register of who did what.
    SeeAudit,
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 7] = [
        Role::Pegawai,
        Role::Atasan,
        Role::AdminOpd,
        Role::Bkpsdm,
        Role::Pimpinan,
        Role::Auditor,
        Role::Sistem,
    ];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Role::Pegawai => "pegawai",
            Role::Atasan => "atasan",
            Role::AdminOpd => "admin_opd",
            Role::Bkpsdm => "bkpsdm",
            Role::Pimpinan => "pimpinan",
            Role::Auditor => "auditor",
            Role::Sistem => "sistem",
        }
    }

    /// The printed name.
    pub const fn label(self) -> &'static str {
        match self {
            Role::Pegawai => "Pegawai",
            Role::Atasan => "Atasan langsung",
            Role::AdminOpd => "Admin OPD",
            Role::Bkpsdm => "BKPSDM",
            Role::Pimpinan => "Pimpinan",
            Role::Auditor => "Auditor",
            Role::Sistem => "Diskominfo (sistem)",
        }
    }

    /// Reads a stored code.
    pub fn parse(text: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|r| r.code() == text)
    }

    /// What the role allows within its subtree.
    pub const fn rights(self) -> &'static [Right] {
        use Right::{
            LockMonth, ManageAccounts, ManageEmployees, ManageRules, ManageTerminals, MapPins, RecordStatus,
            SeeAudit, SeeOwn, SeePresence, SeeRollout, SeeRules, SeeTerminals, SeeTpp, SetStage, VerifyMonth,
        };
        match self {
            Role::Pegawai => &[SeeOwn],
            Role::Atasan => &[SeeOwn, SeePresence],
            Role::AdminOpd => {
                &[SeeOwn, SeePresence, SeeTpp, RecordStatus, LockMonth, SeeTerminals, MapPins, SeeRules]
            }
            Role::Bkpsdm => &[
                SeeOwn,
                SeePresence,
                SeeTpp,
                RecordStatus,
                VerifyMonth,
                ManageEmployees,
                SeeTerminals,
                MapPins,
                SeeRollout,
                SetStage,
                SeeRules,
                ManageRules,
                ManageAccounts,
                SeeAudit,
            ],
            Role::Pimpinan => &[SeeOwn, SeePresence, SeeRollout, SeeRules],
            Role::Auditor => &[SeePresence, SeeTpp, SeeTerminals, SeeRollout, SeeRules, SeeAudit],
            Role::Sistem => &[SeeTerminals, ManageTerminals, SeeRollout, ManageAccounts],
        }
    }
}

/// A role given to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The node whose subtree it covers; `None` covers everything.
    pub unit: Option<UnitId>,
    /// First day.
    pub from: Date,
    /// Last day; open if `None`.
    pub until: Option<Date>,
}

impl Grant {
    /// Whether the grant is in force on `today`.
    pub fn holds(&self, today: Date) -> bool {
        self.from <= today && self.until.is_none_or(|until| today <= until)
    }
}

/// What an account may reach.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Access {
    /// The employee behind the account, if any.
    pub employee: Option<EmployeeId>,
    /// The grants in force.
    pub grants: Vec<Grant>,
}

/// How far a right reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Nowhere.
    Nothing,
    /// The subtrees of these units.
    Units(Vec<UnitId>),
    /// Everywhere.
    Everything,
}

impl Access {
    /// Keeps the grants that hold on `today`.
    pub fn new(employee: Option<EmployeeId>, grants: Vec<Grant>, today: Date) -> Access {
        Access { employee, grants: grants.into_iter().filter(|g| g.holds(today)).collect() }
    }

    /// Whether the right is held anywhere at all (for menus).
    pub fn has(&self, right: Right) -> bool {
        self.reach(right) != Reach::Nothing
    }

    /// Where the right reaches.
    pub fn reach(&self, right: Right) -> Reach {
        let mut units = Vec::new();
        for grant in self.grants.iter().filter(|g| g.role.rights().contains(&right)) {
            match grant.unit {
                None => return Reach::Everything,
                Some(unit) => units.push(unit),
            }
        }
        if units.is_empty() { Reach::Nothing } else { Reach::Units(units) }
    }

    /// Whether the right holds at a unit whose ancestors, itself included, are `path`.
    pub fn may(&self, right: Right, path: &[UnitId]) -> bool {
        match self.reach(right) {
            Reach::Nothing => false,
            Reach::Everything => true,
            Reach::Units(units) => units.iter().any(|unit| path.contains(unit)),
        }
    }

    /// Whether somebody's data may be changed: the right must hold there and it must not be one's own.
    pub fn may_change(&self, right: Right, path: &[UnitId], beneficiary: EmployeeId) -> bool {
        self.employee != Some(beneficiary) && self.may(right, path)
    }

    /// Whether the account holds `role` somewhere.
    pub fn is(&self, role: Role) -> bool {
        self.grants.iter().any(|g| g.role == role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{Timestamp, civil::date};

    fn unit(n: u8) -> UnitId {
        UnitId::new(Timestamp::UNIX_EPOCH, [n; 10])
    }

    fn access(role: Role, at: Option<UnitId>) -> Access {
        let grant = Grant { role, unit: at, from: date(2026, 1, 1), until: Some(date(2026, 12, 31)) };
        Access::new(None, vec![grant], date(2026, 6, 1))
    }

    #[test]
    fn a_grant_covers_its_subtree_and_nothing_beside_it() {
        let (root, opd, bidang, other) = (unit(0), unit(1), unit(2), unit(3));
        let admin = access(Role::AdminOpd, Some(opd));
        assert!(admin.may(Right::RecordStatus, &[root, opd]));
        assert!(admin.may(Right::RecordStatus, &[root, opd, bidang]));
        assert!(!admin.may(Right::RecordStatus, &[root, other]));
        assert!(!admin.may(Right::RecordStatus, &[root]));
        assert!(!admin.may(Right::ManageRules, &[root, opd]));
    }

    #[test]
    fn grants_end() {
        let grant =
            Grant { role: Role::Bkpsdm, unit: None, from: date(2026, 1, 1), until: Some(date(2026, 1, 31)) };
        assert!(Access::new(None, vec![grant.clone()], date(2026, 1, 31)).has(Right::SeeTpp));
        assert!(!Access::new(None, vec![grant], date(2026, 2, 1)).has(Right::SeeTpp));
    }

    #[test]
    fn nobody_changes_their_own_data() {
        let me = EmployeeId::new(Timestamp::UNIX_EPOCH, [9; 10]);
        let mut admin = access(Role::Bkpsdm, None);
        admin.employee = Some(me);
        assert!(!admin.may_change(Right::RecordStatus, &[unit(1)], me));
        let other = EmployeeId::new(Timestamp::UNIX_EPOCH, [8; 10]);
        assert!(admin.may_change(Right::RecordStatus, &[unit(1)], other));
    }

    #[test]
    fn the_operator_sees_machines_but_no_people() {
        let operator = access(Role::Sistem, None);
        assert!(operator.has(Right::ManageTerminals));
        for right in [Right::SeePresence, Right::SeeTpp, Right::RecordStatus, Right::SeeAudit] {
            assert!(!operator.has(right), "{right:?}");
        }
    }
}
