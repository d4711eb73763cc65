use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::lang::Lang;

fn valid(text: &str) -> EmployeeNumber {
    EmployeeNumber::parse(text).unwrap_or_else(|e| panic!("{text}: {e}"))
}

fn refused(text: &str) -> NumberError {
    EmployeeNumber::parse(text).expect_err(text)
}

#[test]
fn a_nip_shows_its_parts() {
    let number = valid("198003152005011001");
    assert_eq!(number.printed(), "19800315 200501 1 001");
    assert_eq!(number.birth_date(), date(1980, 3, 15));
    assert_eq!(number.sex(), Sex::Male);
    assert_eq!(number.sequence(), 1);
    assert!(matches!(number, EmployeeNumber::Nip(nip) if nip.appointed().to_string() == "2005-01"));
    assert!(number.suits(EmploymentKind::Cpns) && !number.suits(EmploymentKind::Pppk));

    let newer = valid("199912312024052010");
    assert_eq!((newer.sex(), newer.sequence()), (Sex::Female, 10));
}

#[test]
fn a_ni_pppk_is_told_from_a_nip_by_digits_13_and_14() {
    let first = valid("198807072023212005");
    let EmployeeNumber::NiPppk(ni) = first else { panic!("{first:?}") };
    assert_eq!((ni.appointed_year(), ni.contract(), first.sex()), (2023, 1, Sex::Female));
    assert_eq!(first.label(), "NI PPPK");
    assert!(first.suits(EmploymentKind::PppkParuhWaktu) && !first.suits(EmploymentKind::Pns));

    let second = valid("199001012024221001");
    assert!(matches!(second, EmployeeNumber::NiPppk(ni) if ni.contract() == 2));
}

#[test]
fn separators_and_the_apostrophe_of_excel_are_skipped() {
    for text in [
        "19860926 201505 1 001",
        "19860926.201505.1.001",
        "19860926-201505-1-001",
        "'198609262015051001",
        "\u{a0}198609262015051001\u{200b}\n",
        "\u{feff}19860926\u{2013}201505 1 001",
    ] {
        assert_eq!(valid(text).as_str(), "198609262015051001", "{text:?}");
    }
}

#[test]
fn every_rule_has_its_own_refusal() {
    use NumberError::*;
    assert_eq!(refused(""), Empty);
    assert_eq!(refused(" - "), Empty);
    assert_eq!(refused("19800315200501100"), TooShort { count: 17 });
    assert_eq!(refused("1980031520050110011"), TooLong { count: 19 });
    assert_eq!(refused("130123456"), OldNip);
    assert_eq!(refused("198002302005011001"), BirthDate { digits: "19800230".into() });
    assert_eq!(refused("019800315200501100"), BirthDate { digits: "01980031".into() });
    assert_eq!(refused("198003152005131001"), Marker { digits: "13".into() });
    assert_eq!(refused("198003152005001001"), Marker { digits: "00".into() });
    assert_eq!(refused("198003152005301001"), Marker { digits: "30".into() });
    assert_eq!(refused("198003152005013001"), Sex { digit: '3' });
    assert_eq!(refused("198003152005011000"), SequenceZero);
    assert_eq!(refused("198807072023202005"), ContractZero);
    assert_eq!(refused("200503152005031001"), AppointedBeforeBirth);
    assert_eq!(refused("200503152005211001"), AppointedBeforeBirth);
    assert_eq!(refused("19800315200501l001"), NotADigit { found: 'l' });
    assert_eq!(refused("١٩٨٠٠٣١٥٢٠٠٥٠١١٠٠١"), NotADigit { found: '١' });
}

#[test]
fn a_number_damaged_by_excel_is_refused_with_the_way_to_repair_it() {
    for text in [
        "1,98702E+17",
        "1.98E+17",
        "1.98702E17",
        "198003152005011000",
        "19800315200501100",
        "198003152005011001.0",
    ] {
        let error = refused(text);
        assert!(error.is_spreadsheet_damage(), "{text}: {error:?}");
        assert!(error.remedy(Lang::Id).contains("Ubah dahulu format kolom NIP menjadi Teks"));
        assert!(error.remedy(Lang::En).contains("to Text first"));
    }
    assert_eq!(refused("19800315200501100").sentence(Lang::Id), "NIP hanya 17 angka; seharusnya 18.");
}

#[test]
fn a_text_that_is_no_number_is_printed_unchanged() {
    assert_eq!(printed("198003152005011001"), "19800315 200501 1 001");
    assert_eq!(printed("belum ada"), "belum ada");
}

#[test]
fn the_bare_digits_travel_as_json() {
    let number = valid("199001012024221001");
    let json = serde_json::to_string(&number).unwrap();
    assert_eq!(json, "\"199001012024221001\"");
    assert_eq!(serde_json::from_str::<EmployeeNumber>(&json).unwrap(), number);
    assert!(serde_json::from_str::<EmployeeNumber>("\"1.98E+17\"").is_err());
}

proptest! {
    #[test]
    fn any_text_gets_an_answer_and_never_a_panic(text in "\\PC{0,40}") {
        let _ = EmployeeNumber::parse(&text);
    }

    #[test]
    fn numbers_near_validity_get_an_answer(text in "[0-9 .,eE+-]{0,24}") {
        if let Ok(number) = EmployeeNumber::parse(&text) {
            prop_assert_eq!(number.as_str().len(), 18);
            prop_assert_eq!(EmployeeNumber::parse(&number.printed()), Ok(number));
        }
    }

    #[test]
    fn a_well_formed_number_is_read_back_from_its_printed_form(
        year in 1950i16..2005, month in 1i8..=12, day in 1i8..=28, later in 18i16..40,
        marker in prop_oneof![1i16..=12, 21i16..=29], sex in 1u8..=2, sequence in 1u16..=999,
    ) {
        let digits = format!("{year:04}{month:02}{day:02}{:04}{marker:02}{sex}{sequence:03}", year + later);
        let number = EmployeeNumber::parse(&digits).unwrap();
        prop_assert_eq!(number.as_str(), digits.as_str());
        prop_assert_eq!(matches!(number, EmployeeNumber::Nip(_)), marker <= 12);
        prop_assert_eq!(number.birth_date(), date(year, month, day));
        prop_assert_eq!(EmployeeNumber::parse(&number.printed()), Ok(number));
    }

    #[test]
    fn what_a_double_makes_of_a_number_is_never_accepted_as_another_person(sequence in 1u64..=999) {
        // Excel keeps 15 significant digits; the rounded number must be refused, whatever it was.
        let stored = 198_003_152_005_011_000_u64 + sequence;
        let shown = stored / 1000 * 1000;
        prop_assert!(EmployeeNumber::parse(&shown.to_string()).is_err());
    }
}
