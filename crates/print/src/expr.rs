//! Arithmetic between the columns of a pay list: evaluated here, written as an Excel formula and as the
//! column number row says it (`9=7x8`).

use rust_decimal::{Decimal, RoundingStrategy};

/// How a result is rounded to a number of decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// To the nearest, halves away from zero (Excel's `ROUND`).
    HalfUp,
    /// Towards zero (`ROUNDDOWN`).
    Down,
    /// Away from zero (`ROUNDUP`).
    Up,
}

/// An expression over the value columns of one row. Percent columns count as fractions: 4,5 % is 0.045.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// The value column with this index in [`crate::TppList::columns`].
    Column(usize),
    /// A constant.
    Number(Decimal),
    /// All added.
    Sum(Vec<Expr>),
    /// The first less the second.
    Minus(Box<Expr>, Box<Expr>),
    /// The product.
    Times(Box<Expr>, Box<Expr>),
    /// The quotient; nothing when the divisor is zero.
    Over(Box<Expr>, Box<Expr>),
    /// Rounded to decimals.
    Round(Box<Expr>, Rounding, u32),
    /// The smallest of several.
    Least(Vec<Expr>),
    /// The largest of several.
    Most(Vec<Expr>),
}

/// Decimals that survive before a directed rounding, so that binary noise in Excel (28.999999999999996) does not cost a rupiah.
const GUARD_DECIMALS: u32 = 6;

impl Expr {
    /// `self - other`.
    pub fn minus(self, other: Expr) -> Expr {
        Expr::Minus(Box::new(self), Box::new(other))
    }

    /// `self x other`.
    pub fn times(self, other: Expr) -> Expr {
        Expr::Times(Box::new(self), Box::new(other))
    }

    /// `self : other`.
    pub fn over(self, other: Expr) -> Expr {
        Expr::Over(Box::new(self), Box::new(other))
    }

    /// `self` rounded to `decimals`.
    pub fn rounded(self, rounding: Rounding, decimals: u32) -> Expr {
        Expr::Round(Box::new(self), rounding, decimals)
    }

    /// The columns it reads.
    pub(crate) fn columns(&self) -> Vec<usize> {
        match self {
            Expr::Column(i) => vec![*i],
            Expr::Number(_) => Vec::new(),
            Expr::Sum(parts) | Expr::Least(parts) | Expr::Most(parts) => {
                parts.iter().flat_map(Expr::columns).collect()
            }
            Expr::Minus(a, b) | Expr::Times(a, b) | Expr::Over(a, b) => [a.columns(), b.columns()].concat(),
            Expr::Round(inner, ..) => inner.columns(),
        }
    }

    /// The value; `None` on overflow or division by zero.
    pub(crate) fn value(&self, column: &dyn Fn(usize) -> Decimal) -> Option<Decimal> {
        match self {
            Expr::Column(i) => Some(column(*i)),
            Expr::Number(n) => Some(*n),
            Expr::Sum(parts) => {
                parts.iter().try_fold(Decimal::ZERO, |sum, p| sum.checked_add(p.value(column)?))
            }
            Expr::Minus(a, b) => a.value(column)?.checked_sub(b.value(column)?),
            Expr::Times(a, b) => a.value(column)?.checked_mul(b.value(column)?),
            Expr::Over(a, b) => a.value(column)?.checked_div(b.value(column)?),
            Expr::Round(inner, rounding, decimals) => Some(rounding.apply(inner.value(column)?, *decimals)),
            Expr::Least(parts) => extreme(parts, column, Decimal::min),
            Expr::Most(parts) => extreme(parts, column, Decimal::max),
        }
    }

    /// The Excel formula without `=`; `cell` gives the address of a column.
    pub(crate) fn a1(&self, cell: &dyn Fn(usize) -> String) -> String {
        let list = |parts: &[Expr]| parts.iter().map(|p| p.a1(cell)).collect::<Vec<_>>().join(",");
        match self {
            Expr::Column(i) => cell(*i),
            Expr::Number(n) => n.normalize().to_string(),
            Expr::Sum(parts) => format!("SUM({})", list(parts)),
            Expr::Minus(a, b) => format!("{}-{}", a.a1(cell), b.grouped(b.a1(cell))),
            Expr::Times(a, b) => format!("{}*{}", a.grouped(a.a1(cell)), b.grouped(b.a1(cell))),
            Expr::Over(a, b) => format!("{}/{}", a.grouped(a.a1(cell)), b.grouped(b.a1(cell))),
            Expr::Round(inner, rounding, decimals) => rounding.a1(&inner.a1(cell), *decimals),
            Expr::Least(parts) => format!("MIN({})", list(parts)),
            Expr::Most(parts) => format!("MAX({})", list(parts)),
        }
    }

    /// The expression in printed column numbers: `7x8`, `9+11`, `6-26`. Rounding is left out, as on the forms in use.
    pub(crate) fn label(&self, first_number: usize) -> String {
        let join = |parts: &[Expr], by: &str| {
            parts.iter().map(|p| p.label(first_number)).collect::<Vec<_>>().join(by)
        };
        let bracketed = |e: &Expr| {
            let text = e.label(first_number);
            if matches!(e, Expr::Sum(_)) { format!("({text})") } else { e.grouped(text) }
        };
        match self {
            Expr::Column(i) => (i + first_number).to_string(),
            Expr::Number(n) => constant_label(*n),
            Expr::Sum(parts) => join(parts, "+"),
            Expr::Minus(a, b) => format!("{}-{}", a.label(first_number), bracketed(b)),
            Expr::Times(a, b) => format!("{}x{}", bracketed(a), bracketed(b)),
            Expr::Over(a, b) => format!("{}:{}", bracketed(a), bracketed(b)),
            Expr::Round(inner, ..) => inner.label(first_number),
            Expr::Least(parts) => format!("min({})", join(parts, ";")),
            Expr::Most(parts) => format!("maks({})", join(parts, ";")),
        }
    }

