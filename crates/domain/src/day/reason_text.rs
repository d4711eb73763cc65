//! The sentences of reasons, in both languages.

use jiff::civil::DateTime;

use super::{DayPart, GapCause, Reason, Side};
use crate::{
    calendar::{HolidayKind, Level},
    lang::{Lang, clock_time, plain_date},
};

impl Reason {
    /// The reason as a sentence.
    pub fn text(&self, lang: Lang) -> String {
        match lang {
            Lang::Id => indonesian(self),
            Lang::En => english(self),
        }
    }
}

fn clock(at: DateTime) -> String {
    if at.second() == 0 {
        clock_time(at.time())
    } else {
        format!("{}.{:02}", clock_time(at.time()), at.second())
    }
}

fn moment(at: DateTime, lang: Lang) -> String {
    format!("{} {} {}", plain_date(at.date(), lang), lang.pick("pukul", "at"), clock(at))
}

fn stretch(from: DateTime, until: Option<DateTime>, lang: Lang) -> String {
    match until {
        Some(until) => format!("{} - {}", moment(from, lang), moment(until, lang)),
        None => format!("{} {}", lang.pick("sejak", "since"), moment(from, lang)),
    }
}

fn document(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" ({text})") }
}

fn level(level: Level, lang: Lang) -> &'static str {
    match level {
        Level::National => lang.pick("nasional", "national"),
        Level::Province => lang.pick("provinsi", "provincial"),
        Level::Regency => lang.pick("kabupaten/kota", "regency"),
        Level::Unit => lang.pick("unit kerja", "unit"),
    }
}

fn part(part: DayPart, lang: Lang) -> String {
    match part {
        DayPart::Full => lang.pick("sehari penuh", "the whole day").to_owned(),
        DayPart::FirstHalf => lang.pick("paruh pertama hari", "the first half of the day").to_owned(),
        DayPart::SecondHalf => lang.pick("paruh kedua hari", "the second half of the day").to_owned(),
        DayPart::Hours(range) => format!("{} - {}", range.from, range.until),
    }
}

fn cause(cause: GapCause, lang: Lang) -> &'static str {
    match cause {
        GapCause::TerminalSilent => {
            lang.pick("mesin absensi belum mengirim data", "the terminal has not sent its data")
        }
        GapCause::ServerOutage => lang.pick("gangguan server", "server outage"),
        GapCause::Declared => lang.pick("gangguan yang dinyatakan BKPSDM", "a declared disruption"),
    }
}

fn side(side: Option<Side>, lang: Lang) -> &'static str {
    match side {
        Some(Side::In) => lang.pick("absen masuk", "the check-in"),
        Some(Side::Out) => lang.pick("absen pulang", "the check-out"),
        None => lang.pick("absen hari ini", "the punches of this day"),
    }
}

