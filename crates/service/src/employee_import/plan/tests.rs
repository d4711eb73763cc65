use super::*;
use crate::employee_import::{
    problem::{ProblemKind, Severity},
    testing::{counting, government, id_text, options, person, planned, sheet},
};
use crate::progress::silent;

const BUDI: &str = "198003152005011001";
const SITI: &str = "199912312024052010";
const ANI: &str = "198807072023212005";

fn only_problem(plan: &Plan) -> &ProblemKind {
    match plan.problems.as_slice() {
        [one] => &one.kind,
        other => panic!("{other:?}"),
    }
}

#[test]
fn new_people_come_with_kind_and_unit() {
    let plan = planned(
        "NIP;NAMA;KODE OPD;UNOR NAMA;NIP ATASAN\n\
         198003152005011001;Budi;1.01;SDN 1 Sukamaju;\n\
         198807072023212005;Ani;1.01;sdn 1 sukamaju;198003152005011001\n",
        &government(),
    );
    assert_eq!((plan.people, plan.added.len(), plan.changed.len(), plan.same), (2, 2, 0, 0));
    assert_eq!(plan.problems, []);
    assert_eq!(plan.added[1].facts[Field::Kind].as_deref(), Some("pppk"));
    assert_eq!(plan.added[1].facts[Field::Unit], Some(id_text(11)));
    assert_eq!(plan.added[1].facts[Field::Superior], Some(plan.added[0].id.to_string()));
    assert_eq!(plan.names.show(Field::Superior, &plan.added[0].id.to_string()), "Budi");
}

#[test]
fn a_known_person_shows_only_what_differs_and_a_blank_cell_changes_nothing() {
    let mut current = government();
    let (unit, other) = (id_text(11), id_text(12));
    let facts = [(Field::Kind, "pns"), (Field::Golongan, "III/a"), (Field::Unit, &unit), (Field::Class, "8")];
    current.people = vec![person(100, BUDI, "Budi", &facts), person(101, SITI, "Siti", &facts)];
    let plan = planned(
        "NIP;NAMA;KODE OPD;UNOR NAMA;GOLONGAN;KELAS\n\
         198003152005011001;Budi Santoso;1.01;Subbagian Umum;III/b;\n\
         199912312024052010;Siti;1.01;SDN 1 Sukamaju;III/a;8\n",
        &current,
    );
    assert_eq!((plan.added.len(), plan.changed.len(), plan.same), (0, 1, 1));
    let changed = &plan.changed[0];
    assert_eq!(changed.new_name.as_ref().unwrap().name, "Budi Santoso");
    let golongan = Change { field: Field::Golongan, from: Some("III/a".into()), to: "III/b".into() };
    let moved = Change { field: Field::Unit, from: Some(unit), to: other };
    assert_eq!(changed.changes, [golongan, moved]);
}

#[test]
fn people_missing_from_the_file_are_reported_for_the_opds_it_names() {
    let mut current = government();
    let (school, health) = (id_text(11), id_text(20));
    current.people = vec![
        person(100, BUDI, "Budi", &[(Field::Kind, "pns"), (Field::Unit, &school)]),
        person(101, SITI, "Siti", &[(Field::Kind, "pns"), (Field::Unit, &school)]),
        person(102, ANI, "Ani", &[(Field::Kind, "pppk"), (Field::Unit, &health)]),
    ];
    let text = "NIP;NAMA;OPD;UNOR NAMA\n198003152005011001;Budi;Dinas Pendidikan;SDN 1 Sukamaju\n";
    let plan_of = |expected| {
        let options = Options { expected, ..options() };
        plan(&sheet(text), &current, &options, &mut counting(), &silent)
    };
    let missing = |p: Plan| p.missing.into_iter().map(|m| m.name).collect::<Vec<_>>();
    assert_eq!(missing(plan_of(Expected::OpdsInFile)), ["Siti"]);
    assert_eq!(missing(plan_of(Expected::Everyone)), ["Siti", "Ani"]);
    current.people[1].in_service = false;
    let options = options();
    assert_eq!(missing(plan(&sheet(text), &current, &options, &mut counting(), &silent)), [""; 0]);
}

#[test]
fn a_person_whose_row_is_refused_is_not_missing() {
    let mut current = government();
    let school = id_text(11);
    current.people = vec![person(100, BUDI, "Budi", &[(Field::Kind, "pns"), (Field::Unit, &school)])];
    let plan = planned("NIP;NAMA;OPD;GOLONGAN\n198003152005011001;Budi;Dinas Pendidikan;V/z\n", &current);
    assert_eq!(plan.refused_rows, [2]);
    assert_eq!(plan.missing, []);
    assert_eq!(plan.same, 0);
}

