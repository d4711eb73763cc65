//! The rollout tracker: the headline, and for each OPD its stage, how complete it is and what it lacks.

use domain::{
    dated::Timeline,
    ids::UnitId,
    lang::{Lang, plain_date},
    money::grouped,
    org::Stage,
};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::lack::Lack;

/// Working days a trial must last.
pub const TRIAL_DAYS: usize = 10;
/// Of a hundred people, how many must have punched before cuts may apply.
pub const PUNCHED_PERCENT: usize = 95;
/// Of a hundred people, how many must have a PIN before a trial makes sense.
pub const PIN_PERCENT: usize = 95;

/// What is known of an OPD.
#[derive(Debug, Clone, PartialEq)]
pub struct OpdFacts {
    /// The OPD.
    pub unit: UnitId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its stages.
    pub stages: Timeline<Stage>,
    /// People placed in it or below.
    pub people: usize,
    /// Those with a valid number.
    pub with_number: usize,
    /// Those placed in a unit below the OPD itself.
    pub with_unit: usize,
    /// Those with a superior; the head of the OPD is counted here, having none inside.
    pub with_superior: usize,
    /// Those for whom a schedule applies, their own or their unit's.
    pub with_schedule: usize,
    /// Those with a PIN in some group of terminals.
    pub with_pin: usize,
    /// Approved terminals in it.
    pub terminals: usize,
    /// Approved terminals heard of within a day.
    pub terminals_seen: usize,
    /// Terminals that wait for approval.
    pub terminals_pending: usize,
    /// Working days since the trial began, by the calendar.
    pub trial_days: usize,
    /// People who have punched since the trial began.
    pub punched: usize,
    /// Whether a month was locked since the trial began.
    pub trial_recap: bool,
}

/// A part of a whole, shown as a percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// What is counted, in Bahasa Indonesia.
    pub id: &'static str,
    /// What is counted, in English.
    pub en: &'static str,
    /// How many.
    pub have: usize,
    /// Of how many.
    pub of: usize,
}

impl Share {
    /// The percentage, rounded down so that 100 % means all; `None` of nothing.
    pub fn percent(&self) -> Option<usize> {
        (self.of > 0).then(|| self.have * 100 / self.of)
    }

    /// What is counted.
    pub fn label(&self, lang: Lang) -> &'static str {
        lang.pick(self.id, self.en)
    }
}

/// Where an OPD stands on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct OpdState {
    /// The facts.
    pub facts: OpdFacts,
    /// The stage; `None` before the first one ("Belum").
    pub stage: Option<Stage>,
    /// Since when.
    pub since: Option<Date>,
    /// A stage that is decided but has not begun.
    pub coming: Option<(Date, Stage)>,
    /// How complete it is.
    pub shares: Vec<Share>,
    /// What it lacks: for the next stage, or in force, what has fallen apart again.
    pub lacks: Vec<Lack>,
}

impl OpdState {
    /// Whether the next stage may be set without overriding anything.
    pub fn gate_open(&self) -> bool {
        self.lacks.is_empty()
    }

    /// The stage that comes next; `None` in force.
    pub fn next_stage(&self) -> Option<Stage> {
        next_stage(self.stage)
    }

    /// `Berlaku sejak 1 Oktober 2026`, `Belum mulai`.
    pub fn stage_text(&self, lang: Lang) -> String {
        match (self.stage, self.since) {
            (Some(stage), Some(since)) => {
                format!("{} {} {}", stage.label(), lang.pick("sejak", "since"), plain_date(since, lang))
            }
            _ => lang.pick("Belum mulai", "Not begun").to_owned(),
        }
    }
}

/// The stage after `stage`.
pub fn next_stage(stage: Option<Stage>) -> Option<Stage> {
    match stage {
        None => Some(Stage::Pendataan),
        Some(Stage::Pendataan) => Some(Stage::UjiCoba),
        Some(Stage::UjiCoba) => Some(Stage::Berlaku),
        Some(Stage::Berlaku) => None,
    }
}

/// The whole tracker.
#[derive(Debug, Clone, PartialEq)]
pub struct Tracker {
    /// Every OPD in the order of the tree.
    pub opds: Vec<OpdState>,
    /// OPDs in force.
    pub in_force: usize,
    /// People of OPDs in force.
    pub people_in_force: usize,
    /// People of all OPDs.
    pub people: usize,
}

