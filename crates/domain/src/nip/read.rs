//! Reading an employee number from what people type, paste or import.

use crate::month::Month;

use super::{Digits, EmployeeNumber, NiPppk, Nip, NumberError};

/// Birth years before this one are taken for a typing error: such a person would be long retired.
const OLDEST_BIRTH_YEAR: i16 = 1900;

pub(super) fn read(text: &str) -> Result<EmployeeNumber, NumberError> {
    let text = text.trim().trim_start_matches('\'').trim();
    if text.is_empty() {
        return Err(NumberError::Empty);
    }
    if is_scientific(text) {
        return Err(NumberError::Scientific { text: text.to_owned() });
    }
    if is_decimal_of_a_whole(text) {
        return Err(NumberError::SpreadsheetNumber { text: text.to_owned() });
    }
    let digits = only_digits(text)?;
    check(digits)
}

/// `1.98702E+17`, `1,98E+17`, `1e17`: what a spreadsheet shows of a long number.
fn is_scientific(text: &str) -> bool {
    let Some(at) = text.find(['e', 'E']) else {
        return false;
    };
    let (mantissa, exponent) = (&text[..at], &text[at + 1..]);
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let numeric = |t: &str| t.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',');
    mantissa.starts_with(|c: char| c.is_ascii_digit())
        && numeric(mantissa)
        && !exponent.is_empty()
        && exponent.chars().all(|c| c.is_ascii_digit())
}

/// `198003152005011000.0`: a program has written the number of a spreadsheet cell as a decimal.
fn is_decimal_of_a_whole(text: &str) -> bool {
    let Some((whole, zeros)) = text.split_once(['.', ',']) else {
        return false;
    };
    whole.len() >= 17
        && whole.chars().all(|c| c.is_ascii_digit())
        && !zeros.is_empty()
        && zeros.len() < 3
        && zeros.chars().all(|c| c == '0')
}

fn is_separator(c: char) -> bool {
    // U+200B, U+2060 and U+FEFF are invisible leftovers of pasting from web pages.
    c.is_whitespace()
        || matches!(c, '.' | '-' | '\u{2010}'..='\u{2015}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

fn only_digits(text: &str) -> Result<Digits, NumberError> {
    let mut digits = String::with_capacity(18);
    for c in text.chars().filter(|c| !is_separator(*c)) {
        if !c.is_ascii_digit() {
            return Err(NumberError::NotADigit { found: c });
        }
        digits.push(c);
    }
    match digits.len() {
        0 => Err(NumberError::Empty),
        9 => Err(NumberError::OldNip),
        count @ 1..18 => Err(NumberError::TooShort { count }),
        18 => Ok(Digits(std::array::from_fn(|i| digits.as_bytes()[i]))),
        count => Err(NumberError::TooLong { count }),
    }
}

fn check(digits: Digits) -> Result<EmployeeNumber, NumberError> {
    let birth = digits
        .date()
        .filter(|date| date.year() >= OLDEST_BIRTH_YEAR)
        .ok_or_else(|| NumberError::BirthDate { digits: digits.as_str()[..8].to_owned() })?;
    // The month of a NIP and the "2 + contract" of a NI PPPK share positions 13-14 and never overlap.
    let marker = digits.number(12..14);
    let number = match marker {
        1..=12 => {
            let text = digits.as_str();
            let appointed: Month = format!("{}-{}", &text[8..12], &text[12..14])
                .parse()
                .map_err(|_| NumberError::Marker { digits: text[12..14].to_owned() })?;
            if appointed <= Month::of(birth) {
                return Err(NumberError::AppointedBeforeBirth);
            }
            EmployeeNumber::Nip(Nip { digits, birth, appointed })
        }
        21..=29 => {
            if digits.number(8..12) <= birth.year() {
                return Err(NumberError::AppointedBeforeBirth);
            }
            EmployeeNumber::NiPppk(NiPppk { digits, birth })
        }
        20 => return Err(NumberError::ContractZero),
        _ => {
            return Err(NumberError::Marker { digits: digits.as_str()[12..14].to_owned() });
        }
    };
    if !matches!(digits.0[14], b'1' | b'2') {
        return Err(NumberError::Sex { digit: char::from(digits.0[14]) });
    }
    if number.sequence() == 0 {
        return Err(NumberError::SequenceZero);
    }
    Ok(number)
}
