use jiff::civil::datetime;
use proptest::prelude::*;

use super::*;

fn line(text: &str) -> Result<AttLine, Reason> {
    parse_line(text.replace('→', "\t").trim_end_matches(['\r', '\n']).as_bytes())
}

fn punch(pin: &str, local: DateTime, status: u16, verify: u16) -> AttLine {
    AttLine {
        pin: Pin::parse(pin).unwrap(),
        local,
        status: Some(status),
        verify: Some(verify),
        workcode: None,
        offset: None,
    }
}

#[test]
fn lines_of_real_terminals() {
    let cases = [
        ("1→2024-07-28 01:25:24→0→1→→0→0→\r\n", punch("1", datetime(2024, 7, 28, 1, 25, 24, 0), 0, 1)),
        (
            "1→2026-08-20 11:27:27→255→15→0→0→0→0→0→0→",
            punch("1", datetime(2026, 8, 20, 11, 27, 27, 0), 255, 15),
        ),
        (
            "9001→2026-07-28 22:40:21→1→15→0→0→0→0→0→0",
            punch("9001", datetime(2026, 7, 28, 22, 40, 21, 0), 1, 15),
        ),
        ("2→2022-07-12 16:00:20→1→15→→0→0→→→43", punch("2", datetime(2022, 7, 12, 16, 0, 20, 0), 1, 15)),
        ("11→2025-08-27 10:57:49→0→25→0→0→0→0→0→0", punch("11", datetime(2025, 8, 27, 10, 57, 49, 0), 0, 25)),
        (
            "0701→2026-08-28 17:57:36→255→1→0→0→0→0→0→0→16461+",
            punch("0701", datetime(2026, 8, 28, 17, 57, 36, 0), 255, 1),
        ),
        ("5_4968→2026-06-17 08:00:00→0→1→→0→0", punch("5_4968", datetime(2026, 6, 17, 8, 0, 0, 0), 0, 1)),
        ("1452→2015-07-30 15:16:28→0→1→0→0→0", punch("1452", datetime(2015, 7, 30, 15, 16, 28, 0), 0, 1)),
    ];
    for (text, expected) in cases {
        assert_eq!(line(text), Ok(expected), "{text}");
    }
}

#[test]
fn pin_zero_is_set_aside_as_nobody() {
    assert_eq!(line("0→2026-08-03 08:12:19→1→201"), Err(Reason::Nobody));
}

#[test]
fn other_forms() {
    let at = datetime(2026, 11, 21, 7, 28, 11, 0);
    assert_eq!(line("7→2026/11/21 07:28:11→0→1"), Ok(punch("7", at, 0, 1)));
    assert_eq!(line("7 2026-11-21 07:28:11 0 1 0 0 0"), Ok(punch("7", at, 0, 1)));
    assert_eq!(line("PIN=7→DateTime=2026-11-21 07:28:11→Verified=1→Status=0"), Ok(punch("7", at, 0, 1)));
    let bare = line("7→2026-11-21 07:28:11").unwrap();
    assert_eq!((bare.status, bare.verify), (None, None));
    let nulls = line("7→2026-11-21 07:28:11→null→null→null→null").unwrap();
    assert_eq!((nulls.status, nulls.verify, nulls.workcode), (None, None, None));
    assert_eq!(line("7→2026-11-21 07:28:11→0→1→12→0→0").unwrap().workcode.as_deref(), Some("12"));
}

#[test]
fn time_with_an_offset_of_its_own() {
    let with = line("7→2026-11-21 08:28:11→0→1→0→0→0→0→0→0→+28800→e30=").unwrap();
    assert_eq!(with.offset, Some(28_800));
    assert_eq!(with.instant(Zone::Wib), line("7→2026-11-21 07:28:11→0→1").unwrap().instant(Zone::Wib));
    let epoch = line("7→1764000000→0→1").unwrap();
    assert_eq!(epoch.instant(Zone::Wit).unwrap().as_second(), 1_764_000_000);
}

