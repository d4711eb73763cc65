//! Rules of places that no shipped file covers, written down in the language without a line of code.

use super::support::*;
use domain::{
    day::DayResult,
    lang::Lang,
    policy::{EventDuty, Policy},
    punch::PlaceState,
};

fn at(place: (PlaceState, PlaceState), day: DayResult) -> DayResult {
    DayResult { in_place: place.0, out_place: place.1, ..day }
}

/// Points by the place of the punch: late inside 0.5, anything outside 1.5, no check-out 2, absent 4.
#[test]
fn points_depend_on_the_geofence() {
    let policy = small(
        r#"
[[component]]
id = "kehadiran"
share_pct = 100
mode = "points"
article = "Pasal 7"
[[rule]]
code = "TL"
on = "late"
place = "not_outside"
min = 1
points = 0.5
of = "kehadiran"
article = "Pasal 7"
[[rule]]
code = "MASUK-LUAR"
text = "absen masuk di luar radius"
on = "late"
place = "outside"
min = 0
points = 1.5
of = "kehadiran"
article = "Pasal 7"
[[rule]]
code = "PC"
on = "early"
place = "not_outside"
min = 1
points = 0.5
of = "kehadiran"
article = "Pasal 7"
[[rule]]
code = "PULANG-LUAR"
on = "early"
place = "outside"
min = 0
points = 1.5
of = "kehadiran"
article = "Pasal 7"
[[rule]]
code = "TAP"
on = "missing_out"
points = 2
of = "kehadiran"
article = "Pasal 7"
[[rule]]
code = "TK"
on = "absent"
points = 4
of = "kehadiran"
article = "Pasal 7"
[[rule]]
code = "APEL"
on = "event:apel*"
points = 0.5
of = "kehadiran"
article = "Pasal 7"
"#,
    );
    use PlaceState::{Inside, Outside};
    let score = |days: Vec<DayResult>| run(&policy, &person(days)).components[0].score.0.to_string();
    let d = workday(0);
    assert_eq!(score(vec![at((Outside, PlaceState::Unknown), no_out(d))]), "96.5", "on time outside, no out");
    assert_eq!(score(vec![at((Inside, Inside), present(d))]), "100");
    assert_eq!(score(vec![at((Inside, Inside), late(d, 10))]), "99.5");
    assert_eq!(score(vec![at((Outside, Inside), late(d, 10))]), "98.5");
    assert_eq!(score(vec![at((Outside, Outside), present(d))]), "97");
    assert_eq!(score(vec![absent(d)]), "96");
    let mut month = person(vec![at((Inside, Inside), present(d))]);
    month.events = vec![missed(d, "apel_pagi"), missed(d, "apel_sore")];
    assert_eq!(run(&policy, &month).components[0].score.0, dec("99"));
}

/// TPP by the day: TK loses the day, lateness a percentage of the day's discipline part, Friday has two apel.
#[test]
fn daily_base_with_two_apel_on_friday() {
    let policy = small(
        r#"
[[component]]
id = "kinerja"
share_pct = 60
mode = "cuts"
article = "Pasal 3"
[[component]]
id = "disiplin"
share_pct = 40
mode = "cuts"
article = "Pasal 3"
[[rule]]
code = "TK"
on = "absent"
pct = 100
of = "daily"
article = "Pasal 4"
[[rule]]
code = "TL1"
on = "late"
min = 1
max = 30
pct = 0.5
of = "daily:disiplin"
article = "Pasal 5"
[[rule]]
code = "TL2"
on = "late"
min = 31
pct = 1
of = "daily:disiplin"
article = "Pasal 5"
[[rule]]
code = "APEL-JUMAT"
on = "event:apel_jumat"
weekdays = "jumat"
parts = { pagi = 50, sore = 50 }
pct = 2
of = "daily:disiplin"
article = "Pasal 6"
"#,
    );
    assert_eq!(cut(&policy, &person(vec![absent(workday(0))])), dec("227272.73"));
    assert_eq!(cut(&policy, &person(vec![late(workday(0), 45)])), dec("909.09"));
    let all = (0..22).map(|i| absent(workday(i))).collect();
    assert_eq!(run(&policy, &person(all)).earned.0, dec("0"), "22 of 22 days leave exactly nothing");
    let friday = workday(2);
    let mut month = person(vec![present(friday)]);
    let part = |part: &str| EventDuty { part: Some(part.into()), ..missed(friday, "apel_jumat") };
    month.events = vec![part("pagi")];
    assert_eq!(cut(&policy, &month), dec("909.09"));
    month.events = vec![part("pagi"), part("sore")];
    assert_eq!(cut(&policy, &month), dec("1818.18"));
}

