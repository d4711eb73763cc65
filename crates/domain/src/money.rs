//! Rupiah and percentages as exact decimals, with their Indonesian spelling.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// An amount of rupiah. Never a binary float: 1.25 % of an odd amount must be reproducible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rupiah(pub Decimal);

/// A percentage: `Percent(1.25)` means 1,25 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Percent(pub Decimal);

impl Rupiah {
    /// Nothing.
    pub const ZERO: Rupiah = Rupiah(Decimal::ZERO);

    /// A whole amount.
    pub fn whole(amount: i64) -> Rupiah {
        Rupiah(Decimal::from(amount))
    }
}

impl Percent {
    /// `pct` of `amount`, unrounded.
    pub fn of(self, amount: Rupiah) -> Rupiah {
        Rupiah(amount.0 * self.0 / Decimal::ONE_HUNDRED)
    }
}

/// A number with dots between thousands and a decimal comma: `5.000.000`, `909,09`.
pub fn grouped(value: Decimal) -> String {
    let value = value.normalize();
    let text = value.abs().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::new();
    if value.is_sign_negative() && !value.is_zero() {
        out.push('-');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push('.');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(',');
        out.push_str(fraction);
    }
    out
}

impl fmt::Display for Rupiah {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = grouped(self.0.round_dp(2));
        match text.strip_prefix('-') {
            Some(positive) => write!(f, "-Rp{positive}"),
            None => write!(f, "Rp{text}"),
        }
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", grouped(self.0.round_dp(4)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_written_the_indonesian_way() {
        let shown = |text: &str| Rupiah(text.parse().unwrap()).to_string();
        assert_eq!(shown("5000000"), "Rp5.000.000");
        assert_eq!(shown("227272.727272"), "Rp227.272,73");
        assert_eq!(shown("-60000"), "-Rp60.000");
        assert_eq!(shown("0"), "Rp0");
        assert_eq!(Percent("1.250".parse().unwrap()).to_string(), "1,25 %");
    }
}