    /// The text in brackets where an operator around it would otherwise bind tighter.
    fn grouped(&self, text: String) -> String {
        let rounded_away =
            |inner: &Expr| matches!(inner, Expr::Minus(..) | Expr::Times(..) | Expr::Over(..) | Expr::Sum(_));
        match self {
            Expr::Minus(..) | Expr::Times(..) | Expr::Over(..) => format!("({text})"),
            Expr::Round(inner, ..) if rounded_away(inner) && !text.starts_with("ROUND") => {
                format!("({text})")
            }
            Expr::Number(n) if n.is_sign_negative() => format!("({text})"),
            _ => text,
        }
    }
}

/// `60%` for a share, else the number with a decimal comma.
fn constant_label(value: Decimal) -> String {
    let text = |v: Decimal| v.normalize().to_string().replace('.', ",");
    if value > Decimal::ZERO && value < Decimal::ONE {
        format!("{}%", text(value * Decimal::ONE_HUNDRED))
    } else {
        text(value)
    }
}

fn extreme(
    parts: &[Expr],
    column: &dyn Fn(usize) -> Decimal,
    pick: fn(Decimal, Decimal) -> Decimal,
) -> Option<Decimal> {
    let mut values = parts.iter().map(|p| p.value(column));
    let first = values.next()??;
    values.try_fold(first, |best, value| Some(pick(best, value?)))
}

impl Rounding {
    fn apply(self, value: Decimal, decimals: u32) -> Decimal {
        let half_up = |v: Decimal, d| v.round_dp_with_strategy(d, RoundingStrategy::MidpointAwayFromZero);
        let guarded = half_up(value, decimals + GUARD_DECIMALS);
        match self {
            Rounding::HalfUp => half_up(value, decimals),
            Rounding::Down => guarded.round_dp_with_strategy(decimals, RoundingStrategy::ToZero),
            Rounding::Up => guarded.round_dp_with_strategy(decimals, RoundingStrategy::AwayFromZero),
        }
    }

    fn a1(self, inner: &str, decimals: u32) -> String {
        let guard = decimals + GUARD_DECIMALS;
        match self {
            Rounding::HalfUp => format!("ROUND({inner},{decimals})"),
            Rounding::Down => format!("ROUNDDOWN(ROUND({inner},{guard}),{decimals})"),
            Rounding::Up => format!("ROUNDUP(ROUND({inner},{guard}),{decimals})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn shown(expr: &Expr) -> (String, String) {
        (expr.label(6), expr.a1(&|i| format!("{}9", char::from(b'F' + u8::try_from(i).unwrap()))))
    }

    #[test]
    fn labels_read_like_the_forms_in_use() {
        let col = Expr::Column;
        let product = col(1).times(col(2)).rounded(Rounding::HalfUp, 0);
        assert_eq!(shown(&product), ("7x8".into(), "ROUND(G9*H9,0)".into()));
        assert_eq!(shown(&Expr::Sum(vec![col(3), col(5)])), ("9+11".into(), "SUM(I9,K9)".into()));
        assert_eq!(shown(&col(0).minus(col(20))), ("6-26".into(), "F9-Z9".into()));
        let share = col(0).times(Expr::Number(dec("0.60")));
        assert_eq!(shown(&share), ("6x60%".into(), "F9*0.6".into()));
    }

    #[test]
    fn brackets_keep_the_order() {
        let col = Expr::Column;
        let difference = col(0).minus(col(1));
        assert_eq!(shown(&col(2).minus(difference.clone())), ("8-(6-7)".into(), "H9-(F9-G9)".into()));
        assert_eq!(shown(&difference.clone().times(col(2))), ("(6-7)x8".into(), "(F9-G9)*H9".into()));
        let sum = Expr::Sum(vec![col(0), col(1)]);
        assert_eq!(shown(&sum.times(col(2))), ("(6+7)x8".into(), "SUM(F9,G9)*H9".into()));
        let rounded = difference.rounded(Rounding::Down, 0);
        assert_eq!(
            shown(&col(2).times(rounded)),
            ("8x(6-7)".into(), "H9*ROUNDDOWN(ROUND(F9-G9,6),0)".into())
        );
    }

    #[test]
    fn values_are_exact_and_round_as_excel_does() {
        let of = |i: usize| [dec("2000000"), dec("0.045"), dec("22")][i];
        let cut = Expr::Column(0).times(Expr::Column(1));
        assert_eq!(cut.value(&of), Some(dec("90000")));
        let day = Expr::Column(0).over(Expr::Column(2));
        assert_eq!(day.clone().rounded(Rounding::Down, 0).value(&of), Some(dec("90909")));
        assert_eq!(day.clone().rounded(Rounding::Up, 0).value(&of), Some(dec("90910")));
        assert_eq!(day.rounded(Rounding::HalfUp, 2).value(&of), Some(dec("90909.09")));
        assert_eq!(Expr::Column(0).over(Expr::Number(Decimal::ZERO)).value(&of), None);
        let capped = Expr::Least(vec![Expr::Number(dec("25")), Expr::Column(2)]);
        assert_eq!(capped.value(&of), Some(dec("22")));
    }
}
