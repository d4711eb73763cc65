use domain::{
    lang::Lang,
    money::{Percent, Rupiah},
    month::Month,
    rights::Role,
};
use jiff::civil::{Weekday, date};
use rust_decimal::Decimal;
use web::pages::{
    kartu::{CardCut, CardDay, CardTotals, KartuPage, YearCounter},
    layout::{Section, Tone},
    rekap::{Mark, MarkTone, PersonHead},
};

use super::{Screen, frame, people::person, put};

pub fn add(out: &mut Vec<Screen>, lang: Lang) -> Result<(), askama::Error> {
    let card = card(lang);
    put(out, "kartu", &card)?;
    let empty = KartuPage {
        days: vec![],
        alerts: vec![],
        cuts: vec![],
        totals: CardTotals::default(),
        explain: None,
        ..card
    };
    put(out, "kartu-kosong", &empty)
}

fn card(lang: Lang) -> KartuPage {
    let p = |id: &'static str, en: &'static str| lang.pick(id, en).to_owned();
    let who = person(2);
    let month = Month::of(date(2026, 11, 1));
    let today = date(2026, 11, 23);
    let days = month
        .days()
        .map(|d| {
            let free = matches!(d.weekday(), Weekday::Saturday | Weekday::Sunday);
            let mark = match d.day() {
                _ if free => Mark::fixed("", MarkTone::Free),
                _ if d > today => Mark::to_come(),
                3 => Mark::fixed("TL", MarkTone::Late),
                10 | 11 => Mark::fixed("DL", MarkTone::Duty),
                16 => Mark::fixed("TK", MarkTone::Absent),
                20 => Mark::fixed("CT", MarkTone::Leave),
                _ => Mark::fixed("•", MarkTone::Hadir),
            };
            let minutes = if d.day() == 3 { 12 } else { 0 };
            let href =
                (!free && d <= today).then(|| format!("/rekap/DISDIK/2026-11/{}/{}", who.key, d.day()));
            CardDay { date: d, mark, minutes, href }
        })
        .collect();
    let percent = |tenths: i64| Percent(Decimal::new(tenths, 1));
    KartuPage {
        shell: frame::shell(lang, Role::Pegawai, Section::Kartu),
        person: PersonHead {
            key: who.key.clone(),
            name: who.name,
            nip: who.nip,
            position: p("Pengelola Data, Dinas Pendidikan", "Data officer, Dinas Pendidikan"),
        },
        month,
        newest: month,
        today,
        own: true,
        totals: CardTotals { present: 12, late: 1, duty: 2, absent: 1 },
        days,
        alerts: vec![p(
            "Senin 16 November tercatat TK. Sampaikan bukti ke admin OPD sebelum 5 Desember.",
            "Monday 16 November is recorded as absent. Bring proof to the clerk before 5 December.",
        )],
        cuts: vec![
            CardCut { label: p("TL1 · 1 kali × 0,5 %", "TL1 · once × 0.5 %"), percent: percent(5) },
            CardCut { label: p("TK · 1 hari × 4 %", "TK · 1 day × 4 %"), percent: percent(40) },
        ],
        cut_percent: percent(45),
        cut_amount: Some(Rupiah::whole(54_000)),
        basis: "Perbup 12/2026 Lampiran II".into(),
        explain: Some(format!("/tpp/DISDIK/2026-11/{}", who.key)),
        provisional: true,
        year: vec![
            YearCounter {
                label: p("Tanpa keterangan", "Absent without notice"),
                value: p("2 hari", "2 days"),
                next: p(
                    "1 hari lagi menuju teguran lisan (PP 94/2021)",
                    "1 more day to an oral warning (PP 94/2021)",
                ),
                tone: Tone::Warn,
            },
            YearCounter {
                label: p("Terlambat", "Late"),
                value: p("9 kali, 143 menit", "9 times, 143 minutes"),
                next: String::new(),
                tone: Tone::Info,
            },
            YearCounter {
                label: p("Cuti tahunan", "Annual leave"),
                value: p("5 dari 12 hari", "5 of 12 days"),
                next: String::new(),
                tone: Tone::Good,
            },
        ],
    }
}
