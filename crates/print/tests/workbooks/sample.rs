//! Invented sheets for the tests and for looking at: "Dinas Pendidikan, Kabupaten Contoh", November 2026.

use domain::{employment::EmploymentKind, lang::Lang, money::Percent, month::Month, zone::Zone};
use jiff::civil::{Weekday, date, time};
use print::{
    AttendanceRecap, Basis, DayList, DayListRow, DayListVariant, DayMark, Expr, Frame, Letterhead, LockState,
    MarkColumn, MatrixDay, MonthMatrix, PersonMonth, PunchTime, RecapRow, Rounding, Signature, Stamp,
    TppCell, TppColumn, TppKind, TppList, TppRow,
};
use rust_decimal::Decimal;

const NAMES: [&str; 6] = [
    "Siti Aminah",
    "Drs. H. Ahmad Fauzan Rahmatullah, M.Pd.",
    "I Gusti Ngurah Bagus Oka Wibawa Adnyana, S.Kom., M.T.I.",
    "Budi",
    "Maria Goreti Wulandari Situmorang, S.Pd.SD.",
    "Muhammad Nur'aini Al-Farisi",
];

pub fn frame(lock: LockState) -> Frame {
    Frame {
        lang: Lang::Id,
        letterhead: Letterhead {
            pemda: "Pemerintah Kabupaten Contoh".into(),
            opd: "Dinas Pendidikan".into(),
            address: vec!["Jalan Merdeka No. 17 Kota Contoh 34567, Telp. (0721) 555017".into()],
        },
        unit: "Bidang Pembinaan SMP".into(),
        signature: Some(Signature {
            place_date: "Kota Contoh, 1 Desember 2026".into(),
            title: "Kepala Dinas Pendidikan\nKabupaten Contoh,".into(),
            name: "Dr. Hj. Rahmawati Kusuma, M.Si.".into(),
            rank: "Pembina Utama Muda".into(),
            nip: "197203151998032004".into(),
        }),
        basis: Basis {
            policy_id: "tpp-contoh".into(),
            policy_version: "2026-01-01".into(),
            legal_basis: "Perbup Contoh 7/2026".into(),
            lock,
            hash: "9f2c41d7a0b5e6338c".into(),
            printed_by: "Siti Aminah".into(),
            printed_at: stamp(),
            app_version: "0.1.0".into(),
            more: vec![("Tahap OPD".into(), "Berlaku sejak 1 Oktober 2026".into())],
        },
        extra_legend: Vec::new(),
    }
}

pub fn stamp() -> Stamp {
    Stamp { at: date(2026, 12, 1).at(8, 15, 0, 0), zone: Zone::Wib }
}

pub fn locked() -> LockState {
    LockState::Locked { version: 2, at: stamp(), by: "Budi Santoso (BKPSDM)".into() }
}

pub fn month() -> Month {
    Month::of(date(2026, 11, 1))
}

pub fn name(i: usize) -> String {
    NAMES[i % NAMES.len()].to_owned()
}

pub fn nip(i: usize) -> String {
    format!("19{:02}0{}1520{:02}03{}{:03}", 70 + i % 30, 1 + i % 9, 10 + i % 10, 1 + i % 2, i % 1000)
}

fn mark(person: usize, day: usize, free: bool) -> DayMark {
    if free {
        return DayMark::plain("L", MarkColumn::Off);
    }
    match (person * 7 + day * 3) % 41 {
        0 => DayMark::plain("TK", MarkColumn::Absent),
        1 => DayMark::present(true, false, false, false),
        2 => DayMark::present(false, true, false, false),
        3 => DayMark::present(true, true, false, false),
        4 => DayMark::present(false, false, false, true),
        5 => DayMark::plain("DL", MarkColumn::Duty),
        6 => DayMark::plain("S", MarkColumn::Sick),
        7 => DayMark::plain("CT", MarkColumn::Leave),
        8 => DayMark::plain("I", MarkColumn::Permission),
        9 => DayMark::plain("DIK", MarkColumn::Other),
        10 => DayMark::plain("?", MarkColumn::Pending),
        _ => DayMark::present(false, false, false, false),
    }
}

/// A matrix of `people` rows over `days` days from 1 November.
pub fn matrix(people: usize, days: usize) -> MonthMatrix {
    let days: Vec<MatrixDay> = date(2026, 11, 1)
        .series(jiff::ToSpan::days(1))
        .take(days)
        .map(|date| MatrixDay {
            date,
            free: matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) || date.day() == 10,
            holiday: (date.day() == 10).then(|| "Hari Pahlawan (libur daerah)".to_owned()),
        })
        .collect();
    let kinds = EmploymentKind::ALL;
    let people = (0..people).map(|i| PersonMonth {
        name: name(i),
        nip: nip(i),
        kind: kinds[i % 4],
        marks: days.iter().enumerate().map(|(d, day)| mark(i, d, day.free)).collect(),
        late_minutes: (i % 5 * 17) as i64,
        early_minutes: (i % 3 * 8) as i64,
        working_days: 20,
        cut: (i % 4 != 3).then(|| Percent(Decimal::new((i % 7 * 25) as i64, 2))),
    });
    MonthMatrix { frame: frame(locked()), month: month(), people: people.collect(), days }
}

