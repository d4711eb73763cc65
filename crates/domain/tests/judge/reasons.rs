//! Reasons as sentences and as data.

use domain::{
    day::{DayResult, Reason},
    lang::Lang,
};

use crate::support::{Person, builtin};

fn sentences(day: &DayResult, lang: Lang) -> Vec<String> {
    day.reasons.iter().map(|r| r.text(lang)).collect()
}

#[test]
fn a_late_and_early_day_explains_itself_in_both_languages() {
    let day = Person::new(builtin("perpres-21-2023"))
        .punched(&["2026-06-08T07:50", "2026-06-08T15:30"])
        .judge("2026-06-08");
    assert_eq!(
        sentences(&day, Lang::Id),
        [
            "Terlambat 20 menit: masuk 07.50, batas 07.30, dihitung dari 07.30.",
            "Pulang 30 menit sebelum waktunya: pulang 15.30, batas 16.00.",
        ]
    );
    assert_eq!(
        sentences(&day, Lang::En),
        [
            "20 min late: in at 07.50, limit 07.30, counted from 07.30.",
            "Left 30 min early: out at 15.30, limit 16.00."
        ]
    );
}

#[test]
fn an_absent_day_says_until_when_was_waited() {
    let day = Person::new(builtin("perpres-21-2023")).judge("2026-06-08");
    assert_eq!(
        sentences(&day, Lang::Id),
        ["Tidak ada absen sampai 8 Juni 2026 pukul 22.00, data lengkap, tanpa keterangan."]
    );
    let holiday = Person::new(builtin("perpres-21-2023")).judge("2026-02-16");
    assert_eq!(sentences(&holiday, Lang::Id), ["Cuti bersama: Cuti bersama Imlek."]);
}

#[test]
fn a_judged_day_survives_json() {
    let day = Person::new(builtin("perpres-21-2023"))
        .punched(&["2026-06-08T07:50:10", "2026-06-08T07:51", "2026-06-08T15:30"])
        .judge("2026-06-08");
    let json = serde_json::to_string(&day).unwrap();
    assert_eq!(serde_json::from_str::<DayResult>(&json).unwrap(), day);
    assert!(json.contains(r#""kind":"duplicate""#), "{json}");
    let reason: Reason = serde_json::from_str(r#"{"kind":"note","text":"x"}"#).unwrap();
    assert_eq!(reason.text(Lang::En), "x");
}
