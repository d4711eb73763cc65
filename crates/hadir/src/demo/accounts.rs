//! One account per role, with passphrases made at the start.

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

/// Role, OPD whose person holds it (`None`: no person), how many people after the head, whether the grant covers
/// everything, and what to try.
const WANTED: [(Role, Option<(&str, usize)>, bool, &str); 7] = [
    (Role::AdminOpd, Some(("DISDIK", 5)), false, "close a month: Rekap, a red cell, Kunci"),
    (Role::Bkpsdm, Some(("BKPSDM", 5)), true, "import people, policies, verify months"),
    (Role::Pimpinan, Some(("SETDA", 0)), true, "who is in today, the rollout"),
    (Role::Atasan, Some(("DISDIK", 0)), false, "own people today"),
    (Role::Auditor, Some(("INSPEKTORAT", 4)), true, "read everything, change nothing"),
    (Role::Sistem, None, true, "approve the waiting terminal"),
    (Role::Pegawai, Some(("DISDIK", 9)), false, "own card: why was a rupiah cut"),
];

pub(super) async fn seed(
    stage: &Stage,
    units: &UnitIds,
    people: &[EmployeeId],
) -> anyhow::Result<Vec<DemoAccount>> {
    let office = &stage.office;
    let mut accounts = Vec::new();
    let mut tx = office.db.begin_write(office.tenant).await?;
    for (role, holder, everywhere, hint) in WANTED {
        let index = holder.and_then(|(code, after)| {
            let opd = OPDS.iter().position(|o| o.code == code)?;
            let mine: Vec<usize> =
                (0..people.len()).filter(|i| stage.population.people[*i].opd == opd).collect();
            mine.get(after).or(mine.last()).copied()
        });
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