impl Tracker {
    /// `26 dari 40 OPD berlaku (65%), 4.673 dari 7.120 ASN`.
    pub fn headline(&self, lang: Lang) -> String {
        let total = self.opds.len();
        let percent = (self.in_force * 100).checked_div(total).unwrap_or(0);
        let number = |n: usize| match lang {
            Lang::Id => grouped(Decimal::from(n)),
            Lang::En => grouped(Decimal::from(n)).replace('.', ","),
        };
        let (people, all) = (number(self.people_in_force), number(self.people));
        let in_force = self.in_force;
        match lang {
            Lang::Id => format!("{in_force} dari {total} OPD berlaku ({percent}%), {people} dari {all} ASN"),
            Lang::En => format!("{in_force} of {total} OPDs in force ({percent}%), {people} of {all} ASN"),
        }
    }

    /// How many OPDs are in `stage`; `None` counts those that have not begun.
    pub fn count(&self, stage: Option<Stage>) -> usize {
        self.opds.iter().filter(|opd| opd.stage == stage).count()
    }
}

/// Where everything stands on `today`.
pub fn track(opds: Vec<OpdFacts>, today: Date) -> Tracker {
    let opds: Vec<OpdState> = opds.into_iter().map(|facts| state(facts, today)).collect();
    let in_force = || opds.iter().filter(|opd| opd.stage == Some(Stage::Berlaku));
    Tracker {
        in_force: in_force().count(),
        people_in_force: in_force().map(|opd| opd.facts.people).sum(),
        people: opds.iter().map(|opd| opd.facts.people).sum(),
        opds,
    }
}

fn state(facts: OpdFacts, today: Date) -> OpdState {
    let stage = facts.stages.on(today).copied();
    let coming = facts.stages.entries().iter().find(|(since, _)| *since > today).copied();
    OpdState {
        stage,
        since: facts.stages.since(today),
        coming,
        shares: shares(&facts),
        lacks: lacks(&facts, stage),
        facts,
    }
}

fn shares(facts: &OpdFacts) -> Vec<Share> {
    let of_people = |id, en, have| Share { id, en, have, of: facts.people };
    vec![
        of_people("NIP sah", "valid NIP", facts.with_number),
        of_people("unit kerja", "unit", facts.with_unit),
        of_people("atasan", "superior", facts.with_superior),
        of_people("jadwal", "schedule", facts.with_schedule),
        of_people("PIN mesin", "terminal PIN", facts.with_pin),
        Share {
            id: "mesin terdengar",
            en: "terminals heard of",
            have: facts.terminals_seen,
            of: facts.terminals + facts.terminals_pending,
        },
    ]
}

