//! From the judged month to the pay list and to one person's explanation.

use domain::{
    lang,
    money::{Percent, Rupiah, grouped},
    month::Month,
    org::Stage,
    policy::{LineKind, PolicyStamp, TppLine as Cut, TppResult, Unit as CutUnit},
    rights::Right,
};
use print::{TppCell, TppKind};
use rust_decimal::Decimal;
use service::{
    month::{MonthSheet, PersonSheet},
    sheets,
};

use super::{
    AfterLine, CutLine, ExplainPage, PartLine, PolicyBasis, TppHead, TppLine, TppPage, TppState,
    handler::Choice,
};
use crate::{
    pages::{
        layout::Section,
        moment::moment,
        not_cut,
        people_list::{PageNumbers, matches},
        person_head::person_head,
        unit_link::{UnitLink, link, links},
    },
    server::{ask::Ask, fault::WebError},
};

/// People on one page of the list.
const PER_PAGE: usize = 100;

pub(super) fn list(ask: &Ask, sheet: &MonthSheet, choice: &Choice) -> Result<TppPage, WebError> {
    let unit = sheet.unit.and_then(|u| sheet.reference.units.get(u)).ok_or_else(WebError::not_found)?;
    let table = sheets::pay_list(sheet, &sheets::For { lang: ask.lang, by: &ask.me()?.name });
    let paid: Vec<&PersonSheet> = sheet.people.iter().filter(|p| p.tpp.is_some()).collect();
    let found: Vec<_> =
        paid.iter().zip(&table.rows).filter(|(p, _)| matches(p, &choice.cari)).enumerate().collect();
    let pages = found.len().div_ceil(PER_PAGE).max(1);
    let at = choice.hal.parse().unwrap_or(1).clamp(1, pages);
    let rows = found.iter().skip((at - 1) * PER_PAGE).take(PER_PAGE);
    let rows = rows
        .map(|(i, (person, row))| TppLine {
            number: i + 1,
            key: person.id.0.simple().to_string(),
            name: row.name.clone(),
            nip: row.nip.clone(),
            grade: row.grade.clone(),
            position: format!("{} ({})", row.position, row.class),
            values: row.values.iter().zip(&table.columns).map(|(v, c)| shown(v, c.kind)).collect(),
        })
        .collect();
    let heads = table.columns.iter().enumerate();
    Ok(TppPage {
        shell: ask.shell(Some(Section::Tpp)),
        unit: link(unit),
        units: links(&ask.units(&sheet.reference, Right::SeeTpp)),
        month: sheet.month,
        newest: Month::of(sheet.today),
        stage: sheet.reference.stage(unit.unit_id, sheet.until),
        state: state(ask, sheet),
        policy: paid.iter().find_map(|p| p.tpp.as_ref()).map(|t| basis(&t.policy)),
        heads: heads
            .map(|(i, c)| TppHead {
                heading: c
                    .group
                    .as_ref()
                    .map_or_else(|| c.heading.clone(), |g| format!("{g}: {}", c.heading)),
                formula: (i + 6).to_string(),
            })
            .collect(),
        sums: (0..table.columns.len()).map(|i| sum(&table, i)).collect(),
        rows,
        search: choice.cari.clone(),
        pages: PageNumbers { page: at, of: pages, people: found.len() },
    })
}

fn shown(value: &TppCell, kind: TppKind) -> String {
    match (value, kind) {
        (TppCell::Blank, _) => String::new(),
        (TppCell::Text(text), _) => text.clone(),
        (TppCell::Number(n), TppKind::Percent) => Percent(*n).to_string(),
        (TppCell::Number(n), _) => grouped(n.round_dp(2)),
    }
}

fn sum(table: &print::TppList, index: usize) -> String {
    if !table.columns[index].summed {
        return String::new();
    }
    let numbers = table.rows.iter().filter_map(|r| match r.values.get(index) {
        Some(TppCell::Number(n)) => Some(*n),
        _ => None,
    });
    grouped(numbers.sum::<Decimal>().round_dp(2))
}

fn state(ask: &Ask, sheet: &MonthSheet) -> TppState {
    let Some(close) = sheet.close.as_ref().filter(|_| sheet.is_locked()) else {
        return TppState::Provisional;
    };
    let zone = sheet.reference.units.home_zone();
    let at = moment(close.at, zone, ask.lang);
    TppState::Final { at, by: sheet.close_by.clone() }
}

fn basis(stamp: &PolicyStamp) -> PolicyBasis {
    PolicyBasis {
        key: stamp.id.to_string(),
        name: stamp.title.to_string(),
        version: stamp.version.to_string(),
        basis: stamp.legal_basis.to_string(),
    }
}

