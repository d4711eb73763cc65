//! Rounding of rupiah.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::policy::source::{Field, Section, Sink, say};

/// Which way to round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Not at all (amounts are kept to eight places).
    None,
    /// Down.
    Floor,
    /// Up.
    Ceil,
    /// To the nearest, halves up.
    HalfUp,
    /// To the nearest, halves to even.
    HalfEven,
}

/// When to round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Every line.
    Line,
    /// Only what is earned.
    Total,
}

/// How amounts are rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounding {
    /// Which way.
    pub mode: Mode,
    /// To multiples of this many rupiah.
    pub unit: Decimal,
    /// When.
    pub stage: Stage,
}

impl Default for Rounding {
    /// Down to the rupiah, at the total.
    fn default() -> Self {
        Rounding { mode: Mode::Floor, unit: Decimal::ONE, stage: Stage::Total }
    }
}

impl Mode {
    /// Reads a mode by name.
    pub fn read(field: &Field, sink: &mut Sink) -> Option<Mode> {
        let known = ["none", "floor", "ceil", "half_up", "half_even"];
        match field.text(sink)?.as_str() {
            "none" => Some(Mode::None),
            "floor" => Some(Mode::Floor),
            "ceil" => Some(Mode::Ceil),
            "half_up" => Some(Mode::HalfUp),
            "half_even" => Some(Mode::HalfEven),
            other => {
                field.error(sink, say::unknown_name("rounding", other, &known));
                None
            }
        }
    }

    /// Rounds to a whole number.
    pub fn whole(self, value: Decimal) -> Decimal {
        let strategy = match self {
            Mode::None => return value,
            Mode::Floor => RoundingStrategy::ToNegativeInfinity,
            Mode::Ceil => RoundingStrategy::ToPositiveInfinity,
            Mode::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            Mode::HalfEven => RoundingStrategy::MidpointNearestEven,
        };
        value.round_dp_with_strategy(0, strategy)
    }
}

impl Rounding {
    /// Reads `rounding = { mode, unit, stage }`.
    pub fn read(section: &mut Section, sink: &mut Sink) -> Rounding {
        let mut rounding = Rounding::default();
        let Some(mut table) = section.section("rounding", sink) else { return rounding };
        if let Some(mode) = table.get("mode").and_then(|field| Mode::read(&field, sink)) {
            rounding.mode = mode;
        }
        if let Some(unit) = table.decimal("unit", sink) {
            if unit >= Decimal::new(1, 2) {
                rounding.unit = unit;
            } else {
                sink.error(&table.at, say::out_of_range("unit", ">= 0.01"));
            }
        }
        match table.text("stage", sink).as_deref() {
            Some("line") => rounding.stage = Stage::Line,
            Some("total") | None => {}
            Some(other) => sink.error(&table.at, say::unknown_name("stage", other, &["line", "total"])),
        }
        table.finish(sink);
        rounding
    }

    /// A line of the calculation.
    pub fn line(&self, amount: Decimal) -> Decimal {
        match self.stage {
            Stage::Line => self.amount(amount),
            Stage::Total => fine(amount),
        }
    }

    /// A final amount.
    pub fn amount(&self, amount: Decimal) -> Decimal {
        match self.mode {
            Mode::None => fine(amount),
            // Thirds and their like leave dust far below a sen, which must not push a whole rupiah over the edge.
            mode => mode.whole(fine(amount).round_dp(6) / self.unit) * self.unit,
        }
    }
}

/// Eight places: finer than any rupiah can tell, and coarse enough for the sums of a month to be exact.
fn fine(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(8, RoundingStrategy::MidpointAwayFromZero)
}
