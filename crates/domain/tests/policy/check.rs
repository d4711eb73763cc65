//! The checker: every mistake with its line, its place and a remedy.

use super::support::HEAD;
use domain::{
    lang::Lang,
    policy::{Problem, Severity, check},
};

const RULE: &str = "[[rule]]\ncode = \"TK\"\non = \"absent\"\npct = 3\nof = \"tpp\"\narticle = \"p\"\n";

fn problems(body: &str) -> Vec<Problem> {
    check(&format!("{HEAD}{body}")).problems
}

/// The only problem of a text.
fn only(body: &str) -> Problem {
    let mut all = problems(body);
    assert_eq!(all.len(), 1, "{all:#?}");
    all.remove(0)
}

fn line_of(body: &str, needle: &str) -> usize {
    let text = format!("{HEAD}{body}");
    text.lines().position(|line| line.contains(needle)).unwrap() + 1
}

#[test]
fn overlapping_bands_name_the_minute() {
    let body = "[[rule]]\ncode = \"TL2\"\non = \"late\"\nmin = 31\nmax = 60\npct = 1\nof = \"tpp\"\narticle = \"p\"\n\n\
                [[rule]]\ncode = \"TL3\"\non = \"late\"\nmin = 60\npct = 2\nof = \"tpp\"\narticle = \"p\"\n\
                [[rule]]\ncode = \"TL1\"\non = \"late\"\nmax = 30\npct = 0\nof = \"tpp\"\narticle = \"p\"\n\
                [[rule]]\ncode = \"TAM\"\non = \"missing_in\"\npct = 2\nof = \"tpp\"\narticle = \"p\"\n";
    let problem = only(body);
    assert_eq!((problem.code, problem.severity), ("overlap", Severity::Error));
    assert!(problem.en.contains("TL3 and TL2") && problem.en.contains("60"), "{}", problem.en);
    assert!(problem.remedy_en.contains("instead_of"));
    assert!(problem.message(Lang::Id).contains("sama-sama"));
    let first = line_of(body, "TL2") - 1;
    assert!(problem.en.contains(&format!("line {first}")), "{} / {first}", problem.en);
    assert_eq!(problem.line, line_of(body, "TL3") - 1, "points at the later rule");
}

#[test]
fn rules_that_cannot_meet_do_not_overlap() {
    let pair = |a: &str, b: &str| {
        let rule = |code: &str, more: &str| {
            format!(
                "[[rule]]\ncode = \"{code}\"\non = \"absent\"\npct = 1\nof = \"tpp\"\narticle = \"p\"\n{more}\n"
            )
        };
        problems(&format!("{}{}", rule("A", a), rule("B", b))).iter().filter(|p| p.code == "overlap").count()
    };
    assert_eq!(pair("weekdays = \"senin\"", "weekdays = \"jumat\""), 0);
    assert_eq!(pair("ramadan = true", "ramadan = false"), 0);
    assert_eq!(pair("employment = \"pns\"", "employment = [\"cpns\", \"pppk\"]"), 0);
    assert_eq!(pair("golongan = \"III\"", "golongan = \"IV\""), 0);
    assert_eq!(pair("opd = \"RSUD*\"", "opd = \"!RSUD*\""), 0);
    assert_eq!(pair("dates = 2026-01-02", "dates = \"2026-01-03..2026-01-09\""), 0);
    assert_eq!(pair("where = { tk_days = [1, 3] }", "where = { tk_days = { min = 4 } }"), 0);
    assert_eq!(pair("kelas = \"1..8\"", "kelas = \"8..9\""), 1);
    assert_eq!(pair("weekdays = \"senin\"", "ramadan = false"), 1);
    assert_eq!(pair("additional = true", ""), 0);
    assert_eq!(pair("instead_of = \"B\"", ""), 0);
}

