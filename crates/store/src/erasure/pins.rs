//! Which lines of terminals are about a person: by the PINs that they had, and the days on which they had them.

use std::collections::{HashMap, HashSet};

use domain::ids::{EmployeeId, TerminalId};
use jiff::civil::Date;

use super::said::Said;
use crate::{
    error::Result,
    sql::value::{Row, Value, params},
    tx::Tx,
};

/// Who had a PIN, the owner that counts first.
type Owners = Vec<(EmployeeId, Date, Option<Date>)>;

/// The PINs of a person and what shall be erased of them.
pub(super) struct Pins {
    person: EmployeeId,
    until: Date,
    /// Everything, also what has no day.
    is_whole: bool,
    owners: HashMap<(TerminalId, String), Owners>,
    punched: HashSet<(TerminalId, String, Date)>,
}

impl Pins {
    /// Reads them. Before the punches and the owners of PINs are gone.
    pub(super) async fn read(tx: &mut Tx, person: EmployeeId, until: Date) -> Result<Pins> {
        let sql = "SELECT t.terminal_id, m.pin, m.employee_id, m.valid_from, m.valid_until
            FROM pin_map mine CROSS JOIN pin_map m CROSS JOIN terminal t
            WHERE mine.tenant_id = $1 AND mine.employee_id = $2 AND m.tenant_id = $1 AND m.group_id = mine.group_id
              AND m.pin = mine.pin AND t.tenant_id = $1 AND t.group_id = m.group_id
            ORDER BY m.valid_from DESC, m.recorded_at DESC";
        let read = |row: Row<'_>| {
            let key = (row.get("terminal_id")?, row.get("pin")?);
            Ok((key, (row.get("employee_id")?, row.get("valid_from")?, row.get("valid_until")?)))
        };
        let mut owners: HashMap<(TerminalId, String), Owners> = HashMap::new();
        for (key, owner) in tx.fetch_map(sql, params![person], read).await? {
            owners.entry(key).or_default().push(owner);
        }
        let sql = "SELECT DISTINCT terminal_id, pin, SUBSTR(local_time, 1, 10) AS day FROM punch
            WHERE tenant_id = $1 AND employee_id = $2 AND terminal_id IS NOT NULL";
        let read = |row: Row<'_>| Ok((row.get("terminal_id")?, row.get("pin")?, row.get("day")?));
        let punched = tx.fetch_map(sql, params![person], read).await?.into_iter().collect();
        Ok(Pins { person, until, is_whole: until == Date::MAX, owners, punched })
    }

    /// The terminals that may have said something of the person.
    pub(super) fn terminals(&self) -> Value {
        let owned = self.owners.keys().map(|(terminal, _)| *terminal);
        let punched = self.punched.iter().map(|(terminal, ..)| *terminal);
        let all: HashSet<TerminalId> = owned.chain(punched).collect();
        Value::Ids(all.into_iter().map(|terminal| terminal.0.into_bytes()).collect())
    }

    /// Whether a PIN on a day, or at any time, is what shall be erased. What has no day goes with the whole person, also when
    /// somebody else has the PIN since: it may still say the old name.
    pub(super) fn are(&self, terminal: TerminalId, pin: &str, day: Option<Date>) -> bool {
        let key = (terminal, pin.to_owned());
        let owners = self.owners.get(&key).map_or(&[][..], Vec::as_slice);
        let Some(day) = day else {
            let has_punched = || self.punched.iter().any(|(at, by, _)| *at == terminal && by == pin);
            return self.is_whole
                && (owners.iter().any(|(owner, ..)| *owner == self.person) || has_punched());
        };
        let holds = |(_, from, until): &&(EmployeeId, Date, Option<Date>)| {
            *from <= day && until.is_none_or(|until| day <= until)
        };
        let is_owner = || owners.iter().find(holds).is_some_and(|(owner, ..)| *owner == self.person);
        day <= self.until && (self.punched.contains(&(terminal, key.1, day)) || is_owner())
    }

    /// Whether a line of a terminal is what shall be erased.
    pub(super) fn name(&self, terminal: TerminalId, line: &[u8]) -> bool {
        let said = Said::of(line);
        said.pins.iter().any(|pin| match said.days.as_slice() {
            [] => self.are(terminal, pin, None),
            days => days.iter().any(|day| self.are(terminal, pin, Some(*day))),
        })
    }
}
