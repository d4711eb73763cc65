//! Lines as sentences that the employee, the verifier and the auditor can check by hand.

use rust_decimal::Decimal;

use super::result::{LineKind, OutsidePolicy, TppLine, Unit, Waived};
use crate::{
    lang::{Lang, plain_date},
    money::{Rupiah, grouped},
    status,
};

/// See [`TppLine::sentence`].
pub(super) fn sentence(line: &TppLine, lang: Lang) -> String {
    let mut out = String::with_capacity(120);
    if let Some(date) = line.date {
        out.push_str(&plain_date(date, lang));
        out.push_str(": ");
    }
    out.push_str(&what(line, lang));
    out.push_str(". ");
    out.push_str(&line.code);
    if !line.article.is_empty() {
        out.push_str(&format!(" ({})", line.article));
    }
    out.push_str(": ");
    out.push_str(&arithmetic(line, lang));
    if let Some(waived) = line.waived {
        let amount = waived.rupiah;
        out.push(' ');
        out.push_str(&match lang {
            Lang::Id => format!("Tidak dipotong: {}; seharusnya {amount}.", waived.reason(lang)),
            Lang::En => format!("Not cut: {}; it would be {amount}.", waived.reason(lang)),
        });
    }
    out
}

impl Waived {
    /// Why nothing is cut: `OPD masih tahap Uji coba`, `aturan ini baru berlaku mulai 15 Maret 2026`.
    pub fn reason(&self, lang: Lang) -> String {
        match (self.policy, lang) {
            (None, Lang::Id) => format!("OPD masih tahap {}", self.stage.label()),
            (None, Lang::En) => format!("the OPD is still in stage {}", self.stage.label()),
            (Some(OutsidePolicy::Before(day)), Lang::Id) => {
                format!("aturan ini baru berlaku mulai {}", plain_date(day, lang))
            }
            (Some(OutsidePolicy::Before(day)), Lang::En) => {
                format!("this rule holds only from {}", plain_date(day, lang))
            }
            (Some(OutsidePolicy::After(day)), Lang::Id) => {
                format!(
                    "aturan ini sudah tidak berlaku sejak {}",
                    plain_date(day.tomorrow().unwrap_or(day), lang)
                )
            }
            (Some(OutsidePolicy::After(day)), Lang::En) => {
                format!("this rule held only until {}", plain_date(day, lang))
            }
        }
    }
}

fn arithmetic(line: &TppLine, lang: Lang) -> String {
    let amount = exact(line.rupiah, lang);
    match (line.kind, line.pct) {
        (LineKind::Limit, _) => {
            let back = exact(Rupiah(-line.rupiah.0), lang);
            match lang {
                Lang::Id => format!("dikembalikan {back}."),
                Lang::En => format!("{back} given back."),
            }
        }
        (_, Some(pct)) if line.waived.is_none() => {
            format!("{pct} × {} ({}) = {amount}.", line.base_amount, base_name(&line.base, lang))
        }
        _ => format!("{amount}."),
    }
}

/// An amount as it is printed; where that leaves out parts of a sen, also as it is calculated with.
fn exact(amount: Rupiah, lang: Lang) -> String {
    if amount.0.round_dp(2) == amount.0 {
        return amount.to_string();
    }
    let sign = if amount.0.is_sign_negative() { "-" } else { "" };
    let whole = grouped(amount.0.abs());
    match lang {
        Lang::Id => format!("{amount} (dibulatkan untuk dicetak; dihitung {sign}Rp{whole})"),
        Lang::En => format!("{amount} (rounded for print; calculated with {sign}Rp{whole})"),
    }
}

/// The name of a base as people say it: `daily:disiplin` is "disiplin per hari kerja".
fn base_name(base: &str, lang: Lang) -> String {
    if let Some(inner) = base.strip_prefix("daily:") {
        return format!("{} {}", base_name(inner, lang), lang.pick("per hari kerja", "per working day"));
    }
    match base {
        "tpp" => "TPP".to_owned(),
        "upah" => lang.pick("upah", "wage").to_owned(),
        "remaining" => lang.pick("sisa TPP", "remaining TPP").to_owned(),
        "earned" => lang.pick("TPP sebelum pajak", "TPP before tax").to_owned(),
        other => other.replace('_', " "),
    }
}

