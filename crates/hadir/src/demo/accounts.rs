//! One account per role, with passphrases made at the start.

use std::collections::HashSet;

use domain::{ids::EmployeeId, rights::Role};
use jiff::civil::date;
use service::account::{NewAccount, add, grant, passphrase};
use sim::population::regency::OPDS;

use super::{Stage, organisation::UnitIds};

/// An account to print.
pub(super) struct DemoAccount {
    pub role: &'static str,
    pub login: String,
    pub passphrase: String,
    pub hint: &'static str,
}

/// Who gets an account, and what to try with it.
struct Wanted {
    role: Role,
    /// OPD and how many people after its head; `None` for an account that belongs to no person.
    holder: Option<(&'static str, usize)>,
    everywhere: bool,
    hint: &'static str,
}

const fn wanted(
    role: Role,
    holder: Option<(&'static str, usize)>,
    everywhere: bool,
    hint: &'static str,
) -> Wanted {
    Wanted { role, holder, everywhere, hint }
}

const WANTED: [Wanted; 8] = [
    wanted(Role::AdminOpd, Some(("DISDIK", 5)), false, "close a month: Rekap, a red cell, Kunci"),
    wanted(Role::Bkpsdm, Some(("BKPSDM", 5)), true, "import people, propose a policy, verify months"),
    wanted(Role::Bkpsdm, Some(("BKPSDM", 6)), true, "second officer: put the proposed policy in force"),
    wanted(Role::Pimpinan, Some(("SETDA", 0)), true, "who is in today, the rollout"),
    wanted(Role::Atasan, Some(("DISDIK", 0)), false, "own people today"),
    wanted(Role::Auditor, Some(("INSPEKTORAT", 4)), true, "read everything, change nothing"),
    wanted(Role::Sistem, None, true, "approve the waiting terminal"),
    wanted(Role::Pegawai, Some(("DISDIK", 9)), false, "own card: why was a rupiah cut"),
];

pub(super) async fn seed(
    stage: &Stage,
    units: &UnitIds,
    people: &[EmployeeId],
) -> anyhow::Result<Vec<DemoAccount>> {
    let office = &stage.office;
    let mut accounts = Vec::new();
    let mut taken = HashSet::new();
    let mut tx = office.db.begin_write(office.tenant).await?;
    for Wanted { role, holder, everywhere, hint } in WANTED {
        let index = holder.and_then(|(code, after)| {
            let opd = OPDS.iter().position(|o| o.code == code)?;
            let mine: Vec<usize> =
                (0..people.len()).filter(|i| stage.population.people[*i].opd == opd).collect();
            // In a small demo the OPD may have fewer people than are wanted; nobody has two accounts.
            let is_free = |i: &&usize| !taken.contains(*i);
            mine.get(after).filter(is_free).or(mine.iter().rev().find(is_free)).copied()
        });
        if holder.is_some() && index.is_none() {
            continue;
        }
        taken.extend(index);
        let person = index.map(|i| &stage.population.people[i]);
        let passphrase = passphrase::generate(office);
        let login = person.map_or_else(|| "operator".to_owned(), |p| p.number.clone());
        let new = NewAccount {
            employee: index.map(|i| people[i]),
            login: login.clone(),
            name: person.map_or_else(|| "Operator Diskominfo".to_owned(), |p| p.name.clone()),
            passphrase: passphrase.clone(),
            must_change: false,
        };
        let account = add(office, &mut tx, new, "demo").await?;
        let unit = holder.filter(|_| !everywhere).and_then(|(code, _)| units.get(code).copied());
        grant(office, &mut tx, (account, role, unit), date(2025, 1, 1), "demo").await?;
        if role != Role::Pegawai && person.is_some() {
            grant(office, &mut tx, (account, Role::Pegawai, None), date(2025, 1, 1), "demo").await?;
        }
        accounts.push(DemoAccount { role: role.label(), login, passphrase, hint });
    }
    tx.commit().await?;
    Ok(accounts)
}