#[test]
fn a_gap_between_bands_names_its_minute() {
    let bands = |first_max: &str, second: &str| {
        format!(
            "[day]\nmissing_in = \"top_band\"\n\
             [[rule]]\ncode = \"TL3\"\non = \"late\"\n{first_max}\npct = 1\nof = \"tpp\"\narticle = \"p\"\n\
             [[rule]]\ncode = \"TL4\"\non = \"late\"\n{second}\npct = 2\nof = \"tpp\"\narticle = \"p\"\n"
        )
    };
    let gap = only(&bands("below = 91", "above = 91"));
    assert_eq!((gap.code, gap.severity), ("gap", Severity::Warning));
    assert!(gap.en.contains("91"), "{}", gap.en);
    let below = only(&bands("min = 31\nmax = 90", "min = 91"));
    assert!(below.en.contains("1-30"), "{}", below.en);
    let above = only(&bands("max = 90", "min = 91\nmax = 120"));
    assert!(above.en.contains("> 120"), "{}", above.en);
    assert!(problems(&bands("max = 90", "min = 91")).is_empty());
}

#[test]
fn an_unknown_key_offers_the_nearest() {
    let all = problems(&RULE.replace("article", "articel"));
    assert_eq!(all.iter().map(|p| p.code).collect::<Vec<_>>(), ["missing_article", "unknown_key"]);
    assert_eq!(all[1].path, "rule[1].articel");
    assert_eq!(all[1].remedy_en, "Did you mean \"article\"?");
    assert_eq!(all[1].line, line_of(&RULE.replace("article", "articel"), "articel"));
    let far = only(&RULE.replace("pct", "colour = 1\npct"));
    assert!(far.remedy_en.starts_with("Known here: "), "{}", far.remedy_en);
    let top = only(&format!("{RULE}[[rules]]\ncode = \"X\"\n"));
    assert_eq!((top.code, top.remedy_en.as_str()), ("unknown_key", "Did you mean \"rule\"?"));
}

#[test]
fn bands_of_one_rule_are_checked_one_by_one() {
    let rule = |bands: &str| {
        problems(&format!(
            "[day]\nmissing_in = \"top_band\"\n[[rule]]\non = \"late\"\nof = \"tpp\"\narticle = \"p\"\n\
             band = [\n{bands}\n]\n"
        ))
    };
    let good = "{ code = \"TL1\", max = 30, pct = 1 },\n{ code = \"TL2\", min = 31, pct = 2 },";
    assert!(rule(good).is_empty(), "{:?}", rule(good));
    let bad = rule("{ code = \"TL1\", max = 30, pct = 1 },\n{ code = \"TL2\", min = 31, pct = -2 },");
    assert_eq!(bad.iter().map(|p| p.code).collect::<Vec<_>>(), ["negative"]);
    assert_eq!(bad[0].path, "rule[1].band[2].pct");
    let overlap = rule("{ code = \"TL1\", max = 31, pct = 1 },\n{ code = \"TL2\", min = 31, pct = 2 },");
    assert_eq!(overlap[0].code, "overlap");
    let unknown = rule("{ code = \"TL1\", max = 30, pct = 1 },\n{ code = \"TL2\", mn = 31, pct = 2 },");
    assert!(unknown.iter().any(|p| p.path == "rule[1].band[2].mn"));
}

#[test]
fn wrong_names_offer_the_nearest() {
    let base = only(&RULE.replace("\"tpp\"", "\"disiplne\""));
    assert_eq!(base.code, "unknown_base");
    assert_eq!(base.path, "rule[1].of");
    let signal = only(&RULE.replace("absent", "absen"));
    assert_eq!(signal.code, "unknown_signal");
    assert!(signal.remedy_en.starts_with("Did you mean \"absent\"?"), "{}", signal.remedy_en);
    let measure = only(&RULE.replace("pct = 3", "pct = 3\nwhere = { tk_day = 1 }"));
    assert_eq!(measure.code, "unknown_measure");
    assert!(measure.remedy_en.contains("tk_days"));
    let weekday = only(&RULE.replace("pct = 3", "pct = 3\nweekdays = \"senen\""));
    assert!(weekday.remedy_id.contains("senin"));
}

