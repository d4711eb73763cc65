//! Leaving out the part of a document that is wrong, so that the rest can be read.

use std::collections::BTreeSet;

use serde_json::Value;

/// A step of a path.
enum Step<'p> {
    Key(&'p str),
    Index(usize),
}

/// A document from which wrong parts are taken, one by one.
pub(super) struct Pruned {
    document: Value,
    /// List and place, both as in the whole document, of elements that were taken out.
    gone: BTreeSet<(String, usize)>,
}

impl Pruned {
    pub(super) fn new(document: Value) -> Self {
        Self { document, gone: BTreeSet::new() }
    }

    /// What is left.
    pub(super) fn rest(&self) -> &Value {
        &self.document
    }

    /// The path in the whole document of what now stands at `path`.
    pub(super) fn original(&self, path: &str) -> String {
        let mut out = String::with_capacity(path.len());
        for step in steps(path) {
            match step {
                Step::Key(key) if out.is_empty() => out.push_str(key),
                Step::Key(key) => out.push_str(&format!(".{key}")),
                Step::Index(now) => {
                    let place = self.place(&out, now);
                    out.push_str(&format!("[{place}]"));
                }
            }
        }
        out
    }

    fn place(&self, list: &str, now: usize) -> usize {
        let gone = self.gone.iter().filter(|(of, _)| of == list);
        gone.fold(now, |place, (_, gone)| if *gone <= place { place + 1 } else { place })
    }

    /// Takes out what stands at `path` (`person[0].punches[2]`). `false` when nothing stands there, or all would be gone.
    pub(super) fn leave_out(&mut self, path: &str) -> bool {
        let original = self.original(path);
        let mut steps = steps(path);
        let Some(last) = steps.pop() else { return false };
        let mut at = &mut self.document;
        for step in steps {
            let next = match step {
                Step::Key(key) => at.get_mut(key),
                Step::Index(index) => at.get_mut(index),
            };
            let Some(next) = next else { return false };
            at = next;
        }
        match (last, at) {
            (Step::Key(key), Value::Object(map)) => map.remove(key).is_some(),
            (Step::Index(index), Value::Array(items)) if index < items.len() => {
                items.remove(index);
                let list = original.rsplit_once('[').map_or("", |(list, _)| list);
                let place = self.place(list, index);
                self.gone.insert((list.to_owned(), place))
            }
            _ => false,
        }
    }
}

fn steps(path: &str) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    for part in path.split('.').filter(|part| !part.is_empty()) {
        let (name, indexes) = part.split_at(part.find('[').unwrap_or(part.len()));
        if !name.is_empty() {
            steps.push(Step::Key(name));
        }
        steps.extend(indexes.split(['[', ']']).filter_map(|index| index.parse().ok()).map(Step::Index));
    }
    steps
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_part_goes_and_the_others_keep_their_names() {
        let mut pruned = Pruned::new(json!({"a": [{"b": 1, "c": 2}, {"b": 3}, {"b": 4}], "d": 4}));
        assert!(pruned.leave_out("a[0].c"));
        assert!(pruned.leave_out("a[0]"));
        assert_eq!(pruned.rest(), &json!({"a": [{"b": 3}, {"b": 4}], "d": 4}));
        assert_eq!(pruned.original("a[0].b"), "a[1].b");
        assert!(pruned.leave_out("a[0]"));
        assert_eq!(pruned.original("a[0]"), "a[2]");
        assert!(!pruned.leave_out(""));
        assert!(!pruned.leave_out("x.y"));
    }
}
