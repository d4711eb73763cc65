//! The calendar of a judge file: what is added to the national one.

use jiff::civil::Date;
use serde::Deserialize;

use crate::{
    calendar::{Calendar, Holiday, Layer, Level, Period, Withdrawal},
    document::Problem,
};

/// The table `[calendar]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarPart {
    /// Whether the national holidays hold.
    #[serde(default = "yes")]
    pub national: bool,
    /// Free days added.
    #[serde(default)]
    pub days: Vec<Holiday>,
    /// Free days on which work goes on.
    #[serde(default)]
    pub worked: Vec<Worked>,
    /// Named periods.
    #[serde(default)]
    pub periods: Vec<Period>,
    /// Whole layers, from province to unit, where the short forms are not enough.
    #[serde(default, rename = "layer")]
    pub layers: Vec<Layer>,
}

fn yes() -> bool {
    true
}

/// A free day on which work goes on: a date, or a date with its reason.
#[derive(Debug, Clone)]
pub struct Worked(Withdrawal);

impl<'de> Deserialize<'de> for Worked {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let value = serde_json::Value::deserialize(d)?;
        let withdrawal = match value {
            serde_json::Value::String(text) => {
                let date: Date = text.parse().map_err(D::Error::custom)?;
                Withdrawal { date, reason: String::new() }
            }
            other => serde_json::from_value(other).map_err(D::Error::custom)?,
        };
        Ok(Worked(withdrawal))
    }
}

impl Default for CalendarPart {
    fn default() -> Self {
        Self { national: true, days: Vec::new(), worked: Vec::new(), periods: Vec::new(), layers: Vec::new() }
    }
}

impl CalendarPart {
    /// The calendar that follows; the short forms stand below every layer that is written out.
    pub(super) fn build(&self, problems: &mut Vec<Problem>) -> Calendar {
        let own = Layer {
            days: self.days.clone(),
            withdrawals: self.worked.iter().map(|w| w.0.clone()).collect(),
            periods: self.periods.clone(),
            ..Layer::empty(Level::Unit, "")
        };
        problems.extend(
            own.check().into_iter().map(|p| Problem { path: plural(&p.path), ..p }.under("calendar")),
        );
        for (i, layer) in self.layers.iter().enumerate() {
            problems.extend(layer.check().into_iter().map(|p| p.under(&format!("calendar.layer[{i}]"))));
        }
        let layers = self.layers.iter().chain([&own]);
        if self.national { Calendar::national_with(layers) } else { Calendar::merge(layers) }
    }
}

/// The short forms are called `days` and `periods`, the parts of a layer file `day` and `period`.
fn plural(path: &str) -> String {
    path.replacen('[', "s[", 1)
}