#[test]
fn dates_articles_weights_and_signs() {
    let bad = check(&HEAD.replace("2020-01-01", "\"2026-02-30\""));
    assert!(!bad.usable);
    assert!(
        bad.problems.iter().any(|p| p.code == "bad_date" && p.path == "policy.effective_from" && p.line == 5)
    );
    assert_eq!(only(&RULE.replace("article = \"p\"\n", "")).code, "missing_article");
    assert_eq!(only(&RULE.replace("pct = 3", "pct = -3")).code, "negative");
    assert_eq!(only(&RULE.replace("pct = 3", "pct = 300")).code, "out_of_range");
    assert_eq!(only(&RULE.replace("pct = 3", "pct = \"3\"")).code, "wrong_kind");
    let two = only(&RULE.replace("pct = 3", "pct = 3\nrupiah = 5"));
    assert_eq!(two.code, "exactly_one");
    let component = |share: u32, id: &str| {
        format!("[[component]]\nid = \"{id}\"\nshare_pct = {share}\nmode = \"cuts\"\narticle = \"p\"\n")
    };
    let weights = only(&format!("{}{}{RULE}", component(60, "a"), component(30, "b")));
    assert_eq!(weights.code, "weights");
    assert!(weights.en.contains("90"), "{}", weights.en);
    assert!(problems(&format!("{}{}{RULE}", component(60, "a"), component(40, "b"))).is_empty());
}

#[test]
fn a_syntax_error_has_its_line() {
    let problem = only("[[rule]\ncode = 1\n");
    assert_eq!(problem.code, "syntax");
    assert_eq!(problem.line, line_of("[[rule]\n", "[[rule]"));
}

#[test]
fn bands_of_components() {
    let with = |bands: &str| {
        problems(&format!(
            "[[component]]\nid = \"a\"\nshare_pct = 100\nmode = \"bands\"\nmeasure = \"attendance_pct\"\n\
             article = \"p\"\nband = [{bands}]\n{RULE}"
        ))
    };
    assert!(with("{ min = 90, pct = 100 }, { below = 90, pct = 50 }").is_empty());
    let gap = with("{ min = 90, pct = 100 }, { max = 89, pct = 50 }");
    assert_eq!(gap[0].code, "gap");
    assert!(gap[0].remedy_en.contains("below = 90"));
    assert_eq!(with("{ min = 90, pct = 100 }, { max = 90, pct = 50 }")[0].code, "overlap");
}

#[test]
fn rules_that_can_never_fire_or_run_in_circles() {
    let own = format!(
        "[day]\nmissing_out = \"top_band\"\n\
         [[rule]]\ncode = \"P\"\non = \"early\"\npct = 1\nof = \"tpp\"\narticle = \"p\"\n\
         [[rule]]\ncode = \"TAP\"\non = \"missing_out\"\npct = 1\nof = \"tpp\"\narticle = \"p\"\n{RULE}"
    );
    assert_eq!(only(&own).code, "no_sense");
    let circle = "[[rule]]\ncode = \"A\"\non = \"absent\"\npct = 1\nof = \"tpp\"\ninstead_of = \"B\"\narticle = \"p\"\n\
                  [[rule]]\ncode = \"B\"\non = \"absent\"\npct = 2\nof = \"tpp\"\ninstead_of = \"A\"\narticle = \"p\"\n";
    assert!(problems(circle).iter().all(|p| p.code == "circle"));
    assert_eq!(only(&format!("{RULE}{RULE}").replacen("absent", "half_day", 1)).code, "duplicate");
    let early = only(&RULE.replace("pct = 3", "pct = 3\nwhere = { \"score:total\" = { max = 50 } }"));
    assert_eq!(early.code, "too_early");
    let all = only(&RULE.replace("\"absent\"", "\"month\""));
    assert_eq!(all.code, "no_sense");
    let minus = only(&RULE.replace("pct = 3", "min = 9\nmax = 3\npct = 3"));
    assert_eq!(minus.code, "empty_range");
}

#[test]
fn a_report_is_data_for_screens_and_scripts() {
    let report = check(&format!("{HEAD}{}", RULE.replace("absent", "absen")));
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["usable"], false);
    assert_eq!(json["problems"][0]["severity"], "error");
    assert!(json["problems"][0]["line"].as_u64().unwrap() > 1);
    assert!(report.problems[0].to_string().starts_with("line "));
}

#[test]
fn every_broken_line_of_the_notation_is_named() {
    let lines: Vec<_> =
        check("[policy]\nid = \ntitle = \"x\"\ntitle = = 3\n").problems.iter().map(|p| p.line).collect();
    assert!(lines.contains(&2) && lines.contains(&4), "{lines:?}");
}
