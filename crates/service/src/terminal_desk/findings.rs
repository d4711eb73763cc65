//! What follows from an upload beside its rows: counts, alerts, users and options.

use serde_json::json;
use store::{Result, punch::PunchRow};
use terminal::{
    desk::Upload,
    table::{
        attlog::{AttLine, ClockDoubt},
        operlog::OperRecord,
    },
    upload::{Content, Table},
};

use super::{
    TerminalDesk,
    alert::AlertKind,
    drift,
    greet::keep_options,
    part::count,
    ready::{Progress, Whole},
    users,
    visit::Visit,
};

impl TerminalDesk {
    /// Counts and alerts that follow from punches.
    pub(super) async fn look_at_lines(
        &self,
        visit: &mut Visit<'_>,
        Whole { upload: Upload { content, .. }, lines, .. }: &Whole,
        compared: &[PunchRow],
        progress: &Progress,
    ) -> Result<()> {
        let stored = progress.stored;
        // A terminal counts the lines set aside among its punches. An upload of nothing but known punches was here before.
        if !matches!(content, Content::Records(_)) && (stored.new > 0 || stored.duplicates == 0) {
            count(&mut visit.terminal, u64::try_from(content.quarantined().len()).unwrap_or(0));
        }
        let (now, terminal) = (visit.now, visit.terminal.clone());
        if stored.quarantined > 0 {
            let detail = json!({ "lines": stored.quarantined });
            self.raise(visit.tx, Some(&terminal), AlertKind::Quarantine, "", detail, now).await?;
        }
        if stored.new == 0 {
            return Ok(());
        }
        let wrong = |line: &&AttLine| {
            matches!(line.clock_doubt(now, terminal.zone), Some(ClockDoubt::Future | ClockDoubt::Reset))
        };
        let last_contact = progress.last_contact.unwrap_or(now);
        let is_slow = drift::is_days_slow(lines, &terminal, last_contact, now);
        // A clock that is days slow is wrong in every line that came with the newest.
        if let Some(first) = lines.iter().find(|line| is_slow || wrong(line)) {
            let number = lines.iter().filter(|line| is_slow || wrong(line)).count();
            let detail = json!({ "lines": number, "local_time": first.local.to_string() });
            self.raise(visit.tx, Some(&terminal), AlertKind::WrongClock, "", detail, now).await?;
        }
        if let Some(seconds) = drift::measure(lines, &terminal, last_contact, now) {
            (visit.terminal.drift_seconds, visit.terminal.drift_at) = (Some(seconds), Some(now));
            if seconds.abs() > drift::TOLERATED {
                let detail = json!({ "seconds": seconds });
                self.raise(visit.tx, Some(&terminal), AlertKind::Drift, "", detail, now).await?;
            }
        }
        self.watch_places(visit.tx, &terminal, compared, now).await
    }

    /// What follows from everything that is not a punch.
    pub(super) async fn look_at_records(&self, visit: &mut Visit<'_>, upload: &Upload) -> Result<()> {
        let (now, terminal) = (visit.now, visit.terminal.terminal_id);
        match &upload.content {
            Content::Records(batch) => {
                let found = batch.records.iter().filter_map(|record| match record {
                    OperRecord::User(user) => Some(user),
                    _ => None,
                });
                users::remember(visit.tx, terminal, found, now).await?;
                let done = batch.records.iter().filter_map(|record| match record {
                    OperRecord::Operation(operation) => Some(operation),
                    _ => None,
                });
                self.watch_operations(visit.tx, &visit.terminal, done, now).await?;
            }
            Content::Options(options) => keep_options(&mut visit.terminal, options),
            Content::Unparsed(_) if is_unknown(&upload.table) => {
                let detail = json!({ "table": upload.table.name() });
                let kind = AlertKind::UnknownTable;
                self.raise(visit.tx, Some(&visit.terminal), kind, "", detail, now).await?;
            }
            _ => {}
        }
        Ok(())
    }
}

/// Tables that no firmware we know sends.
fn is_unknown(table: &Table) -> bool {
    match table {
        Table::Other(name) => !matches!(name.to_ascii_uppercase().as_str(), "ERRORLOG" | "IDCARD"),
        _ => false,
    }
}