/// A flat 4 % for each of late, leaving the post and no check-out.
#[test]
fn one_rate_for_everything() {
    let rule = |code: &str, on: &str| {
        format!("[[rule]]\ncode = \"{code}\"\non = \"{on}\"\npct = 4\nof = \"tpp\"\narticle = \"Pasal 9\"\n")
    };
    let policy = small(&[rule("TL", "late"), rule("PC", "early"), rule("TAP", "missing_out")].concat());
    let days = vec![late(workday(0), 3), early(workday(1), 200), no_out(workday(2))];
    assert_eq!(cut(&policy, &person(days)), dec("600000"));
}

/// Missing the first apel after the holidays costs half the month; extending the holiday 10 % instead of 3 %.
#[test]
fn the_first_day_after_the_holidays() {
    let policy = small(
        r#"
[[rule]]
code = "APEL-PERDANA"
on = "event:apel*"
first_after_holiday = true
pct = 50
of = "tpp"
instead_of = "APEL"
article = "Surat edaran"
[[rule]]
code = "APEL"
on = "event:apel*"
pct = 1
of = "tpp"
article = "Pasal 2"
[[rule]]
code = "TK"
on = "absent"
pct = 3
of = "tpp"
article = "Pasal 3"
[[rule]]
code = "TK-LIBUR"
text = "menambah libur"
on = "absent"
first_after_holiday = true
pct = 10
of = "tpp"
instead_of = "TK"
article = "Surat edaran"
[[rule]]
code = "TK-SEBELUM"
text = "mendahului libur"
on = "absent"
last_before_holiday = true
pct = 10
of = "tpp"
instead_of = ["TK", "TK-LIBUR"]
article = "Surat edaran"
"#,
    );
    let first = DayResult { first_after_holiday: true, ..absent(workday(3)) };
    assert_eq!(cut(&policy, &person(vec![first.clone()])), dec("500000"));
    assert_eq!(cut(&policy, &person(vec![absent(workday(3))])), dec("150000"));
    let squeezed = DayResult { last_before_holiday: true, ..first };
    assert_eq!(cut(&policy, &person(vec![squeezed])), dec("500000"), "one day is cut once");
    let mut month =
        person(vec![DayResult { first_after_holiday: true, ..present(workday(3)) }, present(workday(4))]);
    month.events = vec![missed(workday(3), "apel_gabungan"), missed(workday(4), "apel_gabungan")];
    assert_eq!(cut(&policy, &month), dec("2550000"));
}

/// Rupiah by eselon.
#[test]
fn flat_rupiah_by_eselon() {
    let policy = small(
        r#"
[[rule]]
code = "TK"
on = "absent"
rupiah = { by = "eselon", II = 400000, III = 300000, "IV.a" = 250000, "IV.b" = 240000, otherwise = 150000 }
article = "Perbup PPU 2019"
"#,
    );
    for (eselon, rupiah) in
        [(Some("II.b"), "400000"), (Some("III.a"), "300000"), (Some("IV.b"), "240000"), (None, "150000")]
    {
        let mut month = person(vec![absent(workday(0))]);
        let mut who = month.who.on(workday(0)).unwrap().clone();
        who.eselon = eselon.map(str::to_owned);
        month.who = domain::dated::Timeline::always(who);
        assert_eq!(cut(&policy, &month), dec(rupiah), "{eselon:?}");
    }
}

/// A sanction takes 25 % for its first six months, from what is left; a decree of another kind 50 %.
#[test]
fn discipline_sanctions_for_some_months() {
    let policy = small(
        r#"
[inputs.hukdis]
type = "text"
values = ["tidak ada", "ringan", "sedang", "berat"]
default = "tidak ada"
[inputs.hukdis_bulan_ke]
type = "number"
default = 0
[[rule]]
code = "TK"
on = "absent"
pct = 4
of = "tpp"
article = "Lampiran"
[[modifier]]
code = "HD-RINGAN"
where = { hukdis = "ringan", hukdis_bulan_ke = [1, 2] }
cut_pct = 20
of = "tpp"
article = "Pasal 12"
[[modifier]]
code = "HD-SEDANG"
where = { hukdis = "sedang", hukdis_bulan_ke = [1, 6] }
cut_pct = 25
article = "Pasal 12"
[[modifier]]
code = "HD-BERAT"
where = { hukdis = "berat", hukdis_bulan_ke = [1, 12] }
keep_pct = 0
article = "Pasal 12"
"#,
    );
    let with = |level: &str, month_number: i64| {
        let mut month = person(vec![absent(workday(0))]);
        month.inputs.insert("hukdis".into(), level.into());
        month.inputs.insert("hukdis_bulan_ke".into(), month_number.into());
        run(&policy, &month).earned.0
    };
    assert_eq!(with("tidak ada", 0), dec("4800000"));
    assert_eq!(with("ringan", 2), dec("3800000"));
    assert_eq!(with("ringan", 3), dec("4800000"));
    assert_eq!(with("sedang", 6), dec("3600000"));
    assert_eq!(with("berat", 12), dec("0"));
}

