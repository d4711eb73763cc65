//! Punches that a sender names by ids of its own: each is stored once, and sending it again finds the first.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::ids::PunchId;
use jiff::civil::DateTime;

use crate::{
    db::EngineKind,
    error::{ErrorKind, Result, StoreError},
    pin_map,
    punch::{self, PunchRow},
    sql::{
        bulk::{self, OnConflict},
        record::record,
        value::{Row, Value},
    },
    tx::Tx,
};

/// The 128 bits by which a sender knows a punch, best a UUID of version 7: whoever reuses one gets the old answer, and names
/// that grow with time are stored side by side, which makes the morning rush cheaper.
pub type ClientId = [u8; 16];

/// A punch with the name its sender gave it.
#[derive(Debug, Clone, PartialEq)]
pub struct Tap {
    /// Device or account that sends it.
    pub sender: [u8; 16],
    /// Its name there.
    pub client_id: ClientId,
    /// The punch; its person is filled in from the PIN when it has none.
    pub punch: PunchRow,
}

/// What a tap became.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// The stored punch.
    pub punch_id: PunchId,
    /// Whether it was stored before: by this name, or as the same press under another.
    pub again: bool,
    /// Whether the name belongs to a punch of another PIN. Then this press is another one, and was not stored.
    pub is_other: bool,
}

record! {
    /// A name and what it became.
    pub struct Key {
        /// Device or account.
        pub sender: Vec<u8>,
        /// Its name for the punch.
        pub client_id: Vec<u8>,
        /// The punch.
        pub punch_id: PunchId,
    }
}

/// The punch of a name.
struct Known {
    punch_id: PunchId,
    /// Its PIN; `None` when the punch was erased, or is only about to be stored.
    pin: Option<String>,
}

/// First the client's id, as in the key of the table.
type Name = (ClientId, [u8; 16]);

/// Stores taps in bulk and says for each, in the same order, what it became. Two bulk inserts, and one question
/// per group of terminals.
///
/// # Errors
/// As every call; nothing is kept then.
pub async fn take(tx: &mut Tx, taps: &[Tap]) -> Result<Vec<Taken>> {
    // In order of the name, each once: two nodes that bring the same taps wait for each other instead of deadlocking.
    let first: BTreeMap<Name, &Tap> = taps.iter().rev().map(|tap| (name(tap), tap)).collect();
    let (mut named, fresh) = claim(tx, &first).await?;
    let mut rows: Vec<PunchRow> = fresh.iter().map(|tap| tap.punch.clone()).collect();
    pin_map::resolve(tx, &mut rows).await?;
    let stored = punch::insert_unasked(tx, &rows).await?;
    let mut new: HashSet<Name> = HashSet::with_capacity(fresh.len());
    let mut moved = Vec::new();
    for (tap, row) in fresh.iter().zip(&rows) {
        let punch_id = *stored.get(&punch::key(row)?).ok_or_else(lost)?;
        if punch_id == row.punch_id {
            new.insert(name(tap));
        } else {
            // The same press was here under another name.
            moved.push(key(tap, punch_id));
        }
        named.insert(name(tap), Known { punch_id, pin: Some(row.pin.clone()) });
    }
    let clause = "ON CONFLICT (tenant_id, client_id, sender) DO UPDATE SET punch_id = excluded.punch_id";
    bulk::insert(tx, "intake_key", &moved, OnConflict::Clause(clause)).await?;
    let answer = |tap: &Tap| {
        // Only the first of two taps of one name in this batch is new.
        let again = !new.remove(&name(tap));
        let known = named.get(&name(tap)).ok_or_else(lost)?;
        let is_other = known.pin.as_ref().is_some_and(|pin| *pin != tap.punch.pin);
        Ok(Taken { punch_id: known.punch_id, again, is_other })
    };
    taps.iter().map(answer).collect()
}

fn name(tap: &Tap) -> Name {
    (tap.client_id, tap.sender)
}

fn key(tap: &Tap, punch_id: PunchId) -> Key {
    Key { sender: tap.sender.to_vec(), client_id: tap.client_id.to_vec(), punch_id }
}

/// Writes the names of taps down with the punches they would become. Gives the names that were used before with their
/// punches, and the taps whose names were not. Asks only when one was used.
async fn claim<'t>(
    tx: &mut Tx,
    taps: &BTreeMap<Name, &'t Tap>,
) -> Result<(HashMap<Name, Known>, Vec<&'t Tap>)> {
    let keys: Vec<Key> = taps.values().map(|tap| key(tap, tap.punch.punch_id)).collect();
    let new = bulk::insert(tx, "intake_key", &keys, OnConflict::Ignore).await?;
    if usize::try_from(new) == Ok(keys.len()) {
        return Ok((HashMap::with_capacity(keys.len()), taps.values().copied().collect()));
    }
    let mut named = known(tx, taps.keys()).await?;
    let is_fresh =
        |tap: &&&Tap| named.get(&name(tap)).is_some_and(|known| known.punch_id == tap.punch.punch_id);
    let fresh: Vec<&Tap> = taps.values().filter(is_fresh).copied().collect();
    for tap in &fresh {
        named.remove(&name(tap));
    }
    Ok((named, fresh))
}

fn lost() -> StoreError {
    StoreError::new(ErrorKind::Other, "a punch was neither stored nor found")
}

/// What names became. Each is looked up by itself: a set of senders beside a set of ids would be looked up in all pairs.
async fn known(tx: &mut Tx, names: impl Iterator<Item = &Name>) -> Result<HashMap<Name, Known>> {
    let asked: Vec<String> =
        names.map(|(client_id, sender)| hex::encode(client_id) + &hex::encode(sender)).collect();
    let bytes = |text: &str| match tx.kind() {
        EngineKind::Sqlite => format!("unhex({text})"),
        EngineKind::Postgres => format!("decode({text}, 'hex')"),
    };
    let (client_id, sender) = (bytes("SUBSTR(a.name, 1, 32)"), bytes("SUBSTR(a.name, 33)"));
    // A CROSS JOIN keeps SQLite from going through all keys instead of through what is asked.
    let sql = format!(
        "WITH a (name) AS texts_of($2)
         SELECT k.sender AS sender, k.client_id AS client_id, k.punch_id AS punch_id, p.pin AS pin
         FROM a CROSS JOIN intake_key k
         LEFT JOIN punch p ON p.tenant_id = k.tenant_id AND p.punch_id = k.punch_id
         WHERE k.tenant_id = $1 AND k.client_id = {client_id} AND k.sender = {sender}"
    );
    let read = |row: Row<'_>| {
        let name = |column| -> Result<[u8; 16]> {
            row.get::<Vec<u8>>(column)?
                .try_into()
                .map_err(|_| StoreError::new(ErrorKind::Corrupt, "the name of a punch has not 16 bytes"))
        };
        let known = Known { punch_id: row.get("punch_id")?, pin: row.get("pin")? };
        Ok(((name("client_id")?, name("sender")?), known))
    };
    Ok(tx.fetch_map(sql, vec![Value::Texts(asked)], read).await?.into_iter().collect())
}

/// What makes two presses one: second, origin and PIN, as in the key of the table.
pub(crate) type Press = (DateTime, uuid::Uuid, String);
