//! The counters since 1 January on the card, and what PP 94/2021 would say to them.

use domain::{
    discipline::{self, Tally},
    employment::EmploymentKind,
    lang::Lang,
};

use super::YearCounter;
use crate::pages::layout::Tone;

/// The counters of a person; `kind` decides whose ladder of sanctions holds.
pub(super) fn counters(tally: &Tally, kind: Option<EmploymentKind>, lang: Lang) -> Vec<YearCounter> {
    let mut all = vec![absent(tally, lang)];
    all.push(minutes(("Terlambat", "Late"), tally.late_days, tally.late_minutes, lang));
    all.push(minutes(("Pulang cepat", "Left early"), tally.early_days, tally.early_minutes, lang));
    all.push(days(tally, lang));
    all.push(ladder(tally, kind, lang));
    all
}

fn absent(tally: &Tally, lang: Lang) -> YearCounter {
    let run = tally.longest_run;
    let next = match lang {
        _ if run < 2 => String::new(),
        Lang::Id => format!("Paling lama {run} hari kerja berturut-turut."),
        Lang::En => format!("At most {run} working days in a row."),
    };
    let tone = if tally.absent == 0 { Tone::Good } else { Tone::Warn };
    YearCounter {
        label: lang.pick("Tanpa keterangan", "Absent without notice").into(),
        value: in_days(tally.absent, lang),
        next,
        tone,
    }
}

fn minutes((id, en): (&str, &str), days: u32, minutes: i64, lang: Lang) -> YearCounter {
    let (hours, rest) = (minutes / 60, minutes % 60);
    let value = match lang {
        Lang::Id => format!("{days} kali, {hours} jam {rest} menit"),
        Lang::En => format!("{days} times, {hours} h {rest} min"),
    };
    YearCounter { label: lang.pick(id, en).into(), value, next: String::new(), tone: Tone::Info }
}

fn days(tally: &Tally, lang: Lang) -> YearCounter {
    let (absent, made) = (tally.absent, tally.minute_days());
    let next = match lang {
        Lang::Id => format!(
            "{absent} hari tanpa keterangan ditambah {made} hari dari menit terlambat dan pulang cepat (7 jam 30 menit = 1 hari)."
        ),
        Lang::En => format!(
            "{absent} days absent and {made} days of minutes late and left early (7 h 30 min make a day)."
        ),
    };
    YearCounter {
        label: lang.pick("Dihitung sebagai hari tidak masuk", "Counted as days of absence").into(),
        value: in_days(tally.days(), lang),
        next,
        tone: Tone::Info,
    }
}

/// The step that the days would reach. A count decides nothing, and the ladder is that of PNS and CPNS only.
fn ladder(tally: &Tally, kind: Option<EmploymentKind>, lang: Lang) -> YearCounter {
    let label = lang.pick("Menurut PP 94/2021", "By PP 94/2021").to_owned();
    if !matches!(kind, Some(EmploymentKind::Pns | EmploymentKind::Cpns)) {
        let next = lang.pick(
            "Tangga hukuman PP 94/2021 berlaku bagi PNS dan CPNS. Bagi PPPK berlaku perjanjian kerja dan aturan PPK.",
            "The ladder of PP 94/2021 is for PNS and CPNS. For PPPK the contract and the rules of the PPK hold.",
        );
        let value = lang.pick("Tidak dihitung", "Not counted").into();
        return YearCounter { label, value, next: next.into(), tone: Tone::Info };
    }
    let reached = discipline::reached(tally.days(), tally.longest_run);
    let (value, tone) = match reached {
        None => (lang.pick("Belum mencapai hukuman", "No sanction reached").to_owned(), Tone::Good),
        Some(step) => {
            let level = step.level.label();
            let value = match lang {
                Lang::Id => format!("Disiplin {level}: {}", step.sanction(lang)),
                Lang::En => format!("Discipline, {level}: {}", step.sanction(lang)),
            };
            (value, Tone::Bad)
        }
    };
    let mut next = String::new();
    if let Some(step) = discipline::next(tally.days())
        && reached.is_none_or(|now| now.from < step.from)
    {
        let left = step.from - tally.days();
        next = match lang {
            Lang::Id => format!("{left} hari lagi: {}. ", step.sanction(lang)),
            Lang::En => format!("{left} more days: {}. ", step.sanction(lang)),
        };
    }
    next.push_str(lang.pick(
        "Ini indikasi awal dari hitungan, bukan penetapan. Hukuman hanya dijatuhkan pejabat yang berwenang setelah pemeriksaan.",
        "This is an early sign from counting, not a decision. Only the competent official imposes a sanction, after a hearing.",
    ));
    YearCounter { label, value, next, tone }
}

fn in_days(n: u32, lang: Lang) -> String {
    format!("{n} {}", lang.pick("hari", if n == 1 { "day" } else { "days" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last(tally: Tally, kind: EmploymentKind) -> YearCounter {
        counters(&tally, Some(kind), Lang::Id).pop().unwrap()
    }

    #[test]
    fn the_step_is_an_indication_and_only_for_pns() {
        let tally = Tally { absent: 2, late_minutes: 450, ..Tally::default() };
        let pns = last(tally, EmploymentKind::Pns);
        assert!(pns.value.contains("ringan: teguran lisan"), "{}", pns.value);
        assert!(pns.next.starts_with("1 hari lagi: teguran tertulis. "), "{}", pns.next);
        assert!(pns.next.contains("bukan penetapan"));
        let pppk = last(tally, EmploymentKind::Pppk);
        assert!(!pppk.value.contains("teguran") && !pppk.next.contains("teguran"));
        let calm = last(Tally { absent: 2, ..Tally::default() }, EmploymentKind::Cpns);
        assert_eq!(calm.value, "Belum mencapai hukuman");
    }

    #[test]
    fn ten_days_in_a_row_reach_the_last_step_and_nothing_lighter_follows() {
        let run = last(Tally { absent: 10, longest_run: 10, ..Tally::default() }, EmploymentKind::Pns);
        assert!(run.value.contains("berat: pemberhentian"), "{}", run.value);
        assert!(!run.next.contains("hari lagi"), "{}", run.next);
    }
}
