use super::*;
use proptest::prelude::*;

fn sample() -> Entry {
    let at = "2026-07-22T00:31:07.2500009Z".parse().unwrap();
    Entry::new(EntryKind::Punch, at, commitment(&[7; 32], b"{\"nip\":\"x\"}"))
}

#[test]
fn bytes_are_as_documented() {
    let text = String::from_utf8(sample().to_bytes()).unwrap();
    // The commitment was computed with `printf … | sha256sum | xxd -r -p | base64`.
    assert_eq!(
        text,
        "hadir-entry/v1\npunch\n2026-07-22T00:31:07.250000Z\nCOMMITMENT\n"
            .replace("COMMITMENT", "sfxaSW8VPQEVV6p4W1P3v+or4X7nRbGO1G1tV0AJdjM=")
    );
    assert!(String::from_utf8(sample().about(12).to_bytes()).unwrap().ends_with("=\nabout 12\n"));
}

#[test]
fn every_deviation_is_refused() {
    let good = String::from_utf8(sample().about(12).to_bytes()).unwrap();
    let cases = [
        (good.trim_end().to_owned(), EntryError::Lines),
        (format!("{good}\n"), EntryError::Lines),
        (good.replace("/v1", "/v2"), EntryError::Header),
        (good.replace("punch", "lunch"), EntryError::Kind),
        (good.replace("punch", "Punch"), EntryError::Kind),
        (good.replace(".250000Z", ".25Z"), EntryError::Time),
        (good.replace(".250000Z", ".2500000Z"), EntryError::Time),
        (good.replace("T00", "t00"), EntryError::Time),
        (good.replace("Z\n", "+00:00\n"), EntryError::Time),
        (good.replace("=\n", "\n"), EntryError::Commitment),
        (good.replace("about 12", "about 012"), EntryError::About),
        (good.replace("about 12", "about +12"), EntryError::About),
        (good.replace("about 12", "on 12"), EntryError::About),
        (good.replace('\n', "\r\n"), EntryError::Header),
    ];
    for (text, error) in cases {
        assert_eq!(Entry::parse(text.as_bytes()), Err(error), "{text:?}");
    }
}

#[test]
fn codes_of_kinds_are_read_back_and_differ() {
    for kind in EntryKind::ALL {
        assert_eq!(kind.code().parse(), Ok(kind));
    }
}

#[test]
fn one_bit_of_salt_or_payload_changes_the_commitment() {
    let base = commitment(&[0; 32], b"a");
    let mut salt = [0; 32];
    salt[31] = 1;
    assert_ne!(base, commitment(&salt, b"a"));
    assert_ne!(base, commitment(&[0; 32], b"b"));
    // The border between salt and payload is fixed.
    assert_ne!(commitment(&[0; 32], b""), commitment(&[0; 32], b"\0"));
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(kind in 0..EntryKind::ALL.len(), micros in 0..253_402_207_200_000_000_i64,
                                    hash: [u8; 32], about: Option<u64>) {
        let at = Timestamp::from_microsecond(micros).unwrap();
        let mut entry = Entry::new(EntryKind::ALL[kind], at, Commitment(hash));
        if let Some(index) = about { entry = entry.about(index); }
        let bytes = entry.to_bytes();
        prop_assert!(bytes.len() <= 150);
        prop_assert_eq!(Entry::parse(&bytes), Ok(entry));
    }

    #[test]
    fn whatever_is_accepted_is_canonical(bytes in proptest::collection::vec(any::<u8>(), 0..200),
                                         at in 0..130_usize, new: u8) {
        if let Ok(entry) = Entry::parse(&bytes) { prop_assert_eq!(entry.to_bytes(), bytes); }
        let mut edited = sample().about(70_000).to_bytes();
        if at < edited.len() { edited[at] = new; }
        if let Ok(entry) = Entry::parse(&edited) { prop_assert_eq!(entry.to_bytes(), edited); }
    }
}
