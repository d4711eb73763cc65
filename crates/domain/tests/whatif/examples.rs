//! The example files give what their comments say.

use domain::day::DayCode;

use crate::{answer, day, rupiah};

#[test]
fn the_minimal_file_gives_the_full_month_of_the_reference() {
    let text = include_str!("../../../../examples/judge/minimal.toml");
    assert!(text.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')).count() <= 15);
    let output = answer(text);
    let totals = output.persons[0].totals;
    assert_eq!((totals.working_days, totals.present, totals.absent), (20, 19, 1));
    assert_eq!((totals.late_minutes, totals.early_minutes), (20, 45));
    // 1 TK (3 %) + 20 min late (0,5 %) + 45 min early (1 %) of Rp2.000.000, and 90 % of the productivity part.
    let tpp = &output.persons[0].tpp[0];
    assert_eq!(rupiah(tpp.gross), "5000000");
    assert_eq!(tpp.components.iter().map(|c| rupiah(c.earned)).collect::<Vec<_>>(), ["2700000", "1910000"]);
    assert_eq!(rupiah(tpp.earned), "4610000");
}

#[test]
fn the_hospital_file_keeps_nights_together() {
    let output = answer(include_str!("../../../../examples/judge/hospital.toml"));
    assert_eq!(day(&output, "2026-06-08").used.len(), 2);
    assert_eq!(day(&output, "2026-06-09").code, DayCode::LepasJaga);
    assert_eq!(day(&output, "2026-06-11").late_minutes, 20);
    assert_eq!(day(&output, "2026-06-12").code, DayCode::Lepas);
    assert_eq!(day(&output, "2026-06-13").code, DayCode::Belum, "the terminal is silent");
    let second = &output.persons[1].days[1].day;
    assert_eq!((second.shifts.len(), second.late_minutes, second.ignored.len()), (2, 3, 0));
    assert!(output.persons[0].tpp.is_empty(), "a week is no month");
}

#[test]
fn the_long_file_uses_everything() {
    let output = answer(include_str!("../../../../examples/judge/own-rules.toml"));
    assert_eq!(day(&output, "2026-03-12").code, DayCode::Libur);
    assert!(day(&output, "2026-03-18").required);
    assert_eq!(day(&output, "2026-03-03").late_minutes, 20);
    assert_eq!(day(&output, "2026-03-05").late_minutes, 2);
    assert_eq!((day(&output, "2026-03-10").late_minutes, day(&output, "2026-03-10").early_minutes), (0, 0));
    assert_eq!((day(&output, "2026-03-30").late_minutes, day(&output, "2026-03-30").ignored.len()), (0, 1));
    let lines: Vec<_> =
        output.persons[0].tpp[0].lines.iter().map(|l| (l.code.to_string(), rupiah(l.rupiah))).collect();
    let expected = [("APEL", "40000"), ("TL", "20000"), ("TL", "20000")];
    assert_eq!(lines, expected.map(|(c, r)| (c.to_owned(), r.to_owned())));
    assert!(output.warnings.is_empty(), "{:?}", output.warnings);
}