/// 5 % for each absent day, at most 100 %.
#[test]
fn twenty_five_absences_cost_one_hundred_percent() {
    let policy =
        small("[[rule]]\ncode = \"TK\"\non = \"absent\"\npct = 5\nof = \"tpp\"\narticle = \"Pasal 6\"\n");
    let result = run(
        &policy,
        &person(
            (0..23)
                .map(|i| absent(workday(i)))
                .chain([absent("2026-07-04".parse().unwrap()), absent("2026-07-05".parse().unwrap())])
                .collect(),
        ),
    );
    assert_eq!(result.total_cut.0, dec("5000000"));
    let limit = result.lines.iter().find(|line| line.code.as_str() == "BATAS-100").unwrap();
    assert_eq!(limit.rupiah.0, dec("-1250000"), "125 % was limited to 100 %");
}

/// No check-in counts as more than 90 minutes late, a check-out missing as more than 90 minutes early.
#[test]
fn a_missing_punch_is_the_top_band() {
    let bands = |on: &str, code: &str| {
        format!(
            "[[rule]]\ncode = \"{code}1\"\non = \"{on}\"\nmax = 90\npct = 1\nof = \"tpp\"\narticle = \"p\"\n\
             [[rule]]\ncode = \"{code}2\"\non = \"{on}\"\nabove = 90\npct = 1.5\nof = \"tpp\"\narticle = \"p\"\n"
        )
    };
    let switch = "[day]\nmissing_in = { minutes = 91 }\nmissing_out = \"top_band\"\n";
    let policy = small(&format!("{switch}{}{}", bands("late", "TL"), bands("early", "PSW")));
    assert_eq!(cut(&policy, &person(vec![no_in(workday(0))])), dec("75000"));
    assert_eq!(cut(&policy, &person(vec![no_out(workday(0))])), dec("75000"));
    assert_eq!(cut(&policy, &person(vec![late(workday(0), 90)])), dec("50000"));
    let says = |day, lang| {
        let result = run(&policy, &person(vec![day]));
        result.lines[0].sentence(lang)
    };
    let minutes = says(no_in(workday(0)), Lang::En);
    assert!(minutes.contains("no check-in, counted as late, 91 minutes"), "{minutes}");
    let band = says(no_out(workday(0)), Lang::Id);
    assert!(
        band.contains(
            "tidak absen pulang, dihitung sebagai tingkat tertinggi pulang sebelum waktunya, 91 menit"
        ),
        "{band}"
    );
    let real = says(late(workday(0), 90), Lang::En);
    assert!(real.contains(": late, 90 minutes"), "{real}");
}

/// Print has no parts of a sen, the calculation does; the sentence tells both.
#[test]
fn an_amount_that_is_rounded_for_print_says_so() {
    let policy =
        small("[[rule]]\ncode = \"TK\"\non = \"absent\"\npct = 0.9999999\nof = \"tpp\"\narticle = \"p\"\n");
    let result = run(&policy, &person(vec![absent(workday(0))]));
    assert_eq!(result.lines[0].rupiah.0, dec("49999.995"));
    let text = result.lines[0].sentence(Lang::En);
    assert!(text.ends_with("= Rp50.000 (rounded for print; calculated with Rp49.999,995)."), "{text}");
}

/// Two bands: up to an hour, and more.
#[test]
fn two_bands() {
    let policy = small(
        "[[rule]]\ncode = \"A\"\non = \"late\"\nmax = 60\npct = 0.5\nof = \"tpp\"\narticle = \"p\"\n\
         [[rule]]\ncode = \"B\"\non = \"late\"\nabove = 60\npct = 1\nof = \"tpp\"\narticle = \"p\"\n",
    );
    for (minutes, rupiah) in [(1, "25000"), (60, "25000"), (61, "50000")] {
        assert_eq!(cut(&policy, &person(vec![late(workday(0), minutes)])), dec(rupiah));
    }
}

