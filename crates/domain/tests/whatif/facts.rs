//! What the facts of a file mean.

use domain::{
    day::{DayCode, Reason},
    document::Format,
    status::StatusCode,
    whatif::run,
};

use crate::{answer, day, rupiah};

#[test]
fn the_month_is_that_of_the_facts() {
    let output = answer("[[person]]\nid = \"a\"\npunches = [\"2026-06-08 07:20\", \"2026-06-08 16:00\"]\n");
    assert_eq!(
        (output.from.to_string(), output.until.to_string()),
        ("2026-06-01".into(), "2026-06-30".into())
    );
    assert_eq!(output.as_of.to_string(), "2026-07-04T00:00:00");
    assert_eq!(day(&output, "2026-06-08").worked_minutes, 460);
    assert_eq!(day(&output, "2026-06-09").code, DayCode::Tk);
}

#[test]
fn punches_may_be_written_in_several_ways() {
    let ways = [
        "punches = [\"2026-06-08T07:20\", { at = \"2026-06-08 16.00\", direction = \"out\", id = \"mesin-1\" }]",
        "punches = { 2026-06-08 = \"07:20 16:00\" }",
        "punches = { 2026-06-08 = [\"07:20\", \"out 16:00\"] }",
        "[person.punches]\n2026-06-08 = \"in 07.20, out 16.00\"",
        // With an offset: 07.20 and 16.00 WIB.
        "punches = [\"2026-06-08T00:20:00Z\", \"2026-06-08T17:00:00+08:00\"]",
    ];
    for way in ways {
        let output = answer(&format!("month = \"2026-06\"\n[[person]]\nid = \"a\"\n{way}\n"));
        let judged = day(&output, "2026-06-08");
        assert_eq!((judged.worked_minutes, judged.used.len(), judged.late_minutes), (460, 2, 0), "{way}");
    }
}

#[test]
fn the_zone_decides_what_an_instant_is() {
    let file = |zone: &str| {
        format!(
            "zone = \"{zone}\"\nmonth = \"2026-06\"\n[[person]]\nid = \"a\"\npunches = [\"2026-06-08T00:29:00Z\", \"2026-06-08T08:30:00Z\"]\n"
        )
    };
    let late = |zone| day(&answer(&file(zone)), "2026-06-08").late_minutes;
    assert_eq!([late("WIB"), late("WITA"), late("WIT")], [0, 59, 119]);
}

#[test]
fn two_punches_at_one_moment_keep_apart() {
    let output = answer(
        "month = \"2026-06\"\n[[person]]\nid = \"a\"\npunches = [\"2026-06-08 07:20\", \"2026-06-08 07:20\"]\n",
    );
    let judged = day(&output, "2026-06-08");
    assert_eq!(judged.ignored[0].reason, Reason::Duplicate { of: "2026-06-08T07:20:00".to_owned() });
    assert_eq!(judged.ignored[0].id, "2026-06-08T07:20:00#2");
}

#[test]
fn as_of_leaves_the_rest_of_the_month_open() {
    let output = answer("month = \"2026-06\"\nas_of = 2026-06-09T08:00\n[[person]]\nid = \"a\"\n");
    assert_eq!(day(&output, "2026-06-08").code, DayCode::Tk);
    assert_eq!(day(&output, "2026-06-09").code, DayCode::Belum);
    assert_eq!(day(&output, "2026-06-10").reasons, [Reason::Future]);
}

#[test]
fn leave_over_a_weekend_costs_working_days_only() {
    // Tulang Bawang 2025 cuts 0.6 % of the TPP for each day of leave.
    let output = answer(
        "month = \"2026-06\"\npolicy = \"tulang-bawang-2025\"\n[[person]]\nid = \"a\"\ntpp = 5000000\nfill = \"on_time\"\n\
         statuses = [{ code = \"CT\", from = 2026-06-05, until = 2026-06-08 }]\n",
    );
    assert_eq!(day(&output, "2026-06-06").code, DayCode::Status(StatusCode("CT".to_owned())));
    let cuts = output.persons[0].tpp[0].lines.iter().filter(|l| l.signal.to_string().contains("status"));
    let cuts: Vec<String> = cuts.map(|l| rupiah(l.rupiah)).collect();
    assert_eq!(cuts, ["30000", "30000"], "Friday and Monday, not the weekend between");
    assert_eq!(output.persons[0].totals.leave, 2);
}

#[test]
fn tanggamus_schedule_and_policy_agree_on_the_minutes() {
    let output = answer(
        "month = \"2026-06\"\nschedule = \"tanggamus-2017\"\npolicy = \"tanggamus-2017\"\n[[person]]\nid = \"a\"\ntpp = 1000000\n\
         fill = \"on_time\"\npunches = { 2026-06-08 = \"09:20 15:30\" }\n",
    );
    assert_eq!(day(&output, "2026-06-08").late_minutes, 20);
    let lines = &output.persons[0].tpp[0].lines;
    let minutes: Vec<String> =
        lines.iter().filter(|l| l.date.is_some()).map(|l| l.quantity.normalize().to_string()).collect();
    assert!(minutes.is_empty() || minutes == ["20"], "{minutes:?}");
}

