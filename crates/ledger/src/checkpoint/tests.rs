use super::*;
use crate::key::Signer;
use proptest::prelude::*;

fn signer(seed: u8) -> Signer {
    Signer::from_seed("hadir.example.go.id/kab-contoh", &[seed; 32]).unwrap()
}

fn signed(size: u64) -> SignedCheckpoint {
    let signer = signer(9);
    signer.sign(&Checkpoint::new(signer.origin(), size, Hash([5; 32])).unwrap()).unwrap()
}

#[test]
fn a_signed_checkpoint_is_read_and_verified() {
    let signed = signed(20_000);
    let read = SignedCheckpoint::parse(signed.text()).unwrap();
    assert_eq!(read, signed);
    let keys = [signer(8).verifier_key().clone(), signer(9).verifier_key().clone()];
    assert_eq!(read.verify(&keys).unwrap().size(), 20_000);
}

#[test]
fn other_keys_and_other_logs_are_told_apart() {
    let signed = signed(3);
    let stranger = Signer::from_seed("else.example", &[9; 32]).unwrap().verifier_key().clone();
    assert_eq!(
        signed.verify(&[stranger]),
        Err(CheckpointError::UnknownLog("hadir.example.go.id/kab-contoh".to_owned()))
    );
    assert!(matches!(signed.verify(&[signer(8).verifier_key().clone()]), Err(CheckpointError::Unsigned(_))));
}

#[test]
fn an_altered_size_root_or_signature_is_caught() {
    let keys = [signer(9).verifier_key().clone()];
    let text = signed(20_000).text().to_owned();
    for edited in [text.replace("\n20000\n", "\n20001\n"), text.replace("\nBQUF", "\nBQUG"), {
        let at = text.len() - 20;
        let new = if &text[at..=at] == "A" { "B" } else { "A" };
        format!("{}{new}{}", &text[..at], &text[at + 1..])
    }] {
        assert_ne!(edited, text);
        let read = SignedCheckpoint::parse(&edited).unwrap();
        assert!(matches!(read.verify(&keys), Err(CheckpointError::Signature { .. })), "{edited}");
    }
}

#[test]
fn deviating_texts_are_refused() {
    let text = signed(20_000).text().to_owned();
    let cases = [
        (text.replace("20000", "020000"), CheckpointError::Text),
        (text.replace("20000", "+20000"), CheckpointError::Text),
        (text.replace("\n20000", "\n999999999999999999"), CheckpointError::Size(999_999_999_999_999_999)),
        (text.replace("kab-contoh\n", "kab contoh\n"), CheckpointError::Origin),
        (text.replacen("\n\n", "\nextension\n\n", 1), CheckpointError::Text),
        (text.trim_end().to_owned(), CheckpointError::Note),
        (format!("{text}\n"), CheckpointError::Note),
        (text.replace('\n', "\r\n"), CheckpointError::Note),
        (String::new(), CheckpointError::Note),
    ];
    for (text, error) in cases {
        assert_eq!(SignedCheckpoint::parse(&text), Err(error), "{text:?}");
    }
}

#[test]
fn a_second_signature_of_one_key_replaces_the_first() {
    let first = signed(1);
    let other = Signature::new("w.example".to_owned(), 7, vec![1; 72]).unwrap();
    let newer = Signature::new("w.example".to_owned(), 7, vec![2; 72]).unwrap();
    let both = first.with_signatures(&[other, newer.clone()]).unwrap();
    assert_eq!(both.signatures().len(), 2);
    assert_eq!(both.signatures()[1], newer);
    assert!(both.verify(&[signer(9).verifier_key().clone()]).is_ok());
    assert!(both.text().starts_with(first.text()));
}

proptest! {
    #[test]
    fn whatever_is_accepted_is_canonical(at in 0..220_usize, new: char, noise: String) {
        let mut text: Vec<char> = signed(20_000).text().chars().collect();
        if at < text.len() { text[at] = new; }
        for text in [text.into_iter().collect::<String>(), noise] {
            if let Ok(read) = SignedCheckpoint::parse(&text) {
                prop_assert_eq!(read.text(), &text);
                let again = read.with_signatures(&[]).unwrap();
                prop_assert_eq!(again.checkpoint(), read.checkpoint());
            }
        }
    }
}