#[test]
fn one_number_and_one_pin_belong_to_one_row() {
    let plan = planned(
        "NIP;NAMA;OPD;PIN\n\
         198003152005011001;Budi;Dinas Pendidikan;7\n\
         198003152005011001;Budi lagi;Dinas Pendidikan;8\n\
         199912312024052010;Siti;Dinas Pendidikan;7\n",
        &government(),
    );
    assert_eq!(plan.added.len(), 1);
    assert_eq!(plan.refused_rows, [3, 4]);
    assert_eq!(plan.problems[0].kind, ProblemKind::DuplicateNumber { first: 2 });
    assert_eq!(plan.problems[1].kind, ProblemKind::DuplicatePin { first: 2 });
}

#[test]
fn a_pin_can_be_swapped_but_not_taken() {
    let mut current = government();
    let unit = id_text(10);
    let with_pin = |pin| [(Field::Kind, "pns"), (Field::Unit, unit.as_str()), (Field::Pin, pin)];
    current.people =
        vec![person(100, BUDI, "Budi", &with_pin("7")), person(101, SITI, "Siti", &with_pin("8"))];
    let swapped = planned("NIP;NAMA;PIN\n198003152005011001;Budi;8\n199912312024052010;Siti;7\n", &current);
    assert_eq!((swapped.changed.len(), swapped.problems.len()), (2, 0));
    let taken = planned("NIP;NAMA;PIN\n198003152005011001;Budi;8\n", &current);
    assert_eq!(only_problem(&taken), &ProblemKind::PinTaken { by: "Siti".into() });
    // Siti's own row is refused, so she keeps PIN 8 and Budi cannot have it.
    let refused =
        planned("NIP;NAMA;PIN;KELAS\n198003152005011001;Budi;8;\n199912312024052010;Siti;7;99\n", &current);
    assert_eq!((refused.changed.len(), refused.refused_rows.as_slice()), (0, &[2, 3][..]));
}

#[test]
fn unknown_units_are_proposed_once_or_refused() {
    let text = "NIP;NAMA;OPD;UNOR NAMA\n\
         198003152005011001;Budi;Dinas Baru;Bidang Satu\n\
         199912312024052010;Siti;DINAS BARU;bidang  satu\n\
         198807072023212005;Ani;Dinas Kesehatan;Puskesmas Jauh\n";
    let proposed = planned(text, &government());
    let units: Vec<(&str, bool)> = proposed.new_units.iter().map(|u| (u.name.as_str(), u.is_opd)).collect();
    assert_eq!(units, [("Dinas Baru", true), ("Bidang Satu", false), ("Puskesmas Jauh", false)]);
    assert_eq!(proposed.new_units[1].parent, Some(proposed.new_units[0].id));
    assert_eq!(proposed.new_units[0].parent.map(|id| id.to_string()), Some(id_text(1)));
    assert_eq!(proposed.added[0].facts[Field::Unit], proposed.added[1].facts[Field::Unit]);

    let strict = Options { new_units: NewUnits::Refuse, ..options() };
    let refused = plan(&sheet(text), &government(), &strict, &mut counting(), &silent);
    assert_eq!((refused.added.len(), refused.refused_rows.len()), (0, 3));
    assert!(refused.problems.iter().all(|p| p.kind == ProblemKind::UnknownUnit));
    assert_eq!(refused.new_units, []);
}

#[test]
fn a_unit_that_only_refused_rows_name_is_not_made() {
    let plan = planned("NIP;NAMA;OPD;KELAS\n198003152005011001;Budi;Dinas Salah;99\n", &government());
    assert_eq!(plan.refused_rows, [2]);
    assert_eq!(plan.new_units, []);
}

#[test]
fn a_unit_name_that_several_opds_share_needs_its_opd() {
    let vague = planned("NIP;NAMA;UNOR NAMA\n198003152005011001;Budi;Subbagian Umum\n", &government());
    assert_eq!(only_problem(&vague), &ProblemKind::AmbiguousUnit { count: 2 });
    let clear = planned(
        "NIP;NAMA;OPD;UNOR NAMA\n198003152005011001;Budi;Dinas Kesehatan;Subbagian Umum\n",
        &government(),
    );
    assert_eq!(clear.added[0].facts[Field::Unit], Some(id_text(21)));
    let itself = planned(
        "NIP;NAMA;OPD;UNOR NAMA\n198003152005011001;Budi;Dinas Kesehatan;DINAS KESEHATAN\n",
        &government(),
    );
    assert_eq!(itself.added[0].facts[Field::Unit], Some(id_text(20)));
    let code = planned("NIP;NAMA;KODE OPD\n198003152005011001;Budi;9.99\n", &government());
    assert_eq!(only_problem(&code), &ProblemKind::UnknownUnitCode);
    let none = planned("NIP;NAMA\n198003152005011001;Budi\n", &government());
    assert_eq!(only_problem(&none), &ProblemKind::NoUnit);
}

#[test]
fn an_unknown_superior_is_reported_and_left_out() {
    let plan = planned(
        "NIP;NAMA;OPD;NIP ATASAN\n\
         198003152005011001;Budi;Dinas Pendidikan;199001012024221001\n\
         199912312024052010;Siti;Dinas Pendidikan;199912312024052010\n",
        &government(),
    );
    assert_eq!(plan.added.len(), 2);
    assert_eq!(plan.problems[0].kind, ProblemKind::UnknownSuperior);
    assert_eq!(plan.problems[1].kind, ProblemKind::OwnSuperior);
    assert!(plan.problems.iter().all(|p| p.severity() == Severity::Value));
    assert!(plan.added.iter().all(|a| a.facts[Field::Superior].is_none()));
}

