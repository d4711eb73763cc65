//! `hadir explain`: one day of one person, from the plan over the punches to the last rupiah.

use domain::{
    day::{DayResult, PlannedDay},
    lang::{Lang, clock_time, long_date},
    month::Month,
    policy::{PolicyStamp, TppLine, TppResult},
};
use jiff::civil::DateTime;
use print::DayMark;
use serde::Serialize;
use service::{
    month::{MonthSheet, PersonSheet, Wanted, load},
    terminal_desk::punch_row::counted_at,
};
use store::{Scope, punch::PunchRow};

use super::people;
use crate::{
    cli::{ExplainArgs, Format},
    config::Config,
    output, system,
};

/// The JSON document.
#[derive(Debug, Serialize)]
struct Explanation<'a> {
    number: &'a str,
    name: &'a str,
    unit: &'a str,
    stage: &'static str,
    /// Whether the figures are those stored when the month was locked.
    locked: bool,
    /// The code of the month sheet.
    mark: String,
    day: &'a DayResult,
    punches: Vec<PunchOut<'a>>,
    /// The reasons as English sentences.
    reasons: Vec<String>,
    policy: Option<&'a PolicyStamp>,
    /// Lines of this day. Money is written as decimal strings.
    lines: Vec<&'a TppLine>,
    /// Lines that belong to the month as a whole.
    month_lines: Vec<&'a TppLine>,
}

/// A stored punch of the day and what became of it.
#[derive(Debug, Serialize)]
struct PunchOut<'a> {
    id: String,
    /// When it counts: as the source told, but never later than its receipt.
    at: DateTime,
    /// What the source told, where that is another time.
    #[serde(skip_serializing_if = "Option::is_none")]
    told: Option<DateTime>,
    terminal: &'a str,
    pin: &'a str,
    source: &'static str,
    used: bool,
    /// Why it was not counted.
    ignored: Option<String>,
}

/// Explains the day.
pub async fn run(config: &Config, args: &ExplainArgs, format: Format) -> anyhow::Result<()> {
    let office = system::open_to_read(config).await?;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let id = people::by_number(&mut tx, &args.nip).await?;
    let wanted = Wanted::month(Scope::People(std::slice::from_ref(&id)), Month::of(args.date));
    let sheet = load(&office, &mut tx, wanted).await?;
    anyhow::ensure!(
        args.date <= sheet.today,
        "{} lies in the future; today is {}. Ask for a day up to today",
        args.date,
        sheet.today
    );
    let found = sheet.people.first().and_then(|p| Some((p, p.day(args.date)?)));
    let Some((person, day)) = found else {
        anyhow::bail!("this person was not employed in any unit on {}; choose another day", args.date)
    };
    let explanation = explain(&sheet, person, day);
    match format {
        Format::Text => output::deliver(None, text(&explanation).as_bytes()),
        Format::Json => output::json(None, &explanation),
        Format::Csv => {
            let headings =
                ["code", "article", "signal", "quantity", "unit", "pct", "base_amount", "rupiah", "text"];
            output::csv(None, &headings, explanation.lines.iter().map(|line| cells(line)))
        }
        Format::Xlsx => Err(output::no_format("explain", format, "text, json or csv")),
    }
}

fn explain<'a>(sheet: &'a MonthSheet, person: &'a PersonSheet, day: &'a DayResult) -> Explanation<'a> {
    let all = person.tpp.iter().flat_map(every_line);
    let (lines, rest): (Vec<_>, Vec<_>) = all.partition(|line| line.date == Some(day.date));
    Explanation {
        number: &person.number,
        name: &person.name,
        unit: person.unit.map_or("", |u| sheet.reference.units.name(u)),
        stage: person.stage.code(),
        locked: sheet.is_locked(),
        mark: DayMark::of(day).code.into_owned(),
        day,
        punches: punches(sheet, person, day),
        reasons: day.reasons.iter().map(|r| r.text(Lang::En)).collect(),
        policy: person.tpp.as_ref().map(|t| &t.policy),
        lines,
        month_lines: rest.into_iter().filter(|line| line.date.is_none()).collect(),
    }
}

