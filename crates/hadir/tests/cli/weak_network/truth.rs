//! What people really did on one day: the simulator made it, so it is known.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime, date};
use sim::population::{Away, Plan, Population, away, happening};

/// People of the office.
const PEOPLE: usize = 120;

/// Somebody's day.
#[derive(Debug)]
pub struct Day {
    pub number: String,
    name: String,
    kind: &'static str,
    golongan: &'static str,
    /// PIN at every device.
    pub pin: String,
    pub presses: Vec<DateTime>,
    pub away: Option<Away>,
}

/// The day of the whole office.
pub struct Truth {
    pub seed: u64,
    pub people: Vec<Day>,
}

/// A Tuesday that is no holiday.
pub const DAY: Date = date(2025, 6, 3);

impl Truth {
    /// The first seed whose day has everything: punctual and late, unexplained absence and leave.
    pub fn with_everything() -> Truth {
        let is_late = |day: &Day| day.presses.first().is_some_and(|at| *at > plan().start);
        let has_all = |truth: &Truth| {
            truth.people.iter().any(|day| day.away.is_some())
                && truth.people.iter().any(|day| day.away.is_none() && day.presses.is_empty())
                && truth.people.iter().any(is_late)
        };
        (1..).map(Truth::of).find(has_all).unwrap()
    }

    fn of(seed: u64) -> Truth {
        let population = Population::draw(seed, PEOPLE);
        let day = |(index, person): (usize, &sim::population::Person)| {
            let covers = |away: &Away| away.first <= DAY && DAY <= away.last;
            let away = away(seed, index, DAY.first_of_month()).filter(covers);
            let happening = happening(seed, index, person, plan());
            let presses = if away.is_some() { Vec::new() } else { happening.presses };
            Day {
                number: person.number.clone(),
                name: person.name.clone(),
                kind: person.kind.label(),
                golongan: person.golongan,
                pin: (index + 1).to_string(),
                presses,
                away,
            }
        };
        Truth { seed, people: population.people.iter().enumerate().map(day).collect() }
    }

    /// Every press as the table of punches has it: PIN and local time.
    pub fn presses(&self) -> BTreeSet<String> {
        let of = |day: &Day| day.presses.iter().map(|at| press(&day.pin, *at)).collect::<Vec<_>>();
        self.people.iter().flat_map(of).collect()
    }

    /// Who is away: number, code, first and last day.
    pub fn away(&self) -> Vec<(&str, &str, Date, Date)> {
        let of = |day: &'_ Day| day.away.clone().map(|away| (away.code, away.first, away.last));
        let all = self
            .people
            .iter()
            .filter_map(|day| of(day).map(|(code, from, to)| (&*day.number, code, from, to)));
        all.collect()
    }

    /// The list of employees, as an OPD would send it.
    pub fn list(&self) -> String {
        let head = "NIP;NAMA;JENIS PEGAWAI;GOLONGAN;JABATAN;KELAS;KODE OPD;OPD;JADWAL;PIN\n".to_owned();
        self.people.iter().fold(head, |list, day| {
            let Day { number, name, kind, golongan, pin, .. } = day;
            list + &format!(
                "{number};{name};{kind};{golongan};Analis;7;DISDIK;Dinas Pendidikan;perpres-21-2023;{pin}\n"
            )
        })
    }
}

/// A press in one line.
pub fn press(pin: &str, at: DateTime) -> String {
    format!("{pin} {}", at.strftime("%Y-%m-%d %H:%M:%S"))
}

/// The working hours of the day.
pub fn plan() -> Plan {
    Plan { start: DAY.at(7, 30, 0, 0), end: DAY.at(16, 0, 0, 0) }
}
