//! Lines of one person in the uploads of terminals, which are kept byte for byte: in every upload, because terminals send what
//! they have again and each sending is kept.

use domain::ids::{RecordId, TerminalId};

use super::{Erased, pins::Pins};
use crate::{
    error::Result,
    sql::value::{Bind, Row, params},
    tx::Tx,
};

/// Uploads or lines that are read together.
const PAGE: usize = 200;

/// Takes the lines of the person out of all uploads of their terminals.
pub(super) async fn blank(tx: &mut Tx, pins: &Pins, erased: &mut Erased) -> Result<()> {
    let sql = format!(
        "SELECT journal_id, terminal_id, body FROM terminal_journal
         WHERE tenant_id = $1 AND terminal_id IN set_of($2) AND journal_id > $3 ORDER BY journal_id LIMIT {PAGE}"
    );
    let read = |row: Row<'_>| {
        Ok((
            row.get::<RecordId>("journal_id")?,
            row.get::<TerminalId>("terminal_id")?,
            row.get::<Vec<u8>>("body")?,
        ))
    };
    let mut after = RecordId(uuid::Uuid::nil());
    loop {
        let page = tx.fetch_map(sql.clone(), vec![pins.terminals(), after.bind()], read).await?;
        let is_last = page.len() < PAGE;
        for (journal, terminal, body) in page {
            let (kept, taken) = without(&body, &|line: &[u8]| pins.name(terminal, line));
            if taken > 0 {
                let sql = "UPDATE terminal_journal SET body = $3 WHERE tenant_id = $1 AND journal_id = $2";
                tx.execute(sql, params![journal, kept]).await?;
                erased.count("terminal_journal", taken);
            }
            after = journal;
        }
        if is_last {
            return Ok(());
        }
    }
}

/// Deletes the lines of the person that were set aside because they could not be understood.
pub(super) async fn drop_set_aside(tx: &mut Tx, pins: &Pins, erased: &mut Erased) -> Result<()> {
    let sql = format!(
        "SELECT journal_id, line_no, terminal_id, raw FROM terminal_quarantine
         WHERE tenant_id = $1 AND terminal_id IN set_of($2) AND (journal_id, line_no) > ($3, $4)
         ORDER BY journal_id, line_no LIMIT {PAGE}"
    );
    let read = |row: Row<'_>| {
        let key = (row.get::<RecordId>("journal_id")?, row.get::<i64>("line_no")?);
        Ok((key, row.get::<TerminalId>("terminal_id")?, row.get::<Vec<u8>>("raw")?))
    };
    let mut after = (RecordId(uuid::Uuid::nil()), i64::MIN);
    loop {
        let from = vec![pins.terminals(), after.0.bind(), after.1.bind()];
        let page = tx.fetch_map(sql.clone(), from, read).await?;
        let is_last = page.len() < PAGE;
        for (key, terminal, raw) in page {
            if pins.name(terminal, &raw) {
                let sql = "DELETE FROM terminal_quarantine
                           WHERE tenant_id = $1 AND journal_id = $2 AND line_no = $3";
                erased.count("terminal_quarantine", tx.execute(sql, params![key.0, key.1]).await?);
            }
            after = key;
        }
        if is_last {
            return Ok(());
        }
    }
}

/// The body without such lines, and how many they were.
fn without(body: &[u8], is_theirs: &impl Fn(&[u8]) -> bool) -> (Vec<u8>, u64) {
    let mut kept = Vec::with_capacity(body.len());
    let mut taken = 0;
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        if is_theirs(line) {
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
        let (kept, taken) = without(body, &|line: &[u8]| line.starts_with(b"7\t"));
        assert_eq!((kept.as_slice(), taken), (b"71\t2026-11-02 07:00:01\t0\n".as_slice(), 2));
    }
}