pub(super) fn explain(
    ask: &Ask,
    sheet: &MonthSheet,
    person: &PersonSheet,
    unit: &str,
) -> Result<ExplainPage, WebError> {
    let Some(tpp) = &person.tpp else {
        return Err(WebError::invalid(
            "Tidak ada kebijakan TPP yang mencakup pegawai ini, jadi tidak ada yang dihitung.",
            "No TPP policy covers this person, so there is nothing to compute.",
        ));
    };
    let found = sheet.reference.units.by_code(unit);
    let mut not_cut = not_cut::not_cut(person, ask.lang);
    if !tpp.reason.id.is_empty() {
        not_cut = Some(ask.lang.pick(&tpp.reason.id, &tpp.reason.en).to_owned());
    }
    Ok(ExplainPage {
        shell: ask.shell(Some(Section::Tpp)),
        unit: found.map(link).unwrap_or_else(|| UnitLink { key: unit.to_owned(), name: String::new() }),
        person: person_head(sheet, person),
        month: sheet.month,
        state: state(ask, sheet),
        policy: basis(&tpp.policy),
        amount: tpp.gross,
        parts: parts(ask, tpp),
        after: after(ask, tpp),
        pay: tpp.net,
        not_cut: not_cut.filter(|_| person.stage != Stage::Berlaku || !tpp.reason.id.is_empty()),
    })
}

/// The components with the cuts that hit them.
fn parts(ask: &Ask, tpp: &TppResult) -> Vec<PartLine> {
    tpp.components
        .iter()
        .map(|component| {
            let mine = || tpp.lines.iter().filter(|l| l.target == component.id);
            let (cuts, limits): (Vec<&Cut>, Vec<&Cut>) =
                mine().partition(|l| matches!(l.kind, LineKind::Cut | LineKind::Shortfall));
            PartLine {
                name: component.name.to_string(),
                share: share(component.amount, tpp.gross),
                amount: component.amount,
                cuts: cuts.into_iter().map(|l| cut(ask, l)).collect(),
                cut_percent: share(component.cut, component.amount),
                cut_amount: component.cut,
                rest: Rupiah(component.amount.0 - component.cut.0),
                notes: limits.into_iter().map(|l| l.sentence(ask.lang)).collect(),
            }
        })
        .collect()
}

fn share(part: Rupiah, whole: Rupiah) -> Percent {
    if whole.0.is_zero() {
        Percent::default()
    } else {
        Percent((part.0 * Decimal::ONE_HUNDRED / whole.0).round_dp(4))
    }
}

fn cut(ask: &Ask, line: &Cut) -> CutLine {
    let mut what = what_of(line, ask.lang);
    if let Some(waived) = &line.waived {
        let would = ask.lang.pick("seharusnya", "would be");
        what = format!("{what} ({}; {would} {})", waived.reason(ask.lang), waived.rupiah);
    }
    let minutes = (line.unit == CutUnit::Minutes).then(|| line.quantity.round().try_into().unwrap_or(0));
    CutLine {
        day: line.date,
        what,
        minutes,
        rule: line.code.to_string(),
        article: line.article.to_string(),
        percent: line.pct.unwrap_or_default(),
        amount: line.rupiah,
    }
}

/// Words for the signals that every policy knows; others speak for themselves.
pub(crate) fn what_of(line: &Cut, lang: lang::Lang) -> String {
    if let Some(counted) = line.imputed(lang) {
        return counted;
    }
    if !line.text.is_empty() {
        return line.text.to_string();
    }
    let text = match line.signal.as_str() {
        "late" => lang.pick("Terlambat", "Late"),
        "early" => lang.pick("Pulang sebelum waktunya", "Left early"),
        "missing_in" => lang.pick("Tidak ada presensi masuk", "No check-in"),
        "missing_out" => lang.pick("Tidak ada presensi pulang", "No check-out"),
        "absent" => lang.pick("Tanpa keterangan", "Absent without reason"),
        "half_day" => lang.pick("Setengah hari", "Half a day"),
        other => other,
    };
    text.to_owned()
}

/// Everything that does not belong to one component: cuts of the whole, modifiers, corrections, rounding, tax.
fn after(ask: &Ask, tpp: &TppResult) -> Vec<AfterLine> {
    let of_component = |l: &&Cut| tpp.components.iter().any(|c| c.id == l.target);
    let taken =
        tpp.lines.iter().filter(|l| !of_component(l)).chain(&tpp.deductions).map(|l| (l, -l.rupiah.0));
    let given = tpp.additions.iter().chain(&tpp.corrections).map(|l| (l, l.rupiah.0));
    taken
        .chain(given)
        .map(|(line, amount)| AfterLine {
            name: line.sentence(ask.lang),
            article: line.article.to_string(),
            amount: Rupiah(amount),
        })
        .collect()
}