#[test]
fn bad_lines_are_set_aside_with_their_bytes() {
    let body = "TABLE=ATTLOG\r\n1\t2026-11-21 07:00:00\t0\t1\r\nnull\t2026-11-21 07:00:00\t0\t1\r\n2\t2026-02-30 07:00:00\r\nrubbish\r\n";
    let batch = parse(body.as_bytes());
    assert_eq!(batch.lines, 4);
    assert_eq!(batch.records.len(), 1);
    let reasons: Vec<_> = batch.quarantined.iter().map(|q| (q.number, q.reason)).collect();
    assert_eq!(reasons, [(3, Reason::BadPin), (4, Reason::BadTime), (5, Reason::TooFewFields)]);
    assert_eq!(batch.quarantined[2].raw, b"rubbish");
}

#[test]
fn nul_and_formula_in_the_pin() {
    assert_eq!(line("1\u{0}2→2026-11-21 07:00:00"), Err(Reason::BadPin));
    assert_eq!(line("=cmd|'/C calc'!A0→2026-11-21 07:00:00"), Err(Reason::BadPin));
    assert_eq!(line("12→2026-11-21 07:00:00→0→1→\u{0}").unwrap().workcode, None);
}

#[test]
fn wrong_clocks_are_kept_and_flagged() {
    let received = Zone::Wib.instant(datetime(2026, 11, 21, 7, 30, 0, 0)).unwrap();
    let doubt = |text: &str| line(text).unwrap().clock_doubt(received, Zone::Wib);
    assert_eq!(doubt("1→1970-01-01 00:03:00→0→1"), Some(ClockDoubt::Reset));
    assert_eq!(doubt("1→2000-01-01 00:03:00→0→1"), Some(ClockDoubt::Reset));
    assert_eq!(doubt("1→2099-12-31 23:59:59→0→1"), Some(ClockDoubt::Future));
    assert_eq!(doubt("1→2026-11-21 07:35:01→0→1"), Some(ClockDoubt::Future));
    assert_eq!(doubt("1→2026-11-21 07:34:59→0→1"), None);
    assert_eq!(doubt("1→2026-09-01 07:00:00→0→1"), Some(ClockDoubt::Old));
    assert_eq!(doubt("1→2026-11-20 16:00:00→0→1"), None);
}

prop_compose! {
    fn any_punch()(
        pin in "[1-9][0-9]{0,8}|0[0-9]{0,3}[1-9]|[A-Za-z][A-Za-z0-9_]{0,23}",
        second in 0i64..4_000_000_000,
        status in proptest::option::of(0u16..=255),
        verify in proptest::option::of(0u16..=300),
        workcode in proptest::option::of("[1-9][0-9]{0,5}"),
        quarters in proptest::option::of(-56i32..=56),
    ) -> AttLine {
        AttLine {
            pin: Pin::parse(&pin).unwrap(),
            local: Offset::UTC.to_datetime(Timestamp::from_second(second).unwrap()),
            status, verify, workcode,
            offset: quarters.map(|q| q * 900),
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(punches in proptest::collection::vec(any_punch(), 0..40)) {
        let body: String = punches.iter().map(|p| p.to_wire() + "\r\n").collect();
        let batch = parse(body.as_bytes());
        prop_assert_eq!(batch.lines, punches.len());
        prop_assert!(batch.quarantined.is_empty(), "{:?}", batch.quarantined);
        prop_assert_eq!(batch.records, punches);
    }

    #[test]
    fn every_line_is_either_read_or_set_aside(body in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let batch = parse(&body);
        prop_assert_eq!(batch.lines, batch.records.len() + batch.quarantined.len());
    }

    #[test]
    fn near_misses_do_not_panic(text in "[0-9PINpin=\t :/\\-+null\r\n\u{0}é]{0,200}") {
        let batch = parse(text.as_bytes());
        prop_assert_eq!(batch.lines, batch.records.len() + batch.quarantined.len());
    }
}