fn indonesian(reason: &Reason) -> String {
    let lang = Lang::Id;
    match reason {
        Reason::Note { text } => text.clone(),
        Reason::Holiday { name, day: HolidayKind::Libur, level: l } => {
            format!("Libur {}: {name}.", level(*l, lang))
        }
        Reason::Holiday { name, day: HolidayKind::CutiBersama, .. } => format!("Cuti bersama: {name}."),
        Reason::HolidayWorked { name } => {
            format!("{name} tidak membebaskan dari jadwal ini; tetap hari kerja.")
        }
        Reason::HolidayWithdrawn { name, level: l, why } => {
            format!("{name} tetap masuk menurut kalender {}{}.", level(*l, lang), document(why))
        }
        Reason::HolidayAttended => "Hadir pada hari libur, dihitung menurut jadwal.".to_owned(),
        Reason::Weekend => "Bukan hari kerja menurut jadwal.".to_owned(),
        Reason::RosterFree => "Libur menurut jadwal piket.".to_owned(),
        Reason::AfterNight { night: Some(date) } => {
            format!("Lepas jaga setelah dinas malam {}.", plain_date(*date, lang))
        }
        Reason::AfterNight { night: None } => "Lepas jaga menurut jadwal piket.".to_owned(),
        Reason::RosterMissing => "Jadwal piket bulan ini belum diisi.".to_owned(),
        Reason::RosterCodeUnknown { code } => format!("Kode jadwal piket '{code}' tidak dikenal."),
        Reason::ShiftNotValid => "Jadwal hari ini tidak berlaku pada tanggal ini.".to_owned(),
        Reason::NoSchedule => "Belum ada jadwal kerja yang ditetapkan.".to_owned(),
        Reason::NotEmployed => "Di luar masa kerja.".to_owned(),
        Reason::OtherHours { name } => format!("Berlaku: {name}."),
        Reason::CalendarUnknown { year } => {
            format!("Hari libur nasional {year} belum dimasukkan ke kalender.")
        }
        Reason::StatusDay { code, document: d } => {
            format!("Status {}{}.", code.as_str(), document(d))
        }
        Reason::StatusPart { code, part: p, document: d } => {
            format!("Status {} untuk {}{}.", code.as_str(), part(*p, lang), document(d))
        }
        Reason::StatusOutranked { code, by } => {
            format!("Status {} kalah oleh {}.", code.as_str(), by.as_str())
        }
        Reason::StatusPlace { code } => {
            format!("Tempat kerja: {}; tetap wajib absen.", code.as_str())
        }
        Reason::Future => "Hari ini belum tiba.".to_owned(),
        Reason::WindowOpen { until } => {
            format!("Absen masih diterima sampai {}.", moment(*until, lang))
        }
        Reason::DataGap { side: s, from, until, cause: c } => format!(
            "Data belum lengkap ({}: {}); {} tidak dianggap kurang.",
            cause(*c, lang),
            stretch(*from, *until, lang),
            side(*s, lang)
        ),
        Reason::Late { minutes, at, limit, since } => format!(
            "Terlambat {minutes} menit: masuk {}, batas {}, dihitung dari {}.",
            clock(*at),
            clock(*limit),
            clock(*since)
        ),
        Reason::WithinLimit { at, limit } => {
            format!("Masuk {} masih dalam batas {}.", clock(*at), clock(*limit))
        }
        Reason::SecondsLeftOut { at, .. } => {
            format!("Detik pada {} diabaikan sesuai pengaturan jadwal.", clock(*at))
        }
        Reason::Flex { minutes, leave_from } => {
            format!("Masuk {minutes} menit lebih lambat diganti dengan pulang mulai {}.", clock(*leave_from))
        }
        Reason::Early { minutes, at, limit } => {
            format!(
                "Pulang {minutes} menit sebelum waktunya: pulang {}, batas {}.",
                clock(*at),
                clock(*limit)
            )
        }
        Reason::OutageExcluded { minutes, from, until, .. } => {
            format!("{minutes} menit selama gangguan ({}) tidak dihitung.", stretch(*from, *until, lang))
        }
        Reason::BreakLate { minutes, at, limit } => {
            format!(
                "Kembali dari istirahat terlambat {minutes} menit: {}, batas {}.",
                clock(*at),
                clock(*limit)
            )
        }
        Reason::MissingBreak => "Tidak absen kembali dari istirahat.".to_owned(),
        Reason::MissingIn => "Tidak absen masuk.".to_owned(),
        Reason::MissingOut { closed } => {
            format!("Tidak absen pulang sampai {}.", moment(*closed, lang))
        }
        Reason::NearestSide { side: s, .. } => {
            format!("Satu absen dibaca sebagai {} yang paling dekat.", side(Some(*s), lang))
        }
        Reason::KeyOverruled { side: s, .. } => {
            format!("Tombol yang ditekan tidak cocok; dibaca sebagai {}.", side(Some(*s), lang))
        }
        Reason::NoPunch { closed } => {
            format!("Tidak ada absen sampai {}, data lengkap, tanpa keterangan.", moment(*closed, lang))
        }
        Reason::ShiftAbsent { shift } => format!("Tidak ada absen pada shift {shift}."),
        Reason::BelowHalfDay { worked, threshold } => {
            format!("Bekerja {worked} menit, kurang dari {threshold}: setengah hari.")
        }
        Reason::BelowPresence { worked, threshold } => {
            format!("Bekerja {worked} menit, kurang dari {threshold}: tidak hadir.")
        }
        Reason::Duplicate { .. } => "Absen ganda.".to_owned(),
        Reason::Retry { min_gap_minutes, .. } => {
            format!("Ulangan absen masuk (kurang dari {min_gap_minutes} menit), bukan absen pulang.")
        }
        Reason::Between => "Di antara absen masuk dan pulang.".to_owned(),
        Reason::LaterCounts { .. } => "Yang dihitung absen terakhir dalam jendela waktu.".to_owned(),
        Reason::Unpaired => "Tidak berpasangan.".to_owned(),
        Reason::OutsideWindow => "Di luar waktu absen.".to_owned(),
        Reason::FreeDay => "Hari tanpa jadwal kerja.".to_owned(),
        Reason::CoveredByStatus { code } => format!("Hari ini berstatus {}.", code.as_str()),
        Reason::Skipped => "Ditandai tidak dihitung.".to_owned(),
        Reason::AfterAsOf => "Lebih baru daripada waktu penilaian.".to_owned(),
    }
}