/// Ogan Ilir 2023: long leave 3 % a day, and the day reports must fill 60 % of the working time.
#[test]
fn day_reports_must_fill_sixty_percent_of_the_time() {
    let policy = small(
        r#"
[inputs.lkh_menit]
type = "minutes"
[[measure]]
id = "lkh_wajib"
sum = "work_minutes"
times = 0.6
[[measure]]
id = "lkh_kurang"
sum = "lkh_wajib"
minus = "lkh_menit"
at_least = 0
[[rule]]
code = "TK"
on = "absent"
pct = 3
of = "tpp"
article = "p"
[[rule]]
code = "CUTI"
on = "status"
status = ["CB", "CM"]
pct = 3
of = "tpp"
article = "p"
[[rule]]
code = "LKH"
on = "lkh_kurang"
min = 1
pct = 20
of = "tpp"
article = "p"
"#,
    );
    let with = |minutes: i64, days: Vec<DayResult>| {
        let mut month = person(days);
        month.inputs.insert("lkh_menit".into(), minutes.into());
        cut(&policy, &month)
    };
    assert_eq!(with(5940, vec![status(workday(0), "CM"), status(workday(1), "CT")]), dec("150000"));
    assert_eq!(with(5939, Vec::new()), dec("1000000"), "60 % of 9.900 is 5.940");
}

/// TTU-like: 70/30, performance through bands of a predicate, other cuts of the whole, tax of the rest.
#[test]
fn seventy_thirty_with_predicates_and_reports() {
    let policy: Policy = small(
        r#"
[inputs.skp]
type = "text"
values = ["sangat baik", "baik", "butuh perbaikan", "kurang", "sangat kurang"]
[inputs.lhkpn_belum]
type = "flag"
default = false
[inputs.ckhp_kosong]
type = "days"
default = 0
[[component]]
id = "produktivitas"
share_pct = 70
mode = "bands"
measure = "skp"
article = "Pasal 10"
band = [
  { is = ["sangat baik", "baik"], pct = 100 },
  { is = "butuh perbaikan", pct = 85 },
  { is = ["kurang", "sangat kurang"], pct = 50 },
]
[[component]]
id = "disiplin"
share_pct = 30
mode = "cuts"
article = "Pasal 11"
[[rule]]
code = "CKHP"
on = "ckhp_kosong"
every = 1
pct = 2
at_most = 40
of = "produktivitas"
article = "Pasal 10"
[[rule]]
code = "LHKPN"
on = "lhkpn_belum"
pct = 50
of = "tpp"
article = "Pasal 14"
"#,
    );
    let mut month = person(Vec::new());
    month.inputs.insert("skp".into(), "Baik".into());
    assert_eq!(cut(&policy, &month), dec("0"));
    month.inputs.insert("skp".into(), "kurang".into());
    assert_eq!(cut(&policy, &month), dec("1750000"));
    month.inputs.insert("ckhp_kosong".into(), 30.into());
    assert_eq!(cut(&policy, &month), dec("3150000"), "50 % and 40 % of 3.500.000");
    month.inputs.insert("lhkpn_belum".into(), true.into());
    assert_eq!(run(&policy, &month).earned.0, dec("0"), "1.850.000 are left, 2.500.000 are due");
}

/// Part-time PPPK: the wage is cut by the day, nobody else is covered.
#[test]
fn the_wage_of_part_time_pppk() {
    let policy = policy(
        r#"
[policy]
id = "paruh-waktu"
title = "Potongan upah PPPK Paruh Waktu"
effective_from = 2026-01-01
legal_basis = "KepmenPANRB 16/2025"
pay = "upah"
rounding = { mode = "half_up", unit = 100, stage = "line" }
[applies_to]
employment = "pppk_paruh_waktu"
[[rule]]
code = "TK"
on = "absent"
pct = 100
of = "daily"
article = "Perjanjian kerja"
"#,
    );
    let mut month = person(vec![absent(workday(0))]);
    month.amounts = [("upah".to_owned(), dec("2200000"))].into();
    let mut who = month.who.on(workday(0)).unwrap().clone();
    who.employment = domain::employment::EmploymentKind::PppkParuhWaktu;
    month.who = domain::dated::Timeline::always(who);
    let result = run(&policy, &month);
    assert_eq!(result.total_cut.0, dec("100000"));
    assert_eq!(result.lines[0].target.as_str(), "upah");
}
