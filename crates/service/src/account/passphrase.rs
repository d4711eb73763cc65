//! Passphrases: the rules, the hash (Argon2id, 19 MiB, 2 passes) and generated ones.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};

use super::words::WORDS;
use crate::{Office, ServiceError};

/// Shortest passphrase accepted, in characters.
pub const SHORTEST: usize = 12;
/// Longest passphrase accepted, in bytes; a bound on the work of one attempt.
pub const LONGEST: usize = 256;

/// Refuses a passphrase that is short, long, or is the login itself.
pub fn check_rules(passphrase: &str, login: &str) -> Result<(), ServiceError> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    if passphrase.chars().count() < SHORTEST {
        return Err(ServiceError::invalid(
            format!(
                "Kata sandi terlalu pendek. Pakai sedikitnya {SHORTEST} huruf, misalnya empat kata yang mudah diingat."
            ),
            format!(
                "The passphrase is too short. Use at least {SHORTEST} characters, for example four words."
            ),
        ));
    }
    if passphrase.len() > LONGEST {
        return Err(ServiceError::invalid("Kata sandi terlalu panjang.", "The passphrase is too long."));
    }
    let all_digits = passphrase.chars().all(|c| c.is_ascii_digit() || c == ' ');
    let birth_date = digits(login).get(..8).map(str::to_owned);
    let guessable =
        digits(passphrase) == digits(login) || birth_date.is_some_and(|d| digits(passphrase).starts_with(&d));
    if all_digits && guessable {
        return Err(ServiceError::invalid(
            "Kata sandi tidak boleh NIP atau tanggal lahir Anda.",
            "The passphrase must not be your NIP or date of birth.",
        ));
    }
    Ok(())
}

/// Hashes a passphrase with a fresh salt. Costs tens of milliseconds: call it off the async threads.
pub fn hash(passphrase: &str, salt: [u8; 16]) -> Result<String, ServiceError> {
    Argon2::default()
        .hash_password_with_salt(passphrase.as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(|error| ServiceError::internal(error.to_string()))
}

/// Whether `passphrase` fits the stored hash. An unreadable hash fits nothing.
pub fn verify(passphrase: &str, stored: &str) -> bool {
    PasswordHash::new(stored)
        .is_ok_and(|hash| Argon2::default().verify_password(passphrase.as_bytes(), &hash).is_ok())
}

/// A generated passphrase of four words, about 32 bits; used with a lockout and changed at first login.
pub fn generate(office: &Office) -> String {
    let bytes: [u8; 4] = office.random();
    bytes.map(|b| WORDS[usize::from(b)]).join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_verifies_and_another_does_not() {
        let stored = hash("kopi-hujan-sawah", [7; 16]).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(verify("kopi-hujan-sawah", &stored));
        assert!(!verify("kopi-hujan-sawai", &stored));
        assert!(!verify("kopi-hujan-sawah", "not a hash"));
    }

    #[test]
    fn weak_passphrases_are_refused() {
        let nip = "198003152005011001";
        for weak in ["pendek", "198003152005011001", "19800315 00", &"x".repeat(300)] {
            assert!(check_rules(weak, nip).is_err(), "{weak}");
        }
        assert!(check_rules("kopi-hujan-sawah", nip).is_ok());
    }

    #[test]
    fn the_word_list_has_256_different_words() {
        let mut words = WORDS.to_vec();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), 256);
    }
}
