//! X7: the columns follow the components of the policy, so that every regency sees its own.

use domain::{
    month::Month,
    policy::{ComponentResult, TppResult},
};
use print::{Expr, Frame, TppCell, TppColumn, TppKind, TppList, TppRow};
use rust_decimal::Decimal;

use super::frame::{self, For};
use crate::month::{MonthSheet, PersonSheet};

/// X7 of the month. People whom no policy covers are left out.
pub fn pay_list(sheet: &MonthSheet, wanted: &For<'_>) -> TppList {
    list(&sheet.people, sheet.month, frame::of(sheet, wanted), wanted)
}

/// The table of X7 of these people, without what stands around it.
pub fn pay_list_of(people: &[PersonSheet], month: Month, wanted: &For<'_>) -> TppList {
    list(people, month, frame::plain(wanted), wanted)
}

fn list(people: &[PersonSheet], month: Month, frame: Frame, wanted: &For<'_>) -> TppList {
    let paid: Vec<(&PersonSheet, &TppResult)> =
        people.iter().filter_map(|p| Some((p, p.tpp.as_ref()?))).collect();
    let parts = components(&paid);
    TppList {
        frame,
        month,
        columns: columns(&parts, wanted),
        rows: paid.iter().map(|(person, tpp)| row(person, tpp, &parts)).collect(),
    }
}

/// Ids and names of the components, in the order of the policies.
fn components(paid: &[(&PersonSheet, &TppResult)]) -> Vec<(String, String)> {
    let mut parts: Vec<(String, String)> = Vec::new();
    for component in paid.iter().flat_map(|(_, tpp)| &tpp.components) {
        if !parts.iter().any(|(id, _)| *id == *component.id) {
            parts.push((component.id.to_string(), component.name.to_string()));
        }
    }
    parts
}

fn columns(parts: &[(String, String)], wanted: &For<'_>) -> Vec<TppColumn> {
    let t = |id: &str, en: &str| wanted.lang.pick(id, en).to_owned();
    let rupiah = |group: Option<String>, heading: String, formula: Option<Expr>| TppColumn {
        group,
        heading,
        kind: TppKind::Rupiah,
        formula,
        summed: true,
    };
    let mut columns = vec![rupiah(None, t("Besaran TPP", "Full TPP"), None)];
    for (_, name) in parts {
        let amount = columns.len();
        let group = Some(name.clone());
        columns.push(rupiah(group.clone(), t("Besaran", "Amount"), None));
        columns.push(rupiah(group.clone(), t("Potongan", "Cut"), None));
        let left = Expr::Column(amount).minus(Expr::Column(amount + 1));
        columns.push(rupiah(group, t("Sisa", "Left"), Some(left)));
    }
    let cut = columns.len();
    columns.push(rupiah(None, t("Jumlah potongan", "Total cut"), None));
    columns.push(rupiah(None, t("Tambahan", "Additions"), None));
    columns.push(rupiah(None, t("Koreksi bulan lalu", "Corrections"), None));
    let before_tax = Expr::Sum(vec![
        Expr::Column(0).minus(Expr::Column(cut)),
        Expr::Column(cut + 1),
        Expr::Column(cut + 2),
    ]);
    columns.push(rupiah(None, t("TPP sebelum pajak", "TPP before tax"), Some(before_tax)));
    columns.push(rupiah(None, t("Pajak dan iuran", "Tax and dues"), None));
    let net = Expr::Column(cut + 3).minus(Expr::Column(cut + 4));
    columns.push(rupiah(None, t("TPP diterima", "TPP paid"), Some(net)));
    columns
}

fn row(person: &PersonSheet, tpp: &TppResult, parts: &[(String, String)]) -> TppRow {
    let number = |value: Decimal| TppCell::Number(value);
    let mut values = vec![number(tpp.gross.0)];
    for (id, _) in parts {
        match tpp.components.iter().find(|c: &&ComponentResult| *c.id == **id) {
            Some(c) => values.extend([c.amount.0, c.cut.0, c.amount.0 - c.cut.0].map(number)),
            None => values.extend([TppCell::Blank, TppCell::Blank, TppCell::Blank]),
        }
    }
    let rest = [
        tpp.total_cut.0,
        tpp.total_added.0,
        tpp.total_corrections.0,
        tpp.earned.0,
        tpp.total_deducted.0,
        tpp.net.0,
    ];
    values.extend(rest.map(number));
    TppRow {
        name: person.name.clone(),
        nip: person.number.clone(),
        grade: person.golongan.clone(),
        position: if person.eselon.is_empty() {
            person.jabatan.clone()
        } else {
            format!("{} ({})", person.jabatan, person.eselon)
        },
        class: person.kelas.map(|k| k.to_string()).unwrap_or_default(),
        values,
    }
}
