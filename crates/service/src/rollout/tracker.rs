//! The rollout tracker: for each OPD its stage and what it lacks.

use domain::{dated::Timeline, ids::UnitId, org::Stage};
use jiff::civil::Date;

use super::lack::{Lack, lacks};

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

/// Where an OPD stands on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct OpdState {
    /// The facts.
    pub facts: OpdFacts,
    /// The stage; `None` before the first one ("Belum").
    pub stage: Option<Stage>,
    /// Since when.
    pub since: Option<Date>,
    /// What it lacks: for the next stage, or in force, what has fallen apart again.
    pub lacks: Vec<Lack>,
}

impl OpdState {
    /// The stage that comes next; `None` in force.
    pub fn next_stage(&self) -> Option<Stage> {
        next_stage(self.stage)
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

/// Where everything stands on `today`.
pub fn track(opds: Vec<OpdFacts>, today: Date) -> Vec<OpdState> {
    opds.into_iter().map(|facts| state(facts, today)).collect()
}

fn state(facts: OpdFacts, today: Date) -> OpdState {
    let stage = facts.stages.on(today).copied();
    OpdState { stage, since: facts.stages.since(today), lacks: lacks(&facts, stage), facts }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rollout::lack::TRIAL_DAYS;
    use domain::lang::Lang;
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
    fn an_opd_stands_where_its_stages_put_it_today() {
        let coming = [(date(2026, 9, 1), Stage::UjiCoba), (date(2026, 12, 1), Stage::Berlaku)];
        let opd = &track(vec![complete(1, &coming, 175)], TODAY)[0];
        assert_eq!((opd.stage, opd.since), (Some(Stage::UjiCoba), Some(date(2026, 9, 1))));
        let begun = &track(vec![complete(1, &coming, 175)], date(2026, 12, 1))[0];
        assert_eq!((begun.stage, begun.next_stage()), (Some(Stage::Berlaku), None));
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
        let opd = &tracker[0];
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
        assert_eq!(opd.lacks[0].sentence(Lang::Id), "2 pegawai belum punya NIP yang sah.");
        assert_eq!(opd.lacks[0].sentence(Lang::En), "2 people have no valid NIP.");
        assert_eq!(opd.lacks[1].sentence(Lang::En), "1 person has no direct superior.");
    }

    #[test]
    fn a_complete_opd_may_take_the_next_step() {
        let trial = complete(1, &[(date(2026, 10, 1), Stage::UjiCoba)], 50);
        let tracker = track(vec![trial], TODAY);
        assert!(tracker[0].lacks.is_empty());
        assert_eq!(tracker[0].next_stage(), Some(Stage::Berlaku));
    }

    #[test]
    fn an_opd_without_people_lacks_just_that() {
        let tracker = track(vec![complete(1, &[], 0)], TODAY);
        assert_eq!((tracker[0].lacks.as_slice(), tracker[0].stage), ([Lack::NoPeople].as_slice(), None));
    }
}