fn what(line: &TppLine, lang: Lang) -> String {
    let quantity = count(line.quantity, line.unit, lang);
    let named = || match (line.text.is_empty(), lang) {
        (false, _) => line.text.to_string(),
        (true, _) => signal_name(&line.signal, lang),
    };
    match line.kind {
        LineKind::Limit => {
            let name = match line.code.as_str() {
                "BATAS-100" => lang.pick("paling banyak 100 %", "at most 100 %"),
                _ if line.text.is_empty() => lang.pick("batas potongan", "the most that may be cut"),
                _ => line.text.as_str(),
            };
            match lang {
                Lang::Id => format!("Dibatasi: {name}"),
                Lang::En => format!("Limited: {name}"),
            }
        }
        LineKind::Rounding => lang.pick("Pembulatan", "Rounding").to_owned(),
        LineKind::Correction if line.code.as_str() == "SISA" => lang
            .pick("Sisanya dibawa ke bulan berikutnya", "The rest is carried to the next month")
            .to_owned(),
        LineKind::Correction => match lang {
            Lang::Id => format!("Koreksi {}", line.text),
            Lang::En => format!("Correction {}", line.text),
        },
        LineKind::Cut if line.unit == Unit::Times && line.quantity == Decimal::ONE => named(),
        LineKind::Cut if let Some(counted) = imputed(line, lang) => format!("{counted}, {quantity}"),
        LineKind::Modifier | LineKind::Addition | LineKind::Deduction => named(),
        LineKind::Cut | LineKind::Shortfall => format!("{}, {quantity}", named()),
    }
}

/// What a missing punch was counted as; `None` for minutes that a person really was late or early.
pub(super) fn imputed(line: &TppLine, lang: Lang) -> Option<String> {
    let (missing, how) = line.signal.split_once(':')?;
    let signal = match missing {
        "missing_in" => "late",
        "missing_out" => "early",
        _ => return None,
    };
    let (missing, signal) = (signal_name(missing, lang), signal_name(signal, lang));
    Some(match (how, lang) {
        ("top_band", Lang::Id) => format!("{missing}, dihitung sebagai tingkat tertinggi {signal}"),
        ("top_band", Lang::En) => format!("{missing}, counted as the top band of {signal}"),
        (_, Lang::Id) => format!("{missing}, dihitung sebagai {signal}"),
        (_, Lang::En) => format!("{missing}, counted as {signal}"),
    })
}

fn count(quantity: Decimal, unit: Unit, lang: Lang) -> String {
    let number = grouped(quantity.round_dp(2));
    let plural = quantity != Decimal::ONE;
    let word = match (unit, lang) {
        (Unit::Minutes, Lang::Id) => " menit",
        (Unit::Minutes, Lang::En) => {
            if plural {
                " minutes"
            } else {
                " minute"
            }
        }
        (Unit::Days, Lang::Id) => " hari",
        (Unit::Days, Lang::En) => {
            if plural {
                " days"
            } else {
                " day"
            }
        }
        (Unit::Times, Lang::Id) => " kali",
        (Unit::Times, Lang::En) => {
            if plural {
                " times"
            } else {
                " time"
            }
        }
        (Unit::Points, Lang::Id) => " poin",
        (Unit::Points, Lang::En) => {
            if plural {
                " points"
            } else {
                " point"
            }
        }
        (Unit::Percent, _) => " %",
        (Unit::Rupiah, _) => return format!("Rp{number}"),
        (Unit::Number, _) => "",
    };
    format!("{number}{word}")
}

/// What a signal or a measure is called.
pub(super) fn signal_name(signal: &str, lang: Lang) -> String {
    let known = match signal {
        "late" => ("terlambat", "late"),
        "early" => ("pulang sebelum waktunya", "left early"),
        "break_late" => ("terlambat kembali dari istirahat", "late back from rest"),
        "late_early" | "late_early_minutes" => ("terlambat dan pulang cepat", "late and left early"),
        "missing_in" => ("tidak absen masuk", "no check-in"),
        "missing_out" => ("tidak absen pulang", "no check-out"),
        "missing_break" => ("tidak absen kembali dari istirahat", "no punch after rest"),
        "absent" | "tk_days" => ("tidak masuk tanpa keterangan", "absent without notice"),
        "half_day" => ("setengah hari", "half day"),
        "present" => ("hadir", "present"),
        "shortage" | "shortage_minutes" => ("kekurangan jam kerja", "working time short"),
        "worked" | "worked_minutes" => ("jam kerja", "worked time"),
        "month" => ("sebulan", "month"),
        _ => ("", ""),
    };
    if !known.0.is_empty() {
        return lang.pick(known.0, known.1).to_owned();
    }
    if let Some(kind) = signal.strip_prefix("event:") {
        return format!("{} {}", lang.pick("tidak mengikuti", "did not attend"), kind.replace('_', " "));
    }
    if let Some(code) = signal.strip_prefix("status:") {
        return match status::meaning(code) {
            Some(meaning) => lang.pick(meaning.id, meaning.en).to_owned(),
            None => code.to_owned(),
        };
    }
    signal.replace(['_', ':'], " ")
}
