//! Every example of the manual is a policy that the checker takes.

use super::support::HEAD;
use domain::policy::check;

#[test]
fn the_examples_of_the_manual_are_usable() {
    let manual = include_str!("../../../../docs/src/policy-language.md");
    let examples: Vec<&str> =
        manual.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(examples.len() >= 10, "{} examples", examples.len());
    for example in examples {
        let head = if example.contains("[policy]") { "" } else { HEAD };
        let rule = "[[rule]]\ncode = \"TK\"\non = \"absent\"\npct = 3\nof = \"tpp\"\narticle = \"p\"\n";
        let rule = if example.contains("[[rule]]") { "" } else { rule };
        let report = check(&format!("{head}{example}\n{rule}"));
        let errors: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
        assert!(report.usable && errors.is_empty(), "{example}\n{}", errors.join("\n"));
    }
}