pub fn day_list(rows: usize, variant: DayListVariant) -> DayList {
    let at = |hour, minute| Some(PunchTime { time: time(hour, minute, 0, 0), next_day: false });
    let rows = (0..rows).map(|i| DayListRow {
        nip: nip(i),
        name: name(i),
        unit: "Dinas Pendidikan".into(),
        rank: "Penata Tk. I / III/d".into(),
        position: "Analis Kebijakan Ahli Muda".into(),
        check_in: if i % 6 == 5 { None } else { at(7, (i % 60) as i8) },
        check_out: match i % 6 {
            5 => None,
            4 => Some(PunchTime { time: time(7, 5, 0, 0), next_day: true }),
            _ => at(16, 2),
        },
        remark: if i % 6 == 5 { "TK".into() } else { String::new() },
        ..DayListRow::default()
    });
    DayList { frame: frame(LockState::Draft), date: date(2026, 11, 3), variant, rows: rows.collect() }
}

pub fn recap(rows: usize) -> AttendanceRecap {
    let rows = (0..rows).map(|i| RecapRow {
        name: name(i),
        nip: nip(i),
        grade: if i % 3 == 0 { "IX".into() } else { "III/d".into() },
        position: "Analis Kebijakan Ahli Muda".into(),
        working_days: 20,
        apel_morning: 4,
        apel_afternoon: 3,
        present: 17,
        sick: i64::from(i % 4 == 0),
        duty: 1,
        leave: 1,
        absent: i64::from(i % 5 == 0),
        remark: if i % 5 == 0 { "TK tanggal 12".into() } else { String::new() },
        ..RecapRow::default()
    });
    AttendanceRecap { frame: frame(locked()), month: month(), rows: rows.collect() }
}

/// 60 % productivity, 40 % discipline, both cut by percent; numbered 6 to 17.
pub fn tpp(rows: usize) -> TppList {
    let column = |group: Option<&str>, heading: &str, kind, formula: Option<Expr>| TppColumn {
        group: group.map(str::to_owned),
        heading: heading.to_owned(),
        kind,
        formula,
        summed: kind == TppKind::Rupiah,
    };
    let c = Expr::Column;
    let product = |a, b| Some(c(a).times(c(b)).rounded(Rounding::Down, 0));
    let share = |percent: i64| Some(c(0).times(Expr::Number(Decimal::new(percent, 2))));
    let (produktif, disiplin) = (Some("Produktivitas Kerja"), Some("Disiplin Kerja"));
    let columns = vec![
        column(None, "Besaran TPP", TppKind::Rupiah, None),
        column(produktif, "60 % x besaran", TppKind::Rupiah, share(60)),
        column(produktif, "Potongan %", TppKind::Percent, None),
        column(produktif, "Potongan Rp", TppKind::Rupiah, product(1, 2)),
        column(disiplin, "40 % x besaran", TppKind::Rupiah, share(40)),
        column(disiplin, "Potongan presensi %", TppKind::Percent, None),
        column(disiplin, "Potongan Rp", TppKind::Rupiah, product(4, 5)),
        column(None, "Jumlah potongan", TppKind::Rupiah, Some(Expr::Sum(vec![c(3), c(6)]))),
        column(None, "TPP sebelum pajak", TppKind::Rupiah, Some(c(0).minus(c(7)))),
    ];
    let rows = (0..rows).map(|i| {
        let base = Decimal::from(5_000_000 + (i as i64) * 137_431);
        let (work, presence) =
            (Decimal::new(1000 * (i as i64 % 2), 2), Decimal::new(450 + 25 * (i as i64 % 9), 2));
        let work_part = base * Decimal::new(60, 2);
        let presence_part = base * Decimal::new(40, 2);
        let cut = |part: Decimal, percent: Decimal| (part * percent / Decimal::ONE_HUNDRED).floor();
        let (work_cut, presence_cut) = (cut(work_part, work), cut(presence_part, presence));
        let cuts = work_cut + presence_cut;
        let values =
            [base, work_part, work, work_cut, presence_part, presence, presence_cut, cuts, base - cuts];
        TppRow {
            name: name(i),
            nip: nip(i),
            grade: "III/d".into(),
            position: "Analis Kebijakan Ahli Muda".into(),
            class: "9".into(),
            values: values.map(TppCell::Number).into(),
        }
    });
    TppList { frame: frame(locked()), month: month(), columns, rows: rows.collect() }
}
