use super::*;

fn signer() -> Signer {
    Signer::from_seed("hadir.example.go.id/kab-contoh", &[9; 32]).unwrap()
}

#[test]
fn keys_are_read_back_from_their_texts() {
    let signer = signer();
    let public: VerifierKey = signer.verifier_key().to_string().parse().unwrap();
    assert_eq!(&public, signer.verifier_key());
    assert_eq!(public.name(), "hadir.example.go.id/kab-contoh");
}

#[test]
fn the_vkey_of_the_specification_is_read() {
    let text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    assert_eq!(text.parse::<VerifierKey>().unwrap().to_string(), text);
    // Its secret half is PRIVATE+KEY+PeterNeumann+c74f20a3+ and this: the algorithm, then the seed.
    let secret = BASE64_STANDARD.decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz").unwrap();
    let signer = Signer::from_seed("PeterNeumann", secret[1..].try_into().unwrap()).unwrap();
    assert_eq!(signer.verifier_key().to_string(), text);
}

#[test]
fn other_texts_are_refused_with_their_reason() {
    let good = signer().verifier_key().to_string();
    let renamed = good.replacen("kab-contoh", "kab-lain", 1);
    assert_eq!(renamed.parse::<VerifierKey>(), Err(KeyError::Id));
    assert_eq!("a b+00000000+AQ==".parse::<VerifierKey>(), Err(KeyError::Name));
    assert_eq!("a+00000000".parse::<VerifierKey>(), Err(KeyError::Format));
    assert_eq!(good[..good.len() - 4].parse::<VerifierKey>(), Err(KeyError::Id));
    assert_eq!(format!("{good} ").parse::<VerifierKey>(), Err(KeyError::Format));
    let cosigner = vkey_text("w", 4, &SigningKey::from_bytes(&[1; 32]).verifying_key());
    assert_eq!(cosigner.parse::<VerifierKey>(), Err(KeyError::Algorithm));
    // The neutral element of the curve: every signature of a certain form is valid for it.
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let weak = vkey_text("w", ED25519, &VerifyingKey::from_bytes(&neutral).unwrap());
    assert_eq!(weak.parse::<VerifierKey>(), Err(KeyError::Weak));
    assert_eq!(Signer::from_seed("a+b", &[0; 32]).map(|_| ()), Err(KeyError::Name));
    assert_eq!(Signer::from_seed("a\u{7f}b", &[0; 32]).map(|_| ()), Err(KeyError::Name));
}

#[test]
fn the_secret_is_not_in_debug_output() {
    let signer = signer();
    let shown = format!("{signer:?}").to_lowercase();
    let spelled = [BASE64_STANDARD.encode([9; 32])[..8].to_lowercase(), "0909".into(), "9, 9".into()];
    assert!(spelled.iter().all(|secret| !shown.contains(secret)), "{shown}");
}

#[test]
fn only_checkpoints_of_the_own_log_are_signed() {
    let other = Checkpoint::new("other.example", 0, tlog_tiles::EMPTY_HASH).unwrap();
    assert_eq!(signer().sign(&other).map(|_| ()), Err(KeyError::Origin));
}
