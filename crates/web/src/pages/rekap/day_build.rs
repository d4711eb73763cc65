//! From a judged day to what the drawer shows.

use domain::{
    day::DayResult,
    lang::{self, Lang},
    policy::TppLine,
    rights::Right,
    status,
    zone::Zone,
};
use jiff::civil::{Date, DateTime};
use print::DayMark;
use service::{
    month::{CONFIRMED_ABSENT, MonthSheet, PersonSheet},
    terminal_desk::punch_row::counted_at,
};
use store::punch::PunchRow;

use super::{
    DayPage, Effect, HistoryEntry, Mark, PlanLine, PunchLine, PunchUse, StatusChoice, StatusForm, UnitLink,
    day_handler::{Target, Typed},
};
use crate::{
    pages::{
        bukti, day_words::headline, layout::Section, not_cut::not_cut, person_head::person_head, reading,
        unit_link::link,
    },
    server::{ask::Ask, fault::WebError},
};

pub(super) fn page(
    ask: &Ask,
    sheet: &MonthSheet,
    target: &Target,
    refused: Option<(&Typed, Vec<(String, String)>)>,
) -> Result<DayPage, WebError> {
    let person = sheet.person(target.person).ok_or_else(WebError::not_found)?;
    let day = person.day(target.date).ok_or_else(WebError::not_found)?;
    let unit = sheet
        .reference
        .units
        .by_code(&target.unit)
        .or(person.unit.and_then(|u| sheet.reference.units.opd_of(u)));
    let may_write = may_write(ask, sheet, target);
    let form = may_write.then(|| form(ask.lang, target.date, refused));
    Ok(DayPage {
        shell: ask.shell(Some(Section::Rekap)),
        unit: unit.map(link).unwrap_or_else(|| UnitLink { key: target.unit.clone(), name: String::new() }),
        person: person_head(sheet, person),
        date: target.date,
        mark: Mark::of(&DayMark::of(day)),
        headline: headline(day, ask.lang),
        plan: plan(day, ask.lang),
        punches: punches(sheet, person, day, ask.lang),
        reasons: day.reasons.iter().map(|r| r.text(ask.lang)).collect(),
        effects: effects(ask, sheet, person, target.date),
        not_cut: not_cut(person, ask.lang),
        history: history(sheet, person, target.date, may_write, ask.lang),
        revoke_error: None,
        form,
        closed: closed(ask, sheet),
    })
}

/// Whether whoever asks may record a reason for this person now.
pub(super) fn may_write(ask: &Ask, sheet: &MonthSheet, target: &Target) -> bool {
    let path = sheet
        .person(target.person)
        .and_then(|p| p.unit)
        .map(|u| sheet.reference.units.path(u))
        .unwrap_or_default();
    !sheet.is_locked() && ask.access().may_change(Right::RecordStatus, &path, target.person)
}

fn closed(ask: &Ask, sheet: &MonthSheet) -> Option<String> {
    (sheet.is_locked() && ask.has(Right::RecordStatus)).then(|| {
        let text = ask.lang.pick(
            "Bulan ini sudah dikunci. Perubahan hanya lewat BKPSDM dengan surat.",
            "This month is locked. Changes go through BKPSDM with a letter.",
        );
        text.to_owned()
    })
}

fn plan(day: &DayResult, lang: Lang) -> Vec<PlanLine> {
    let Some(planned) = &day.planned else { return Vec::new() };
    let range =
        |a: DateTime, b: DateTime| format!("{} – {}", lang::clock_time(a.time()), lang::clock_time(b.time()));
    let line = |id: &str, en: &str, value: String| PlanLine { label: lang.pick(id, en).to_owned(), value };
    let mut lines = vec![
        line("Jam kerja", "Working hours", range(planned.start, planned.end)),
        line("Tepat waktu sampai", "On time until", lang::clock_time(planned.on_time_until.time())),
        line("Boleh pulang mulai", "May leave from", lang::clock_time(planned.leave_from.time())),
        line("Presensi diterima", "Punches accepted", range(planned.window_from, planned.window_until)),
    ];
    if planned.ramadan {
        lines.push(line("Jam Ramadan", "Ramadan hours", lang.pick("ya", "yes").to_owned()));
    }
    lines
}

