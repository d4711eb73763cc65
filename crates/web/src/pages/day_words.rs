//! A judged day in words.

use domain::{
    day::{DayCode, DayResult},
    lang::Lang,
    status,
};

/// The judgement as one sentence.
pub(crate) fn headline(day: &DayResult, lang: Lang) -> String {
    let mut parts: Vec<String> = Vec::new();
    let t = |id: &str, en: &str| lang.pick(id, en).to_owned();
    match &day.code {
        DayCode::Hadir => parts.push(t("Hadir", "Present")),
        DayCode::SetengahHari => parts.push(t("Setengah hari", "Half a day")),
        DayCode::Tk => parts.push(t("Tanpa keterangan", "Absent without reason")),
        DayCode::Libur => parts.push(t("Hari libur", "Not a working day")),
        DayCode::Lepas => parts.push(t("Hari bebas menurut jadwal", "Free by roster")),
        DayCode::LepasJaga => parts.push(t("Lepas jaga", "Off after night duty")),
        DayCode::Belum => parts.push(t("Belum ada penilaian", "Not judged yet")),
        DayCode::TanpaJadwal => parts.push(t("Tanpa jadwal kerja", "No work schedule")),
        DayCode::Status(code) => parts.push(match status::meaning(code.as_str()) {
            Some(m) => t(m.id, m.en),
            None => code.as_str().to_owned(),
        }),
    }
    if day.late_minutes > 0 {
        parts.push(format!("{} {} {}", t("terlambat", "late by"), day.late_minutes, t("menit", "minutes")));
    }
    if day.early_minutes > 0 {
        parts.push(format!(
            "{} {} {}",
            t("pulang lebih awal", "left early by"),
            day.early_minutes,
            t("menit", "minutes")
        ));
    }
    if day.missing_in {
        parts.push(t("tidak ada presensi masuk", "no check-in"));
    }
    if day.missing_out {
        parts.push(t("tidak ada presensi pulang", "no check-out"));
    }
    format!("{}.", parts.join(", "))
}
