//! The bands of a component take every value once.

use rust_decimal::Decimal;

use crate::policy::{
    document::Policy,
    rules::component::{Component, Mode},
    source::{Sink, say},
};

pub(super) fn check(policy: &Policy, sink: &mut Sink) {
    for component in &policy.components {
        let whole = match component.mode {
            Mode::Bands(measure) => policy.measures[measure].whole,
            _ => false,
        };
        words(component, sink);
        numbers(component, whole, sink);
    }
}

fn words(component: &Component, sink: &mut Sink) {
    for (i, band) in component.bands.iter().enumerate() {
        for word in &band.words {
            if component.bands[..i].iter().any(|earlier| earlier.words.contains(word)) {
                sink.error(&band.at, say::band_overlap(&format!("\"{word}\"")));
            }
        }
    }
}

fn numbers(component: &Component, whole: bool, sink: &mut Sink) {
    let mut bands: Vec<_> = component.bands.iter().filter(|band| band.words.is_empty()).collect();
    bands.sort_by_key(|band| band.range.low.map(|(low, included)| (low, !included)));
    for pair in bands.windows(2) {
        let (lower, upper) = (pair[0], pair[1]);
        let both = lower.range.meet(&upper.range);
        if !both.is_empty() {
            sink.error(&upper.at, say::band_overlap(&both.to_string()));
            continue;
        }
        let (Some((end, end_in)), Some((start, start_in))) = (lower.range.high, upper.range.low) else {
            continue;
        };
        let step = if whole { Decimal::ONE } else { Decimal::ZERO };
        let touches = if whole { start - end <= step } else { start == end && (start_in || end_in) };
        if !touches {
            sink.error(
                &upper.at,
                say::fractional_gap(&end.normalize().to_string(), &start.normalize().to_string()),
            );
        }
    }
}