fn punches(sheet: &MonthSheet, person: &PersonSheet, day: &DayResult, lang: Lang) -> Vec<PunchLine> {
    let zone = person.unit.map_or(sheet.reference.units.home_zone(), |u| sheet.reference.units.zone_of(u));
    person
        .punches
        .iter()
        .filter_map(|row| {
            let id = row.punch_id.to_string();
            let at = zone.local(counted_at(row));
            let used = if day.used.contains(&id) {
                if day.check_out == Some(at) { PunchUse::Out } else { PunchUse::In }
            } else {
                let ignored = day.ignored.iter().find(|i| i.id == id)?;
                PunchUse::Ignored { reason: ignored.reason.text(lang) }
            };
            let terminal = row.terminal_id.and_then(|t| sheet.terminal_names.get(&t));
            let mut source = bukti::source(row, terminal.map(String::as_str), lang);
            if let Some(told) = told_later(row, zone, lang) {
                source = format!("{source} · {told}");
            }
            let receipt = bukti::path(row.punch_id.0);
            Some(PunchLine { time: at.strftime("%H.%M.%S").to_string(), source, used, receipt })
        })
        .collect()
}

/// What a clock that was ahead said, for a punch that counts when it was received.
fn told_later(row: &PunchRow, zone: Zone, lang: Lang) -> Option<String> {
    let told = zone.local(row.at).strftime("%d/%m %H.%M").to_string();
    let text = match lang {
        Lang::Id => format!("jam alat menunjukkan {told}, jadi dihitung saat diterima"),
        Lang::En => format!("the clock of the device showed {told}, so it counts from its receipt"),
    };
    (counted_at(row) != row.at).then_some(text)
}

fn effects(ask: &Ask, sheet: &MonthSheet, person: &PersonSheet, date: Date) -> Vec<Effect> {
    let amounts = reading::is_own(ask, person.id) || reading::may(ask, Right::SeeTpp, sheet, person);
    let lines = person.tpp.iter().flat_map(|t| &t.lines).filter(|l| l.date == Some(date));
    lines.map(|l| effect(l, amounts, ask.lang)).collect()
}

fn effect(line: &TppLine, amounts: bool, lang: Lang) -> Effect {
    Effect {
        rule: format!("{}: {}", line.code, crate::pages::tpp::build::what_of(line, lang)),
        article: line.article.to_string(),
        percent: line.pct.unwrap_or_default(),
        basis: line.base.to_string(),
        amount: amounts.then_some(line.rupiah),
    }
}

fn history(
    sheet: &MonthSheet,
    person: &PersonSheet,
    date: Date,
    revocable: bool,
    lang: Lang,
) -> Vec<HistoryEntry> {
    let zone = person.unit.map_or(sheet.reference.units.home_zone(), |u| sheet.reference.units.zone_of(u));
    let here = person.statuses.iter().filter(|s| s.first_day <= date && date <= s.last_day);
    here.map(|s| {
        let at = zone.local(s.recorded_at);
        let meaning = status::meaning(s.code.as_str()).map_or("", |m| lang.pick(m.id, m.en));
        HistoryEntry {
            at: format!("{} {}", lang::plain_date(at.date(), lang), lang::clock_time(at.time())),
            by: sheet.actors.name(&s.actor),
            what: format!("{} {meaning} ({})", s.code.as_str(), days(s.first_day, s.last_day, lang)),
            why: [s.document.as_str(), s.note.as_str()]
                .into_iter()
                .filter(|t| !t.is_empty())
                .collect::<Vec<_>>()
                .join(" · "),
            receipt: bukti::path(s.status_id.0),
            revocable: revocable.then(|| s.status_id.0.simple().to_string()),
        }
    })
    .collect()
}

fn days(first: Date, last: Date, lang: Lang) -> String {
    if first == last {
        return lang::plain_date(first, lang);
    }
    format!("{} – {}", lang::plain_date(first, lang), lang::plain_date(last, lang))
}

fn form(lang: Lang, date: Date, refused: Option<(&Typed, Vec<(String, String)>)>) -> StatusForm {
    let mut choices: Vec<StatusChoice> = status::dictionary()
        .iter()
        .map(|m| StatusChoice { code: m.code.to_owned(), label: lang.pick(m.id, m.en).to_owned() })
        .collect();
    choices.push(StatusChoice {
        code: CONFIRMED_ABSENT.to_owned(),
        label: lang
            .pick("Benar tanpa keterangan (sudah dikonfirmasi)", "Really absent (confirmed)")
            .to_owned(),
    });
    match refused {
        None => {
            StatusForm { choices, from: date.to_string(), until: date.to_string(), ..StatusForm::default() }
        }
        Some((typed, errors)) => StatusForm {
            choices,
            code: typed.kode.clone(),
            from: typed.dari.clone(),
            until: typed.sampai.clone(),
            document: typed.surat.clone(),
            note: typed.catatan.clone(),
            errors,
        },
    }
}
