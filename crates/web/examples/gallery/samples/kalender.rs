use domain::{
    calendar::{Calendar, HolidayKind, Layer, Level, RAMADAN},
    lang::Lang,
    rights::Role,
};
use jiff::civil::date;
use web::pages::{
    kalender::{DayForm, DayLine, DayLook, EntryPage, Forms, KalenderPage, PeriodLine, months},
    layout::Section,
    rekap::UnitLink,
    terminal::Choice,
};

use super::{Screen, frame, put, rekap::opd};

pub fn add(out: &mut Vec<Screen>, lang: Lang) -> Result<(), askama::Error> {
    let p = |id: &'static str, en: &'static str| lang.pick(id, en).to_owned();
    let own = Layer::empty(Level::Regency, "")
        .with_day(date(2026, 3, 25), HolidayKind::Libur, "Hari jadi Kabupaten Contoh ke-60")
        .without_day(date(2026, 12, 24), "Pelayanan akhir tahun")
        .with_period(RAMADAN, date(2026, 2, 18), date(2026, 3, 19));
    let calendar = Calendar::national_with([&own]);
    let mut days: Vec<DayLine> = calendar
        .holidays(date(2026, 1, 1), date(2026, 12, 31))
        .map(|m| DayLine {
            date: m.date,
            name: m.name.clone(),
            look: if m.kind == HolidayKind::Libur { DayLook::Holiday } else { DayLook::SharedLeave },
            place: if m.level == Level::National {
                p("Nasional", "National")
            } else {
                p("Kabupaten/Kota", "Regency or city")
            },
            basis: "SKB 3 Menteri No. 1497/2025, 2/2025, 5/2025".into(),
            key: (m.level != Level::National).then(|| "0199".to_owned()),
            overruled: false,
        })
        .collect();
    days.push(DayLine {
        date: date(2026, 12, 24),
        name: "Pelayanan akhir tahun".into(),
        look: DayLook::Working,
        place: "Dinas Kependudukan dan Pencatatan Sipil".into(),
        basis: "SE Bupati 800/412/2026".into(),
        key: Some("0200".into()),
        overruled: false,
    });
    let places = ["Kabupaten/Kota", "Provinsi", "Nasional", "Dinas Pendidikan"];
    let places = places.map(|l| Choice { key: l.to_owned(), label: l.to_owned() }).to_vec();
    let page = KalenderPage {
        shell: frame::shell(lang, Role::Bkpsdm, Section::Kalender),
        year: 2026,
        unit: None,
        units: vec![opd(), UnitLink { key: "DINKES".into(), name: "Dinas Kesehatan".into() }],
        ships: true,
        months: months(2026, &calendar, date(2026, 11, 23), lang),
        days,
        periods: vec![PeriodLine {
            key: "0201".into(),
            first: date(2026, 2, 18),
            last: date(2026, 3, 19),
            place: p("Kabupaten/Kota", "Regency or city"),
            basis: "SE Bupati 800/55/2026".into(),
        }],
        forms: Some(Forms { places: places.clone(), ..Forms::default() }),
    };
    put(out, "kalender", &page)?;
    let refused = DayForm {
        day: "2026-08-17".into(),
        error: Some(p(
            "17 Agustus 2026 sudah libur: Proklamasi Kemerdekaan.",
            "17 August 2026 is free already.",
        )),
        ..DayForm::default()
    };
    let empty = KalenderPage {
        year: 2031,
        ships: false,
        months: months(2031, &Calendar::national(), date(2026, 11, 23), lang),
        days: vec![],
        periods: vec![],
        forms: Some(Forms { places, day: refused, ..Forms::default() }),
        ..page
    };
    put(out, "kalender-kosong", &empty)?;
    let entry = EntryPage {
        shell: frame::shell(lang, Role::Bkpsdm, Section::Kalender),
        key: "0199".into(),
        name: "Hari jadi Kabupaten Contoh ke-60".into(),
        back: "/kalender?tahun=2026&unit=".into(),
        facts: vec![
            ("Tanggal", "Rabu, 25 Maret 2026".into()),
            ("Jenis", "Hari libur".into()),
            ("Dasar hukum", "Keputusan Bupati 100.3/12/2026".into()),
        ],
        may_revoke: true,
        reason: String::new(),
        error: None,
    };
    put(out, "kalender-isian", &entry)
}
