//! The month card of one person.

use std::collections::BTreeMap;

use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    day::DayCode,
    ids::EmployeeId,
    lang,
    money::{Percent, Rupiah},
    month::Month,
    rights::Right,
};
use print::DayMark;
use rust_decimal::Decimal;
use service::month::{MonthSheet, PersonSheet};

use super::{CardCut, CardDay, CardTotals, KartuPage, year};
use crate::{
    pages::{
        layout::Section,
        mark::Mark,
        person_head::person_head,
        reading::{self, month_of},
    },
    server::{
        ask::{Ask, page},
        fault::WebError,
    },
};

/// GET /kartu
pub async fn mine(ask: Ask) -> Result<Response, WebError> {
    let Some(me) = ask.me()?.employee else {
        return Err(WebError::invalid(
            "Akun ini tidak terhubung ke pegawai, jadi tidak punya kartu.",
            "This account belongs to no employee, so it has no card.",
        ));
    };
    let month = Month::of(ask.today());
    Ok(Redirect::to(&format!("/kartu/{}/{month}", me.0.simple())).into_response())
}

/// GET /kartu/{person}/{month}
pub async fn show(ask: Ask, Path((person, month)): Path<(String, String)>) -> Result<Response, WebError> {
    let id = EmployeeId::parse(&person).ok_or_else(WebError::not_found)?;
    let sheet = read(&ask, id, month_of(&month)?).await?;
    let person = sheet.person(id).ok_or_else(WebError::not_found)?;
    page(&view(&ask, &sheet, person))
}

async fn read(ask: &Ask, id: EmployeeId, month: Month) -> Result<MonthSheet, WebError> {
    let sheet = reading::person_year(ask, id, month).await?;
    if !reading::is_own(ask, id) {
        reading::note_person(ask, id, serde_json::json!({ "month": month.to_string() })).await?;
    }
    Ok(sheet)
}

fn view(ask: &Ask, sheet: &MonthSheet, person: &PersonSheet) -> KartuPage {
    let own = reading::is_own(ask, person.id);
    let amounts = own || reading::may(ask, Right::SeeTpp, sheet, person);
    let opd = person.unit.and_then(|u| sheet.reference.units.opd_of(u));
    let totals = person.totals();
    let key = person.id.0.simple().to_string();
    let tpp = person.tpp.as_ref();
    KartuPage {
        shell: ask.shell(own.then_some(Section::Kartu)),
        person: person_head(sheet, person),
        month: sheet.month,
        newest: Month::of(sheet.today),
        today: sheet.today,
        own,
        totals: CardTotals {
            present: totals.present,
            late: totals.late_days,
            duty: totals.duty,
            absent: totals.absent,
        },
        days: person
            .days
            .iter()
            .map(|d| card_day(d, opd.map(|o| o.code.as_str()), &key, sheet.month))
            .collect(),
        alerts: alerts(ask, person),
        cuts: cuts(ask, person),
        cut_percent: service::sheets::cut_percent(person).unwrap_or_default(),
        cut_amount: tpp.filter(|_| amounts).map(|t| t.total_cut),
        basis: tpp.map(|t| format!("{}, {}", t.policy.title, t.policy.legal_basis)).unwrap_or_default(),
        explain: opd
            .filter(|_| amounts && tpp.is_some())
            .map(|o| format!("/tpp/{}/{}/{key}", o.code, sheet.month)),
        provisional: !sheet.is_locked(),
        year: person
            .year
            .as_ref()
            .map(|tally| year::counters(tally, person.kind, ask.lang))
            .unwrap_or_default(),
    }
}

fn card_day(day: &domain::day::DayResult, opd: Option<&str>, key: &str, month: Month) -> CardDay {
    let mark = Mark::of(&DayMark::of(day));
    let something = !mark.text.is_empty() || !day.used.is_empty();
    CardDay {
        date: day.date,
        minutes: day.late_minutes.max(day.early_minutes),
        href: opd.filter(|_| something).map(|o| format!("/rekap/{o}/{month}/{key}/{}", day.date.day())),
        mark,
    }
}

fn alerts(ask: &Ask, person: &PersonSheet) -> Vec<String> {
    let open =
        person.days.iter().filter(|d| d.code == DayCode::Tk && !person.confirmed_absent.contains(&d.date));
    open.map(|d| match ask.lang {
        lang::Lang::Id => format!(
            "{} tercatat tanpa keterangan. Sampaikan surat atau alasannya kepada admin OPD.",
            lang::long_date(d.date, ask.lang)
        ),
        lang::Lang::En => {
            format!(
                "{} counts as absent without reason. Give the letter or reason to your OPD's clerk.",
                lang::long_date(d.date, ask.lang)
            )
        }
    })
    .collect()
}

/// Cuts by rule: how often and how much of the full amount.
fn cuts(ask: &Ask, person: &PersonSheet) -> Vec<CardCut> {
    let Some(tpp) = person.tpp.as_ref().filter(|t| !t.gross.0.is_zero()) else { return Vec::new() };
    let mut rules: BTreeMap<String, (u32, Rupiah)> = BTreeMap::new();
    for line in tpp.lines.iter().filter(|l| !l.rupiah.0.is_zero()) {
        let entry = rules.entry(line.code.to_string()).or_default();
        entry.0 += 1;
        entry.1 = Rupiah(entry.1.0 + line.rupiah.0);
    }
    let times = ask.lang.pick("kali", "times");
    rules
        .into_iter()
        .map(|(code, (count, sum))| CardCut {
            label: format!("{code} · {count} {times}"),
            percent: Percent((sum.0 * Decimal::ONE_HUNDRED / tpp.gross.0).round_dp(4)),
        })
        .collect()
}