#[test]
fn a_schedule_may_change_within_the_month_and_differ_by_person() {
    let output = answer(
        "month = \"2026-06\"\n[[person]]\nid = \"a\"\nschedule = { 2026-01-01 = \"perpres-21-2023\", 2026-06-15 = \"perpres-21-2023-6\" }\nfill = \"on_time\"\n\
         [[person]]\nid = \"b\"\nschedule = \"damkar-24-48\"\ncycle_offset = 1\nfill = \"on_time\"\n",
    );
    assert_eq!(day(&output, "2026-06-13").code, DayCode::Libur);
    assert_eq!(day(&output, "2026-06-20").code, DayCode::Hadir);
    let duty = output.persons[1].days.iter().filter(|d| d.day.code == DayCode::Hadir).count();
    assert_eq!(duty, 10);
    assert!(
        output
            .persons
            .iter()
            .all(|p| p.totals.late_minutes == 0 && p.totals.early_minutes == 0 && p.totals.missing_out == 0)
    );
}

#[test]
fn a_person_who_came_within_the_month_has_a_share_of_it() {
    let output = answer(
        "month = \"2026-06\"\n[[person]]\nid = \"a\"\ntpp = 1000000\nemployed_from = 2026-06-16\nfill = \"on_time\"\n",
    );
    assert_eq!(day(&output, "2026-06-15").code, DayCode::TanpaJadwal);
    // 16 June is a holiday; ten working days are left.
    assert_eq!(output.persons[0].totals.working_days, 10);
    assert_eq!(output.persons[0].totals.absent, 0);
}

#[test]
fn a_policy_may_come_from_the_caller_or_stand_in_the_file() {
    let policy = "[policy]\nid = \"p\"\ntitle = \"P\"\neffective_from = 2026-01-01\nlegal_basis = \"Perbup 1/2026\"\n\
                  [[rule]]\ncode = \"TK\"\non = \"absent\"\npct = 6\nof = \"tpp\"\narticle = \"Pasal 1\"\n";
    let person = "[[person]]\nid = \"a\"\ntpp = 5000000\nfill = \"on_time\"\nabsent = [2026-06-10]\n";
    let named = format!("month = \"2026-06\"\npolicy = \"aturan/p.toml\"\n{person}");
    let loaded =
        run(&named, Format::Toml, |name| (name == "aturan/p.toml").then(|| policy.to_owned())).unwrap();
    let as_text = answer(&format!("month = \"2026-06\"\npolicy_text = '''\n{policy}'''\n{person}"));
    let json = r#"{"month": "2026-06",
        "policy": {"policy": {"id": "p", "title": "P", "effective_from": "2026-01-01", "legal_basis": "Perbup 1/2026"},
                   "rule": [{"code": "TK", "on": "absent", "pct": 6, "of": "tpp", "article": "Pasal 1"}]},
        "person": [{"id": "a", "tpp": "5000000", "fill": "on_time", "absent": ["2026-06-10"]}]}"#;
    let as_table = run(json, Format::guess(json), |_| None).unwrap();
    for output in [loaded, as_text, as_table] {
        assert_eq!(rupiah(output.persons[0].tpp[0].total_cut), "300000");
    }
}

#[test]
fn the_answer_is_json_with_sentences() {
    let output = answer(
        "month = \"2026-06\"\n[[person]]\nid = \"a\"\ntpp = 5000000\nfill = \"on_time\"\npunches = { 2026-06-08 = \"07:50 16:00\" }\n",
    );
    let json: serde_json::Value = serde_json::to_value(&output).unwrap();
    let monday = &json["persons"][0]["days"][7];
    assert_eq!((monday["date"].as_str(), monday["weekday"].as_str()), (Some("2026-06-08"), Some("Senin")));
    assert_eq!((monday["code"].as_str(), monday["late_minutes"].as_i64()), (Some("hadir"), Some(20)));
    assert_eq!(monday["text_id"][0], "Terlambat 20 menit: masuk 07.50, batas 07.30, dihitung dari 07.30.");
    let line = &json["persons"][0]["tpp"][0]["lines"][0];
    assert_eq!((line["rupiah"].as_str(), line["date"].as_str()), (Some("10000"), Some("2026-06-08")));
    assert_eq!(json, serde_json::to_value(answer(
        "month = \"2026-06\"\n[[person]]\nid = \"a\"\ntpp = 5000000\nfill = \"on_time\"\npunches = { 2026-06-08 = \"07:50 16:00\" }\n",
    )).unwrap());
}

#[test]
fn an_unknown_status_code_is_a_warning() {
    let output = answer(
        "month = \"2026-06\"\n[[person]]\nid = \"a\"\nstatuses = [{ code = \"ZZ\", date = 2026-06-08 }]\n",
    );
    assert_eq!(output.warnings[0].path, "person[0].statuses[0].code");
    assert_eq!(day(&output, "2026-06-08").code, DayCode::Status(StatusCode("ZZ".to_owned())));
}
