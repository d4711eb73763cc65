//! The list of one day.

use axum::{extract::Query, response::Response};
use domain::{
    day::{DayCode, DayResult},
    ids::UnitId,
    lang,
    org::Stage,
    rights::Right,
};
use jiff::civil::Date;
use print::{DayMark, FileKind};
use serde::Deserialize;
use service::{
    audit::Action,
    day_counts::DayCounts,
    month::{MonthSheet, PersonSheet, Wanted, load_with},
    reference::{self, Reference},
    sheets,
};
use store::Scope;

use super::{DayFilter, DayRow, DayState, HariIniPage};
use crate::{
    pages::{
        day_words::headline,
        freshness::freshness,
        layout::Section,
        mark::Mark,
        people_list::{PageNumbers, matches},
        reading,
        unit_link::{link, links},
    },
    server::{
        ask::{Ask, page},
        download::{self, Kind},
        fault::WebError,
    },
};

/// People on one page of the list.
const PER_PAGE: usize = 200;

/// What the filter form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Choice {
    opd: String,
    tanggal: String,
    cari: String,
    tampil: String,
    hal: String,
}

/// GET /hari-ini
pub async fn show(ask: Ask, Query(choice): Query<Choice>) -> Result<Response, WebError> {
    let sheet = read(&ask, &choice).await?;
    page(&view(&ask, &sheet, &choice))
}

/// GET /hari-ini.xlsx
pub async fn download(ask: Ask, Query(choice): Query<Choice>) -> Result<Response, WebError> {
    let sheet = read(&ask, &choice).await?;
    let wanted = sheets::For { lang: ask.lang, by: &ask.me()?.name };
    let bytes = print::day_list(&sheets::day_list(&sheet, sheet.from, &wanted))?;
    Ok(download::file(Kind::Xlsx, &sheets::name(&sheet, FileKind::DayList, "xlsx"), bytes))
}

async fn read(ask: &Ask, choice: &Choice) -> Result<MonthSheet, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    let unit = chosen(ask, &reference, &choice.opd)?;
    let today = reference.units.today(unit, office.now());
    let date: Date = match choice.tanggal.trim() {
        "" => today,
        text => text.parse().map_err(|_| unreadable_date(text, today))?,
    };
    if date > today {
        return Err(WebError::invalid(
            "Hari itu belum tiba. Pilih hari ini atau hari sebelumnya.",
            "That day has not come. Choose today or a day before.",
        ));
    }
    let scope = unit.map_or(Scope::Everyone, Scope::Subtree);
    let sheet = load_with(office, &mut tx, reference, Wanted::day(scope, date)).await?;
    drop(tx);
    let subject = unit.map_or_else(|| "all".to_owned(), |u| u.to_string());
    let detail = serde_json::json!({ "date": date.to_string(), "people": sheet.people.len() });
    reading::note_unit(ask, Action::ReadDay, subject, detail).await?;
    Ok(sheet)
}

fn unreadable_date(text: &str, today: Date) -> WebError {
    let text: String = text.chars().take(40).collect();
    WebError::invalid(
        format!(
            "Tanggal \"{text}\" tidak ada di kalender. Tulis sebagai tahun-bulan-tanggal, misalnya {today}."
        ),
        format!("There is no date \"{text}\". Write it as year-month-day, for example {today}."),
    )
}

/// The unit asked for; `None` is everybody, for those who may see everybody.
fn chosen(ask: &Ask, reference: &Reference, code: &str) -> Result<Option<UnitId>, WebError> {
    if !code.is_empty() {
        return Ok(Some(ask.unit(reference, Right::SeePresence, code)?.unit_id));
    }
    match ask.access().reach(Right::SeePresence) {
        domain::rights::Reach::Everything => Ok(None),
        _ => Ok(Some(ask.first_unit(reference, Right::SeePresence)?.unit_id)),
    }
}

fn view(ask: &Ask, sheet: &MonthSheet, choice: &Choice) -> HariIniPage {
    let date = sheet.from;
    let filter = DayFilter::parse(&choice.tampil);
    let listed: Vec<(&PersonSheet, &DayResult)> =
        sheet.people.iter().filter_map(|p| Some((p, p.day(date)?))).collect();
    let found: Vec<_> =
        listed.iter().filter(|(p, d)| matches(p, &choice.cari) && shows(filter, d)).enumerate().collect();
    let pages = found.len().div_ceil(PER_PAGE).max(1);
    let at = choice.hal.parse().unwrap_or(1).clamp(1, pages);
    let rows = found
        .iter()
        .skip((at - 1) * PER_PAGE)
        .take(PER_PAGE)
        .map(|(i, (p, d))| row(ask, sheet, i + 1, p, d))
        .collect();
    let unit = sheet.unit.and_then(|u| sheet.reference.units.get(u));
    let mut shell = ask.shell(Some(Section::HariIni));
    shell.freshness = freshness(ask, sheet);
    HariIniPage {
        shell,
        unit: unit.map(link),
        units: links(&ask.units(&sheet.reference, Right::SeePresence)),
        stage: sheet.unit.map_or(Stage::Berlaku, |u| sheet.reference.stage(u, date)),
        date,
        today: sheet.today,
        state: state(ask, sheet, date, &listed),
        counts: DayCounts::of(listed.iter().map(|(_, d)| *d)),
        filter,
        search: choice.cari.clone(),
        rows,
        pages: PageNumbers { page: at, of: pages, people: listed.len() },
    }
}

fn shows(filter: DayFilter, day: &DayResult) -> bool {
    match filter {
        DayFilter::All => true,
        DayFilter::Unknown => day.code == DayCode::Belum,
        DayFilter::Late => day.late_minutes > 0,
        DayFilter::Absent => day.code == DayCode::Tk,
        DayFilter::Away => matches!(day.code, DayCode::Status(_)),
    }
}

fn state(ask: &Ask, sheet: &MonthSheet, date: Date, listed: &[(&PersonSheet, &DayResult)]) -> DayState {
    let planned: Vec<_> = listed.iter().filter_map(|(_, d)| d.planned.as_ref()).collect();
    let Some(opens) = planned.iter().map(|p| p.window_from).min() else {
        let name =
            sheet.holiday(date).unwrap_or_else(|| lang::weekday_name(date.weekday(), ask.lang).to_owned());
        return DayState::Holiday { name };
    };
    let zone = sheet.unit.map_or(sheet.reference.units.home_zone(), |u| sheet.reference.units.zone_of(u));
    if zone.local(sheet.as_of) < opens {
        return DayState::BeforeHours { opens: lang::clock_time(opens.time()) };
    }
    DayState::Working
}

fn row(ask: &Ask, sheet: &MonthSheet, number: usize, person: &PersonSheet, day: &DayResult) -> DayRow {
    let time =
        |at: Option<jiff::civil::DateTime>| at.map(|at| lang::clock_time(at.time())).unwrap_or_default();
    let opd = person.unit.and_then(|u| sheet.reference.units.opd_of(u));
    let place = match sheet.unit {
        Some(_) => person.jabatan.clone(),
        None => opd.map(|o| o.name.clone()).unwrap_or_default(),
    };
    let key = person.id.0.simple().to_string();
    let href = opd
        .map(|o| format!("/rekap/{}/{}/{key}/{}", o.code, sheet.month, day.date.day()))
        .unwrap_or_default();
    DayRow {
        number,
        key,
        name: person.name.clone(),
        nip: person.number.clone(),
        place,
        check_in: time(day.check_in),
        check_out: time(day.check_out),
        mark: Mark::of(&DayMark::of(day)),
        remark: headline(day, ask.lang),
        href,
    }
}
