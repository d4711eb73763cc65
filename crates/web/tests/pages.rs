//! Every screen, rendered from the samples of the gallery, held against the rules that all pages share.

#[path = "../examples/gallery/samples/mod.rs"]
mod samples;

use std::{collections::BTreeSet, io::Write};

use askama::Template;
use domain::{lang::Lang, month::Month};
use samples::Screen;

fn screens() -> Vec<(Lang, Screen)> {
    [Lang::Id, Lang::En]
        .into_iter()
        .flat_map(|lang| samples::all(lang).expect("every page renders").into_iter().map(move |s| (lang, s)))
        .collect()
}

/// The values of an attribute, in order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let needle = format!(" {attribute}=\"");
    html.split(&needle).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn no_page_needs_an_exception_from_the_content_policy() {
    for (_, screen) in screens() {
        let html = &screen.html;
        for banned in [" style=", " onclick=", " onchange=", " onsubmit=", "javascript:", "<style"] {
            assert!(!html.contains(banned), "{}: {banned}", screen.name);
        }
        // An address may be shown; nothing may be fetched from one.
        for attribute in ["src", "srcset", "href", "action", "formaction", "data", "poster"] {
            for value in values(html, attribute) {
                let is_elsewhere = value.contains("://") || value.starts_with("//");
                assert!(!is_elsewhere, "{}: {attribute}={value}", screen.name);
            }
        }
        for tag in html.split("<script").skip(1) {
            assert!(
                tag.starts_with(" src=\"/aset/") && tag.contains("></script>"),
                "{}: inline script",
                screen.name
            );
        }
    }
}

#[test]
fn every_page_has_one_heading_a_language_and_unique_ids() {
    for (lang, screen) in screens() {
        let html = &screen.html;
        assert_eq!(html.matches("<h1").count(), 1, "{}", screen.name);
        assert!(html.contains(&format!("<html lang=\"{}\">", lang.code())), "{}", screen.name);
        assert!(html.contains("Kabupaten Contoh"), "{}: the demo regency is named", screen.name);
        let ids = values(html, "id");
        let unique: BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), unique.len(), "{}: an id twice in {ids:?}", screen.name);
    }
}

#[test]
fn every_input_has_a_label() {
    for (_, screen) in screens() {
        let html = &screen.html;
        let labelled: BTreeSet<_> = values(html, "for").into_iter().collect();
        for kind in ["<input", "<select", "<textarea"] {
            for tag in html.split(kind).skip(1).filter_map(|rest| rest.split('>').next()) {
                if tag.contains("type=\"hidden\"") {
                    continue;
                }
                let id = values(tag, "id").first().copied();
                let wrapped = tag.contains("type=\"checkbox\"") || tag.contains("type=\"radio\"");
                let named =
                    wrapped || tag.contains("aria-label") || id.is_some_and(|id| labelled.contains(id));
                assert!(named, "{}: {kind}{tag} has no label", screen.name);
            }
        }
    }
}

#[test]
fn every_form_that_changes_something_carries_the_token() {
    for (_, screen) in screens() {
        if !screen.html.contains("action=\"/keluar\"") {
            continue;
        }
        for form in screen.html.split("<form").skip(1).filter_map(|rest| rest.split("</form>").next()) {
            if form.contains("method=\"post\"") {
                assert!(form.contains("name=\"csrf\" value=\"c0ffee"), "{}: {form}", screen.name);
            }
        }
    }
}

#[test]
fn every_class_is_in_the_stylesheet() {
    let css = std::str::from_utf8(web::assets::stylesheet().bytes).unwrap();
    let has_rule = |class: &str| {
        css.match_indices(&format!(".{class}")).any(|(at, found)| {
            !css[at + found.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        })
    };
    let mut unknown = BTreeSet::new();
    for (_, screen) in screens() {
        for class in values(&screen.html, "class").into_iter().flat_map(str::split_whitespace) {
            if !has_rule(class) {
                unknown.insert(format!("{}: {class}", screen.name));
            }
        }
    }
    assert!(unknown.is_empty(), "classes without a rule: {unknown:?}");
}

#[test]
fn the_two_languages_differ_on_every_screen() {
    let id = samples::all(Lang::Id).unwrap();
    let en = samples::all(Lang::En).unwrap();
    assert_eq!(id.len(), en.len());
    for (id, en) in id.iter().zip(&en) {
        assert_eq!(id.name, en.name);
        assert_ne!(id.html, en.html);
    }
}

fn gzip(bytes: &[u8]) -> usize {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory takes everything");
    encoder.finish().expect("memory takes everything").len()
}

#[test]
fn a_month_of_a_hundred_people_is_under_60_kb_compressed() {
    for lang in [Lang::Id, Lang::En] {
        let month: Month = "2026-10".parse().unwrap();
        let html = samples::rekap::sheet(lang, month, 100).render().unwrap();
        assert_eq!(html.matches("<tr>").count(), 2 + 100);
        let size = gzip(html.as_bytes());
        println!("{} bytes, {size} compressed", html.len());
        assert!(size < 60_000, "{size} bytes");
    }
}

#[test]
fn the_stylesheet_and_the_script_stay_small() {
    let css = gzip(web::assets::stylesheet().bytes);
    let js = gzip(web::assets::script().bytes);
    let log = gzip(web::assets::log_script().bytes);
    assert!(css <= 12_000, "hadir.css: {css} bytes");
    assert!(log <= 8_000, "log.js: {log} bytes");
    assert!(js <= 6_000, "app.js: {js} bytes");
}

#[test]
fn what_people_type_is_shown_as_text() {
    let mut page = samples::rekap::sheet(Lang::Id, "2026-10".parse().unwrap(), 1);
    page.rows[0].name = "<img src=x onerror=alert(1)>".into();
    page.search = "\"><script>alert(1)</script>".into();
    let html = page.render().unwrap();
    assert!(!html.contains("<img src=x") && !html.contains("<script>alert"));
    assert!(html.contains("&#60;img src=x") || html.contains("&lt;img src=x"));
}