fn lacks(facts: &OpdFacts, stage: Option<Stage>) -> Vec<Lack> {
    let mut lacks = Vec::new();
    if facts.people == 0 {
        lacks.push(Lack::NoPeople);
        return lacks;
    }
    // Somebody has to begin: entering data is what the first stage is for.
    if stage.is_none() {
        return lacks;
    }
    let missing = |have: usize| facts.people.saturating_sub(have);
    let counted = [
        (missing(facts.with_number), Lack::Numbers as fn(usize) -> Lack),
        (missing(facts.with_superior), Lack::Superiors),
        (missing(facts.with_schedule), Lack::Schedules),
    ];
    lacks.extend(counted.into_iter().filter(|(n, _)| *n > 0).map(|(n, lack)| lack(n)));
    if facts.with_pin * 100 < facts.people * PIN_PERCENT {
        lacks.push(Lack::Pins(missing(facts.with_pin)));
    }
    if facts.terminals == 0 {
        lacks.push(Lack::NoTerminal);
    }
    if facts.terminals_pending > 0 {
        lacks.push(Lack::TerminalsPending(facts.terminals_pending));
    }
    let silent = facts.terminals.saturating_sub(facts.terminals_seen);
    if silent > 0 {
        lacks.push(Lack::TerminalsSilent(silent));
    }
    if stage == Some(Stage::UjiCoba) {
        if facts.trial_days < TRIAL_DAYS {
            lacks.push(Lack::TrialTooShort { days: facts.trial_days, wanted: TRIAL_DAYS });
        }
        if facts.punched * 100 < facts.people * PUNCHED_PERCENT {
            lacks.push(Lack::FewPunched { have: facts.punched, of: facts.people });
        }
        if !facts.trial_recap {
            lacks.push(Lack::NoTrialRecap);
        }
    }
    lacks
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    fn complete(n: u128, stages: &[(Date, Stage)], people: usize) -> OpdFacts {
        OpdFacts {
            unit: UnitId(Uuid::from_u128(n)),
            code: n.to_string(),
            name: format!("Dinas {n}"),
            stages: Timeline::new(stages.iter().copied()),
            people,
            with_number: people,
            with_unit: people,
            with_superior: people,
            with_schedule: people,
            with_pin: people,
            terminals: 1,
            terminals_seen: 1,
            terminals_pending: 0,
            trial_days: TRIAL_DAYS,
            punched: people,
            trial_recap: true,
        }
    }

    const TODAY: Date = date(2026, 11, 21);

    #[test]
    fn the_headline_counts_opds_and_people() {
        let berlaku = [(date(2026, 10, 1), Stage::Berlaku)];
        let coming = [(date(2026, 9, 1), Stage::UjiCoba), (date(2026, 12, 1), Stage::Berlaku)];
        let opds: Vec<OpdFacts> = (0..40)
            .map(|n| if n < 26 { complete(n, &berlaku, 180) } else { complete(n, &coming, 175) })
            .collect();
        let tracker = track(opds, TODAY);
        assert_eq!(tracker.headline(Lang::Id), "26 dari 40 OPD berlaku (65%), 4.680 dari 7.130 ASN");
        assert_eq!(tracker.headline(Lang::En), "26 of 40 OPDs in force (65%), 4,680 of 7,130 ASN");
        assert_eq!(tracker.count(Some(Stage::UjiCoba)), 14);
        assert_eq!(tracker.opds[39].coming, Some((date(2026, 12, 1), Stage::Berlaku)));
        assert_eq!(tracker.opds[0].stage_text(Lang::Id), "Berlaku sejak 1 Oktober 2026");
    }

    #[test]
    fn cuts_apply_from_the_day_of_berlaku_and_not_a_day_earlier() {
        let stages = Timeline::new([(date(2026, 9, 1), Stage::UjiCoba), (date(2026, 12, 1), Stage::Berlaku)]);
        let cuts = |day| stages.on(day).is_some_and(|stage| stage.cuts_apply());
        assert!(!cuts(date(2026, 8, 31)));
        assert!(!cuts(date(2026, 11, 30)));
        assert!(cuts(date(2026, 12, 1)));
    }

    #[test]
    fn an_opd_is_told_everything_it_lacks() {
        let mut facts = complete(1, &[(date(2026, 11, 2), Stage::UjiCoba)], 100);
        facts.with_number = 98;
        facts.with_superior = 99;
        facts.with_schedule = 0;
        facts.with_pin = 94;
        facts.terminals = 2;
        facts.terminals_pending = 1;
        facts.trial_days = 4;
        facts.punched = 60;
        facts.trial_recap = false;
        let tracker = track(vec![facts], TODAY);
        let opd = &tracker.opds[0];
        assert_eq!(
            opd.lacks,
            [
                Lack::Numbers(2),
                Lack::Superiors(1),
                Lack::Schedules(100),
                Lack::Pins(6),
                Lack::TerminalsPending(1),
                Lack::TerminalsSilent(1),
                Lack::TrialTooShort { days: 4, wanted: 10 },
                Lack::FewPunched { have: 60, of: 100 },
                Lack::NoTrialRecap,
            ]
        );
        assert!(!opd.gate_open());
        assert_eq!(opd.lacks[0].sentence(Lang::Id), "2 pegawai belum punya NIP yang sah.");
        assert_eq!(opd.lacks[0].sentence(Lang::En), "2 people have no valid NIP.");
        assert_eq!(opd.lacks[1].sentence(Lang::En), "1 person has no direct superior.");
        assert_eq!(opd.shares[4].percent(), Some(94));
    }

    #[test]
    fn a_complete_opd_may_take_the_next_step() {
        let trial = complete(1, &[(date(2026, 10, 1), Stage::UjiCoba)], 50);
        let tracker = track(vec![trial], TODAY);
        assert!(tracker.opds[0].gate_open());
        assert_eq!(tracker.opds[0].next_stage(), Some(Stage::Berlaku));
    }

    #[test]
    fn an_empty_tracker_and_an_empty_opd_divide_nothing_by_zero() {
        assert_eq!(track(Vec::new(), TODAY).headline(Lang::Id), "0 dari 0 OPD berlaku (0%), 0 dari 0 ASN");
        let tracker = track(vec![complete(1, &[], 0)], TODAY);
        assert_eq!(tracker.opds[0].lacks, [Lack::NoPeople]);
        assert_eq!(tracker.opds[0].shares[0].percent(), None);
        assert_eq!(tracker.opds[0].stage_text(Lang::Id), "Belum mulai");
    }
}
