//! Two sheets side by side, figure by figure.

use serde_json::Value;

/// Differences that are named; further ones are only counted.
const MOST: usize = 100;

/// How two sheets differ.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Figures that were looked at.
    pub compared: usize,
    /// One sentence for each that differs.
    pub findings: Vec<String>,
    more: usize,
}

impl Difference {
    /// A finding, unless there are too many already.
    pub fn find(&mut self, sentence: String) {
        if self.findings.len() < MOST { self.findings.push(sentence) } else { self.more += 1 }
    }

    /// The outcome, with the number of findings that are not named.
    pub fn finish(mut self) -> Self {
        if self.more > 0 {
            self.findings.push(format!("and {} more differences", self.more));
        }
        self
    }

    /// Compares two JSON values below `place`. What the locked sheet does not have is not compared: names of units change.
    pub fn values(&mut self, place: &str, shown: &Value, locked: &Value) {
        match (shown, locked) {
            (Value::Object(shown), Value::Object(locked)) => {
                for (key, locked) in locked {
                    let place = format!("{place}.{key}");
                    match shown.get(key) {
                        Some(shown) => self.values(&place, shown, locked),
                        None => self.find(format!("{place} is missing, locked was {locked}")),
                    }
                }
            }
            (Value::Array(shown), Value::Array(locked)) => {
                if shown.len() != locked.len() {
                    self.find(format!("{place} has {} items, locked were {}", shown.len(), locked.len()));
                }
                for (number, (shown, locked)) in shown.iter().zip(locked).enumerate() {
                    let name = locked.get("date").and_then(Value::as_str).map(str::to_owned);
                    self.values(
                        &format!("{place}[{}]", name.unwrap_or_else(|| number.to_string())),
                        shown,
                        locked,
                    );
                }
            }
            (shown, locked) => {
                self.compared += 1;
                if shown != locked {
                    self.find(format!("{place} is {shown}, locked was {locked}"));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_figure_that_differs_is_named_by_its_place() {
        let locked = json!({ "days": [{ "date": "2025-06-02", "late": 20 }], "net": "5" });
        let mut same = Difference::default();
        same.values(
            "1",
            &json!({ "days": [{ "date": "2025-06-02", "late": 20 }], "net": "5", "unit": "x" }),
            &locked,
        );
        assert_eq!((same.compared, same.findings.len()), (3, 0));
        let mut other = Difference::default();
        other.values("1", &json!({ "days": [{ "date": "2025-06-02", "late": 0 }] }), &locked);
        assert_eq!(
            other.findings,
            ["1.days[2025-06-02].late is 0, locked was 20", "1.net is missing, locked was \"5\""]
        );
    }
}