fn english(reason: &Reason) -> String {
    let lang = Lang::En;
    match reason {
        Reason::Note { text } => text.clone(),
        Reason::Holiday { name, day: HolidayKind::Libur, level: l } => {
            format!("Holiday ({}): {name}.", level(*l, lang))
        }
        Reason::Holiday { name, day: HolidayKind::CutiBersama, .. } => format!("Collective leave: {name}."),
        Reason::HolidayWorked { name } => {
            format!("{name} does not free from this schedule; a working day.")
        }
        Reason::HolidayWithdrawn { name, level: l, why } => {
            format!("{name} is worked by the {} calendar{}.", level(*l, lang), document(why))
        }
        Reason::HolidayAttended => "Present on a holiday, counted as the schedule says.".to_owned(),
        Reason::Weekend => "Not a working day of the schedule.".to_owned(),
        Reason::RosterFree => "Free by the roster.".to_owned(),
        Reason::AfterNight { night: Some(date) } => {
            format!("Off duty after the night shift of {}.", plain_date(*date, lang))
        }
        Reason::AfterNight { night: None } => "Off duty after a night shift, by the roster.".to_owned(),
        Reason::RosterMissing => "The roster of this month has not been filled in.".to_owned(),
        Reason::RosterCodeUnknown { code } => format!("The roster code '{code}' is unknown."),
        Reason::ShiftNotValid => "The shift of this day is not in force on this date.".to_owned(),
        Reason::NoSchedule => "No schedule is assigned.".to_owned(),
        Reason::NotEmployed => "Outside the time of employment.".to_owned(),
        Reason::OtherHours { name } => format!("In force: {name}."),
        Reason::CalendarUnknown { year } => {
            format!("The national holidays of {year} have not been entered.")
        }
        Reason::StatusDay { code, document: d } => {
            format!("Status {}{}.", code.as_str(), document(d))
        }
        Reason::StatusPart { code, part: p, document: d } => {
            format!("Status {} for {}{}.", code.as_str(), part(*p, lang), document(d))
        }
        Reason::StatusOutranked { code, by } => {
            format!("Status {} gives way to {}.", code.as_str(), by.as_str())
        }
        Reason::StatusPlace { code } => {
            format!("Place of work: {}; punches are still expected.", code.as_str())
        }
        Reason::Future => "The day has not come yet.".to_owned(),
        Reason::WindowOpen { until } => {
            format!("Punches are accepted until {}.", moment(*until, lang))
        }
        Reason::DataGap { side: s, from, until, cause: c } => format!(
            "Data is incomplete ({}: {}); {} not held missing.",
            cause(*c, lang),
            stretch(*from, *until, lang),
            match s {
                None => "the punches of this day are",
                Some(Side::In) => "the check-in is",
                Some(Side::Out) => "the check-out is",
            }
        ),
        Reason::Late { minutes, at, limit, since } => {
            format!(
                "{minutes} min late: in at {}, limit {}, counted from {}.",
                clock(*at),
                clock(*limit),
                clock(*since)
            )
        }
        Reason::WithinLimit { at, limit } => {
            format!("In at {}, within the limit of {}.", clock(*at), clock(*limit))
        }
        Reason::SecondsLeftOut { at, .. } => {
            format!("The seconds of {} were left out, as the schedule says.", clock(*at))
        }
        Reason::Flex { minutes, leave_from } => {
            format!("Coming {minutes} min later is made up by leaving from {}.", clock(*leave_from))
        }
        Reason::Early { minutes, at, limit } => {
            format!("Left {minutes} min early: out at {}, limit {}.", clock(*at), clock(*limit))
        }
        Reason::OutageExcluded { minutes, from, until, .. } => {
            format!("{minutes} min during an outage ({}) are not counted.", stretch(*from, *until, lang))
        }
        Reason::BreakLate { minutes, at, limit } => {
            format!("Back from rest {minutes} min late: {}, limit {}.", clock(*at), clock(*limit))
        }
        Reason::MissingBreak => "No punch on coming back from rest.".to_owned(),
        Reason::MissingIn => "No check-in.".to_owned(),
        Reason::MissingOut { closed } => format!("No check-out until {}.", moment(*closed, lang)),
        Reason::NearestSide { side: s, .. } => {
            format!("One punch, read as {}, which is nearest.", side(Some(*s), lang))
        }
        Reason::KeyOverruled { side: s, .. } => {
            format!("The key pressed does not fit; read as {}.", side(Some(*s), lang))
        }
        Reason::NoPunch { closed } => {
            format!("No punch until {}, data complete, no reason given.", moment(*closed, lang))
        }
        Reason::ShiftAbsent { shift } => format!("No punch in shift {shift}."),
        Reason::BelowHalfDay { worked, threshold } => {
            format!("Worked {worked} min, less than {threshold}: half a day.")
        }
        Reason::BelowPresence { worked, threshold } => {
            format!("Worked {worked} min, less than {threshold}: absent.")
        }
        Reason::Duplicate { .. } => "The same press again.".to_owned(),
        Reason::Retry { min_gap_minutes, .. } => {
            format!("A retry of the check-in (within {min_gap_minutes} min), not a check-out.")
        }
        Reason::Between => "Between check-in and check-out.".to_owned(),
        Reason::LaterCounts { .. } => "The last punch in the window counts.".to_owned(),
        Reason::Unpaired => "Without its other half.".to_owned(),
        Reason::OutsideWindow => "Outside the time in which punches are accepted.".to_owned(),
        Reason::FreeDay => "A day without work.".to_owned(),
        Reason::CoveredByStatus { code } => format!("The day has the status {}.", code.as_str()),
        Reason::Skipped => "Marked not to be counted.".to_owned(),
        Reason::AfterAsOf => "Later than the moment of judgement.".to_owned(),
    }
}
