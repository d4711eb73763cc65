//! `hadir bench judge`: judging and TPP of 1,000 to many people, and the month matrix as XLSX.

use std::collections::BTreeSet;

use domain::{lang::Lang, recap::Totals, zone::Zone};
use print::{Basis, DayMark, Frame, Letterhead, LockState, MatrixDay, MonthMatrix, PersonMonth, Stamp};

use super::{
    judge_month::{Facts, Rules},
    report::{Report, measured},
};
use crate::progress::Bar;

/// People judged at a time: the facts of 100,000 at once would only measure memory.
const CHUNK: usize = 1_000;
/// CPU seconds within which judging and TPP of 1,000 people x 31 days must be done.
const JUDGE_TARGET: f64 = 0.2;
/// CPU seconds within which the month matrix of 1,000 x 31 must be written.
const XLSX_TARGET: f64 = 0.5;
/// What Horilla, a Django HRMS, needed for the month matrix of 1,000 x 31 on a machine of this class.
const PEER_CPU: f64 = 16.0;
/// The SQL statements it needed.
const PEER_STATEMENTS: f64 = 22_070.0;
/// Runs of each thousand, of the small population and of the large one alike; the quickest counts, the others met a busy
/// machine. Counted once each, a run of minutes looked a third slower than the quickest of a few milliseconds.
const RUNS: usize = 3;

/// Measures.
///
/// # Errors
/// When a file that ships cannot be read.
pub fn run(largest: usize, seed: u64) -> anyhow::Result<Report> {
    let rules = Rules::shipped()?;
    let mut report = Report::new("judge", "none", seed);
    let small = rules.invent(seed, CHUNK);
    let cpu = quickest(&rules, &small);
    let working = small.iter().map(|f| rules.judge(f).0.len()).sum::<usize>();
    report.add("judged_days_1000_people", float(working), "days");
    report.compare("judge_and_tpp_1000_people", cpu, "s_cpu", ("target", JUDGE_TARGET));
    for people in BTreeSet::from([10_000, largest]).into_iter().filter(|p| *p > CHUNK && *p <= largest) {
        let chunks = stream(&rules, seed, people);
        let total: f64 = chunks.iter().sum();
        report.add(format!("judge_and_tpp_{people}_people"), total, "s_cpu");
        let linear = cpu * float(people) / float(CHUNK);
        report.compare(format!("linearity_{people}_people"), total, "s_cpu", ("linear", linear));
        // Would it grow with what is done already, the last thousands would be slower than the first.
        let tenth = chunks.len().div_ceil(10);
        let (first, last): (f64, f64) =
            (chunks.iter().take(tenth).sum(), chunks.iter().rev().take(tenth).sum());
        report.compare(format!("last_tenth_of_{people}_people"), last, "s_cpu", ("first_tenth", first));
    }
    workbook(&rules, &small, &mut report)?;
    Ok(report)
}

fn judge(rules: &Rules, people: &[Facts]) -> f64 {
    let ((), cpu) = measured(|| {
        for facts in people {
            std::hint::black_box(rules.judge(facts));
        }
    });
    cpu
}

/// The quickest of some runs over the same people.
fn quickest(rules: &Rules, people: &[Facts]) -> f64 {
    (0..RUNS).map(|_| judge(rules, people)).fold(f64::INFINITY, f64::min)
}

/// Judges `people` in chunks, seconds for each; making the facts is not counted.
fn stream(rules: &Rules, seed: u64, people: usize) -> Vec<f64> {
    let bar = Bar::new();
    let mut chunks = Vec::new();
    let mut done = 0;
    while done < people {
        let size = CHUNK.min(people - done);
        let facts = rules.invent(seed.wrapping_add(u64::try_from(done).unwrap_or(0)), size);
        chunks.push(quickest(rules, &facts));
        done += size;
        bar.show(service::progress::Progress {
            id: "Menghitung",
            en: "Judging invented people",
            done: u64::try_from(done).unwrap_or(0),
            total: u64::try_from(people).unwrap_or(0),
        });
    }
    chunks
}

fn workbook(rules: &Rules, people: &[Facts], report: &mut Report) -> anyhow::Result<()> {
    let matrix = matrix(rules, people);
    let (bytes, cpu) = measured(|| print::month_matrix(&matrix));
    let beside = [("target", XLSX_TARGET), ("horilla", PEER_CPU)];
    report.compare_all("month_matrix_xlsx_1000_people", cpu, "s_cpu", &beside);
    report.compare("month_matrix_sql_statements", 0.0, "statements", ("horilla", PEER_STATEMENTS));
    report.add("month_matrix_xlsx_1000_people", float(bytes?.len()), "bytes");
    Ok(())
}

fn matrix(rules: &Rules, people: &[Facts]) -> MonthMatrix {
    let free = |date: jiff::civil::Date| date.weekday().to_monday_zero_offset() >= 5;
    let days = rules.month.days().map(|date| MatrixDay { date, free: free(date), holiday: None });
    MonthMatrix {
        frame: frame(rules),
        month: rules.month,
        days: days.collect(),
        people: people.iter().map(|facts| row(rules, facts)).collect(),
    }
}

fn row(rules: &Rules, facts: &Facts) -> PersonMonth {
    let (days, _) = rules.judge(facts);
    let totals = Totals::of(&days);
    PersonMonth {
        name: facts.person.name.clone(),
        nip: facts.person.number.clone(),
        kind: facts.person.kind,
        marks: days.iter().map(DayMark::of).collect(),
        late_minutes: totals.late_minutes,
        early_minutes: totals.early_minutes,
        working_days: totals.working_days.into(),
        cut: None,
    }
}

fn frame(rules: &Rules) -> Frame {
    let at = rules.month.next().first().at(8, 0, 0, 0);
    Frame {
        lang: Lang::Id,
        letterhead: Letterhead { pemda: "Pemerintah Kabupaten Contoh".into(), ..Letterhead::default() },
        unit: String::new(),
        signature: None,
        basis: Basis {
            policy_id: "default-60-40".into(),
            policy_version: String::new(),
            legal_basis: String::new(),
            lock: LockState::Draft,
            hash: String::new(),
            printed_by: "bench".into(),
            printed_at: Stamp { at, zone: Zone::Wib },
            app_version: env!("CARGO_PKG_VERSION").into(),
            more: Vec::new(),
        },
        extra_legend: Vec::new(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52, for display")]
fn float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_pay() {
        let rules = Rules::shipped().unwrap();
        let pay =
            |seed| -> Vec<_> { rules.invent(seed, 40).iter().map(|f| rules.judge(f).1.earned).collect() };
        assert_eq!(pay(3), pay(3));
        assert!(pay(3).iter().any(|p| p.0 < rust_decimal::Decimal::from(5_000_000)));
    }
}