#[test]
fn superiors_in_a_ring_are_cut_and_those_below_it_are_kept() {
    let plan = planned(
        "NIP;NAMA;OPD;NIP ATASAN\n\
         198003152005011001;Budi;Dinas Pendidikan;199912312024052010\n\
         199912312024052010;Siti;Dinas Pendidikan;198003152005011001\n\
         198807072023212005;Ani;Dinas Pendidikan;198003152005011001\n",
        &government(),
    );
    assert_eq!(plan.added.len(), 3);
    let names = vec!["Budi".to_owned(), "Siti".to_owned(), "Budi".to_owned()];
    assert_eq!(plan.problems[0].kind, ProblemKind::SuperiorRing { names });
    assert_eq!(plan.problems.len(), 2);
    assert_eq!(plan.added[2].facts[Field::Superior], Some(plan.added[0].id.to_string()));
}

#[test]
fn a_ring_through_a_person_who_is_not_in_the_file_is_found() {
    let mut current = government();
    let unit = id_text(10);
    let chief = id_text(100);
    current.people = vec![
        person(100, BUDI, "Budi", &[(Field::Kind, "pns"), (Field::Unit, &unit)]),
        person(101, SITI, "Siti", &[(Field::Kind, "pns"), (Field::Unit, &unit), (Field::Superior, &chief)]),
    ];
    let plan = planned("NIP;NAMA;NIP ATASAN\n198003152005011001;Budi;199912312024052010\n", &current);
    assert!(matches!(only_problem(&plan), ProblemKind::SuperiorRing { .. }));
    assert_eq!((plan.changed.len(), plan.same), (0, 1));
}

#[test]
fn schedules_are_matched_by_code() {
    let plan = planned(
        "NIP;NAMA;OPD;JADWAL\n198003152005011001;Budi;Dinas Pendidikan;5hari\n199912312024052010;Siti;Dinas Pendidikan;MALAM\n",
        &government(),
    );
    assert_eq!(plan.added[0].facts[Field::Schedule].as_deref(), Some("5HARI"));
    assert_eq!(only_problem(&plan), &ProblemKind::UnknownSchedule);
}

#[test]
fn a_part_time_pppk_is_not_made_full_time_by_a_list_that_does_not_know_the_difference() {
    let mut current = government();
    let unit = id_text(10);
    current.people =
        vec![person(100, ANI, "Ani", &[(Field::Kind, "pppk_paruh_waktu"), (Field::Unit, &unit)])];
    let kept = planned("NIP;NAMA;JENIS PEGAWAI\n198807072023212005;Ani;PPPK\n", &current);
    assert_eq!(only_problem(&kept), &ProblemKind::PartTimeKept);
    assert_eq!(kept.same, 1);
    let said = planned("NIP;NAMA;JENIS PEGAWAI\n198807072023212005;Ani;PPPK Penuh Waktu\n", &current);
    assert_eq!(said.changed[0].changes[0].to, "pppk");
}

#[test]
fn a_changed_number_is_pointed_out() {
    let mut current = government();
    let unit = id_text(10);
    current.people = vec![person(100, ANI, "Ani Lestari", &[(Field::Kind, "pppk"), (Field::Unit, &unit)])];
    let plan = planned("NIP;NAMA;OPD\n198807072025212001;ANI LESTARI;Dinas Pendidikan\n", &current);
    assert_eq!(only_problem(&plan), &ProblemKind::SamePersonOtherNumber { known: ANI.into() });
    assert_eq!((plan.added.len(), plan.missing.len()), (1, 1));
}

#[test]
fn importing_the_result_again_changes_nothing() {
    let text = "NIP;NAMA;GELAR BELAKANG;OPD;UNOR NAMA;GOLONGAN;TPP;PIN;NIP ATASAN\n\
         198003152005011001;Budi;S.E.;Dinas Pendidikan;;III/a;3.500.000;1;\n\
         198807072023212005;Ani;;Dinas Pendidikan;Bidang Baru;IX;;2;198003152005011001\n";
    let mut current = government();
    let first = planned(text, &current);
    for new in first.new_units {
        let (id, parent, code, name, is_opd) = (new.id, new.parent, new.code, new.name, new.is_opd);
        current.units.push(crate::employee_import::current::Unit { id, parent, code, name, is_opd });
    }
    for added in first.added {
        let (id, name, facts) = (added.id, added.name, added.facts);
        let number = added.number.as_str().to_owned();
        current.people.push(Person { id, number, name, facts, in_service: true });
    }
    let second = planned(text, &current);
    assert!(second.is_empty() && second.new_units.is_empty() && second.problems.is_empty(), "{second:?}");
    assert_eq!((second.same, second.missing.len()), (2, 0));
}
