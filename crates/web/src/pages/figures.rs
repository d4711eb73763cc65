//! Counts and shares as screens write them.

use domain::lang::Lang;

/// `part` of `whole` in percent with one decimal, rounded half up: `92,4`; `None` of nothing.
pub(crate) fn percent(part: u32, whole: u32) -> Option<String> {
    if whole == 0 {
        return None;
    }
    let (part, whole) = (u64::from(part), u64::from(whole));
    let tenths = (part * 2000 + whole) / (2 * whole);
    Some(format!("{},{}", tenths / 10, tenths % 10))
}

/// A number with dots between thousands: `4.318`.
pub(crate) fn count(number: impl Into<u64>) -> String {
    domain::money::grouped(rust_decimal::Decimal::from(number.into()))
}

/// The same as the language of the page writes it: `4.318` or `4,318`.
pub(crate) fn count_in(lang: Lang, number: impl Into<u64>) -> String {
    let dotted = count(number);
    lang.pick(dotted.as_str(), dotted.replace('.', ",").as_str()).to_owned()
}

/// A length as a number for a screen.
pub(crate) fn size(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_rounded_half_up_to_one_decimal() {
        assert_eq!(percent(4318, 4673).as_deref(), Some("92,4"));
        assert_eq!(percent(1, 2000).as_deref(), Some("0,1"));
        assert_eq!(percent(3, 3).as_deref(), Some("100,0"));
        assert_eq!(percent(0, 0), None);
        assert_eq!(count(4318_u32), "4.318");
        assert_eq!([Lang::Id, Lang::En].map(|lang| count_in(lang, 4318_u32)), ["4.318", "4,318"]);
    }
}
