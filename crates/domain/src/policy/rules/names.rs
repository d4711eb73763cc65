//! The names a policy defines, known before its rules are read so that order in the file does not matter.

use super::measure::Measures;
use crate::policy::text::Text;

/// Names that rules may refer to.
#[derive(Debug, Default)]
pub struct Names {
    /// Criteria of the amount (`beban_kerja`, …).
    pub criteria: Vec<Text>,
    /// Ids of the components.
    pub components: Vec<Text>,
    /// Codes of the rules.
    pub rules: Vec<Text>,
    /// Measures, built-in and own.
    pub measures: Measures,
    /// Name of the whole amount: `tpp` or `upah`.
    pub whole: Text,
}

impl Names {
    /// The index of a component.
    pub fn component(&self, name: &str) -> Option<usize> {
        self.components.iter().position(|c| c.as_str() == name)
    }

    /// The index of a rule.
    pub fn rule(&self, code: &str) -> Option<usize> {
        self.rules.iter().position(|c| c.as_str() == code)
    }
}
