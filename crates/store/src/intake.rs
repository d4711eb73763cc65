//! Punches that a sender names by ids of its own: each is stored once, and sending it again finds the first.

use std::collections::HashMap;

use domain::ids::PunchId;
use jiff::civil::DateTime;

use crate::{
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

/// The 128 bits by which a sender knows a punch. They must be random: whoever reuses one gets the old answer.
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

type Name = ([u8; 16], ClientId);

/// Stores taps in bulk and says for each, in the same order, what it became. The number of statements does not depend on
/// the number of taps, except for one per group of terminals.
///
/// # Errors
/// As every call; nothing is kept then.
pub async fn take(tx: &mut Tx, taps: &[Tap]) -> Result<Vec<Taken>> {
    let mut named = known(tx, taps).await?;
    let mut fresh: Vec<&Tap> = Vec::with_capacity(taps.len());
    let mut first: HashMap<Name, ()> = HashMap::with_capacity(taps.len());
    for tap in taps {
        let name = (tap.sender, tap.client_id);
        if !named.contains_key(&name) && first.insert(name, ()).is_none() {
            fresh.push(tap);
        }
    }
    let mut rows: Vec<PunchRow> = fresh.iter().map(|tap| tap.punch.clone()).collect();
    pin_map::resolve(tx, &mut rows).await?;
    let stored = punch::insert_unasked(tx, &rows).await?;
    let mut keys = Vec::with_capacity(fresh.len());
    let mut new: HashMap<Name, PunchId> = HashMap::with_capacity(fresh.len());
    for (tap, row) in fresh.iter().zip(&rows) {
        let punch_id = *stored.get(&punch::key(row)?).ok_or_else(lost)?;
        let name = (tap.sender, tap.client_id);
        keys.push(Key { sender: tap.sender.to_vec(), client_id: tap.client_id.to_vec(), punch_id });
        if punch_id == row.punch_id {
            new.insert(name, punch_id);
        }
        named.insert(name, punch_id);
    }
    bulk::insert(tx, "intake_key", &keys, OnConflict::Fail).await?;
    let answer = |tap: &Tap| {
        let name = (tap.sender, tap.client_id);
        // Only the first of two taps of one name in this batch is new.
        let again = new.remove(&name).is_none();
        named.get(&name).map(|punch_id| Taken { punch_id: *punch_id, again }).ok_or_else(lost)
    };
    taps.iter().map(answer).collect()
}

fn lost() -> StoreError {
    StoreError::new(ErrorKind::Other, "a punch was neither stored nor found")
}

/// The names that were used before.
async fn known(tx: &mut Tx, taps: &[Tap]) -> Result<HashMap<Name, PunchId>> {
    let ids: Vec<ClientId> = taps.iter().map(|tap| tap.client_id).collect();
    let senders: Vec<[u8; 16]> = {
        let mut senders: Vec<_> = taps.iter().map(|tap| tap.sender).collect();
        senders.sort_unstable();
        senders.dedup();
        senders
    };
    let sql = "SELECT sender, client_id, punch_id FROM intake_key
               WHERE tenant_id = $1 AND sender IN set_of($2) AND client_id IN set_of($3)";
    let read = |row: Row<'_>| {
        let name = |column| -> Result<[u8; 16]> {
            row.get::<Vec<u8>>(column)?
                .try_into()
                .map_err(|_| StoreError::new(ErrorKind::Corrupt, "the name of a punch has not 16 bytes"))
        };
        Ok(((name("sender")?, name("client_id")?), row.get("punch_id")?))
    };
    Ok(tx.fetch_map(sql, vec![Value::Ids(senders), Value::Ids(ids)], read).await?.into_iter().collect())
}

/// What makes two presses one: origin, PIN and second.
pub(crate) type Press = (uuid::Uuid, String, DateTime);
