//! Lines of one person in the uploads of terminals, which are kept byte for byte.

use std::collections::BTreeSet;

use domain::ids::{EmployeeId, RecordId};
use jiff::civil::Date;

use super::Erased;
use crate::{
    error::Result,
    sql::value::{Row, Value, params},
    tx::Tx,
};

/// Uploads that are rewritten together.
const CHUNK: usize = 200;

/// Takes the person's punches up to a day out of the uploads that brought them. Before their rows are gone.
pub(super) async fn blank_punches(
    tx: &mut Tx,
    person: EmployeeId,
    until: Date,
    erased: &mut Erased,
) -> Result<()> {
    let sql = "SELECT DISTINCT journal_id, pin FROM punch
        WHERE tenant_id = $1 AND employee_id = $2 AND SUBSTR(local_time, 1, 10) <= $3 AND journal_id IS NOT NULL";
    let read = |row: Row<'_>| Ok((row.get::<RecordId>("journal_id")?, row.get::<String>("pin")?));
    let found = tx.fetch_map(sql, params![person, until], read).await?;
    let (journals, pins): (BTreeSet<RecordId>, BTreeSet<String>) = found.into_iter().unzip();
    let last = until.to_string();
    let is_theirs = move |line: &str| {
        let mut fields = line.split('\t').map(str::trim);
        fields.next().is_some_and(|pin| pins.contains(pin))
            && fields.next().and_then(|at| at.get(..10)).is_some_and(|day| day <= last.as_str())
    };
    rewrite(tx, &journals.into_iter().collect::<Vec<_>>(), is_theirs, erased).await
}

/// Takes the lines that name these PINs as users out of the uploads of the terminals whose people have them.
pub(super) async fn blank_users(tx: &mut Tx, person: EmployeeId, erased: &mut Erased) -> Result<()> {
    let sql = "SELECT DISTINCT pin AS pin FROM pin_map WHERE tenant_id = $1 AND employee_id = $2";
    let pins: BTreeSet<String> =
        tx.fetch_map(sql, params![person], |row| row.get("pin")).await?.into_iter().collect();
    let sql = "SELECT journal_id FROM terminal_journal
        WHERE tenant_id = $1 AND target NOT LIKE '%table=ATTLOG%' AND terminal_id IN (
            SELECT t.terminal_id FROM terminal t CROSS JOIN pin_map m
            WHERE t.tenant_id = $1 AND m.tenant_id = $1 AND m.group_id = t.group_id AND m.employee_id = $2)";
    let journals: Vec<RecordId> = tx.fetch_map(sql, params![person], |row| row.get("journal_id")).await?;
    let is_theirs = move |line: &str| {
        let pin = line.split(['\t', ' ']).find_map(|word| word.strip_prefix("PIN="));
        pin.is_some_and(|pin| pins.contains(pin.trim()))
    };
    rewrite(tx, &journals, is_theirs, erased).await
}

async fn rewrite(
    tx: &mut Tx,
    journals: &[RecordId],
    is_theirs: impl Fn(&str) -> bool,
    erased: &mut Erased,
) -> Result<()> {
    for chunk in journals.chunks(CHUNK) {
        let ids = Value::Ids(chunk.iter().map(|id| id.0.into_bytes()).collect());
        let sql = "SELECT journal_id, body FROM terminal_journal
                   WHERE tenant_id = $1 AND journal_id IN set_of($2)";
        let read = |row: Row<'_>| Ok((row.get::<RecordId>("journal_id")?, row.get::<Vec<u8>>("body")?));
        for (journal, body) in tx.fetch_map(sql, vec![ids], read).await? {
            let (kept, taken) = without(&body, &is_theirs);
            if taken > 0 {
                let sql = "UPDATE terminal_journal SET body = $3 WHERE tenant_id = $1 AND journal_id = $2";
                tx.execute(sql, params![journal, kept]).await?;
                erased.count("terminal_journal", taken);
            }
        }
    }
    Ok(())
}

/// The body without such lines, and how many they were.
fn without(body: &[u8], is_theirs: &impl Fn(&str) -> bool) -> (Vec<u8>, u64) {
    let mut kept = Vec::with_capacity(body.len());
    let mut taken = 0;
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        if is_theirs(&String::from_utf8_lossy(line)) {
            taken += 1;
        } else {
            kept.extend_from_slice(line);
        }
    }
    (kept, taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_lines_of_one_person_are_taken_out() {
        let body = b"7\t2026-11-02 07:00:00\t0\n71\t2026-11-02 07:00:01\t0\n7\t2026-11-03 07:00:00\t0";
        let (kept, taken) = without(body, &|line: &str| line.starts_with("7\t"));
        assert_eq!((kept.as_slice(), taken), (b"71\t2026-11-02 07:00:01\t0\n".as_slice(), 2));
    }
}
