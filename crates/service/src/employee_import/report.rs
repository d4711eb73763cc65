//! A preview in words and as JSON, the same for the command line and the browser.

use domain::lang::{Lang, plain_date};
use serde_json::{Value, json};

use super::{
    facts::Field,
    plan::{Changed, Plan},
    problem::{Problem, Severity},
    run::Preview,
    sheet::Origin,
};

/// What is worth saying about the file as a whole: where it was read, and which columns were not.
pub fn file_notes(preview: &Preview, lang: Lang) -> Vec<String> {
    let headings = &preview.sheet.headings;
    let mut notes = vec![match (&preview.sheet.origin, lang) {
        (Origin::Worksheet(name), Lang::Id) => format!("Lembar '{name}' dibaca."),
        (Origin::Worksheet(name), Lang::En) => format!("Read the worksheet '{name}'."),
        (Origin::Csv { delimiter, encoding }, Lang::Id) => {
            format!("CSV {encoding} dengan pemisah {}.", shown(*delimiter))
        }
        (Origin::Csv { delimiter, encoding }, Lang::En) => {
            format!("CSV in {encoding}, separated by {}.", shown(*delimiter))
        }
    }];
    if !headings.private.is_empty() {
        let columns = headings.private.join(", ");
        notes.push(match lang {
            Lang::Id => format!("Tidak dibaca karena tidak diperlukan untuk presensi: {columns}."),
            Lang::En => format!("Not read because attendance does not need it: {columns}."),
        });
    }
    if !headings.unused.is_empty() {
        let columns = headings.unused.join(", ");
        notes.push(match lang {
            Lang::Id => format!("Kolom tidak dipakai: {columns}."),
            Lang::En => format!("Columns not used: {columns}."),
        });
    }
    notes
}

fn shown(delimiter: char) -> String {
    if delimiter == '\t' { "TAB".to_owned() } else { format!("'{delimiter}'") }
}

/// `60 baris: 12 baru, 3 berubah, 45 sama, 0 salah; 2 pegawai tidak ada di berkas.`
pub fn headline(plan: &Plan, lang: Lang) -> String {
    let (people, added, changed, same) = (plan.people, plan.added.len(), plan.changed.len(), plan.same);
    let (refused, missing) = (plan.refused_rows.len(), plan.missing.len());
    match lang {
        Lang::Id => format!(
            "{people} baris: {added} baru, {changed} berubah, {same} sama, {refused} salah; {missing} pegawai ada di aplikasi tetapi tidak ada di berkas."
        ),
        Lang::En => format!(
            "{people} rows: {added} new, {changed} changed, {same} the same, {refused} refused; {missing} people are in the application but not in the file."
        ),
    }
}

/// `golongan III/a → III/b; unit kerja …` of one person.
pub fn changes(changed: &Changed, plan: &Plan, lang: Lang) -> String {
    let mut parts = Vec::new();
    if let Some(name) = &changed.new_name {
        parts.push(format!("{} {} \u{2192} {}", lang.pick("nama", "name"), changed.name.full(), name.full()));
    }
    for change in &changed.changes {
        let show = |value: &str| plan.names.show(change.field, value);
        let from = change.from.as_deref().map_or_else(|| "\u{2013}".to_owned(), show);
        let label = change.field.label(lang).to_lowercase();
        parts.push(format!("{label} {from} \u{2192} {}", plan.names.show(change.field, &change.to)));
    }
    parts.join("; ")
}

/// The whole preview as lines of text, at most `most` of each kind.
pub fn lines(preview: &Preview, effective: jiff::civil::Date, most: usize, lang: Lang) -> Vec<String> {
    let plan = &preview.plan;
    let mut out = file_notes(preview, lang);
    out.push(format!("{} {}.", lang.pick("Berlaku mulai", "Holds from"), plain_date(effective, lang)));
    out.push(headline(plan, lang));
    let units = plan.new_units.iter().map(|unit| unit.name.clone());
    section(&mut out, lang.pick("Unit baru", "New units"), units, most, lang);
    let added = plan.added.iter().map(|new| {
        let unit = new.facts[Field::Unit].as_deref().map(|unit| plan.names.show(Field::Unit, unit));
        format!("{} {}, {}", new.number.printed(), new.name.full(), unit.unwrap_or_default())
    });
    section(&mut out, lang.pick("Baru", "New"), added, most, lang);
    let changed = plan.changed.iter().map(|known| {
        format!("{} {}: {}", known.number.printed(), known.name.full(), changes(known, plan, lang))
    });
    section(&mut out, lang.pick("Berubah", "Changed"), changed, most, lang);
    let missing = plan.missing.iter().map(|person| {
        let number = domain::nip::printed(&person.number);
        format!("{number} {}, {}", person.name, person.unit.as_deref().unwrap_or("-"))
    });
    let title = lang.pick(
        "Hilang (ada di aplikasi, tidak di berkas; tidak dihapus)",
        "Missing (in the application, not in the file; nothing is removed)",
    );
    section(&mut out, title, missing, most, lang);
    for (severity, title) in [
        (Severity::Row, lang.pick("Salah (baris tidak diimpor)", "Refused (row not imported)")),
        (Severity::Value, lang.pick("Tanpa nilai ini", "Imported without this value")),
        (Severity::Note, lang.pick("Untuk diperiksa", "To be checked")),
    ] {
        let said = plan.problems.iter().filter(|p| p.severity() == severity).map(|p| p.line(lang));
        section(&mut out, title, said, most, lang);
    }
    out
}