/// Cuts, additions, corrections and deductions.
fn every_line(tpp: &TppResult) -> impl Iterator<Item = &TppLine> {
    tpp.lines.iter().chain(&tpp.additions).chain(&tpp.corrections).chain(&tpp.deductions)
}

/// The punches that the judgement names, and all others of the date.
fn punches<'a>(sheet: &'a MonthSheet, person: &'a PersonSheet, day: &DayResult) -> Vec<PunchOut<'a>> {
    let out = |row: &'a PunchRow| {
        let id = row.punch_id.to_string();
        let used = day.used.contains(&id);
        let ignored = day.ignored.iter().find(|p| p.id == id).map(|p| p.reason.text(Lang::En));
        let belongs = used || ignored.is_some() || row.local_time.date() == day.date;
        let terminal = row.terminal_id.and_then(|t| sheet.terminal_names.get(&t)).map_or("", String::as_str);
        let source = row.source.code();
        let counted = row.zone.local(counted_at(row));
        let told = (counted_at(row) != row.at).then_some(row.local_time);
        let at = told.map_or(row.local_time, |_| counted);
        belongs.then_some(PunchOut { id, at, told, terminal, pin: &row.pin, source, used, ignored })
    };
    person.punches.iter().filter_map(out).collect()
}

fn cells(line: &TppLine) -> [String; 9] {
    [
        line.code.to_string(),
        line.article.to_string(),
        line.signal.to_string(),
        line.quantity.normalize().to_string(),
        serde_json::to_value(line.unit).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default(),
        line.pct.map(|p| p.0.normalize().to_string()).unwrap_or_default(),
        line.base_amount.0.normalize().to_string(),
        line.rupiah.0.normalize().to_string(),
        line.sentence(Lang::En),
    ]
}

fn text(e: &Explanation<'_>) -> String {
    let mut out = Vec::new();
    out.push(format!("{} {}, {}", domain::nip::printed(e.number), e.name, e.unit));
    out.push(format!("{}: {}", long_date(e.day.date, Lang::En), e.mark));
    out.push(format!("stage of the OPD: {}{}", e.stage, if e.locked { "; the month is locked" } else { "" }));
    out.push(e.day.planned.as_ref().map_or_else(|| "plan: no work planned".to_owned(), plan));
    out.push(format!("punches: {}", e.punches.len()));
    for punch in &e.punches {
        let fate = match (&punch.ignored, punch.used) {
            (Some(why), _) => format!("not counted: {why}"),
            (None, true) => "counted".to_owned(),
            (None, false) => "belongs to another day".to_owned(),
        };
        let from = if punch.terminal.is_empty() { punch.source } else { punch.terminal };
        let told = punch.told.map_or_else(String::new, |told| format!(" (its clock showed {told})"));
        out.push(format!(
            "  {} {from} PIN {}: {fate}{told}",
            punch.at.strftime("%Y-%m-%d %H:%M:%S"),
            punch.pin
        ));
    }
    out.push("why:".to_owned());
    out.extend(e.reasons.iter().map(|reason| format!("  {reason}")));
    match e.policy {
        None => out.push("TPP: no active policy covers this person in this month".to_owned()),
        Some(policy) => {
            out.push(format!("TPP by {} version {} ({})", policy.id, policy.version, policy.legal_basis));
            if e.lines.is_empty() {
                out.push("  nothing is cut for this day".to_owned());
            }
            out.extend(e.lines.iter().map(|line| format!("  {}", line.sentence(Lang::En))));
            if !e.month_lines.is_empty() {
                out.push("for the month as a whole:".to_owned());
                out.extend(e.month_lines.iter().map(|line| format!("  {}", line.sentence(Lang::En))));
            }
        }
    }
    out.join("\n") + "\n"
}

fn plan(planned: &PlannedDay) -> String {
    let clock = |at: DateTime| clock_time(at.time());
    format!(
        "plan: shift {} {} to {}, on time until {}, leave from {}{}",
        planned.shift,
        clock(planned.start),
        clock(planned.end),
        clock(planned.on_time_until),
        clock(planned.leave_from),
        if planned.ramadan { ", Ramadan hours" } else { "" }
    )
}
