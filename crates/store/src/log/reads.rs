//! Deeds that only read: entered in the log together, so that looking at a page does not cost a signature.
//!
//! Whoever looks at the data of others leaves a row in the register of deeds, with an action that ends in `.read`. Such rows
//! have no entries of their own. From time to time one deed, which has an entry, commits to all of them since the last.

use domain::ids::RecordId;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{
    canonical::canonical,
    check::{Checked, Finding},
    covered::{self, Covered},
};
use crate::{
    audit::{self, AuditEntry},
    error::{ErrorKind, Result, StoreError},
    sql::value::{Row, params},
    tx::Tx,
};

/// The action of the deed that commits to readings.
const DIGEST: &str = "read.digest";
/// Which deeds have entries of their own, as SQL.
pub(super) const NOT_READ: &str = "action NOT LIKE '%.read'";

/// Whether a deed only reads.
pub(crate) fn is_read(action: &str) -> bool {
    action.ends_with(".read")
}

/// Commits to all readings after the last digest up to `until`, which must lie far enough back that no reading of that time
/// is still being written. `None` when there is nothing new: also while a clock that was set back has not come past the last
/// digest again.
///
/// # Errors
/// As every call.
pub async fn digest_reads(
    tx: &mut Tx,
    audit_id: RecordId,
    until: Timestamp,
    now: Timestamp,
) -> Result<Option<AuditEntry>> {
    let from = digests(tx).await?.last().map_or(Timestamp::UNIX_EPOCH, |span| span.until);
    if let Some(sealer) = tx.sealer() {
        sealer.note_digested(tx.tenant(), from);
    }
    let (count, sha256) = digest(tx, from, until).await?;
    if count == 0 {
        return Ok(None);
    }
    let micros = |at: Timestamp| at.as_microsecond();
    let deed = AuditEntry {
        audit_id,
        at: now,
        actor: "system".into(),
        action: DIGEST.into(),
        subject_kind: "audit".into(),
        subject_id: String::new(),
        detail: json!({ "from": micros(from), "until": micros(until), "count": count, "sha256": sha256 }),
        ip: String::new(),
    };
    audit::write(tx, std::slice::from_ref(&deed)).await?;
    if let Some(sealer) = tx.sealer() {
        sealer.note_digested(tx.tenant(), until);
    }
    Ok(Some(deed))
}

/// Puts readings behind the last digest: when the clock was set back, they would otherwise lie where a digest says what there
/// was. Their own time stays beside them then, as `detail.clock`.
pub(crate) async fn behind_digest(tx: &mut Tx, reads: &mut [AuditEntry]) -> Result<()> {
    let until = digested(tx).await?;
    for read in reads.iter_mut().filter(|read| read.at <= until) {
        let clock = json!(read.at.to_string());
        match read.detail.as_object_mut() {
            Some(detail) => drop(detail.insert("clock".to_owned(), clock)),
            None => read.detail = json!({ "clock": clock, "detail": read.detail }),
        }
        read.at = until.saturating_add(SignedDuration::from_micros(1)).unwrap_or(until);
    }
    Ok(())
}

/// Until when readings are in digests. Asked once, then remembered, so that a page does not cost another statement; each node
/// looks again whenever it wants to write a digest.
async fn digested(tx: &mut Tx) -> Result<Timestamp> {
    let (tenant, sealer) = (tx.tenant(), tx.sealer());
    if let Some(until) = sealer.as_ref().and_then(|sealer| sealer.digested(tenant)) {
        return Ok(until);
    }
    let until = digests(tx).await?.last().map_or(Timestamp::UNIX_EPOCH, |span| span.until);
    if let Some(sealer) = sealer {
        sealer.note_digested(tenant, until);
    }
    Ok(until)
}

/// Looks whether the readings still are what the digests commit to.
pub(super) async fn check_reads(tx: &mut Tx, checked: &mut Checked) -> Result<()> {
    for span in digests(tx).await? {
        let (count, sha256) = digest(tx, span.from, span.until).await?;
        if sha256 == span.sha256 {
            checked.rows += count;
        } else {
            let (from, until) = (span.from, span.until);
            checked.found(Finding::Readings { from, until, logged: span.count, found: count });
        }
    }
    Ok(())
}

struct Span {
    from: Timestamp,
    until: Timestamp,
    count: u64,
    sha256: String,
}

/// The digests so far, oldest first.
async fn digests(tx: &mut Tx) -> Result<Vec<Span>> {
    let sql = "SELECT detail FROM audit WHERE tenant_id = $1 AND action = $2 ORDER BY at, audit_id";
    tx.fetch_map(sql, params![DIGEST], span).await
}

fn span(row: Row<'_>) -> Result<Span> {
    let detail: serde_json::Value = row.get("detail")?;
    let damaged = || StoreError::new(ErrorKind::Corrupt, "a digest of readings cannot be read");
    let at = |key: &str| {
        let micros = detail[key].as_i64().ok_or_else(damaged)?;
        Timestamp::from_microsecond(micros).map_err(|_| damaged())
    };
    Ok(Span {
        from: at("from")?,
        until: at("until")?,
        count: detail["count"].as_u64().ok_or_else(damaged)?,
        sha256: detail["sha256"].as_str().ok_or_else(damaged)?.to_owned(),
    })
}

/// Number and SHA-256 of the readings after `from` up to `until`, a line each.
async fn digest(tx: &mut Tx, from: Timestamp, until: Timestamp) -> Result<(u64, String)> {
    let audit =
        Covered::table("audit").ok_or_else(|| StoreError::new(ErrorKind::Other, "audit is not covered"))?;
    let columns = audit.columns();
    let sql = format!(
        "SELECT {} FROM audit WHERE tenant_id = $1 AND action LIKE '%.read' AND at > $2 AND at <= $3 ORDER BY audit_id",
        audit.list()
    );
    let read = |row: Row<'_>| canonical("audit", &columns, covered::read(&columns, row)?.iter());
    let lines = tx.fetch_map(sql, params![from, until], read).await?;
    let mut hash = Sha256::new();
    for line in &lines {
        hash.update(line);
        hash.update(b"\n");
    }
    Ok((u64::try_from(lines.len()).unwrap_or(u64::MAX), hex::encode(hash.finalize())))
}