fn section(out: &mut Vec<String>, title: &str, items: impl Iterator<Item = String>, most: usize, lang: Lang) {
    let items: Vec<String> = items.collect();
    if items.is_empty() {
        return;
    }
    out.push(format!("{title}: {}", items.len()));
    let more = items.len().saturating_sub(most);
    out.extend(items.into_iter().take(most).map(|item| format!("  {item}")));
    if more > 0 {
        out.push(match lang {
            Lang::Id => format!("  \u{2026} dan {more} lagi"),
            Lang::En => format!("  \u{2026} and {more} more"),
        });
    }
}

/// The whole preview as JSON, nothing left out.
pub fn json(preview: &Preview, lang: Lang) -> Value {
    let plan = &preview.plan;
    let problem = |p: &Problem| {
        json!({
            "row": p.row,
            "column": p.column,
            "value": p.value,
            "severity": match p.severity() {
                Severity::Row => "row",
                Severity::Value => "value",
                Severity::Note => "note",
            },
            "sentence": p.sentence(lang),
            "remedy": p.remedy(lang),
        })
    };
    let changed = |known: &Changed| {
        let fields = known.changes.iter().map(|change| {
            let show = |value: &String| plan.names.show(change.field, value);
            json!({
                "field": change.field.label(lang),
                "from": change.from.as_ref().map(show),
                "to": show(&change.to),
            })
        });
        json!({
            "row": known.row,
            "number": known.number.as_str(),
            "name": known.name.full(),
            "new_name": known.new_name.as_ref().map(|name| name.full()),
            "changes": fields.collect::<Vec<_>>(),
        })
    };
    json!({
        "notes": file_notes(preview, lang),
        "rows": plan.people,
        "same": plan.same,
        "left_service": plan.left_service,
        "new_units": plan.new_units.iter().map(|unit| &unit.name).collect::<Vec<_>>(),
        "added": plan.added.iter().map(|new| {
            let unit = new.facts[Field::Unit].as_deref().map(|unit| plan.names.show(Field::Unit, unit));
            json!({"row": new.row, "number": new.number.as_str(), "name": new.name.full(), "unit": unit})
        }).collect::<Vec<_>>(),
        "changed": plan.changed.iter().map(changed).collect::<Vec<_>>(),
        "missing": plan.missing.iter().map(|person| {
            json!({"number": person.number, "name": person.name, "unit": person.unit})
        }).collect::<Vec<_>>(),
        "refused_rows": plan.refused_rows,
        "problems": plan.problems.iter().map(problem).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::employee_import::testing::{government, id_text, person, planned, sheet};

    #[test]
    fn a_preview_says_everything_once() {
        let mut current = government();
        let (unit, chief) = (id_text(11), "198003152005011001");
        let facts = [(Field::Kind, "pns"), (Field::Unit, unit.as_str()), (Field::Golongan, "III/a")];
        current.people =
            vec![person(100, chief, "Budi", &facts), person(101, "199001012015011001", "Hilda", &facts)];
        let text = "NIP;NAMA;OPD;GOLONGAN;NIK;CATATAN;TPP\n\
            198003152005011001;Budi;Dinas Pendidikan;III/b;1;x;\n\
            199912312024052010;Siti;Dinas Baru;III/a;2;;3.500.000\n\
            1,98E+17;Rusak;Dinas Baru;III/a;3;;\n";
        let preview = Preview { sheet: sheet(text), plan: planned(text, &current), group: None };
        let said = lines(&preview, date(2026, 11, 1), 10, Lang::Id).join("\n");
        for part in [
            "CSV UTF-8 dengan pemisah ';'.",
            "Tidak dibaca karena tidak diperlukan untuk presensi: NIK.",
            "Kolom tidak dipakai: CATATAN.",
            "Berlaku mulai 1 November 2026.",
            "3 baris: 1 baru, 1 berubah, 0 sama, 1 salah; 1 pegawai ada di aplikasi tetapi tidak ada di berkas.",
            "Unit baru: 1\n  Dinas Baru",
            "  19991231 202405 2 010 Siti, Dinas Baru",
            "golongan III/a \u{2192} III/b; unit kerja SDN 1 Sukamaju \u{2192} Dinas Pendidikan",
            "  19900101 201501 1 001 Hilda, SDN 1 Sukamaju",
            "  Baris 4, NIP: NIP tertulis sebagai bilangan ilmiah (1,98E+17)",
        ] {
            assert!(said.contains(part), "{part}\nin\n{said}");
        }
        let json = json(&preview, Lang::En);
        assert_eq!(json["refused_rows"], json!([4]));
        assert_eq!(json["changed"][0]["changes"][0]["to"], "III/b");
        assert_eq!(json["problems"][0]["severity"], "row");
    }

    #[test]
    fn long_lists_are_cut_short_and_say_so() {
        let mut out = Vec::new();
        section(&mut out, "Baru", (0..5).map(|n| n.to_string()), 2, Lang::En);
        assert_eq!(out, ["Baru: 5", "  0", "  1", "  \u{2026} and 3 more"]);
    }
}
